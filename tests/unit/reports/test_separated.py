from datetime import date, datetime
from decimal import Decimal

import pytest

from voronka.reports.separated import separated
from voronka.reports.tables import Cell, Kind, Sheet, SheetColumn


def sheet(*cells: Cell, totals: list[Cell] | None = None, kind: Kind = "text") -> Sheet:
    columns = tuple(SheetColumn(f"c{n}", f"C{n}", kind) for n in range(len(cells)))
    return Sheet(columns, [list(cells)], totals)


def lines(data: bytes) -> list[str]:
    return data.decode("utf-8-sig").split("\r\n")


def test_a_russian_file_has_semicolons_and_decimal_commas() -> None:
    data = separated(sheet("Анна; Белова", 1.5, Decimal("1234567.10"), 3, None, totals=["Итого", 1.5, 2, 3, 4]), "ru")
    assert data.startswith(b"\xef\xbb\xbf")
    assert lines(data) == ["C0;C1;C2;C3;C4", '"Анна; Белова";1,5;1234567,1;3;', "Итого;1,5;2;3;4", ""]


def test_an_english_file_has_commas_and_points() -> None:
    assert lines(separated(sheet("Brown, Ann", 1.5, -2), "en"))[1] == '"Brown, Ann",1.5,-2'


def test_days_and_times_are_written_from_the_year_down() -> None:
    data = separated(sheet(date(2026, 3, 2), datetime(2026, 3, 2, 10, 5)), "ru")  # noqa: DTZ001 - a local time
    assert lines(data)[1] == "2026-03-02;2026-03-02 10:05:00"


def test_money_has_two_decimals_in_rows_and_totals() -> None:
    money = sheet(
        Decimal("3205205.000000"), Decimal("0.125"), 7, -0.001, totals=[38400000.0, 1.5, 0, None], kind="money"
    )
    assert lines(separated(money, "ru"))[1:3] == ["3205205,00;0,13;7,00;0,00", "38400000,00;1,50;0,00;"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (3, "3"),
        (100, "100"),
        (2.0, "2"),
        (Decimal("5.4000"), "5.4"),
        (1 / 3, "0.333333"),
        (200 / 3, "66.666667"),
        (0.0511, "0.0511"),
        (1e-7, "0.0000001"),
        (1.23456789e-5, "0.0000123457"),
        (5e-324, "0"),
        (-2.50, "-2.5"),
        (-0.0, "0"),
        (1e20, "100000000000000000000"),
        (float("nan"), ""),
        (float("inf"), ""),
    ],
)
def test_other_numbers_have_no_zeros_at_their_end_and_no_exponent(value: Cell, text: str) -> None:
    number = SheetColumn("n", "N", "number")
    assert lines(separated(Sheet((number,), [[value]]), "en"))[1] == (text or '""')


@pytest.mark.parametrize("text", ["=1+1", "+7-A1", "-1+1", "@SUM(A1)", "\t=1", "＝1"])
def test_a_text_that_would_run_as_a_formula_stays_a_text(text: str) -> None:
    assert lines(separated(sheet(text), "en"))[1] == f"'{text}"


def test_a_title_that_would_run_as_a_formula_stays_a_text_too() -> None:
    data = separated(Sheet((SheetColumn("a", "=A1", "text"),), []), "en")
    assert lines(data) == ["'=A1", ""]


@pytest.mark.parametrize("text", ["+7 (912) 345-67-89", "-12.5"])
def test_a_phone_and_a_number_that_came_as_texts_stay_as_they_are(text: str) -> None:
    assert lines(separated(sheet(text), "en"))[1] == text
