from datetime import date, datetime, time

import pytest

from tests.metrics.memory_engine import MemoryEngine, metrics_over
from tests.reports.companies import company
from voronka.domain.errors import QuestionError, RetryError
from voronka.domain.period import Period
from voronka.domain.scope import Scope
from voronka.reports.overview import Overview, overview
from voronka.reports.page import Frame, PageAsked
from voronka.settings import Settings

MONDAY = date(2026, 3, 16)
NOW = datetime(2026, 3, 16, 9, 0)  # noqa: DTZ001 - UTC without a zone, as everywhere in the house
HOURS = (time(9), time(18))
FACTS = Period(date(2026, 3, 1), MONDAY)


def made(name: str, asked: PageAsked = PageAsked(), scope: Scope | None = None) -> Overview:  # noqa: B008 - frozen
    metrics = metrics_over(company(name), MONDAY)
    return overview(Frame(metrics, asked, scope or Scope.everything(), NOW, Settings()))


@pytest.fixture(scope="module")
def whole() -> Overview:
    return made("whole")


def test_the_running_month_is_shown_until_today_against_like_days(whole: Overview) -> None:
    assert whole.period == Period(date(2026, 3, 1), date(2026, 3, 31))
    assert whole.facts == FACTS
    assert whole.compared == Period(date(2026, 2, 1), date(2026, 2, 16))
    assert whole.tiles.facts.answer.totals == {
        "calls": 3,
        "calls_previous": 1,
        "talk_time": 1.0,
        "talk_time_previous": 1.0,
        "meetings": None,
        "meetings_previous": None,
        "proposals": None,
        "proposals_previous": None,
        "deals_won": 2,
        "deals_won_previous": 1,
        "revenue": 400,
        "revenue_previous": 800,
    }
    assert whole.tiles.facts.lacks("meetings") == "not loaded: meetings"


def test_plans_are_those_of_the_whole_period(whole: Overview) -> None:
    assert whole.tiles.plans is not None
    totals = whole.tiles.plans.answer.totals
    assert (totals["revenue_plan"], totals["revenue_attainment"], totals["revenue_pace"]) == (1000, 30, 60)
    assert (totals["calls_plan"], totals["meetings_plan"]) == (20, None)


def test_the_headline_says_what_is_missing_to_what_is_due_by_now(whole: Overview) -> None:
    assert whole.headline.kind == "revenue_behind"
    figures = {"revenue": 300, "plan": 1000, "pace": 60, "attainment": 30, "gap": 200}
    assert whole.headline.values == {**figures, "planned_people": 2, "of_people": 3}  # who has none sold 100


def test_findings_stand_from_the_dearest(whole: Overview) -> None:
    # deals: 900 * 75 % = 675; radio spent 400; leads: 2 * 25 % * 400 = 200, as much as Boris is behind
    assert [(finding.kind, finding.money) for finding in whole.findings] == [
        ("deals_without_task", 675),
        ("channel_without_return", 400),
        ("leads_unanswered", 200),
    ]
    assert whole.findings[0].values == {"count": 1, "amount": 900, "share": 50}
    assert whole.findings[1].values == {"channel": "Radio", "spend": 400, "months": 6}
    assert whole.findings[2].values == {"count": 2, "money": 200, "since": "2026-03-12T17:00:00"}


def test_a_person_behind_is_found_where_nothing_is_dearer() -> None:
    found = made("without leads").findings
    assert [finding.kind for finding in found] == ["deals_without_task", "people_behind_plan"]
    assert found[1].values == {"count": 1, "of": 2, "names": "Boris (33\u00a0%)", "gap": 200}  # 300 due, 100 sold


def test_the_day_is_the_last_working_one_before_today(whole: Overview) -> None:
    assert whole.day.day == date(2026, 3, 13)
    rows = {row["employee"]: row for row in whole.daily.answer.rows}
    assert (rows["Anna"]["calls"], rows["Anna"]["calls_plan"], rows["Anna"]["calls_attainment"]) == (2, 4, 50)
    assert (rows["Boris"]["calls"], rows["Boris"]["calls_plan"]) == (1, None)


def test_another_day_may_be_asked_for() -> None:
    page = made("whole", PageAsked(day=date(2026, 2, 13)))
    assert page.day.day == date(2026, 2, 13)
    assert [(row["employee"], row["calls"]) for row in page.daily.answer.rows] == [("Clara", 1)]


def test_without_a_calendar_the_day_is_yesterday() -> None:
    assert made("empty").day.day == date(2026, 3, 15)


def test_those_who_wait_longest_wait_in_working_time(whole: Overview) -> None:
    # from Thursday 17:00 one hour, Friday nine, none on Monday 9:00; from Friday 17:00 one hour
    waits = [(row["id"], row["waiting_seconds"]) for row in whole.longest_unanswered.rows]
    assert waits == [("crm:8", 36_000), ("crm:9", 3_600)]
    assert whole.longest_unanswered.columns[-1].kind == "seconds"


