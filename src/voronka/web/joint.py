"""What the processes of one server know together: a SQLite file that is made with the server and ends with it."""

import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from threading import Lock
from weakref import finalize

from voronka.domain.errors import RetryError
from voronka.web.turns import Turn

FILE = "joint.db"
ALONE_SECONDS = 60.0
"""How long one process waits for what another works at, before it works at it too."""
_WAIT_SECONDS = 5.0
_TABLES = """
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS failures (who TEXT PRIMARY KEY, count INTEGER NOT NULL, at TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS answers (
    tag TEXT PRIMARY KEY, plain BLOB NOT NULL, packed BLOB, size INTEGER NOT NULL, turn INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS answers_turn ON answers (turn, size);
CREATE TABLE IF NOT EXISTS counts (
    worker TEXT NOT NULL, name TEXT NOT NULL, labels TEXT NOT NULL, value REAL NOT NULL,
    PRIMARY KEY (worker, name, labels)
);
"""


class Joint:
    """A store of one server's processes; safe to share between threads. Nothing in it outlives the server."""

    def __init__(self, folder: Path | None = None) -> None:
        """Stand on a file of `folder`, which the first process makes; without one, on this process's memory."""
        self._lock = Lock()
        self._folder = folder
        place = ":memory:" if folder is None else str(folder / FILE)
        self._connection = sqlite3.connect(place, timeout=_WAIT_SECONDS, isolation_level=None, check_same_thread=False)
        self._end = finalize(self, self._connection.close)  # where nobody closes it, it ends with whoever had it
        with _alone(folder):
            self._make()
        self.salt: str = self._connection.execute("SELECT value FROM facts WHERE name = 'salt'").fetchone()[0]
        """A secret of this run of the server, the same in all of its processes."""

    def _make(self) -> None:
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = OFF")  # a machine that goes down takes the server with it
        self._connection.executescript(_TABLES)
        self._connection.execute("INSERT OR IGNORE INTO facts VALUES ('salt', ?)", (secrets.token_hex(16),))

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Give the connection to read by."""
        with self._lock:
            yield self._connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Give the connection in a transaction that is alone in writing; undone by an error."""
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    @contextmanager
    def alone(self, key: str, seconds: float = ALONE_SECONDS) -> Iterator[None]:
        """Let one process after another work at what has this key.

        Nothing depends on it but work done twice: who has waited so many seconds goes on beside the other one, and so
        does everybody where the file that they take turns by cannot be had.
        """
        of_all = None if self._folder is None else self._folder / f"{sha256(key.encode()).hexdigest()[:3]}.turn"
        turn, is_held = Turn(of_all), False
        with suppress(OSError):
            is_held = turn.acquire(seconds)
        try:
            yield
        finally:
            if is_held:
                turn.release()

    def secret(self, *parts: str) -> str:
        """Return what stands for a text without telling it."""
        return sha256("\0".join((self.salt, *parts)).encode()).hexdigest()

    def close(self) -> None:
        """Close the connection."""
        with self._lock:
            self._end()


@contextmanager
def _alone(folder: Path | None) -> Iterator[None]:
    """Let one process after another make the file: of two at once one is told, without waiting, that it is locked."""
    turn = Turn(None if folder is None else folder / "joint.turn")
    if not turn.acquire(_WAIT_SECONDS):
        raise RetryError("another process of the server holds the file", where=FILE, do="Start it again")
    try:
        yield
    finally:
        turn.release()
