"""What the rest of a period brings, reckoned from the days before it, and how far such reckoning has been off.

**The level.** The mean of the working days of the last half a year, recent ones weighing more (half after `HALF_LIFE`
days: simple exponential smoothing, R. G. Brown, Statistical forecasting for inventory control, 1959). A day of the week
has its own mean, drawn towards the common one as if that had been seen `PULL` times. Days off have a mean of their own.

**The season.** Where two years are known, the days a year and two years before those to come are compared with what
was usual then; the square root of that ratio is taken, since a ratio of two short times is mostly noise (D. M.
Miller, D. Williams, Shrinkage estimators of time series seasonal factors, Int. J. Forecasting 19 (2003), 669-684).

**The interval.** The same reckoning is done again at the same point of past like periods, and how far it was off there
is how far it may be off now: split conformal prediction (J. Lei et al., Distribution-free predictive inference for
regression, J. Amer. Statist. Assoc. 113 (2018), 1094-1111), with the rank taken between its neighbours. An error stands
in proportion to the square root of what was expected, as the error of a count does. With fewer than `FEWEST` past
periods no interval is known. Intervals that a model assumes of itself are too narrow; these are seen.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Numbers: TypeAlias = NDArray[np.float64]
Flags: TypeAlias = NDArray[np.bool_]

COVERED = 0.8
"""The share of periods whose end an interval is to hold."""
FEWEST = 8
"""Past like periods without which no interval is known."""
WINDOW = 182
HALF_LIFE = 42.0
PULL = 4.0
LEARNT = 28
"""Days that must be known before a reckoning."""
YEAR = 364
"""Days to the same day of the week a year before."""
TWO_YEARS = 730
SEASON_DAYS = 28
SEASON_BOUNDS = (0.5, 2.0)
_WEEKDAYS = 7


@dataclass(frozen=True)
class Calendar:
    """Days in their order: which are working ones, and the day of the week of each (0 on Monday)."""

    is_working: Flags
    weekdays: NDArray[np.int64]

    def working(self, first: int, last: int) -> int:
        """Return how many of the days from `first` to `last` are working ones."""
        return int(self.is_working[max(first, 0) : last + 1].sum()) if last >= first else 0


@dataclass(frozen=True)
class Point:
    """A period by the places of its days, and the first day that is not known yet."""

    first: int
    last: int
    origin: int


@dataclass(frozen=True)
class Flows:
    """Daily values [..., days known] and whether each could happen on a day [..., all days]: 1, or 0 in an absence."""

    values: Numbers
    present: Numbers

    @property
    def starts(self) -> NDArray[np.int64]:
        """Return the first day with any value, the number of days known where there is none."""
        found = self.values != 0
        starts: NDArray[np.int64] = np.where(found.any(axis=-1), found.argmax(axis=-1), self.values.shape[-1])
        return starts


@dataclass(frozen=True)
class Reckoned:
    """A period's end as reckoned at its point: known so far, to come, both together; all of the flows' shape."""

    so_far: Numbers
    to_come: Numbers

    @property
    def end(self) -> Numbers:
        """Return the estimate of the period's end."""
        return self.so_far + self.to_come


def reckon(flows: Flows, calendar: Calendar, point: Point) -> Reckoned:
    """Return what a period ends at, from the days before its origin only."""
    known = flows.values[..., point.first : max(point.origin, point.first)]
    return Reckoned(
        known.sum(axis=-1), expected(flows, calendar, point.origin, max(point.first, point.origin), point.last)
    )


def expected(flows: Flows, calendar: Calendar, origin: int, first: int, last: int) -> Numbers:
    """Return what the days from `first` to `last` bring, told by the days before `origin`."""
    shape = flows.values.shape[:-1]
    if last < first or origin <= 0:
        return np.zeros(shape)
    begun = np.arange(flows.present.shape[-1]) >= flows.starts[..., None]
    present = flows.present * begun
    before = slice(max(0, origin - WINDOW), origin)
    weights = 0.5 ** ((origin - 1 - np.arange(before.start, origin)) / HALF_LIFE)
    learn = _Learning(flows.values[..., before], present[..., before], weights)
    coming, there = slice(first, last + 1), present[..., first : last + 1]
    works, weekdays = calendar.is_working, calendar.weekdays
    level = learn.mean(works[before])
    found = learn.mean(~works[before]) * (there @ (~works[coming]).astype(float))
    for weekday in range(_WEEKDAYS):
        usual = learn.mean(works[before] & (weekdays[before] == weekday), level)
        found += usual * (there @ (works[coming] & (weekdays[coming] == weekday)).astype(float))
    seasonal: Numbers = found * _season(flows, present, calendar, Point(first, last, origin))
    return seasonal


