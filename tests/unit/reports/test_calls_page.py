from datetime import date, datetime

import pytest

from tests.metrics.memory_engine import MemoryEngine, lake_of, metrics_over
from tests.reports.companies import company
from voronka.domain.period import Period
from voronka.domain.scope import Scope
from voronka.reports.calls_page import calls_page
from voronka.reports.page import Contents, Frame, PageAsked
from voronka.settings import Settings

FRIDAY = date(2026, 3, 13)
WEEKS = Period(date(2026, 3, 2), FRIDAY)
NOW = datetime(2026, 3, 13, 18, 0)  # noqa: DTZ001 - UTC without a zone, as everywhere in the house
WORKED = [day for day in range(2, 14) if day not in (7, 8)]
MEMBERS = {
    "dim_employee": "employee_id | name\na | Anna\nb | Boris\nc | Clara\nd | Dina\nh | Head",
    "employee_team": """employee_id | team_id | role | valid_from | valid_to
                        a | w | sdr | 2025-01-01 | 9999-12-31
                        b | w | sdr | 2025-01-01 | 9999-12-31
                        c | w | sdr | 2025-01-01 | 9999-12-31
                        d | w | sdr | 2025-01-01 | 9999-12-31
                        h | w | head | 2025-01-01 | 9999-12-31""",
    "dim_calendar": "day | is_working\n" + "\n".join(f"2026-03-{day:02} | {day in WORKED}" for day in range(2, 14)),
}


def calls(person: str, *seconds: int, role: str = "sdr", direction: str = "out") -> str:
    """Return calls of a person, one after another over the worked days; 0 seconds were not answered."""
    return "\n".join(
        f"{person}{direction}{n} | {person} | w | {role} | 2026-03-{WORKED[n % len(WORKED)]:02} 1{n % 8}:00"
        f" | {direction} | {str(talk > 0).lower()} | {talk or ''}"
        for n, talk in enumerate(seconds)
    )


def lake(*rows: str) -> MemoryEngine:
    head = "call_id | employee_id | team_id | started_role | started_at | direction | answered | talk_seconds"
    return lake_of(**MEMBERS, fct_calls="\n".join([head, *rows]))


def made(engine: MemoryEngine, period: Period = WEEKS) -> Contents:
    asked = PageAsked(period=period)
    return calls_page(Frame(metrics_over(engine, FRIDAY), asked, Scope.everything(), NOW, Settings()))


def test_hours_of_talk_are_of_a_worked_day_and_stand_against_the_range() -> None:
    # ten worked days: Anna 20 talks of 1.5 h are 3 h a day, Boris 10 of 1 h are 1 h; the head's 0.1 h are not judged
    page = made(lake(calls("a", *[5400] * 20), calls("b", *[3600] * 10), calls("h", 3600, role="head")))
    rows = {row["employee"]: row for row in page.tables["talk_per_day"].rows}
    assert {name: (row["talk_per_day"], row["verdict"]) for name, row in rows.items()} == {
        "Anna": (3, "inside"),
        "Boris": (1, "below"),
        "Clara": (0, "below"),
        "Dina": (0, "below"),
        "Head": (pytest.approx(0.1), None),
    }
    assert page.tables["talk_per_day"].totals == {
        "worked_days": 40,
        "talk_time": 40,
        "talk_per_day": 1,
        "low": 2,
        "high": 6,
    }
    assert page.headline.kind == "talk_below"
    assert page.headline.values == {"day_hours": 1, "least": 2, "most": 6, "count": 4, "below": 3, "above": 0}


def test_who_called_nobody_where_the_others_call_is_named() -> None:
    page = made(lake(calls("a", *[60] * 10), calls("b", *[60] * 10), calls("c", *[0] * 10)))
    [silent] = [finding for finding in page.findings if finding.kind == "silent"]
    assert silent.values == {"count": 1, "names": "Dina", "more": 0}
    assert silent.ask is not None
    assert silent.ask.where[-1].values == ("d",)


def test_where_a_role_hardly_calls_nobody_is_silent() -> None:
    # on 3 of 30 days, so that none of Dina's 10 may well be chance; on 27 of 30 it is not
    page = made(lake(calls("a", 60), calls("b", 60), calls("c", 60)))
    assert [finding.kind for finding in page.findings] == []
    page = made(lake(calls("a", *[60] * 9), calls("b", *[60] * 9), calls("c", *[60] * 9)))
    assert [finding.kind for finding in page.findings] == ["silent"]


def test_talks_that_end_within_a_minute_are_told_where_it_is_no_chance() -> None:
    # Anna: 30 of 40 under a minute, the others 4 of 40 each
    short = made(lake(calls("a", *[5] * 30, *[300] * 10), *(calls(one, *[5] * 4, *[300] * 36) for one in "bcd")))
    [found] = short.findings
    assert (found.kind, found.values["names"], found.values["share"], found.values["other_share"]) == (
        "short",
        "Anna",
        75,
        10,
    )
    assert found.open is not None
    assert found.open.metric == "calls_under_1m"
    # 6 of 40 against 4 of 40 is chance
    assert (
        made(lake(calls("a", *[5] * 6, *[300] * 34), *(calls(one, *[5] * 4, *[300] * 36) for one in "bcd"))).findings
        == ()
    )


def test_missed_calls_are_told_as_a_share_of_incoming_where_calls_back_are_not_known() -> None:
    everyone = [calls(one, *[300] * 20) for one in "abcd"]
    page = made(lake(*everyone, calls("a", 0, 0, 300, 300, direction="in")))
    [missed] = page.findings
    assert (missed.kind, missed.values) == ("missed", {"count": 2, "share": 50})
    assert page.lists["missed"].total == 2


def test_a_fallen_reach_rate_is_told_beyond_chance() -> None:
    before = calls("a", *[60] * 180, *[0] * 20).replace("2026-03-", "2026-02-").replace("aout", "x")
    now = calls("a", *[60] * 100, *[0] * 100)
    page = made(lake(before, now), Period(date(2026, 3, 1), date(2026, 3, 31)))
    [fell] = [finding for finding in page.findings if finding.kind == "reach_fell"]
    assert fell.values == {"reach_rate": 50, "previous_rate": 90}


def test_without_telephony_the_page_says_so() -> None:
    page = made(company("without calls"))
    assert page.headline.kind == "not_loaded"
    assert page.tables["talk_per_day"].rows == ()
    assert page.findings == ()


def test_a_period_without_calls_is_told_apart() -> None:
    page = made(lake(calls("a", 60)), Period(date(2026, 1, 1), date(2026, 1, 31)))
    assert page.headline.kind == "nothing"
    assert page.tables["talk_per_day"].rows == ()
    assert page.tables["talk_per_day"].totals == {"low": 2, "high": 6}


def test_every_block_can_be_asked_alone() -> None:
    page = made(lake(calls("a", 60, 600)))
    assert set(page.blocks) == {"figures", "people", "lengths", "lengths_people", "calls_by_hour", "course"}
    assert page.blocks["lengths"].answer.totals["answered_calls"] == 2
    assert page.blocks["course"].ask.by == ("day",)
