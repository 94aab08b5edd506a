"""The cases behind a step, an edge and a way, worked out by hand and by walking each case."""

import numpy as np

from tests.unit.analyses.test_path_levels import log_of
from voronka.analyses.path_cases import of_way, with_edge, with_step
from voronka.analyses.path_map import END, START, path_map

LOG = log_of("ABC", "ACB", "AB", "", "BB")


def test_a_step_is_in_the_cases_in_which_it_happened() -> None:
    assert with_step(LOG, 2).tolist() == [True, True, False, False, False]


def test_an_edge_joins_no_two_cases() -> None:
    assert with_edge(LOG, 0, 1).tolist() == [True, False, True, False, False]
    # the last of "ACB" and the first of "AB" are neighbours, yet of two cases; so are "AB" and "BB"
    assert with_edge(LOG, 1, 0).tolist() == [False] * 5
    assert with_edge(LOG, 1, 1).tolist() == [False, False, False, False, True]


def test_start_and_end_are_the_first_and_last_steps() -> None:
    assert with_edge(LOG, START, 1).tolist() == [False, False, False, False, True]
    assert with_edge(LOG, 1, END).tolist() == [False, True, True, False, True]


def test_a_way_is_the_whole_of_a_case() -> None:
    assert of_way(LOG, (0, 1)).tolist() == [False, False, True, False, False]
    assert of_way(LOG, ()).tolist() == [False, False, False, True, False]
    assert of_way(LOG, (2, 2, 2, 2)).tolist() == [False] * 5


def test_behind_every_part_of_a_map_stand_as_many_cases_as_it_says() -> None:
    random = np.random.default_rng(3)
    log = log_of(*("".join(random.choice(list("ABCDE"), random.integers(1, 8))) for _ in range(60)))
    found = path_map(log)
    for node in found.nodes:
        assert with_step(log, node.step).sum() == node.cases
        assert with_edge(log, START, node.step).sum() == node.starts
        assert with_edge(log, node.step, END).sum() == node.ends
    for edge in found.edges:
        assert with_edge(log, edge.source, edge.target).sum() == edge.cases
