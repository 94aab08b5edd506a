"""By how much two groups differ, with the interval in which the difference lies: win rates, and medians of time."""

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from voronka.metrics.intervals import Z_95, wilson

_FEWEST = 6
"""Values below which no two of them hold the median in 95 % of samples."""


@dataclass(frozen=True)
class Difference:
    """One group's figure minus the other's, and the ends of its interval of 95 %; None where it is not known."""

    value: float
    low: float | None
    high: float | None

    @property
    def is_beyond_chance(self) -> bool:
        """Say whether the interval leaves nought out."""
        return self.low is not None and self.high is not None and (self.low > 0 or self.high < 0)


def of_shares(of_one: float, among_one: float, of_other: float, among_other: float) -> Difference | None:
    """Return the difference of two shares in points of percent; None where one side has nobody.

    Newcombe's hybrid score interval: R. G. Newcombe, Interval estimation for the difference between independent
    proportions, Statistics in Medicine 17 (1998), 873-890, method 10.
    """
    if not among_one or not among_other:
        return None
    one, other = 100 * of_one / among_one, 100 * of_other / among_other
    return _difference(one, wilson(of_one, among_one), other, wilson(of_other, among_other))


def of_medians(one: NDArray[np.int64], other: NDArray[np.int64]) -> Difference | None:
    """Return the difference of the medians of two sorted groups of values; None where one side has nobody.

    Each median lies between two values of its group (M. J. Campbell and M. J. Gardner, Calculating confidence intervals
    for some non-parametric analyses, BMJ 296 (1988), 1454-1456); the difference by the same rule as that of shares (D.
    G. Bonett and R. M. Price, Statistical inference for a linear function of medians, Psychological Methods 7 (2002)).
    """
    if not len(one) or not len(other):
        return None
    return _difference(_median(one), _ends(one), _median(other), _ends(other))


def _difference(
    one: float, of_one: tuple[float | None, float | None], other: float, of_other: tuple[float | None, float | None]
) -> Difference:
    (low_one, high_one), (low_other, high_other) = of_one, of_other
    if low_one is None or high_one is None or low_other is None or high_other is None:
        return Difference(one - other, None, None)
    low = one - other - sqrt((one - low_one) ** 2 + (high_other - other) ** 2)
    high = one - other + sqrt((high_one - one) ** 2 + (other - low_other) ** 2)
    return Difference(one - other, low, high)


def _median(ordered: NDArray[np.int64]) -> float:
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return float(ordered[middle])
    return (float(ordered[middle - 1]) + float(ordered[middle])) / 2


def _ends(ordered: NDArray[np.int64]) -> tuple[float | None, float | None]:
    count = len(ordered)
    if count < _FEWEST:
        return None, None
    half = Z_95 * sqrt(count) / 2
    first, last = round(count / 2 - half), round(1 + count / 2 + half)
    return float(ordered[max(first, 1) - 1]), float(ordered[min(last, count) - 1])
