"""What the rest of a period brings, and how far that may be off."""

from datetime import date, timedelta
from math import sqrt

import numpy as np
import pytest

from voronka.analyses.estimate import (
    Calendar,
    Flows,
    Numbers,
    Point,
    expected,
    half_width,
    reckon,
    replay,
    same_point,
)

FIRST = date(2024, 1, 1)
"""A Monday."""


def calendar(days: int) -> Calendar:
    """Return days of which Monday to Friday are worked."""
    each = [FIRST + timedelta(days=n) for n in range(days)]
    return Calendar(np.array([day.weekday() < 5 for day in each]), np.array([day.weekday() for day in each]))


def place(year: int, month: int, day: int) -> int:
    return (date(year, month, day) - FIRST).days


def flows(values: Numbers, days: int) -> Flows:
    return Flows(values, np.ones((*values.shape[:-1], days)))


def every_working_day(value: float, known: int) -> Numbers:
    return np.where(calendar(known).is_working, value, 0.0)[None, :]


def test_a_steady_flow_goes_on_over_the_working_days_left() -> None:
    origin, days = place(2024, 9, 16), place(2024, 10, 1)
    point = Point(place(2024, 9, 1), place(2024, 9, 30), origin)
    found = reckon(flows(every_working_day(10, origin), days), calendar(days), point)
    # September 2024: 10 working days before Monday the 16th, 11 from it on
    assert found.so_far == pytest.approx([100])
    assert found.to_come == pytest.approx([110])
    assert found.end == pytest.approx([210])


def test_days_off_bring_what_days_off_have_brought() -> None:
    origin = place(2024, 9, 16)
    values = np.where(calendar(origin).is_working, 10.0, 2.0)[None, :]
    days = place(2024, 10, 1)
    found = expected(flows(values, days), calendar(days), origin, origin, place(2024, 9, 30))
    assert found == pytest.approx([11 * 10 + 4 * 2])  # two weekends are left


def test_a_day_of_the_week_has_its_own_mean_drawn_towards_the_common_one() -> None:
    origin = place(2024, 9, 16)
    days = origin + 7
    mondays = calendar(origin).weekdays == 0
    values = np.where(mondays, 30.0, np.where(calendar(origin).is_working, 5.0, 0.0))[None, :]
    monday, tuesday = (
        float(expected(flows(values, days), calendar(days), origin, day, day)[0]) for day in (origin, origin + 1)
    )
    assert 20 < monday < 30
    assert 5 < tuesday < 8


def test_recent_days_weigh_more_than_those_long_ago() -> None:
    origin = place(2024, 9, 16)
    values = every_working_day(10, origin)
    values[:, origin - 42 :] *= 2
    days = origin + 5
    found = float(expected(flows(values, days), calendar(days), origin, origin, origin + 4)[0])
    # the last 42 days, half of the weight, brought 20 a day, those before 10: about 15 a day, five days
    assert found == pytest.approx(75, rel=0.04)


def test_who_is_away_brings_nothing_and_what_was_not_worked_teaches_nothing() -> None:
    origin = place(2024, 9, 16)
    days = place(2024, 10, 1)
    values = every_working_day(10, origin)
    values[:, place(2024, 8, 1) : place(2024, 9, 1)] = 0
    present = np.ones((1, days))
    present[:, place(2024, 8, 1) : place(2024, 9, 1)] = 0
    present[:, place(2024, 9, 23) :] = 0
    found = reckon(Flows(values, present), calendar(days), Point(place(2024, 9, 1), place(2024, 9, 30), origin))
    assert found.to_come == pytest.approx([50])  # Monday to Friday, then away


def test_what_has_not_begun_is_not_taken_for_days_of_nothing() -> None:
    origin = place(2024, 9, 16)
    values = every_working_day(10, origin)
    values[:, : place(2024, 8, 12)] = 0
    days = origin + 5
    found = expected(flows(values, days), calendar(days), origin, origin, origin + 4)
    assert found == pytest.approx([50])


def test_nothing_known_is_nothing_expected() -> None:
    days = 30
    assert expected(flows(np.zeros((1, 20)), days), calendar(days), 20, 20, 29) == pytest.approx([0])
    assert expected(flows(np.zeros((1, 0)), days), calendar(days), 0, 0, 29) == pytest.approx([0])


def test_the_season_of_two_years_moves_the_level_by_the_root_of_what_it_was() -> None:
    origin, last = place(2026, 12, 1), place(2026, 12, 28)
    values = every_working_day(10, origin)
    for shift in (364, 728):
        values[:, origin - shift : last - shift + 1] *= 4
    days = last + 1
    found = expected(flows(values, days), calendar(days), origin, origin, last)
    assert found == pytest.approx([20 * 10 * 2], rel=0.02)  # 20 working days, four times as much: twice
    short = values[:, place(2026, 12, 1) - 600 :]
    later = calendar(days).is_working[place(2026, 12, 1) - 600 :], calendar(days).weekdays[place(2026, 12, 1) - 600 :]
    found = expected(flows(short, len(later[0])), Calendar(*later), 600, 600, 627)
    assert found == pytest.approx([20 * 10], rel=0.02)  # less than two years are known


