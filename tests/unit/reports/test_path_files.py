import csv
import io
from datetime import datetime
from typing import get_args

import openpyxl
import pytest

from tests.reports.paths import PIPELINES
from tests.reports.two_cuts import frame_of_cuts
from voronka.reports.legend import Made
from voronka.reports.path_against import Against
from voronka.reports.path_files import PathTables, TableName
from voronka.reports.path_hands import HandsAsked
from voronka.reports.path_page import PathAsked
from voronka.reports.table_files import TableFile
from voronka.reports.tables import Language


def file(name: TableName, language: Language = "en") -> TableFile:
    asked = PathAsked(events="all")
    return PathTables(frame_of_cuts(), asked, PIPELINES, Against("outcome"), HandsAsked()).file(name, language)


def read(name: TableName) -> list[list[str]]:
    return list(csv.reader(io.StringIO(file(name).csv().written().decode("utf-8-sig"))))


@pytest.mark.parametrize(
    ("name", "row"),
    [
        # two hours of each of the won ones, 40 of ten lost ones: 34 in all; nine of ten take 40 hours
        ("edges", ["New", "demo", "34", "62.962963", "34", "0.0833333", "1.666667"]),
        ("ways", ["New → demo → Talk → Won", "24", "44.444444"]),
        ("deviations", ["Deviation", "Step", "Cases", "Share of cases, %"]),
        ("shares", ["", "demo", "24", "10", "100", "33.333333", "66.666667"]),
        ("times", ["demo", "Talk", "24", "10", "2.916667", "1.333333"]),
    ],
)
def test_every_table_of_the_page_is_a_file(name: TableName, row: list[str]) -> None:
    assert row in [each[: len(row)] for each in read(name)]


@pytest.mark.parametrize("name", get_args(TableName))
@pytest.mark.parametrize("language", ["ru", "en"])
def test_a_workbook_has_the_same_and_says_of_which_days_it_is(name: TableName, language: Language) -> None:
    made = file(name, language)
    book = openpyxl.load_workbook(
        io.BytesIO(made.xlsx(Made("Ветер", datetime.fromisoformat("2026-04-10 12:00"))).written())
    )
    data, means, cut = book.worksheets
    heads = next(
        csv.reader(io.StringIO(made.csv().written().decode("utf-8-sig")), delimiter="," if language == "en" else ";")
    )
    assert [cell.value for cell in data[1]] == heads
    assert means.max_row > 1
    told = [row[1].value for row in cut.iter_rows()]
    assert "2026-03-01 – 2026-03-31" in told
    assert {"ru": "Этапы и всё между ними", "en": "Stages and all between"}[language] in told


def test_the_name_says_what_is_in_it() -> None:
    assert file("handovers", "ru").file_name("xlsx") == "Путь клиента передачи, 2026-03-01—2026-03-31.xlsx"
