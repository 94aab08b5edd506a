"""How much of a day people are away; working hours here are 9 to 18, in a zone that is UTC."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from voronka.analyses.away import _away, joined
from voronka.domain.period import Period

UTC = ZoneInfo("UTC")


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute)  # noqa: DTZ001 - UTC without a zone, as everywhere


def march(day: int) -> date:
    return date(2026, 3, day)


HOURS = {march(day): (at(day, 9), at(day, 18)) for day in (2, 3, 4, 5)}


def test_days_between_the_ends_are_whole_and_the_ends_count_by_their_hours() -> None:
    away = _away([(at(2, 15), at(5, 12))], HOURS, UTC)
    assert [round(away.share(march(day)), 4) for day in (1, 2, 3, 4, 5)] == [0, 0.3333, 1, 1, 0.3333]
    assert away.days() == [Period(march(3), march(4))]


def test_of_half_a_day_the_other_half_is_worked_and_of_more_nothing() -> None:
    assert _away([(at(2, 13, 30), at(2, 18))], HOURS, UTC).days() == []
    assert _away([(at(2, 13), at(2, 18))], HOURS, UTC).days() == [Period(march(2), march(2))]


def test_two_absences_of_one_day_add_up_and_none_is_counted_twice() -> None:
    spans = [(at(2, 9), at(2, 12)), (at(2, 11), at(2, 12)), (at(2, 15), at(2, 18))]
    assert list(joined(spans)) == [(at(2, 9), at(2, 12)), (at(2, 15), at(2, 18))]
    assert round(_away(joined(spans), HOURS, UTC).share(march(2)), 4) == 0.6667


def test_a_day_without_working_hours_is_away_as_a_whole() -> None:
    assert _away([(at(7, 10), at(7, 11))], HOURS, UTC).share(march(7)) == 1
