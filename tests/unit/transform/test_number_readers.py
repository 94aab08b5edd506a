from decimal import Decimal

import pytest
from babel import numbers

from voronka.lake.session import Session, literal
from voronka.transform.number_readers import currency, number


def read(session: Session, text: str, decimal: str = ".") -> Decimal | None:
    found: Decimal | None = session.value(f"SELECT {number(literal(text), plain=False, decimal=decimal)}")
    return found


@pytest.mark.parametrize(
    ("country", "text", "decimal"),
    [
        ("Russia", "1\u00a0234\u00a0567,89", ","),
        ("Russia, by hand", "1 234 567,89 руб.", ","),
        ("Germany", "1.234.567,89 €", ","),
        ("Austria", "€ 1.234.567,89", ","),
        ("United States", "$1,234,567.89", "."),
        ("Switzerland", "CHF 1’234’567.89", "."),
        ("France", "1\u202f234\u202f567,89 €", ","),
        ("India", "₹12,34,567.89", "."),
        ("Sweden", "1 234 567,89 kr", ","),
        ("Poland", "1\u00a0234\u00a0567,89 zł", ","),
        ("Brazil", "R$ 1.234.567,89", ","),
        ("Turkey", "₺1.234.567,89", ","),
        ("Kazakhstan", "1 234 567,89 ₸", ","),
        ("Egypt", "١٬٢٣٤٬٥٦٧٫٨٩", "."),
        ("Iran", "۱٬۲۳۴٬۵۶۷٫۸۹", "."),
    ],
)
def test_an_amount_is_read_as_its_country_writes_it(session: Session, country: str, text: str, decimal: str) -> None:
    assert read(session, text, decimal) == Decimal("1234567.89"), country
    if "," in text and "." in text:
        other = "," if decimal == "." else "."
        assert read(session, text, other) == Decimal("1234567.89"), country


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("(1 234,50)", "-1234.50"),
        ("$(5.25)", "-5.25"),
        ("−\u00a05", "-5"),
        ("1 234-", "-1234"),
        ("- 12 500 ₽", "-12500"),
        ("+7,5", "7.5"),
        ("12 500,-", "12500"),
        ("2.900,--", "2900"),
        ("CHF 500.–", "500"),
        ("1 234 руб. 56 коп.", "1234.56"),
        ("1,2E+05", "120000"),
        ("1,5 млн руб.", "1500000"),
        ("2 млрд", "2000000000"),
        ("$342.09K", "342090"),
        ("3 lakh", "300000"),
        (".5", "0.5"),
        ("\u200e5", "5"),
    ],
)
def test_signs_scales_and_cents_are_read(session: Session, text: str, value: str) -> None:
    assert read(session, text, ",") == Decimal(value)


@pytest.mark.parametrize(
    "text",
    [
        "NaN",
        "Infinity",
        "-inf",
        "1e400",
        "(5",
        "5)",
        "1 2 3",
        "12'34",
        "1,2,3",
        "~5",
        "5-7",
        "12 шт",
        "₽",
        "",
        "--5",
        "-5-",
        "-$-5",
    ],
)
def test_what_is_no_number_is_not_read(session: Session, text: str) -> None:
    assert read(session, text) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("12 500 ₽", "RUB"),
        ("12,5 тыс. руб.", "RUB"),
        ("$342.09K", "USD"),
        ("US$ 5", "USD"),
        ("€ 2.900,00", "EUR"),
        ("RUB 1000", "RUB"),
        ("12 500", None),
        ("5 м", None),
        ("1000 kr", None),
        ("-12.50", None),
    ],
)
def test_the_currency_of_an_amount_is_told(session: Session, text: str, code: str | None) -> None:
    assert session.value(f"SELECT {currency(literal(text))}") == code


@pytest.mark.parametrize(
    "locale",
    ["ru", "de", "en_US", "de_CH", "fr", "hi", "sv", "pl", "pt_BR", "tr", "fi", "lt", "fa", "ar_EG", "es", "it"],
)
def test_what_the_unicode_locales_write_is_read_back(session: Session, locale: str) -> None:
    for value in (Decimal("1234567.89"), Decimal("-9876.5"), Decimal("0.25"), Decimal(12500)):
        shown = numbers.format_decimal(value, locale=locale, numbering_system="default")
        decimal = "," if numbers.get_decimal_symbol(locale) == "," else "."
        assert read(session, shown, decimal) == value, shown
