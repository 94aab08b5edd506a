import pytest

from voronka.lake.session import Session, literal
from voronka.transform.mistaken_columns import mistaken_for, otherwise_named


def seen(session: Session, *texts: str) -> str | None:
    values = ", ".join(f"({literal(text)})" for text in texts)
    found = mistaken_for(session, f"(VALUES {values}) AS said(x)", "x")
    return found and found[0]


@pytest.mark.parametrize(
    ("texts", "what"),
    [
        (("+79161234567", "+7 495 123-45-67"), "phone numbers"),
        (("89161234567", "7 (916) 123-45-67", "100"), "phone numbers"),
        (("9161234567.0", "9161234568.0"), "phone numbers"),
        (("20260301", "20251231", "19991231"), "days"),
        (("1709251200000", "1709251200001", "1709251200002"), "ids or moments, all of one length"),
    ],
)
def test_what_is_no_amount_is_told_by_its_look(session: Session, texts: tuple[str, ...], what: str) -> None:
    assert seen(session, *texts) == what


@pytest.mark.parametrize(
    "texts",
    [
        ("79 161 234 567", "80 000 000 000"),
        ("79161234567", "100", "200"),
        ("20260301", "20260332", "20260303"),
        ("20260301", "20260302"),
        ("1500000000", "2500000000", "3700000000"),
        ("12345678901", "1234567890", "1234567891"),
        ("1234567.89", "12500", "0"),
    ],
)
def test_amounts_are_amounts_however_large(session: Session, texts: tuple[str, ...]) -> None:
    assert seen(session, *texts) is None


def test_a_name_speaks_against_an_amount_only_where_it_can_be_nothing_summed_up() -> None:
    assert otherwise_named("deals", "amount", "ID сделки") == "deal_id"
    assert otherwise_named("deals", "amount", "Телефон") == "phone"
    assert otherwise_named("deals", "amount", "Opportunity") is None  # an amount in one CRM, a deal in another
    assert otherwise_named("deals", "amount", "Сколько") is None
    assert otherwise_named("deals", "title", "ID сделки") is None
