"""The embedded engine: DuckDB over the file lists of the core tables that the last finished build names."""

import threading
from collections.abc import Mapping, Sequence
from typing import Any

import arro3.core as arrow

from voronka.domain.model import tables
from voronka.lake.delta import DeltaStore
from voronka.lake.manifest import MANIFEST, Manifest, read_manifest
from voronka.lake.session import Limits, Session, names_in


class DuckDBEngine:
    """Answers queries on one snapshot of the core; a build that finishes meanwhile is seen by the next query."""

    dialect = "duckdb"

    def __init__(self, store: DeltaStore, views: Mapping[str, str], limits: Limits = Limits()) -> None:  # noqa: B008 - frozen
        """Stand on a lake; `views` are the SELECTs of the core's named selections (fct_calls ...), by name."""
        self._store = store
        self._views = views
        self._session = Session(limits)
        self._session.run(f"SET allowed_directories = ['{_escaped(str(store.root.resolve()))}/']")
        self._session.run("SET enable_external_access = false")
        self._session.run("SET lock_configuration = true")
        self._lock = threading.RLock()
        self._seen: int | None = None
        self._manifest = Manifest()
        self._registered: set[str] = set()

    def execute(self, sql: str, parameters: Mapping[str, Any] | None = None) -> arrow.Table:
        """Return the answer of a statement as an Arrow table."""
        self._prepare(sql)
        return self._session.arrow(sql, parameters)

    def columns(self, table: str) -> Sequence[str]:
        """Return the names of a core table's columns."""
        if table not in tables():
            return ()
        self._prepare(table)
        return self._session.columns(table)

    def data_version(self) -> str:
        """Return a text that changes whenever the core's data do."""
        with self._lock:
            self._refresh()
            return self._manifest.text()

    def built_at(self) -> str:
        """Return when the core was last built (ISO, UTC), '' if never."""
        with self._lock:
            self._refresh()
            return self._manifest.at

    def close(self) -> None:
        """Give the memory back."""
        self._session.close()

    def _prepare(self, sql: str) -> None:
        with self._lock:
            self._refresh()
            for name in names_in(sql, list(tables())):
                self._register(name)

    def _refresh(self) -> None:
        version = self._store.version(MANIFEST)
        if version != self._seen:
            self._manifest = read_manifest(self._store, self._session)
            self._seen = version
            self._registered.clear()

    def _register(self, name: str) -> None:
        if name in self._registered:
            return
        self._registered.add(name)
        if name in self._views:
            select = self._views[name]
            for other in names_in(select, list(tables())):
                self._register(other)
            self._session.run(f"CREATE OR REPLACE VIEW {name} AS {select}")
            return
        files = (
            self._store.read(f"core/{name}", self._manifest.versions[name]) if name in self._manifest.versions else None
        )
        if files is None:
            self._session.register_empty(name, [(c.name, c.type) for c in tables()[name].columns])
        else:
            self._session.register(name, files)


def _escaped(text: str) -> str:
    return text.replace("'", "''")
