"""What every page stands on: what is asked of it, the periods that follow, and the frame that composers fill."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Literal, TypeVar

from voronka.domain.errors import RetryError
from voronka.domain.period import Comparison, Grain, Period, month_end
from voronka.domain.scope import Scope
from voronka.metrics.answer import AnswerColumn, Row
from voronka.metrics.query import Metrics
from voronka.metrics.question import Filter
from voronka.metrics.reach import ENDED
from voronka.metrics.records import Records, RecordsQuery
from voronka.reports.ask import Asker, Block
from voronka.reports.findings import Finding
from voronka.reports.working_days import DayAmongOthers, among_others, working_days
from voronka.settings import Settings

T = TypeVar("T")

LISTED = 10
"""Records in a page's list; the drawer shows all of them."""
TRIES = 3
DAYS_OF_DAYS, DAYS_OF_WEEKS = 35, 190
"""Up to how many days a period's trend is shown by days, and by weeks."""


@dataclass(frozen=True)
class PageAsked:
    """What is asked of a page: a period (default: the running month), a comparison, filters by id, a day."""

    period: Period | None = None
    compare: Comparison | None = "previous"
    teams: tuple[str | None, ...] = ()
    employees: tuple[str | None, ...] = ()
    channels: tuple[str | None, ...] = ()
    roles: tuple[str | None, ...] = ()
    day: date | None = None

    def filters(self) -> tuple[Filter, ...]:
        """Return the filters of the page."""
        named = (("team", self.teams), ("employee", self.employees), ("channel", self.channels), ("role", self.roles))
        return tuple(Filter(name, tuple(dict.fromkeys(ids))) for name, ids in named if ids)


@dataclass(frozen=True)
class WorkingDays:
    """How many working days the facts have, how many of them count, and what they are compared with; None: unknown."""

    facts: int | None
    counted: int | None
    compared: int | None


@dataclass(frozen=True)
class Frame:
    """A page about to be put together: who asks what, and on which days; `now` is UTC without a zone."""

    metrics: Metrics
    asked: PageAsked
    scope: Scope
    now: datetime
    settings: Settings

    @cached_property
    def today(self) -> date:
        """Return the company's day."""
        return self.metrics.company.today()

    @cached_property
    def period(self) -> Period:
        """Return the period asked for, the running month where none is."""
        first = self.today.replace(day=1)
        return self.asked.period or Period(first, month_end(first))

    @cached_property
    def facts_until(self) -> Period | None:
        """Return the period until today, None where it lies in the future."""
        if self.period.first > self.today:
            return None
        return Period(self.period.first, min(self.period.last, self.today))

    @property
    def facts(self) -> Period:
        """Return the period until today, the whole of it where it lies in the future."""
        return self.facts_until or self.period

    @cached_property
    def counted(self) -> Period | None:
        """Return the days of the period that count: whole days that are known; None where there is none yet."""
        return self.metrics.counted().of(self.period)

    @cached_property
    def day(self) -> DayAmongOthers:
        """Return the day asked for, else the last working one before today or within the period."""
        return among_others(self.metrics, self.scope, self.asked.day, self.today, self.period.last)

    @cached_property
    def compared(self) -> Period | None:
        """Return the period compared with."""
        earlier = self.metrics.counted().earlier(self.period, self.asked.compare) if self.asked.compare else None
        return earlier.period if earlier else None

    @property
    def grain(self) -> Grain:
        """Return by what the period's trend is shown."""
        if self.period.days <= DAYS_OF_DAYS:
            return "day"
        return "week" if self.period.days <= DAYS_OF_WEEKS else "month"

    def working_days(self) -> WorkingDays:
        """Return how many working days the page's periods have."""
        periods = (self.facts, self.counted, self.compared)
        return WorkingDays(*(working_days(self.metrics, self.scope, each) if each else None for each in periods))

    @cached_property
    def asker(self) -> Asker:
        """Return what asks under the page's filters."""
        return Asker(self.metrics, self.scope, self.asked.filters())

    def has_ended(self, metric: str) -> bool:
        """Say whether the records that tell a metric have stopped coming: how it stands today is not known then."""
        return ended_on(self.asker.ask(metric, period=Period(self.today, self.today)), metric) is not None

    def records(
        self,
        metric: str,
        sort: str,
        order: Literal["asc", "desc"],
        period: Period | None = None,
        *more: Filter,
        limit: int = LISTED,
    ) -> Records:
        """Return the first records behind a metric under the page's filters; no period means all time."""
        where = (*self.asked.filters(), *more)
        return self.metrics.records(
            RecordsQuery(
                metric=metric, scope=self.scope, where=where, period=period, limit=limit, sort=sort, order=order
            )
        )


def ended_on(block: Block, metric: str) -> date | None:
    """Return the day on which a metric's data end, where it is unknown for that; else None."""
    reasons = [item.reason for item in block.answer.left_out if item.metric == metric]
    day = next((reason.removeprefix(ENDED) for reason in reasons if reason.startswith(ENDED)), None)
    return date.fromisoformat(day) if day and block.total(metric) is None else None


def unknown_headline(block: Block, metric: str) -> Finding:
    """Return the headline of a page whose metric is unknown: its data end before the period, or never came."""
    day = ended_on(block, metric)
    return Finding("ended", "neutral", {"data_until": day.isoformat()}) if day else Finding("not_loaded", "neutral", {})


@dataclass(frozen=True)
class Table:
    """An analysis' answer that no single question gives: columns, rows and what stands for all of them."""

    columns: tuple[AnswerColumn, ...]
    rows: tuple[Row, ...]
    totals: Row = field(default_factory=dict)


@dataclass(frozen=True)
class Contents:
    """What a composer puts into the frame: a conclusion, what is worth doing, answers, lists of records, tables."""

    headline: Finding
    findings: tuple[Finding, ...] = ()
    blocks: Mapping[str, Block] = field(default_factory=dict)
    lists: Mapping[str, Records] = field(default_factory=dict)
    tables: Mapping[str, Table] = field(default_factory=dict)

    def versions(self) -> list[str]:
        """Return the data versions of everything inside."""
        blocks = [block.answer.data_version for block in self.blocks.values() if block.answer.data_version]
        return [*blocks, *(listed.data_version for listed in self.lists.values())]


Composer = Callable[[Frame], Contents]
"""Puts a page together."""


@dataclass(frozen=True)
class Page:
    """A whole page; `facts` is the period until today, None in the future; `counted` its days known whole."""

    name: str
    period: Period
    facts: Period | None
    counted: Period | None
    compared: Period | None
    working_days: WorkingDays
    day: DayAmongOthers
    today: date
    contents: Contents


def page(name: str, composer: Composer, frame: Frame) -> Page:
    """Return a page, all of it of one version of the data; RetryError where builds keep ending meanwhile."""
    contents = of_one_version(lambda: composer(frame), Contents.versions)
    return Page(
        name=name,
        period=frame.period,
        facts=frame.facts_until,
        counted=frame.counted,
        compared=frame.compared,
        working_days=frame.working_days(),
        day=frame.day,
        today=frame.today,
        contents=contents,
    )


def of_one_version(make: Callable[[], T], versions: Callable[[T], Iterable[str]]) -> T:
    """Return what is made of many answers, made again where a build ended meanwhile."""
    for _ in range(TRIES):
        made = make()
        if len(set(versions(made))) <= 1:
            return made
    raise RetryError("the data change faster than the page is put together", do="Try again in a minute")
