"""The limits of a funnel plot: how far apart figures of one level lie by chance alone, by how much was tried.

D. J. Spiegelhalter, Funnel plots for comparing institutional performance, Statistics in Medicine 24 (2005), 1185-1202:
limits of 95 % and 99.8 %, those of shares by the binomial distribution, interpolated between whole counts (appendix
A.1.1). Where people differ more than that all together (over-dispersion, sections 3.3 and 3.4) nobody is the
exception: scores are winsorised, a tenth at each end, their mean square is phi, and where phi is above
1 + 2 * sqrt(2 / people), limits are widened by a variance between people that is added (tau squared), as his random
effects do. D. J. Spiegelhalter, Handling over-dispersion of performance indicators, Quality and Safety in Health Care
14 (2005), 347-351, prefers that to multiplying by phi.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil, sqrt
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
TAILS = (0.001, 0.025, 0.975, 0.999)
"""What lies below each limit: 99.8 % and 95 % between them."""
SCORES = tuple(NormalDist().inv_cdf(tail) for tail in TAILS)
WINSORISED = 0.1
FEWEST = 5
"""People without whom over-dispersion and one exception cannot be told apart."""


@dataclass(frozen=True)
class Limits:
    """Between what a figure lies in 998 of 1,000 cases (far), and in 95 of 100 (near), by chance alone."""

    far_low: float
    near_low: float
    near_high: float
    far_high: float

    def is_beyond(self, value: float, *, near: bool = False) -> bool:
        """Say whether a figure lies outside."""
        low, high = (self.near_low, self.near_high) if near else (self.far_low, self.far_high)
        return value < low or value > high


@dataclass(frozen=True)
class Dispersion:
    """How much people differ beyond chance: `phi` (1: by chance alone) and `tau`, a standard deviation between them."""

    phi: float
    tau: float
    is_over: bool


def dispersion(values: Floats, errors: Floats, centre: float) -> Dispersion | None:
    """Return how widely figures lie about the centre; `errors` are what chance gives each, standard deviations.

    None of fewer than five people.
    """
    people = len(values)
    if people < FEWEST:
        return None
    scores = winsorised((values - centre) / errors)
    phi = float(np.mean(scores**2))
    weights = 1 / errors**2
    scale = float(weights.sum() - (weights**2).sum() / weights.sum())
    between = max(0.0, (people * phi - (people - 1)) / scale) if scale > 0 else 0.0
    is_over = phi > 1 + 2 * sqrt(2 / people) and between > 0
    return Dispersion(phi, sqrt(between) if is_over else 0.0, is_over)


def winsorised(scores: Floats) -> Floats:
    """Return scores with a tenth of them at each end, at least one, drawn in to the next."""
    cut = ceil(WINSORISED * len(scores))
    ordered = np.sort(scores)
    return np.clip(scores, ordered[cut], ordered[-cut - 1])


def share_limits(share: float, tau: float = 0.0) -> Callable[[float], Limits]:
    """Return what gives the limits of a share (0-1) by how many were tried; `tau` widens them."""

    def limits(among: float) -> Limits:
        if tau:
            error = sqrt(share * (1 - share) / among + tau**2)
            return Limits(*(min(1.0, max(0.0, share + score * error)) for score in SCORES))
        return Limits(*binomial_limits(share, max(1, round(among)), TAILS))

    return limits


def mean_limits(mean: float, deviation: float, tau: float = 0.0) -> Callable[[float], Limits]:
    """Return what gives the limits of a mean by how many values it is of; they vary by the deviation."""

    def limits(count: float) -> Limits:
        error = sqrt(deviation**2 / count + tau**2)
        return Limits(*(mean + score * error for score in SCORES))

    return limits


def binomial_limits(share: float, among: int, tails: Sequence[float]) -> tuple[float, ...]:
    """Return the shares below which so much of the binomial distribution lies, interpolated between whole counts."""
    if share <= 0 or share >= 1:
        return tuple(float(share > 0) for _ in tails)
    steps = np.arange(1, among + 1)
    odds = np.log(share) - np.log1p(-share)
    logs = np.concatenate(([0.0], np.cumsum(np.log((among - steps + 1) / steps) + odds))) + among * np.log1p(-share)
    chances = np.exp(logs)
    below = np.cumsum(chances)
    found = []
    for tail in tails:
        place = min(int(np.searchsorted(below, tail, side="right")), among)
        within = (below[place] - tail) / chances[place] if chances[place] > 0 else 0.0
        found.append(float(min(1.0, max(0.0, (place - within) / among))))
    return tuple(found)