def test_the_largest_deals_without_a_task_are_listed(whole: Overview) -> None:
    assert [row["id"] for row in whole.largest_without_task.rows] == ["crm:6"]


def test_calls_stand_in_their_weekday_and_hour(whole: Overview) -> None:
    rows = [(row["weekday"], row["hour"], row["calls"]) for row in whole.calls_by_hour.answer.rows]
    assert sorted(rows) == [(5, 10, 1), (5, 11, 2)]


def test_the_funnel_is_of_the_leads_that_came(whole: Overview) -> None:
    totals = whole.funnel.answer.totals
    assert [totals[name] for name in ("leads", "leads_answered", "leads_with_deal", "leads_won")] == [4, 2, 1, 1]


def test_revenue_is_shown_for_thirteen_months_up_to_the_periods_end(whole: Overview) -> None:
    rows = whole.revenue_by_month.answer.rows
    assert (len(rows), rows[0]["month"], rows[-1]["month"]) == (13, "2025-03", "2026-03")
    assert [(row["month"], row["revenue"]) for row in rows if row["revenue"]] == [("2026-02", 800), ("2026-03", 400)]
    assert rows[-1]["revenue_plan"] == 1000


def test_under_a_channel_there_are_no_plans_and_what_has_no_channel_is_left_out() -> None:
    page = made("whole", PageAsked(channels=("ads",)))
    assert page.tiles.plans is None
    assert page.tiles.facts.answer.totals["revenue"] == 400
    assert "revenue_plan" not in page.revenue_by_month.ask.metrics
    assert page.daily.lacks("calls_plan") == "cannot be cut by: channel"
    assert page.headline.kind == "revenue_no_plan"


def test_under_a_team_advertising_is_not_judged() -> None:
    page = made("whole", PageAsked(teams=("w",)))
    assert "channel_without_return" not in [finding.kind for finding in page.findings]
    assert page.tiles.facts.answer.totals["revenue_previous"] == 0


def test_a_filter_that_nobody_has_is_refused() -> None:
    with pytest.raises(QuestionError, match="No such team: nobody"):
        made("whole", PageAsked(teams=("nobody",)))


@pytest.mark.parametrize(
    ("name", "headline", "findings"),
    [
        ("without plans", "revenue_no_plan", ["deals_without_task", "channel_without_return", "leads_unanswered"]),
        ("without calls", "revenue_behind", ["deals_without_task", "channel_without_return", "leads_unanswered"]),
        ("only deals", "revenue_no_plan", []),
        ("empty", "no_deals", []),
    ],
)
def test_what_is_not_loaded_leaves_the_rest_of_the_page(name: str, headline: str, findings: list[str]) -> None:
    page = made(name)
    assert page.headline.kind == headline
    assert [finding.kind for finding in page.findings] == findings


def test_what_is_not_loaded_is_unknown_and_told() -> None:
    page = made("only deals")
    assert page.tiles.facts.total("calls") is None
    assert page.tiles.facts.lacks("calls") == "not loaded: calls"
    assert page.unanswered.lacks("leads_unanswered") == "not loaded: leads"
    assert page.without_task.total("deals_without_task") is None
    assert page.without_task.total("deals_open") == 2
    assert page.longest_unanswered.rows == []


def test_a_period_to_come_has_no_facts() -> None:
    page = made("whole", PageAsked(period=Period(date(2026, 4, 1), date(2026, 4, 30))))
    assert (page.facts, page.headline.kind) == (None, "nothing_sold")


def test_a_period_in_the_past_is_shown_whole() -> None:
    february = Period(date(2026, 2, 1), date(2026, 2, 28))
    page = made("whole", PageAsked(period=february, compare=None))
    assert (page.facts, page.compared) == (february, None)
    assert page.headline.values["revenue"] == 800


@pytest.mark.parametrize(
    ("days", "grain"),
    [
        (Period(date(2026, 1, 1), date(2026, 1, 31)), "day"),
        (Period(date(2026, 1, 1), date(2026, 2, 28)), "week"),
        (Period(date(2025, 3, 1), date(2026, 2, 28)), "month"),
    ],
)
def test_the_trend_is_as_fine_as_the_period_is_short(days: Period, grain: str) -> None:
    page = made("empty", PageAsked(period=days))
    assert page.tiles.grain == grain
    assert page.tiles.trend.ask.by == (grain,)


def test_a_page_is_of_one_version_of_the_data() -> None:
    class Restless(MemoryEngine):
        """An engine whose data change with every question, until it has rested."""

        left = 3

        def data_version(self) -> str:
            if self.left:
                self.left -= 1
                self.version += 1
            return super().data_version()

    engine = company("whole")
    engine.__class__ = Restless
    page = overview(Frame(metrics_over(engine, MONDAY), PageAsked(), Scope.everything(), NOW, Settings()))
    assert {block.answer.data_version for block in page.blocks()} == {"4"}
    engine.left = 10_000  # type: ignore[attr-defined]
    with pytest.raises(RetryError):
        overview(Frame(metrics_over(engine, MONDAY), PageAsked(), Scope.everything(), NOW, Settings()))
