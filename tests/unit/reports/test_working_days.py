from datetime import date

from tests.metrics.memory_engine import MemoryEngine, metrics_over
from tests.reports.companies import company
from voronka.domain.period import Period
from voronka.domain.scope import Scope
from voronka.reports.working_days import LONGEST, DayAmongOthers, among_others, working_days

MONDAY = date(2026, 3, 16)


def days(engine: MemoryEngine, asked: date | None, today: date = MONDAY) -> DayAmongOthers:
    return among_others(metrics_over(engine, today), Scope.everything(), asked, today)


def test_the_default_is_the_last_working_day_before_today() -> None:
    friday, thursday = date(2026, 3, 13), date(2026, 3, 12)
    assert days(company("whole"), None) == DayAmongOthers(friday, is_working=True, before=thursday, after=MONDAY)


def test_a_day_off_says_so_and_lies_between_working_days() -> None:
    sunday = date(2026, 3, 15)
    assert days(company("whole"), sunday) == DayAmongOthers(
        sunday, is_working=False, before=date(2026, 3, 13), after=MONDAY
    )


def test_after_today_there_is_no_day() -> None:
    assert days(company("whole"), MONDAY).after is None


def test_what_the_calendar_calls_a_day_off_is_passed_over_though_it_is_a_weekday() -> None:
    calendar = """CREATE TABLE dim_calendar AS
        SELECT DATE '2026-03-06' AS day, true AS is_working UNION ALL
        SELECT DATE '2026-03-09', false UNION ALL SELECT DATE '2026-03-10', true"""
    found = days(MemoryEngine([calendar]), date(2026, 3, 10))
    assert (found.is_working, found.before) == (True, date(2026, 3, 6))


def test_without_a_calendar_weeks_have_five_days() -> None:
    found = days(company("empty"), date(2026, 3, 14))
    assert found == DayAmongOthers(date(2026, 3, 14), is_working=False, before=date(2026, 3, 13), after=MONDAY)


def test_of_a_period_that_has_passed_the_default_is_its_last_working_day() -> None:
    april = date(2026, 4, 1)
    engine = metrics_over(company("whole"), april)
    found = among_others(engine, Scope.everything(), None, april, until=date(2026, 3, 15))  # a Sunday
    assert (found.day, found.after) == (date(2026, 3, 13), MONDAY)
    running = among_others(metrics_over(company("whole"), MONDAY), Scope.everything(), None, MONDAY, date(2026, 3, 31))
    assert running.day == date(2026, 3, 13)


def test_working_days_are_counted_by_the_calendar_and_unknown_where_it_does_not_reach() -> None:
    calendar = """CREATE TABLE dim_calendar AS
        SELECT DATE '2026-03-06' AS day, true AS is_working UNION ALL
        SELECT DATE '2026-03-07', false UNION ALL SELECT DATE '2026-03-08', false UNION ALL
        SELECT DATE '2026-03-09', false UNION ALL SELECT DATE '2026-03-10', true"""
    metrics = metrics_over(MemoryEngine([calendar]), MONDAY)

    def counted(first: int, last: int) -> int | None:
        return working_days(metrics, Scope.everything(), Period(date(2026, 3, first), date(2026, 3, last)))

    assert (counted(6, 10), counted(7, 9), counted(6, 11)) == (2, 0, None)
    assert working_days(metrics, Scope.everything(), Period(date(2026 - LONGEST // 365, 1, 1), MONDAY)) is None
