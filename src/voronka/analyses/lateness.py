"""Why leads are answered late: whether load makes answers longer, on which days and hours, what remains without it.

**Load** is told in two ways: the leads that came to the same person on the same day (`arrivals`), and those of the
person that were waiting for an answer when the lead came (`queue`). A queue is long also because its owner is slow;
arrivals are not of anybody's making.

**Effect**: how much longer the answer takes when the load doubles, log on log, under specifications that hold more and
more equal: nothing, the hour and the weekday, the month too, the person too. It is established where each of them
leaves nought out of its interval on the same side. Answers of a day have to do with each other: intervals are by days.

Leads count from `LONGEST` of working time on after they came; a longer answer, and none, counts as so long. So a lead
that nobody answered is a long wait and not a missing one, and young leads are no fast ones.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from voronka.analyses.chance_exact import holm
from voronka.analyses.clustered import Floats, Slope, slope
from voronka.analyses.event_log import Numbers

Truths = NDArray[np.bool_]
LONGEST = 5 * 9 * 3600
"""Working seconds, five days of nine hours."""
SHORTEST = 60.0
"""Seconds: a faster answer counts as so long; a lead of the night answered before work begins took none."""
LOADS = ARRIVALS, QUEUE = ("arrivals", "queue")
SPECIFICATIONS = ("none", "hour_weekday", "month", "person")
FEWEST_LEADS, FEWEST_DAYS = 100, 20
ERROR = 0.05
LOW = 1 / 3
"""The share of leads that count as those of low load."""
DRAWS = 1000
LONGER, SHORTER, NOT_ESTABLISHED, TOO_FEW = ("longer", "shorter", "not_established", "too_few")


@dataclass(frozen=True, eq=False)
class Answers:
    """All leads and their first answers, in the order in which they came.

    `came` is what the working clock showed (seconds), `took` working seconds to the answer, NaN without one; `late` is
    1 or 0, NaN while it is not due. `day`, `month` and `person` are numbers from 0; a lead of nobody has the person -1.
    `is_asked` says which leads the question is about: the load is of all of them. `now` is by the working clock.
    """

    came: Floats
    took: Floats
    late: Floats
    day: Numbers
    hour: Numbers
    weekday: Numbers
    month: Numbers
    person: Numbers
    is_at_work: Truths
    is_asked: Truths
    now: float


@dataclass(frozen=True)
class Effect:
    """What load does to the time of the answer under one specification: percent more when it doubles, with 95 %."""

    load: str
    specification: str
    percent: float
    low: float
    high: float

    @property
    def is_beyond_chance(self) -> bool:
        """Say whether the interval leaves nought out."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True)
class Remains:
    """How late leads of low load are: those with at most `most` of it; shares in percent.

    `percent` is their share of late ones by that of all: what would remain of lateness if load were always low. None
    where nothing is late; the interval is of 95 % by days drawn anew.
    """

    load: str
    most: float
    leads: int
    share_low: float
    share: float
    percent: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Part:
    """The leads of a weekday (1 is Monday), an hour, or that came while their person was not at work (0) or was (1).

    `share` of them are late, in percent, `points` more than of the others, with 95 %; None where that is not known.
    """

    value: int
    leads: int
    share: float
    points: float | None
    low: float | None
    high: float | None
    is_beyond_chance: bool


@dataclass(frozen=True)
class Lateness:
    """Why answers are late. `leads` are those that are due, `late` of them are; `watched` those that effects are of.

    `verdicts` are by load. Comparisons of weekdays, and of hours, are held to 5 % false findings each (Holm).
    """

    leads: int
    late: int
    share: float | None
    watched: int
    days: int
    effects: tuple[Effect, ...]
    verdicts: Mapping[str, str]
    remains: tuple[Remains, ...]
    weekdays: tuple[Part, ...]
    hours: tuple[Part, ...]
    at_work: tuple[Part, ...]


def lateness(answers: Answers, seed: int = 1) -> Lateness:
    """Return why answers are late; `seed` is of the days that are drawn anew."""
    loads = {ARRIVALS: arrivals(answers), QUEUE: queue(answers)}
    is_due = answers.is_asked & ~np.isnan(answers.late)
    is_watched = answers.is_asked & (answers.came + LONGEST <= answers.now) & (answers.person >= 0)
    days = len(np.unique(answers.day[is_watched]))
    is_enough = int(np.count_nonzero(is_watched)) >= FEWEST_LEADS and days >= FEWEST_DAYS
    effects = [
        effect for name, load in loads.items() if is_enough for effect in _effects(answers, name, load, is_watched)
    ]
    due = int(np.count_nonzero(is_due))
    late = int(answers.late[is_due].sum())
    return Lateness(
        leads=due,
        late=late,
        share=100 * late / due if due else None,
        watched=int(np.count_nonzero(is_watched)),
        days=days,
        effects=tuple(effects),
        verdicts={name: _verdict([each for each in effects if each.load == name], is_enough) for name in LOADS},
        remains=tuple(
            _remains(answers, name, load, is_due & (answers.person >= 0), seed)
            for name, load in loads.items()
            if is_enough and (is_due & (answers.person >= 0)).any()
        ),
        weekdays=parts(answers.weekday[is_due], answers.late[is_due], answers.day[is_due]),
        hours=parts(answers.hour[is_due], answers.late[is_due], answers.day[is_due]),
        at_work=parts(answers.is_at_work[is_due].astype(np.int64), answers.late[is_due], answers.day[is_due]),
    )


