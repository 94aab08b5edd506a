"""What changed between two funnels of the same steps: shares and times, and whether by more than chance.

Conversions are compared by the two-proportion z test. Times by the median test (Mood, 1950): the share of times above
the median of both together, compared in the same way; it asks nothing of how times are spread. So many comparisons
name a strangest one by chance too: the level is that of all of them together (Bonferroni).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from voronka.analyses.chance import level_among, shares_differ
from voronka.analyses.event_log import EventLog, Numbers
from voronka.analyses.funnel import Funnel, Reached

FEWEST = 10
"""Cases on each side below which nothing is known to differ: the tests are for larger numbers."""
Pace = Literal["slower", "faster"]


@dataclass(frozen=True, eq=False)
class Seen:
    """A funnel as it was walked: its log, and who reached what."""

    log: EventLog
    steps: Sequence[Reached]


@dataclass(frozen=True)
class StepChange:
    """A step against the same one before: `differs` says that its conversion does beyond chance, `pace` its times."""

    differs: bool
    pace: Pace | None


def changes(funnel: Funnel, now: Seen, before: Seen) -> tuple[StepChange, ...]:
    """Return for each step how it changed; the first has nothing before it to go on from."""
    level = level_among(2 * (len(funnel.steps) - 1))
    return tuple(_change(funnel, now, before, place, level) for place in range(len(funnel.steps)))


def _change(funnel: Funnel, now: Seen, before: Seen, place: int, level: float) -> StepChange:
    earlier = funnel.before(place)
    if earlier is None:
        return StepChange(differs=False, pace=None)
    of, among = len(now.steps[place].cases), len(now.steps[earlier].cases)
    of_before, among_before = len(before.steps[place].cases), len(before.steps[earlier].cases)
    differs = min(among, among_before) >= FEWEST and shares_differ(of, among, of_before, among_before, level)
    return StepChange(differs, _pace(times(now, place), times(before, place), level))


def times(seen: Seen, place: int) -> Numbers:
    """Return the microseconds that the cases of a step took from the event before it, those without one left out."""
    step = seen.steps[place]
    known = step.before >= 0
    taken: Numbers = seen.log.at[step.event[known]] - seen.log.at[step.before[known]]
    return taken


def _pace(now: Numbers, before: Numbers, level: float) -> Pace | None:
    if min(len(now), len(before)) < FEWEST:
        return None
    middle = np.median(np.concatenate((now, before)))
    long, long_before = int(np.count_nonzero(now > middle)), int(np.count_nonzero(before > middle))
    if not shares_differ(long, len(now), long_before, len(before), level):
        return None
    return "slower" if long * len(before) > long_before * len(now) else "faster"
