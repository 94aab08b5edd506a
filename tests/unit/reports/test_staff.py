"""The department with what is stated laid over it: Анна and Яна (who left) in Север, Ёлкин in Юг."""

from datetime import date

import pytest

from tests.unit.reports.test_staff_pasted import person
from voronka.domain.scope import ALWAYS_FROM, ALWAYS_TO
from voronka.domain.staff import Placement
from voronka.reports.staff import Placed, StaffPerson, _over, folded


def march(day: int) -> date:
    return date(2026, 3, day)


def same(team_id: str | None) -> str | None:
    return team_id


def test_what_is_stated_cuts_what_sources_tell_of_its_days() -> None:
    held = [Placed("west", "ae", ALWAYS_FROM, ALWAYS_TO, is_stated=False)]
    stated = [Placement(team_id="east", role="lead", valid_from=march(3), valid_to=march(5))]
    assert _over(held, stated, same) == (
        Placed("west", "ae", march(5), ALWAYS_TO, is_stated=False),
        Placed("east", "lead", march(3), march(5), is_stated=True),
        Placed("west", "ae", ALWAYS_FROM, march(3), is_stated=False),
    )


@pytest.mark.parametrize(("day", "team"), [(2, "west"), (3, "east"), (4, "east"), (5, "west")])
def test_a_day_has_its_team(day: int, team: str) -> None:
    held = [Placed("west", "ae", ALWAYS_FROM, ALWAYS_TO, is_stated=False)]
    stated = [Placement(team_id="east", role="lead", valid_from=march(3), valid_to=march(5))]
    found = StaffPerson("1", "Anna", None, None, march(9), _over(held, stated, same), "1", person("1", "Anna").said)
    place = found.on(march(day))
    assert place is not None
    assert place.team_id == team
    assert (found.has_left(march(9)), found.has_left(march(10))) == (False, True)


def test_names_are_compared_without_case_spaces_and_yo() -> None:
    assert folded("  Ёлкин   Пётр") == "елкин петр"


def test_a_time_in_a_team_is_told_by_its_first_and_last_day_and_open_ends_by_none() -> None:
    ever = Placed("west", None, ALWAYS_FROM, ALWAYS_TO, is_stated=False)
    some = Placed("west", None, march(3), march(5), is_stated=True)
    assert [(each.first, each.last) for each in (ever, some)] == [(None, None), (march(3), march(4))]
