"""The working calendar: every day from 2000 on, public holidays by the `holidays` library, own exceptions on top."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import holidays

from voronka.settings import Calendar

FIRST_DAY = date(2000, 1, 1)


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
