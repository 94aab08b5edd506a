"""What a plan of revenue asks of each person.

Each of Anna and Boris has in January and in February 40 calls, 4 meetings, 2 proposals and 1 deal of 100: ten calls to
a meeting, two meetings to a proposal, two proposals to a deal. March is planned; five days of it are.
"""

from collections.abc import Sequence
from datetime import date
from functools import cache

import pytest

from tests.metrics.memory_engine import MemoryEngine, lake_of, metrics_over
from voronka.analyses.breakdown import CHAIN, Breakdown, Part, break_down
from voronka.domain.period import Period
from voronka.domain.scope import Scope
from voronka.metrics.question import Filter

WEEK = Period(date(2026, 3, 2), date(2026, 3, 6))
TODAY = date(2026, 3, 4)
MONTHS = ("2026-01", "2026-02")


def facts(kind: str, a_month: int, done: Sequence[str] = ()) -> str:
    lines = ["activity_id | kind | status | employee_id | team_id | started_at"]
    for month in MONTHS:
        for who in ("a", "b"):
            lines += [f"{who}{month}{n} | {kind} | done | {who} | w | {month}-10 10:00" for n in range(a_month)]
    return "\n".join([*lines, *done])


def deals(*more: str) -> str:
    lines = ["deal_id | employee_id | team_id | closed_at | outcome | amount_home"]
    lines += [f"{who}{month} | {who} | w | {month}-20 10:00 | won | 100" for month in MONTHS for who in ("a", "b")]
    return "\n".join([*lines, "x | a | w | 2026-03-03 10:00 | won | 70", *more])


PLANS = """metric | scope | scope_id | team_id | counts_for_team | counts_for_company | day | value
           revenue | team     | w | w | true  | false | 2026-03-02 | 500
           revenue | employee | a | w | false | false | 2026-03-02 | 300
           revenue | company  |   |   | false | true  | 2026-03-02 | 600
           calls   | employee | a | w | true  | true  | 2026-03-02 | 90"""


@cache
def lake(plans: str = PLANS, *sold: str) -> MemoryEngine:
    return lake_of(
        dim_calendar="day | is_working\n" + "\n".join(f"2026-03-0{n} | true" for n in range(2, 7)),
        dim_employee="""employee_id | name  | hired_on
                        a           | Anna  | 2020-01-01
                        b           | Boris | 2020-01-01
                        c           | Clara | 2026-03-02
                        d           | Dina  | 2020-01-01""",
        dim_team="team_id | name\nw | West\no | Office",
        employee_team="""employee_id | team_id | role | valid_from | valid_to
                         a           | w       | ae   | 2020-01-01 | 9999-12-31
                         b           | w       | ae   | 2020-01-01 | 9999-12-31
                         c           | w       | ae   | 2026-03-02 | 9999-12-31
                         d           | o       | head | 2020-01-01 | 9999-12-31""",
        fct_calls=facts("call", 40, ["z1 | call | done | a | w | 2026-03-02 10:00"]),
        fct_meetings=facts("meeting", 4),
        fct_proposals=facts("proposal", 2),
        fct_deals=deals(*sold),
        fct_plan_days=plans,
    )


def broken_down(**more: object) -> Breakdown:
    return break_down(metrics_over(lake(), TODAY), Scope.everything(), WEEK, **more)  # type: ignore[arg-type]


def needs(part: Part) -> dict[str, float | None]:
    return {step.metric: step.needed for step in part.steps}


def test_a_persons_plan_is_broken_down_to_calls_at_the_rates_of_the_months_before() -> None:
    made = broken_down()
    assert made.told_by == Period(date(2025, 9, 2), date(2026, 3, 1))
    anna = next(person for person in made.people if person.name == "Anna")
    assert needs(anna) == pytest.approx(dict(zip(CHAIN, (300, 3, 6, 12, 120), strict=True)))
    assert [step.rate.value for step in anna.steps if step.rate] == pytest.approx([100, 0.5, 0.5, 0.1])
    assert {step.metric: (step.planned, step.done) for step in anna.steps} == {
        "revenue": (300, 70),
        "deals_won": (None, 1),
        "proposals": (None, 0),
        "meetings": (None, 0),
        "calls": (90, 1),
    }
    assert not anna.is_shared


def test_who_has_no_plan_shares_what_the_teams_plan_is_above_its_peoples() -> None:
    boris, clara = (next(p for p in broken_down().people if p.name == name) for name in ("Boris", "Clara"))
    assert (boris.step("revenue").needed, clara.step("revenue").needed) == (100, 100)
    assert boris.is_shared
    assert boris.step("revenue").planned is None