@dataclass(frozen=True)
class _Learning:
    values: Numbers
    present: Numbers
    weights: Numbers

    def mean(self, days: Flags, towards: Numbers | None = None) -> Numbers:
        """Return the weighted mean over the days, drawn towards another where that is given."""
        weights = self.weights * days
        pull = 0.0 if towards is None else PULL
        total = (self.values * self.present) @ weights + (0.0 if towards is None else PULL * towards)
        return _divided(total, self.present @ weights + pull)


def _season(flows: Flows, present: Numbers, calendar: Calendar, point: Point) -> Numbers:
    """Return by what the days to come differ from the usual, as they did in the years before; 1 where unknown."""
    shape = flows.values.shape[:-1]
    ratios, found = np.zeros(shape), np.zeros(shape)
    pad = max(0, SEASON_DAYS - (point.last - point.first + 1) + 1) // 2
    for shift in (YEAR, 2 * YEAR):
        first, last, origin = point.first - pad - shift, point.last + pad - shift, point.origin - shift
        if min(first, origin - LEARNT) < 0 or last >= point.origin:
            continue
        usual = _plain_mean(flows, present, calendar, max(0, origin - WINDOW), origin - 1)
        then = _plain_mean(flows, present, calendar, first, last)
        is_known = (flows.starts <= point.origin - TWO_YEARS) & (usual > 0) & (then >= 0)
        ratios += np.where(is_known, _divided(then, usual), 0.0)
        found += is_known
    mean = np.where(found > 0, _divided(ratios, found), 1.0)
    return np.clip(np.sqrt(np.maximum(mean, 0.0)), *SEASON_BOUNDS)


def _plain_mean(flows: Flows, present: Numbers, calendar: Calendar, first: int, last: int) -> Numbers:
    days = slice(first, last + 1)
    works = calendar.is_working[days].astype(float)
    return _divided((flows.values[..., days] * present[..., days]) @ works, present[..., days] @ works)


def _divided(above: Numbers, below: Numbers) -> Numbers:
    return np.divide(above, below, out=np.zeros_like(above), where=below > 0)


def same_point(calendar: Calendar, now: Point, first: int, last: int) -> Point:
    """Return a past period at the point at which this one stands: with as many working days to go.

    Of a period that has not begun, as many days before its beginning.
    """
    if now.origin <= now.first:
        return Point(first, last, first - (now.first - now.origin))
    to_go = calendar.working(now.origin, now.last)
    origin = last + 1
    if to_go == 0:
        return Point(first, last, max(first, origin - (now.last + 1 - now.origin)))
    while origin > first and calendar.working(origin, last) < to_go:
        origin -= 1
    return Point(first, last, origin)


@dataclass(frozen=True)
class Replays:
    """Past like periods: what was reckoned at the same point, what came, and where enough was known; [..., periods]."""

    reckoned: Numbers
    came: Numbers
    to_come: Numbers
    is_known: Flags


def replay(flows: Flows, calendar: Calendar, points: Sequence[Point]) -> Replays:
    """Return the reckoning done again at points of the past, each from the days before it only."""
    shape = (*flows.values.shape[:-1], 0)
    if not points:
        return Replays(np.zeros(shape), np.zeros(shape), np.zeros(shape), np.zeros(shape, dtype=np.bool_))
    done = [reckon(flows, calendar, point) for point in points]
    came = [flows.values[..., point.first : point.last + 1].sum(axis=-1) for point in points]
    known = [flows.starts <= point.origin - LEARNT for point in points]
    to_come = np.stack([each.to_come for each in done], axis=-1)
    return Replays(
        np.stack([each.end for each in done], axis=-1), np.stack(came, axis=-1), to_come, np.stack(known, -1)
    )


def half_width(errors: Sequence[float], scales: Sequence[float], scale: float) -> float | None:
    """Return by how much an estimate may be off, up or down; None with too few errors.

    `scales` is what was expected when each error was made, `scale` what is expected now. Each is added to the mean of
    them all before the root is taken, so that nothing expected does not mean nothing to err about.
    """
    if len(errors) < FEWEST:
        return None
    mean = max(0.0, float(np.mean([*scales, scale])))
    roots = np.sqrt(np.maximum(np.asarray(scales, dtype=float), 0.0) + mean) if mean else np.ones(len(errors))
    relative = np.sort(np.abs(np.asarray(errors, dtype=float)) / roots)
    place = min((len(relative) + 1) * COVERED, float(len(relative))) - 1
    lower = floor(place)
    upper = min(lower + 1, len(relative) - 1)
    found = float(relative[lower] + (place - lower) * (relative[upper] - relative[lower]))
    return found * ((max(scale, 0.0) + mean) ** 0.5 if mean else 1.0)
