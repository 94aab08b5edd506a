"""Numbers as people write them into tables."""

from decimal import Decimal

import pytest

from voronka.domain.errors import QuestionError
from voronka.domain.written_numbers import told_mark, written_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1200", "1200"),
        (" 1 200 000 ", "1200000"),
        ("1\u00a0200,50", "1200.50"),
        ("1\u202f200,5 ₽", "1200.5"),
        ("1 200 руб.", "1200"),
        ("$1,200.50", "1200.50"),
        ("1,234,567", "1234567"),
        ("1.234.567,8", "1234567.8"),
        ("1'234.5", "1234.5"),
        ("12,5", "12.5"),
        ("0,125", "0.125"),
        ("1234,567", "1234.567"),
        (",5", "0.5"),
        ("\u2212300", "-300"),
        ("(300)", "-300"),
    ],
)
def test_numbers_of_both_countries_are_read(text: str, number: str) -> None:
    assert written_number(text) == Decimal(number)


@pytest.mark.parametrize(
    ("text", "mark", "number"),
    [("1,234", ".", "1234"), ("1,234", ",", "1.234"), ("1.234", ",", "1234"), ("1.234", ".", "1.234")],
)
def test_what_may_be_thousands_is_read_by_the_mark_that_is_known(text: str, mark: str, number: str) -> None:
    assert written_number(text, mark) == Decimal(number)  # type: ignore[arg-type]


def test_a_number_that_may_be_two_is_refused() -> None:
    with pytest.raises(QuestionError, match=r"1,234 may be 1234 or 1\.234"):
        written_number("1,234")


@pytest.mark.parametrize("text", ["", "Иванов", "12a", "1,23,4", "1-2", "1,2345,678", "..", "1e5", "NaN"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(QuestionError, match="not a number"):
        written_number(text)


@pytest.mark.parametrize(
    ("texts", "mark"),
    [
        (["1,234", "7"], None),
        (["1,234", "1,5"], ","),
        (["1,234", "1,234.5"], "."),
        (["1,234,567"], "."),
        (["1,5", "1.5"], None),
        (["Иванов", "1.234.567"], ","),
    ],
)
def test_numbers_side_by_side_tell_the_mark(texts: list[str], mark: str | None) -> None:
    assert told_mark(texts) == mark
