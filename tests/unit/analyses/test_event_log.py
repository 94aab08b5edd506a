"""Event logs: the order of events, the numbers of cases and steps."""

import numpy as np

from voronka.analyses.event_log import event_log


def test_events_stand_by_case_and_time_and_those_of_one_time_as_given() -> None:
    log = event_log(["b", "a", "b", "b", "a"], ["Y", "X", "Z", "X", "Z"], np.array([5, 1, 2, 5, 1]))
    assert list(log.cases) == ["b", "a"]
    assert list(log.steps) == ["Y", "X", "Z"]
    assert log.first.tolist() == [0, 3, 5]
    assert [log.steps[step] for step in log.step] == ["Z", "Y", "X", "X", "Z"]
    assert log.at.tolist() == [2, 5, 5, 1, 1]
    assert log.lengths.tolist() == [3, 2]
    assert log.case.tolist() == [0, 0, 0, 1, 1]


def test_an_event_of_the_case_step_and_time_of_another_one_is_a_repeated_one() -> None:
    # a has X twice at 1 with a Y between, and X again at 2; what b does at 1 is its own
    cases, steps = ["a", "a", "a", "a", "b", "b", "b"], ["X", "Y", "X", "X", "X", "X", "X"]
    assert event_log(cases, steps, np.array([1, 1, 1, 2, 1, 1, 1])).repeated == 1 + 2
    assert event_log(["a"], ["X"], np.array([1])).repeated == 0
    assert event_log([], [], np.array([], dtype=np.int64)).repeated == 0


def test_known_steps_come_first_met_or_not() -> None:
    log = event_log(["a", "a"], ["Y", "X"], np.array([1, 2]), known=["X", "W"])
    assert list(log.steps) == ["X", "W", "Y"]
    assert log.step.tolist() == [2, 0]


def test_a_part_of_the_cases_keeps_the_places_of_steps_and_the_working_clock() -> None:
    at = np.array([1, 2, 3, 4])
    log = event_log(["a", "b", "b", "c"], ["X", "Y", "Z", "X"], at, worked=at * 10).of(np.array([False, True, True]))
    assert list(log.cases) == ["b", "c"]
    assert list(log.steps) == ["X", "Y", "Z"]
    assert log.first.tolist() == [0, 2, 3]
    assert log.step.tolist() == [1, 2, 0]
    assert log.worked is not None
    assert log.worked.tolist() == [20, 30, 40]


def test_a_part_of_the_steps_keeps_the_places_of_cases_and_steps() -> None:
    at = np.array([1, 2, 3, 4])
    log = event_log(["a", "b", "b", "c"], ["X", "Y", "X", "Y"], at, worked=at * 10).only(np.array([False, True]))
    assert (list(log.cases), list(log.steps)) == (["a", "b", "c"], ["X", "Y"])
    assert (log.first.tolist(), log.step.tolist(), log.at.tolist()) == ([0, 0, 1, 2], [1, 1], [2, 4])
    assert log.worked is not None
    assert log.worked.tolist() == [20, 40]


def test_a_log_without_events_has_no_cases() -> None:
    log = event_log([], [], np.array([], dtype=np.int64))
    assert (list(log.cases), log.first.tolist(), log.lengths.tolist()) == ([], [0], [])


def test_a_log_of_an_earlier_moment_knows_nothing_of_what_came_after() -> None:
    at = np.array([1, 2, 3, 4])
    log = event_log(["a", "b", "b", "c"], ["X", "Y", "X", "Y"], at, worked=at * 10).until(2)
    assert (list(log.cases), log.first.tolist(), log.at.tolist()) == (["a", "b", "c"], [0, 1, 2, 2], [1, 2])
    assert log.worked is not None
    assert log.worked.tolist() == [10, 20]


def test_among_some_cases_the_others_keep_their_places_without_events() -> None:
    at = np.array([1, 2, 3, 4])
    log = event_log(["a", "b", "b", "c"], ["X", "Y", "X", "Y"], at, worked=at * 10).among(np.array([True, False, True]))
    assert (list(log.cases), log.first.tolist(), log.at.tolist()) == (["a", "b", "c"], [0, 1, 1, 2], [1, 4])
    assert log.worked is not None
    assert log.worked.tolist() == [10, 40]
