from collections.abc import Callable
from pathlib import Path

import pytest

from voronka.connectors.files import FilesConnector, ReadOptions, SourceFile
from voronka.connectors.files.limits import refuse_field, refuse_large, refuse_long, refuse_wide
from voronka.domain.errors import InputError
from voronka.settings import LimitSettings

LIMITS = LimitSettings(file_bytes=2_500_000, rows=10, columns=3, field_characters=100)
FILE = SourceFile(Path("deals.csv"), "deals.csv", "", 2_500_001)


@pytest.mark.parametrize(
    ("refuse", "said"),
    [
        (lambda: refuse_large(FILE, LIMITS), "deals.csv: the file has 2.5 MB, over the limit of 2.5 MB. Export it in"),
        (lambda: refuse_wide(FILE, 4, LIMITS), "deals.csv: the table has 4 columns, over the limit of 3. Check its"),
        (lambda: refuse_long(FILE, 11, LIMITS), "deals.csv: the table has more than 10 rows, the limit. Export it"),
        (lambda: refuse_field(FILE, 7, 101, LIMITS), "deals.csv, row 7: a value of 101 characters, over the limit"),
    ],
)
def test_what_is_over_a_limit_is_refused_with_where_and_what_to_do(refuse: Callable[[], None], said: str) -> None:
    with pytest.raises(InputError) as refusal:
        refuse()
    assert str(refusal.value).startswith(said)
    assert "limits." in refusal.value.do


def test_what_is_at_a_limit_is_taken() -> None:
    refuse_large(SourceFile(Path("a.csv"), "a.csv", "", 2_500_000), LIMITS)
    refuse_wide(FILE, 3, LIMITS)
    refuse_long(FILE, 10, LIMITS)
    refuse_field(FILE, 1, 100, LIMITS)


def test_a_file_over_the_limit_of_size_is_refused_before_it_is_read(tmp_path: Path) -> None:
    (tmp_path / "deals.csv").write_text("id;sum\n1;2\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"deals\.csv: the file has"):
        FilesConnector(tmp_path, LimitSettings(file_bytes=10)).find("*.csv")


@pytest.mark.parametrize(("limits", "said"), [({"rows": 1}, "more than 1 rows"), ({"columns": 1}, "2 columns")])
def test_the_company_s_limits_hold_for_a_file_read(tmp_path: Path, limits: dict[str, int], said: str) -> None:
    (tmp_path / "deals.csv").write_text("id;sum\n1;2\n3;4\n", encoding="utf-8")
    connector = FilesConnector(tmp_path, LimitSettings(**limits))
    with pytest.raises(InputError, match=said):
        connector.read(connector.find("deals.csv")[0], ReadOptions(), tmp_path / "work")
