"""A stretch of the company's days and the earlier stretch it is fairly compared with."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Literal

Comparison = Literal["previous", "year"]
"""With what a period is compared: the like period just before, or the same dates a year before."""

Grain = Literal["day", "week", "month", "quarter", "year"]
"""How finely time is cut."""

GRAINS: tuple[Grain, ...] = ("day", "week", "month", "quarter", "year")

HALF = 0.5
MONTHS_IN_YEAR = 12
MONTHS_IN_QUARTER = 3
DAYS_IN_WEEK = 7
MONTHS: dict[Grain | None, int] = {"month": 1, "quarter": MONTHS_IN_QUARTER, "year": MONTHS_IN_YEAR}


@dataclass(frozen=True, order=True)
class Period:
    """The days from `first` to `last`, both inside."""

    first: date
    last: date

    def __post_init__(self) -> None:
        """Refuse a period that ends before it begins."""
        if self.last < self.first:
            message = f"a period cannot end before it begins: {self.first} to {self.last}"
            raise ValueError(message)

    @property
    def days(self) -> int:
        """Return how many days there are."""
        return (self.last - self.first).days + 1

    @cached_property
    def is_whole_months(self) -> bool:
        """Say whether the period runs from the first day of a month to the last day of a month."""
        return self.first.day == 1 and is_month_end(self.last)

    @cached_property
    def running_unit(self) -> Grain | None:
        """Return the unit that is on its way: the smallest that begins with the period and holds all of it.

        Where a month and a week begin on one day, it is the month.
        """
        units: tuple[Grain, ...] = ("month", "week", "quarter", "year")
        starts = (unit for unit in units if bucket_start(self.first, unit) == self.first)
        return next((unit for unit in starts if self.last < _next_start(self.first, unit)), None)

    @cached_property
    def is_whole_week(self) -> bool:
        """Say whether the period is one week, from its Monday to its Sunday."""
        return self.days == DAYS_IN_WEEK and bucket_start(self.first, "week") == self.first

    def earlier(self, comparison: Comparison, until: date | None = None) -> "Earlier":
        """Return the period this one is compared with, and how its days stand against the days of this one.

        Whole months stand against as many before them, a week against the week before, a day against the day before, a
        unit on its way against the same days of the one before it, anything else against as many days. Of a period in
        which `until` lies only the days until then are compared: what is not known yet stands against nothing.
        """
        found = self._earlier(comparison)
        if until is None or not self.first <= until < self.last:
            return found
        return replace(found, period=Period(found.period.first, found.day_against(until)))

    def _earlier(self, comparison: Comparison) -> "Earlier":
        if comparison == "year":
            return self._months_before(MONTHS_IN_YEAR)
        if self.is_whole_months:
            return self._months_before(_months_between(self.first, self.last) + 1)
        if self.days == 1 or self.is_whole_week:
            return self._days_before(self.days)
        if self.running_unit in MONTHS:
            return self._months_before(MONTHS[self.running_unit])
        return self._days_before(DAYS_IN_WEEK if self.running_unit == "week" else self.days)

    def _days_before(self, days: int) -> "Earlier":
        before = timedelta(days=days)
        return Earlier(Period(self.first - before, self.last - before), days=days)

    def _months_before(self, months: int) -> "Earlier":
        last = shift_months(self.last, -months)
        if self.is_whole_months:
            last = month_end(last)
        return Earlier(Period(shift_months(self.first, -months), last), months=months)

    def buckets(self, grain: Grain) -> Iterator["Bucket"]:
        """Return the days, weeks, months, quarters or years of the period; the outer ones are clipped to it."""
        start = bucket_start(self.first, grain)
        while start <= self.last:
            following = _next_start(start, grain)
            yield Bucket(start, max(start, self.first), min(following - timedelta(days=1), self.last))
            start = following


@dataclass(frozen=True)
class Counted:
    """Up to when days count: those before `day` whole, `day` itself by the `share` (0-1) of its work that is known."""

    day: date
    share: float = 1.0

    @property
    def until(self) -> date:
        """Return the last day that counts where only whole days can: one counts from the half of its work on."""
        return self.day if self.share >= HALF else self.day - timedelta(days=1)

    def of(self, period: Period) -> Period | None:
        """Return the days of a period that count, None where none does."""
        return Period(period.first, min(period.last, self.until)) if period.first <= self.until else None

    def earlier(self, period: Period, comparison: Comparison) -> "Earlier | None":
        """Return what a period's days that count are compared with, None where none does yet."""
        return period.earlier(comparison, self.until) if self.of(period) else None


@dataclass(frozen=True)
class Bucket:
    """One part of a cut by time: where its calendar unit starts, and the days of it that lie in the period."""

    start: date
    first: date
    last: date


@dataclass(frozen=True)
class Earlier:
    """The earlier period of a comparison, and by what its days are moved to stand against the later one."""

    period: Period
    months: int = 0
    days: int = 0

    def day_against(self, day: date) -> date:
        """Return the day of the earlier period against which a day of the later one stands.

        The last day of a month stands against the last day of a month, and no day stands outside the earlier period.
        """
        if not self.months:
            return day - timedelta(days=self.days)
        moved = shift_months(day, -self.months)
        if is_month_end(day):
            moved = month_end(moved)
        return min(max(moved, self.period.first), self.period.last)


def is_month_end(day: date) -> bool:
    """Say whether the day is the last one of its month."""
    return day == month_end(day)


def month_end(day: date) -> date:
    """Return the last day of the day's month."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def shift_months(day: date, months: int) -> date:
    """Return the same day of the month `months` later (earlier when negative), clamped to the month's last day."""
    index = day.year * MONTHS_IN_YEAR + day.month - 1 + months
    year, month = divmod(index, MONTHS_IN_YEAR)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def bucket_start(day: date, grain: Grain) -> date:
    """Return the first day of the day's own week (Monday), month, quarter or year."""
    if grain == "day":
        return day
    if grain == "week":
        return day - timedelta(days=day.weekday())
    if grain == "month":
        return day.replace(day=1)
    if grain == "quarter":
        return day.replace(month=day.month - (day.month - 1) % MONTHS_IN_QUARTER, day=1)
    return day.replace(month=1, day=1)


def bucket_label(start: date, grain: Grain) -> str:
    """Return how a bucket is written: 2026-03-02, 2026-W10, 2026-03, 2026-Q1, 2026."""
    if grain == "day":
        return start.isoformat()
    if grain == "week":
        year, week, _ = start.isocalendar()
        return f"{year}-W{week:02}"
    if grain == "month":
        return f"{start:%Y-%m}"
    if grain == "quarter":
        return f"{start.year}-Q{(start.month - 1) // MONTHS_IN_QUARTER + 1}"
    return str(start.year)


def _next_start(start: date, grain: Grain) -> date:
    if grain == "day":
        return start + timedelta(days=1)
    if grain == "week":
        return start + timedelta(days=DAYS_IN_WEEK)
    return shift_months(start, MONTHS[grain])


def _months_between(first: date, last: date) -> int:
    return (last.year - first.year) * MONTHS_IN_YEAR + last.month - first.month
