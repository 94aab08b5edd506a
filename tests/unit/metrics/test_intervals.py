import pytest

from voronka.metrics.intervals import wilson


def test_the_interval_is_wilsons() -> None:
    """10 of 20: 0.5 +- 0.2007, by the formula: centre 0.5, half 1.96/(1+0.19207) * sqrt(0.0125+0.0024009)."""
    low, high = wilson(10, 20)
    assert low == pytest.approx(29.93, abs=0.005)
    assert high == pytest.approx(70.07, abs=0.005)


def test_a_share_of_all_or_none_stays_inside_0_and_100() -> None:
    low, high = wilson(0, 10)
    assert low == 0
    assert high == pytest.approx(27.75, abs=0.005)
    assert wilson(10, 10)[1] == pytest.approx(100)


def test_a_share_of_nothing_has_no_interval() -> None:
    assert wilson(0, 0) == (None, None)
    assert wilson(None, 5) == (None, None)
