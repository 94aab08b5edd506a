import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest

from tests.unit.operations.conftest import Operations
from voronka.operations.tokens import digest


def kept(operations: Operations, column: str) -> list[str]:
    with closing(sqlite3.connect(operations.database.path)) as connection:
        return [row[0] for row in connection.execute(f"SELECT {column} FROM sessions ORDER BY created_at")]


@pytest.fixture
def anna(operations: Operations) -> int:
    return operations.accounts.add_user("Анна", None).user_id


def test_a_session_is_found_by_its_token(operations: Operations, anna: int) -> None:
    token = operations.sessions.start(anna)
    found = operations.sessions.of_token(token)
    assert found is not None
    assert (found.user_id, found.name, found.role) == (anna, "Анна", "admin")
    assert found.expires_at == operations.clock.now + timedelta(days=14)


@pytest.mark.parametrize("token", ["", "x", "x" * 43, "' OR 1=1 --"])
def test_an_unknown_token_is_nobodys(operations: Operations, anna: int, token: str) -> None:
    operations.sessions.start(anna)
    assert operations.sessions.of_token(token) is None


def test_the_token_itself_is_not_kept(operations: Operations, anna: int) -> None:
    token = operations.sessions.start(anna)
    assert kept(operations, "token_sha256") == [digest(token)]
    assert operations.sessions.of_token(digest(token)) is None


def test_a_session_ends_when_its_time_is_over_however_often_it_was_used(operations: Operations, anna: int) -> None:
    token = operations.sessions.start(anna)
    operations.clock.on(days=13, hours=23)
    assert operations.sessions.of_token(token) is not None
    operations.clock.on(hours=1)
    assert operations.sessions.of_token(token) is None


def test_signing_out_ends_one_session_and_no_other(operations: Operations, anna: int) -> None:
    first, second = operations.sessions.start(anna), operations.sessions.start(anna)
    operations.sessions.end(first)
    operations.sessions.end("unknown")
    assert operations.sessions.of_token(first) is None
    assert operations.sessions.of_token(second) is not None


def test_while_another_process_writes_a_session_is_found_and_noted_later(operations: Operations, anna: int) -> None:
    token, began = operations.sessions.start(anna), operations.clock.now
    operations.clock.on(hours=1)
    with closing(sqlite3.connect(operations.database.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        found = operations.sessions.of_token(token)
        assert found is not None
        assert found.name == "Анна"
        assert kept(operations, "seen_at") == [f"{began:%Y-%m-%d %H:%M:%S.%f}"]
        other.execute("ROLLBACK")
    assert operations.sessions.of_token(token) == found
    assert kept(operations, "seen_at") == [f"{operations.clock.now:%Y-%m-%d %H:%M:%S.%f}"]


def test_expired_sessions_are_purged(operations: Operations, anna: int) -> None:
    operations.sessions.start(anna)
    operations.clock.on(days=10)
    later = operations.sessions.start(anna)
    operations.clock.on(days=4)
    assert operations.sessions.purge() == 1
    assert operations.sessions.purge() == 0
    assert kept(operations, "token_sha256") == [digest(later)]


def test_last_seen_is_written_now_and_then(operations: Operations, anna: int) -> None:
    token = operations.sessions.start(anna)
    for minutes in (9, 1, 5):
        operations.clock.on(minutes=minutes)
        operations.sessions.of_token(token)
    assert kept(operations, "seen_at") == ["2026-03-02 09:10:00.000000"]


def test_a_session_begun_in_one_process_is_known_in_another(
    operations: Operations, second: Operations, anna: int
) -> None:
    token = operations.sessions.start(anna)
    assert second.sessions.of_token(token) is not None
    second.sessions.end(token)
    assert operations.sessions.of_token(token) is None


def test_sessions_are_told_with_where_they_come_from_and_ended_one_by_one(operations: Operations) -> None:
    anna, boris = (operations.accounts.add_user(name, None).user_id for name in ("Анна", "Борис"))
    token = operations.sessions.start(anna, "192.0.2.7", "Firefox " + "x" * 300)
    operations.sessions.start(boris)
    (told,) = operations.sessions.opened(anna)
    assert (told.name, told.address, told.agent[:9], len(told.agent)) == ("Анна", "192.0.2.7", "Firefox x", 200)
    assert len(operations.sessions.opened()) == 2
    assert operations.sessions.end_opened(told.session_id, boris) is None
    assert operations.sessions.of_token(token) is not None
    assert operations.sessions.end_opened(told.session_id) == "Анна"
    assert operations.sessions.of_token(token) is None
    assert operations.sessions.end_all(boris) == 1


def test_a_session_looks_through_other_eyes_until_it_looks_with_its_own(operations: Operations) -> None:
    token = operations.sessions.start(operations.accounts.add_user("Анна", None, employee_id="crm:9").user_id)
    operations.sessions.look_as(token, "manager", "crm:1")
    found = operations.sessions.of_token(token)
    assert found is not None
    assert (found.role, found.employee_id, found.as_role, found.as_employee_id) == (
        "admin",
        "crm:9",
        "manager",
        "crm:1",
    )
    operations.sessions.look_as(token, None, None)
    found = operations.sessions.of_token(token)
    assert found is not None
    assert found.as_role is None
