"""Pairs that people say are not one."""

import pytest

from tests.unit.operations.conftest import Operations
from voronka.domain.errors import QuestionError
from voronka.operations.distinctions import Distinctions


@pytest.fixture
def distinctions(operations: Operations) -> Distinctions:
    """Return the distinctions of a company where nobody has stated one."""
    return Distinctions(operations.database, operations.clock)


def test_a_pair_is_held_apart_until_that_is_undone_whichever_is_named_first(distinctions: Distinctions) -> None:
    made = distinctions.state("account", "crm:2", "crm:1", "anna")
    assert distinctions.in_force() == [made]
    with pytest.raises(QuestionError, match="held apart already"):
        distinctions.state("account", "crm:1", "crm:2", "boris")
    undone = distinctions.undo("account", "crm:1", "crm:2", "boris")
    assert (undone.holds, undone.entered_by) == (False, "boris")
    assert distinctions.in_force() == []
    again = distinctions.state("account", "crm:1", "crm:2", "boris")
    assert distinctions.in_force() == [again]


def test_pairs_of_two_kinds_do_not_touch_each_other(distinctions: Distinctions) -> None:
    distinctions.state("account", "crm:2", "crm:1", "anna")
    distinctions.state("contact", "crm:2", "crm:1", "anna")
    distinctions.undo("account", "crm:2", "crm:1", "anna")
    assert [each.entity for each in distinctions.in_force()] == ["contact"]


def test_one_record_is_no_pair_and_what_nobody_said_is_not_undone(distinctions: Distinctions) -> None:
    with pytest.raises(QuestionError, match="is one record"):
        distinctions.state("account", "crm:1", "crm:1", "anna")
    with pytest.raises(QuestionError, match="nobody has said"):
        distinctions.undo("account", "crm:2", "crm:1", "anna")
