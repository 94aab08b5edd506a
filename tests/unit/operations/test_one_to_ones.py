"""What people keep of one-to-one meetings."""

from datetime import date

import pytest

from tests.unit.operations.conftest import Operations
from voronka.domain.errors import QuestionError
from voronka.domain.one_to_ones import Goal, Said
from voronka.domain.period import Period
from voronka.operations.one_to_ones import OneToOnes

TODAY = date(2026, 3, 2)
NOTE = Said(kind="note", employee_id="crm:2", day=TODAY, words=" tired ", is_visible=False)
AGREED = Said(kind="agreement", employee_id="crm:2", day=TODAY, words="call back", due_on=date(2026, 3, 9))
GOAL = Goal("win_rate", 30.5, Period(TODAY, date(2026, 3, 31)))


@pytest.fixture
def kept(operations: Operations) -> OneToOnes:
    """Return what is kept in a company where nobody has met."""
    return OneToOnes(operations.database, operations.clock)


def test_what_was_said_is_kept_as_it_was_said_the_newest_first(kept: OneToOnes, operations: Operations) -> None:
    note = kept.enter(NOTE, "olga")
    operations.clock.on(hours=1)
    goal = kept.enter(Said(kind="goal", employee_id="crm:2", day=TODAY, goal=GOAL), "olga")
    kept.enter(Said(kind="note", employee_id="crm:3", day=TODAY, words="of another"), "olga")
    assert kept.of_person("crm:2") == [goal, note]
    assert (note.said.words, note.is_visible, note.by) == ("tired", False, "olga")
    assert (goal.said.goal, goal.at - note.at == operations.clock.now - note.at) == (GOAL, True)


def test_the_latest_mark_is_in_force_and_all_of_them_are_kept(kept: OneToOnes) -> None:
    agreed = kept.enter(AGREED, "olga")
    assert (agreed.done, agreed.is_visible) == (None, True)
    done = kept.mark(agreed.entry_id, "done", "anna")
    assert done.done is not None
    assert done.done.by == "anna"
    again = kept.mark(agreed.entry_id, "open", "olga")
    hidden = kept.mark(agreed.entry_id, "hidden", "olga")
    assert (again.done, again.is_visible, hidden.is_visible) == (None, True, False)
    assert [each.mark for each in hidden.marks] == ["done", "open", "hidden"]
    assert kept.mark(agreed.entry_id, "shown", "olga").is_visible


def test_a_meeting_that_was_taken_back_was_not_held(kept: OneToOnes) -> None:
    days = [date(2026, 2, 2), date(2026, 3, 1), date(2026, 2, 16)]
    met = [kept.enter(Said(kind="meeting", employee_id="crm:2", day=day), "olga") for day in days]
    kept.mark(met[1].entry_id, "withdrawn", "olga")
    assert kept.held() == {"crm:2": [date(2026, 2, 16), date(2026, 2, 2)]}


def test_an_entry_that_there_is_not_cannot_be_marked(kept: OneToOnes) -> None:
    with pytest.raises(QuestionError, match="no entry has the number 7"):
        kept.mark(7, "done", "anna")
