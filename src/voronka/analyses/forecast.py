"""At what a period ends: `X_forecast` of any metric X, with the bounds that eight of ten periods keep within.

A flow (calls, revenue) is what is known so far and what the days to come bring; estimate.py says how that is reckoned.
A formula is worked out over the forecasts of its parts; its bounds come from doing the same at past like periods. What
holds at a moment (open deals) is given as it is now, a median or a mean of rows as it is so far: neither has bounds.
Of a period that is over the forecast is the fact, without bounds; of one to come the whole is reckoned.

Each cut, and the total, is forecast on its own: forecasts of people need not add up to that of the company. Where the
cut is by people, days of an absence and those after somebody left bring nothing and teach nothing. Days after the data
were built are not known, so they are to come, though the calendar may have passed them; the present day is to come too,
and brings at least what it has brought.

Like periods of whole months begin a month apart, so those of a quarter overlap; any other is moved by whole weeks.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

import numpy as np

from voronka.analyses.estimate import LEARNT, Numbers, Point, expected, half_width, reckon, replay, same_point
from voronka.analyses.history import History, Key, history, key_of
from voronka.domain.period import DAYS_IN_WEEK, Period, bucket_start, month_end, shift_months
from voronka.metrics.answer import Answer, Row
from voronka.metrics.catalogue import Catalogue
from voronka.metrics.query import Computation, Computed, Metrics
from voronka.metrics.question import Query
from voronka.metrics.reckoning import formula_reckoner
from voronka.metrics.resolve import Wanted, wanted_of

MONTHS = 36
"""Months of history that are looked at."""
PERIODS = 24
"""Past like periods that are looked at, at most."""

Bounds = tuple[float | None, float | None, float | None]
"""The estimate, its lower bound, its upper bound."""

UNKNOWN: Bounds = (None, None, None)


def forecast(zone: ZoneInfo, known_until: Callable[[], datetime]) -> Computation:
    """Return the computation `forecast`: of a company's zone, and of when (UTC) its data were built."""

    def compute(names: Sequence[str], query: Query, metrics: Metrics) -> Computed:
        built = known_until().replace(tzinfo=UTC).astimezone(zone).date()
        today = min(metrics.company.today(), built)
        until = metrics.counted().day
        if query.period and query.period.first <= until < today <= query.period.last:
            today = until  # the data end there: the days after it are to come, not days of nothing
        wanted = [wanted_of(name, metrics.catalogue) for name in names]
        made = _Forecast(wanted, query, metrics, today)
        rows = {key: made.values(key) for key in made.keys} if query.by else {}
        return Computed(made.values(None), rows)

    return compute


@dataclass(frozen=True)
class _Series:
    """What is reckoned of one flow and one group: now, and at the past points where enough was known."""

    end: float
    so_far: float
    to_come: float
    is_positive: bool
    past: Mapping[int, tuple[float, float, float]]
    """By the number of the past period: what was reckoned, what came, what was expected to come."""


@dataclass(frozen=True)
class _Forecast:
    wanted: Sequence[Wanted]
    query: Query
    metrics: Metrics
    today: date

    @cached_property
    def catalogue(self) -> Catalogue:
        return self.metrics.settled()

    @property
    def period(self) -> Period:
        return self.query.period or Period(self.today, self.today)

    @property
    def is_over(self) -> bool:
        return self.period.last < self.today

    @cached_property
    def stems(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(each.metric.name for each in self.wanted))

    @cached_property
    def parts(self) -> tuple[str, ...]:
        """The names that are answered as they are: flows, and what no formula is."""
        found = [part for stem in self.stems for part in self._parts_of(stem)]
        return tuple(dict.fromkeys(found))

    def _parts_of(self, name: str) -> tuple[str, ...]:
        formula = self.catalogue.metrics[name].formula
        if formula is None or self.catalogue.is_flow(name):
            return (name,)
        return tuple(part for each in formula.names for part in self._parts_of(each))

    @cached_property
    def flows(self) -> tuple[str, ...]:
        return tuple(name for name in self.parts if self.catalogue.is_flow(name))

    @cached_property
    def facts(self) -> Answer:
        """The figures of the period so far; of the stems themselves where it is over."""
        names = self.stems if self.is_over else self.parts
        return self.metrics.query(replace(self.query, metrics=names, intervals=False, hidden=True))

    @cached_property
    def keys(self) -> tuple[Key, ...]:
        """The groups: those with facts in the period, and those of whom something is expected."""
        known = [key_of(row, self.query.by) for row in self.facts.rows]
        if self.is_over:
            return tuple(known)
        coming = [key for (name, key), each in self.series.items() if key is not None and each.to_come > 0 and name]
        return tuple(dict.fromkeys([*known, *coming]))

    def values(self, key: Key | None) -> dict[str, float | None]:
        """Return what is asked for, of a group or (None) of all."""
        bounds = {stem: self._bounds(stem, key) for stem in self.stems}
        places = {"forecast": 0, "forecast_low": 1, "forecast_high": 2}
        return {each.name: bounds[each.metric.name][places[each.part]] for each in self.wanted}

    def _bounds(self, name: str, key: Key | None) -> Bounds:
        if self.is_over:
            return self._fact(name, key), None, None
        if self.catalogue.is_flow(name):
            return self._of_flow(name, key)
        if self.catalogue.metrics[name].formula is None:
            return self._as_it_is(name, key), None, None
        return self._of_formula(name, key)

    def _fact(self, name: str, key: Key | None) -> float | None:
        row = self.facts.totals if key is None else self._rows.get(key)
        value = row.get(name) if row is not None else 0.0 if self.catalogue.is_flow(name) else None
        return None if value is None else float(str(value))

    @cached_property
    def _rows(self) -> Mapping[Key, Row]:
        return {key_of(row, self.query.by): row for row in self.facts.rows}

    def _as_it_is(self, name: str, key: Key | None) -> float | None:
        """Return what is no flow, as it is: of days to come only what holds already is known."""
        is_held = self.catalogue.metrics[name].is_as_of
        return self._fact(name, key) if is_held or self.period.first <= self.today else None

    def _of_flow(self, name: str, key: Key | None) -> Bounds:
        if self.facts.totals.get(name) is None:
            return UNKNOWN
        series = self.series.get((name, key))
        if series is None:
            return (0.0, None, None)
        past = list(series.past.values())
        errors, scales = [came - end for end, came, _ in past], [expected for _, _, expected in past]
        half = half_width(errors, scales, series.to_come)
        if half is None:
            return series.end, None, None
        low = series.end - half
        return series.end, max(low, series.so_far) if series.is_positive else low, series.end + half

    def _of_formula(self, name: str, key: Key | None) -> Bounds:
        end = self._worked_out(name, lambda part: self._bounds(part, key)[0])
        parts = self._parts_of(name)
        series = [self.series.get((part, key)) for part in parts]
        if end is None or not all(part in self.flows for part in parts):
            return end, None, None
        known = set.intersection(*(set(each.past) if each else set[int]() for each in series))
        by_name = dict(zip(parts, series, strict=True))
        errors = []
        for n in sorted(known):
            reckoned, came = (self._worked_out(name, _PastValues(by_name, n, side)) for side in (0, 1))
            errors += [came - reckoned] if reckoned is not None and came is not None else []
        half = half_width(errors, [0.0] * len(errors), 0.0)
        return (end, end - half, end + half) if half is not None else (end, None, None)

    def _worked_out(self, name: str, value_of: Callable[[str], float | None]) -> float | None:
        formula = self.catalogue.metrics[name].formula
        if formula is None or self.catalogue.is_flow(name):
            return value_of(name)
        return formula_reckoner(formula)(lambda part: self._worked_out(part, value_of))

    @cached_property
    def series(self) -> Mapping[tuple[str, Key | None], _Series]:
        """The flows of every group, and (None) of all together."""
        if not self.flows or self.is_over:
            return {}
        return dict(_reckoned(self))


