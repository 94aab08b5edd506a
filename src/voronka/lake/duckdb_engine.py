"""The embedded engine: DuckDB over the file lists of the core tables that the last finished build names."""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from weakref import WeakSet

import arro3.core as arrow
import duckdb

from voronka.domain.errors import OurMistakeError, QuestionError, RetryError
from voronka.domain.model import tables
from voronka.lake.delta import DeltaStore
from voronka.lake.manifest import MANIFEST, Manifest, read_manifest
from voronka.lake.patience import Patience
from voronka.lake.session import Limits, Session, literal, names_in

_READS = {duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN}


@dataclass
class _Snapshot:
    """The core as one build left it: its manifest, and a session with the tables that were asked for."""

    store: DeltaStore
    views: Mapping[str, str]
    session: Session
    seen: tuple[int, int] | None
    manifest: Manifest
    registered: set[str] = field(default_factory=set)
    columns: dict[str, Sequence[str]] = field(default_factory=dict)
    lock: threading.RLock = field(default_factory=threading.RLock)
    standing: set[str] = field(default_factory=set)
    making: threading.Lock = field(default_factory=threading.Lock)

    def prepare(self, sql: str) -> None:
        """Make the tables that a statement names readable."""
        with self.lock:
            for name in names_in(sql, list(tables())):
                self._register(name)

    def stand(self, name: str, select: str) -> None:
        """Make a table of a SELECT, once; whoever else names it meanwhile waits."""
        with self.making:
            if name in self.standing:
                return
            _check_reads(select)
            self.prepare(select)
            self.session.make(name, select)
            self.standing.add(name)

    def _register(self, name: str) -> None:
        if name in self.registered:
            return
        if name in self.views:
            select = self.views[name]
            for other in names_in(select, list(tables())):
                self._register(other)
            self.session.run(f"CREATE OR REPLACE VIEW {name} AS {select}")
        else:
            self._register_table(name)
        self.registered.add(name)

    def _register_table(self, name: str) -> None:
        version = self.manifest.versions.get(name)
        files = None if version is None else self.store.read(f"core/{name}", version)
        if files is None:
            self.session.register_empty(name, [(c.name, c.type) for c in tables()[name].columns])
            return
        self.session.keep(name, files)
        present = self.session.columns(name)
        missing = [column.name for column in tables()[name].columns if column.name not in present]
        if missing:
            message = f"the tables were built by another version of Voronka: {name} has no {', '.join(missing)}"
            raise QuestionError(message, do="Run `voronka build`")


class DuckDBEngine:
    """Answers queries on one snapshot of the core; a build that finishes meanwhile is seen by the next query.

    Every snapshot has a session of its own, so that a query under way never sees a table of a newer build.
    """

    dialect = "duckdb"

    def __init__(
        self,
        store: DeltaStore,
        views: Mapping[str, str],
        limits: Limits = Limits(),  # noqa: B008 - frozen
        seconds: float = 0.0,
    ) -> None:
        """Stand on a lake; `views` are the SELECTs of the core's named selections (fct_calls ...), by name.

        No statement may take longer than `seconds` (0: however long it takes).
        """
        self._store = store
        self._views = views
        self._limits = limits
        self._patience = Patience(seconds)
        self._lock = threading.Lock()
        self._current: _Snapshot | None = None
        self._sessions: WeakSet[Session] = WeakSet()
        self._is_closed = False

    def execute(
        self, sql: str, parameters: Mapping[str, Any] | None = None, standing: Mapping[str, str] | None = None
    ) -> arrow.Table:
        """Return the answer of a statement as an Arrow table; OurMistakeError where it is not one that reads.

        `standing` are tables kept in memory, by name the SELECT that makes each. QuestionError where it takes too long, RetryError where it was interrupted or the engine is closed.
        """
        _check_reads(sql)
        snapshot = self._snapshot()
        snapshot.prepare(sql)
        for name, select in (standing or {}).items():
            snapshot.stand(name, select)
        return snapshot.session.answer(sql, parameters, self._patience)

    def columns(self, table: str) -> Sequence[str]:
        """Return the names of a core table's columns."""
        if table not in tables():
            return ()
        snapshot = self._snapshot()
        if table not in snapshot.columns:
            snapshot.prepare(table)
            snapshot.columns[table] = tuple(snapshot.session.columns(table))
        return snapshot.columns[table]

    def data_version(self) -> str:
        """Return a text that changes whenever the core's data do."""
        return self._snapshot().manifest.text()

    def built_at(self) -> str:
        """Return when the core was last built (ISO, UTC), '' if never."""
        return self._snapshot().manifest.at

    def interrupt(self) -> None:
        """Stop the statements under way, on older snapshots too; whoever asked is told so by a RetryError."""
        with self._lock:
            sessions = list(self._sessions)
        for session in sessions:
            session.interrupt()

    def close(self) -> None:
        """Stop the statements under way and give the memory back; nothing is answered from then on."""
        with self._lock:
            self._is_closed = True
            self._current = None
            self._patience.close()
            for session in list(self._sessions):
                session.close()

    def _snapshot(self) -> _Snapshot:
        """Return the newest snapshot; an older one lives on as long as a query works on it."""
        with self._lock:
            if self._is_closed:
                raise RetryError("the work was stopped before it was done", do="Try again")
            seen = self._store.last_change(MANIFEST)
            if self._current is None or seen != self._current.seen:
                session = self._session()
                manifest = read_manifest(self._store, session)
                self._current = _Snapshot(self._store, self._views, session, seen, manifest)
            return self._current

    def _session(self) -> Session:
        session = Session(self._limits)
        self._sessions.add(session)
        session.run("SET GLOBAL parquet_metadata_cache = true")  # the files of a lake are never written over
        session.run(f"SET allowed_directories = [{literal(f'{self._store.root.resolve()}/')}]")
        session.run("SET enable_external_access = false")
        session.run("SET lock_configuration = true")
        return session


@lru_cache(maxsize=512)
def _check_reads(sql: str) -> None:
    statements = duckdb.extract_statements(sql)
    if len(statements) != 1 or statements[0].type not in _READS:
        raise OurMistakeError("the engine was asked for something other than one statement that reads")
