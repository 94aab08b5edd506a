"""Months, quarters and years written as one text."""

import pytest

from voronka.lake.session import Session, literal
from voronka.transform.spelled_periods import period_end, period_start


def ends(session: Session, text: str) -> tuple[object, object]:
    row = session.rows(f"SELECT {period_start(literal(text))} AS first, {period_end(literal(text))} AS last")[0]
    return row["first"], row["last"]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("март 2026", "2026-03-01", "2026-03-31"),
        ("Мая 2026 г.", "2026-05-01", "2026-05-31"),
        ("February 2024", "2024-02-01", "2024-02-29"),
        ("Dec-2026", "2026-12-01", "2026-12-31"),
        ("2026-03", "2026-03-01", "2026-03-31"),
        ("3.2026", "2026-03-01", "2026-03-31"),
        ("2026-04-01 00:00:00", "2026-04-01", "2026-04-30"),
        ("01.04.2026", "2026-04-01", "2026-04-30"),
        ("Q1 2026", "2026-01-01", "2026-03-31"),
        ("4Q2026", "2026-10-01", "2026-12-31"),
        ("II квартал 2026", "2026-04-01", "2026-06-30"),
        ("3 кв. 2026 г.", "2026-07-01", "2026-09-30"),
        ("2026 Q2", "2026-04-01", "2026-06-30"),
        ("2026 год", "2026-01-01", "2026-12-31"),
    ],
)
def test_a_period_has_a_first_and_a_last_day(session: Session, text: str, first: str, last: str) -> None:
    assert ends(session, text) == (first, last)


@pytest.mark.parametrize("text", ["март", "15.03.2026", "2026-13", "5 кв. 2026", "вчера", "мартышка 12", ""])
def test_what_is_no_period_is_none(session: Session, text: str) -> None:
    assert ends(session, text) == (None, None)
