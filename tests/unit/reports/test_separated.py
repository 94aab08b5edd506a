from datetime import date, datetime
from decimal import Decimal

import pytest

from voronka.reports.separated import separated
from voronka.reports.tables import Cell, Sheet, SheetColumn


def sheet(*cells: Cell, totals: list[Cell] | None = None) -> Sheet:
    columns = tuple(SheetColumn(f"c{n}", f"C{n}", "text") for n in range(len(cells)))
    return Sheet(columns, [list(cells)], totals)


def lines(data: bytes) -> list[str]:
    return data.decode("utf-8-sig").split("\r\n")


def test_a_russian_file_has_semicolons_and_decimal_commas() -> None:
    data = separated(sheet("Анна; Белова", 1.5, Decimal("1234567.10"), 3, None, totals=["Итого", 1.5, 2, 3, 4]), "ru")
    assert data.startswith(b"\xef\xbb\xbf")
    assert lines(data) == ["C0;C1;C2;C3;C4", '"Анна; Белова";1,5;1234567,10;3;', "Итого;1,5;2;3;4", ""]


def test_an_english_file_has_commas_and_points() -> None:
    assert lines(separated(sheet("Brown, Ann", 1.5, -2), "en"))[1] == '"Brown, Ann",1.5,-2'


def test_days_and_times_are_written_from_the_year_down() -> None:
    data = separated(sheet(date(2026, 3, 2), datetime(2026, 3, 2, 10, 5)), "ru")  # noqa: DTZ001 - a local time
    assert lines(data)[1] == "2026-03-02;2026-03-02 10:05:00"


def test_numbers_are_not_rounded() -> None:
    assert lines(separated(sheet(1 / 3, 1e-7), "en"))[1] == "0.3333333333333333,1e-07"


@pytest.mark.parametrize("text", ["=1+1", "+7 900", "-1", "@SUM(A1)", "\t=1", "＝1"])
def test_a_text_that_would_run_as_a_formula_stays_a_text(text: str) -> None:
    assert lines(separated(sheet(text), "en"))[1] == f"'{text}"


def test_a_title_that_would_run_as_a_formula_stays_a_text_too() -> None:
    data = separated(Sheet((SheetColumn("a", "=A1", "text"),), []), "en")
    assert lines(data) == ["'=A1", ""]
