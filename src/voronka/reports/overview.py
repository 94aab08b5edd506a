"""The overview: how sales go today, put together of answers and records that can each be asked for alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property
from typing import Literal

from voronka.domain.errors import RetryError
from voronka.domain.period import Comparison, Grain, Period, bucket_start, month_end, shift_months
from voronka.domain.scope import Scope
from voronka.metrics.query import Metrics
from voronka.metrics.question import Filter
from voronka.metrics.records import Records, RecordsQuery
from voronka.reports import findings
from voronka.reports.ask import Asker, Block
from voronka.reports.findings import Finding, Selling
from voronka.reports.waiting import Waiting
from voronka.reports.working_days import DayAmongOthers, among_others, working_days

TILES = ("calls", "talk_time", "meetings", "proposals", "deals_won", "revenue")
DAILY = ("calls", "talk_time", "emails_sent", "meetings", "proposals", "tasks_done")
ACTIVITY = (
    *("outgoing_calls", "taken_calls", "emails_sent", "messages_sent"),
    *("meetings", "demos", "proposals", "tasks_done", "activities"),
)
FUNNEL = ("leads", "leads_answered", "leads_qualified", "leads_with_deal", "leads_won")
WITHOUT_TASK = ("deals_without_task", "deals_open", "deals_without_task_amount")
CAUSES = ("revenue", "leads", "win_rate", "deals_won", "deals_lost")
FINDINGS = 3
LISTED = 10
MONTHS = 13
DAYS_OF_DAYS, DAYS_OF_WEEKS = 35, 190
"""Up to how many days a period's trend is shown by days, and by weeks."""
TRIES = 3


@dataclass(frozen=True)
class OverviewAsked:
    """What is asked of the overview: a period (default: the running month), a comparison, filters by id, a day."""

    period: Period | None = None
    compare: Comparison | None = "previous"
    teams: tuple[str | None, ...] = ()
    employees: tuple[str | None, ...] = ()
    channels: tuple[str | None, ...] = ()
    day: date | None = None

    def filters(self) -> tuple[Filter, ...]:
        """Return the filters of the page."""
        named = (("team", self.teams), ("employee", self.employees), ("channel", self.channels))
        return tuple(Filter(name, tuple(dict.fromkeys(ids))) for name, ids in named if ids)


@dataclass(frozen=True)
class Tiles:
    """The large figures: over the facts' period, against the plans of the whole period, and how they went."""

    metrics: tuple[str, ...]
    facts: Block
    plans: Block | None
    trend: Block
    grain: Grain


@dataclass(frozen=True)
class WorkingDays:
    """How many working days the facts and what they are compared with have; None where that is not known."""

    facts: int | None
    compared: int | None


@dataclass(frozen=True)
class Overview:
    """The whole page; `facts` is the period until today, None where it lies in the future."""

    period: Period
    facts: Period | None
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


def overview(metrics: Metrics, asked: OverviewAsked, scope: Scope, now: datetime, hours: tuple[time, time]) -> Overview:
    """Return the overview of what the scope may see; `now` is UTC without a zone, `hours` the working day's, local.

    All of it is of one version of the data: where a build ends meanwhile it is put together again.
    """
    for _ in range(TRIES):
        made = _Page(metrics, asked, scope, now, hours).made()
        if len(set(_versions(made))) <= 1:
            return made
    raise RetryError("the data change faster than the page is put together", do="Try again in a minute")


def _versions(made: Overview) -> Iterator[str]:
    yield from (block.answer.data_version for block in made.blocks() if block.answer.data_version)
    yield from (listed.data_version for listed in (made.longest_unanswered, made.largest_without_task))


