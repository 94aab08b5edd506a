"""What the best of a role do otherwise than the rest: each kind of work per day, and how sure the difference is.

The best are the third with the largest result per worked day, two at least. Each kind of work is compared by the
figures of people (not of their days: one person's days are alike), by Welch's t with the degrees of freedom of
Satterthwaite; all intervals hold together in 95 of 100 comparisons (Bonferroni), so of ten kinds that do not differ
none is named in nineteen cases of twenty. Who is best was told by the same period: what they do more of goes with the
result, and need not be its cause.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, sqrt
from statistics import fmean, variance

from voronka.analyses.difference import Difference
from voronka.analyses.standing import ERROR, critical

BEST = 1 / 3
FEWEST_BEST, FEWEST_REST = 2, 3


@dataclass(frozen=True)
class Use:
    """A kind of work: a day's mean of the best and of the rest, and the difference with its interval."""

    kind: str
    best: float
    rest: float
    difference: Difference


@dataclass(frozen=True)
class TimeUse:
    """Who the best are, by key, and what they do otherwise, kind by kind."""

    best: tuple[str, ...]
    uses: tuple[Use, ...]


def time_use(result: Mapping[str, float], work: Mapping[str, Mapping[str, float]]) -> TimeUse | None:
    """Return what the best do otherwise; `result` and `work` (by kind, by person) are per worked day.

    None of fewer than five people, where results do not differ, and where those of the best and the next are the same.
    A person of whom a kind is not given did none of it.
    """
    ordered = sorted(result, key=lambda who: (-result[who], who))
    count = max(FEWEST_BEST, ceil(BEST * len(ordered)))
    if len(ordered) - count < FEWEST_REST or result[ordered[count - 1]] <= result[ordered[count]]:
        return None
    best, rest = ordered[:count], ordered[count:]
    known = {kind: figures for kind, figures in work.items() if any(figures.get(who) for who in ordered)}
    uses = (
        _use(kind, [each.get(who, 0.0) for who in best], [each.get(who, 0.0) for who in rest], len(known))
        for kind, each in known.items()
    )
    return TimeUse(tuple(best), tuple(uses))


def _use(kind: str, best: Sequence[float], rest: Sequence[float], kinds: int) -> Use:
    one, other = variance(best) / len(best), variance(rest) / len(rest)
    apart, error = fmean(best) - fmean(rest), sqrt(one + other)
    if not error:
        return Use(kind, fmean(best), fmean(rest), Difference(apart, None, None))
    freedom = (one + other) ** 2 / (one**2 / (len(best) - 1) + other**2 / (len(rest) - 1))
    half = critical(freedom, ERROR / kinds) * error
    return Use(kind, fmean(best), fmean(rest), Difference(apart, apart - half, apart + half))
