"""Periods and what they are compared with."""

from datetime import date

import pytest

from voronka.domain.period import Bucket, Counted, Grain, Period, bucket_label, bucket_start, shift_months


def _period(first: str, last: str) -> Period:
    return Period(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("this", "previous"),
    [
        (("2026-03-01", "2026-03-31"), ("2026-02-01", "2026-02-28")),
        (("2026-01-01", "2026-03-31"), ("2025-10-01", "2025-12-31")),
        (("2026-02-01", "2026-02-28"), ("2026-01-01", "2026-01-31")),
        (("2026-03-01", "2026-03-10"), ("2026-02-01", "2026-02-10")),
        (("2026-03-01", "2026-03-30"), ("2026-02-01", "2026-02-28")),
        (("2026-03-02", "2026-03-08"), ("2026-02-23", "2026-03-01")),
        (("2026-03-15", "2026-03-15"), ("2026-03-14", "2026-03-14")),
        (("2026-02-01", "2026-03-10"), ("2025-12-25", "2026-01-31")),
    ],
)
def test_the_previous_period_is_a_like_one(this: tuple[str, str], previous: tuple[str, str]) -> None:
    assert _period(*this).earlier("previous").period == _period(*previous)


@pytest.mark.parametrize(
    ("this", "year_before"),
    [
        (("2024-02-01", "2024-02-29"), ("2023-02-01", "2023-02-28")),
        (("2025-02-01", "2025-02-28"), ("2024-02-01", "2024-02-29")),
        (("2024-02-29", "2024-03-05"), ("2023-02-28", "2023-03-05")),
        (("2026-03-02", "2026-03-08"), ("2025-03-02", "2025-03-08")),
    ],
)
def test_the_year_before_has_the_same_dates(this: tuple[str, str], year_before: tuple[str, str]) -> None:
    assert _period(*this).earlier("year").period == _period(*year_before)


@pytest.mark.parametrize(
    ("this", "previous"),
    [
        # weeks begin on Mondays: 2026-03-02, 2026-11-16
        (("2026-11-16", "2026-11-20"), ("2026-11-09", "2026-11-13")),
        (("2026-11-16", "2026-11-16"), ("2026-11-15", "2026-11-15")),  # a day is a day, whatever begins with it
        (("2026-11-17", "2026-11-17"), ("2026-11-16", "2026-11-16")),
        (("2026-11-17", "2026-11-20"), ("2026-11-13", "2026-11-16")),
        # quarters; 30 May stands against the end of February, which has no 30th
        (("2026-10-01", "2026-11-20"), ("2026-07-01", "2026-08-20")),
        (("2026-04-01", "2026-05-30"), ("2026-01-01", "2026-02-28")),
        (("2026-10-01", "2026-10-20"), ("2026-09-01", "2026-09-20")),
        # years
        (("2026-01-01", "2026-11-20"), ("2025-01-01", "2025-11-20")),
        (("2024-01-01", "2024-02-29"), ("2023-11-01", "2023-12-31")),
        (("2026-01-01", "2026-03-20"), ("2025-10-01", "2025-12-20")),
        (("2026-01-01", "2026-01-20"), ("2025-12-01", "2025-12-20")),
        # 2026-06-01 is a Monday and the first of a month
        (("2026-06-01", "2026-06-05"), ("2026-05-01", "2026-05-05")),
        (("2026-06-01", "2026-06-07"), ("2026-05-25", "2026-05-31")),  # a whole week is a week
        # longer than its week, begun on no unit's first day
        (("2026-11-16", "2026-11-23"), ("2026-11-08", "2026-11-15")),
    ],
)
def test_a_unit_on_its_way_stands_against_the_same_days_of_the_one_before(
    this: tuple[str, str], previous: tuple[str, str]
) -> None:
    assert _period(*this).earlier("previous").period == _period(*previous)


