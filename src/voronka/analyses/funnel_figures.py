"""The figures of a funnel, step by step, whole or for groups of its cases: cohorts, people, channels."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo

import numpy as np
from numpy.typing import NDArray

from voronka.analyses.event_log import EventLog, Numbers
from voronka.analyses.funnel import Funnel, Reached, dropped, first_events
from voronka.domain.period import Grain, bucket_start
from voronka.metrics.intervals import wilson

Amounts = NDArray[np.float64]
SECOND = 1_000_000
"""Microseconds."""
QUARTER_HOUR = 900 * SECOND
"""Clocks of every time zone since 1970 were put forward and back at a quarter of an hour."""
OUTSIDE = -1
"""The group of a case that is in none."""


@dataclass(frozen=True)
class Share:
    """A share in percent with its 95 % interval; unknown where there is nothing to divide by."""

    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class StepFigures:
    """A step of a funnel in figures.

    `overall` is the share of the cases of the first step, `step_conversion` that of the step it goes on from (the
    last before it that is not optional); of the first step both are the whole, which is no estimate. `dropped` reached
    it and not the next. Medians are in seconds, from the event before in the chain and from the chain's first; `worked`
    by the company's clock of working time. `money` is the sum of the amounts known, None where there are cases and it
    is known of none.
    """

    step: str
    is_optional: bool
    cases: int
    overall: Share
    step_conversion: Share
    dropped: int
    median_seconds: float | None
    median_seconds_from_first: float | None
    median_worked_seconds: float | None
    money: float | None


@dataclass(frozen=True, eq=False)
class Groups:
    """Cases in groups: of each case the number of its group, OUTSIDE of none, and how many groups there are."""

    of: Numbers
    count: int

    def split(self, cases: Numbers) -> list[Numbers]:
        """Return for each group the places of its cases among some cases."""
        groups = self.of[cases]
        order = np.argsort(groups, kind="stable")
        ends = np.searchsorted(groups[order], np.arange(self.count + 1))
        return [order[ends[group] : ends[group + 1]] for group in range(self.count)]


@dataclass(frozen=True, eq=False)
class Cohorts:
    """Cases by the period they began in; the first days of the periods, in order.

    A cohort is complete when the log goes on for the whole window after its last case began; None without a window.
    """

    groups: Groups
    days: Sequence[date]
    is_complete: Sequence[bool | None]


def figures(
    log: EventLog, funnel: Funnel, steps: Sequence[Reached], amounts: Amounts | None = None
) -> tuple[StepFigures, ...]:
    """Return the figures of all cases; `amounts` has the money of each case, NaN where unknown."""
    everything = Groups(np.zeros(len(log.cases), dtype=np.int64), 1)
    return figures_by(log, funnel, steps, everything, amounts)[0]


def figures_by(
    log: EventLog, funnel: Funnel, steps: Sequence[Reached], groups: Groups, amounts: Amounts | None = None
) -> list[tuple[StepFigures, ...]]:
    """Return the figures of each group of cases; they add up to those of all the cases that are in a group."""
    columns = [_Column(log, step, groups.split(step.cases), amounts) for step in steps]
    lost = [groups.split(cases) for cases in (dropped(funnel, steps, place) for place in range(len(steps)))]
    return [
        tuple(_figures(funnel, columns, lost, place, group) for place in range(len(steps)))
        for group in range(groups.count)
    ]


def cohorts(log: EventLog, funnel: Funnel, grain: Grain, zone: tzinfo) -> Cohorts:
    """Return the cases by the period of their first event of the first step.

    It is the first event ever, not that of the chain: a cohort is known before it is known what became of its cases.
    """
    cases, events = first_events(log, funnel.steps[0])
    quarters, places = np.unique(log.at[events] // QUARTER_HOUR, return_inverse=True)
    starts = [bucket_start(_local_day(quarter, zone), grain) for quarter in quarters.tolist()]
    days = sorted(set(starts))
    numbers = {day: number for number, day in enumerate(days)}
    groups = np.full(len(log.cases), OUTSIDE)
    groups[cases] = np.array([numbers[start] for start in starts], dtype=np.int64)[places]
    latest = np.full(len(days), np.iinfo(np.int64).min)
    np.maximum.at(latest, groups[cases], log.at[events])
    return Cohorts(Groups(groups, len(days)), days, [_is_complete(log, funnel, last) for last in latest.tolist()])


def _is_complete(log: EventLog, funnel: Funnel, last: int) -> bool | None:
    return None if funnel.window is None else last + funnel.window <= int(log.at.max())


def _local_day(quarter: int, zone: tzinfo) -> date:
    return datetime.fromtimestamp(quarter * QUARTER_HOUR // SECOND, tz=UTC).astimezone(zone).date()


class _Column:
    """What is told of the cases that reached one step, group by group."""

    def __init__(self, log: EventLog, step: Reached, split: list[Numbers], amounts: Amounts | None) -> None:
        self._log = log
        self._step = step
        self._split = split
        self._amounts = amounts

    def cases(self, group: int) -> int:
        return len(self._split[group])

    def median(self, group: int, clock: Numbers | None, since: Numbers) -> float | None:
        """Return the median seconds by a clock from the events `since`, cases without one left out."""
        if clock is None:
            return None
        places = self._split[group]
        places = places[since[places] >= 0]
        if not len(places):
            return None
        return float(np.median(clock[self._step.event[places]] - clock[since[places]])) / SECOND

    def money(self, group: int) -> float | None:
        if self._amounts is None:
            return None
        amounts = self._amounts[self._step.cases[self._split[group]]]
        return None if len(amounts) and np.isnan(amounts).all() else float(np.nansum(amounts))

    def medians(self, group: int, *, is_first: bool) -> Iterator[float | None]:
        """Yield the median from the event before, from the first, and from the event before in working time."""
        yield self.median(group, self._log.at, self._step.before)
        yield None if is_first else self.median(group, self._log.at, self._step.start)
        yield self.median(group, self._log.worked, self._step.before)


def _figures(
    funnel: Funnel, columns: Sequence[_Column], lost: Sequence[list[Numbers]], place: int, group: int
) -> StepFigures:
    column, before = columns[place], funnel.before(place)
    since_before, since_first, worked = column.medians(group, is_first=before is None)
    cases = column.cases(group)
    first = Share(100.0 if cases else None, None, None) if before is None else None
    return StepFigures(
        step=funnel.steps[place].name,
        is_optional=funnel.steps[place].is_optional,
        cases=cases,
        overall=first or _share(cases, columns[0].cases(group)),
        step_conversion=first or _share(cases, columns[before or 0].cases(group)),
        dropped=len(lost[place][group]),
        median_seconds=since_before,
        median_seconds_from_first=since_first,
        median_worked_seconds=worked,
        money=column.money(group),
    )


def _share(of: int, among: int) -> Share:
    low, high = wilson(of, among)
    return Share(100 * of / among if among else None, low, high)
