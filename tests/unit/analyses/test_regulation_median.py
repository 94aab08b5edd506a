"""The median of what regulations ask for, by each one's own clock; times are UTC, Moscow works 06:00-15:00 of it."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from tests.metrics.memory_engine import MemoryEngine, built_in, column, lake_of, query
from voronka.analyses.regulation_median import regulation_median
from voronka.domain.errors import QuestionError
from voronka.domain.period import Period
from voronka.domain.scope import Scope
from voronka.metrics.query import Metrics, MetricsCompany

MEDIAN = "regulation_median"
MOSCOW = ZoneInfo("Europe/Moscow")
NOW = datetime.fromisoformat("2026-03-03 08:00")
CALENDAR = """day        | opens_at            | closes_at           | worked_before_seconds
              2026-03-02 | 2026-03-02 06:00:00 | 2026-03-02 15:00:00 | 0
              2026-03-03 | 2026-03-03 06:00:00 | 2026-03-03 15:00:00 | 32400"""
# on Monday morning: three done in 10, 20 and 40 working minutes, two never; by the calendar one took two hours
DUES = """
  regulation | entity_id | employee | channel | clock    | started_at       | started_clock | taken_seconds | is_stopped
  First      | 1         | Anna     | Site    | working  | 2026-03-02 06:00 | 0             | 600           | true
  First      | 2         | Anna     | Site    | working  | 2026-03-02 06:00 | 0             | 1200          | true
  First      | 3         | Anna     |         | working  | 2026-03-02 06:00 | 0             | 2400          | true
  First      | 4         | Boris    | Site    | working  | 2026-03-02 06:00 | 0             |               | false
  First      | 5         | Boris    |         | working  | 2026-03-03 06:00 | 32400         |               | false
  Second     | 6         | Boris    | Site    | calendar | 2026-03-02 06:00 | 1772431200    | 7200          | true"""


def metrics(dues: str = DUES, **tables: str) -> Metrics:
    engine: MemoryEngine = lake_of(dim_calendar=CALENDAR, fct_dues=dues, **tables)
    company = MetricsCompany("RUB", NOW.date, "Europe/Moscow")
    return Metrics(engine, built_in(), company, {MEDIAN: regulation_median(MOSCOW, lambda: NOW)})


def test_each_regulation_has_its_median_and_who_waits_holds_it_up() -> None:
    answer = metrics().query(query(MEDIAN, "dues", by=["regulation"]))
    # First: 5 watched at 10, 20 and 40 minutes: 4/5, 3/5, 2/5
    assert column(answer, "regulation", MEDIAN) == {"First": 40, "Second": 120}
    assert column(answer, "regulation", "dues") == {"First": 5, "Second": 1}
    # all: 10 20 40 120 and two waiting for 660 and 120 minutes: 5/6 4/6 3/6 at 40, then 3/6 * 2/3
    assert answer.totals[MEDIAN] == 80


def test_it_is_cut_filtered_and_limited_as_any_figure() -> None:
    found = metrics()
    assert column(found.query(query(MEDIAN, by=["employee"])), "employee", MEDIAN) == {"Anna": 20, "Boris": None}
    assert found.query(query(MEDIAN, where=["channel=", "regulation=First"])).totals[MEDIAN] == 40
    assert found.query(query(MEDIAN, where=["weekday=2"])).totals[MEDIAN] is None
    march3 = Period(NOW.date(), NOW.date())
    assert found.query(query(MEDIAN, period=march3)).totals[MEDIAN] is None
    assert found.query(query(MEDIAN, scope=Scope.of("name:anna"))).totals[MEDIAN] == 20
    by_day = found.query(query(MEDIAN, by=["day"], where=["regulation=First"]))
    assert column(by_day, "day", MEDIAN) == {"2026-03-02": 30, "2026-03-03": None}


def test_a_part_of_what_is_owned_now_is_not_answered() -> None:
    with pytest.raises(QuestionError, match="by who owns the records now"):
        metrics().query(query(MEDIAN, owner="now", scope=Scope.of("name:anna")))


def test_shifts_are_those_of_who_was_responsible_and_of_the_company_where_there_are_none() -> None:
    clock = """employee_id | starts_at           | ends_at             | worked_before_seconds
               name:anna   | 2026-03-02 06:00:00 | 2026-03-02 08:00:00 | 0
               name:anna   | 2026-03-03 07:00:00 | 2026-03-03 12:00:00 | 7200"""
    head = (
        "regulation | entity_id | bound_employee_id | clock | started_at | started_clock | taken_seconds | is_stopped\n"
    )
    done = "First | 1 | name:anna | shift | 2026-03-02 06:00 | 0 | 9000 | true\n"
    waits = "First | 2 | {} | shift | 2026-03-02 06:00 | 0 | | false"
    # Anna's clock shows 10,800 s now and the company's 39,600: both are past 9,000, so that one of two is done by then
    for who in ("name:anna", "name:boris"):
        assert metrics(head + done + waits.format(who), employee_clock=clock).query(query(MEDIAN)).totals == {
            MEDIAN: 150
        }
    # what took three hours and five minutes of Anna's time is not over yet; of the company's it is
    later = "First | 1 | {} | shift | 2026-03-02 06:00 | 0 | 11100 | true"
    answers = [
        metrics(head + later.format(who), employee_clock=clock).query(query(MEDIAN)).totals[MEDIAN]
        for who in ("name:anna", "name:boris")
    ]
    assert answers == [None, 185]
