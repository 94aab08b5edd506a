"""What people state of people, teams and times."""

from datetime import date, time

import pytest

from voronka.domain.errors import QuestionError
from voronka.domain.scope import ALWAYS_TO
from voronka.domain.staff import PersonSaid, Placement, TimeSaid, laid_over, line_of, new_id


def march(day: int) -> date:
    return date(2026, 3, day)


def place(team: str, first: int, end: int | None = None) -> Placement:
    return Placement(team_id=team, valid_from=march(first), valid_to=march(end) if end else ALWAYS_TO)


def test_a_later_move_ends_the_earlier_one_on_its_day() -> None:
    assert laid_over((place("west", 2),), place("east", 10)) == (place("west", 2, 10), place("east", 10))


def test_a_move_for_some_days_leaves_what_stands_before_and_after_it() -> None:
    expected = (place("west", 2, 10), place("east", 10, 12), place("west", 12))
    assert laid_over((place("west", 2),), place("east", 10, 12)) == expected


def test_a_move_that_covers_others_takes_their_place() -> None:
    assert laid_over((place("west", 4, 6), place("south", 6, 8)), place("east", 2)) == (place("east", 2),)


def test_a_stated_time_in_a_team_is_taken_back_by_its_first_day() -> None:
    said = PersonSaid(placements=(place("west", 2, 10), place("east", 10)))
    assert said.without(march(10)).placements == (place("west", 2, 10),)
    with pytest.raises(QuestionError, match="no stated time in a team begins on this day"):
        said.without(march(11))


def test_days_stand_in_their_order() -> None:
    with pytest.raises(QuestionError, match="the last day comes before the first"):
        place("west", 3, 3)
    with pytest.raises(QuestionError, match="the last day comes before the first"):
        TimeSaid(employee_id="1", kind="absence", first=march(3), last=march(2))
    with pytest.raises(QuestionError, match="one time has at most 400 days"):
        TimeSaid(employee_id="1", kind="absence", first=march(3), last=date(2027, 4, 7))


def test_own_hours_are_of_the_days_of_the_week_that_they_name() -> None:
    hours = TimeSaid(
        employee_id="1", kind="shift", first=march(2), last=march(8), opens=time(9), closes=time(18), weekdays=(1, 7)
    )
    assert hours.days() == [march(2), march(8)]
    with pytest.raises(QuestionError, match="own hours have a beginning"):
        TimeSaid(employee_id="1", kind="shift", first=march(2), last=march(8), opens=time(18), closes=time(9))


def test_a_name_is_one_line() -> None:
    assert line_of(" Anna\n Reed ") == "Anna Reed"
    with pytest.raises(QuestionError, match="a name has from one to 200 characters"):
        line_of("  ")


def test_who_is_made_here_gets_an_id_that_none_has_or_had() -> None:
    assert new_id("team", []) == "voronka:team1"
    assert new_id("person", ["voronka:person1", "crm:7", "voronka:person2"]) == "voronka:person3"


def test_hours_of_a_day_are_told_as_people_write_them_and_of_whole_days_none() -> None:
    doctor = TimeSaid(employee_id="1", kind="absence", first=march(2), last=march(2), opens=time(9, 5), closes=time(11))
    assert doctor.hours == "09:05-11:00"
    assert TimeSaid(employee_id="1", kind="absence", first=march(2), last=march(2)).hours is None
