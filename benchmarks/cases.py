"""The questions asked, each beside the query that an expert would write by hand for the same answer."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from voronka.domain.period import Period
from voronka.domain.scope import Scope, Span
from voronka.metrics.question import Filter, Query

MONTH = Period(date(2026, 6, 1), date(2026, 6, 30))
QUARTER = Period(date(2026, 4, 2), date(2026, 6, 30))
YEAR = Period(date(2025, 7, 1), date(2026, 6, 30))
TWO_YEARS = Period(date(2024, 7, 1), date(2026, 6, 30))
ALL = Scope.everything()
TEAM = Scope(
    spans=tuple(
        Span(f"crm:{n}", date(2026, 5, 1)) if n % 3 == 0 else Span(f"crm:{n}")  # seen from May on, or always
        for n in range(1, 25)
    ),
)
OVERVIEW = (
    *("calls", "answered_calls", "talk_time", "average_call", "leads", "lead_conversion", "deals_created", "deals_won"),
    *("deals_lost", "revenue", "win_rate", "average_deal", "cycle_days", "deals_open", "ad_spend"),
)
PEOPLE = (
    *(
        "calls",
        "outgoing_calls",
        "answered_calls",
        "reached_calls",
        "talk_time",
        "answer_rate",
        "average_call",
        "leads",
    ),
    *("lead_conversion", "deals_created", "deals_won", "deals_lost", "revenue", "win_rate", "average_deal"),
)
TEAM_PAGE = (
    *("calls", "outgoing_calls", "incoming_calls", "answered_calls", "answer_rate", "reached_calls", "reach_rate"),
    *("taken_calls", "missed_calls", "average_wait", "talk_time", "average_call"),
    *("calls_under_1m", "calls_1_3m", "calls_over_3m", "new_client_calls", "existing_client_calls"),
    *(
        "emails_sent",
        "emails_replied",
        "reply_rate",
        "replies",
        "meetings_booked",
        "meetings",
        "meeting_show_rate",
        "tasks_done",
        "tasks_overdue",
    ),
    *("leads", "target_leads", "target_rate", "leads_won", "lead_conversion"),
    *("deals_created", "deals_won", "deals_lost", "revenue", "win_rate", "average_deal", "cycle_days"),
    *("win_rate_by_amount", "days_to_lost"),
)
"""Forty metrics of ten facts and axes."""
CHANNELS_PAGE = (
    *("ad_spend", "clicks", "impressions", "leads", "target_rate", "leads_won", "lead_conversion"),
    *("deals_won", "revenue", "cpl", "cac", "roas", "drr"),
)
MANAGERS = Filter("employee", tuple(f"crm:{n}" for n in range(1, 25)))
TREND = ("calls", "answered_calls", "talk_time", "leads", "deals_won", "revenue", "win_rate")


@dataclass(frozen=True)
class Case:
    """A question, and the name of the file of queries/ that answers the same."""

    name: str
    query: Query

    @property
    def by_hand(self) -> str:
        """Return the query written by hand: rows and totals, `total` is 1 in the latter."""
        return (Path(__file__).parent / "queries" / f"{self.name}.sql").read_text(encoding="utf-8")


CASES = (
    Case("calls_by_employee_day", Query(metrics=("calls",), scope=ALL, by=("employee", "day"), period=MONTH)),
    Case("overview_month", Query(metrics=OVERVIEW, scope=ALL, period=MONTH)),
    Case("overview_90_days_compared", Query(metrics=OVERVIEW, scope=ALL, period=QUARTER, compare="previous")),
    Case("people_90_days", Query(metrics=PEOPLE, scope=ALL, by=("employee",), period=QUARTER)),
    Case("trend_month_team", Query(metrics=TREND, scope=ALL, by=("team", "month"), period=TWO_YEARS)),
    Case("talk_time_by_potential", Query(metrics=("talk_time",), scope=ALL, by=("potential",), period=YEAR)),
    Case("answer_rate_by_direction", Query(metrics=("answer_rate",), scope=ALL, by=("direction",), period=QUARTER)),
    Case("deals_by_employee_year", Query(metrics=("win_rate", "revenue"), scope=ALL, by=("employee",), period=YEAR)),
    Case(
        "lead_conversion_by_channel",
        Query(metrics=("leads", "lead_conversion"), scope=ALL, by=("channel",), period=TWO_YEARS),
    ),
    Case("deals_open_by_month", Query(metrics=("deals_open",), scope=ALL, by=("month",), period=TWO_YEARS)),
    Case("cycle_by_team", Query(metrics=("cycle_days", "median_cycle_days"), scope=ALL, by=("team",), period=YEAR)),
    Case(
        "cpl_by_channel_month",
        Query(metrics=("ad_spend", "leads", "cpl"), scope=ALL, by=("channel", "month"), period=TWO_YEARS),
    ),
    Case(
        "team_page_90_days",
        Query(metrics=TEAM_PAGE, scope=ALL, by=("employee",), where=(MANAGERS,), period=QUARTER),
    ),
    Case("channels_page_90_days", Query(metrics=CHANNELS_PAGE, scope=ALL, by=("channel",), period=QUARTER)),
    Case("calls_in_scope", Query(metrics=("calls", "talk_time"), scope=TEAM, by=("employee",), period=QUARTER)),
)
