"""The level of an edge says when it is shown: the same edges as the map has at that level of detail."""

import numpy as np
import pytest

from voronka.analyses.event_log import EventLog
from voronka.analyses.path_levels import levels
from voronka.analyses.path_map import END, START, PathMap, at_detail, path_map


def log_of(*ways: str) -> EventLog:
    steps = sorted(set("".join(ways)))
    return EventLog(
        cases=[str(number) for number in range(len(ways))],
        steps=steps,
        first=np.cumsum([0, *(len(way) for way in ways)]),
        step=np.array([steps.index(letter) for way in ways for letter in way], dtype=np.int64),
        at=np.arange(sum(len(way) for way in ways), dtype=np.int64),
    )


def shown(found: PathMap) -> set[tuple[int, int]]:
    inner = {(edge.source, edge.target) for edge in found.edges}
    return inner | {(START, step) for step in found.starts} | {(step, END) for step in found.ends}


def test_levels_are_what_stronger_edges_hold() -> None:
    # start-A 4, B-end 4, A-B 3 of 13; A-C 1 and C-B 1 hold C, which is left without them
    found = levels(path_map(log_of("AB", "AB", "AB", "ACB")))
    assert found[START, 0] == found[1, END] == found[0, 1] == 0
    assert found[0, 2] == found[2, 1] == 0


def test_an_edge_that_nothing_hangs_on_has_what_stands_before_it() -> None:
    # start-A 5, A-B 4, B-end 4, then A-end 1: 13 of 14 stand before it
    found = levels(path_map(log_of("AB", "AB", "AB", "AB", "A")))
    assert found[0, END] == pytest.approx(13 / 14)


def test_the_edges_below_a_level_are_those_of_the_map_at_it() -> None:
    random = np.random.default_rng(7)
    for _ in range(30):
        ways = ["".join(random.choice(list("ABCDEFG"), random.integers(1, 9))) for _ in range(40)]
        whole = path_map(log_of(*ways))
        found = levels(whole)
        assert set(found) == shown(whole)
        for share in (0, 0.1, 0.333, 0.5, 0.8, 0.97, 1):
            expected = shown(at_detail(whole, share))
            assert {pair for pair, level in found.items() if level < share or not level} == expected
