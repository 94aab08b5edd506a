import multiprocessing
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from voronka.domain.errors import QuestionError, RetryError
from voronka.operations import database as module
from voronka.operations.database import Database
from voronka.operations.migrations import HEAD

COLUMNS = "(user_id, name, name_key, password_hash, role, is_active, created_at)"


def rows(path: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchall()


def write_names(path: Path, first: int, count: int) -> None:
    """Open the database in a process of its own and write so many users, each in a transaction that reads first."""
    database = Database(path)
    for number in range(first, first + count):
        with database.write() as connection:
            connection.execute(text("SELECT count(*) FROM users")).scalar()
            connection.execute(
                text(f"INSERT INTO users {COLUMNS} VALUES (:n, :n, :n, NULL, 'admin', 1, '2026-01-01')"), {"n": number}
            )
    database.close()


def test_only_the_owner_of_the_file_may_read_it(tmp_path: Path) -> None:
    Database(tmp_path / "app.db").close()
    assert stat.S_IMODE((tmp_path / "app.db").stat().st_mode) == 0o600


def test_a_new_database_is_in_wal_mode_and_in_its_newest_form(tmp_path: Path) -> None:
    Database(tmp_path / "app.db").close()
    assert rows(tmp_path / "app.db", "PRAGMA journal_mode") == [("wal",)]
    assert rows(tmp_path / "app.db", "SELECT version_num FROM alembic_version") == [(HEAD,)]


def test_a_database_that_is_in_its_newest_form_is_opened_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Database(tmp_path / "app.db").close()
    monkeypatch.setattr("voronka.operations.migrating.migrate", lambda _connection: pytest.fail("migrated again"))
    Database(tmp_path / "app.db").close()


def test_what_was_written_before_an_error_is_undone(tmp_path: Path) -> None:
    database = Database(tmp_path / "app.db")
    row = text(f"INSERT INTO users {COLUMNS} VALUES (1, 'a', 'a', NULL, 'admin', 1, '2026-01-01')")

    def write_twice() -> None:
        with database.write() as connection:
            connection.execute(row)
            connection.execute(row)

    with pytest.raises(IntegrityError):
        write_twice()
    with database.read() as connection:
        assert connection.execute(text("SELECT count(*) FROM users")).scalar() == 0
    database.close()


def test_foreign_keys_hold(tmp_path: Path) -> None:
    database = Database(tmp_path / "app.db")
    with pytest.raises(IntegrityError, match="FOREIGN KEY"), database.write() as connection:
        connection.execute(text("INSERT INTO links VALUES ('x', 'demo', 99, '2026-01-01', '2026-01-02', NULL)"))
    database.close()


def test_processes_that_open_and_write_at_once_lose_nothing(tmp_path: Path) -> None:
    spawn = multiprocessing.get_context("spawn")
    writers = [spawn.Process(target=write_names, args=(tmp_path / "app.db", first, 40)) for first in (0, 100, 200)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0, 0, 0]
    assert rows(tmp_path / "app.db", "SELECT count(*) FROM users") == [(120,)]


def test_one_who_waits_too_long_for_another_process_is_told_to_try_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "WAIT_SECONDS", 0.01)
    database = Database(tmp_path / "app.db")
    with closing(sqlite3.connect(tmp_path / "app.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(RetryError, match="another process holds the file"), database.write():
            pass
    database.close()


def test_a_number_larger_than_any_that_is_kept_is_told(tmp_path: Path) -> None:
    database = Database(tmp_path / "app.db")
    with pytest.raises(QuestionError, match="larger than any that is kept"), database.read() as connection:
        connection.execute(text("SELECT 1 FROM users WHERE user_id = :n"), {"n": 2**63})
    database.close()