def arrivals(answers: Answers) -> Floats:
    """Return how many leads came to the same person on the same day, each lead itself among them."""
    key = answers.person * (int(answers.day.max(initial=0)) + 1) + answers.day
    _, number, counts = np.unique(key, return_inverse=True, return_counts=True)
    found: Floats = counts[number].astype(np.float64)
    return found


def queue(answers: Answers) -> Floats:
    """Return how many leads of the same person waited for an answer when each came, the lead itself among them.

    Who waited `LONGEST` waits no more: a lead that nobody will ever answer is no work.
    """
    lasts = np.fmin(np.where(np.isnan(answers.took), LONGEST, answers.took), LONGEST)
    wide = float(answers.came.max(initial=0)) + LONGEST + 1
    start = answers.person * wide
    ends = np.sort(start + answers.came + lasts)
    order = np.argsort(answers.person, kind="stable")
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    first = np.searchsorted(answers.person[order], answers.person)
    left = np.searchsorted(ends, start + answers.came, side="right") - np.searchsorted(ends, start, side="left")
    found: Floats = np.maximum(rank - first - left, 0) + 1.0
    return found


def _effects(answers: Answers, name: str, load: Floats, chosen: Truths) -> Iterator[Effect]:
    took = np.where(np.isnan(answers.took), LONGEST, answers.took)[chosen].clip(SHORTEST, LONGEST)
    levels = [answers.hour[chosen], answers.weekday[chosen], answers.month[chosen], answers.person[chosen]]
    for specification, held in zip(SPECIFICATIONS, (levels[:0], levels[:2], levels[:3], levels), strict=True):
        found = slope(np.log2(took), np.log2(load[chosen]), held, answers.day[chosen])
        if found:
            percents = (_percent_of_doubling(value) for value in (found.value, found.low, found.high))
            yield Effect(name, specification, *percents)


def _percent_of_doubling(elasticity: float) -> float:
    return float(100 * (2.0 ** min(elasticity, 50.0) - 1))


def _verdict(effects: Sequence[Effect], is_enough: bool) -> str:  # noqa: FBT001 - the one condition more
    if not is_enough or len(effects) < len(SPECIFICATIONS):
        return TOO_FEW
    if all(each.low > 0 for each in effects):
        return LONGER
    return SHORTER if all(each.high < 0 for each in effects) else NOT_ESTABLISHED


def _remains(answers: Answers, name: str, load: Floats, chosen: Truths, seed: int) -> Remains:
    late, load = answers.late[chosen], load[chosen]
    most = float(np.quantile(load, LOW, method="inverted_cdf"))
    is_low = load <= most
    _, day = np.unique(answers.day[chosen], return_inverse=True)
    sums = np.stack([np.bincount(day, values) for values in (late * is_low, is_low, late, np.ones(len(late)))])
    late_low, low, all_late, every = sums.sum(axis=1)
    drawn = np.random.default_rng(seed).multinomial(sums.shape[1], np.full(sums.shape[1], 1 / sums.shape[1]), DRAWS)
    again = drawn @ sums.T
    with np.errstate(divide="ignore", invalid="ignore"):
        ratios = 100 * (again[:, 0] / again[:, 1]) / (again[:, 2] / again[:, 3])
    known = ratios[np.isfinite(ratios)]
    ends = np.quantile(known, [0.025, 0.975]).tolist() if all_late and len(known) else (None, None)
    share_low, share = 100 * late_low / low, 100 * all_late / every
    return Remains(
        name, most, int(low), float(share_low), float(share), float(100 * share_low / share) if share else None, *ends
    )


def parts(value: Numbers, late: Floats, day: Numbers) -> tuple[Part, ...]:
    """Return each part's share of late leads against that of the others; each lead has a value, 1 or 0, and a day.

    Leads of a day have to do with each other, so the intervals are by days; Holm's rule is over all the parts.
    """
    _, day = np.unique(day, return_inverse=True)
    there = np.unique(value).tolist()
    slopes = [_against_the_rest(late, value == each, day) if len(there) > 1 else None for each in there]
    chances = iter(holm([each.chance for each in slopes if each]))
    found = []
    for each, told in zip(there, slopes, strict=True):
        own = late[value == each]
        points, low, high = (None,) * 3 if told is None else (100 * told.value, 100 * told.low, 100 * told.high)
        is_enough = len(own) >= FEWEST_DAYS and len(np.unique(day[value == each])) > 1
        is_beyond = told is not None and next(chances) < ERROR and is_enough
        found.append(Part(int(each), len(own), float(100 * own.mean()), points, low, high, is_beyond))
    return tuple(found)


def _against_the_rest(late: Floats, is_own: Truths, day: Numbers) -> Slope | None:
    """Return by how much more a part is late; a few days on one side tell no more than these few."""
    days = min(len(np.unique(day[is_own])), len(np.unique(day[~is_own])))
    return slope(late, is_own.astype(np.float64), (), day, days - 1)
