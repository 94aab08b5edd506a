import csv
import io

import openpyxl
import pytest

from tests.reports.framing import NOW, framed
from tests.reports.funnel_lake import funnel_lake
from voronka.reports.funnel_asked import FunnelAsked
from voronka.reports.funnel_files import TableName, funnel_file
from voronka.reports.legend import Made
from voronka.reports.table_files import TableFile
from voronka.reports.tables import Language


def file(name: TableName, language: Language = "en", by: str = "") -> TableFile:
    return funnel_file(framed(funnel_lake()), FunnelAsked(entity="journey", by=by), name, language)


def read(made: TableFile) -> list[list[str]]:
    return list(
        csv.reader(
            io.StringIO(made.csv().written().decode("utf-8-sig")), delimiter="," if made.language == "en" else ";"
        )
    )


def test_steps_stand_in_the_file_by_their_names() -> None:
    heads, *rows = read(file("steps"))
    assert heads[:2] == ["Step", "Reached"]
    assert [row[:2] for row in rows] == [["Start", "20"], ["Talks", "16"], ["Offer", "10"], ["Won", "10"]]


@pytest.mark.parametrize(
    ("name", "first"),
    [("losses", ["dear", "Talks", "5"]), ("groups", ["Anna", "10"]), ("cohorts", ["2026-01-01", "1"])],
)
def test_every_table_of_the_page_is_a_file(name: TableName, first: list[str]) -> None:
    assert read(file(name, by="employee"))[1][: len(first)] == first


def test_a_workbook_says_what_its_columns_mean_and_of_which_days_it_is() -> None:
    book = openpyxl.load_workbook(io.BytesIO(file("steps", "ru").xlsx(Made("Ветер", NOW)).written()))
    data, means, cut = book.worksheets
    assert [cell.value for cell in data[2]][:2] == ["Start", 20]
    assert ["Дошли до следующего шага"] in [[row[1].value] for row in means.iter_rows()]
    lines = [(row[0].value, row[1].value) for row in cut.iter_rows()]
    assert ("Период", "2026-03-01 – 2026-03-16") in lines
    assert ("Шаги", "Start → Talks → Offer → Won") in lines


def test_months_say_of_which_twelve_they_are() -> None:
    book = openpyxl.load_workbook(io.BytesIO(file("cohorts", "ru").xlsx(Made("Ветер", NOW)).written()))
    lines = [(row[0].value, row[1].value) for row in book.worksheets[2].iter_rows()]
    assert ("Период", "2025-04-01 – 2026-03-16") in lines


def test_the_name_says_what_is_in_it() -> None:
    assert file("losses", "ru").file_name("xlsx") == "Воронка причины потерь, 2026-03-01—2026-03-16.xlsx"
