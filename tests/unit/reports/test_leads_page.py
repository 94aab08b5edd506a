from datetime import date, timedelta

from tests.metrics.memory_engine import MemoryEngine, lake_of
from tests.reports.companies import COMPANIES
from tests.reports.framing import calendar, framed
from voronka.domain.scope import Scope
from voronka.reports.leads_page import headline, late_person, leads_page
from voronka.reports.page import Contents, PageAsked

HEAD = (
    "lead_id | employee_id | created_at | outcome | is_answered | is_answered_in_time"
    " | temperature | is_won | is_undecided | response_due_at"
)
HANDED = """handover_id | employee | from_employee | to_employee | handed_at        | reason | is_accepted | is_rejected
            1           | Anna     | Anna          | Clara       | 2026-03-03 10:00 |        | true        | false
            2           | Anna     | Anna          | Clara       | 2026-03-04 10:00 | Budget | false       | true
            3           | Boris    | Boris         | Clara       | 2026-03-05 10:00 |        | true        | false"""
SUNDAY, TUESDAY = "2026-03-01", "2026-03-03"


WHOLE = {**COMPANIES["whole"], "dim_calendar": calendar()}
MEMBERS = {name: rows for name, rows in WHOLE.items() if not name.startswith("fct_")}


def made(engine: MemoryEngine, asked: PageAsked = PageAsked(), scope: Scope | None = None) -> Contents:  # noqa: B008 - frozen
    return leads_page(framed(engine, asked, scope))


def leads(*groups: tuple[str, str, int, int], **more: str) -> MemoryEngine:
    """Return leads: who, on which day, how many answered in time and how many late."""
    rows: list[str] = []
    for who, day, in_time, late in groups:
        answers = ["true"] * in_time + ["false"] * late
        rows += [
            f"{len(rows) + n} | {who} | {day} 10:00 | lost | true | {answer} | cold | false | false | {day} 10:15"
            for n, answer in enumerate(answers)
        ]
    return lake_of(**MEMBERS, fct_leads="\n".join([HEAD, *rows]), **more)


def test_the_headline_says_what_share_was_answered_in_time() -> None:
    found = made(leads(("a", TUESDAY, 60, 40))).headline
    assert (found.kind, found.tone) == ("answered_broken", "bad")
    assert (found.values["count"], found.values["rate"], found.values["limit_minutes"]) == (100, 60, 15)
    assert made(leads(("a", TUESDAY, 75, 25))).headline.kind == "answered_nearly"
    assert made(leads(("a", TUESDAY, 90, 10))).headline.kind == "answered_kept"


def test_without_leads_or_answers_the_headline_says_so() -> None:
    assert made(lake_of(dim_calendar=calendar())).headline.kind == "no_data"
    april = lake_of(**MEMBERS, fct_leads="lead_id | created_at\n1 | 2026-01-05 10:00")
    assert made(april).headline.kind == "no_leads"
    unanswered = lake_of(**MEMBERS, fct_leads="lead_id | created_at\n1 | 2026-03-05 10:00")
    assert made(unanswered).headline.kind == "no_answers"
    assert headline(made(unanswered).blocks["totals"], 15).values == {"count": 1}


def test_leads_that_nobody_answered_are_told_and_listed_by_how_long_they_wait() -> None:
    page = made(lake_of(**WHOLE))
    found = page.findings[0]
    assert (found.kind, found.values["count"], found.values["since"]) == ("leads_unanswered", 2, "2026-03-12T17:00:00")
    waits = [(row["id"], row["waiting_seconds"]) for row in page.lists["longest_unanswered"].rows]
    # from Thursday 17:00 one hour, Friday nine, on Monday none by nine; from Friday 17:00 one hour
    assert waits == [("crm:8", 36_000), ("crm:9", 3_600)]


def weeks(*shares: tuple[int, int]) -> MemoryEngine:
    """Return leads of eight Sundays, Mondays, Tuesdays ... of January and February: of ten a day so many in time."""
    first = date(2026, 1, 4)
    days = [
        (first + timedelta(days=7 * week + place), each[week % 2])
        for week in range(8)
        for place, each in enumerate(shares)
    ]
    return leads(*(("a", day.isoformat(), in_time, 10 - in_time) for day, in_time in days))


