import sqlite3
from contextlib import closing
from unittest.mock import patch

import pytest
from argon2 import PasswordHasher

from tests.unit.operations.conftest import QUICK, Operations
from voronka.domain.errors import QuestionError
from voronka.operations.accounts import Accounts
from voronka.operations.tokens import digest

PASSWORD = "семь раз отмерь"  # noqa: S105 - nobody's


def kept_hash(operations: Operations) -> str:
    with closing(sqlite3.connect(operations.database.path)) as connection:
        found: str = connection.execute("SELECT password_hash FROM users").fetchone()[0]
        return found


def test_nobody_is_there_at_first(operations: Operations) -> None:
    assert operations.accounts.users() == []
    assert operations.accounts.check_password("admin", "admin") is None


def test_a_user_signs_in_by_name_in_whatever_case_and_by_password(operations: Operations) -> None:
    added = operations.accounts.add_user("  Анна   Белова ", PASSWORD)
    assert (added.name, added.role, added.is_active, added.has_password) == ("Анна Белова", "admin", True, True)
    assert added.created_at == operations.clock.now
    assert operations.accounts.check_password("АННА белова", PASSWORD) == added
    assert operations.accounts.check_password("Анна Белова", PASSWORD + " ") is None
    assert operations.accounts.check_password("Анна", PASSWORD) is None


def test_a_password_is_kept_as_argon2id_only(operations: Operations) -> None:
    operations.accounts.add_user("Анна", PASSWORD)
    assert kept_hash(operations).startswith("$argon2id$")
    for file in operations.database.path.parent.iterdir():
        assert PASSWORD.encode() not in file.read_bytes()


def test_an_accent_put_together_in_another_way_is_the_same_password(operations: Operations) -> None:
    operations.accounts.add_user("Анна", "моя \u0451лка всегда")
    assert operations.accounts.check_password("Анна", "моя \u0435\u0308лка всегда")


@pytest.mark.parametrize("name", ["анна", "АННА", " Анна "])
def test_a_name_is_given_once(operations: Operations, name: str) -> None:
    operations.accounts.add_user("Анна", PASSWORD)
    with pytest.raises(QuestionError, match="already"):
        operations.accounts.add_user(name, PASSWORD)


@pytest.mark.parametrize("password", ["", "123456789", "x" * 1025])
def test_a_password_that_is_too_short_or_too_long_is_refused(operations: Operations, password: str) -> None:
    with pytest.raises(QuestionError, match="the password has"):
        operations.accounts.add_user("Анна", password)
    operations.accounts.add_user("Борис", "1234567890")
    with pytest.raises(QuestionError, match="the password has"):
        operations.accounts.set_password("Борис", password)
    assert operations.accounts.check_password("Борис", "1234567890")


@pytest.mark.parametrize("name", ["", "  ", "a\x00b", "a\u202eb"])
def test_a_name_that_cannot_be_shown_is_refused(operations: Operations, name: str) -> None:
    with pytest.raises(QuestionError, match="name"):
        operations.accounts.add_user(name, PASSWORD)


def test_an_unknown_role_is_refused(operations: Operations) -> None:
    with pytest.raises(QuestionError, match="Did you mean admin"):
        operations.accounts.add_user("Анна", PASSWORD, "admn")


def test_one_without_a_password_cannot_sign_in_by_one(operations: Operations) -> None:
    assert operations.accounts.add_user("Demo", None, "demo").has_password is False
    assert operations.accounts.check_password("Demo", "") is None


@pytest.mark.parametrize("name", ["никто", "Demo"])
def test_an_unknown_name_costs_a_hash_as_a_wrong_password_does(operations: Operations, name: str) -> None:
    operations.accounts.add_user("Demo", None, "demo")
    with patch.object(PasswordHasher, "hash", autospec=True, return_value="") as hashed:
        assert operations.accounts.check_password(name, PASSWORD) is None
    assert hashed.call_count == 1


def test_a_hash_of_other_parameters_is_made_anew_when_its_owner_signs_in(operations: Operations) -> None:
    operations.accounts.add_user("Анна", PASSWORD)
    before = kept_hash(operations)
    dearer = Accounts(operations.database, operations.clock, PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))
    assert dearer.check_password("Анна", "wrong password") is None
    assert kept_hash(operations) == before
    assert dearer.check_password("Анна", PASSWORD)
    assert "m=16,t=2,p=1" in kept_hash(operations)
    assert operations.accounts.check_password("Анна", PASSWORD)


