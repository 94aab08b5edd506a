"""Where the paths of two groups of cases differ beyond chance: in the steps they pass, in what follows what, in time.

Each group's share of cases is compared by Fisher's exact test, the median time of an edge by Mood's median test, which
is Fisher's on the cases above the common median (A. M. Mood, Introduction to the Theory of Statistics, 1950). Of a case
that passes an edge often the first time counts: times of one case have to do with each other. So many comparisons find
something where there is nothing; Holm's rule over all of them keeps any false one to 5 % of looks.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from voronka.analyses.chance_exact import fisher, holm
from voronka.analyses.difference import Difference, of_medians, of_shares
from voronka.analyses.event_log import EventLog, Numbers
from voronka.analyses.spread import MICROSECONDS

Truths = NDArray[np.bool_]
Clock = Literal["calendar", "working"]
ERROR = 0.05
FEWEST_CASES = 20
"""Cases of a group under which nothing is said of it."""
FEWEST_PASSED = 10
"""Cases that have to pass a step or an edge, in both groups together, and in each for its time."""


@dataclass(frozen=True)
class Compared:
    """A step, or an edge where `source` is one: places in the log's steps; `chance` is the one among all comparisons.

    `cases_one` and `cases_other` are those of each group that passed it.
    """

    source: int | None
    target: int
    cases_one: int
    cases_other: int
    difference: Difference
    chance: float

    @property
    def is_beyond_chance(self) -> bool:
        """Say whether chance alone would hardly make any of the comparisons differ so much."""
        return self.chance < ERROR


@dataclass(frozen=True)
class ShareDifference(Compared):
    """What share of each group's cases passes it, in percent; the difference is in points."""

    share_one: float
    share_other: float


@dataclass(frozen=True)
class TimeDifference(Compared):
    """The median time of an edge in each group, of the first passage of each case; seconds of the clock asked for."""

    median_one: float
    median_other: float


@dataclass(frozen=True)
class PathDifference:
    """What differs between the one group and the other, the least likely by chance first.

    `steps` are the log's names. Where groups are not enough there are no comparisons. `compared` is how many were made.
    Intervals are of 95 % for one comparison each: what is beyond chance is said by all together.
    """

    steps: tuple[str, ...]
    cases_one: int
    cases_other: int
    is_enough: bool
    compared: int
    shares: tuple[ShareDifference, ...]
    times: tuple[TimeDifference, ...]


def path_difference(log: EventLog, one: Truths, other: Truths, clock: Clock = "calendar") -> PathDifference:
    """Return how the paths of one group of a log's cases differ from those of the other; no case is in both.

    Cases without events are none. By the working clock no times are compared where the log has none.
    """
    filled = log.lengths > 0
    one, other = one & filled, other & filled
    groups = int(np.count_nonzero(one)), int(np.count_nonzero(other))
    if min(groups) < FEWEST_CASES:
        return PathDifference(tuple(log.steps), *groups, is_enough=False, compared=0, shares=(), times=())
    side = np.where(one, 0, np.where(other, 1, 2))
    steps, passages = _Passed.steps(log, side), _Passed.edges(log, side, log.at if clock == "calendar" else log.worked)
    shares = [*steps.shares(groups), *passages.shares(groups)]
    times = list(passages.times())
    chances = holm([each.chance for each in (*shares, *times)])
    told_shares = [replace(each, chance=chance) for each, chance in zip(shares, chances, strict=False)]
    told_times = [replace(each, chance=chance) for each, chance in zip(times, chances[len(shares) :], strict=True)]
    return PathDifference(
        tuple(log.steps),
        *groups,
        is_enough=True,
        compared=len(chances),
        shares=tuple(sorted(told_shares, key=_surest)),
        times=tuple(sorted(told_times, key=_surest)),
    )


def _surest(each: Compared) -> tuple[float, float]:
    """Return the place in the order: digits that only the order of sums makes are left out."""
    return float(f"{each.chance:.9g}"), -float(f"{abs(each.difference.value):.9g}")


def together(one: EventLog, other: EventLog) -> EventLog:
    """Return the log of the cases of both, those of the one first; steps of a name are one step."""
    steps = list(dict.fromkeys((*one.steps, *other.steps)))
    places = np.array([steps.index(step) for step in other.steps], dtype=np.int64)
    has_clock = one.worked is not None and other.worked is not None
    return EventLog(
        cases=[*one.cases, *other.cases],
        steps=steps,
        first=np.concatenate((one.first, other.first[1:] + one.first[-1])),
        step=np.concatenate((one.step, places[other.step])),
        at=np.concatenate((one.at, other.at)),
        worked=np.concatenate((one.worked, other.worked)) if has_clock else None,  # type: ignore[arg-type]
    )


