"""The Kaplan-Meier curve and its median."""

from random import Random
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voronka.analyses.survival import Waits, curve, median_wait

# Weeks of remission under 6-MP, * censored: E. J. Freireich et al., Blood 21 (1963), pp. 699-716. The curve is the one
# worked out by hand in textbooks: 18/21, then x 16/17, x 14/15, x 11/12, x 10/11, x 6/7, x 5/6.
SIX_MP = "6 6 6 6* 7 9* 10 10* 11* 13 16 17* 19* 20* 22 23 25* 32* 32* 34* 35*"


def waits(text: str) -> Waits:
    words = text.split()
    censored = [float(word.rstrip("*")) for word in words if word.endswith("*")]
    return Waits([float(word) for word in words if not word.endswith("*")], censored)


def test_the_curve_of_the_leukaemia_trial_is_the_published_one() -> None:
    found = [(length, round(waiting, 4)) for length, waiting in curve(waits(SIX_MP))]
    assert found == [(6, 0.8571), (7, 0.8067), (10, 0.7529), (13, 0.6902), (16, 0.6275), (22, 0.5378), (23, 0.4482)]


def test_the_median_of_the_leukaemia_trial_is_23_weeks() -> None:
    assert median_wait(waits(SIX_MP)) == 23


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", None),
        ("5*", None),
        ("5", 5),
        ("1 2* 3* 4*", None),  # the curve stays at 3/4
        ("10 20", 15),  # flat at a half from 10 to 20
        ("10 20*", 10),  # flat at a half without end
        ("10* 10", 10),  # who is censored at 10 was still watched at 10: 1/2 is reached
        ("1 2 3 9* 9*", 3),  # 4/5, 3/5, 2/5
        ("0 0 0 5*", 0),
    ],
)
def test_the_median_is_where_half_are_left(text: str, expected: float | None) -> None:
    assert median_wait(waits(text)) == expected


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=200))
def test_with_nobody_censored_it_is_the_usual_median(lengths: list[int]) -> None:
    assert median_wait(Waits([float(length) for length in lengths])) == median(lengths)


@given(st.lists(st.integers(0, 50), max_size=40), st.lists(st.integers(0, 50), max_size=40), st.randoms())
def test_the_order_of_input_does_not_matter(ended: list[int], censored: list[int], chance: Random) -> None:
    given_order = Waits([float(n) for n in ended], [float(n) for n in censored])
    other = Waits(list(given_order.ended), list(given_order.censored))
    chance.shuffle(other.ended)
    chance.shuffle(other.censored)
    assert median_wait(given_order) == median_wait(other)
