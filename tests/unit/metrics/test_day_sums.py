"""What adds up is answered from sums by day as it is from the rows themselves."""

from dataclasses import replace
from datetime import date

import pytest

from tests.metrics.memory_engine import MemoryEngine, column, lake_of, march, metrics_over, query
from voronka.domain.period import Period
from voronka.domain.scope import Scope, Span
from voronka.metrics.question import Query

PEOPLE = "employee_id | name\na | Anna\nb | Boris"
TEAMS = "team_id | name\nw | West\ne | East"
ACTIVITIES = """\
activity_id | kind | direction | status | answered | talk_seconds | employee_id | team_id | role | started_at
                1 | call    | out | done    | true  | 1800 | a | w | sales  | 2026-03-02 10:00
                2 | call    | out | done    | true  | 900  | a | w | sales  | 2026-03-02 11:00
                3 | call    | in  | done    | false |      | b | w | hunter | 2026-03-02 10:00
                4 | call    | out | done    | true  |      | b | w | hunter | 2026-03-03 10:00
                5 | email   | out | done    |       |      | b | w | hunter | 2026-03-03 10:00
                6 | meeting |     | done    |       |      | a | e | sales  | 2026-03-09 10:00
                7 | meeting |     | planned |       |      | b | w | hunter | 2026-03-10 10:00
                8 | call    | out | done    | true  | 3600 | a | w | sales  | 2026-02-02 10:00"""
DEALS = """deal_id | outcome | amount | currency | amount_home | employee_id | team_id | role | closed_at
           1 | won  | 100 | RUB | 100 | a | w | sales  | 2026-03-05 10:00
           2 | won  | 50  | USD |     | b | w | hunter | 2026-03-06 10:00
           3 | lost | 70  | RUB | 70  | b | w | hunter | 2026-03-06 10:00"""
PLANS = """metric | scope | scope_id | team_id | counts_for_team | counts_for_company | day | value
           calls   | employee | a | w | true  | true | 2026-03-02 | 4
           calls   | employee | a | w | true  | true | 2026-03-03 | 4
           revenue | team     | w | w | true  | true | 2026-03-05 | 80"""
ASKED = (
    query("calls", "talk_time", "emails_sent", "meetings", period=march()),
    query("calls", "talk_time", "reach_rate", "meetings", by=["employee"], period=march(), compare="previous"),
    query("calls", by=["day", "role"], period=march()),
    query("calls", by=["week"], where=["team=w"], period=march(), compare="previous"),
    query("meetings", by=["employee"], period=march()),
    query("revenue", "deals_won", "win_rate", by=["employee"], period=march()),
    query("calls", "calls_covered", "calls_attainment", "calls_plan", "calls_pace", by=["employee"], period=march()),
    query("calls_covered", "calls_attainment", "revenue_attainment", by=["team"], period=march(), compare="previous"),
    query("calls_covered", "calls_plan", period=march(), scope=Scope.of("a")),
    query("calls", by=["weekday"], period=march()),
    query("calls", "median_call", by=["employee"], period=march()),
    query("calls", period=Period(date(2026, 2, 20), date(2026, 3, 3)), compare="previous"),
    query(
        "calls",
        by=["employee"],
        period=march(),
        scope=Scope(False, (Span("b", date(2026, 3, 3), date(2026, 3, 4)),), False),  # noqa: FBT003 - as it is kept
    ),
)


@pytest.fixture(scope="module")
def lake() -> MemoryEngine:
    return lake_of(dim_employee=PEOPLE, dim_team=TEAMS, fct_activities=ACTIVITIES, fct_deals=DEALS, fct_plan_days=PLANS)


@pytest.mark.parametrize("asked", ASKED)
def test_the_answer_is_that_of_the_rows(lake: MemoryEngine, asked: Query) -> None:
    of_rows, of_sums = (metrics_over(lake, often=often).query(asked) for often in (9, 0))
    assert (of_sums.rows, of_sums.totals, of_sums.left_out) == (of_rows.rows, of_rows.totals, of_rows.left_out)


def test_sums_are_those_worked_out_by_hand(lake: MemoryEngine) -> None:
    asked = query(
        "calls", "talk_time", "meetings", "calls_covered", "calls_attainment", by=["employee"], period=march()
    )
    answer = metrics_over(lake, often=0).query(asked)
    assert column(answer, "employee_id", "calls") == {"a": 2, "b": 2}
    assert column(answer, "employee_id", "talk_time") == {"a": 0.75, "b": None}
    assert column(answer, "employee_id", "meetings") == {"a": 1, "b": 0}
    assert column(answer, "employee_id", "calls_covered") == {"a": 2, "b": None}
    assert answer.totals["calls"] == 4
    assert answer.totals["calls_attainment"] == 25


def test_only_what_adds_up_by_day_and_owner_is_read_from_sums(lake: MemoryEngine) -> None:
    asked = query("calls", by=["employee"], period=march())
    metrics = metrics_over(lake, often=0)
    for other, is_summed in (
        (asked, True),
        (replace(asked, period=None), False),
        (replace(asked, owner="now"), False),
        (replace(asked, by=("channel",)), False),
        (replace(asked, metrics=("median_call",)), False),
        (replace(asked, metrics=("meetings_due",)), False),
    ):
        lake.asked.clear()
        metrics.query(other)
        assert any("day_sums_activities" in sql for sql, _ in lake.asked) is is_summed, other


def test_split_records_are_not_summed() -> None:
    credit = "entity | entity_id | axis | employee_id | share\ndeal | 1 | closed | a | 0.5\ndeal | 1 | closed | b | 0.5"
    lake = lake_of(dim_employee=PEOPLE, fct_deals=DEALS, split_credit=credit)
    answer = metrics_over(lake, often=0).query(query("deals_won", by=["employee"], period=march()))
    assert column(answer, "employee_id", "deals_won") == {"a": 0.5, "b": 1.5}