def test_what_the_company_plans_above_its_people_is_shared_by_those_whom_no_other_plan_reaches() -> None:
    plans = """metric | scope | scope_id | team_id | counts_for_team | counts_for_company | day | value
               revenue | employee | a | w | true  | false | 2026-03-02 | 300
               revenue | company  |   |   | false | true  | 2026-03-02 | 600"""
    made = break_down(metrics_over(lake(plans), TODAY), Scope.everything(), WEEK)
    people = {person.name: (person.step("revenue").needed, person.is_shared) for person in made.people}
    assert people == {"Anna": (300, False), "Boris": (150, True), "Clara": (150, True)}
    assert made.company.step("revenue").needed == 600
    assert made.company.step("calls").needed == 240  # at 2.5 of the plan a call, as all of them


def test_needs_are_whole_and_those_of_the_people_add_up() -> None:
    # of 200 Boris has 160 and Clara 40: with Anna's 300 deals of 3, 1.6 and 0.4, proposals of 6, 3.2 and 0.8
    made = broken_down(ramp=(25, 50))
    west = next(team for team in made.teams if team.name == "West")
    deals, proposals = ([person.step(name).needed for person in made.people] for name in ("deals_won", "proposals"))
    assert (deals, west.step("deals_won").needed, made.company.step("deals_won").needed) == ([3, 2, 0], 5, 5)
    assert (proposals, made.company.step("proposals").needed) == ([6, 3, 1], 10)


def test_a_newcomers_share_grows_with_the_ramp() -> None:
    # of 200: Boris five whole days, Clara five quarters of a day
    people = {person.name: person.step("revenue").needed for person in broken_down(ramp=(25, 50)).people}
    assert people == {"Anna": 300, "Boris": pytest.approx(160), "Clara": pytest.approx(40)}


def test_a_newcomer_without_a_past_is_reckoned_at_the_others_rates() -> None:
    clara = next(person for person in broken_down().people if person.name == "Clara")
    assert needs(clara) == pytest.approx(dict(zip(CHAIN, (100, 1, 2, 4, 40), strict=True)))
    rate = clara.step("calls").rate
    assert rate is not None
    assert (rate.own, rate.trust) == (None, 0)


def test_those_of_other_roles_are_left_out() -> None:
    assert [person.name for person in broken_down().people] == ["Anna", "Boris", "Clara"]


def test_sums_stand_beside_the_plan_of_the_level_above() -> None:
    made = broken_down()
    west = next(team for team in made.teams if team.name == "West")
    revenue = west.step("revenue")
    assert (revenue.planned, revenue.below, revenue.difference) == (500, 300, 200)
    assert needs(west) == pytest.approx(dict(zip(CHAIN, (500, 5, 10, 20, 200), strict=True)))
    company = made.company.step("revenue")
    assert (company.planned, company.below, company.difference, company.done) == (600, 500, 100, 70)
    assert made.company.step("calls").below == 90
    assert made.company.step("meetings").difference is None


def test_filters_narrow_who_is_shown() -> None:
    assert [p.name for p in broken_down(where=(Filter("employee", ("a",)),)).people] == ["Anna"]
    assert [p.name for p in broken_down(where=(Filter("team", ("West",)),)).people] == ["Anna", "Boris", "Clara"]
    assert broken_down(where=(Filter("team", ("o",)),)).people == ()


def test_a_limited_scope_sees_its_own_people() -> None:
    made = break_down(metrics_over(lake(), TODAY), Scope.of("a"), WEEK)
    assert [person.name for person in made.people] == ["Anna"]
    assert made.company.step("revenue").planned == 300


def test_whoever_sold_in_the_period_is_listed_so_that_the_people_add_up_to_the_whole() -> None:
    """Dina, of another role, sold for 40, and Boris, without plans, has nothing: 70 of Anna and 40 are the whole."""
    sold = lake(PLANS, "y | d | o | 2026-03-03 11:00 | won | 40")
    made = break_down(metrics_over(sold, TODAY), Scope.everything(), WEEK)
    assert sum(person.step("revenue").done or 0.0 for person in made.people) == 110
    assert made.company.step("revenue").done == 110
    dina = next(person for person in made.people if person.name == "Dina")
    assert (dina.step("deals_won").done, dina.step("revenue").needed, dina.is_shared) == (1, None, False)
    # a seller without rates of their own says nothing of what the others need
    assert [step.rate for step in dina.steps] == [None] * len(CHAIN)
    assert made.people[0].step("deals_won").rate == broken_down().people[0].step("deals_won").rate