@pytest.mark.parametrize(
    ("asked", "today", "previous"),
    [
        (("2026-11-01", "2026-11-30"), "2026-11-22", ("2026-10-01", "2026-10-22")),
        (("2026-10-01", "2026-12-31"), "2026-10-20", ("2026-07-01", "2026-07-20")),
        (("2026-10-01", "2026-12-31"), "2026-11-01", ("2026-07-01", "2026-08-01")),
        (("2026-01-01", "2026-12-31"), "2026-02-01", ("2025-01-01", "2025-02-01")),
        (("2026-06-01", "2026-06-07"), "2026-06-03", ("2026-05-25", "2026-05-27")),
        (("2026-11-01", "2026-11-30"), "2026-11-30", ("2026-10-01", "2026-10-31")),  # over by tonight: whole months
        (("2026-11-01", "2026-11-30"), "2026-12-01", ("2026-10-01", "2026-10-31")),
        (("2026-11-01", "2026-11-30"), "2026-10-31", ("2026-10-01", "2026-10-31")),  # yet to come
        (("2026-01-01", "2026-03-31"), "2026-02-28", ("2025-10-01", "2025-11-30")),  # a month's end against one
    ],
)
def test_of_a_period_on_its_way_only_the_days_until_today_are_compared(
    asked: tuple[str, str], today: str, previous: tuple[str, str]
) -> None:
    assert _period(*asked).earlier("previous", date.fromisoformat(today)).period == _period(*previous)


def test_a_year_before_is_compared_until_today_too() -> None:
    earlier = _period("2026-11-01", "2026-11-30").earlier("year", date(2026, 11, 22))
    assert earlier.period == _period("2025-11-01", "2025-11-22")


def test_days_of_a_week_on_its_way_stand_against_the_same_weekdays() -> None:
    earlier = _period("2026-11-16", "2026-11-20").earlier("previous")
    assert (earlier.days, earlier.day_against(date(2026, 11, 18))) == (7, date(2026, 11, 11))


def test_a_day_stands_against_the_same_day_of_the_month_before() -> None:
    earlier = _period("2026-03-01", "2026-03-31").earlier("previous")
    assert earlier.day_against(date(2026, 3, 10)) == date(2026, 2, 10)
    assert earlier.day_against(date(2026, 3, 31)) == date(2026, 2, 28)
    assert earlier.day_against(date(2026, 3, 30)) == date(2026, 2, 28)


def test_the_end_of_a_month_stands_against_the_end_of_a_month() -> None:
    earlier = _period("2026-02-01", "2026-02-28").earlier("previous")
    assert earlier.day_against(date(2026, 2, 28)) == date(2026, 1, 31)


def test_a_period_of_days_is_moved_by_days() -> None:
    earlier = _period("2026-03-02", "2026-03-08").earlier("previous")
    assert (earlier.days, earlier.months) == (7, 0)
    assert earlier.day_against(date(2026, 3, 8)) == date(2026, 3, 1)


def test_outer_buckets_are_clipped_to_the_period() -> None:
    assert list(_period("2026-01-15", "2026-03-10").buckets("month")) == [
        Bucket(date(2026, 1, 1), date(2026, 1, 15), date(2026, 1, 31)),
        Bucket(date(2026, 2, 1), date(2026, 2, 1), date(2026, 2, 28)),
        Bucket(date(2026, 3, 1), date(2026, 3, 1), date(2026, 3, 10)),
    ]


@pytest.mark.parametrize(
    ("grain", "label"),
    [("day", "2027-01-02"), ("week", "2026-W53"), ("month", "2027-01"), ("quarter", "2027-Q1"), ("year", "2027")],
)
def test_buckets_are_written_as_people_write_them(grain: Grain, label: str) -> None:
    assert bucket_label(bucket_start(date(2027, 1, 2), grain), grain) == label


def test_a_month_is_clamped_to_its_last_day() -> None:
    assert shift_months(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert shift_months(date(2026, 1, 31), -2) == date(2025, 11, 30)


def test_a_period_cannot_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="cannot end before it begins"):
        _period("2026-03-02", "2026-03-01")


def test_a_day_counts_as_a_whole_one_from_the_half_of_its_work_on() -> None:
    day = date(2026, 3, 18)
    assert (Counted(day).until, Counted(day, 0.5).until, Counted(day, 0.49).until) == (day, day, date(2026, 3, 17))
    march = _period("2026-03-01", "2026-03-31")
    assert Counted(day, 0.1).of(march) == _period("2026-03-01", "2026-03-17")
    assert Counted(date(2026, 4, 5)).of(march) == march
    assert Counted(date(2026, 3, 1), 0.1).of(march) is None


def test_days_that_count_are_compared_with_like_ones() -> None:
    march = _period("2026-03-01", "2026-03-31")
    earlier = Counted(date(2026, 3, 18), 0.1).earlier(march, "previous")
    assert earlier is not None
    assert earlier.period == _period("2026-02-01", "2026-02-17")
    assert Counted(date(2026, 2, 28)).earlier(march, "previous") is None
