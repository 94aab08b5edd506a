"""A table of a page as a file: its rows and totals, what its columns mean where that is not plain, the cut."""

import csv
import io

import openpyxl
import pytest

from tests.reports.framing import NOW, framed
from tests.reports.funnel_lake import funnel_lake
from voronka.metrics.answer import AnswerColumn, Row
from voronka.metrics.dimensions import Title
from voronka.reports.ask import Ask
from voronka.reports.legend import Made
from voronka.reports.page import Table
from voronka.reports.table_files import Content, TableFile
from voronka.reports.tables import Language

COLUMNS = (
    AnswerColumn("reason", Title("Причина", "Reason"), kind="dimension"),
    AnswerColumn("cases", Title("Случаев", "Cases"), "count"),
)
ROWS: tuple[Row, ...] = ({"reason": "dear", "cases": 2}, {"reason": "=1+1", "cases": None})
MEANS = {"cases": Title("Разные случаи", "Distinct cases"), "another": Title("Нет", "None")}


def file(language: Language, totals: Row | None = None) -> TableFile:
    frame = framed(funnel_lake())
    table = Table(COLUMNS, ROWS, totals or {})
    asked = Ask((), (), frame.asked.filters(), frame.facts)
    titles = Title("Воронка", "Funnel"), Title("потери", "losses")
    return TableFile(frame, language, titles, frame.facts, lambda: Content(table, MEANS, asked, "v7"))


def rows(made: TableFile) -> list[list[str]]:
    return list(csv.reader(io.StringIO(made.csv().written().decode("utf-8-sig"))))


def test_values_are_separated_and_what_is_not_known_is_empty() -> None:
    assert rows(file("en")) == [["Reason", "Cases"], ["dear", "2"], ["'=1+1", ""]]


def test_totals_stand_below_where_there_are_any() -> None:
    assert [row[1] for row in rows(file("en", {"cases": 2}))] == ["Cases", "2", "", "2"]


@pytest.mark.parametrize(
    ("language", "told"), [("ru", ("Случаев", "Разные случаи")), ("en", ("Cases", "Distinct cases"))]
)
def test_a_workbook_says_what_a_column_counts_where_its_title_does_not(
    language: Language, told: tuple[str, str]
) -> None:
    book = openpyxl.load_workbook(io.BytesIO(file(language).xlsx(Made("Ветер", NOW)).written()))
    data, means, cut = book.worksheets
    assert [[cell.value for cell in row] for row in data.iter_rows(min_row=2)] == [["dear", 2], ["=1+1", None]]
    assert [tuple(cell.value for cell in row) for row in means.iter_rows(min_row=2)] == [told]
    assert "v7" in [row[1].value for row in cut.iter_rows()]


def test_the_name_says_what_is_in_it() -> None:
    made = file("ru")

    assert made.file_name("csv") == "Воронка потери, 2026-03-01—2026-03-16.csv"
