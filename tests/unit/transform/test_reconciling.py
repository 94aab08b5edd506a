"""The pairs of records of two places."""

from collections.abc import Iterator

import pytest

from voronka.lake.session import Session
from voronka.transform import reconciling
from voronka.transform.reconciling import Window, matched, sources_of, summed

RECORDS = """
SELECT source, id, CAST(moment AS TIMESTAMP) AS moment, employee_id, NULL AS name, value, NULL AS url, keys
FROM (VALUES {}) AS r (source, id, moment, employee_id, value, keys)
"""


@pytest.fixture
def session() -> Iterator[Session]:
    """Return a session without tables."""
    made = Session()
    yield made
    made.close()


def pairs(
    session: Session, monkeypatch: pytest.MonkeyPatch, values: str, seconds: int | None = 60
) -> list[tuple[object, ...]]:
    """Return state, both ids and detail of what is matched of these records."""
    monkeypatch.setattr(reconciling, "reconciliation_sql", lambda _name: RECORDS.format(values))
    assert sources_of(session, "calls") == ["a", "b"]
    rows = matched(session, "calls", "a", "b", Window(seconds, 5))
    return [(row["state"], row["here_id"], row["there_id"], row["detail"]) for row in rows]


def test_one_record_is_never_paired_twice_and_the_nearest_is_taken(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    # 10:00:30 is nearer to y (10:00:40) than to x (10:00:00), so 10:00:10 is left with x
    values = """
      ('a', '1', '2026-01-05 10:00:30', 'p', 10, '+7'), ('a', '2', '2026-01-05 10:00:10', 'p', 10, '+7'),
      ('b', 'x', '2026-01-05 10:00:00', 'p', 10, '+7'), ('b', 'y', '2026-01-05 10:00:40', 'p', 10, '+7'),
      ('b', 'z', '2026-01-05 10:00:50', 'p', 10, '+7')
    """
    assert pairs(session, monkeypatch, values) == [
        ("there", None, "z", None),
        ("both", "2", "x", None),
        ("both", "1", "y", None),
    ]


def test_one_persons_records_go_before_nearer_ones_of_others(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    values = """
      ('a', '1', '2026-01-05 10:00:00', 'p', 10, '+7'),
      ('b', 'x', '2026-01-05 10:00:01', 'q', 10, '+7'), ('b', 'y', '2026-01-05 10:00:30', 'p', 16, '+7')
    """
    assert pairs(session, monkeypatch, values) == [("differs", "1", "y", "value"), ("there", None, "x", None)]


def test_records_far_apart_or_without_a_key_are_alone(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    values = """
      ('a', '1', '2026-01-05 10:00:00', 'p', 10, '+7'), ('a', '2', '2026-01-05 10:00:00', 'p', 10, NULL),
      ('b', 'x', '2026-01-05 10:01:01', 'p', 10, '+7')
    """
    alone = [("here", "1", None, None), ("here", "2", None, "no_key"), ("there", None, "x", None)]
    assert pairs(session, monkeypatch, values) == alone
    assert ("both", "1", "x", None) in pairs(session, monkeypatch, values, seconds=None)


def test_the_sums_of_states_make_the_sum_of_all() -> None:
    rows = [
        {"state": "here", "here_value": 5, "there_value": 0, "difference": 5},
        {"state": "there", "here_value": 0, "there_value": 3, "difference": -3},
        {"state": "there", "here_value": 0, "there_value": 1, "difference": -1},
    ]
    assert summed(rows) == [
        {"state": "here", "records": 1, "here_value": 5, "there_value": 0, "difference": 5},
        {"state": "there", "records": 2, "here_value": 0, "there_value": 4, "difference": -4},
        {"state": "all", "records": 3, "here_value": 5, "there_value": 4, "difference": 1},
    ]
