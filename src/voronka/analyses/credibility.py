"""How far a person's own rate is to be believed, and how far that of all: small samples lean on the others.

Each person's rate in each month is an observation that weighs as much as was tried in it. What varies from month to
month within persons is noise, what varies between persons beyond that is true; own rates count for
`n / (n + within / between)`, where n is what was tried: H. Bühlmann, E. Straub, Glaubwürdigkeit für Schadensätze,
Mitt. Ver. schweiz. Vers.-Math. 70 (1970), 111-133. For counts and shares this is the mean that the gamma-Poisson and
the beta-binomial model give (W. S. Jewell, Credible means are exact Bayesian for exponential families, ASTIN Bulletin 8
(1974), 77-90); it needs no model, so it holds for money per deal as well. Where persons do not differ beyond noise, all
have the common rate.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Tried:
    """What was tried in a month, and what came of it: meetings and proposals, deals and their revenue."""

    tried: float
    came: float


@dataclass(frozen=True)
class Rate:
    """A rate to reckon with: own and common ones drawn together, `trust` (0 to 1) is the own one's part.

    `own` is None where nothing was tried, `value` where nobody tried anything.
    """

    value: float | None
    own: float | None
    common: float | None
    trust: float
    tried: float


def rates(tried: Mapping[str, Sequence[Tried]]) -> dict[str, Rate]:
    """Return everybody's rate, of what each tried month by month."""
    volumes = {who: sum(each.tried for each in months if each.tried > 0) for who, months in tried.items()}
    own = {who: _own(months, volumes[who]) for who, months in tried.items()}
    noise, spread = _noise(tried, own), 0.0
    everything = sum(volumes.values())
    if everything <= 0:
        return {who: Rate(None, None, None, 0.0, 0.0) for who in tried}
    pooled = sum(volumes[who] * (own[who] or 0.0) for who in tried) / everything
    if noise is not None:
        spread = _spread(volumes, own, pooled, noise)
    trust = {who: _trust(volume, noise, spread) for who, volume in volumes.items()}
    # the mean that credibility theory draws towards weighs persons by how far each is believed
    weight = sum(trust.values())
    common = sum(trust[who] * (own[who] or 0.0) for who in tried) / weight if weight > 0 else pooled
    return {who: _drawn(own[who], common, trust[who], volumes[who]) for who in tried}


def _drawn(own: float | None, common: float, trust: float, volume: float) -> Rate:
    value = common if own is None else trust * own + (1 - trust) * common
    return Rate(value, own, common, trust, volume)


def _own(months: Sequence[Tried], volume: float) -> float | None:
    return sum(each.came for each in months if each.tried > 0) / volume if volume > 0 else None


def _noise(tried: Mapping[str, Sequence[Tried]], own: Mapping[str, float | None]) -> float | None:
    """Return how much one trial varies within persons; None where nobody has two months."""
    total, freedom = 0.0, 0
    for who, months in tried.items():
        known = [each for each in months if each.tried > 0]
        mean = own[who]
        if mean is None or len(known) < 2:  # noqa: PLR2004 - one month varies from nothing
            continue
        total += sum(each.tried * (each.came / each.tried - mean) ** 2 for each in known)
        freedom += len(known) - 1
    return total / freedom if freedom else None


def _spread(volumes: Mapping[str, float], own: Mapping[str, float | None], pooled: float, noise: float) -> float:
    """Return how much persons truly differ, 0 where no more than by noise."""
    there = [who for who, volume in volumes.items() if volume > 0]
    everything = sum(volumes[who] for who in there)
    between = sum(volumes[who] * ((own[who] or 0.0) - pooled) ** 2 for who in there) - (len(there) - 1) * noise
    scale = everything - sum(volumes[who] ** 2 for who in there) / everything
    return max(0.0, between / scale) if scale > 0 else 0.0


def _trust(volume: float, noise: float | None, spread: float) -> float:
    if volume <= 0 or noise is None or spread <= 0:
        return 0.0
    return volume / (volume + noise / spread)
