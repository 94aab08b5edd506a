"""Whether people differ at all, before anybody is ranked: shares of counts, and means.

Shares are tested by Pearson's chi-square; where counts are too small for it (W. G. Cochran, Some methods for
strengthening the common chi-squared tests, Biometrics 10 (1954), 417-451) its chance is drawn: as many successes dealt
among as many trials, again and again, always in the same order of chance. Means by B. L. Welch, On the comparison of
several mean values: an alternative approach, Biometrika 38 (1951), 330-336: each person may vary in an own way.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import erfc, exp, lgamma, log, sqrt
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Numbers = NDArray[np.int64]
Method = Literal["chi_square", "drawn", "welch"]

DRAWS, FEWEST_DRAWS, DEALT = 1_999, 499, 3_000_000
"""How often chance is drawn: less often where so many counts are dealt each time that a page would wait for it."""
SEED = 20_051
SMALL, SMALLEST = 5.0, 1.0
"""Expected counts below which the chi-square is not believed: of one in five, or of any."""
_TIE = 1e-9
_FEWEST = 2
_STEPS = 500


@dataclass(frozen=True)
class Tested:
    """How likely chance alone makes people differ so, and by which test; `freedom` is of the chi-square or of the F."""

    chance: float
    statistic: float
    freedom: int
    method: Method


@dataclass(frozen=True)
class Moments:
    """Values in short: how many there are, their mean, and their standard deviation (that of a sample)."""

    count: float
    mean: float
    deviation: float


def shares_alike(of: Sequence[float], among: Sequence[float]) -> Tested | None:
    """Return the test that all people have the same share; None of fewer than two people with anything tried."""
    pairs = [(one, tried) for one, tried in zip(of, among, strict=True) if tried > 0]
    if len(pairs) < _FEWEST:
        return None
    came, tried = np.array([one for one, _ in pairs]), np.array([each for _, each in pairs])
    freedom = len(pairs) - 1
    whole = float(came.sum() / tried.sum())
    if whole <= 0 or whole >= 1:
        return Tested(1.0, 0.0, freedom, "chi_square")
    expected = np.concatenate((tried * whole, tried * (1 - whole)))
    statistic = float((((came - tried * whole) ** 2) / (tried * whole * (1 - whole))).sum())
    if np.count_nonzero(expected < SMALL) * 5 <= len(expected) and expected.min() >= SMALLEST:
        return Tested(chi_square_beyond(statistic, freedom), statistic, freedom, "chi_square")
    return Tested(_drawn(came, tried), statistic, freedom, "drawn")


def _drawn(came: Floats, tried: Floats) -> float:
    """Return the share of deals that differ at least as much."""
    whole = float(came.sum() / tried.sum())
    return _as_far([_whole(came, tried)], tried * whole, tried * whole * (1 - whole))


def alike_within(groups: Sequence[tuple[Floats, Floats]]) -> Tested | None:
    """Return the test that people have the same share within each group of trials, all groups together.

    `groups` are (of, among) of all people in one order. Successes are dealt within each group, so that what a group
    makes easy is nobody's merit; how far a person's sum lies from what is expected of it, squared, over its variance
    by chance is added up.
    """
    shares = [float(of.sum() / among.sum()) for of, among in groups]
    pairs = list(zip(groups, shares, strict=True))
    expected = sum((among * share for (_, among), share in pairs), start=np.zeros(len(groups[0][0])))
    variances = sum((among * share * (1 - share) for (_, among), share in pairs), start=np.zeros(len(expected)))
    there = variances > 0
    if np.count_nonzero(there) < _FEWEST:
        return None
    came = sum((of for of, _ in groups), start=np.zeros(len(expected)))
    statistic = float((((came - expected) ** 2)[there] / variances[there]).sum())
    rounded = [_whole(of, among) for of, among in groups]
    return Tested(_as_far(rounded, expected, variances), statistic, int(np.count_nonzero(there)) - 1, "drawn")


def _whole(of: Floats, among: Floats) -> tuple[Numbers, Numbers]:
    """Return counts as whole numbers: those credited by share are rounded."""
    sizes = np.rint(among).astype(np.int64)
    return np.minimum(np.rint(of).astype(np.int64), sizes), sizes


def _as_far(groups: Sequence[tuple[Numbers, Numbers]], expected: Floats, variances: Floats) -> float:
    random = np.random.default_rng(SEED)
    there = variances > 0
    draws = min(DRAWS, max(FEWEST_DRAWS, DEALT // (len(groups) * len(expected))))
    dealt = np.zeros((draws, len(expected)), dtype=np.int64)
    for of, sizes in groups:
        dealt += random.multivariate_hypergeometric(sizes, int(of.sum()), size=draws, method="marginals")
    came = sum((of for of, _ in groups), start=np.zeros(len(expected)))
    far = ((came - expected) ** 2)[there] / variances[there]
    drawn = (((dealt - expected) ** 2)[:, there] / variances[there]).sum(axis=1)
    return float((1 + np.count_nonzero(drawn >= float(far.sum()) - _TIE)) / (draws + 1))


def means_alike(people: Sequence[Moments]) -> Tested | None:
    """Return the test that all people have the same mean; None where fewer than two of them vary."""
    known = [each for each in people if each.count >= _FEWEST and each.deviation > 0]
    if len(known) < _FEWEST:
        return None
    weights = np.array([each.count / each.deviation**2 for each in known])
    means = np.array([each.mean for each in known])
    groups, whole = len(known), float(weights.sum())
    middle = float(weights @ means) / whole
    between = float(weights @ (means - middle) ** 2) / (groups - 1)
    loose = float(
        sum((1 - weight / whole) ** 2 / (each.count - 1) for weight, each in zip(weights, known, strict=True))
    )
    statistic = between / (1 + 2 * (groups - 2) * loose / (groups**2 - 1))
    below = (groups**2 - 1) / (3 * loose)
    return Tested(f_beyond(statistic, groups - 1, below), statistic, groups - 1, "welch")


def chi_square_beyond(statistic: float, freedom: int) -> float:
    """Return the chance of a larger chi-square with so many (whole) degrees of freedom: the finite sums, exact."""
    half = statistic / 2
    if half <= 0:
        return 1.0
    odd = freedom % 2
    terms = (exp((step + odd / 2) * log(half) - half - lgamma(step + odd / 2 + 1)) for step in range(freedom // 2))
    return min(1.0, (erfc(sqrt(half)) if odd else 0.0) + sum(terms))


def f_beyond(statistic: float, above: float, below: float) -> float:
    """Return the chance of a larger F with `above` and `below` degrees of freedom."""
    if statistic <= 0:
        return 1.0
    return _beta_below(below / (below + above * statistic), below / 2, above / 2)


def _beta_below(value: float, one: float, other: float) -> float:
    """Return the regularised incomplete beta function (Abramowitz and Stegun 26.5.8, summed by Lentz's method)."""
    if value <= 0 or value >= 1:
        return float(value >= 1)
    front = exp(lgamma(one + other) - lgamma(one) - lgamma(other) + one * log(value) + other * log(1 - value))
    if value < (one + 1) / (one + other + 2):
        return front * _fraction(value, one, other) / one
    return 1 - front * _fraction(1 - value, other, one) / other


def _fraction(value: float, one: float, other: float) -> float:
    tiny, up = 1e-300, 1.0
    down = found = 1 / (1 - (one + other) * value / (one + 1) or tiny)
    for step in range(1, _STEPS):
        even = step * (other - step) * value / ((one + 2 * step - 1) * (one + 2 * step))
        odd = -(one + step) * (one + other + step) * value / ((one + 2 * step) * (one + 2 * step + 1))
        for part in (even, odd):
            down = 1 / (1 + part * down or tiny)
            up = 1 + part / up or tiny
            found *= up * down
        if abs(up * down - 1) < _TIE * _TIE:
            break
    return found
