"""Expected values are from printed tables of the distributions, from exact counting, or worked out by hand."""

from itertools import combinations
from math import comb

import numpy as np
import pytest

from voronka.analyses.alike import Moments, alike_within, chi_square_beyond, f_beyond, means_alike, shares_alike

DRAWN = np.random.default_rng(1)


@pytest.mark.parametrize(
    ("statistic", "freedom", "chance"),
    [(3.841, 1, 0.05), (5.991, 2, 0.05), (11.345, 3, 0.01), (18.307, 10, 0.05), (42.557, 29, 0.05), (49.588, 29, 0.01)],
)
def test_the_chi_square_is_that_of_the_tables(statistic: float, freedom: int, chance: float) -> None:
    assert chi_square_beyond(statistic, freedom) == pytest.approx(chance, rel=5e-4)


@pytest.mark.parametrize(
    ("statistic", "above", "below", "chance"),
    [(4.96, 1, 10, 0.05), (2.87, 4, 20, 0.05), (4.43, 4, 20, 0.01), (2.85, 8, 12, 0.05), (1.0, 5, 5, 0.5)],
)
def test_the_f_is_that_of_the_tables(statistic: float, above: int, below: int, chance: float) -> None:
    assert f_beyond(statistic, above, below) == pytest.approx(chance, abs=1.5e-3)


def test_two_people_by_hand() -> None:
    # 30 of 50 and 20 of 50 against 25 expected: 4 * 25 / 25 = 4, one degree of freedom
    found = shares_alike([30, 20], [50, 50])
    assert found is not None
    assert (found.method, found.freedom) == ("chi_square", 1)
    assert found.statistic == pytest.approx(4.0)
    assert found.chance == pytest.approx(0.0455, abs=1e-4)


def test_small_counts_are_dealt_again_and_again() -> None:
    # 4 of 5, 1 of 5, 1 of 5: all 3,003 ways to deal six successes over fifteen trials are counted
    of, among = (4, 1, 1), (5, 5, 5)
    ways = [
        tuple(sum(place // 5 == who for place in chosen) for who in range(3)) for chosen in combinations(range(15), 6)
    ]
    far = sum((each - 2) ** 2 for each in of)
    exact = sum(sum((each - 2) ** 2 for each in way) >= far for way in ways) / comb(15, 6)
    found = shares_alike(of, among)
    assert found is not None
    assert found.method == "drawn"
    assert found.chance == pytest.approx(exact, abs=4 * (exact * (1 - exact) / 2_000) ** 0.5)
    assert shares_alike(of, among) == found  # chance is drawn in the same order every time


def test_nobody_differs_where_nothing_or_everything_came() -> None:
    assert [shares_alike(of, [7, 9]).chance for of in ([0, 0], [7, 9])] == [1.0, 1.0]  # type: ignore[union-attr]
    assert shares_alike([3], [7]) is None


def test_what_the_mix_makes_easy_is_nobodys_merit() -> None:
    # both do 90 of 100 easy ones and 10 of 100 hard ones; one has mostly easy ones
    easy = (np.array([81.0, 9.0]), np.array([90.0, 10.0]))
    hard = (np.array([1.0, 9.0]), np.array([10.0, 90.0]))
    whole = shares_alike([82, 18], [100, 100])
    within = alike_within([easy, hard])
    assert whole is not None
    assert within is not None
    assert whole.chance < 1e-6
    assert within.statistic == pytest.approx(0.0)
    assert within.chance > 0.9


def test_means_by_hand() -> None:
    # Welch for two groups is the square of his t: means 10 and 13, variances 4 and 16, ten values each:
    # t = 3 / sqrt(0.4 + 1.6) = 2.1213, freedom = 4 / (0.16 / 9 + 2.56 / 9) = 13.235
    found = means_alike([Moments(10, 10.0, 2.0), Moments(10, 13.0, 4.0)])
    assert found is not None
    assert found.statistic == pytest.approx(4.5)
    assert found.chance == pytest.approx(0.0532, abs=5e-4)
    assert means_alike([Moments(1, 10.0, 0.0), Moments(10, 13.0, 4.0)]) is None


def _rejected(shares: np.ndarray, sizes: np.ndarray, times: int) -> float:
    """Return how often people with these shares are said to differ at 5 %."""
    came = DRAWN.binomial(sizes, shares, size=(times, len(sizes)))
    found = [shares_alike(each.tolist(), sizes.tolist()) for each in came]
    return sum(each.chance < 0.05 for each in found if each) / times


def test_who_are_alike_are_said_to_differ_in_five_of_a_hundred() -> None:
    sizes = np.array([12, 20, 35, 60, 90, 140])
    assert _rejected(np.full(6, 0.3), sizes, 1_500) == pytest.approx(0.05, abs=4 * (0.05 * 0.95 / 1_500) ** 0.5)


def test_small_counts_keep_the_five_of_a_hundred_too() -> None:
    sizes = np.array([4, 6, 9, 5, 7])
    assert _rejected(np.full(5, 0.15), sizes, 200) <= 0.05 + 4 * (0.05 * 0.95 / 200) ** 0.5


def test_who_differ_much_are_found() -> None:
    # 40 and 60 of 100, ten people: the noncentrality is 10 * 100 * 0.1^2 / 0.25 = 40 with nine degrees of freedom
    assert _rejected(np.array([0.4, 0.6] * 5), np.full(10, 100), 300) > 0.97


def test_means_of_people_who_vary_differently_keep_the_five_of_a_hundred() -> None:
    sizes, spreads = np.array([8, 15, 30, 60]), np.array([1.0, 4.0, 2.0, 8.0])
    times, found = 1_500, 0
    for _ in range(times):
        values = [DRAWN.normal(5, spread, size) for size, spread in zip(sizes, spreads, strict=True)]
        tested = means_alike([Moments(len(each), float(each.mean()), float(each.std(ddof=1))) for each in values])
        found += tested is not None and tested.chance < 0.05
    assert found / times == pytest.approx(0.05, abs=4 * (0.05 * 0.95 / times) ** 0.5)
