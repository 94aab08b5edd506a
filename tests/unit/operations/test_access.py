from datetime import timedelta

import pytest

from tests.unit.operations.conftest import Operations
from voronka.domain.errors import QuestionError

PASSWORD = "семь раз отмерь"  # noqa: S105 - nobody's
WEEK = timedelta(days=7)


def test_whoever_is_invited_sets_a_password_once(operations: Operations) -> None:
    anna = operations.accounts.add_user("Анна", None, "manager", employee_id="crm:1", email="Anna@Firm.ru ")
    token = operations.access.invite(anna, WEEK)
    assert operations.access.invited(token) == anna
    accepted = operations.access.accept(token, PASSWORD)
    assert accepted is not None
    assert (accepted.role, accepted.employee_id, accepted.has_password) == ("manager", "crm:1", True)
    assert operations.accounts.check_password("anna@firm.RU", PASSWORD) == accepted
    assert operations.access.invited(token) is None
    assert operations.access.accept(token, "другой пароль") is None


def test_a_refused_password_leaves_the_invitation(operations: Operations) -> None:
    token = operations.access.invite(operations.accounts.add_user("Анна", None), WEEK)
    with pytest.raises(QuestionError, match="fewer than 10"):
        operations.access.accept(token, "short")
    assert operations.access.accept(token, PASSWORD)


def test_an_old_one_one_taken_back_and_one_sent_anew_let_nobody_in(operations: Operations) -> None:
    anna = operations.accounts.add_user("Анна", None)
    first, second = operations.access.invite(anna, WEEK), operations.access.invite(anna, WEEK)
    assert [operations.access.invited(token) is None for token in (first, second)] == [True, False]
    assert [each.user_id for each in operations.links.waiting("invitation")] == [anna.user_id]
    operations.clock.on(days=7)
    assert operations.access.accept(second, PASSWORD) is None
    assert operations.links.waiting("invitation") == []


def test_a_barred_users_invitation_is_void(operations: Operations) -> None:
    operations.accounts.add_user("Борис", PASSWORD)
    anna = operations.accounts.add_user("Анна", None)
    token = operations.access.invite(anna, WEEK)
    operations.accounts.set_active("Анна", is_active=False)
    assert operations.access.accept(token, PASSWORD) is None
