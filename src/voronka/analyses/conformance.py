"""How far cases go by the stages of their model: fitness of each case and of the log, and the deviations by kind."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from voronka.analyses.alignment import KINDS, OUTSIDE, OUTSIDE_PLACE, SKIPPED, Alignment, Model, align
from voronka.analyses.difference import Difference, of_medians, of_shares
from voronka.analyses.event_log import EventLog, Numbers
from voronka.analyses.spread import Floats
from voronka.analyses.variants import Outcomes, alike, durations

Truths = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Deviation:
    """One kind of deviation at one step: how often, in how many cases, and what differs where it stands.

    `share` is of all cases, in percent. `time` is the median time (microseconds from first to last event) of cases with
    it minus that of cases without it, `win_rate` the same of won of closed cases, in points of percent: what goes
    together, not what causes what. None where there is nobody to compare, or outcomes are not known. `in_case` says of
    each case of the log whether it stands in it.
    """

    kind: str
    step: str
    count: int
    cases: int
    share: float
    time: Difference | None
    win_rate: Difference | None
    in_case: Truths


@dataclass(frozen=True, eq=False)
class Conformance:
    """What alignments with the model cost (alignment.py), per case and for the log; cases without events are left out.

    `cost` and `fitness` are beside the log's cases (NaN for a case without events). `mean_fitness` is the mean of the
    cases', `log_fitness` 1 - all that was paid / all that could be, in which long cases weigh more; both None without
    cases. `conforming` counts the cases that cost nothing. Deviations: those of most cases first.
    """

    model: Model
    cases: int
    cost: Numbers
    fitness: Floats
    mean_fitness: float | None
    log_fitness: float | None
    conforming: int
    deviations: tuple[Deviation, ...]


@dataclass(frozen=True, eq=False)
class _Aligned:
    """Alignments of the different ways in which cases go through the model's steps, and which of them each case has."""

    alignments: list[Alignment]
    steps: list[tuple[int, ...]]
    of_case: Numbers


def conformance(
    log: EventLog, model: Model, outcomes: Outcomes | None = None, may_stop: Truths | None = None
) -> Conformance:
    """Return how far the cases of a log go by a model.

    `may_stop` says of each case whether it may end behind any stage, as open cases may; None: every case has to get to
    the end or to an exit. Steps of the model need not happen in the log.
    """
    stops = np.zeros(len(log.cases), dtype=np.bool_) if may_stop is None else may_stop
    place = _places(log, model)
    aligned = _aligned(log, model, place, stops)
    filled = log.lengths > 0
    cost = np.array([each.cost for each in aligned.alignments], dtype=np.int64)[aligned.of_case]
    cost += np.bincount(log.case[place == OUTSIDE_PLACE], minlength=len(log.cases))
    shortest = np.where(stops, model.shortest(may_stop=True), model.shortest(may_stop=False))
    most = log.lengths + shortest
    fitness = np.where(filled, 1 - cost / most, np.nan)
    cases = int(np.count_nonzero(filled))
    return Conformance(
        model,
        cases,
        np.where(filled, cost, 0),
        fitness,
        float(fitness[filled].mean()) if cases else None,
        float(1 - cost[filled].sum() / most[filled].sum()) if cases else None,
        int(np.count_nonzero(cost[filled] == 0)),
        _deviations(log, place, model, aligned, outcomes),
    )


def _places(log: EventLog, model: Model) -> Numbers:
    """Return the place in the model of each event."""
    known = {name: number for number, name in enumerate(model.steps, start=1)}
    return np.array([known.get(step, OUTSIDE_PLACE) for step in log.steps], dtype=np.int64)[log.step]


