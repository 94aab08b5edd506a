"""What headers say of the amounts below them."""

import pytest

from tests.unit.transform.conftest import Values
from voronka.transform.header_units import currency_of, scale_of


@pytest.mark.parametrize(
    ("header", "scale", "currency"),
    [
        ("Сумма, тыс. руб.", "1000", "RUB"),
        ("Сумма (тыс. ₽)", "1000", "RUB"),
        ("Выручка тыс. руб.", "1000", "RUB"),
        ("Сумма, т.р.", "1000", "RUB"),
        ("План, млн", "1000000", ""),
        ("Бюджет в тысячах рублей", "1000", "RUB"),
        ("Amount ($K)", "1000", "USD"),
        ("Revenue, $ million", "1000000", "USD"),
        ("Amount (in thousands)", "1000", ""),
        ("Sales ('000 EUR)", "1000", "EUR"),
        ("Amount (USD)", "", "USD"),
        ("Сумма, руб. без НДС", "", "RUB"),
        ("Сумма с НДС, руб.", "", "RUB"),
        ("Amount_EUR", "", "EUR"),
        ("Price €", "", "EUR"),
        ("Amount in USD", "", "USD"),
        ("Бюджет", "", ""),
        ("Amount (k)", "", ""),
        ("Вес, т", "", ""),
        ("Top 3, all", "", ""),
        ("Сумма (до 100 тыс. руб.)", "", ""),
        ("Amount (converted)", "", ""),
        ("Deals won, sum", "", ""),
        ("USD", "", ""),
        ("Deal size (USD/EUR)", "", ""),
    ],
)
def test_a_header_tells_scale_and_currency_where_it_says_nothing_else(header: str, scale: str, currency: str) -> None:
    assert (scale_of(header), currency_of(header)) == (scale, currency)


def test_bare_amounts_are_so_many_times_what_they_say_and_others_are_not(values: Values) -> None:
    told = values("money", "150,5", "1 200", "350 тыс. руб.", "7,1234", unit="1000")
    assert [str(each) for each in told] == ["150500.00", "1200000.00", "350000.00", "7123.40"]
    assert values("number", "1.5", "2", unit="1000000") == [1_500_000.0, 2_000_000.0]
