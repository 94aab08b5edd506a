"""Which cases stand behind a part of a path: a step, an edge of the map, a way of going."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from voronka.analyses.event_log import EventLog
from voronka.analyses.path_map import END, START

Truths = NDArray[np.bool_]


def with_step(log: EventLog, step: int) -> Truths:
    """Say of each case whether a step (its place in the log's steps) happened in it."""
    return _cases(log, log.step == step)


def with_edge(log: EventLog, source: int, target: int) -> Truths:
    """Say of each case whether one step directly followed another; START and END stand before and behind a case."""
    filled = log.lengths > 0
    found = np.zeros(len(log.lengths), dtype=np.bool_)
    if source == START:
        found[filled] = log.step[log.first[:-1][filled]] == target
        return found
    if target == END:
        found[filled] = log.step[log.first[1:][filled] - 1] == source
        return found
    pair = np.zeros(len(log.step), dtype=np.bool_)
    pair[:-1] = (log.step[:-1] == source) & (log.step[1:] == target) & (log.case[:-1] == log.case[1:])
    return _cases(log, pair)


def of_way(log: EventLog, steps: Sequence[int]) -> Truths:
    """Say of each case whether its steps are these, in this order."""
    found = log.lengths == len(steps)
    places = log.first[:-1][found][:, None] + np.arange(len(steps))
    found[found] = (log.step[places] == np.asarray(steps, dtype=np.int64)).all(axis=1)
    return np.asarray(found, dtype=np.bool_)


def _cases(log: EventLog, events: Truths) -> Truths:
    found = np.zeros(len(log.lengths), dtype=np.bool_)
    found[log.case[events]] = True
    return found