def _aligned(log: EventLog, model: Model, place: Numbers, stops: Truths) -> _Aligned:
    """Align each way once. Events outside of the model cost one each whatever else happens: they are left out of it."""
    inside = place != OUTSIDE_PLACE
    lengths = np.bincount(log.case[inside], minlength=len(log.cases))
    first = np.concatenate(([0], np.cumsum(lengths)))
    within = EventLog(log.cases, ("", *model.steps), first, place[inside], log.at[inside])
    group, examples = alike(within)
    ways = [tuple(within.step[first[case] : first[case + 1]].tolist()) for case in examples.tolist()]
    ways.append(())  # of cases with no event inside: the last one is also that of number -1
    kinds, of_case = np.unique((group % len(ways)) * 2 + stops, return_inverse=True)
    taken = [(ways[kind // 2], bool(kind % 2)) for kind in kinds.tolist()]
    alignments = [align(way, model, may_stop=may_stop) for way, may_stop in taken]
    return _Aligned(alignments, [way for way, _ in taken], of_case)


def _deviations(
    log: EventLog, place: Numbers, model: Model, aligned: _Aligned, outcomes: Outcomes | None
) -> tuple[Deviation, ...]:
    found = _Found(log, outcomes)
    inside = [found.deviation(kind, model.steps[at - 1], counts) for kind, at, counts in _inside(aligned)]
    outside = [found.deviation(OUTSIDE, log.steps[step], counts) for step, counts in _outside(log, place)]
    order = {step: number for number, step in enumerate((*model.steps, *log.steps))}
    every = [deviation for deviation in (*inside, *outside) if deviation.cases]
    return tuple(sorted(every, key=lambda each: (-each.cases, KINDS.index(each.kind), order[each.step])))


def _inside(aligned: _Aligned) -> Iterator[tuple[str, int, Numbers]]:
    """Yield kind, place and how often each case has it, of deviations at steps of the model."""
    often: dict[tuple[str, int], dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for number, (alignment, way) in enumerate(zip(aligned.alignments, aligned.steps, strict=True)):
        for at in alignment.skipped:
            often[SKIPPED, at][number] += 1
        for index, kind in alignment.left_out:
            often[kind, way[index]][number] += 1
    for (kind, at), by_way in often.items():
        counts = np.zeros(len(aligned.alignments), dtype=np.int64)
        counts[list(by_way)] = list(by_way.values())
        yield kind, at, counts[aligned.of_case]


def _outside(log: EventLog, place: Numbers) -> Iterator[tuple[int, Numbers]]:
    """Yield each step that the model does not know, and how often each case has it."""
    outside = np.flatnonzero(place == OUTSIDE_PLACE)
    ordered = outside[np.argsort(log.step[outside], kind="stable")]
    steps, first = np.unique(log.step[ordered], return_index=True)
    for step, begin, end in zip(steps.tolist(), first, np.append(first[1:], len(ordered)), strict=False):
        yield step, np.bincount(log.case[ordered[begin:end]], minlength=len(log.cases))


class _Found:
    """Makes deviations of how often each case has them; what cases took and became is worked out once."""

    def __init__(self, log: EventLog, outcomes: Outcomes | None) -> None:
        self._filled = log.lengths > 0
        took = durations(log)
        self._order = np.argsort(took, kind="stable")
        self._order = self._order[self._filled[self._order]]
        self._took = took[self._order]
        self._outcomes = outcomes

    def deviation(self, kind: str, step: str, counts: Numbers) -> Deviation:
        """Return the deviation that each case has so often."""
        has = (counts > 0) & self._filled
        cases, every = int(np.count_nonzero(has)), len(self._order)
        ordered = has[self._order]
        time = of_medians(self._took[ordered], self._took[~ordered])
        share = 100 * cases / every if every else 0.0
        return Deviation(kind, step, int(counts[self._filled].sum()), cases, share, time, self._win_rate(has), has)

    def _win_rate(self, has: Truths) -> Difference | None:
        if self._outcomes is None:
            return None
        won, closed = self._outcomes.won, self._outcomes.won | self._outcomes.lost
        sides = (has, ~has & self._filled)
        (of_one, one), (of_other, other) = ((_count(won & side), _count(closed & side)) for side in sides)
        return of_shares(of_one, one, of_other, other)


def _count(truths: Truths) -> int:
    return int(np.count_nonzero(truths))
