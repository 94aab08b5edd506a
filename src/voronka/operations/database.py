"""The operations database: app.db in the company's folder, SQLite in WAL mode, open to several processes at once."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import OperationalError

from voronka.domain.disk_faults import disk_fault
from voronka.domain.errors import QuestionError, RetryError
from voronka.operations.migrations import HEAD

WAIT_SECONDS = 15.0
"""How long one process waits for another that writes."""


class Database:
    """app.db, brought to its newest form; safe to share between threads."""

    def __init__(self, path: Path) -> None:
        """Open or make the file; its owner alone may read it, since it holds who signs in."""
        self.path = path
        if not path.exists():
            os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
        self._engine = _engine(path)
        with self._told():
            self._to_wal()
            self._migrate()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Give a connection whose statements each see the newest state."""
        with self._told(), self._engine.connect() as connection:
            yield connection.execution_options(isolation_level="AUTOCOMMIT")

    @contextmanager
    def write(self, wait_seconds: float = WAIT_SECONDS) -> Iterator[Connection]:
        """Give a connection in a transaction that is alone in writing; committed at the end, undone by an error.

        RetryError where another one still writes after `wait_seconds`.
        """
        with (
            self._told(),
            self._engine.connect().execution_options(wait_seconds=wait_seconds) as connection,
            connection.begin(),
        ):
            yield connection

    def check(self) -> None:
        """Read from the file; an error where that cannot be done."""
        with self.read() as connection:
            connection.execute(text("SELECT 1 FROM alembic_version")).scalar()

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except OperationalError as fault:
            if "locked" not in str(fault.orig):
                told = disk_fault(fault, str(self.path))
                if told is None:
                    raise
                raise told from fault
            raise RetryError("another process holds the file", where=str(self.path), do="Try again") from fault
        except OverflowError as fault:  # a number of sixty-four bits is the largest there is
            raise QuestionError("a number is larger than any that is kept here", do="Check it") from fault

    def _to_wal(self) -> None:
        with self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            if connection.execute(text("PRAGMA journal_mode")).scalar() != "wal":
                connection.execute(text("PRAGMA journal_mode = WAL"))

    def _migrate(self) -> None:
        with self.read() as connection:
            if _revision(connection) == HEAD:
                return
        # loaded where there is something to do only: it takes as long to load as all the rest of a start
        from voronka.operations.migrating import migrate  # noqa: PLC0415

        with self.write() as connection:
            migrate(connection)


def _revision(connection: Connection) -> str | None:
    known = connection.execute(text("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'")).scalar()
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar() if known else None


def _wait(connection: Connection, seconds: float) -> None:
    connection.exec_driver_sql(f"PRAGMA busy_timeout = {round(seconds * 1000)}")


def _engine(path: Path) -> Engine:
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": WAIT_SECONDS})

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: Any) -> None:  # noqa: ANN401 - SQLAlchemy's own
        connection.isolation_level = None  # the driver would begin transactions late and not for every statement
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = NORMAL")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # the right to write is taken at the start: taken later, two that have read cannot both go on
        if connection.get_execution_options().get("isolation_level") != "AUTOCOMMIT":
            _wait(connection, connection.get_execution_options().get("wait_seconds", WAIT_SECONDS))
            try:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            finally:
                _wait(connection, WAIT_SECONDS)

    return engine