@dataclass(frozen=True, eq=False)
class _Passed:
    """Each case and thing (a step, an edge) that it passed, once: by thing, then the side of the case; first times."""

    names: tuple[tuple[int | None, int], ...]
    thing: Numbers
    side: Numbers
    took: Numbers | None

    @classmethod
    def steps(cls, log: EventLog, side: Numbers) -> "_Passed":
        names: tuple[tuple[int | None, int], ...] = tuple((None, step) for step in range(len(log.steps)))
        return cls._of(names, log.step, log.case, side, None)

    @classmethod
    def edges(cls, log: EventLog, side: Numbers, shown: Numbers | None) -> "_Passed":
        """Return the edges that cases passed, with the time by a clock that `shown` is of; None is of no clock."""
        before = np.flatnonzero(log.case[1:] == log.case[:-1])
        pairs, edge = np.unique(log.step[before] * len(log.steps) + log.step[before + 1], return_inverse=True)
        names: tuple[tuple[int | None, int], ...] = tuple(divmod(pair, len(log.steps)) for pair in pairs.tolist())
        took = None if shown is None else shown[before + 1] - shown[before]
        return cls._of(names, edge, log.case[before], side, took)

    @classmethod
    def _of(
        cls,
        names: tuple[tuple[int | None, int], ...],
        thing: Numbers,
        case: Numbers,
        side: Numbers,
        took: Numbers | None,
    ) -> "_Passed":
        # the first of equal numbers is that of the first passage: events stand in their order
        _, first = np.unique(thing * len(side) + case, return_index=True)
        kept = first[side[case[first]] < 2]  # noqa: PLR2004 - sides are 0 and 1
        return cls(names, thing[kept], side[case[kept]], None if took is None else took[kept])

    def shares(self, groups: tuple[int, int]) -> Iterator[ShareDifference]:
        """Yield the difference of each thing that enough cases passed; how many did says nothing of who did."""
        every = len(self.names)
        passed = [np.bincount(self.thing[self.side == side], minlength=every).tolist() for side in (0, 1)]
        for (source, target), of_one, of_other in zip(self.names, *passed, strict=True):
            found = of_shares(of_one, groups[0], of_other, groups[1])
            if found is None or of_one + of_other < FEWEST_PASSED:
                continue
            chance = fisher(of_one, groups[0], of_other, groups[1])
            shares = 100 * of_one / groups[0], 100 * of_other / groups[1]
            yield ShareDifference(source, target, of_one, of_other, found, chance, *shares)

    def times(self) -> Iterator[TimeDifference]:
        """Yield the difference of the median times of each edge that enough cases of each side passed."""
        if self.took is None:
            return
        order = np.lexsort((self.took, self.side, self.thing))
        ends = np.searchsorted(self.thing[order] * 2 + self.side[order], np.arange(2 * len(self.names) + 1))
        took = self.took[order]
        for place, (source, target) in enumerate(self.names):
            one, other = (took[ends[2 * place + side] : ends[2 * place + side + 1]] for side in (0, 1))
            if min(len(one), len(other)) < FEWEST_PASSED:
                continue
            found = of_medians(one, other)
            if found is None:
                continue
            least = _above(np.concatenate((one, other)))
            above = [int(np.count_nonzero(side >= least)) for side in (one, other)]
            chance = fisher(above[0], len(one), above[1], len(other))
            medians = float(np.median(one)) / MICROSECONDS, float(np.median(other)) / MICROSECONDS
            yield TimeDifference(
                source,
                target,
                len(one),
                len(other),
                _seconds(found),
                chance,
                median_one=medians[0],
                median_other=medians[1],
            )


def _above(both: Numbers) -> float:
    """Return the value from which on times are above the common median; of times equal to it all are, or none.

    Whichever cuts nearer to halves: that is told by both groups together, so it does not favour any difference.
    """
    middle = float(np.median(both))
    from_it, beyond = np.count_nonzero(both >= middle), np.count_nonzero(both > middle)
    is_nearer = abs(2 * from_it - len(both)) <= abs(2 * beyond - len(both))
    return middle if is_nearer else float(np.nextafter(middle, np.inf))


def _seconds(found: Difference) -> Difference:
    return Difference(
        found.value / MICROSECONDS,
        None if found.low is None else found.low / MICROSECONDS,
        None if found.high is None else found.high / MICROSECONDS,
    )
