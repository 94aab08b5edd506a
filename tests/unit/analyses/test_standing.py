from datetime import date, timedelta

import pytest

from voronka.analyses.standing import Standing, critical, means_differ, standings

DAYS = tuple(date(2026, 3, 2) + timedelta(days=n) for n in range(8))
ALL = frozenset(DAYS)


def course(*figures: float) -> dict[str, float]:
    return {day.isoformat(): figure for day, figure in zip(DAYS, figures, strict=False)}


def sides(found: tuple[Standing, ...]) -> dict[str, str]:
    return {each.employee_id: each.side for each in found}


@pytest.mark.parametrize(
    ("freedom", "error", "table"),
    [(5, 0.05, 2.571), (10, 0.05, 2.228), (10, 0.01, 3.169), (30, 0.05, 2.042), (1, 0.05, 12.706)],
)
def test_critical_values_are_those_of_the_printed_tables(freedom: int, error: float, table: float) -> None:
    assert critical(freedom, error) == pytest.approx(table, abs=0.0006)


def test_who_differs_by_more_than_the_own_ups_and_downs_stands_apart() -> None:
    figures = {
        "a": course(
            9, 11, 9, 11, 9, 11, 9, 11
        ),  # mean 10, error 1.069 / sqrt(8) = 0.378: 5 over the level is 13 errors
        "b": course(5, 5, 5, 5, 5, 5, 5, 5),
        "c": course(0, 12, 0, 12, 0, 12, 0, 12),  # mean 6, error 6.414 / sqrt(8) = 2.27: 1 over the level is nothing
        "d": course(4, 4, 4, 4, 4, 4, 4, 4),
        "e": course(0, 0, 0, 0, 0, 0, 0, 0),
    }
    found = standings(figures, dict.fromkeys(figures, ALL), "day")
    assert sides(found) == {"a": "ahead", "b": "alike", "c": "alike", "d": "behind", "e": "behind"}
    assert {each.level for each in found} == {5}
    assert {each.employee_id: each.mean for each in found} == {"a": 10, "b": 5, "c": 6, "d": 4, "e": 0}


def test_a_holiday_or_a_late_start_puts_nobody_behind() -> None:
    late = frozenset(DAYS[2:])
    figures = {
        "a": course(4, 6, 4, 6, 4, 6, 4, 6),
        "b": course(5, 5, 5, 5, 5, 5, 5, 5),
        "c": course(0, 0, 4, 6, 4, 6, 4, 6),
    }
    found = standings(figures, {"a": ALL, "b": ALL, "c": late}, "day")
    assert sides(found) == {"a": "alike", "b": "alike", "c": "alike"}
    assert [(each.days, each.mean) for each in found] == [(8, 5), (8, 5), (6, 5)]


def test_of_few_days_or_few_people_nothing_is_known() -> None:
    figures = {"a": course(9, 9, 9, 9, 9), "b": course(5, 5, 5, 5, 5), "c": course(5, 5, 5, 5, 5)}
    few_days = standings(figures, dict.fromkeys(figures, frozenset(DAYS[:5])), "day")
    assert sides(few_days) == {"a": "unknown", "b": "unknown", "c": "unknown"}
    two = standings(figures, {"a": ALL, "b": ALL}, "day")
    assert [(each.side, each.level) for each in two] == [("unknown", None), ("unknown", None)]


def test_where_nobody_did_anything_nobody_is_alike() -> None:
    found = standings({}, {"a": ALL, "b": ALL, "c": ALL}, "day")
    assert {each.side for each in found} == {"unknown"}


def test_weeks_are_compared_by_the_day_worked_in_them() -> None:
    weeks = [date(2026, 3, 2) + timedelta(weeks=n) for n in range(6)]
    whole = frozenset(week + timedelta(days=n) for week in weeks for n in range(5))
    half = frozenset(week + timedelta(days=n) for week in weeks for n in range(2))
    labels = [f"2026-W{number}" for number in range(10, 16)]
    full_time, part_time = dict.fromkeys(labels, 50.0), dict.fromkeys(labels, 20.0)
    figures = {"a": full_time, "b": full_time, "c": part_time}
    found = standings(figures, {"a": whole, "b": whole, "c": half}, "week")
    assert [(each.mean, each.side) for each in found] == [(10, "alike"), (10, "alike"), (10, "alike")]


def test_who_worked_on_no_day_is_not_there() -> None:
    assert standings({"a": course(5)}, {"a": frozenset()}, "day") == ()


def test_means_differ_by_more_than_the_days_do_among_themselves() -> None:
    # pooled variance 2.5 of 8 degrees: critical 2.306 * sqrt(2.5 * 2 / 5) = 2.306
    assert means_differ([1, 2, 3, 4, 5], [3.4, 4.4, 5.4, 6.4, 7.4])
    assert not means_differ([1, 2, 3, 4, 5], [3.2, 4.2, 5.2, 6.2, 7.2])
    assert not means_differ([5], [1, 2, 3])
