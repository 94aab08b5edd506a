"""How long it takes until something happens, those it has not happened to yet included."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import isclose

HALF = 0.5
DUST = 1e-9
"""How far a product of binary fractions may stand from exactly one half."""


@dataclass(frozen=True)
class Waits:
    """How long each was watched: those at the end of whose wait it happened, and those who are waiting still."""

    ended: list[float] = field(default_factory=list)
    censored: list[float] = field(default_factory=list)


def curve(waits: Waits) -> Iterator[tuple[float, float]]:
    """Yield the Kaplan-Meier curve: each length at which it happened, and the share still waiting after it.

    The product over those lengths of 1 - happened / still watched; who is censored at a length was still watched at
    it. E. L. Kaplan, P. Meier, Nonparametric estimation from incomplete observations, J. Amer. Statist. Assoc. 53
    (1958), pp. 457-481.
    """
    happened, censored = Counter(waits.ended), sorted(waits.censored)
    left, waiting = len(waits.ended), 1.0
    for length in sorted(happened):
        watched = left + len(censored) - bisect_left(censored, length)
        waiting *= 1 - happened[length] / watched
        left -= happened[length]
        yield length, waiting


def median_wait(waits: Waits) -> float | None:
    """Return the length by which half have it behind them; None where the curve does not come down to a half.

    Where the curve lies flat at exactly a half, the middle of the flat stretch (as R's survfit does), so that with
    nobody censored it is the usual median; a flat stretch without end counts from its beginning.
    """
    steps = curve(waits)
    for length, waiting in steps:
        if isclose(waiting, HALF, abs_tol=DUST):
            following = next(steps, None)
            return (length + following[0]) / 2 if following else length
        if waiting < HALF:
            return length
    return None
