import pytest

from voronka.lake.session import Session, literal
from voronka.transform.number_marks import ASSUMED_POINT, ASSUMED_THOUSANDS, CONTRADICTING, Marks, marks


def decided(session: Session, *texts: str, is_coarse: bool = True) -> Marks:
    rows = ", ".join(f"({literal(text)})" for text in texts)
    return marks(session, f"(SELECT * FROM (VALUES {rows}) AS said(x))", "x", is_coarse=is_coarse)


@pytest.mark.parametrize(
    ("texts", "decimal"),
    [
        (("1 234,56", "1 234"), ","),
        (("1.234,56", "1.234"), ","),
        (("1,234.56", "1,234"), "."),
        (("12,5 тыс. руб.", "1.234"), ","),
        (("1.234.567", "1.234"), ","),
        (("1,234,567", "1,234"), "."),
        (("1'234.5", "1,234"), "."),
        (("0,123", "1,234"), ","),
        (("1 234,567",), ","),
        (("01.02.2024", "12.5", "1,234"), "."),
    ],
)
def test_what_can_only_be_one_mark_decides_for_the_column(
    session: Session, texts: tuple[str, ...], decimal: str
) -> None:
    found = decided(session, *texts)
    assert (found.decimal, found.note) == (decimal, "decimal comma" if decimal == "," else "")


def test_where_nothing_tells_a_mark_before_three_digits_is_of_thousands(session: Session) -> None:
    assert decided(session, "1,234", "5").note == ASSUMED_THOUSANDS
    assert decided(session, "1.234 ₽") == Marks(",", ASSUMED_THOUSANDS, is_signed=True)


def test_marks_of_both_kinds_leave_a_mark_before_three_digits_unclear(session: Session) -> None:
    assert decided(session, "1.234,56", "1,234.56", "2.500") == Marks(",", CONTRADICTING, is_signed=False)
    assert decided(session, "1.234,56", "1,234.56", "100").note != CONTRADICTING
    assert decided(session, "12.5", "2.500", *(f"{n},5" for n in range(40))).note == "decimal comma"


def test_the_mark_of_most_rows_is_that_of_the_column(session: Session) -> None:
    assert decided(session, "12,5", "100.5", "200.5", "300.5").decimal == "."


def test_of_numbers_that_are_no_money_a_point_is_decimal(session: Session) -> None:
    assert decided(session, "1.234", is_coarse=False) == Marks(".", ASSUMED_POINT, is_signed=False)


def test_amounts_that_bear_a_currency_are_seen(session: Session) -> None:
    assert decided(session, "1,5", "$2").is_signed
    assert decided(session, "1 234,5 руб.").is_signed
    assert not decided(session, "1,5 тыс", "2 м").is_signed


def test_a_dollar_in_front_tells_that_commas_are_of_thousands(session: Session) -> None:
    assert decided(session, "$1,234", "$12,500") == Marks(".", "", is_signed=True)
