"""Two groups' paths differ where they were made to, and hardly ever where they were not."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pytest

from voronka.analyses.event_log import EventLog, event_log
from voronka.analyses.path_difference import PathDifference, path_difference, together

HOUR = 3_600_000_000
Way = Sequence[tuple[str, float]]


def log_of(ways: Sequence[Way]) -> EventLog:
    """Return the log of cases, each of steps and the hours at which they happened."""
    cases = [f"c{number:03}" for number, way in enumerate(ways) for _ in way]
    steps = [step for way in ways for step, _ in way]
    at = np.array([round(hour * HOUR) for way in ways for _, hour in way], dtype=np.int64)
    return event_log(cases, steps, at)


def compared(one: Sequence[Way], other: Sequence[Way]) -> PathDifference:
    is_one = np.arange(len(one) + len(other)) < len(one)
    return path_difference(log_of([*one, *other]), is_one, ~is_one)


def named(found: PathDifference) -> Mapping[tuple[str | None, str], bool]:
    names = found.steps
    return {
        (None if each.source is None else names[each.source], names[each.target]): each.is_beyond_chance
        for each in found.shares
    }


def test_a_step_that_one_group_passes_more_often_is_told_with_its_shares() -> None:
    # 24 of 30 against 6 of 40 make a demo
    one = [[("A", 0), ("demo", 1), ("B", 2)]] * 24 + [[("A", 0), ("B", 2)]] * 6
    other = [[("A", 0), ("demo", 1), ("B", 2)]] * 6 + [[("A", 0), ("B", 2)]] * 34
    found = compared(one, other)
    demo = next(each for each in found.shares if each.source is None and found.steps[each.target] == "demo")
    assert (demo.cases_one, demo.cases_other, demo.share_one, demo.share_other) == (24, 6, 80, 15)
    assert demo.difference.value == 65
    assert demo.is_beyond_chance
    # all edges say the same; A and B are everybody's, and no edge has ten cases of both sides
    assert named(found) == {
        (None, "A"): False,
        (None, "B"): False,
        (None, "demo"): True,
        ("A", "demo"): True,
        ("demo", "B"): True,
        ("A", "B"): True,
    }
    assert found.times == ()
    assert found.compared == 6


def test_times_are_of_the_clock_that_is_asked_for() -> None:
    # 20 cases go on after a day, in which 9 hours are worked; 20 others after two days, with 18 hours of work
    ways = [[("A", 0), ("B", 24)]] * 20 + [[("A", 0), ("B", 48)]] * 20
    log, is_one = log_of(ways), np.arange(40) < 20
    worked = replace(log, worked=log.at * 9 // 24)
    by_clock = [path_difference(worked, is_one, ~is_one, clock).times[0] for clock in ("calendar", "working")]
    assert [(each.median_one / 3600, each.median_other / 3600) for each in by_clock] == [(24, 48), (9, 18)]
    # where nothing is known of working time no times are compared
    assert path_difference(log, is_one, ~is_one, "working").times == ()


def test_the_time_of_an_edge_is_that_of_each_case_first_passage() -> None:
    # 12 cases need 1 to 12 hours, 12 others ten times as long; that they do it again quickly counts for nothing
    slow = [[("A", 0), ("B", 10 * hour), ("A", 500), ("B", 500.5)] for hour in range(1, 13)]
    fast = [[("A", 0), ("B", hour)] for hour in range(1, 13)]
    waits = [[("A", 0), ("C", 1)]] * 10
    found = compared([*slow, *waits], [*fast, *waits])
    edge = found.times[0]
    assert (found.steps[edge.source or 0], found.steps[edge.target]) == ("A", "B")
    assert (edge.cases_one, edge.cases_other) == (12, 12)
    assert (edge.median_one, edge.median_other) == (65 * 3600, 6.5 * 3600)
    assert edge.difference.value == 58.5 * 3600
    assert edge.difference.low is not None
    assert edge.difference.low > 0
    assert edge.is_beyond_chance
    # A to C takes an hour in both: its share and its time are not beyond chance
    assert [each.is_beyond_chance for each in found.times] == [True, False]


def test_of_small_groups_nothing_is_said() -> None:
    found = compared([[("A", 0), ("B", 1)]] * 19, [[("A", 0)]] * 50)
    assert (found.is_enough, found.compared, found.shares, found.times) == (False, 0, (), ())
    assert (found.cases_one, found.cases_other) == (19, 50)


def test_what_few_cases_pass_is_not_compared() -> None:
    found = compared([[("A", 0), ("rare", 1)]] * 9 + [[("A", 0)]] * 20, [[("A", 0)]] * 20)
    assert named(found) == {(None, "A"): False}


def test_cases_of_neither_group_and_without_events_count_nowhere() -> None:
    log = log_of([[("A", 0)]] * 25 + [[("B", 0)]] * 25 + [[("A", 0), ("B", 1)]] * 30)
    bare = log.only(np.array([True, False]))
    of = np.arange(80)
    found = path_difference(bare, of < 25, (of >= 25) & (of < 80))
    # the B-cases have no event left: 30 of the other group do
    assert (found.cases_one, found.cases_other) == (25, 30)
    assert found.shares[0].difference.value == 0


def test_where_there_is_no_difference_one_is_hardly_ever_found() -> None:
    random = np.random.default_rng(11)
    looks = 200
    false = 0
    for _ in range(looks):
        ways = []
        for _ in range(60):
            kept = np.append(True, random.random(4) < 0.7)
            hours = np.cumsum(random.exponential(5, 5))
            ways.append([(step, hour) for step, hour, is_kept in zip("ABCDE", hours, kept, strict=True) if is_kept])
        found = compared(ways[:30], ways[30:])
        false += any(each.is_beyond_chance for each in (*found.shares, *found.times))
    # at most 5 % of looks, and two standard errors of that
    assert false <= looks * 0.05 + 2 * np.sqrt(looks * 0.05 * 0.95)


def test_logs_of_other_steps_become_one() -> None:
    one, other = log_of([[("A", 0), ("B", 1)]]), log_of([[("C", 5), ("A", 7)], [("B", 8)]])
    found = together(one, other)
    assert list(found.steps) == ["A", "B", "C"]
    assert found.first.tolist() == [0, 2, 4, 5]
    assert [found.steps[step] for step in found.step] == ["A", "B", "C", "A", "B"]
    assert found.at.tolist() == pytest.approx([0, HOUR, 5 * HOUR, 7 * HOUR, 8 * HOUR])
    assert found.worked is None
