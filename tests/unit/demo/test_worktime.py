from datetime import datetime, timedelta

import numpy as np

from voronka.demo.rows import Array
from voronka.demo.worktime import DAY, WorkTime, clock, weekday
from voronka.settings import Calendar


def day(text: str) -> int:
    return (datetime.fromisoformat(text) - datetime.fromisoformat("1970-01-01")).days


def at(text: str) -> int:
    return round((datetime.fromisoformat(text) - datetime.fromisoformat("1970-01-01")).total_seconds())


def read(moments: Array) -> list[str]:
    start = datetime.fromisoformat("1970-01-01")
    return [f"{start + timedelta(seconds=int(moment)):%Y-%m-%d %H:%M}" for moment in moments]


WORK = WorkTime.of(Calendar(), day("2026-02-16"), day("2026-03-31"))


def test_holidays_and_weekends_are_not_worked() -> None:
    # the 23rd of February 2026, a Monday, is a holiday; the 21st and 22nd are the weekend before
    days = np.array([day("2026-02-20"), day("2026-02-21"), day("2026-02-23"), day("2026-02-24")])
    assert WORK.is_working(days).tolist() == [True, False, False, True]
    assert WORK.count(days[0], days[-1]) == 2


def test_work_goes_on_where_it_stopped_in_the_evening() -> None:
    # Friday 17:00 has one hour left; the second hour is Tuesday's first, Monday being a holiday
    start = np.array([at("2026-02-20 17:00")])
    assert read(WORK.after(start, np.array([7200]))) == ["2026-02-24 10:00"]


def test_what_comes_at_night_waits_for_the_morning() -> None:
    starts = np.array([at("2026-02-19 22:00"), at("2026-02-20 06:00")])
    assert read(WORK.after(starts, np.array([600, 600]))) == ["2026-02-20 09:10", "2026-02-20 09:10"]


def test_a_working_day_is_found_after_so_many() -> None:
    saturday = np.array([day("2026-02-21")])
    assert WORK.day_after(saturday, np.array([0])).tolist() == [day("2026-02-24")]
    assert WORK.day_after(saturday, np.array([2])).tolist() == [day("2026-02-26")]


def test_weekdays_begin_with_monday() -> None:
    assert weekday(np.array([day("2026-02-16"), day("2026-02-22")])).tolist() == [0, 6]


def test_people_are_busy_from_nine_to_seven_less_at_lunch_and_on_a_friday_evening() -> None:
    draws = np.random.default_rng(1)
    hours = [
        np.bincount((clock(draws, np.full(20_000, day(text))) % DAY) // 3600, minlength=24)
        for text in ("2026-02-19", "2026-02-20")
    ]
    assert all(found[:9].sum() == 0 and found[19:].sum() == 0 for found in hours)
    assert all(found[13] < 0.6 * min(found[12], found[14]) for found in hours)
    assert hours[1][17] < 0.6 * hours[0][17]