@dataclass(frozen=True)
class _Page:
    metrics: Metrics
    asked: OverviewAsked
    scope: Scope
    now: datetime
    hours: tuple[time, time]

    @cached_property
    def today(self) -> date:
        return self.metrics.company.today()

    @cached_property
    def period(self) -> Period:
        first = self.today.replace(day=1)
        return self.asked.period or Period(first, month_end(first))

    @cached_property
    def facts_until(self) -> Period | None:
        if self.period.first > self.today:
            return None
        return Period(self.period.first, min(self.period.last, self.today))

    @property
    def facts(self) -> Period:
        return self.facts_until or self.period

    @cached_property
    def day(self) -> DayAmongOthers:
        return among_others(self.metrics, self.scope, self.asked.day, self.today, self.period.last)

    @cached_property
    def compared(self) -> Period | None:
        return self.period.earlier(self.asked.compare, self.today).period if self.asked.compare else None

    def working_days(self) -> WorkingDays:
        counted = [
            working_days(self.metrics, self.scope, each) if each else None for each in (self.facts, self.compared)
        ]
        return WorkingDays(*counted)

    @cached_property
    def asker(self) -> Asker:
        return Asker(self.metrics, self.scope, self.asked.filters())

    def made(self) -> Overview:
        asker, facts = self.asker, self.facts
        tiles = self._tiles()
        unanswered, without_task = asker.ask("leads_unanswered"), asker.ask(*WITHOUT_TASK, by=["employee"])
        longest = self._longest_unanswered()
        selling = Selling(tiles.facts, tiles.plans, self._people(tiles))
        found = self._findings(selling, unanswered, without_task, longest)
        return Overview(
            period=self.period,
            facts=self.facts_until,
            compared=self.compared,
            working_days=self.working_days(),
            day=self.day,
            today=self.today,
            headline=findings.headline(selling),
            findings=found,
            tiles=tiles,
            daily=self._daily(),
            activity=asker.ask(*ACTIVITY, by=["employee"], period=facts),
            calls_by_hour=asker.ask("calls", "answered_calls", by=["weekday", "hour"], period=facts),
            funnel=asker.ask(*FUNNEL, period=facts),
            revenue_by_month=self._revenue_by_month(),
            unanswered=unanswered,
            longest_unanswered=longest,
            without_task=without_task,
            largest_without_task=self._records("deals_without_task", sort="amount", order="desc"),
        )

    def _tiles(self) -> Tiles:
        compare, grain = self.asked.compare, _grain(self.period)
        plans = [f"{name}_{part}" for name in TILES for part in ("plan", "attainment", "pace")]
        return Tiles(
            metrics=TILES,
            facts=self.asker.ask(*TILES, period=self.period, compare=compare),
            plans=None if self.asked.channels else self.asker.ask(*plans, period=self.period),
            trend=self.asker.ask(*TILES, by=[grain], period=self.facts),
            grain=grain,
        )

    def _people(self, tiles: Tiles) -> Block | None:
        """Return revenue against what was due by now, by person; None where nobody planned any."""
        if self.facts_until is None or tiles.plans is None or tiles.plans.total("revenue_plan") is None:
            return None
        return self.asker.ask("revenue", "revenue_plan", by=["employee"], period=self.facts_until)

    def _findings(
        self, selling: Selling, unanswered: Block, without_task: Block, longest: Records
    ) -> tuple[Finding, ...]:
        rates = self.asker.ask(
            "lead_conversion", "average_deal", "win_rate", period=findings.estimate_period(self.today)
        )
        oldest = longest.rows[0].get("created_at") if longest.rows else None
        found = [
            findings.unanswered_leads(unanswered, rates, oldest),
            findings.deals_without_task(without_task, rates),
            self._channel(),
            findings.people_behind_plan(selling.people, self.period, self.facts) if selling.people else None,
            self._fewer_leads(selling.facts),
        ]
        return findings.ranked(found, FINDINGS)

    def _channel(self) -> Finding | None:
        """Return a channel without return; advertising has no owner, so it is not for everybody to see."""
        if not self.scope.sees_unowned or self.asker.lack("ad_spend"):
            return None
        months = Period(shift_months(self.today, -findings.CHANNEL_MONTHS), self.today)
        return findings.channel_without_return(self.asker.ask("ad_spend", "leads_won", by=["channel"], period=months))

    def _fewer_leads(self, facts: Block) -> Finding | None:
        if not self.asked.compare or not findings.has_fallen(facts):
            return None
        return findings.fewer_leads(self.asker.ask(*CAUSES, period=self.period, compare=self.asked.compare))

    def _daily(self) -> Block:
        day = self.day.day
        names = [name + part for name in DAILY for part in ("", "_plan", "_attainment")]
        return self.asker.ask(*names, by=["employee"], period=Period(day, day))

    def _revenue_by_month(self) -> Block:
        last = month_end(self.period.last)
        months = Period(shift_months(bucket_start(last, "month"), 1 - MONTHS), last)
        plan = [] if self.asked.channels else ["revenue_plan"]
        return self.asker.ask("revenue", "deals_won", *plan, by=["month"], period=months, compare="year")

    def _longest_unanswered(self) -> Records:
        listed = self._records("leads_unanswered", sort="created_at", order="asc")
        return Waiting(self.metrics, self.scope, self.now, self.hours).added(listed)

    def _records(self, metric: str, sort: str, order: Literal["asc", "desc"]) -> Records:
        where = self.asked.filters()
        return self.metrics.records(
            RecordsQuery(metric=metric, scope=self.scope, where=where, limit=LISTED, sort=sort, order=order)
        )


def _grain(period: Period) -> Grain:
    if period.days <= DAYS_OF_DAYS:
        return "day"
    return "week" if period.days <= DAYS_OF_WEEKS else "month"