@pytest.mark.parametrize(
    ("origin", "found"),
    [
        # September 2024 on Monday the 16th: 11 working days to go; of August they begin on Friday the 16th
        (place(2024, 9, 16), place(2024, 8, 16)),
        # on Saturday the 28th one is to go, Monday the 30th: the last one of August is Friday the 30th
        (place(2024, 9, 28), place(2024, 8, 30)),
        # ten days before September begins: ten days before August does
        (place(2024, 8, 22), place(2024, 7, 22)),
    ],
)
def test_the_same_point_has_as_many_working_days_to_go(origin: int, found: int) -> None:
    now = Point(place(2024, 9, 1), place(2024, 9, 30), origin)
    assert same_point(calendar(400), now, place(2024, 8, 1), place(2024, 8, 31)).origin == found


def test_where_no_working_day_is_left_the_same_point_has_as_many_days_to_go() -> None:
    now = Point(place(2024, 8, 1), place(2024, 8, 31), place(2024, 8, 31))  # a Saturday
    assert same_point(calendar(400), now, place(2024, 7, 1), place(2024, 7, 31)).origin == place(2024, 7, 31)


def test_a_replay_knows_only_the_days_before_its_point() -> None:
    days = place(2024, 10, 1)
    values = every_working_day(10, days)
    values[:, place(2024, 8, 16) :] = 30
    points = [Point(place(2024, 8, 1), place(2024, 8, 31), place(2024, 8, 16))]
    done = replay(flows(values, days), calendar(days), points)
    assert done.reckoned[0] == pytest.approx([(11 + 11) * 10])
    assert done.came[0] == pytest.approx([11 * 10 + 16 * 30])
    assert done.is_known[0].tolist() == [True]
    early = [Point(place(2024, 1, 1), place(2024, 1, 31), place(2024, 1, 20))]
    assert replay(flows(values, days), calendar(days), early).is_known[0].tolist() == [False]
    assert replay(flows(values, days), calendar(days), []).reckoned.shape == (1, 0)


def test_the_half_width_is_the_error_that_eight_of_ten_keep_within() -> None:
    errors = [1.0, -2, 3, -4, 5, -6, 7, -8, 9]
    assert half_width(errors, [0.0] * 9, 0) == pytest.approx(8)  # the eighth of nine: (9 + 1) * 0.8
    assert half_width(errors[:8], [0.0] * 8, 0) == pytest.approx(7.2)  # between the seventh and the eighth
    assert half_width(errors[:7], [0.0] * 7, 0) is None


def test_errors_grow_with_the_root_of_what_is_expected() -> None:
    found = half_width([10.0] * 8, [100.0] * 8, 400)
    mean = (8 * 100 + 400) / 9
    assert found == pytest.approx(10 * sqrt((400 + mean) / (100 + mean)))


@pytest.mark.parametrize("kind", ["counts", "money", "growing", "sparse"])
def test_eight_of_ten_made_periods_end_within_their_interval(kind: str) -> None:
    months = [place(2024 + (n // 12), n % 12 + 1, 1) for n in range(25)]
    days = months[24]
    draws = np.random.default_rng(20261122)
    level = np.where(calendar(days).is_working, 1.0, 0.1) * {"sparse": 0.15}.get(kind, 6.0)
    if kind == "growing":
        level = level * np.linspace(0.6, 1.4, days)
    values = draws.poisson(level * draws.uniform(0.5, 2, (400, 1)), (400, days)).astype(float)
    if kind in {"money", "sparse"}:
        values = np.where(values > 0, draws.gamma(np.maximum(values, 0.01) * 2.0, 50.0), 0.0)
    now = Point(months[23], days - 1, months[23] + 13)
    known = Flows(values[:, : now.origin], np.ones((400, days)))
    end = reckon(known, calendar(days), now)
    points = [same_point(calendar(days), now, months[n], months[n + 1] - 1) for n in range(2, 23)]
    past = replay(known, calendar(days), points)
    came, kept = values[:, now.first : now.last + 1].sum(axis=1), 0
    for n in range(400):
        half = half_width(list(past.came[n] - past.reckoned[n]), list(past.to_come[n]), float(end.to_come[n]))
        assert half is not None
        kept += abs(came[n] - end.end[n]) <= half
    assert 0.7 <= kept / 400 <= 0.9
