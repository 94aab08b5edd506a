from datetime import date

import pytest

from tests.metrics.memory_engine import MemoryEngine, lake_of, metrics_over, query
from voronka.domain.errors import QuestionError
from voronka.domain.period import Earlier, Period
from voronka.domain.scope import Scope, Span
from voronka.metrics.answer import records
from voronka.metrics.dimensions import DIMENSIONS
from voronka.metrics.resolve import Cut
from voronka.metrics.rowsource import bucket_of, merged_spans, moved_day, scope_conditions, timed_value, weekday_of
from voronka.metrics.sql import Parameters

JANUARY = Span("a", date(2026, 1, 1), date(2026, 2, 1))
FEBRUARY = Span("a", date(2026, 2, 1), date(2026, 3, 1))
APRIL = Span("a", date(2026, 4, 1), date(2026, 5, 1))


def test_spans_that_touch_or_overlap_are_one() -> None:
    assert merged_spans((FEBRUARY, JANUARY, APRIL, Span("b"))) == (
        Span("a", date(2026, 1, 1), date(2026, 3, 1)),
        APRIL,
        Span("b"),
    )
    assert merged_spans((JANUARY, Span("a"))) == (Span("a"),)


def test_a_full_scope_demands_nothing_and_an_empty_one_everything() -> None:
    assert scope_conditions(Scope.everything(), "f.e", "f.d", Parameters()) == []
    assert scope_conditions(Scope(), "f.e", "f.d", Parameters()) == ["FALSE"]


def test_all_ids_stand_in_one_list_and_bounded_spans_beside_it() -> None:
    parameters = Parameters()
    among, within = scope_conditions(Scope(spans=(JANUARY, Span("b"))), "f.e", "f.d", parameters)
    assert among == "f.e IN ($p1, $p2)"
    assert within.startswith("(f.e IN ($p2) OR EXISTS (SELECT 1 FROM (VALUES ($p1, $p3, $p4))")
    assert set(parameters.values.values()) == {"a", "b", JANUARY.valid_from, JANUARY.valid_to}


def test_values_never_stand_in_the_text() -> None:
    parameters = Parameters()
    (among,) = scope_conditions(Scope.of("x' OR 1=1 --"), "f.e", "f.d", parameters)
    assert among == "f.e IN ($p1)"


def test_days_of_the_earlier_period_are_moved_to_this_one() -> None:
    month = Earlier(Period(date(2026, 2, 1), date(2026, 2, 28)), months=1)
    assert moved_day("f.day", "slot", None) == "f.day"
    assert "INTERVAL 1 MONTH" in moved_day("f.day", "slot", month)
    assert "INTERVAL 7 DAY" in moved_day("f.day", "slot", Earlier(month.period, days=7))


def test_a_bucket_is_its_first_day() -> None:
    assert bucket_of("f.day", Cut("day", "day", grain="day")) == "f.day"
    assert bucket_of("f.day", Cut("week", "week", grain="week")) == "CAST(date_trunc('week', f.day) AS DATE)"


@pytest.mark.parametrize(
    ("day", "weekday"),
    [("1999-12-27", 1), ("2026-03-01", 7), ("2026-03-02", 1), ("2026-03-07", 6), ("2024-02-29", 4), ("0001-01-01", 1)],
)
def test_monday_is_the_first_day_of_the_week(day: str, weekday: int) -> None:
    found = records(MemoryEngine().execute(f"SELECT {weekday_of('f.d')} AS n FROM (SELECT DATE '{day}' AS d) AS f"))
    assert found == [{"n": weekday}]


CALLS = """call_id | employee | started_at
           1       | Anna     | 2026-03-02 09:10
           2       | Anna     | 2026-03-02 09:50
           3       | Anna     | 2026-03-08 10:50
           4       | Boris    | 2026-03-08 02:50
           5       | Boris    |"""


def test_calls_are_cut_by_weekday_and_hour_in_their_order() -> None:
    answer = metrics_over(lake_of(fct_calls=CALLS)).query(query("calls", by=["weekday", "hour"]))
    assert answer.rows == [
        {"weekday": 1, "hour": 9, "calls": 2},
        {"weekday": 7, "hour": 2, "calls": 1},
        {"weekday": 7, "hour": 10, "calls": 1},
        {"weekday": None, "hour": None, "calls": 1},
    ]


def test_an_hour_and_a_weekday_are_filtered_as_numbers() -> None:
    metrics = metrics_over(lake_of(fct_calls=CALLS))
    assert metrics.query(query("calls", where=["hour=9"])).totals == {"calls": 2}
    assert metrics.query(query("calls", where=["weekday=7", "hour=2,9"])).totals == {"calls": 1}
    assert metrics.query(query("calls", where=["hour="])).totals == {"calls": 1}


def test_a_metric_with_a_time_of_its_own_is_cut_by_the_hours_of_that() -> None:
    tasks = """activity_id | started_at       | due_at           | completed_at     | status
               1           | 2026-03-02 09:00 | 2026-03-02 09:00 | 2026-03-03 18:20 | done"""
    answer = metrics_over(lake_of(fct_tasks=tasks)).query(query("tasks_done", "tasks_overdue", by=["hour", "weekday"]))
    assert {(row["hour"], row["weekday"]): (row["tasks_done"], row["tasks_overdue"]) for row in answer.rows} == {
        (9, 1): (0, 1),
        (18, 2): (1, 0),
    }


@pytest.mark.parametrize(("name", "value"), [("hour", "24"), ("hour", "-1"), ("weekday", "0"), ("weekday", "Monday")])
def test_a_number_that_no_clock_shows_is_refused(name: str, value: str) -> None:
    with pytest.raises(QuestionError, match=f"{name} is a number from"):
        timed_value(DIMENSIONS[name], value)
