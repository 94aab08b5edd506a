import pytest

from voronka.analyses.chance import LEVEL, counts_differ, level_among, shares_differ


def test_counts_differ_beyond_1_96_roots_of_their_sum() -> None:
    # 100 and 75: apart by 25, 1.96 * sqrt(175) = 25.93; 100 and 73: apart by 27, 1.96 * sqrt(173) = 25.78
    assert not counts_differ(100, 75)
    assert counts_differ(100, 73)
    assert counts_differ(73, 100)
    assert not counts_differ(0, 0)
    assert not counts_differ(3, 0)  # 1.96 * sqrt(3) = 3.39
    assert counts_differ(4, 0)  # 1.96 * 2 = 3.92


def test_shares_differ_by_the_pooled_standard_error() -> None:
    # 50 and 36 of 100: pooled 0.43, error sqrt(0.43 * 0.57 * 0.02) = 0.0700, 1.96 of them 0.1372
    assert shares_differ(50, 100, 36, 100)
    # 50 and 37 of 100: pooled 0.435, error 0.0701, 1.96 of them 0.1374
    assert not shares_differ(50, 100, 37, 100)
    assert shares_differ(500, 1000, 440, 1000)


def test_nothing_is_known_to_differ_where_one_side_has_nobody() -> None:
    assert not shares_differ(0, 0, 50, 100)
    assert not shares_differ(50, 100, 0, 0)


def test_equal_certainties_do_not_differ() -> None:
    assert not shares_differ(10, 10, 20, 20)
    assert not shares_differ(0, 10, 0, 20)
    assert shares_differ(20, 20, 0, 20)


def test_the_strangest_of_many_must_be_stranger() -> None:
    # the 97.5 % point of the normal distribution, then the 99.75 % point: 5 % over ten comparisons, two-sided
    assert level_among(1) == LEVEL
    assert level_among(10) == pytest.approx(2.807, abs=0.001)
    assert shares_differ(60, 100, 45, 100) is True  # 2.1 errors
    assert shares_differ(60, 100, 45, 100, level_among(10)) is False
