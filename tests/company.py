"""A company folder made by a test: tables and mappings as text, imported and built with a clock that the test sets."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from textwrap import dedent
from typing import Any

import yaml

from voronka.bootstrap import workplace
from voronka.domain.model import tables
from voronka.lake.delta import DeltaStore
from voronka.lake.duckdb_engine import DuckDBEngine
from voronka.lake.ledger import Load
from voronka.pipeline.building import build_core, provide
from voronka.pipeline.importing import Outcome, import_source
from voronka.transform.runner import Built, views

NOW = datetime.fromisoformat("2026-03-02 09:00")


def at(text: str) -> datetime:
    """Return a moment in UTC without a zone, as everywhere in the house."""
    return datetime.fromisoformat(text)


@dataclass
class CompanyFolder:
    r"""A company of a test: write its files, load, build, and ask for rows.

    company = CompanyFolder(tmp_path)
    company.stream("crm", "deals", "no,sum\n1,100\n", into="deals", columns={"deal_id": "no", "amount": "sum"})
    company.load_and_build()
    assert company.table("fct_deals", "deal_id amount_home") == [("crm:1", 100)]

    `now` is what the clock says (UTC); every load moves it on by an hour, so that later loads are later.
    """

    folder: Path
    zone: str = "Europe/Moscow"
    currency: str = "RUB"
    settings: str = ""
    now: datetime = NOW
    additive_metrics: Sequence[str] = ()
    sources: dict[str, dict[str, Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        text = f'currency = "{self.currency}"\ntime_zone = "{self.zone}"\n{dedent(self.settings)}'
        self.write("voronka.toml", text)

    def write(self, path: str, text: str, encoding: str = "utf-8") -> Path:
        """Write a file of the folder, its text unindented, and return where it is."""
        place = self.folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(dedent(text), encoding=encoding, newline="")
        return place

    def stream(self, source: str, name: str, text: str | None = None, **mapping: Any) -> None:  # noqa: ANN401 - YAML
        """Add or change a stream; `text` is the CSV it reads first (exports/<source>/<name>.csv), None for no file.

        `mapping` holds the stream's keys (into, columns, key ...); `path` is by default exports/<source>/<name>*.csv.
        """
        document = self.sources.setdefault(source, {"source": source, "streams": {}})
        document["streams"][name] = {"path": f"exports/{source}/{name}*.csv", **mapping}
        self._write_source(source)
        if text is not None:
            self.export(source, name, text)

    def space(self, source: str, id_space: str) -> None:
        """Give a source an id space that is not its name."""
        self.sources.setdefault(source, {"source": source, "streams": {}})["id_space"] = id_space
        self._write_source(source)

    def export(self, source: str, name: str, text: str, suffix: str = "") -> Path:
        """Write an export of a stream; another `suffix` makes another file beside the first."""
        return self.write(f"exports/{source}/{name}{suffix}.csv", text)

    def pipeline(self, text: str, name: str = "sales") -> None:
        """Write pipelines/<name>.yml."""
        self.write(f"pipelines/{name}.yml", text)

    def load(self, *streams: str) -> list[Outcome]:
        """Import what is new and return what became of each load; a refused one raises its error."""
        outcomes = self.try_load(*streams)
        for outcome in outcomes:
            if outcome.error is not None:
                raise outcome.error
        return outcomes

    def try_load(self, *streams: str) -> list[Outcome]:
        """Import what is new and return what became of each load, refused ones with their error."""
        with workplace(str(self.folder), lambda: self.now) as work:
            found = []
            for source in work.sources.values():
                wanted = [name for name in source.streams if not streams or name in streams]
                found += list(import_source(work, source, streams=wanted)) if wanted else []
        self.now += timedelta(hours=1)
        return found

    def build(self, progress: Callable[[str, int, int], None] = lambda _name, _done, _all: None) -> list[Built]:
        """Build what is stale."""
        with workplace(str(self.folder), lambda: self.now) as work:
            return build_core(work, self.additive_metrics, progress)

    def rebuilt(self) -> set[str]:
        """Build and return the names of the tables that were stale."""
        return {built.table for built in self.build() if built.rebuilt}

    def load_and_build(self) -> None:
        """Import what is new, then build."""
        self.load()
        self.build()

    def loads(self) -> list[Load]:
        """Return the ledger's loads, oldest first."""
        with workplace(str(self.folder), lambda: self.now) as work:
            return work.ledger.loads()

    def set_state(self, load_id: str, state: str) -> None:
        """Take a load out (undone) or back (active)."""
        with workplace(str(self.folder), lambda: self.now) as work:
            work.ledger.set_state(load_id, state)

    def ask(self, sql: str, parameters: Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
        """Return the rows of a statement over the core as the last finished build made it visible."""
        engine = DuckDBEngine(DeltaStore(self.folder / "lake"), views())
        try:
            answer = engine.execute(sql, parameters)
            columns = [answer.column(name).to_pylist() for name in answer.column_names]
            return list(zip(*columns, strict=True))
        finally:
            engine.close()

    def table(self, name: str, columns: str, where: str = "true") -> list[tuple[Any, ...]]:
        """Return some columns (names parted by spaces) of a core table, ordered by them, NULL last."""
        named = ", ".join(columns.split())
        order = ", ".join(f"{column} NULLS LAST" for column in columns.split())
        return self.ask(f"SELECT {named} FROM {name} WHERE {where} ORDER BY {order}")

    def staged(self, name: str, columns: str) -> list[tuple[Any, ...]]:
        """Return some columns (names parted by spaces) of a staging table: what a build would take."""
        with workplace(str(self.folder), lambda: self.now) as work:
            provide(work, name)
            rows = work.session.rows(f"SELECT {', '.join(columns.split())} FROM {name} ORDER BY ALL")
            return [tuple(row.values()) for row in rows]

    def data_version(self) -> str:
        """Return the text that changes whenever the core's contents do."""
        engine = DuckDBEngine(DeltaStore(self.folder / "lake"), views())
        try:
            return engine.data_version()
        finally:
            engine.close()

    def _write_source(self, source: str) -> None:
        text = yaml.safe_dump(self.sources[source], allow_unicode=True, sort_keys=False)
        self.write(f"sources/{source}.yml", text)


@dataclass
class AskedCompany(CompanyFolder):
    """A company of which only those tables are built that a test asks for, and what they are made of."""

    asked: set[str] = field(default_factory=set)
    is_behind: bool = False

    def load_and_build(self) -> None:
        """Import what is new; it is built as soon as something is asked."""
        self.load()
        self.is_behind = True

    def build(self, *arguments: Any, **options: Any) -> Any:  # noqa: ANN401 - as CompanyFolder has them
        """Build all that is stale."""
        self.is_behind = False
        self.asked = set(tables())
        return super().build(*arguments, **options)

    def ask(self, sql: str, parameters: Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
        """Return the rows of a statement over tables that are built as far as it needs them."""
        named = set(re.findall(r"\w+", sql)) & set(tables())
        if self.is_behind or not named <= self.asked:
            self.asked |= named
            with workplace(str(self.folder), lambda: self.now) as work:
                build_core(work, self.additive_metrics, only=self.asked)
            self.is_behind = False
        return super().ask(sql, parameters)