@dataclass(frozen=True)
class _PastValues:
    """Tells the parts of a formula as they were in a past period: reckoned (side 0), or as they came (side 1)."""

    series: Mapping[str, _Series | None]
    number: int
    side: int

    def __call__(self, name: str) -> float | None:
        found = self.series[name]
        return found.past[self.number][self.side] if found else 0.0


def _reckoned(made: _Forecast) -> Iterator[tuple[tuple[str, Key | None], _Series]]:
    """Yield what is reckoned of each flow and group, now and at the same point of past like periods."""
    known = Period(bucket_start(shift_months(made.today, -MONTHS), "month"), made.today)
    last = max(made.period.last, made.today)
    days = history(made.metrics, replace(made.query, metrics=made.flows), known, last)
    flows, calendar = days.flows, days.calendar
    now = Point(*map(days.place, (made.period.first, made.period.last, made.today)))
    points = _past_points(days, now, _like(made.period, known.first, made.today))
    done, again = reckon(flows, calendar, now), replay(flows, calendar, points)
    brought, more = _of_today(days, now)
    is_positive = flows.values.min(axis=-1, initial=0.0) >= 0
    for f, name in enumerate(days.metrics):
        for g, group in enumerate(days.groups):
            at = (f, g)
            past = {
                n: (float(again.reckoned[*at, n]), float(again.came[*at, n]), float(again.to_come[*at, n]))
                for n in range(len(points))
                if again.is_known[*at, n]
            }
            so_far, end = float(done.so_far[at] + brought[at]), float(done.end[at] + more[at])
            yield (name, group), _Series(end, so_far, float(done.to_come[at]), bool(is_positive[at]), past)


def _of_today(days: History, now: Point) -> tuple[Numbers, Numbers]:
    """Return what the present day has brought to the period, and by how much that is above what it was to bring."""
    if not now.first <= now.origin <= now.last:
        nothing = np.zeros(days.flows.values.shape[:-1])
        return nothing, nothing
    brought: Numbers = days.flows.values[..., now.origin]
    return brought, np.maximum(brought - expected(days.flows, days.calendar, now.origin, now.origin, now.origin), 0.0)


def _past_points(days: History, now: Point, like: Iterator[Period]) -> list[Point]:
    points = (same_point(days.calendar, now, days.place(each.first), days.place(each.last)) for each in like)
    return [point for point in points if min(point.first, point.origin - LEARNT) >= 0][:PERIODS]


def _like(period: Period, earliest: date, today: date) -> Iterator[Period]:
    """Yield the like periods that were over before the present day, the latest first."""
    weeks = timedelta(days=-(-period.days // DAYS_IN_WEEK) * DAYS_IN_WEEK)
    found, number = period, 0
    while found.first >= earliest:
        if found.last < today:
            yield found
        number += 1
        if period.is_whole_months:
            first = shift_months(period.first, -number)
            found = Period(first, month_end(shift_months(period.last, -number)))
        else:
            found = Period(period.first - number * weeks, period.last - number * weeks)
