"""Chances of splits are those counted by hand, and many tests together find something false in few cases only."""

from fractions import Fraction
from math import comb

import numpy as np
import pytest

from voronka.analyses.chance_exact import fisher, holm


def test_a_lady_tasting_tea() -> None:
    # of eight cups four with milk first, three of them told: 1 + 16 ways of 70 are at least as good, as many as bad
    assert fisher(3, 4, 1, 4) == pytest.approx(34 / 70)
    assert fisher(4, 4, 0, 4) == pytest.approx(2 / 70)


@pytest.mark.parametrize("split", [(2, 9, 7, 11), (0, 30, 6, 40), (50, 120, 80, 125)])
def test_the_chance_is_that_of_all_tables_no_likelier(split: tuple[int, int, int, int]) -> None:
    of_one, one, of_other, other = split
    of = of_one + of_other
    ways = {seen: comb(one, seen) * comb(other, of - seen) for seen in range(max(0, of - other), min(of, one) + 1)}
    told = Fraction(sum(each for each in ways.values() if each <= ways[of_one]), comb(one + other, of))
    assert fisher(*split) == pytest.approx(float(told), rel=1e-9)


def test_where_there_is_nothing_to_split_nothing_is_unlikely() -> None:
    assert fisher(0, 10, 0, 10) == 1
    assert fisher(10, 10, 7, 7) == 1
    assert fisher(0, 0, 3, 10) == 1


def test_each_chance_is_multiplied_by_the_tests_left_and_never_falls() -> None:
    # 0.01 x 4; then 0.02 x 3; 0.03 x 2 would be no more than that; 0.5 x 1
    assert holm([0.02, 0.5, 0.01, 0.03]) == pytest.approx([0.06, 0.5, 0.04, 0.06])
    assert holm([0.6, 0.7]) == [1.0, 1.0]
    assert holm([]) == []


def test_of_twenty_tests_of_nothing_one_is_found_in_one_look_of_twenty_at_most() -> None:
    random = np.random.default_rng(7)
    looks = [min(holm(random.random(20).tolist())) for _ in range(2000)]
    # 5 % of 2,000, and three standard errors of it
    assert 70 < sum(each < 0.05 for each in looks) < 130
