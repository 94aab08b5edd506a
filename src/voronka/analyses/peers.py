"""How people of one role compare in a rate or a mean: each as sure as it is, and nobody placed surer than that.

A person's own figure has an interval of 95 % (of a share Wilson's, of a mean Student's). Where the mix of leads is
known, shares are judged as they would be on the role's mix (own over expected, times the role's share; see
standardised.py). The estimate beside it leans on the others: empirical Bayes, own and common mean weighed by how much
people differ beyond chance (R. DerSimonian and N. Laird, Controlled Clinical Trials 7 (1986), 177-188; C. N. Morris,
JASA 78 (1983), 47-55); it errs less than the own figure, yet it does not say who is better. Who stands out lies beyond
the limits of the funnel plot (funnel_limits.py). Places are those of 95 of 100 draws from what is known of everybody
(H. Goldstein and D. J. Spiegelhalter, J. R. Statist. Soc. A 159 (1996), 385-443), a share's by Jeffreys' prior.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import inf, sqrt
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from voronka.analyses.alike import Moments, Tested, alike_within, means_alike, shares_alike
from voronka.analyses.funnel_limits import Dispersion, Limits, dispersion, mean_limits, share_limits
from voronka.analyses.standardised import (
    NOTHING,
    Cells,
    Count,
    Expected,
    Standard,
    expected_shares,
    group_counts,
    standard,
)
from voronka.analyses.standing import ERROR, critical
from voronka.metrics.intervals import wilson

Floats = NDArray[np.float64]
Side = Literal["above", "perhaps_above", "alike", "perhaps_below", "below"]

FEWEST = 3
"""People without whom there is nobody to compare with: of two each is the other's level."""
DRAWS = 4_000
SEED = 19_961
VARYING = 2
"""Values without which nobody varies."""
PERCENT = 100


@dataclass(frozen=True)
class Peer:
    """A person: the own figure with its interval, what it is judged by, and between which places it stands.

    `level` is the figure on the role's mix with its interval, the own one where no mix is known. Places count from 1,
    the best first; `side` above is larger, whatever is better.
    """

    key: str
    among: float
    value: float
    ends: tuple[float, float]
    level: float
    level_ends: tuple[float, float]
    shrunk: float
    places: tuple[int, int]
    side: Side
    expected: Expected | None = None


@dataclass(frozen=True)
class Comparison:
    """People of a role by one figure; `limits` gives the limits of the funnel by how much was tried."""

    peers: tuple[Peer, ...]
    centre: float
    tested: Tested | None
    dispersion: Dispersion | None
    limits: Callable[[float], Limits]


@dataclass(frozen=True)
class _Seen:
    """What is known of each person, in one order: how much, the figure, what it is judged by, both with their ends.

    `errors` are the standard deviations that chance gives what is judged, `draws` are of it.
    """

    keys: Sequence[str]
    among: Floats
    values: Floats
    ends: Floats
    factors: Floats
    errors: Floats
    draws: Floats
    most: float = inf

    @property
    def levels(self) -> Floats:
        """Return what people are judged by; no share is above 1, however hard the leads are."""
        return np.minimum(self.values * self.factors, self.most)

    @property
    def level_ends(self) -> Floats:
        """Return the ends of the interval of what people are judged by."""
        return np.minimum(self.ends * self.factors[:, None], self.most)


def compare_shares(cells: Cells, *, is_better_up: bool = True) -> Comparison | None:
    """Return how people's shares (0-1) compare, by person and cell; None where fewer than three tried anything."""
    tried = {who: own for who, own in cells.items() if any(each.among > 0 for each in own.values())}
    if len(tried) < FEWEST:
        return None
    counts = [sum(own.values(), start=NOTHING) for own in tried.values()]
    whole = sum(counts, start=NOTHING)
    share = whole.of / whole.among
    by = standard(tried) if 0 < share < 1 else None
    mixes = expected_shares(tried, by) if by else {}
    seen = _shares_seen(list(tried), counts, mixes, share)
    spread = dispersion(seen.levels, seen.errors, share) if 0 < share < 1 else None
    limits = share_limits(share, spread.tau if spread else 0.0)
    peers = _peers(seen, limits, mixes, is_better_up=is_better_up)
    return Comparison(peers, share, _shares_tested(tried, counts, by), spread, limits)


def _shares_seen(keys: Sequence[str], counts: Sequence[Count], mixes: Mapping[str, Expected], share: float) -> _Seen:
    of, among = np.array([each.of for each in counts]), np.array([each.among for each in counts])
    factors, variances = np.ones(len(keys)), among * share * (1 - share)
    for place, key in enumerate(keys):
        mix = mixes.get(key)
        if mix and mix.share > 0 and mix.variance > 0:
            factors[place], variances[place] = share / mix.share, mix.variance
    ends = np.array([wilson(each.of, each.among) for each in counts], dtype=np.float64) / PERCENT
    draws = np.random.default_rng(SEED).beta(of + 0.5, among - of + 0.5, size=(DRAWS, len(keys))) * factors
    return _Seen(keys, among, of / among, ends, factors, np.sqrt(variances) / among * factors, draws, 1.0)


