"""The page of plans: whether the plan will be kept, and who is behind.

Anna and Boris each sell for 10 on every working day since March 2025; of March 2026 ten of 22 working days are behind.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest

from tests.metrics.memory_engine import MemoryEngine, built_in, lake_of
from voronka.analyses.forecast import forecast
from voronka.domain.period import Period
from voronka.domain.scope import Scope
from voronka.metrics.query import FORECAST, Metrics, MetricsCompany
from voronka.reports.page import Contents, Frame, PageAsked
from voronka.reports.plan_page import plan_page
from voronka.settings import Settings

TODAY = date(2026, 3, 16)
NOW = datetime.fromisoformat("2026-03-16 06:00")
WORKED = [date(2025, 3, 3) + timedelta(days=n) for n in range(394) if n % 7 < 5]


@cache
def lake(plans: tuple[tuple[str, str, float], ...]) -> MemoryEngine:
    """Return a company with plans of March: (scope, whom, how much), each spread over the 22 working days."""
    march = [day for day in WORKED if day.replace(day=1) == date(2026, 3, 1)]
    sold = [f"{who}{day} | {who} | w | {day} 10:00 | won | 10" for day in WORKED if day < TODAY for who in ("a", "b")]
    has_team = any(scope == "team" for scope, _, _ in plans)
    days = [
        f"revenue | {scope} | {whom} | w | {counts} | {counts} | {day} | {value / len(march)}"
        for scope, whom, value in plans
        for counts in [scope == "team" or not has_team]
        for day in march
    ]
    return lake_of(
        dim_calendar="\n".join(["day | is_working", *(f"{day} | true" for day in WORKED)]),
        dim_employee="employee_id | name\na | Anna\nb | Boris",
        dim_team="team_id | name\nw | West",
        dim_channel="channel_id | name\nx | Search",
        employee_team="employee_id | team_id | role | valid_from | valid_to\n"
        "a | w | ae | 2020-01-01 | 9999-12-31\nb | w | ae | 2020-01-01 | 9999-12-31",
        fct_deals="\n".join(["deal_id | employee_id | team_id | closed_at | outcome | amount_home", *sold]),
        fct_plan_days="\n".join(
            ["metric | scope | scope_id | team_id | counts_for_team | counts_for_company | day | value", *days]
        ),
    )


def page(plans: Mapping[str, float], asked: PageAsked = PageAsked()) -> Contents:  # noqa: B008 - frozen
    told = tuple(("team" if whom == "w" else "employee", whom, value) for whom, value in plans.items())
    company = MetricsCompany("RUB", lambda: TODAY, "Europe/Moscow")
    metrics = Metrics(lake(told), built_in(), company, {FORECAST: forecast(ZoneInfo("Europe/Moscow"), lambda: NOW)})
    return plan_page(Frame(metrics, asked, Scope.everything(), NOW, Settings()))


@pytest.mark.parametrize(
    ("plan", "kind", "tone"),
    [(220, "plan_sure", "good"), (221, "plan_lost", "bad")],  # a steady 20 a day ends at 440, whatever happens
)
def test_the_headline_sets_the_forecast_against_the_plan(plan: float, kind: str, tone: str) -> None:
    headline = page({"a": plan, "b": 220}).headline
    assert (headline.kind, headline.tone) == (kind, tone)
    assert headline.values["forecast"] == pytest.approx(440)
    assert headline.values["plan"] == pytest.approx(plan + 220)
    assert headline.values["gap"] == pytest.approx(plan - 220)


@pytest.mark.parametrize(("plan", "kind"), [(220, "plan_sure"), (221, "plan_lost")])
def test_where_one_of_two_has_a_plan_it_is_set_against_the_sales_of_that_one(plan: float, kind: str) -> None:
    made = page({"a": plan})
    values = made.headline.values
    assert made.headline.kind == kind
    assert (values["revenue"], values["forecast"], values["plan"]) == pytest.approx((100, 220, plan))
    assert (values["planned_people"], values["of_people"]) == (1, 2)
    totals = made.blocks["company"].answer.totals
    assert (totals["revenue"], totals["revenue_covered"]) == (200, 100)
    assert totals["revenue_attainment"] == pytest.approx(100 * 100 / plan)


def test_a_period_that_is_over_was_kept_or_missed() -> None:
    february = PageAsked(period=Period(date(2026, 2, 1), date(2026, 2, 28)))
    assert page({"a": 220}, february).headline.kind == "plan_none"
    over = PageAsked(period=Period(date(2026, 3, 2), date(2026, 3, 6)))
    assert page({"a": 220, "b": 220}, over).headline.kind == "plan_kept"
    assert page({"a": 330, "b": 220}, over).headline.kind == "plan_missed"


def test_figures_are_of_the_company_its_teams_people_and_roles() -> None:
    made = page({"a": 220, "b": 440})
    assert list(made.blocks) == ["company", "teams", "people", "course", "role:ae"]
    totals = made.blocks["company"].answer.totals
    assert (totals["revenue"], totals["revenue_forecast_low"]) == (200, pytest.approx(440))
    people = {row["employee"]: row for row in made.blocks["role:ae"].answer.rows}
    assert people["Anna"]["revenue_pace"] == pytest.approx(100 * 100 / 110)  # the day itself is due too
    assert people["Boris"]["revenue_plan"] == pytest.approx(440)
    assert "win_rate" not in people["Anna"]  # nobody planned it
    assert [row["name"] for row in made.tables["breakdown"].rows] == ["West", "Anna", "Boris"]


def test_a_team_that_plans_more_than_its_people_is_told_of() -> None:
    found = {finding.kind: finding.values for finding in page({"a": 100, "w": 500}).findings}
    told = found["plan_above_sum"]
    assert (told["name"], told["level"]) == ("West", "team")
    assert (told["plan"], told["sum"], told["difference"]) == pytest.approx((500, 100, 400))


def test_a_role_is_told_as_its_people() -> None:
    made = page({"a": 220, "b": 220}, PageAsked(roles=("ae",)))
    assert made.blocks["company"].answer.totals["revenue_plan"] == pytest.approx(440)
    assert page({"a": 220}, PageAsked(roles=("sdr",))).blocks["people"].answer.rows == []


def test_a_channel_has_facts_and_no_plan() -> None:
    made = page({"a": 220}, PageAsked(channels=("x",)))
    assert made.headline.kind == "plan_none"
    assert {item.metric for item in made.blocks["company"].answer.left_out} >= {"revenue_plan", "revenue_pace"}
