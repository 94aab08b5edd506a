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
from functools import cache
from math import sqrt
from statistics import fmean, median, stdev
from typing import Literal

from voronka.analyses.alike import Moments, f_beyond
from voronka.domain.period import Grain, bucket_label

Side = Literal["ahead", "behind", "alike", "unknown"]

FEWEST_PEOPLE = 3
"""Of two people each is the other's level."""
FEWEST_BUCKETS = 6
"""Days, weeks or months without which a person's own ups and downs are not known."""
ERROR = 0.05
_FAR = 10_000.0


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
    return [figures.get(label, 0.0) / count for label, count in sorted(_counted(days, grain).items())]


def _counted(days: Iterable[date], grain: Grain) -> dict[str, int]:
    """Return how many days lie in each day, week or month."""
    counted: dict[str, int] = {}
    for day in days:
        label = bucket_label(day, grain)
        counted[label] = counted.get(label, 0) + 1
    return counted


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


def per_day(figures: Mapping[str, float], worked: Iterable[date], grain: Grain) -> Moments | None:
    """Return a person's figure per worked day, of days, weeks or months that vary; None of fewer than two of them.

    The mean is the whole over all days worked; by how much a day, week or month differs from it is weighed by its days.
    """
    counted = _counted(worked, grain)
    if len(counted) < 2:  # noqa: PLR2004 - one has no ups and downs
        return None
    days = sum(counted.values())
    mean = sum(figures.get(label, 0.0) for label in counted) / days
    usual = days / len(counted)
    apart = sum(((figures.get(label, 0.0) - mean * count) / usual) ** 2 for label, count in counted.items())
    return Moments(len(counted), mean, sqrt(apart / (len(counted) - 1)))


@cache
def critical(freedom: float, error: float) -> float:
    """Return the t beyond which a share `error` of Student's t with so many degrees of freedom lies, two-sided."""
    low, high = 0.0, _FAR
    while high - low > 1e-6:  # noqa: PLR2004 - far finer than anybody reads
        middle = (low + high) / 2
        low, high = (middle, high) if f_beyond(middle**2, 1, freedom) > error else (low, middle)
    return high
