"""Whether two figures differ by more than chance: counts of events, and shares of counts."""

from math import sqrt
from statistics import NormalDist

LEVEL = 1.96
"""Standard errors outside of which 5 % of chance differences lie (normal approximation, two-sided)."""
ERROR = 0.05


def level_among(comparisons: int) -> float:
    """Return the standard errors outside of which one of so many comparisons lies by chance in at most 5 % of cases.

    Bonferroni: whoever looks at twenty things and names the strangest one must ask more of it.
    """
    return LEVEL if comparisons <= 1 else NormalDist().inv_cdf(1 - ERROR / (2 * comparisons))


def counts_differ(one: float, other: float) -> bool:
    """Say whether two counts of independent events in equally long times differ beyond chance.

    The difference of two Poisson counts has their sum as its variance (Przyborowski and Wilenski, 1940, for large
    counts). Nothing differs where nothing happened.
    """
    return abs(one - other) > LEVEL * sqrt(one + other)


def shares_differ(of_one: float, among_one: float, of_other: float, among_other: float, level: float = LEVEL) -> bool:
    """Say whether two shares differ beyond chance: the two-proportion z test with the pooled share.

    `level` is in standard errors. Where one side has nobody, nothing is known to differ.
    """
    if among_one <= 0 or among_other <= 0:
        return False
    pooled = (of_one + of_other) / (among_one + among_other)
    error = sqrt(pooled * (1 - pooled) * (1 / among_one + 1 / among_other))
    return abs(of_one / among_one - of_other / among_other) > level * error
