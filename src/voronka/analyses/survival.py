"""How long it takes until something happens, those it has not happened to yet included."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from math import isclose
from typing import NamedTuple

HALF = 0.5
DUST = 1e-9
"""How far a product of binary fractions may stand from exactly one half."""


class Wait(NamedTuple):
    """How long one was watched, and whether it happened at the end of that; if not, the wait is censored."""

    length: float
    happened: bool


def curve(waits: Iterable[Wait]) -> Iterator[tuple[float, float]]:
    """Yield the Kaplan-Meier curve: each length at which it happened, and the share still waiting after it.

    The product over those lengths of 1 - happened / still watched; who is censored at a length was still watched at
    it. E. L. Kaplan, P. Meier, Nonparametric estimation from incomplete observations, J. Amer. Statist. Assoc. 53
    (1958), pp. 457-481.
    """
    ordered = sorted(waits)
    watched, waiting = len(ordered), 1.0
    for length, group in groupby(ordered, key=lambda wait: wait.length):
        ended = [wait.happened for wait in group]
        if any(ended):
            waiting *= 1 - sum(ended) / watched
            yield length, waiting
        watched -= len(ended)


def median_wait(waits: Iterable[Wait]) -> float | None:
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
