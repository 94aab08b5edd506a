"""Periods and what they are compared with."""

from datetime import date

import pytest

from voronka.domain.period import Bucket, Grain, Period, bucket_label, bucket_start, shift_months


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