def test_another_password_ends_the_sessions_begun_with_the_old_one(operations: Operations) -> None:
    anna, boris = (operations.accounts.add_user(name, PASSWORD) for name in ("Анна", "Борис"))
    tokens = [operations.sessions.start(user.user_id) for user in (anna, boris)]
    operations.accounts.set_password("анна", "другой пароль")
    assert operations.accounts.check_password("Анна", PASSWORD) is None
    assert operations.accounts.check_password("Анна", "другой пароль")
    assert [operations.sessions.of_token(token) is None for token in tokens] == [True, False]


def test_whoever_is_removed_is_out_at_once(operations: Operations) -> None:
    anna = operations.accounts.add_user("Анна", PASSWORD)
    token = operations.sessions.start(anna.user_id)
    assert operations.accounts.remove("анна") == anna
    assert operations.accounts.users() == []
    assert operations.sessions.of_token(token) is None
    with pytest.raises(QuestionError, match="no user is named"):
        operations.accounts.remove("Анна")


def test_a_name_that_is_nearly_right_is_suggested(operations: Operations) -> None:
    operations.accounts.add_user("Belova", PASSWORD)
    with pytest.raises(QuestionError, match="Did you mean Belova"):
        operations.accounts.set_password("Belov", PASSWORD)


def test_users_are_listed_by_name(operations: Operations) -> None:
    for name in ("Борис", "анна", "Вера"):
        operations.accounts.add_user(name, PASSWORD)
    assert [user.name for user in operations.accounts.users()] == ["анна", "Борис", "Вера"]


def test_one_added_by_another_process_is_seen_at_once(operations: Operations, second: Operations) -> None:
    second.accounts.add_user("Анна", PASSWORD)
    assert operations.accounts.check_password("Анна", PASSWORD)
    assert QUICK.check_needs_rehash(kept_hash(operations)) is False


def test_another_role_ends_the_sessions_and_another_employee_does_not(operations: Operations) -> None:
    operations.accounts.add_user("Борис", PASSWORD)
    anna = operations.accounts.add_user("Анна", PASSWORD)
    token = operations.sessions.start(anna.user_id)
    assert operations.accounts.tie("Анна", "crm:1").employee_id == "crm:1"
    assert operations.sessions.of_token(token) is not None
    assert operations.accounts.set_role("Анна", "manager").role == "manager"
    assert operations.sessions.of_token(token) is None


def test_a_barred_user_is_out_at_once_until_let_in_again(operations: Operations) -> None:
    operations.accounts.add_user("Борис", PASSWORD)
    anna = operations.accounts.add_user("Анна", PASSWORD)
    token = operations.sessions.start(anna.user_id)
    assert not operations.accounts.set_active("Анна", is_active=False).is_active
    assert operations.sessions.of_token(token) is None
    assert operations.accounts.check_password("Анна", PASSWORD) is None
    operations.accounts.set_active("Анна", is_active=True)
    assert operations.accounts.check_password("Анна", PASSWORD)


def test_the_only_administrator_is_neither_barred_nor_made_anything_else(operations: Operations) -> None:
    operations.accounts.add_user("Анна", PASSWORD)
    operations.accounts.add_user("Борис", PASSWORD, "head")
    with pytest.raises(QuestionError, match="the only administrator"):
        operations.accounts.set_role("Анна", "head")
    with pytest.raises(QuestionError, match="the only administrator"):
        operations.accounts.set_active("Анна", is_active=False)
    operations.accounts.set_role("Борис", "admin")
    assert operations.accounts.set_role("Анна", "head").role == "head"


def test_one_session_outlives_its_owners_new_password(operations: Operations) -> None:
    anna = operations.accounts.add_user("Анна", PASSWORD)
    here, elsewhere = (operations.sessions.start(anna.user_id) for _ in range(2))
    operations.accounts.set_password("Анна", "другой пароль", keeping=digest(here))
    assert [operations.sessions.of_token(each) is None for each in (here, elsewhere)] == [False, True]


def test_an_address_is_given_once_and_is_one(operations: Operations) -> None:
    operations.accounts.add_user("Анна", PASSWORD, email="anna@firm.ru")
    with pytest.raises(QuestionError, match=r"with the address anna@firm\.ru already"):
        operations.accounts.add_user("Борис", PASSWORD, email="ANNA@firm.ru")
    with pytest.raises(QuestionError, match="not a mail address"):
        operations.accounts.add_user("Борис", PASSWORD, email="нет")
    assert operations.accounts.knows("anna@firm.ru") == "Анна"
    assert operations.accounts.knows("boris@firm.ru") == ""
