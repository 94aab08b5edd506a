import pytest

from voronka.lake.session import Session, literal
from voronka.transform.identities import identity, is_damaged, is_error, is_rounded, known_text, name_text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("123", "123"),
        ("123.0", "123"),
        ("123,00", "123"),
        ("'0043", "0043"),
        ("'t Hart", "'t Hart"),
        ("00123", "00123"),
        ("1234567890123456789", "1234567890123456789"),
        ("12.5", "12.5"),
        ("v1.0", "v1.0"),
        ("NULL", None),
        ("-", None),
        ("#N/A", None),
        ("#REF!", None),
    ],
)
def test_an_id_is_as_the_source_wrote_it(session: Session, text: str, value: str | None) -> None:
    assert session.value(f"SELECT {identity(literal(text))}") == value


def test_an_id_with_a_wide_space_is_that_with_a_plain_one(session: Session) -> None:
    wide = literal("12\u00a0345")
    assert session.value(f"SELECT {identity(wide)}") == "12 345"


@pytest.mark.parametrize("text", ["нет", "Не указано", "(пусто)", "[не назначен]", "(not set)", "NULL", "n/a", "-"])
def test_nobody_is_called_that_nothing_is_given(session: Session, text: str) -> None:
    assert session.value(f"SELECT {name_text(literal(text))}") is None


def test_a_name_is_as_it_stands(session: Session) -> None:
    for text in ("Null", "Нетёсов", "ООО «Нет»", "Иванов (сын)"):
        assert session.value(f"SELECT {name_text(literal(text))}") == text


@pytest.mark.parametrize(
    ("text", "value"),
    [("Null", "Null"), ("NULL", None), ("—", None), ("#ЗНАЧ!", None), ("#1", "#1"), ("нет", "нет"), ("A-B", "A-B")],
)
def test_only_sure_spellings_of_nothing_are_nothing_in_texts(session: Session, text: str, value: str | None) -> None:
    assert session.value(f"SELECT {known_text(literal(text))}") == value


@pytest.mark.parametrize(
    ("text", "damaged"),
    [("1.23457E+11", True), ("1,23457E+11", True), ("1E+15", True), ("5e10", False), ("123", False), ("a+b", False)],
)
def test_an_id_cut_by_a_spreadsheet_is_damaged(session: Session, text: str, damaged: bool) -> None:  # noqa: FBT001
    assert session.value(f"SELECT {is_damaged(literal(text))}") is damaged


@pytest.mark.parametrize(
    ("text", "rounded"),
    [
        ("1234567890123450000", True),
        ("1234567890123456789", False),
        ("100000000000000", False),
        ("12345678901234500", False),
    ],
)
def test_long_ids_that_end_in_zeros_are_doubtful(session: Session, text: str, rounded: bool) -> None:  # noqa: FBT001
    assert session.value(f"SELECT {is_rounded(literal(text))}") is rounded


def test_errors_of_formulas_are_known_in_both_languages(session: Session) -> None:
    for text in ("#REF!", "#DIV/0!", "#NAME?", "#ДЕЛ/0!", "#ИМЯ?", "#value!"):
        assert session.value(f"SELECT {is_error(literal(text))}") is True, text
    assert session.value(f"SELECT {is_error(literal('#12'))}") is False
