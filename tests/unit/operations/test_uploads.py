import pytest

from tests.unit.operations.conftest import Operations
from voronka.domain.errors import QuestionError
from voronka.operations.uploads import Uploads, path_of, plain_name, shown_name


@pytest.fixture
def uploads(operations: Operations) -> Uploads:
    return Uploads(operations.database, operations.clock)


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Сделки за ноябрь.xlsx", "Сделки за ноябрь.xlsx"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\anna\\deals.CSV", "deals.csv"),
        ("deals*[1].csv", "deals_1.csv"),
        ("a\0b\n.csv", "a_b.csv"),
        ("..", "file"),
        ("", "file"),
        ("x" * 300 + ".csv", "x" * 60 + ".csv"),
        ("deals.csv.exe;rm", "deals_csv.exerm"),
        ("{id}.csv", "id.csv"),
    ],
)
def test_a_name_keeps_only_what_is_harmless_on_any_disk(name: str, plain: str) -> None:
    assert plain_name(name) == plain


def test_people_are_shown_the_name_without_its_folders_and_unseen_signs() -> None:
    assert shown_name("C:\\x\\Сделки [1]\u202e.csv") == "Сделки [1].csv"
    assert shown_name("\u200b") == "file"


def test_a_file_lies_under_a_name_that_begins_with_its_id() -> None:
    assert path_of("1a2b", "../deals.csv") == "uploads/new/1a2b_deals.csv"


def test_a_file_is_found_by_its_id_moved_and_removed(uploads: Uploads) -> None:
    made = uploads.add("deals.csv", 10, "Анна")
    assert made.path == f"uploads/new/{made.upload_id}_deals.csv"
    assert uploads.of_id(made.upload_id) == made
    uploads.move(made.upload_id, "uploads/crm.deals/0001_deals.csv")
    assert uploads.of_id(made.upload_id).path == "uploads/crm.deals/0001_deals.csv"
    uploads.remove(made.upload_id)
    with pytest.raises(QuestionError, match="not there"):
        uploads.of_id(made.upload_id)


def test_the_newest_file_is_told_first(uploads: Uploads, operations: Operations) -> None:
    uploads.add("first.csv", 1, "Анна")
    operations.clock.on(minutes=1)
    uploads.add("second.csv", 1, "Анна")
    assert [each.name for each in uploads.all()] == ["second.csv", "first.csv"]
