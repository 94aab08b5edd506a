"""Merges that people state."""

import pytest

from tests.unit.operations.conftest import Operations
from voronka.domain.errors import QuestionError
from voronka.operations.merges import Merges, merged_kind


@pytest.fixture
def merges(operations: Operations) -> Merges:
    """Return the merges of a company where nobody has stated one."""
    return Merges(operations.database, operations.clock)


def test_a_merge_stands_until_it_is_undone_and_both_statements_stay(merges: Merges) -> None:
    made = merges.merge("lead", "crm:2", "crm:1", "anna")
    assert merges.in_force() == [made]
    undone = merges.undo("lead", "crm:2", "boris")
    assert (undone.into_id, undone.entered_by) == (None, "boris")
    assert merges.in_force() == []
    assert merges.statements() == [made, undone]


def test_records_of_two_kinds_with_one_id_do_not_touch_each_other(merges: Merges) -> None:
    merges.merge("lead", "crm:2", "crm:1", "anna")
    merges.merge("contact", "crm:2", "crm:1", "anna")
    merges.undo("lead", "crm:2", "anna")
    assert [each.entity for each in merges.in_force()] == ["contact"]


def test_nothing_is_merged_in_a_circle_or_twice(merges: Merges) -> None:
    merges.merge("lead", "crm:2", "crm:1", "anna")
    merges.merge("lead", "crm:1", "crm:3", "anna")
    with pytest.raises(QuestionError, match="crm:2 is crm:3 already"):
        merges.merge("lead", "crm:3", "crm:2", "anna")
    with pytest.raises(QuestionError, match="merged into crm:1 already"):
        merges.merge("lead", "crm:2", "crm:4", "anna")


def test_what_nobody_merged_cannot_be_undone_and_deals_are_not_merged(merges: Merges) -> None:
    with pytest.raises(QuestionError, match="nobody has merged the lead crm:1"):
        merges.undo("lead", "crm:1", "anna")
    with pytest.raises(QuestionError, match="not deal"):
        merged_kind("deal")
