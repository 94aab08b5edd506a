"""Whole numbers whose parts add up: each part is cut off, and what is missing goes to the largest remainders."""

from collections.abc import Sequence
from math import ceil, floor

DUST = 1e-9
"""What sums of fractions are off by."""


def whole_above(value: float) -> int:
    """Return the least whole number that is not below the value."""
    return ceil(value - DUST)


def apportion(total: int, parts: Sequence[float]) -> list[int]:
    """Return whole numbers near the parts that add up to `total`, which is at most one a part above their floors."""
    found = [floor(part + DUST) for part in parts]
    missing = total - sum(found)
    largest = sorted(range(len(parts)), key=lambda n: found[n] - parts[n])
    for n in largest[: max(0, missing)]:
        found[n] += 1
    return found