def test_the_late_days_of_the_week_are_named_first_beyond_chance() -> None:
    page = made(weeks((2, 3), (7, 8), (2, 3), (8, 7)))
    found = page.findings[0]
    assert found.kind == "late_days"
    # Sundays and Tuesdays 25 %, Mondays and Wednesdays 75 %; 180 days until March the 16th
    assert found.values == {"weekdays": "2 7", "count": 2, "rate": 25, "others_rate": 75, "since": "2025-09-18"}
    assert found.open is not None
    assert found.open.ask.where[-1].values == ("2", "7")
    differing = {row["weekday"]: row["differs"] for row in page.tables["weekdays_differ"].rows}
    assert differing == {1: True, 2: True, 3: True, 7: True}


def test_days_within_chance_are_not_named() -> None:
    even = made(weeks((2, 8), (8, 2), (2, 8), (8, 2)))
    assert "late_days" not in [each.kind for each in even.findings]


def test_one_bad_day_makes_no_bad_weekday() -> None:
    # a Sunday of 20 in 100 and a Tuesday of 70: by leads 7 errors apart, by days one against one
    page = made(leads(("a", SUNDAY, 20, 80), ("a", TUESDAY, 70, 30)))
    assert "late_days" not in [each.kind for each in page.findings]


def test_who_answers_fewest_in_time_is_named_beyond_chance() -> None:
    found = late_person(made(leads(("a", TUESDAY, 80, 20), ("b", TUESDAY, 30, 70))).blocks["response"])
    assert found is not None
    assert found.values == {"name": "Boris", "rate": 30, "others_rate": 80, "count": 100}


def test_hand_overs_stand_by_both_sides_and_by_reason() -> None:
    page = made(leads(("a", TUESDAY, 1, 0), fct_handovers=HANDED))
    pairs = {(row["from_employee"], row["to_employee"]): row for row in page.blocks["pairs"].answer.rows}
    assert pairs["Anna", "Clara"]["leads_handed"] == 2
    assert pairs["Anna", "Clara"]["acceptance_rate"] == 50
    assert [row["leads_handed"] for row in page.blocks["taken"].answer.rows] == [3]
    reasons = {row["reason"]: row["leads_rejected"] for row in page.blocks["reasons"].answer.rows}
    assert reasons == {None: 0, "Budget": 1}


def test_temperatures_are_judged_of_all_and_by_person() -> None:
    page = made(leads(("a", TUESDAY, 0, 400)))
    cold = next(row for row in page.tables["temperature"].rows if row["temperature"] == "cold")
    # none of 400 bought: 0.95 % at most, where 1 to 3 % are expected
    assert (cold["leads"], cold["won"], cold["verdict"]) == (400, 0, "below")
    people = [(row["employee"], row["temperature"]) for row in page.tables["temperature_people"].rows]
    assert people == [("Anna", "cold")]


def test_hot_leads_that_were_not_answered_at_once_are_told() -> None:
    late = "1 | a | 2026-03-03 10:00 | lost | true | false | hot | false | false | 2026-03-03 10:15"
    found = made(lake_of(**MEMBERS, fct_leads=f"{HEAD}\n{late}")).findings
    assert [(each.kind, each.values.get("count")) for each in found] == [("hot_unanswered", 1)]
    assert found[0].values["limit_minutes"] == 15


def test_without_temperatures_there_are_no_verdicts() -> None:
    page = made(lake_of(**WHOLE))
    assert "temperature" not in page.tables


def test_warm_leads_in_work_that_are_with_those_who_win_fewer_are_told() -> None:
    # in each of eight weeks Anna wins nine warm leads of ten, Boris one of ten; one warm lead is with each now
    rows = [
        "100 | a | 2026-03-12 10:00 | open | warm | false | true",
        "101 | b | 2026-03-12 10:00 | open | warm | false | true",
    ]
    for week in range(8):
        day = date(2026, 1, 6) + timedelta(weeks=week)
        for who, won in (("a", 9), ("b", 1)):
            fates = [f"{'won' if n < won else 'lost'} | warm | {str(n < won).lower()} | false" for n in range(10)]
            rows += [f"{who}{week}{n} | {who} | {day} 10:00 | {fate}" for n, fate in enumerate(fates)]
    head = "lead_id | employee_id | created_at | outcome | temperature | is_won | is_undecided"
    page = made(lake_of(**MEMBERS, fct_leads="\n".join([head, *rows])))
    assert [(row["employee"], row["leads"]) for row in page.tables["warm"].rows] == [("Boris", 1)]
    assert page.tables["warm"].totals["leads"] == 1
