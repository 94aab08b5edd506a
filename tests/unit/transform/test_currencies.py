import pytest

from voronka.lake.session import Session, literal
from voronka.transform.currencies import CURRENCY, code_of


@pytest.mark.parametrize(
    ("word", "code"),
    [("₽", "RUB"), ("руб", "RUB"), ("рублей", "RUB"), ("$", "USD"), ("eur", "EUR"), ("chf", "CHF"), ("тенге", "KZT")],
)
def test_signs_words_and_codes_have_a_code(session: Session, word: str, code: str) -> None:
    assert session.value(f"SELECT {code_of(literal(word))}") == code


def test_a_name_of_several_currencies_has_none(session: Session) -> None:
    assert session.value(f"SELECT {code_of(literal('kr'))}") is None
    assert session.value(f"SELECT {code_of(literal(''))}") is None


@pytest.mark.parametrize(("text", "fits"), [("us$", True), ("р", True), ("тыс", False), ("шт", False), ("м", False)])
def test_scales_and_units_are_no_currencies(session: Session, text: str, fits: bool) -> None:  # noqa: FBT001
    assert session.value(f"SELECT regexp_full_match({literal(text)}, {literal(CURRENCY)})") is fits
