"""The ways in which cases really go: each sequence of steps once, with how many cases took it and what came of it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from heapq import nsmallest

import numpy as np
from numpy.typing import NDArray

from voronka.analyses.event_log import EventLog, Numbers
from voronka.analyses.spread import Floats, Took, spreads

NO_VARIANT, RARER = -1, -2
"""The variant of a case without events, and of one whose variant is not among those told."""
_MULTIPLIER = 0x9E3779B97F4A7C15
_SEED = 20260301


@dataclass(frozen=True, eq=False)
class Outcomes:
    """What came of each case: whether it was won, whether it was lost, the money of a won one (NaN: unknown)."""

    won: NDArray[np.bool_]
    lost: NDArray[np.bool_]
    amount: Floats


@dataclass(frozen=True)
class Variant:
    """One way: its steps (places in the log's steps), how many cases took it, their share of all in percent.

    `took` is from the first event of a case to its last, `working` the same by the clock of working time. Of the cases
    `won` and `lost` are closed; the win rate is won of closed in percent, None where none is closed; `amount` is the
    money of the won ones. All of these are None where outcomes are not known.
    """

    steps: tuple[int, ...]
    cases: int
    share: float
    took: Took
    working: Took | None = None
    won: int | None = None
    lost: int | None = None
    win_rate: float | None = None
    amount: float | None = None


@dataclass(frozen=True, eq=False)
class Variants:
    """The ways, the most frequent first, ties by the names of their steps; and how long all cases together took.

    `count` is how many ways there are, told or not. `of_case` is the place of each case's variant: RARER where it is
    not told, NO_VARIANT for a case without events, which counts nowhere.
    """

    count: int
    variants: tuple[Variant, ...]
    of_case: Numbers
    took: Took | None
    working: Took | None


def variants(log: EventLog, outcomes: Outcomes | None = None, most: int | None = None) -> Variants:
    """Return the variants of a log, the `most` frequent ones or all; `outcomes` are beside its cases."""
    group, examples = alike(log)
    filled = np.flatnonzero(log.lengths)
    cases = np.bincount(group[filled], minlength=len(examples))
    order = _ordered(log, cases, examples, most)
    place = np.full(len(examples) + 1, RARER, dtype=np.int64)
    place[order], place[-1] = np.arange(len(order)), NO_VARIANT
    of_case = place[group]
    told = _told(log, of_case, examples[order].tolist(), outcomes)
    return Variants(len(examples), tuple(told), of_case, *_of_all(log, filled))


def _ordered(log: EventLog, cases: Numbers, examples: Numbers, most: int | None) -> Numbers:
    """Return the groups of cases, the largest first, ties by the names of their steps, so many at most."""
    if most is None or most >= len(cases):
        candidates, wanted = np.arange(len(cases)), len(cases)
    else:
        least = -np.partition(-cases, most - 1)[most - 1] if most else cases.max() + 1
        candidates, wanted = np.flatnonzero(cases >= least), most
    rank = _ranks(log.steps)

    def key(group: int) -> tuple[int, list[int]]:
        case = examples[group]
        return -int(cases[group]), rank[log.step[log.first[case] : log.first[case + 1]]].tolist()

    return np.array(nsmallest(wanted, candidates.tolist(), key=key), dtype=np.int64)


def durations(log: EventLog, clock: Numbers | None = None) -> Numbers:
    """Return how long each case took from its first event to its last, in microseconds; 0 for one without events.

    `clock` is the time of each event: `log.at` where it is None.
    """
    at = log.at if clock is None else clock
    found = np.zeros(len(log.lengths), dtype=np.int64)
    filled = log.lengths > 0
    found[filled] = at[log.first[1:][filled] - 1] - at[log.first[:-1][filled]]
    return found


def alike(log: EventLog) -> tuple[Numbers, Numbers]:
    """Return which group of cases with the same steps each case is in, and a case of each group, its first.

    NO_VARIANT for a case without events. Groups are told by a number worked out of the steps; that cases of one group
    have the very same steps is then looked at, and where it is not so they are told by the steps themselves.
    """
    filled = np.flatnonzero(log.lengths)
    group = np.full(len(log.lengths), NO_VARIANT, dtype=np.int64)
    if not len(filled):
        return group, filled
    _, first, number = np.unique(_fingerprints(log, filled), return_index=True, return_inverse=True)
    if not _are_alike(log, filled, filled[first][number]):
        first, number = _told_by_steps(log, filled)
    group[filled] = number
    return group, filled[first]


def _fingerprints(log: EventLog, filled: Numbers) -> NDArray[np.uint64]:
    """Return a number of each case that has events: the same for the same steps, hardly ever for others."""
    random = np.random.default_rng(_SEED)
    weights = random.integers(0, 2**64, len(log.steps), dtype=np.uint64)
    powers = np.cumprod(np.full(int(log.lengths.max()) + 1, _MULTIPLIER, dtype=np.uint64))
    parts = weights[log.step] * powers[_positions(log)]
    sums = np.add.reduceat(parts, log.first[filled])
    return np.add(sums, powers[log.lengths[filled]], dtype=np.uint64)


def _positions(log: EventLog) -> Numbers:
    return np.arange(len(log.step)) - np.repeat(log.first[:-1], log.lengths)


def _are_alike(log: EventLog, cases: Numbers, examples: Numbers) -> bool:
    """Say whether each case has the very steps of its example."""
    lengths = log.lengths[cases]
    if not np.array_equal(lengths, log.lengths[examples]):
        return False
    return np.array_equal(log.step, log.step[np.repeat(log.first[examples], lengths) + _positions(log)])


def _told_by_steps(log: EventLog, filled: Numbers) -> tuple[Numbers, Numbers]:
    known: dict[bytes, int] = {}
    first: list[int] = []
    number = np.empty(len(filled), dtype=np.int64)
    for place, case in enumerate(filled.tolist()):
        steps = log.step[log.first[case] : log.first[case + 1]].tobytes()
        number[place] = known.setdefault(steps, len(known))
        if len(first) < len(known):
            first.append(place)
    return np.array(first, dtype=np.int64), number


def _ranks(names: Iterable[str]) -> Numbers:
    """Return the place of each name in the order of names."""
    listed = list(names)
    found = np.empty(len(listed), dtype=np.int64)
    found[sorted(range(len(listed)), key=listed.__getitem__)] = np.arange(len(listed))
    return found


def _told(log: EventLog, of_case: Numbers, examples: list[int], outcomes: Outcomes | None) -> Iterable[Variant]:
    every = len(examples)
    filled = of_case >= 0
    group = of_case[filled]
    cases, of = np.bincount(group, minlength=every), np.count_nonzero(of_case != NO_VARIANT)
    took = spreads(group, durations(log)[filled], every)
    working = None if log.worked is None else spreads(group, durations(log, log.worked)[filled], every)
    came = _came(group, filled, outcomes, every)
    for place, case in enumerate(examples):
        yield Variant(
            tuple(log.step[log.first[case] : log.first[case + 1]].tolist()),
            int(cases[place]),
            100 * float(cases[place]) / of,
            took.took(place),
            None if working is None else working.took(place),
            *came(place),
        )


def _came(
    group: Numbers, filled: NDArray[np.bool_], outcomes: Outcomes | None, every: int
) -> Callable[[int], tuple[int | None, int | None, float | None, float | None]]:
    """Return what tells won, lost, win rate and money of a variant."""
    if outcomes is None:
        return lambda _: (None, None, None, None)
    won = np.bincount(group, outcomes.won[filled], minlength=every)
    lost = np.bincount(group, outcomes.lost[filled], minlength=every)
    money = np.where(outcomes.won, np.nan_to_num(outcomes.amount), 0.0)
    amount = np.bincount(group, money[filled], minlength=every)

    def came(place: int) -> tuple[int, int, float | None, float]:
        closed = won[place] + lost[place]
        rate = 100 * float(won[place] / closed) if closed else None
        return int(won[place]), int(lost[place]), rate, float(amount[place])

    return came


def _of_all(log: EventLog, filled: Numbers) -> tuple[Took | None, Took | None]:
    if not len(filled):
        return None, None
    one = np.zeros(len(filled), dtype=np.int64)
    took = spreads(one, durations(log)[filled], 1).took(0)
    return took, None if log.worked is None else spreads(one, durations(log, log.worked)[filled], 1).took(0)
