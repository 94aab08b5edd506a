"""Plans that people state."""

from datetime import date
from decimal import Decimal

import pytest

from tests.unit.operations.conftest import Operations
from voronka.domain.errors import QuestionError
from voronka.domain.period import Period
from voronka.domain.plans import Planned, PlanScope, Wished

MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))
APRIL = Period(date(2026, 4, 1), date(2026, 4, 30))


def planned(
    value: str | None, period: Period = MARCH, scope: PlanScope = "employee", scope_id: str | None = "crm:1"
) -> Planned:
    return Planned("revenue", scope, scope_id, period, None if value is None else Decimal(value))


def test_what_was_stated_is_kept_to_the_last_digit(operations: Operations, second: Operations) -> None:
    made = operations.plans.state(planned("1234567.8901"), "anna")
    assert second.plans.statements() == [made]
    assert (made.entered_by, made.entered_at) == ("anna", operations.clock.now)


def test_the_latest_statement_about_the_same_is_in_force_and_the_earlier_ones_stay(operations: Operations) -> None:
    operations.plans.state(planned("1"), "anna")
    april = operations.plans.state(planned("2", APRIL), "anna")
    operations.clock.on(hours=1)
    last = operations.plans.state(planned("3"), "boris")
    assert operations.plans.in_force() == [april, last]
    assert [each.planned.value for each in operations.plans.statements()] == [1, 2, 3]


def test_plans_of_the_company_a_team_and_a_person_do_not_touch_each_other(operations: Operations) -> None:
    operations.plans.state(planned("1", scope="company", scope_id=None), "anna")
    operations.plans.state(planned("2", scope="team", scope_id="crm:1"), "anna")
    operations.plans.state(planned("3"), "anna")
    assert [each.planned.value for each in operations.plans.in_force()] == [1, 2, 3]


def test_what_is_taken_back_is_in_force_no_more_and_stays(operations: Operations, second: Operations) -> None:
    operations.plans.state(planned("1"), "anna")
    operations.plans.state(planned(None), "boris")
    assert second.plans.in_force() == []
    assert [each.planned.value for each in second.plans.statements()] == [1, None]


def test_an_edit_is_undone_as_a_whole_and_the_undoing_too(operations: Operations) -> None:
    before = operations.plans.state(planned("1"), "anna")
    edit = operations.plans.edit(
        "paste", [Wished(planned("2"), before.plan_id), Wished(planned("3", APRIL), 0)], "boris"
    )
    assert [each.planned.value for each in operations.plans.in_force()] == [2, 3]
    made = operations.plans.edits()[0]
    assert (made.edit_id, made.action, made.by, made.can_undo) == (edit, "paste", "boris", True)
    assert [(each.before and each.before.planned.value, each.made.planned.value) for each in made.changes] == [
        (Decimal(1), Decimal(2)),
        (None, Decimal(3)),
    ]
    back = operations.plans.undo(edit, "anna")
    assert [each.planned.value for each in operations.plans.in_force()] == [1]
    assert [(each.edit_id, each.undoes, each.undone_by, each.can_undo) for each in operations.plans.edits()] == [
        (back, edit, None, True),
        (edit, None, back, False),
    ]
    with pytest.raises(QuestionError, match="undone already"):
        operations.plans.undo(edit, "anna")
    operations.plans.undo(back, "anna")
    assert [each.planned.value for each in operations.plans.in_force()] == [2, 3]


def test_edits_are_undone_one_after_another_and_done_again(operations: Operations) -> None:
    def held() -> list[int]:
        return [int(each.planned.value or 0) for each in operations.plans.in_force()]

    def edit(value: str) -> int:
        seen = [each.plan_id for each in operations.plans.statements()]
        return operations.plans.edit("type", [Wished(planned(value), seen[-1] if seen else 0)], "anna")

    one, two = edit("1"), edit("2")
    back = operations.plans.undo(two, "anna")
    assert held() == [1]
    operations.plans.undo(one, "anna")
    assert held() == []
    with pytest.raises(QuestionError, match="changed since"):
        operations.plans.undo(back, "anna")
    operations.plans.undo(operations.plans.edits()[0].edit_id, "anna")
    assert held() == [1]
    operations.plans.undo(back, "anna")
    assert held() == [2]


def test_an_edit_of_what_somebody_changed_meanwhile_states_nothing(operations: Operations) -> None:
    seen = operations.plans.state(planned("1"), "anna")
    operations.plans.state(planned("2"), "boris")
    for number in (seen.plan_id, 0):
        with pytest.raises(QuestionError, match="meanwhile"):
            operations.plans.edit("type", [Wished(planned("5", APRIL), 0), Wished(planned("6"), number)], "anna")
    assert [each.planned.value for each in operations.plans.statements()] == [1, 2]
    assert operations.plans.edits() == []


def test_an_edit_whose_plans_were_changed_since_is_not_undone(operations: Operations) -> None:
    edit = operations.plans.edit("type", [Wished(planned("5"), 0), Wished(planned("6", APRIL), 0)], "anna")
    operations.plans.state(planned("7"), "boris")
    with pytest.raises(QuestionError, match="changed since"):
        operations.plans.undo(edit, "anna")
    with pytest.raises(QuestionError, match="no edit of plans has the number 99"):
        operations.plans.undo(99, "anna")
    assert operations.plans.edits()[0].can_undo is False


def test_an_edit_states_something_and_each_plan_once(operations: Operations) -> None:
    for wished in ([], [Wished(planned("5"), 0), Wished(planned("6"), 0)]):
        with pytest.raises(QuestionError, match="states each plan once"):
            operations.plans.edit("type", wished, "anna")
