"""Who stands ahead of the others of a role, who behind, and who only seems to.

People of one role are compared by what they do on a day that they worked, so that a holiday, or a month begun late,
puts nobody behind. The level is the median person's. Whoever differs from it by no more than their own ups and downs
allow stands with the others: Student's t test of the figures per worked day of each day, week or month against the
level, two-sided, at 5 % over all people of the role together (Bonferroni): on nineteen pages of twenty where nobody
differs, nobody is named. Ups and downs that last (a good month follows a good one) make chance larger than this test
knows, so what it names is worth a look, not a verdict.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import exp, lgamma, pi, sqrt
from statistics import fmean, median, stdev
from typing import Literal

from voronka.domain.period import Grain, bucket_label

Side = Literal["ahead", "behind", "alike", "unknown"]

FEWEST_PEOPLE = 3
"""Of two people each is the other's level."""
FEWEST_BUCKETS = 6
"""Days, weeks or months without which a person's own ups and downs are not known."""
ERROR = 0.05
_STEPS = 400
_FAR = 60.0


@dataclass(frozen=True)
class Standing:
    """A person among those of a role: `mean` and `level` are per worked day, None where nothing is known."""

    employee_id: str
    days: int
    mean: float | None
    level: float | None
    side: Side


def standings(
    figures: Mapping[str, Mapping[str, float]], worked: Mapping[str, frozenset[date]], grain: Grain
) -> tuple[Standing, ...]:
    """Return how people stand; `figures` are by person and by the label of a day, week or month, a missing one is 0.

    `worked` are the days that each person worked in the role; who worked on none is not there. Where nobody did
    anything, or there are fewer than three people, nothing is known.
    """
    courses = {key: _course(figures.get(key, {}), days, grain) for key, days in worked.items() if days}
    means = {key: fmean(course) for key, course in courses.items()}
    level = median(means.values()) if len(means) >= FEWEST_PEOPLE and any(means.values()) else None
    return tuple(
        Standing(key, len(worked[key]), means[key], level, _side(course, level, len(courses)))
        for key, course in courses.items()
    )


def _course(figures: Mapping[str, float], days: Iterable[date], grain: Grain) -> list[float]:
    """Return the figure per worked day of every day, week or month with worked days."""
    counted: dict[str, int] = {}
    for day in days:
        label = bucket_label(day, grain)
        counted[label] = counted.get(label, 0) + 1
    return [figures.get(label, 0.0) / count for label, count in sorted(counted.items())]


def _side(course: Sequence[float], level: float | None, people: int) -> Side:
    if level is None or len(course) < FEWEST_BUCKETS:
        return "unknown"
    apart = fmean(course) - level
    error = stdev(course) / sqrt(len(course))
    if apart == 0 or abs(apart) <= critical(len(course) - 1, ERROR / people) * error:
        return "alike"
    return "ahead" if apart > 0 else "behind"


def means_differ(one: Sequence[float], other: Sequence[float]) -> bool:
    """Say whether the means of two runs of days differ by more than the ups and downs within both allow.

    Student's two-sample t test with the pooled variance, two-sided at 5 %; of fewer than two days nothing is known.
    """
    if len(one) < 2 or len(other) < 2:  # noqa: PLR2004 - one day has no ups and downs
        return False
    freedom = len(one) + len(other) - 2
    spread = sum((each - fmean(run)) ** 2 for run in (one, other) for each in run) / freedom
    apart = abs(fmean(one) - fmean(other))
    return apart > critical(freedom, ERROR) * sqrt(spread * (1 / len(one) + 1 / len(other)))


def critical(freedom: int, error: float) -> float:
    """Return the t beyond which a share `error` of Student's t with so many degrees of freedom lies, two-sided."""
    low, high = 0.0, _FAR
    while high - low > 1e-6:  # noqa: PLR2004 - far finer than anybody reads
        middle = (low + high) / 2
        low, high = (middle, high) if _beyond(middle, freedom) > error else (low, middle)
    return high


def _beyond(t: float, freedom: int) -> float:
    """Return the share of Student's t outside of -t to t, by Simpson's rule."""
    scale = exp(lgamma((freedom + 1) / 2) - lgamma(freedom / 2)) / sqrt(freedom * pi)
    step = t / _STEPS
    power = -(freedom + 1) / 2
    heights = [float((1 + (step * k) ** 2 / freedom) ** power) for k in range(_STEPS + 1)]
    inside = heights[0] + heights[-1] + 4 * sum(heights[1:-1:2]) + 2 * sum(heights[2:-1:2])
    return max(0.0, 1 - 2 * scale * inside * step / 3)
