"""Phone numbers as people write them."""

import pytest

from voronka.transform.phones import Number, numbers_in, phone_rows


def number(phone: str | None, extension: str | None = None) -> Number:
    return Number(phone, extension)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("8 (903) 123-45-67", [number("+79031234567")]),
        ("495 223 45 67", [number("+74952234567")]),
        ("+7 903 123 45 67, +7 495 223-45-67 доб. 101", [number("+79031234567"), number("+74952234567", "101")]),
        ("8 903 123 45 67 8 916 123 45 67", [number("+79031234567"), number("+79161234567")]),
        ("+7 (495) 223-45-67 (доб. 12)", [number("+74952234567", "12")]),
        ("8 (903) 123-45-67; вн. 33", [number("+79031234567", "33")]),
        ("+1 650 253 0000 ext 12", [number("+16502530000", "12")]),
        ("+49 (0) 30 1234567", [number("+49301234567")]),
        ("0049 30 1234567", [number("+49301234567")]),
        ("375291234567", [number("+375291234567")]),
        ("8 199 123-45-67", [number("+71991234567")]),
        ("23-45-67", [number("234567")]),
        ("доб. 17", [number(None, "17")]),
        ("нет", []),
        ("8 903 123-45-67; 8 (903) 123 45 67", [number("+79031234567")]),
    ],
)
def test_numbers_are_read_in_every_spelling(text: str, expected: list[Number]) -> None:
    assert list(numbers_in(text, "RU")) == expected


def test_a_number_without_a_country_is_of_the_companys() -> None:
    assert numbers_in("030 1234567", "DE") == (number("+49301234567"),)
    assert numbers_in("(212) 555-2368", "US") == (number("+12125552368"),)


def test_each_text_has_a_row_even_where_it_has_no_number() -> None:
    assert list(phone_rows(["нет", "8 903 123-45-67, доб. 5"], "RU")) == [
        {"spelled": "нет", "position": 1, "phone": None, "extension": None},
        {"spelled": "8 903 123-45-67, доб. 5", "position": 1, "phone": "+79031234567", "extension": "5"},
    ]
