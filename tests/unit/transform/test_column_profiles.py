import pytest

from voronka.lake.session import Session, literal
from voronka.transform.column_profiles import Profile, profiles, readable, texts


def relation(session: Session, *values: str) -> str:
    rows = ", ".join(f"({literal(value)})" for value in values)
    session.run(f"CREATE OR REPLACE VIEW profile_of_test AS SELECT * FROM (VALUES {rows}) AS said(x)")
    return "profile_of_test"


def profile(session: Session, *values: str) -> Profile:
    return profiles(session, relation(session, *values), ["x"])["x"]


def test_a_key_is_filled_and_never_repeats(session: Session) -> None:
    assert profile(session, "1", "2").is_key
    assert not profile(session, "1", "1").is_key
    assert not profile(session, "1", "").is_key


def test_spellings_of_nothing_are_counted_apart(session: Session) -> None:
    found = profile(session, "a", "Select", "Select", " ")
    assert (found.rows, found.filled, dict(found.nulls)) == (4, 1, {"Select": 2})


@pytest.mark.parametrize(
    ("values", "names", "ids"),
    [
        (("Ann Lee", "Bob Ray"), True, False),
        (("1001", "1002"), False, True),
        (("4ef15afb4b2723d8f3d81e51ec7afefe",), False, True),
        (("0055g000001XyZ1AAC",), False, True),
        (("GTX 500", "GTX 700"), False, False),
        (("",), False, False),
    ],
)
def test_names_and_ids_are_told_apart(session: Session, values: tuple[str, ...], names: bool, ids: bool) -> None:  # noqa: FBT001
    found = profile(session, *values)
    assert (found.looks_like_names, found.looks_like_ids) == (names, ids)


def test_days_and_times_of_day_are_known(session: Session) -> None:
    assert profile(session, "01.03.2025", "").is_day
    assert profile(session, "9:05", "10:20:11").is_clock
    assert not profile(session, "01.03.2025 10:00").is_day


def test_what_a_reader_cannot_read_is_counted_with_an_example(session: Session) -> None:
    assert readable(session, relation(session, "1 000,50", "many", ""), "x", "money", ()) == (2, 1, "many")


def test_texts_that_differ_in_case_are_one(session: Session) -> None:
    assert texts(session, relation(session, "Won", "Won", "won", "Lost"), "x", ()) == {"Won": 3, "Lost": 1}
