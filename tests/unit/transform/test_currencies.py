import pytest

from voronka.lake.session import Session, literal
from voronka.transform.currencies import CURRENCY, code_of, is_code, told_code


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


@pytest.mark.parametrize(
    ("text", "code"),
    [
        *(("usd", "USD"), ("Rub", "RUB"), ("руб.", "RUB"), ("₽", "RUB"), ("$", "USD"), ("RUR", "RUB"), ("643", "RUB")),
        *(("Российский рубль", "RUB"), ("белорусский рубль", "BYN"), ("бел. руб.", "BYN"), ("Доллар США", "USD")),
        *(("US Dollar", "USD"), ("rubles", "RUB"), ("USD ($)", "USD"), ("Тенге (KZT)", "KZT"), ("Евро", "EUR")),
        *(("XYZ", "XYZ"), ("kr", "kr"), ("бонусы", "бонусы")),
    ],
)
def test_a_cell_that_names_a_currency_has_its_code(session: Session, text: str, code: str) -> None:
    assert session.value(f"SELECT {told_code(literal(text))}") == code


def test_only_codes_that_are_known_are_codes(session: Session) -> None:
    assert [session.value(f"SELECT {is_code(literal(text))}") for text in ("KZT", "XYZ", "usd")] == [True, False, False]
