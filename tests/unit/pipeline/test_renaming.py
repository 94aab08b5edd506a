import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.company import CompanyFolder
from voronka.bootstrap import workplace
from voronka.pipeline.renaming import Near, near_streams, near_streams_of_file
from voronka.pipeline.taking import read_options
from voronka.pipeline.workplace import Workplace

COLUMNS = {"lead_id": "Номер", "phone": "Телефон", "created_at": "Дата", "title": "Тема"}
BEFORE = "Номер;Телефон;Дата;Тема\n1;89120000001;13.02.2026;Окна\n"


@pytest.fixture
def company(tmp_path: Path) -> CompanyFolder:
    company = CompanyFolder(tmp_path / "company")
    company.stream("crm", "leads", BEFORE, into="leads", key="Номер", columns=COLUMNS)
    company.load()
    return company


@pytest.fixture
def work(company: CompanyFolder) -> Iterator[Workplace]:
    with workplace(str(company.folder)) as opened:
        yield opened


def near(work: Workplace, company: CompanyFolder, text: str, into: str | None = None) -> list[Near]:
    file = work.files.find(str(company.write("uploads/x.csv", text)))[0]
    with tempfile.TemporaryDirectory() as folder:
        return near_streams(work, work.files.read(file, read_options(), Path(folder)), into)


@pytest.mark.parametrize(
    ("text", "renamed"),
    [
        ("Номер;Куда звонить;Дата;Тема\n2;8 (912) 000-00-02;14.02.2026;Двери\n", {"Телефон": "Куда звонить"}),
        (
            "Номер;Мобильный телефон;Код;Дата;Тема\n2;+79120000002;x;14.02.2026;Двери\n",
            {"Телефон": "Мобильный телефон"},
        ),
        ("Номер;Телефон;Дата;О чём\n2;89120000002;14.02.2026;Двери\n", {"Тема": "О чём"}),
        ("Номер;Телефон;Дата;Прочее;О чём\n2;89120000002;14.02.2026;x;y\n", {}),
        ("Номер;Дата;Тема;Раз;Два\n2;14.02.2026;x;89120000002;89120000003\n", {}),
        ("Номер;Почта;Дата;Тема\n2;cat@example.com;14.02.2026;Двери\n", {}),
    ],
)
def test_a_column_is_found_again_by_its_name_its_values_or_its_place(
    company: CompanyFolder, work: Workplace, text: str, renamed: dict[str, str]
) -> None:
    (found,) = near(work, company, text)
    assert (found.name, dict(found.renamed), found.is_told) == ("crm.leads", renamed, bool(renamed))


@pytest.mark.parametrize("text", [BEFORE, "Номер;Имя;Тема\n1;x;y\n"])
def test_a_file_with_all_columns_or_few_of_them_is_not_nearly_a_stream_s(
    company: CompanyFolder, work: Workplace, text: str
) -> None:
    assert near(work, company, text) == []


def test_a_stream_of_another_table_is_not_near(company: CompanyFolder, work: Workplace) -> None:
    text = "Номер;Куда звонить;Дата;Тема\n2;89120000002;14.02.2026;Двери\n"
    assert near(work, company, text, "deals") == []
    assert [each.name for each in near_streams_of_file(work, company.folder / "uploads/x.csv")] == ["crm.leads"]


def test_a_file_that_cannot_be_read_is_near_nothing(company: CompanyFolder, work: Workplace) -> None:
    assert near_streams_of_file(work, company.write("uploads/y.csv", "")) == []
