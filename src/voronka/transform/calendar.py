"""The working calendar: every day from 2000 on, public holidays by the `holidays` library, own exceptions on top."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

import arro3.core as arrow
import holidays

from voronka.settings import Calendar

FIRST_DAY = date(2000, 1, 1)
_EPOCH, _TICK = datetime(1970, 1, 1), timedelta(microseconds=1)  # noqa: DTZ001 - UTC without a zone
_WHOLE, _NUMBER, _MOMENT = arrow.DataType.int32(), arrow.DataType.int64(), arrow.DataType.timestamp("us")


def calendar_table(calendar: Calendar, last_year: int, language: str, zone: ZoneInfo) -> arrow.Table:
    """Return the days with the clock of the company's working hours, as the core takes them.

    day, is_working, working_seconds, holiday, opens_at, closes_at (UTC), worked_before_seconds.
    """
    return _table(calendar.model_dump_json(), last_year, language, zone)


@lru_cache(maxsize=8)  # ten thousand days, and a process that serves or tests builds more than once
def _table(calendar_said: str, last_year: int, language: str, zone: ZoneInfo) -> arrow.Table:
    calendar = Calendar.model_validate_json(calendar_said)
    days = list(with_clock(calendar_days(calendar, last_year, language), calendar.hours(), zone))
    said = {name: [day[name] for day in days] for name in days[0]}
    dates = [(day - _EPOCH.date()).days for day in said["day"]]
    columns = {
        "day": arrow.Array(dates, _WHOLE).cast(arrow.DataType.date32()),
        "is_working": arrow.Array(said["is_working"], arrow.DataType.bool()),
        "working_seconds": arrow.Array(said["working_seconds"], _NUMBER),
        "holiday": arrow.Array(said["holiday"], arrow.DataType.string()),
        "opens_at": _moments(said["opens_at"]),
        "closes_at": _moments(said["closes_at"]),
        "worked_before_seconds": arrow.Array(said["worked_before_seconds"], _NUMBER),
    }
    return arrow.Table.from_arrays(list(columns.values()), names=list(columns))


def _moments(moments: list[datetime | None]) -> arrow.Array:
    ticks = [None if moment is None else (moment - _EPOCH) // _TICK for moment in moments]
    return arrow.Array(ticks, _NUMBER).cast(_MOMENT)


def calendar_days(calendar: Calendar, last_year: int, language: str) -> Iterator[dict[str, Any]]:
    """Yield each day to the end of `last_year`: day, is_working, working_seconds, holiday (its name or None).

    Names are in the language (ru, en) where the library knows them in it, else in the country's own.
    """
    public = _public_holidays(calendar.country, last_year, language)
    seconds = _working_seconds(calendar)
    day = FIRST_DAY
    while day.year <= last_year:
        holiday = public.get(day) if public is not None else None
        working = _is_working(day, calendar, public)
        yield {"day": day, "is_working": working, "working_seconds": seconds if working else 0, "holiday": holiday}
        day += timedelta(days=1)


def with_clock(days: Iterable[Mapping[str, Any]], hours: tuple[time, time], zone: ZoneInfo) -> Iterator[dict[str, Any]]:
    """Yield the days in order with the moments (UTC) at which the work of a working day begins and ends.

    `worked_before_seconds` is the working time of all the days before it, with clocks changed and all: the working
    time between two moments is then a difference of two numbers. A day that a change of clocks swallows has no work.
    """
    worked = 0
    for day in days:
        opens, closes = (_moment(day["day"], clock, zone) for clock in hours)
        works = day["is_working"] and opens < closes
        moments = {"opens_at": opens if works else None, "closes_at": closes if works else None}
        yield {**day, **moments, "worked_before_seconds": worked}
        worked += round((closes - opens).total_seconds()) if works else 0


def _moment(day: date, clock: time, zone: ZoneInfo) -> datetime:
    local = datetime.combine(day, clock)
    if clock == time.max:
        local = datetime.combine(day + timedelta(days=1), time.min)
    return local.replace(tzinfo=zone).astimezone(UTC).replace(tzinfo=None)


def _is_working(day: date, calendar: Calendar, public: holidays.HolidayBase | None) -> bool:
    if day in calendar.days_on:
        return True
    if day in calendar.days_off or (public is not None and day in public):
        return False
    moved_here = public is not None and day.isoweekday() not in calendar.working_days and day in public.weekend_workdays
    return moved_here or day.isoweekday() in calendar.working_days


def _working_seconds(calendar: Calendar) -> int:
    start, end = calendar.hours()
    span = datetime.combine(FIRST_DAY, end) - datetime.combine(FIRST_DAY, start)
    return round(span.total_seconds())


def _public_holidays(country: str, last_year: int, language: str) -> holidays.HolidayBase | None:
    if not country:
        return None
    # a language is always named: without one the names would depend on the machine's locale
    known_in = holidays.country_holidays(country).supported_languages
    own = holidays.country_holidays(country).default_language
    spoken = next((name for name in known_in if name.split("_")[0] == language), own)
    return holidays.country_holidays(country, years=range(FIRST_DAY.year, last_year + 1), language=spoken)
