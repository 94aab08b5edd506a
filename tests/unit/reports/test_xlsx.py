from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook

from voronka.domain.errors import QuestionError
from voronka.reports.tables import Cell, Sheet, SheetColumn
from voronka.reports.xlsx import ROWS, STREAMED, Described, workbook

COLUMNS = (
    SheetColumn("employee", "Сотрудник", "text"),
    SheetColumn("day", "День", "day"),
    SheetColumn("at", "Время", "time"),
    SheetColumn("calls", "Звонки", "count"),
    SheetColumn("revenue", "Сумма", "money"),
    SheetColumn("open", "Открыть", "link"),
)
DAY, MOMENT = date(2026, 3, 2), datetime(2026, 3, 2, 10, 5)  # noqa: DTZ001 - a local time
ROW: list[Cell] = ["=HYPERLINK(1)", DAY, MOMENT, 1234, Decimal("10.25"), "https://crm.example.com/1"]
DEFINITIONS = Described(("Имя", "Как считается"), (("calls", "count: rows"),))
CUT = Described(("Что", "Значение"), (("Период", "2026-03-01 – 2026-03-31"), ("Канал", "=1+1")))


def read(sheet: Sheet) -> Workbook:
    return load_workbook(BytesIO(workbook(sheet, DEFINITIONS, CUT, "ru")))


def made() -> Sheet:
    return Sheet(COLUMNS, [list(ROW), [None] * 6], ["Итого", None, None, 1234, 10.25, None])


def test_values_keep_their_types_and_units() -> None:
    page = read(made())["Данные"]
    assert [cell.value for cell in page[1]] == ["Сотрудник", "День", "Время", "Звонки", "Сумма", "Открыть"]
    cells = page[2]
    assert [cell.value for cell in cells][:5] == [
        "=HYPERLINK(1)",
        datetime(2026, 3, 2),  # noqa: DTZ001 - a day
        MOMENT,
        1234,
        10.25,
    ]
    assert [cell.data_type for cell in cells] == ["s", "d", "d", "n", "n", "s"]
    assert [cell.number_format for cell in cells[1:5]] == ["yyyy-mm-dd", "yyyy-mm-dd hh:mm", "#,##0", "#,##0.00"]


def test_a_text_that_looks_like_a_formula_or_an_address_is_a_text_on_every_sheet() -> None:
    book = read(Sheet(COLUMNS[:1], [["=1+1"], ["https://a.example"], ["+7 900"], ["12"]]))
    assert [(c.value, c.data_type, c.hyperlink) for c in book["Данные"]["A"][1:]] == [
        ("=1+1", "s", None),
        ("https://a.example", "s", None),
        ("+7 900", "s", None),
        ("12", "s", None),
    ]
    assert [c.data_type for row in book["Срез"].rows for c in row] == ["s"] * 6


def test_a_text_that_would_run_once_somebody_edits_its_cell_is_marked_as_a_text() -> None:
    page = read(Sheet(COLUMNS[:1], [["=1+1"], ["+7 900 123-45-67"], ["-5"], ["Анна"]]))["Данные"]
    assert [cell.quotePrefix for cell in page["A"][1:]] == [True, False, False, False]


def test_only_a_records_own_address_is_a_link() -> None:
    link = read(made())["Данные"]["F2"].hyperlink
    assert link is not None
    assert link.target == "https://crm.example.com/1"


def test_totals_stand_below_the_filtered_rows() -> None:
    page = read(made())["Данные"]
    assert [cell.value for cell in page[4]] == ["Итого", None, None, 1234, 10.25, None]
    assert page.auto_filter.ref == "A1:F3"
    assert page.freeze_panes == "A2"
    assert page["A4"].font.bold


def test_columns_are_as_wide_as_what_they_hold_within_bounds() -> None:
    page = read(Sheet(COLUMNS[:2], [["я" * 20, DAY], ["ю" * 200, DAY]]))["Данные"]
    widths = [page.column_dimensions[letter].width for letter in "AB"]
    assert 48 <= widths[0] < 49.5
    assert 10 <= widths[1] < 14


def test_definitions_and_the_cut_stand_on_sheets_of_their_own() -> None:
    book = read(made())
    assert book.sheetnames == ["Данные", "Определения", "Срез"]
    assert [[cell.value for cell in row] for row in book["Определения"].rows] == [
        ["Имя", "Как считается"],
        ["calls", "count: rows"],
    ]
    assert book["Срез"]["B2"].value == "2026-03-01 – 2026-03-31"


def test_sheets_are_named_in_the_language() -> None:
    data = workbook(made(), DEFINITIONS, CUT, "en")
    assert load_workbook(BytesIO(data)).sheetnames == ["Data", "Definitions", "Cut"]


def test_a_large_table_and_an_empty_one_can_be_read_back() -> None:
    large = read(Sheet(COLUMNS[:1], [[f"№ {n}"] for n in range(STREAMED + 1)]))["Данные"]
    assert (large.max_row, large.cell(STREAMED + 2, 1).value) == (STREAMED + 2, f"№ {STREAMED}")
    empty = read(Sheet(COLUMNS, []))["Данные"]
    assert empty.max_row == 1


def test_more_rows_than_a_sheet_holds_are_refused_and_not_dropped() -> None:
    row: list[Cell] = [1]
    with pytest.raises(QuestionError, match="a sheet holds 1048574 rows, not 1048575"):
        workbook(Sheet(COLUMNS[3:4], [row] * (ROWS + 1)), DEFINITIONS, CUT, "ru")


def test_a_number_that_is_none_and_a_text_too_long_are_still_a_workbook() -> None:
    page = read(Sheet(COLUMNS[3:5], [[float("nan"), float("inf")]]))["Данные"]
    assert [page["A2"].value, page["B2"].value] == [None, None]
    long = read(Sheet(COLUMNS[:1], [["д" * 40_000]]))["Данные"]
    assert len(long["A2"].value) == 32_767
