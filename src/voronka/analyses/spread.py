"""How long something takes, of many groups at once: median, mean and the ninetieth percentile of each."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from voronka.analyses.event_log import Numbers

Floats = NDArray[np.float64]
MICROSECONDS = 1_000_000
_KEY_BITS = 63


@dataclass(frozen=True)
class Took:
    """Seconds that something took: median, mean, and what nine of ten did not exceed."""

    median: float
    mean: float
    p90: float


@dataclass(frozen=True)
class Spreads:
    """Of each group: median, mean and 90th percentile, in the unit of the values; NaN where it has no values.

    A percentile is interpolated between the two values nearest to it (Hyndman and Fan's seventh definition, 1996; what
    `quantile_cont` of SQL gives): of n sorted values it stands q * (n - 1) places behind the first.
    """

    median: Floats
    mean: Floats
    p90: Floats

    def took(self, group: int) -> Took:
        """Return the seconds of a group whose values are microseconds."""
        median, mean, p90 = (float(values[group]) / MICROSECONDS for values in (self.median, self.mean, self.p90))
        return Took(median, mean, p90)


def spreads(group: Numbers, values: Numbers, groups: int) -> Spreads:
    """Return how the values of each of so many groups are spread; values are whole and not negative."""
    counts = np.bincount(group, minlength=groups)
    first = np.cumsum(counts) - counts
    ordered = _sorted(group, values)
    filled = counts > 0
    sums = np.zeros(groups)
    if len(ordered):
        sums[filled] = np.add.reduceat(ordered.astype(np.float64), first[filled])
    with np.errstate(invalid="ignore"):
        mean = np.where(filled, sums / counts, np.nan)
    return Spreads(_quantile(ordered, first, counts, 0.5), mean, _quantile(ordered, first, counts, 0.9))


def _sorted(group: Numbers, values: Numbers) -> Numbers:
    """Return the values by group and size: as one number each they are sorted several times faster than by two keys."""
    if not len(values):
        return values
    bits = int(values.max()).bit_length()
    if bits + int(group.max()).bit_length() > _KEY_BITS:
        return values[np.lexsort((values, group))]
    keys = (group << bits) | values
    keys.sort()
    return keys & ((1 << bits) - 1)


def _quantile(ordered: Numbers, first: Numbers, counts: Numbers, share: float) -> Floats:
    found = np.full(len(counts), np.nan)
    filled = np.flatnonzero(counts)
    place = share * (counts[filled] - 1)
    lower = np.floor(place).astype(np.int64)
    upper = np.ceil(place).astype(np.int64)
    low, high = ordered[first[filled] + lower], ordered[first[filled] + upper]
    found[filled] = low + (high - low) * (place - lower)
    return found
