"""Working time between two moments: only the working hours of working days count, whatever the clocks are doing."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from voronka.domain.errors import SettingsError

NOTHING = timedelta()
DAY = timedelta(days=1)


class WorkingTime:
    """Counts working time by a company's calendar; moments are UTC without a zone, as everywhere in the core.

    `hours` are local; an end of `time.max` is 24:00, so a working day of 00:00-24:00 has 23 or 25 hours when the
    clocks change. A year is worked out when it is first met, so a long span costs a step per year.
    """

    def __init__(self, zone: ZoneInfo, hours: tuple[time, time], is_working: Callable[[date], bool]) -> None:
        """Stand on a zone, the hours of a working day and what says of a local day whether it is one."""
        if hours[1] <= hours[0]:
            message = f"the working day ends before it begins: {hours[0]:%H:%M}-{hours[1]:%H:%M}"
            raise SettingsError(message, where="voronka.toml, calendar.working_hours")
        self._zone = zone
        self._hours = hours
        self._is_working = is_working
        self._year = cache(self._worked_out)

    def seconds_between(self, start: datetime, end: datetime) -> float:
        """Return the working seconds from `start` to `end`; 0 where the end is not later."""
        if end <= start:
            return 0.0
        first, last = self._local_year(start), self._local_year(end)
        whole = sum((self._year(year).total for year in range(first, last)), NOTHING)
        return (whole + self._year(last).worked(end) - self._year(first).worked(start)).total_seconds()

    def add_working_seconds(self, start: datetime, seconds: float) -> datetime:
        """Return the first moment by which so many working seconds have passed since `start`.

        A whole day from its morning ends in the evening, not on the next morning. SettingsError where the calendar
        has no working time left: two years without any.
        """
        if seconds <= 0:
            return start
        year = self._local_year(start)
        left = timedelta(seconds=seconds) + self._year(year).worked(start)
        while left > self._year(year).total:
            left -= self._year(year).total
            year += 1
            self._check_goes_on(year)
        return self._year(year).moment(left)

    def _check_goes_on(self, year: int) -> None:
        if not self._year(year).total and not self._year(year + 1).total:
            message = f"the working calendar has no working time in {year} and {year + 1}"
            raise SettingsError(message, where="voronka.toml, calendar")

    def _local_year(self, moment: datetime) -> int:
        return moment.replace(tzinfo=UTC).astimezone(self._zone).year

    def _worked_out(self, year: int) -> "_Year":
        starts: list[datetime] = []
        before = [NOTHING]
        for start, end in self._stretches(year):
            starts.append(start)
            before.append(before[-1] + (end - start))
        return _Year(tuple(starts), tuple(before))

    def _stretches(self, year: int) -> Iterator[tuple[datetime, datetime]]:
        """Yield the working stretches of a local year in UTC; one that a change of clocks swallows is left out."""
        for ordinal in range(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal() + 1):
            day = date.fromordinal(ordinal)
            if not self._is_working(day):
                continue
            start, end = self._moment(day, self._hours[0]), self._moment(day, self._hours[1])
            if start < end:
                yield start, end

    def _moment(self, day: date, clock: time) -> datetime:
        local = datetime.combine(day + DAY, time.min) if clock == time.max else datetime.combine(day, clock)
        return local.replace(tzinfo=self._zone).astimezone(UTC).replace(tzinfo=None)


@dataclass(frozen=True)
class _Year:
    """The working stretches of a local year: when each starts, and the working time before each, the last the total."""

    starts: tuple[datetime, ...]
    before: tuple[timedelta, ...]

    @property
    def total(self) -> timedelta:
        return self.before[-1]

    def worked(self, moment: datetime) -> timedelta:
        """Return the working time from the year's start to a moment of the year."""
        begun = bisect_right(self.starts, moment)
        if not begun:
            return NOTHING
        return min(self.before[begun - 1] + (moment - self.starts[begun - 1]), self.before[begun])

    def moment(self, worked: timedelta) -> datetime:
        """Return the first moment by which so much of the year, more than nothing, is worked."""
        stretch = bisect_left(self.before, worked) - 1
        return self.starts[stretch] + (worked - self.before[stretch])
