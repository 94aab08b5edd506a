import numpy as np
import pytest

from voronka.analyses.funnel_limits import binomial_limits, dispersion, mean_limits, share_limits, winsorised

DRAWN = np.random.default_rng(2)


def test_limits_lie_between_whole_counts_by_the_binomial() -> None:
    # of four at one half 1, 4, 6, 4, 1 of 16 ways: 0.0625, 0.3125, 0.6875 ... lie below; 0.2 lies 0.45 of the way
    # from nought to one: (1 - (0.3125 - 0.2) / 0.25) / 4
    assert binomial_limits(0.5, 4, [0.2]) == pytest.approx([0.1375])
    assert binomial_limits(0.5, 4, [0.0625]) == pytest.approx([0.0])
    assert binomial_limits(0.5, 4, [0.8]) == pytest.approx([(3 - (0.9375 - 0.8) / 0.25) / 4])
    assert binomial_limits(0.0, 4, [0.2]) == (0.0,)


def test_limits_of_many_are_those_of_the_normal_distribution() -> None:
    limits = share_limits(0.4)(10_000)
    error = (0.4 * 0.6 / 10_000) ** 0.5
    assert (limits.near_low, limits.near_high) == pytest.approx((0.4 - 1.96 * error, 0.4 + 1.96 * error), abs=2e-4)
    assert (limits.far_low, limits.far_high) == pytest.approx((0.4 - 3.09 * error, 0.4 + 3.09 * error), abs=2e-4)
    assert limits.is_beyond(0.42)
    assert not limits.is_beyond(0.412)
    assert limits.is_beyond(0.412, near=True)


def test_chance_alone_puts_as_many_beyond_a_limit_as_it_says() -> None:
    for share, among in ((0.3, 25), (0.63, 150), (0.05, 400)):
        limits = share_limits(share)(among)
        came = DRAWN.binomial(among, share, size=20_000) / among
        near = np.mean((came < limits.near_low) | (came > limits.near_high))
        far = np.mean((came < limits.far_low) | (came > limits.far_high))
        assert near < 0.06
        assert far < 0.0045


def test_a_tenth_at_each_end_is_drawn_in() -> None:
    assert winsorised(np.array([-9.0, -1, 0, 1, 2, 30])).tolist() == [-1, -1, 0, 1, 2, 2]


def test_people_who_differ_more_than_chance_widen_the_limits() -> None:
    # scores -4, -2, 0, 2, 4 become -2, -2, 0, 2, 2: phi is 16 / 5; tau^2 = (5 * 3.2 - 4) / (5 w - w) with w = 1 / 0.01
    values = 10 + 0.1 * np.array([-4.0, -2, 0, 2, 4])
    found = dispersion(values, np.full(5, 0.1), 10.0)
    assert found is not None
    assert found.phi == pytest.approx(3.2)
    assert found.is_over
    assert found.tau == pytest.approx((12 / 400) ** 0.5)
    limits = mean_limits(10.0, 0.1, found.tau)(1)
    assert limits.near_high == pytest.approx(10 + 1.959964 * (0.01 + 0.03) ** 0.5)


def test_one_exception_among_people_who_are_alike_is_no_dispersion() -> None:
    values = 10 + 0.1 * np.array([-1.0, -0.5, 0, 0.5, 1, 0.2, -0.2, 0.7, 9])
    found = dispersion(values, np.full(9, 0.1), 10.0)
    assert found is not None
    assert (found.is_over, found.tau) == (False, 0.0)
    assert dispersion(values[:4], np.full(4, 0.1), 10.0) is None


def test_people_who_are_alike_are_seldom_said_to_differ_widely() -> None:
    scores = DRAWN.normal(0, 1, size=(2_000, 12))
    found = [dispersion(10 + each, np.ones(12), 10.0) for each in scores]
    assert np.mean([each is not None and each.is_over for each in found]) < 0.05


def test_a_spread_between_people_is_found_again() -> None:
    values = 10 + DRAWN.normal(0, 1, size=(400, 40)) + DRAWN.normal(0, 2, size=(400, 40))
    taus = [found.tau for each in values if (found := dispersion(each, np.ones(40), 10.0))]
    assert 1.4 < float(np.mean(taus)) < 2.0  # what winsorising draws in lowers it
