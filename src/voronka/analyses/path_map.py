"""The map of a process: which step follows which directly, in how many cases, and how long that takes."""

from dataclasses import dataclass, replace
from heapq import heappop, heappush

import numpy as np

from voronka.analyses.event_log import EventLog, Numbers
from voronka.analyses.spread import Took, spreads

START, END = -1, -2
"""Places before the first and behind the last step of a case, where an edge leads from or to one."""
_SMALL_NUMBERS = 1 << 16
_TABLE_MOST = 1 << 22
"""Pairs of steps up to which they are counted in a table of all pairs."""


@dataclass(frozen=True)
class Node:
    """A step (its place in the log's steps): how often it happened, in how many cases, first and last in how many."""

    step: int
    count: int
    cases: int
    starts: int
    ends: int


@dataclass(frozen=True)
class Edge:
    """One step directly followed by another: how often, in how many cases, and the time from the one to the other.

    `working` is time of the company's working clock, None where the log has none.
    """

    source: int
    target: int
    count: int
    cases: int
    calendar: Took
    working: Took | None


@dataclass(frozen=True)
class PathMap:
    """The steps that happened and the edges between them, each the most frequent first, ties by their places.

    `starts` and `ends` are the steps whose edges from the start and to the end are shown; `left_out` counts the edges
    that a lower level of detail leaves out, those of start and end among them.
    """

    cases: int
    events: int
    steps: tuple[str, ...]
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    left_out: int = 0


def path_map(log: EventLog) -> PathMap:
    """Return the whole map of a log; cases without events are none."""
    nodes = _nodes(log)
    return PathMap(
        cases=int(np.count_nonzero(log.lengths)),
        events=len(log.step),
        steps=tuple(log.steps),
        nodes=nodes,
        edges=_edges(log),
        starts=tuple(node.step for node in nodes if node.starts),
        ends=tuple(node.step for node in nodes if node.ends),
    )


def _nodes(log: EventLog) -> tuple[Node, ...]:
    every = len(log.steps)
    filled = log.lengths > 0
    starts = np.bincount(log.step[log.first[:-1][filled]], minlength=every)
    ends = np.bincount(log.step[log.first[1:][filled] - 1], minlength=every)
    counts, cases = np.bincount(log.step, minlength=every), _distinct(log.step, log.case, every)
    order = np.lexsort((np.arange(every), -counts))
    return tuple(
        Node(step, int(counts[step]), int(cases[step]), int(starts[step]), int(ends[step]))
        for step in order.tolist()
        if counts[step]
    )


def _edges(log: EventLog) -> tuple[Edge, ...]:
    before = np.flatnonzero(_has_next(log))
    edge, pairs = _numbered(log.step[before], log.step[before + 1], len(log.steps))
    counts, cases = np.bincount(edge, minlength=len(pairs)), _distinct(edge, log.case[before], len(pairs))
    calendar = spreads(edge, log.at[before + 1] - log.at[before], len(pairs))
    working = None
    if log.worked is not None:
        working = spreads(edge, log.worked[before + 1] - log.worked[before], len(pairs))
    sources, targets = np.divmod(pairs, max(len(log.steps), 1))
    return tuple(
        Edge(
            int(sources[place]),
            int(targets[place]),
            int(counts[place]),
            int(cases[place]),
            calendar.took(place),
            None if working is None else working.took(place),
        )
        for place in np.lexsort((pairs, -counts)).tolist()
    )


def _has_next(log: EventLog) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Say of each event whether another one of its case follows."""
    follows = np.ones(len(log.step), dtype=np.bool_)
    follows[log.first[1:][log.lengths > 0] - 1] = False
    return follows


def _numbered(source: Numbers, target: Numbers, steps: int) -> tuple[Numbers, Numbers]:
    """Return the number of each pair, and the pairs as source * steps + target in order."""
    pair = source * steps + target
    if steps * steps > _TABLE_MOST:
        pairs, number = np.unique(pair, return_inverse=True)
        return number, pairs
    pairs = np.flatnonzero(np.bincount(pair, minlength=steps * steps))
    places = np.zeros(steps * steps, dtype=np.int64)
    places[pairs] = np.arange(len(pairs))
    return places[pair], pairs


def _distinct(group: Numbers, case: Numbers, groups: int) -> Numbers:
    """Return in how many different cases each group stands; cases come in order."""
    if not len(group):
        return np.zeros(groups, dtype=np.int64)
    # small numbers are sorted by their digits, several times faster; a stable sort keeps the cases in order
    order = np.argsort(group.astype(np.uint16) if groups <= _SMALL_NUMBERS else group, kind="stable")
    group, case = group[order], case[order]
    is_new = np.concatenate(([True], (group[1:] != group[:-1]) | (case[1:] != case[:-1])))
    return np.bincount(group[is_new], minlength=groups)


def at_detail(whole: PathMap, share: float) -> PathMap:
    """Return the map with its strongest edges only: the fewest that hold `share` (0-1) of what cases pass.

    An edge is as strong as it has cases, those from the start and to the end too; those as strong as the weakest of the
    shown are shown. Beside them every step keeps its strongest way from the start and to the end, the way whose weakest
    edge is strongest, so that no step hangs in the air.
    """
    strengths = _strengths(whole)
    ordered = sorted(strengths.values(), reverse=True)
    reached = np.searchsorted(np.cumsum(ordered), share * sum(ordered) * (1 - 1e-12))
    least = ordered[min(int(reached), len(ordered) - 1)] if ordered and share > 0 else float("inf")
    shown = {pair for pair, strength in strengths.items() if strength >= least}
    shown |= _strongest_ways(strengths, START)
    shown |= {(one, other) for other, one in _strongest_ways({(b, a): n for (a, b), n in strengths.items()}, END)}
    return replace(
        whole,
        edges=tuple(edge for edge in whole.edges if (edge.source, edge.target) in shown),
        starts=tuple(step for step in whole.starts if (START, step) in shown),
        ends=tuple(step for step in whole.ends if (step, END) in shown),
        left_out=len(strengths) - len(shown),
    )


def _strengths(whole: PathMap) -> dict[tuple[int, int], int]:
    found = {(edge.source, edge.target): edge.cases for edge in whole.edges}
    found |= {(START, node.step): node.starts for node in whole.nodes if node.starts}
    return found | {(node.step, END): node.ends for node in whole.nodes if node.ends}


def _strongest_ways(strengths: dict[tuple[int, int], int], begin: int) -> set[tuple[int, int]]:
    """Return the edges of the strongest ways from one place to all others (Dijkstra's search, by the weakest edge)."""
    leaving: dict[int, list[tuple[int, int]]] = {}
    for (source, target), strength in strengths.items():
        leaving.setdefault(source, []).append((target, strength))
    ways: set[tuple[int, int]] = set()
    reached: set[int] = set()
    waiting = [(float("-inf"), 0, begin, begin)]
    while waiting:
        weakest, length, place, before = heappop(waiting)
        if place in reached:
            continue
        reached.add(place)
        if place != begin:
            ways.add((before, place))
        for target, strength in leaving.get(place, ()):
            if target not in reached:
                heappush(waiting, (max(weakest, -strength), length + 1, target, place))
    return ways
