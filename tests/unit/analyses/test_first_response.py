"""How fast leads are answered; the times below are UTC, three hours behind Moscow's, where 9-18 is worked."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.metrics.memory_engine import MemoryEngine, built_in, column, lake_of, query
from voronka.analyses.first_response import first_response
from voronka.domain.errors import QuestionError
from voronka.domain.period import Period
from voronka.domain.scope import Scope, Span
from voronka.domain.working_time import WorkingTime
from voronka.metrics.examples import Grid
from voronka.metrics.query import Metrics, MetricsCompany
from voronka.transform.calendar import with_clock

MEDIAN = "first_response_median"
HOURS = (time(9), time(18))
MOSCOW = ZoneInfo("Europe/Moscow")
NOW = "2026-03-31 12:00"
ANNA = Scope.of("name:anna")


def days() -> list[dict[str, Any]]:
    """Return January to March 2026, Monday to Friday worked, with the clock of working time."""
    found = [date(2026, 1, 1) + timedelta(days=n) for n in range(90)]
    return list(with_clock([{"day": day, "is_working": day.isoweekday() <= 5} for day in found], HOURS, MOSCOW))


WORKING = WorkingTime(MOSCOW, HOURS, lambda day: day.isoweekday() <= 5)


def clocked(lead: dict[str, str | None]) -> dict[str, str | None]:
    """Return a lead with what the build adds to it, worked out minute by minute of the calendar."""
    first = datetime.fromisoformat("2026-01-01")
    created, responded = (
        datetime.fromisoformat(lead[name] or "") if lead.get(name) else None
        for name in ("created_at", "first_response_at")
    )
    came = WORKING.seconds_between(first, created) if created and created >= first else None
    took = (
        WORKING.seconds_between(created, responded)
        if created and responded and min(created, responded) >= first
        else None
    )
    answered = (responded >= first) if responded else bool(lead.get("first_response_seconds"))
    added = {"created_working_clock": came, "first_response_working_seconds": took}
    texts = {name: None if value is None else str(round(value)) for name, value in added.items()}
    return {**lead, **texts, "is_answered": str(answered).lower()}


def lake(leads: str) -> MemoryEngine:
    found = [clocked(row) for row in Grid.parse(leads, "leads").rows]
    lines = [" | ".join(found[0]), *(" | ".join(value or "" for value in row.values()) for row in found)]
    calendar = [" | ".join(days()[0]), *(" | ".join(_cell(value) for value in row.values()) for row in days())]
    return lake_of(dim_calendar="\n".join(calendar), fct_leads="\n".join(lines))


def _cell(value: object) -> str:
    return "" if value is None else str(value)


def metrics(engine: MemoryEngine, now: str = NOW) -> Metrics:
    moment = datetime.fromisoformat(now)
    computed = {"first_response": first_response(MOSCOW, lambda: moment)}
    company = MetricsCompany("RUB", moment.date, "Europe/Moscow")
    return Metrics(engine, built_in(), company, computed)


def total(leads: str, now: str = NOW) -> object:
    return metrics(lake(leads), now).query(query(MEDIAN)).totals[MEDIAN]


def test_friday_evening_to_monday_morning_is_ten_minutes() -> None:
    found = total(
        """lead_id | created_at       | first_response_at
           1       | 2026-03-06 14:55 | 2026-03-09 06:05"""
    )
    assert found == 10


def test_leads_never_answered_hold_the_median_up() -> None:
    # 10 and 30 minutes answered, two waiting for days: 3/4 after 10, 1/2 after 30; the mean of the answered is 20
    found = total(
        """lead_id | created_at       | first_response_at
           1       | 2026-03-02 07:00 | 2026-03-02 07:10
           2       | 2026-03-02 07:00 | 2026-03-02 07:30
           3       | 2026-03-02 07:00 |
           4       | 2026-03-02 07:00 |"""
    )
    assert found == 30


def test_a_lead_that_came_just_now_does_not_hold_the_median_up() -> None:
    # 10 minutes answered, two came 5 minutes ago: at 10 minutes one was watched, and it was answered
    found = total(
        """lead_id | created_at       | first_response_at
           1       | 2026-03-31 07:00 | 2026-03-31 07:10
           2       | 2026-03-31 11:55 |
           3       | 2026-03-31 11:55 |"""
    )
    assert found == 10


def test_until_half_are_answered_the_median_is_unknown() -> None:
    found = total(
        """lead_id | created_at       | first_response_at
           1       | 2026-03-02 07:00 | 2026-03-02 07:10
           2       | 2026-03-02 07:00 |
           3       | 2026-03-02 07:00 | 2099-01-01 00:00"""
    )
    assert found is None


def test_a_delay_without_a_time_is_in_calendar_minutes() -> None:
    found = total(
        """lead_id | created_at       | first_response_seconds
           1       | 2026-03-06 14:55 | 7200
           2       |                  | 7200"""
    )
    assert found == 120


def test_a_lead_with_no_time_at_all_is_left_out() -> None:
    assert total("lead_id | created_at\n1 |") is None


def test_a_deleted_lead_is_not_counted() -> None:
    found = total(
        """lead_id | created_at       | first_response_at | deleted_at
           1       | 2026-03-02 07:00 | 2026-03-02 07:10  |
           2       | 2026-03-02 07:00 | 2026-03-02 09:00  | 2026-03-03 07:00
           3       | 2026-03-02 07:00 | 2026-03-02 09:00  | 2026-03-03 07:00"""
    )
    assert found == 10


def test_an_empty_lake_gives_no_number_and_needs_no_calendar() -> None:
    assert metrics(lake_of()).query(query(MEDIAN, by=["employee"])).totals == {MEDIAN: None}


def test_without_a_working_calendar_there_is_no_number_but_a_reason() -> None:
    engine = lake_of(fct_leads="lead_id | created_at | created_working_clock\n1 | 2026-03-02 07:00 | 0")
    with pytest.raises(QuestionError, match="working calendar is empty"):
        metrics(engine).query(query(MEDIAN))


def test_a_calendar_that_ends_before_the_present_gives_a_reason_too() -> None:
    with pytest.raises(QuestionError, match="ends on 2026-03-31"):
        total("lead_id | created_at\n1 | 2026-03-02 07:00", now="2026-04-01 12:00")


def test_a_lead_of_before_the_calendar_is_left_out() -> None:
    found = total(
        """lead_id | created_at       | first_response_at
           1       | 2026-03-02 07:00 | 2026-03-02 07:10
           2       | 0001-01-01 00:00 | 2026-03-02 07:10"""
    )
    assert found == 10


def test_an_empty_date_written_as_the_year_1_is_no_response() -> None:
    found = total(
        """lead_id | created_at       | first_response_at
           1       | 2026-03-02 07:00 | 2026-03-02 07:10
           2       | 2026-03-02 07:00 | 0001-01-01 00:00"""
    )
    assert found == 10  # flat at a half without end; 5 if the second were taken for no time at all


TEAM = """lead_id | employee | channel | team  | is_target | created_at       | first_response_at
          1       | Anna     | Site    | West  | true      | 2026-02-02 07:00 | 2026-02-02 07:10
          2       | Anna     | Site    | West  | false     | 2026-03-02 07:00 | 2026-03-02 07:20
          3       | Anna     | Calls   | West  |           | 2026-03-03 07:00 | 2026-03-03 07:40
          4       | Boris    | Calls   | East  | true      | 2026-03-04 07:00 | 2026-03-04 08:00
          5       | Boris    |         | East  | true      | 2026-03-05 07:00 |
          6       |          | Site    |       | true      | 2026-03-06 07:00 | 2026-03-06 07:05"""


def test_each_employee_has_a_median_and_the_total_is_of_all_leads() -> None:
    answer = metrics(lake(TEAM)).query(query(MEDIAN, "leads", by=["employee"]))
    # Boris: flat at a half after 60; all: 5 10 20 40 60 and one waiting: 5/6 4/6 3/6 2/6, flat at a half from 20 to 40
    assert column(answer, "employee", MEDIAN) == {"Anna": 20, "Boris": 60, None: 5}
    assert column(answer, "employee", "leads") == {"Anna": 3, "Boris": 2, None: 1}
    assert answer.totals[MEDIAN] == 30


def test_alone_the_rows_carry_names_and_ids() -> None:
    answer = metrics(lake(TEAM)).query(query(MEDIAN, by=["employee"]))
    assert {(row["employee"], row["employee_id"]) for row in answer.rows} == {
        ("Anna", "name:anna"),
        ("Boris", "name:boris"),
        (None, None),
    }


def test_time_and_a_plain_value_are_cuts_too() -> None:
    answer = metrics(lake(TEAM)).query(query(MEDIAN, "leads", by=["is_target", "month"]))
    assert {(row["is_target"], row["month"]): row[MEDIAN] for row in answer.rows} == {
        (True, "2026-02"): 10,
        (False, "2026-03"): 20,
        (None, "2026-03"): 40,
        (True, "2026-03"): 60,  # 5 60 and one waiting: 2/3, 1/3
    }


def test_weekday_and_hour_are_cuts_too() -> None:
    answer = metrics(lake(TEAM)).query(query(MEDIAN, "leads", by=["weekday", "hour"]))
    assert {(row["weekday"], row["hour"]): (row[MEDIAN], row["leads"]) for row in answer.rows} == {
        (1, 7): (15, 2),
        (2, 7): (40, 1),
        (3, 7): (60, 1),
        (4, 7): (None, 1),
        (5, 7): (5, 1),
    }


@pytest.mark.parametrize("grain", ["day", "week", "month", "quarter", "year"])
def test_a_bucket_of_time_is_the_one_that_metrics_make(grain: str) -> None:
    alone = metrics(lake(TEAM)).query(query(MEDIAN, by=[grain]))
    beside = metrics(lake(TEAM)).query(query(MEDIAN, "leads", by=[grain]))
    assert column(alone, grain, MEDIAN) == column(beside, grain, MEDIAN)


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        (["employee=Anna"], 20),
        (["employee=name:anna"], 20),
        (["team=west"], 20),
        (["channel=Site"], 10),  # 5 10 20
        (["channel=Site,"], 15),  # 5 10 20 and one waiting with no channel: flat at a half from 10 to 20
        (["channel="], None),
        (["is_target=да"], 35),  # 5 10 60 and one waiting: flat at a half from 10 to 60
        (["is_target=no"], 20),
        (["employee=Anna", "channel=Calls"], 40),
        (["channel=Site", "channel=Calls"], None),
        (["weekday=1"], 15),
        (["weekday=1,3", "employee=Anna"], 15),
        (["hour=7"], 30),
        (["hour=8"], None),
    ],
)
def test_filters_pass_the_same_leads_as_everywhere(where: list[str], expected: float | None) -> None:
    assert metrics(lake(TEAM)).query(query(MEDIAN, where=where)).totals[MEDIAN] == expected


def test_a_period_is_of_the_days_leads_came() -> None:
    february = Period(date(2026, 2, 1), date(2026, 2, 28))
    assert metrics(lake(TEAM)).query(query(MEDIAN, period=february)).totals[MEDIAN] == 10


def test_the_earlier_period_stands_beside() -> None:
    march = Period(date(2026, 3, 1), date(2026, 3, 31))
    asked = query(MEDIAN, by=["employee"], period=march, compare="previous", where=["employee=Anna"])
    [row] = metrics(lake(TEAM)).query(asked).rows
    assert (row[MEDIAN], row[f"{MEDIAN}_previous"]) == (30, 10)


def test_a_limited_scope_sees_the_leads_of_its_people() -> None:
    answer = metrics(lake(TEAM)).query(query(MEDIAN, by=["employee"], scope=ANNA))
    assert column(answer, "employee", MEDIAN) == {"Anna": 20}
    assert answer.totals[MEDIAN] == 20
    boris = query(MEDIAN, where=["employee=Boris"], scope=ANNA)
    assert metrics(lake(TEAM)).query(boris).totals[MEDIAN] is None


def test_a_span_opens_only_the_leads_of_its_days() -> None:
    february = Scope(spans=(Span("name:anna", date(2026, 2, 1), date(2026, 3, 1)),))
    assert metrics(lake(TEAM)).query(query(MEDIAN, scope=february)).totals[MEDIAN] == 10


def test_an_empty_scope_sees_nothing() -> None:
    assert metrics(lake(TEAM)).query(query(MEDIAN, by=["employee"], scope=Scope())).rows == []


HANDED_ON = """lead_id | employee | created_employee_id | created_at       | first_response_at
               1       | Anna     | name:boris          | 2026-03-02 07:00 | 2026-03-02 07:10"""


def test_a_lead_is_of_who_owned_it_then_or_of_who_owns_it_now() -> None:
    then = metrics(lake(HANDED_ON)).query(query(MEDIAN, by=["employee"]))
    now = metrics(lake(HANDED_ON)).query(query(MEDIAN, by=["employee"], owner="now"))
    assert column(then, "employee_id", MEDIAN) == {"name:boris": 10}
    assert column(now, "employee_id", MEDIAN) == {"name:anna": 10}


def test_who_owns_now_is_refused_to_a_limited_scope_rather_than_answered_in_part() -> None:
    with pytest.raises(QuestionError, match="who see the whole company"):
        metrics(lake(HANDED_ON)).query(query(MEDIAN, owner="now", scope=ANNA))


def test_names_of_the_rows_are_looked_up_together_however_many_there_are() -> None:
    engine = lake(TEAM)
    metrics(engine).query(query(MEDIAN, by=["employee"]))
    assert sum("dim_employee" in sql and sql.startswith("SELECT") for sql, _ in engine.asked) == 1
