"""Differences of two groups: published examples, and how often the intervals hold what is true."""

import numpy as np
import pytest

from voronka.analyses.difference import Difference, of_medians, of_shares


@pytest.mark.parametrize(
    ("counts", "low", "high"),
    # Newcombe (1998), table II, method 10
    [
        ((56, 70, 48, 80), 0.0524, 0.3339),
        ((9, 10, 3, 10), 0.1705, 0.8090),
        ((6, 7, 2, 7), 0.0582, 0.8062),
        ((5, 56, 0, 29), -0.0381, 0.1926),
        ((0, 10, 0, 20), -0.1611, 0.2775),
        ((10, 10, 0, 20), 0.6791, 1.0000),
    ],
)
def test_the_interval_of_two_shares_is_the_published_one(
    counts: tuple[int, int, int, int], low: float, high: float
) -> None:
    found = of_shares(*counts)
    assert found is not None
    assert (found.low, found.high) == pytest.approx((100 * low, 100 * high), abs=0.006)
    assert found.is_beyond_chance == (low > 0)


def test_nobody_on_one_side_differs_from_nobody() -> None:
    assert of_shares(0, 0, 1, 2) is None
    assert of_medians(np.array([], dtype=np.int64), np.array([1])) is None


def test_medians_of_few_values_have_no_interval() -> None:
    found = of_medians(np.array([1, 2, 9]), np.arange(20))
    assert found == Difference(2 - 9.5, None, None)
    assert not found.is_beyond_chance


def test_the_interval_of_a_median_stands_between_two_values() -> None:
    # of 100 values the 40th and the 61st hold the median (Campbell and Gardner, 1988); the other side is all noughts
    found = of_medians(np.arange(1, 101), np.zeros(10, dtype=np.int64))
    assert found == Difference(50.5, 50.5 - 10.5, 50.5 + 10.5)


def test_the_interval_of_two_medians_holds_their_difference_as_often_as_it_says() -> None:
    random = np.random.default_rng(1)
    held = 0
    for _ in range(1000):
        one = np.sort(random.exponential(1000, 60).astype(np.int64))
        other = np.sort(random.exponential(1500, 90).astype(np.int64))
        found = of_medians(one, other)
        assert found is not None
        assert found.low is not None
        assert found.high is not None
        held += found.low <= np.log(2) * (1000 - 1500) <= found.high
    assert 930 <= held <= 985
