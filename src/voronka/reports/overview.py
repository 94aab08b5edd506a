"""The overview: how sales go today, put together of answers and records that can each be asked for alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from voronka.domain.period import Grain, Period, bucket_start, month_end, shift_months
from voronka.metrics.records import Records
from voronka.reports import findings
from voronka.reports.ask import Block
from voronka.reports.daily import daily
from voronka.reports.findings import Finding, Selling
from voronka.reports.page import Frame, WorkingDays, of_one_version
from voronka.reports.waiting import Waiting
from voronka.reports.who_plans import WhoPlans, who_plans
from voronka.reports.working_days import DayAmongOthers

TILES = ("calls", "talk_time", "meetings", "proposals", "deals_won", "revenue")
ACTIVITY = (
    *("outgoing_calls", "taken_calls", "emails_sent", "messages_sent"),
    *("meetings", "demos", "proposals", "tasks_done", "activities"),
)
UNDIRECTED = ("undirected_calls", "undirected_emails", "undirected_messages")
"""What is in no kind of activity, since nobody knows whose it is."""
FUNNEL = ("leads", "leads_answered", "leads_qualified", "leads_with_deal", "leads_won")
WITHOUT_TASK = ("deals_without_task", "deals_open", "deals_without_task_amount")
CAUSES = ("revenue", "leads", "win_rate", "deals_won", "deals_lost")
FINDINGS = 3
MONTHS = 13


@dataclass(frozen=True)
class Tiles:
    """The large figures: over the facts' period, against the plans of the whole period, and how they went."""

    metrics: tuple[str, ...]
    facts: Block
    plans: Block | None
    trend: Block
    grain: Grain


@dataclass(frozen=True)
class Overview:
    """The whole page; `facts` is the period until today, None in the future; `counted` its days known whole."""

    period: Period
    facts: Period | None
    counted: Period | None
    compared: Period | None
    working_days: WorkingDays
    day: DayAmongOthers
    today: date
    headline: Finding
    findings: tuple[Finding, ...]
    tiles: Tiles
    daily: Block
    activity: Block
    calls_by_hour: Block
    funnel: Block
    revenue_by_month: Block
    unanswered: Block
    longest_unanswered: Records
    without_task: Block
    largest_without_task: Records

    def blocks(self) -> tuple[Block, ...]:
        """Return the answers of the page, those of the tiles first."""
        tiles = (self.tiles.facts, self.tiles.trend, *([self.tiles.plans] if self.tiles.plans else []))
        counts = (self.unanswered, self.without_task)
        return (*tiles, self.daily, self.activity, self.calls_by_hour, self.funnel, self.revenue_by_month, *counts)


def overview(frame: Frame) -> Overview:
    """Return the overview of what the frame's scope may see, all of it of one version of the data."""
    return of_one_version(lambda: _Overview(frame).made(), _versions)


def _versions(made: Overview) -> Iterator[str]:
    yield from (block.answer.data_version for block in made.blocks() if block.answer.data_version)
    yield from (listed.data_version for listed in (made.longest_unanswered, made.largest_without_task))


@dataclass(frozen=True)
class _Overview:
    frame: Frame

    def made(self) -> Overview:
        frame = self.frame
        asker, facts = frame.asker, frame.facts
        tiles = self._tiles()
        unanswered, without_task = asker.ask("leads_unanswered"), asker.ask(*WITHOUT_TASK, by=["employee"])
        longest = self._longest_unanswered()
        selling = Selling(tiles.facts, tiles.plans, self._people(tiles), self._planners(tiles))
        found = self._findings(selling, unanswered, without_task, longest)
        return Overview(
            period=frame.period,
            facts=frame.facts_until,
            counted=frame.counted,
            compared=frame.compared,
            working_days=frame.working_days(),
            day=frame.day,
            today=frame.today,
            headline=findings.headline(selling),
            findings=found,
            tiles=tiles,
            daily=daily(asker, frame.day.day),
            activity=asker.ask(*ACTIVITY, *UNDIRECTED, by=["employee"], period=facts),
            calls_by_hour=asker.ask("calls", "answered_calls", by=["weekday", "hour"], period=facts),
            funnel=asker.ask(*FUNNEL, period=facts),
            revenue_by_month=self._revenue_by_month(),
            unanswered=unanswered,
            longest_unanswered=longest,
            without_task=without_task,
            largest_without_task=frame.records("deals_without_task", sort="amount", order="desc"),
        )

    def _tiles(self) -> Tiles:
        frame = self.frame
        compare, grain = frame.asked.compare, frame.grain
        plans = [f"{name}_{part}" for name in TILES for part in ("plan", "covered", "attainment", "pace")]
        return Tiles(
            metrics=TILES,
            facts=frame.asker.ask(*TILES, period=frame.period, compare=compare),
            plans=None if frame.asked.channels else frame.asker.ask(*plans, period=frame.period),
            trend=frame.asker.ask(*TILES, by=[grain], period=frame.facts),
            grain=grain,
        )

    def _people(self, tiles: Tiles) -> Block | None:
        """Return revenue against the plan of the days that count, by person; None where nobody planned any."""
        frame = self.frame
        if frame.counted is None or tiles.plans is None or tiles.plans.total("revenue_plan") is None:
            return None
        return frame.asker.ask("revenue", "revenue_plan", by=["employee"], period=frame.counted)

    def _planners(self, tiles: Tiles) -> WhoPlans | None:
        frame = self.frame
        return who_plans(frame.asker, frame.period, frame.today, tiles.plans) if tiles.plans else None

    def _findings(
        self, selling: Selling, unanswered: Block, without_task: Block, longest: Records
    ) -> tuple[Finding, ...]:
        frame = self.frame
        rates = frame.asker.ask(
            "lead_conversion", "average_deal", "win_rate", period=findings.estimate_period(frame.today)
        )
        oldest = longest.rows[0].get("created_at") if longest.rows else None
        found = [
            None if frame.has_ended("leads_unanswered") else findings.unanswered_leads(unanswered, rates, oldest),
            findings.deals_without_task(without_task, rates),
            self._channel(),
            findings.people_behind_plan(selling.people, frame.period) if selling.people else None,
            self._fewer_leads(selling.facts),
        ]
        return findings.ranked(found, FINDINGS)

    def _channel(self) -> Finding | None:
        """Return a channel without return; advertising has no owner, so it is not for everybody to see."""
        frame = self.frame
        if not frame.scope.sees_unowned or frame.asker.lack("ad_spend"):
            return None
        months = Period(shift_months(frame.today, -findings.CHANNEL_MONTHS), frame.today)
        return findings.channel_without_return(frame.asker.ask("ad_spend", "leads_won", by=["channel"], period=months))

    def _fewer_leads(self, facts: Block) -> Finding | None:
        frame = self.frame
        if not frame.asked.compare or not findings.has_fallen(facts):
            return None
        return findings.fewer_leads(frame.asker.ask(*CAUSES, period=frame.period, compare=frame.asked.compare))

    def _revenue_by_month(self) -> Block:
        frame = self.frame
        last = month_end(frame.period.last)
        months = Period(shift_months(bucket_start(last, "month"), 1 - MONTHS), last)
        plan = [] if frame.asked.channels else ["revenue_plan"]
        return frame.asker.ask("revenue", "deals_won", *plan, by=["month"], period=months, compare="year")

    def _longest_unanswered(self) -> Records:
        frame = self.frame
        listed = frame.records("leads_unanswered", sort="created_at", order="asc")
        return Waiting(frame.metrics, frame.scope, frame.now, frame.settings.calendar.hours()).added(listed)
