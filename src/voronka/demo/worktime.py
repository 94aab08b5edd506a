"""The made company's clock: working days, hours with a dip at lunch, and moments after so much working time."""

from dataclasses import dataclass

import numpy as np

from voronka.demo.rows import Array
from voronka.settings import Calendar
from voronka.transform.calendar import calendar_days

DAY = 86400
HOUR = 3600
OPENS = 9 * HOUR
"""The second of the day at which work begins; it lasts nine hours, as settings have it."""
LASTS = 9 * HOUR
_FRIDAY = 4
_HOURS = np.array([0.75, 1.2, 1.3, 1.05, 0.45, 0.95, 1.2, 1.1, 0.85, 0.25])
_FRIDAY_HOURS = np.array([0.8, 1.25, 1.3, 1.1, 0.45, 0.95, 1.05, 0.7, 0.35, 0.06])
"""How busy the hours from 9 to 19 are."""


def weekday(days: Array) -> Array:
    """Return the day of the week of days since 1970, Monday being 0."""
    return (days + 3) % 7


@dataclass(frozen=True)
class WorkTime:
    """Working days as days since 1970, in order; moments are seconds of the local clock since 1970."""

    days: Array

    @classmethod
    def of(cls, calendar: Calendar, first: int, last: int) -> "WorkTime":
        """Return the working days of a calendar from `first` to `last`, both inside."""
        until = np.datetime64(last, "D").astype("M8[Y]").astype(int) + 1970
        made = calendar_days(calendar, int(until), "ru")
        days = [int(np.datetime64(row["day"], "D").astype(np.int64)) for row in made if row["is_working"]]
        found = np.array(days, dtype=np.int64)
        return cls(found[(found >= first) & (found <= last)])

    def is_working(self, days: Array) -> Array:
        """Say of days whether they are working ones."""
        places = np.minimum(np.searchsorted(self.days, days), len(self.days) - 1)
        found: Array = self.days[places] == days
        return found

    def count(self, first: Array | int, last: Array | int) -> Array:
        """Return how many working days there are from `first` to `last`, both inside."""
        found: Array = np.searchsorted(self.days, last, "right") - np.searchsorted(self.days, first, "left")
        return found

    def worked(self, moments: Array) -> Array:
        """Return the working seconds that passed before each moment, since the first working day."""
        days = moments // DAY
        before = np.searchsorted(self.days, days, "left")
        inside = np.clip(moments - days * DAY - OPENS, 0, LASTS)
        found: Array = before * LASTS + np.where(self.is_working(days), inside, 0)
        return found

    def moment(self, worked: Array) -> Array:
        """Return the moment by which so many working seconds have passed."""
        place = np.clip(worked // LASTS, 0, len(self.days) - 1).astype(np.int64)
        found: Array = self.days[place] * DAY + OPENS + (worked % LASTS).astype(np.int64)
        return found

    def after(self, moments: Array, seconds: Array) -> Array:
        """Return the moments by which so many working seconds have passed since `moments`."""
        return self.moment(self.worked(moments) + seconds)

    def day_after(self, days: Array, working_days: Array) -> Array:
        """Return the working day that comes so many working days after each day."""
        places = np.searchsorted(self.days, days, "left") + working_days
        return self.days[np.clip(places, 0, len(self.days) - 1)]


def clock(draws: np.random.Generator, days: Array) -> Array:
    """Return a moment of each day as people are busy: a dip at lunch, less in the evening, least on a Friday's."""
    u = draws.random(len(days))
    usual = np.interp(u, *_cumulated(_HOURS))
    friday = np.interp(u, *_cumulated(_FRIDAY_HOURS))
    seconds = np.where(weekday(days) == _FRIDAY, friday, usual)
    return days * DAY + OPENS + (seconds * HOUR).astype(np.int64)


def _cumulated(hours: Array) -> tuple[Array, Array]:
    total = np.concatenate([[0.0], np.cumsum(hours)])
    return total / total[-1], np.arange(len(total), dtype=float)
