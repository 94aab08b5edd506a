import pytest

from tests.unit.transform.conftest import Values
from voronka.lake.session import Session, literal
from voronka.transform.contact_readers import has_more_emails, has_more_phones, is_masked


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("8 (916) 123-45-67", "+79161234567"),
        ("+7 916 123 45 67", "+79161234567"),
        ("79161234567", "+79161234567"),
        ("9161234567", "+79161234567"),
        ("89161234567.0", "+79161234567"),
        ("8 (495) 123-45-67 доб. 123", "+74951234567"),
        ("8 (495) 123-45-67 (вн. 12)", "+74951234567"),
        ("+7 495 123-45-67 ext 5", "+74951234567"),
        ("84951234567#12", "+74951234567"),
        ("+7 916 123-45-67, 8 495 765-43-21", "+79161234567"),
        ("+7 916 123-45-67 / 765-43-21", "+79161234567"),
        ("89161234567 или 89167654321", "+79161234567"),
        ("89161234567 89167654321", "+79161234567"),
        ("+44 20 7946 0958", "+442079460958"),
        ("0044 20 7946 0958", "+442079460958"),
        ("105", "105"),
        ("0", None),
        ("7,91612E+10", None),
        ("позвонить", None),
        ("1234567890123456789", None),
    ],
)
def test_of_phones_the_first_is_read(values: Values, text: str, value: str | None) -> None:
    assert values("phone", text) == [value]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Anna@X.ru", "anna@x.ru"),
        ("mailto:anna@x.ru", "anna@x.ru"),
        ("Анна <anna@x.ru>", "anna@x.ru"),
        ("anna@x.ru; boris@x.ru", "anna@x.ru"),
        ("anna @ x.ru", "anna@x.ru"),
        ("anna@x.ru.", "anna@x.ru"),
        ("mailto:Anna@X.ru?subject=hi", "anna@x.ru"),
        ("https://x.ru/@anna", None),
        ("anna.x.ru", None),
        ("@", None),
        ("anna@", None),
    ],
)
def test_of_addresses_the_first_is_read(values: Values, text: str, value: str | None) -> None:
    assert values("email", text) == [value]


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("+7 916 123-45-67, 8 495 765-43-21", True),
        ("89161234567 89167654321", True),
        ("8 (916) 123-45-67", False),
        ("8 (495) 123-45-67, доб. 123", False),
        ("+7 (916) 123 - 45 - 67", False),
    ],
)
def test_several_phones_are_seen(session: Session, text: str, more: bool) -> None:  # noqa: FBT001
    assert session.value(f"SELECT {has_more_phones(literal(text))}") is more


def test_several_addresses_are_seen(session: Session) -> None:
    assert session.value(f"SELECT {has_more_emails(literal('a@x.ru, b@x.ru'))}") is True
    assert session.value(f"SELECT {has_more_emails(literal('a@x.ru'))}") is False


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        *(("+7912***6789", True), ("8 912 XXX-67-89", True), ("+7 (912) ***-**-89", True), ("7912345****", True)),
        *(("8 912 345-67-89", False), ("84951234567 x12", False), ("*105", False), ("8 495 123-45-67 доб. 12", False)),
    ],
)
def test_a_phone_with_hidden_digits_is_seen(session: Session, text: str, masked: bool) -> None:  # noqa: FBT001
    assert session.value(f"SELECT {is_masked(literal(text))}") is masked


def test_a_phone_with_hidden_digits_is_none(values: Values) -> None:
    assert values("phone", "+7912***6789", "+79123456789") == [None, "+79123456789"]
