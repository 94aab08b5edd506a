"""What one thing adds to another, levels of others held equal, where rows of a day have to do with each other.

Ordinary least squares; what the levels tell is taken from both sides first (Frisch, Waugh and Lovell). The interval is
of the cluster-robust sandwich (K.-Y. Liang and S. L. Zeger, Biometrika 73 (1986), 13-22) with each cluster's part taken
as if slope and mean had been found without it (CV3, the jackknife: J. G. MacKinnon, M. O. Nielsen and M. D. Webb,
Journal of Applied Econometrics 38 (2023), 671-694), by Student's distribution with one degree of freedom less than
there are clusters. Of thirty clusters it misses the truth in 5 to 6 of 100 looks, the plain sandwich in 8 to 10.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from voronka.analyses.event_log import Numbers

Floats = NDArray[np.float64]
_DUST = 1e-9
"""What is left of a thing's variance where the others tell all of it."""


@dataclass(frozen=True)
class Slope:
    """By how much the one goes up with the other, with an interval of 95 %, and how likely that is by chance alone."""

    value: float
    low: float
    high: float
    chance: float


def slope(
    of: Floats, on: Floats, held: Sequence[Numbers], cluster: Numbers, freedom: int | None = None
) -> Slope | None:
    """Return the slope `of` one thing `on` another with the levels of `held` (numbers from 0) equal.

    `freedom` is how many clusters less one the slope is told by, where these are fewer than all.

    None where there are fewer than two clusters, where nothing is left to tell the slope by, or one cluster alone does.
    """
    groups = int(cluster.max()) + 1 if len(cluster) else 0
    sizes = np.bincount(cluster, minlength=groups)
    filled = int(np.count_nonzero(sizes))
    levels = held or (np.zeros(len(of), dtype=np.int64),)
    rest_on, rank = _rest(on, levels)
    left = float(rest_on @ rest_on)
    if filled < 2 or len(of) <= rank + 1 or left <= _DUST * float(on @ on):  # noqa: PLR2004 - two clusters
        return None
    rest_of, _ = _rest(of, levels)
    value = float(rest_on @ rest_of) / left
    scores = np.bincount(cluster, rest_on * (rest_of - value * rest_on), minlength=groups)
    weights = np.bincount(cluster, rest_on * rest_on, minlength=groups) / left + sizes / len(of)
    if weights.max() > 1 - _DUST:
        return None
    apart = scores / (1 - weights)
    error = sqrt((filled - 1) / filled * float(apart @ apart)) / left
    free = max(freedom if freedom is not None else filled - 1, 1)
    half = student(free) * error
    return Slope(value, value - half, value + half, _chance(abs(value) / error if error else np.inf, free))


def _rest(values: Floats, levels: Sequence[Numbers]) -> tuple[Floats, int]:
    """Return what the levels do not tell of the values, and how many of the levels stand for themselves.

    By the normal equations of their indicators, which are counts: a table of all pairs of levels, whatever the rows.
    """
    counts = [int(each.max()) + 1 if len(each) else 0 for each in levels]
    begins = np.concatenate(([0], np.cumsum(counts)))
    table = np.zeros((begins[-1], begins[-1]))
    sums = np.zeros(begins[-1])
    for one, (own, count) in enumerate(zip(levels, counts, strict=True)):
        here = slice(begins[one], begins[one + 1])
        sums[here] = np.bincount(own, values, minlength=count)
        for other, (that, among) in enumerate(zip(levels, counts, strict=True)):
            pairs = np.bincount(own * among + that, minlength=count * among)
            table[here, begins[other] : begins[other + 1]] = pairs.reshape(count, among)
    means, _, rank, _ = np.linalg.lstsq(table, sums, rcond=1e-10)
    told = sum((means[begin + own] for own, begin in zip(levels, begins[:-1], strict=True)), np.zeros(len(values)))
    return values - told, int(rank)


def student(freedom: int) -> float:
    """Return the 97.5 % point of Student's distribution (Cornish and Fisher; Abramowitz and Stegun 26.7.5)."""
    z: float = NormalDist().inv_cdf(0.975)
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return z + sum(term / float(freedom) ** power for power, term in enumerate(terms, start=1))


def _chance(t: float, freedom: int) -> float:
    """Return the chance of a Student's value further from nought (Abramowitz and Stegun 26.7.8)."""
    if not np.isfinite(t):
        return 0.0
    z = t * (1 - 1 / (4 * freedom)) / sqrt(1 + t * t / (2 * freedom))
    return 2 * (1 - NormalDist().cdf(float(z)))
