from datetime import date, datetime

import pytest

from tests.metrics.memory_engine import MemoryEngine, lake_of, metrics_over
from tests.reports.companies import company
from voronka.domain.period import Comparison, Period
from voronka.domain.scope import Scope
from voronka.reports.activity_page import activity_page
from voronka.reports.page import Contents, Frame, PageAsked
from voronka.settings import Settings

FRIDAY = date(2026, 3, 13)
WEEK = Period(date(2026, 3, 9), FRIDAY)
NOW = datetime(2026, 3, 13, 18, 0)  # noqa: DTZ001 - UTC without a zone, as everywhere in the house
MEMBERS = {
    "dim_employee": "employee_id | name\na | Anna\nb | Boris\nc | Clara",
    "dim_calendar": "day | is_working\n" + "\n".join(f"2026-03-{day:02} | {day not in (7, 8)}" for day in range(2, 14)),
}
CALLS = "call_id | employee_id | started_at | direction | answered | talk_seconds"
MAILS = "activity_id | employee_id | started_at | direction | replied_at | template"


def calls(person: str, day: int, count: int) -> str:
    rows = (f"{person}{day}.{n} | {person} | 2026-03-{day:02} 10:00 | out | true | 60" for n in range(count))
    return "\n".join(rows)


def mails(template: str, sent: int, replied: int) -> str:
    return "\n".join(
        f"{template}{n} | a | 2026-03-10 10:00 | out | {'2026-03-10 12:00' if n < replied else ''} | {template}"
        for n in range(sent)
    )


def lake(*rows: str, **tables: str) -> MemoryEngine:
    return lake_of(**MEMBERS, fct_calls="\n".join([CALLS, *rows]), **tables)


def made(engine: MemoryEngine, compare: Comparison | None = "previous", day: date | None = None) -> Contents:
    asked = PageAsked(period=WEEK, compare=compare, day=day)
    return activity_page(Frame(metrics_over(engine, FRIDAY), asked, Scope.everything(), NOW, Settings()))


def test_the_headline_says_how_much_was_done_on_a_working_day() -> None:
    # the week that is on its way against the same five days of the one before: 3 on a working day, 4 before
    week = [calls("a", day, 4 if day < 7 else 3) for day in (2, 3, 4, 5, 6, 9, 10, 11, 12, 13)]
    headline = made(lake(*week)).headline
    assert (headline.kind, headline.tone) == ("less", "bad")
    assert headline.values == {"count": 15, "day_count": 3, "growth": 25}
    assert made(lake(calls("a", 10, 15), calls("a", 5, 15))).headline.kind == "same"
    assert made(lake(calls("a", 10, 15)), None).headline.kind == "done"


def test_a_difference_no_larger_than_that_between_days_is_called_chance() -> None:
    # all on one day of five: 4 a day against 2 with a pooled deviation of 7.07 is nothing; 4 against 2 daily is much
    by_chance = made(lake(calls("a", 10, 20), calls("a", 5, 10))).headline
    assert (by_chance.kind, by_chance.tone) == ("more_by_chance", "neutral")
    every_day = [calls("a", day, 2 if day < 7 else 4) for day in (2, 3, 4, 5, 6, 9, 10, 11, 12)]
    surely = made(lake(*every_day, calls("a", 13, 5))).headline
    assert (surely.kind, surely.tone, surely.values["growth"]) == ("more", "good", pytest.approx(110))


def test_nothing_done_is_told_apart_from_nothing_loaded() -> None:
    assert made(lake(calls("a", 2, 1)), None).headline.kind == "nothing"
    assert made(lake_of(**MEMBERS)).headline.kind == "not_loaded"


def test_who_worked_and_did_nothing_is_named_unless_most_did_nothing() -> None:
    [silent] = made(lake(calls("a", 10, 1), calls("b", 10, 1))).findings
    assert (silent.kind, silent.values) == ("silent", {"count": 1, "names": "Clara", "more": 0})
    assert made(lake(calls("a", 10, 1))).findings == ()


def test_overdue_tasks_are_told_with_whose_they_are() -> None:
    head = "activity_id | employee_id | due_at | completed_at | status"
    rows = "1 | b | 2026-03-10 10:00 | | planned\n2 | b | 2026-03-11 10:00 | 2026-03-12 10:00 | done"
    rows += "\n3 | a | 2026-03-10 10:00 | 2026-03-11 10:00 | done\n4 | a | 2026-03-10 10:00 | 2026-03-10 18:00 | done"
    page = made(lake(calls("a", 10, 1), calls("b", 10, 1), calls("c", 10, 1), fct_tasks=f"{head}\n{rows}"))
    [late] = page.findings
    assert (late.kind, late.values) == ("tasks_overdue", {"count": 3, "names": "Boris (2), Anna (1)", "more": 0})
    assert late.open is not None
    assert late.open.metric == "tasks_overdue"


def test_the_template_that_is_hardly_answered_is_told_beyond_chance() -> None:
    everyone = [calls("b", 10, 1), calls("c", 10, 1)]
    weak = made(lake(*everyone, fct_emails="\n".join([MAILS, mails("First", 100, 5), mails("Offer", 100, 30)])))
    [found] = weak.findings
    assert found.kind == "template_weak"
    assert found.values == {"template": "First", "count": 100, "reply_rate": 5, "other_rate": 30}
    differs = {row["template"]: row["differs"] for row in weak.tables["template_differs"].rows}
    assert differs == {"First": True, "Offer": True}
    alike = made(lake(*everyone, fct_emails="\n".join([MAILS, mails("First", 20, 5), mails("Offer", 20, 7)])))
    assert alike.findings == ()


def test_the_day_against_plan_is_that_of_the_daily_report() -> None:
    page = made(company("whole"), day=FRIDAY)
    rows = {row["employee"]: row for row in page.blocks["daily"].answer.rows}
    assert (rows["Anna"]["calls"], rows["Anna"]["calls_plan"], rows["Anna"]["calls_attainment"]) == (2, 4, 50)


def test_touches_and_what_came_next_are_by_kind() -> None:
    page = made(company("whole"))
    assert page.blocks["touches"].ask.by == ("kind",)
    assert page.blocks["next"].ask.by == ("kind", "next_event")
    assert page.blocks["course"].ask.by == ("day",)
