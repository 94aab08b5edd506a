"""Slopes and their intervals are those of the formulas written out in full, and hold what they promise."""

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from voronka.analyses.clustered import slope, student
from voronka.analyses.event_log import Numbers

Floats = NDArray[np.float64]


def by_matrix(of: Floats, on: Floats, held: Sequence[Numbers] = ()) -> float:
    """Return the slope in a regression with an indicator for every level."""
    indicators = [(each == level) * 1.0 for each in held for level in range(1, int(each.max()) + 1)]
    design = np.stack([on, np.ones(len(on)), *indicators], axis=1)
    return float(np.linalg.lstsq(design, of)[0][0])


@pytest.mark.parametrize("levels", [0, 1, 2])
def test_the_slope_is_that_of_a_regression_with_indicators(levels: int) -> None:
    random = np.random.default_rng(3)
    held = [random.integers(0, 4, 300), random.integers(0, 7, 300)][:levels]
    on, cluster = random.normal(size=300), random.integers(0, 25, 300)
    of = np.asarray(0.4 * on + random.normal(size=300) + 0.3 * cluster, dtype=np.float64)
    for each in held:
        of += each
    found = slope(of, on, held, cluster)
    assert found is not None
    assert found.value == pytest.approx(by_matrix(of, on, held))


def test_the_interval_of_what_is_one_for_a_day_is_that_of_leaving_each_day_out() -> None:
    random = np.random.default_rng(4)
    day = np.repeat(np.arange(12), random.integers(1, 9, 12))
    on = random.normal(size=12)[day]
    of = on + random.normal(size=12)[day] + random.normal(size=len(day))
    found, value = slope(of, on, (), day), by_matrix(of, on)
    without = [by_matrix(of[day != each], on[day != each]) for each in range(12)]
    error = np.sqrt(11 / 12 * sum((each - value) ** 2 for each in without))
    assert found is not None
    assert found.high - found.value == pytest.approx(student(11) * error)


@pytest.mark.parametrize(("freedom", "point"), [(10, 2.2281), (24, 2.0639), (100, 1.9840)])
def test_the_points_of_student_are_those_of_the_tables(freedom: int, point: float) -> None:
    assert student(freedom) == pytest.approx(point, abs=2e-4)


def test_the_interval_holds_the_truth_in_95_of_100_looks_though_days_differ() -> None:
    random = np.random.default_rng(5)
    missed, by_chance = 0, 0
    for _ in range(1000):
        day = np.repeat(np.arange(30), 10)
        load = random.normal(size=30)[day]
        of = 0.5 * load + random.normal(size=30)[day] + random.normal(size=300)
        found = slope(of, load, (), day)
        assert found is not None
        missed += not found.low < 0.5 < found.high
        by_chance += (slope(of - 0.5 * load, load, (), day) or found).chance < 0.05
    # 5 to 6 % of 1,000, and three standard errors
    assert 29 <= missed <= 82
    assert 29 <= by_chance <= 82


def test_what_cannot_be_told_is_not() -> None:
    ones, days = np.ones(20), np.arange(20)
    on = np.arange(20.0)
    assert slope(on, ones, (), days) is None
    assert slope(on, on, (days,), days) is None
    assert slope(on, on, (), np.zeros(20, dtype=np.int64)) is None
    assert slope(ones[:0], ones[:0], (), days[:0]) is None
