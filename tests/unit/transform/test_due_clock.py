"""The SQL of dues, over a clock of a few stretches; whole companies are in tests/core_model/test_dues.py."""

from datetime import datetime

import duckdb
import pytest

from voronka.transform.due_clock import dues_select

TABLES = """
CREATE TABLE dim_calendar (day DATE, opens_at TIMESTAMP, closes_at TIMESTAMP, worked_before_seconds BIGINT);
INSERT INTO dim_calendar VALUES
  ('2026-03-01', NULL, NULL, 0),
  ('2026-03-02', '2026-03-02 06:00', '2026-03-02 15:00', 0),
  ('2026-03-03', '2026-03-03 06:00', '2026-03-03 15:00', 32400),
  ('2026-03-04', NULL, NULL, 64800),
  ('2026-03-05', NULL, NULL, 64800);
CREATE TABLE employee_clock (employee_id TEXT, starts_at TIMESTAMP, ends_at TIMESTAMP, worked_before_seconds BIGINT);
INSERT INTO employee_clock VALUES ('anna', '2026-03-02 12:00', '2026-03-02 14:00', 0),
  ('anna', '2026-03-04 12:00', '2026-03-04 14:00', 7200);
CREATE TABLE spans (
  regulation_id TEXT, entity TEXT, record_id TEXT, pipeline_id TEXT, clock TEXT, allowed BIGINT, employee_id TEXT,
  started_at TIMESTAMP, stopped_at TIMESTAMP, started_before BIGINT, started_after BIGINT, stopped_before BIGINT,
  stopped_after BIGINT, said_seconds BIGINT, closed_at TIMESTAMP
);
"""
HOUR = 3_600_000_000
EXACTLY = (0, 0, 0, 0)
Found = tuple[datetime | None, int | None, bool | None]


def due(  # noqa: PLR0913 - the parts of a span
    clock: str,
    started: str | None,
    stopped: str | None = None,
    *,
    who: str = "",
    said: int | None = None,
    roughly: tuple[int, ...] = EXACTLY,
) -> Found:
    """Return when a span of an hour is due, the minutes it took, and whether it was in time.

    `roughly` are the minutes that it may have started before and after, and stopped before and after.
    """
    with duckdb.connect() as connection:
        connection.execute(TABLES)
        values = [clock, HOUR, who, started, stopped, *(60 * each for each in roughly), said]
        places = ", ".join("?" for _ in values)
        connection.execute(f"INSERT INTO spans VALUES ('r', 'lead', '1', NULL, {places}, NULL)", values)
        sql = f"SELECT due_at, taken // 60000000, is_in_time FROM ({dues_select('spans')})"
        (found,) = connection.execute(sql).fetchall()
    return found


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("clock", "who", "started", "stopped", "expected"),
    [
        ("working", "", "2026-03-02 14:30", "2026-03-03 06:20", ("2026-03-03 06:30", 50, True)),
        ("calendar", "", "2026-03-02 14:30", "2026-03-03 06:20", ("2026-03-02 15:30", 950, False)),
        ("shift", "anna", "2026-03-02 13:30", "2026-03-04 12:10", ("2026-03-04 12:30", 40, True)),
        ("shift", "boris", "2026-03-02 14:30", "2026-03-03 06:20", ("2026-03-03 06:30", 50, True)),
        ("shift", "anna", "2026-03-01 10:00", "2026-03-02 12:50", ("2026-03-02 13:00", 50, True)),
    ],
)
def test_each_clock_runs_by_its_own_hours(
    clock: str, who: str, started: str, stopped: str, expected: tuple[str, int, bool]
) -> None:
    assert due(clock, started, stopped, who=who) == (moment(expected[0]), *expected[1:])


def test_what_is_not_stopped_is_due_and_no_more() -> None:
    assert due("working", "2026-03-02 08:00") == (moment("2026-03-02 09:00"), None, None)


def test_where_the_calendar_ends_before_it_nothing_is_due() -> None:
    assert due("working", "2026-03-03 14:30") == (None, None, None)


@pytest.mark.parametrize("clock", ["working", "calendar"])
def test_a_date_long_past_is_an_empty_one(clock: str) -> None:
    assert due(clock, "2026-03-02 08:00", "0001-01-01 00:00") == (moment("2026-03-02 09:00"), None, None)
    assert due(clock, "0001-01-01 00:00", "2026-03-02 08:00")[:2] == (None, None)


def test_a_delay_that_is_told_is_held_against_the_limit() -> None:
    assert due("working", None, said=3600) == (None, 60, True)
    assert due("working", None, said=3601) == (None, 60, False)


@pytest.mark.parametrize(
    ("clock", "started", "stopped", "roughly", "expected"),
    [
        # seen at 6:30 of the next day, half an hour after opening: it may be as old as the evening before
        ("working", "2026-03-03 06:30", "2026-03-03 06:55", (570, 0, 0, 0), ("2026-03-03 07:30", 25, True)),
        ("working", "2026-03-03 06:30", "2026-03-03 07:10", (570, 0, 0, 0), ("2026-03-03 07:30", 40, None)),
        ("working", "2026-03-03 06:30", "2026-03-03 07:31", (570, 0, 0, 0), ("2026-03-03 07:30", 61, False)),
        # the end is known within 45, 20 and 60 minutes
        ("working", "2026-03-03 06:30", "2026-03-03 08:00", (0, 0, 45, 0), ("2026-03-03 07:30", 90, None)),
        ("working", "2026-03-03 06:30", "2026-03-03 08:00", (0, 0, 20, 0), ("2026-03-03 07:30", 90, False)),
        ("working", "2026-03-03 06:30", "2026-03-03 07:30", (0, 0, 60, 0), ("2026-03-03 07:30", 60, True)),
        # by the calendar, at some moment within half an hour after 10:00
        ("calendar", "2026-03-03 10:00", "2026-03-03 11:00", (0, 30, 0, 0), ("2026-03-03 11:30", 30, True)),
        ("calendar", "2026-03-03 10:00", "2026-03-03 11:10", (0, 30, 0, 0), ("2026-03-03 11:30", 40, None)),
        ("calendar", "2026-03-03 10:00", "2026-03-03 11:31", (0, 30, 0, 0), ("2026-03-03 11:30", 61, False)),
        ("calendar", "2026-03-03 10:00", "2026-03-03 10:50", (0, 30, 0, 30), ("2026-03-03 11:30", 50, None)),
        ("shift", "2026-03-02 13:30", "2026-03-04 12:10", (60, 0, 0, 0), ("2026-03-04 12:30", 40, None)),
        ("shift", "2026-03-02 13:30", "2026-03-04 12:10", (15, 0, 0, 0), ("2026-03-04 12:30", 40, True)),
    ],
)
def test_it_was_in_time_or_late_only_where_the_whole_of_what_may_be_says_so(
    clock: str, started: str, stopped: str, roughly: tuple[int, ...], expected: tuple[str, int, bool | None]
) -> None:
    found = due(clock, started, stopped, who="anna" if clock == "shift" else "", roughly=roughly)
    assert found == (moment(expected[0]), *expected[1:])
