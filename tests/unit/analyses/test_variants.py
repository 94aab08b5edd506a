"""The ways that cases go: their order, their figures, and that no two are taken for one."""

from collections import Counter

import numpy as np
import pytest

from voronka.analyses import variants as subject
from voronka.analyses.event_log import EventLog, event_log
from voronka.analyses.spread import Took
from voronka.analyses.variants import NO_VARIANT, RARER, Outcomes, durations, variants

SECOND = 1_000_000


def ways(log: EventLog) -> list[tuple[str, int]]:
    return [("".join(log.steps[step] for step in each.steps), each.cases) for each in variants(log).variants]


def test_variants_by_hand() -> None:
    # a: Z Y in 10 s, b: X in 0, c: Z Y in 30, d: Y X in 5, e: Y in 0, f: no event
    cases, steps = "aaccbdde", "ZYZYXYXY"
    made = event_log(cases, steps, np.array([0, 10, 5, 35, 7, 1, 6, 3]) * SECOND)
    log = EventLog([*made.cases, "f"], made.steps, np.append(made.first, made.first[-1]), made.step, made.at)
    assert list(log.cases) == ["a", "c", "b", "d", "e", "f"]
    outcomes = Outcomes(
        won=np.array([True, False, False, True, False, True]),
        lost=np.array([False, True, False, False, False, False]),
        amount=np.array([100.0, np.nan, np.nan, np.nan, np.nan, 7.0]),
    )
    found = variants(log, outcomes)
    assert [("".join(log.steps[s] for s in v.steps), v.cases, v.share) for v in found.variants] == [
        ("ZY", 2, 40),
        ("X", 1, 20),
        ("Y", 1, 20),
        ("YX", 1, 20),
    ]
    assert [(v.won, v.lost, v.win_rate, v.amount) for v in found.variants] == [
        (1, 1, 50, 100),
        (0, 0, None, 0),
        (0, 0, None, 0),
        (1, 0, 100, 0),
    ]
    assert found.variants[0].took == Took(20, 20, pytest.approx(28))  # type: ignore[arg-type]
    assert found.of_case.tolist() == [0, 0, 1, 3, 2, NO_VARIANT]
    # 0, 0, 5, 10, 30
    assert found.took == Took(5, 9, pytest.approx(22))  # type: ignore[arg-type]


def test_working_time_is_that_of_the_clock() -> None:
    log = event_log("aab", "XYX", np.array([0, 50, 3]) * SECOND, worked=np.array([10, 30, 0]) * SECOND)
    found = variants(log)
    assert found.variants[1].working == Took(20, 20, 20)
    assert found.working == Took(10, 10, pytest.approx(18))  # type: ignore[arg-type]
    assert durations(log).tolist() == [50 * SECOND, 0]


def test_a_log_without_events_has_no_variants() -> None:
    found = variants(event_log([], [], np.array([], dtype=np.int64)))
    assert (found.count, found.variants, found.took, found.of_case.tolist()) == (0, (), None, [])


@pytest.mark.parametrize("most", [0, 1, 2, 3, 9])
def test_the_most_frequent_are_the_first_of_all(most: int) -> None:
    # three ways of two cases each tie for the second place, one case goes another way
    ways = ["XY"] * 3 + ["Y", "Z", "X"] * 2 + ["ZX"]
    cases = [str(number) for number, way in enumerate(ways) for _ in way]
    log = event_log(cases, "".join(ways), np.arange(len(cases)))
    every, few = variants(log), variants(log, most=most)
    assert few.variants == every.variants[:most]
    assert (few.count, few.took) == (5, every.took)
    assert few.of_case.tolist() == [place if place < most else RARER for place in every.of_case.tolist()]
    assert few.of_case.tolist()[:3] == [0 if most else RARER] * 3


@pytest.mark.parametrize("told_by", ["numbers", "steps"])
def test_variants_are_those_of_plain_counting(told_by: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if told_by == "steps":  # as if the numbers worked out of different steps were alike
        monkeypatch.setattr(subject, "_fingerprints", lambda log, filled: log.lengths[filled] % 2)
    random = np.random.default_rng(4)
    cases, names = random.integers(0, 900, 2500), random.integers(0, 3, 2500)
    log = event_log(map(str, cases), ("XYZ"[name] for name in names), np.arange(2500))
    taken: dict[int, str] = {}
    for case, name in zip(cases.tolist(), names.tolist(), strict=True):
        taken[case] = taken.get(case, "") + "XYZ"[name]
    counted = Counter(taken.values())
    assert ways(log) == sorted(counted.items(), key=lambda way: (-way[1], tuple(way[0])))
    assert [way for way, _ in ways(log)][:3] != sorted(counted)[:3]
    found = variants(log)
    named = ["".join(log.steps[s] for s in v.steps) for v in found.variants]
    assert [named[place] for place in found.of_case] == [taken[int(case)] for case in log.cases]
    assert sum(each.share for each in found.variants) == pytest.approx(100)
