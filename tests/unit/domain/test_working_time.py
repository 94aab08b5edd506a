"""Working seconds between moments, and the moment by which they have passed."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voronka.domain.errors import SettingsError
from voronka.domain.working_time import WorkingTime

HOUR = 3600
MOSCOW = ZoneInfo("Europe/Moscow")
BERLIN = ZoneInfo("Europe/Berlin")
NINE_TO_SIX = (time(9), time(18))
ROUND_THE_CLOCK = (time(0), time.max)
HOLIDAY = date(2026, 3, 9)  # a Monday
MOMENTS = st.datetimes(datetime(2025, 1, 1), datetime(2027, 12, 31)).map(lambda moment: moment.replace(microsecond=0))  # noqa: DTZ001 - UTC without a zone


def on_weekdays(day: date) -> bool:
    return day.isoweekday() <= 5


def always(_: date) -> bool:
    return True


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text)


def local(text: str, zone: ZoneInfo = MOSCOW) -> datetime:
    return utc(text).replace(tzinfo=zone).astimezone(ZoneInfo("UTC")).replace(tzinfo=None)


OFFICE = WorkingTime(MOSCOW, NINE_TO_SIX, on_weekdays)
BERLIN_OFFICE = WorkingTime(BERLIN, NINE_TO_SIX, on_weekdays)


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        ("2026-03-06 17:55", "2026-03-09 09:05", 10),  # Friday evening to Monday morning
        ("2026-03-04 10:00", "2026-03-04 10:15", 15),
        ("2026-03-04 07:00", "2026-03-04 08:30", 0),  # both before the working day
        ("2026-03-04 19:00", "2026-03-05 08:00", 0),  # both in one night
        ("2026-03-04 07:00", "2026-03-04 20:00", 540),
        ("2026-03-07 12:00", "2026-03-08 12:00", 0),  # a weekend
        ("2026-03-04 12:00", "2026-03-04 11:00", 0),  # answered before it came
        ("2025-12-31 17:00", "2026-01-01 10:00", 120),  # over the end of a year
    ],
)
def test_only_working_hours_of_working_days_count(start: str, end: str, minutes: int) -> None:
    assert OFFICE.seconds_between(local(start), local(end)) == minutes * 60


def test_a_holiday_does_not_count() -> None:
    with_holiday = WorkingTime(MOSCOW, NINE_TO_SIX, lambda day: on_weekdays(day) and day != HOLIDAY)
    assert with_holiday.seconds_between(local("2026-03-06 17:55"), local("2026-03-10 09:05")) == 600


def test_the_hours_are_local_on_both_sides_of_a_change_of_clocks() -> None:
    # Berlin goes to summer time on Sunday 2026-03-29: 17:00 on Friday is 16:00 UTC, 10:00 on Monday is 08:00 UTC
    assert BERLIN_OFFICE.seconds_between(utc("2026-03-27 16:00"), utc("2026-03-30 08:00")) == 2 * HOUR


@pytest.mark.parametrize(("day", "hours"), [("2026-03-28", 24), ("2026-03-29", 23), ("2026-10-25", 25)])
def test_a_day_round_the_clock_is_as_long_as_the_clocks_make_it(day: str, hours: int) -> None:
    working = WorkingTime(BERLIN, ROUND_THE_CLOCK, lambda each: each == date.fromisoformat(day))
    assert working.seconds_between(utc("2026-01-01"), utc("2026-12-31")) == hours * HOUR


def test_round_the_clock_on_all_days_is_calendar_time() -> None:
    working = WorkingTime(BERLIN, ROUND_THE_CLOCK, always)
    start, end = utc("2025-11-11 11:11:11"), utc("2027-02-03 04:05:06")
    assert working.seconds_between(start, end) == (end - start).total_seconds()


def test_a_span_of_decades_is_counted() -> None:
    working = WorkingTime(MOSCOW, NINE_TO_SIX, always)
    assert working.seconds_between(local("2000-01-01 00:00"), local("2030-01-01 00:00")) == 10958 * 9 * HOUR


def test_hours_that_end_before_they_begin_are_refused() -> None:
    with pytest.raises(SettingsError, match="18:00-09:00"):
        WorkingTime(MOSCOW, (time(18), time(9)), always)


@pytest.mark.parametrize(
    ("start", "minutes", "deadline"),
    [
        ("2026-03-06 17:55", 15, "2026-03-09 09:10"),
        ("2026-03-06 17:55", 5, "2026-03-06 18:00"),  # the evening, not the next morning
        ("2026-03-07 12:00", 15, "2026-03-09 09:15"),
        ("2026-03-04 09:00", 540, "2026-03-04 18:00"),
        ("2026-03-04 20:00", 0, "2026-03-04 20:00"),
        ("2025-12-31 17:55", 15, "2026-01-01 09:10"),
    ],
)
def test_a_deadline_is_where_the_working_time_runs_out(start: str, minutes: int, deadline: str) -> None:
    assert OFFICE.add_working_seconds(local(start), minutes * 60) == local(deadline)


def test_a_calendar_that_has_ended_has_no_deadlines() -> None:
    ended = WorkingTime(MOSCOW, NINE_TO_SIX, lambda day: day.year < 2026)
    with pytest.raises(SettingsError, match="2026 and 2027"):
        ended.add_working_seconds(local("2025-12-31 17:59"), 120)


@given(st.lists(MOMENTS, min_size=3, max_size=3).map(sorted))
def test_the_parts_of_a_span_add_up_to_it(moments: list[datetime]) -> None:
    first, middle, last = moments
    parts = BERLIN_OFFICE.seconds_between(first, middle) + BERLIN_OFFICE.seconds_between(middle, last)
    assert parts == BERLIN_OFFICE.seconds_between(first, last)


@given(MOMENTS, MOMENTS, st.integers(0, 30 * 24 * HOUR))
def test_a_longer_span_has_no_less_working_time_and_never_more_than_the_calendar(
    start: datetime,
    end: datetime,
    more: int,
) -> None:
    worked = BERLIN_OFFICE.seconds_between(start, end)
    assert 0 <= worked <= max((end - start).total_seconds(), 0)
    assert worked <= BERLIN_OFFICE.seconds_between(start, end + timedelta(seconds=more))


@given(MOMENTS, st.integers(1, 400 * 9 * HOUR))
def test_a_deadline_is_the_first_moment_with_that_much_working_time(start: datetime, seconds: int) -> None:
    deadline = BERLIN_OFFICE.add_working_seconds(start, seconds)
    assert BERLIN_OFFICE.seconds_between(start, deadline) == seconds
    assert BERLIN_OFFICE.seconds_between(start, deadline - timedelta(seconds=1)) == seconds - 1


@given(MOMENTS, MOMENTS)
def test_the_count_agrees_with_a_walk_day_by_day(start: datetime, end: datetime) -> None:
    assert BERLIN_OFFICE.seconds_between(start, end) == _walked(start, end)


def _walked(start: datetime, end: datetime) -> float:
    """Return the same by the definition: for each local day, what of 9-18 lies between the moments."""
    total, day = 0.0, start.date() - timedelta(days=1)
    while day <= end.date() + timedelta(days=1):
        opens = local(f"{day} 09:00", BERLIN)
        closes = local(f"{day} 18:00", BERLIN)
        if on_weekdays(day):
            total += max((min(end, closes) - max(start, opens)).total_seconds(), 0)
        day += timedelta(days=1)
    return total
