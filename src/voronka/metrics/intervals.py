"""How sure a share is: the Wilson score interval."""

from math import sqrt

Z_95 = 1.959964
"""The 97.5 % point of the normal distribution: an interval of 95 %."""


def wilson(of: float | None, among: float | None, z: float = Z_95) -> tuple[float | None, float | None]:
    """Return the interval of `of / among` in percent (0-100); unknown where there is nothing to divide by.

    E. B. Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927), 209-212.
    """
    if of is None or not among:
        return None, None
    share = of / among
    spread = z * z / among
    middle = (share + spread / 2) / (1 + spread)
    half = z / (1 + spread) * sqrt(share * (1 - share) / among + spread / (4 * among))
    return 100 * max(0.0, middle - half), 100 * min(1.0, middle + half)
