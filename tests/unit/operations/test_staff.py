"""Edits of people, teams and times."""

import pytest

from tests.unit.operations.conftest import Operations
from voronka.domain.errors import QuestionError
from voronka.domain.staff import PersonSaid, StaffEntry, TeamSaid
from voronka.operations.staff import Staff

ANNA, BORIS = PersonSaid(name="Anna"), PersonSaid(name="Boris")


@pytest.fixture
def staff(operations: Operations) -> Staff:
    """Return the edits of a company where nobody has made one."""
    return Staff(operations.database, operations.clock)


def entry(subject: str, said: PersonSaid | None) -> StaffEntry:
    return StaffEntry("person", subject, said)


def test_the_latest_statement_of_a_subject_is_in_force(staff: Staff) -> None:
    first = staff.edit("person", [entry("1", ANNA), StaffEntry("team", "1", TeamSaid(name="West"))], 0, "olga")
    staff.edit("person", [entry("1", BORIS)], first, "olga")
    assert staff.in_force() == {("person", "1"): BORIS, ("team", "1"): TeamSaid(name="West")}
    staff.edit("person", [entry("1", None)], 2, "olga")
    assert staff.in_force() == {("team", "1"): TeamSaid(name="West")}


def test_edits_are_undone_one_after_another_back_to_nothing(staff: Staff) -> None:
    assert staff.latest() == 0
    first = staff.edit("person", [entry("1", ANNA)], 0, "olga")
    second = staff.edit("person", [entry("1", BORIS)], first, "olga")
    assert staff.latest() == second == 2
    assert [each.before for each in staff.edits()[0].changes] == [ANNA]
    with pytest.raises(QuestionError, match="undone already, or changed since"):
        staff.undo(first, "olga")
    staff.undo(second, "olga")
    assert staff.in_force() == {("person", "1"): ANNA}
    with pytest.raises(QuestionError, match="undone already"):
        staff.undo(second, "olga")
    staff.undo(first, "igor")
    assert staff.in_force() == {}
    told = [(each.edit_id, each.action, each.undoes, each.undone_by, each.can_undo) for each in staff.edits()]
    assert told == [
        (4, "undo", 1, None, False),
        (3, "undo", 2, None, False),
        (2, "person", None, 3, False),
        (1, "person", None, 4, False),
    ]


def test_nobody_overwrites_what_they_have_not_seen_an_undoing_neither(staff: Staff) -> None:
    first = staff.edit("person", [entry("1", ANNA)], 0, "olga")
    with pytest.raises(QuestionError, match="somebody else has changed this meanwhile"):
        staff.edit("person", [entry("1", BORIS)], 0, "igor")
    staff.edit("person", [entry("2", BORIS)], 0, "igor")
    staff.undo(first, "olga")
    with pytest.raises(QuestionError, match="somebody else has changed this meanwhile"):
        staff.edit("person", [entry("1", BORIS)], first, "igor")


def test_an_edit_states_something_and_each_thing_once(staff: Staff) -> None:
    for entries in ([], [entry("1", ANNA), entry("1", BORIS)]):
        with pytest.raises(QuestionError, match="an edit states each thing once"):
            staff.edit("person", entries, 0, "olga")
    with pytest.raises(QuestionError, match="no edit of people and teams has the number 7"):
        staff.undo(7, "olga")