def _shares_tested(cells: Cells, counts: Sequence[Count], by: Standard | None) -> Tested | None:
    if by is None:
        return shares_alike([each.of for each in counts], [each.among for each in counts])
    groups = [group_counts(cells, group).values() for group in by.groups]
    return alike_within([(np.array([e.of for e in each]), np.array([e.among for e in each])) for each in groups])


def compare_means(moments: Mapping[str, Moments], *, is_better_up: bool = True) -> Comparison | None:
    """Return how people's means compare; None where fewer than three have two values that vary."""
    known = {key: each for key, each in moments.items() if each.count >= VARYING}
    if len(known) < FEWEST or not any(each.deviation for each in known.values()):
        return None
    count, mean, deviation = (
        np.array([getattr(each, name) for each in known.values()]) for name in ("count", "mean", "deviation")
    )
    pooled = sqrt(float(((count - 1) * deviation**2).sum() / (count - 1).sum()))
    whole = float((count * mean).sum() / count.sum())
    own = deviation / np.sqrt(count)
    half = own * np.array([critical(float(each) - 1, ERROR) for each in count])
    chance = np.random.default_rng(SEED).standard_t(np.maximum(1, count - 1), size=(DRAWS, len(known)))
    errors = pooled / np.sqrt(count)
    ends = np.stack((mean - half, mean + half), axis=1)
    seen = _Seen(list(known), count, mean, ends, np.ones(len(known)), errors, mean + own * chance)
    spread = dispersion(mean, errors, whole)
    limits = mean_limits(whole, pooled, spread.tau if spread else 0.0)
    return Comparison(
        _peers(seen, limits, {}, is_better_up=is_better_up), whole, means_alike(list(known.values())), spread, limits
    )


def _peers(
    seen: _Seen, limits: Callable[[float], Limits], mixes: Mapping[str, Expected], *, is_better_up: bool
) -> tuple[Peer, ...]:
    """Return the people, the best level first."""
    leaned, places = shrunk(seen.levels, seen.errors), _places(seen.draws, is_better_up=is_better_up)
    found = [
        Peer(
            key=key,
            among=float(seen.among[at]),
            value=float(seen.values[at]),
            ends=(float(seen.ends[at, 0]), float(seen.ends[at, 1])),
            level=float(seen.levels[at]),
            level_ends=(float(seen.level_ends[at, 0]), float(seen.level_ends[at, 1])),
            shrunk=float(leaned[at]),
            places=places[at],
            side=_side(float(seen.levels[at]), limits(float(seen.among[at]))),
            expected=mixes.get(key),
        )
        for at, key in enumerate(seen.keys)
    ]
    return tuple(sorted(found, key=lambda each: (-each.level if is_better_up else each.level, each.key)))


def _side(level: float, limits: Limits) -> Side:
    if not limits.is_beyond(level, near=True):
        return "alike"
    is_far = limits.is_beyond(level)
    if level > limits.near_high:
        return "above" if is_far else "perhaps_above"
    return "below" if is_far else "perhaps_below"


def shrunk(levels: Floats, errors: Floats) -> Floats:
    """Return the figures drawn towards their common mean, each by how much chance has in it; all alike: the mean."""
    if not errors.all():
        return levels
    weights = 1 / errors**2
    middle = float(weights @ levels / weights.sum())
    scale = float(weights.sum() - (weights**2).sum() / weights.sum())
    beyond = float(weights @ (levels - middle) ** 2) - (len(levels) - 1)
    between = max(0.0, beyond / scale) if scale > 0 else 0.0
    trust = between / (between + errors**2)
    common = float((levels / (between + errors**2)).sum() / (1 / (between + errors**2)).sum())
    leaned: Floats = common + trust * (levels - common)
    return leaned


def _places(draws: Floats, *, is_better_up: bool) -> list[tuple[int, int]]:
    """Return between which places each person stands in 95 of 100 draws, 1 is the best."""
    order = np.argsort(-draws if is_better_up else draws, axis=1)
    places = np.empty_like(order)
    np.put_along_axis(places, order, np.arange(1, draws.shape[1] + 1)[None, :], axis=1)
    low, high = np.quantile(places, (ERROR / 2, 1 - ERROR / 2), axis=0, method="nearest")
    return [(int(one), int(other)) for one, other in zip(low, high, strict=True)]
