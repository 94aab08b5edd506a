"""How likely chance alone makes two groups differ so: Fisher's exact test, and Holm's rule for many tests at once."""

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
_TIE = 1e-9
"""Logarithms of chances that differ by less are of tables that are as likely."""


def fisher(of_one: int, among_one: int, of_other: int, among_other: int) -> float:
    """Return the chance of a split at least as unlikely as this one, where both groups are alike.

    Counts are whole. Two-sided: the chances of all tables that are no likelier than the one seen. R. A. Fisher,
    Statistical Methods for Research Workers, fifth edition (1934), section 21.02.
    """
    among, of = among_one + among_other, of_one + of_other
    least, most = max(0, of - among_other), min(of, among_one)
    if least >= most:
        return 1.0
    seen = np.arange(least, most + 1)
    chances = _log_choices(among_one, seen) + _log_choices(among_other, of - seen) - _log_choices(among, np.array(of))
    return min(1.0, float(np.exp(chances[chances <= chances[of_one - least] + _TIE]).sum()))


def holm(chances: Sequence[float]) -> list[float]:
    """Return what each chance is among so many tests: under 0.05 for any false one in at most 5 % of cases.

    Whatever the tests have to do with each other. S. Holm, A simple sequentially rejective multiple test procedure,
    Scandinavian Journal of Statistics 6 (1979), 65-70.
    """
    order = sorted(range(len(chances)), key=lambda place: chances[place])
    found, worst = [1.0] * len(chances), 0.0
    for rank, place in enumerate(order):
        worst = max(worst, min(1.0, (len(chances) - rank) * chances[place]))
        found[place] = worst
    return found


def _log_choices(among: int, of: NDArray[np.int64]) -> Floats:
    """Return the logarithm of the number of ways to choose so many among so many."""
    table = _log_factorials(1 << max(among, 1).bit_length())
    found: Floats = table[among] - table[of] - table[among - of]
    return found


@cache
def _log_factorials(most: int) -> Floats:
    return np.concatenate(([0.0], np.cumsum(np.log(np.arange(1, most + 1)))))
