"""Builds the core: plain SQL files in the order of their own references, only what is stale, a commit a table."""

import fcntl
import hashlib
import json
import re
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from importlib.metadata import version
from typing import Any

from voronka.domain.errors import OurMistakeError, RetryError
from voronka.domain.model import Table, tables
from voronka.lake.delta import DeltaStore
from voronka.lake.manifest import MANIFEST, Manifest, read_manifest
from voronka.lake.session import Session, literal
from voronka.settings import Settings
from voronka.transform.axes import with_axes
from voronka.transform.channel_names import CHANNEL_NAMES, channel_names
from voronka.transform.configured import CALENDAR, CONFIGURED, BuildInputs, calendar, configured
from voronka.transform.content_marks import ContentMarks
from voronka.transform.due_clock import DUES, dues_select
from voronka.transform.import_tables import staging_columns
from voronka.transform.lead_settings import lead_settings_in_sql
from voronka.transform.phones import SEVEN, phone_rows
from voronka.transform.quality_checks import issues_select, told_select
from voronka.transform.references import MERGED, REFERENCES, members, mentions, merges, resolved
from voronka.transform.staging import Staging

_version = cache(version)  # a file is read for it
FINGERPRINT = "voronka.fingerprint"
_READING = (
    *("readers", "readings", "expressions", "mapping", "import_tables", "staging", "calendar", "runner"),
    *("configured", "stage_snapshots"),
    *("contact_readers", "phones", "known_words", "spelled_periods"),
    *("number_readers", "duration_readers", "time_readers", "header_units"),
)
"""Modules that decide what is in staging and configured tables."""
PHONES = "int_phones"
"""The table of the numbers of those texts that are no plain number: spelled, position, phone, extension."""
_PHONE = {"spelled": "VARCHAR", "position": "INTEGER", "phone": "VARCHAR", "extension": "VARCHAR"}
_NAME = re.compile(
    r"\b(?:stg|src|int|cfg|dim|fct)_[a-z_]+\b|\b(?:employee_team|employee_time|employee_clock|identity|record_owner|split_credit)\b"
)


@dataclass(frozen=True)
class Built:
    """What a build did with one table."""

    table: str
    rows: int
    seconds: float
    rebuilt: bool


@cache
def sql_files() -> Mapping[str, str]:
    """Return the SQL files of the core by name."""
    folder = resources.files("voronka.transform").joinpath("core")
    return {
        path.name.removesuffix(".sql"): path.read_text(encoding="utf-8")
        for path in folder.iterdir()
        if path.name.endswith(".sql")
    }


@cache
def _code() -> str:
    """Return a hash of the code that makes staging and configured tables: another Voronka may read them otherwise."""
    folder = resources.files("voronka.transform")
    texts = [folder.joinpath(f"{name}.py").read_text(encoding="utf-8") for name in _READING]
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:20]


def views() -> dict[str, str]:
    """Return the SELECTs of the core's named selections by name."""
    return {name: sql_files()[name] for name, table in tables().items() if table.view}


@dataclass
class Build:
    """One run over the graph of tables; of those named in `only` and of what they are made of, of all for none."""

    store: DeltaStore
    session: Session
    inputs: BuildInputs
    clock: Callable[[], str]
    progress: Callable[[str, int, int], None] = lambda _name, _done, _all: None
    only: Collection[str] = ()
    fingerprints: dict[str, str] = field(default_factory=dict)
    ready: set[str] = field(default_factory=set)
    looks: bool = False

    def __post_init__(self) -> None:
        zone = self.inputs.settings.time_zone
        self.staging = Staging(self.store, self.session, self.inputs.streams, zone)
        self._values = _settings_in_sql(self.inputs.settings)
        self._selects: dict[str, str] = {}
        self.graph = {name: self._references(name) for name in self._nodes()}
        self.marks = ContentMarks(self.store, self.session)

    def run(self) -> list[Built]:
        """Build what is stale and make the whole visible to readers at once; repeated, it changes nothing."""
        with build_lock(self.store):
            manifest = read_manifest(self.store, self.session)
            self.looks = True
            self.fingerprints.clear()
            targets = self._targets()
            done = []
            order = [name for name in self._ordered() if name in targets]
            for number, (name, needed) in enumerate(zip(order, self._needed_behind(order), strict=True)):
                self.progress(name, number, len(order))
                done.append(self._table(tables()[name]))
                self._forget(needed)
            if not self.only:
                self.marks.keep(self.inputs.settings.engine.keep_hours)
            self._publish(manifest, done)
            return done

    def stale(self) -> list[str]:
        """Return the names of the tables that a run would build anew."""
        return [name for name in self._targets() if self._built_from(name) != self.fingerprint(name)]

    def provide(self, *names: str) -> None:
        """Make nodes readable in the session; core tables are as they were last built."""
        for name in names:
            self._ensure(name)

    def fingerprint(self, name: str) -> str:
        """Return a hash of everything that a node is made of; of the members of a kind, what they are."""
        if name not in self.fingerprints:
            parts = [self._definition(name), *(self.fingerprint(other) for other in self.graph[name])]
            made_of = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:20]
            look = self._ensure if self.looks else None
            told = self.marks.of(name, made_of, look) if name.startswith("int_members_") else made_of
            self.fingerprints[name] = told
        return self.fingerprints[name]

    def _nodes(self) -> list[str]:
        stages = [*staging_columns(), "stg_quarantine"]
        sources = [f"src_{stage.removeprefix('stg_')}" for stage in staging_columns()]
        kinds = [f"int_{what}_{r.kind}" for r in REFERENCES for what in ("mentions", "members")]
        kinds += [f"int_merges_{kind}" for kind in MERGED]
        made = ["int_quality_found", "int_told", PHONES, CHANNEL_NAMES, *DUES]
        return [*stages, *sources, *kinds, *made, *CONFIGURED, *sql_files()]

    def _definition(self, name: str) -> str:
        if name.startswith("stg_"):
            return f"{_code()} {self.staging.fingerprint(name)}"
        if name in CONFIGURED:
            rows = json.dumps(configured(name, self.inputs), default=str, ensure_ascii=False)
            return f"{_code()} {rows}"
        table = tables().get(name)
        select = self._select(name)
        if table is None or table.view:
            return select
        return with_axes(table, select, self._zone) if table.is_fact else self._cast(table)

    @property
    def _zone(self) -> str:
        return self.inputs.settings.time_zone

    def _select(self, name: str) -> str:
        if name not in self._selects:
            self._selects[name] = self._written(name)
        return self._selects[name]

    def _written(self, name: str) -> str:
        if name.startswith("src_"):
            return resolved(f"stg_{name.removeprefix('src_')}")
        if name.startswith("int_merges_"):
            return merges(name.removeprefix("int_merges_"))
        for reference in REFERENCES:
            if name == f"int_mentions_{reference.kind}":
                return mentions(reference, list(staging_columns()))
            if name == f"int_members_{reference.kind}":
                return members(reference)
        if name == PHONES:
            return (
                f"SELECT text FROM int_phone_texts -- {self.inputs.settings.phones.country} {_version('phonenumbers')}"
            )
        made = channel_names() if name == CHANNEL_NAMES else self._checks(name)
        made = dues_select(DUES[name]) if name in DUES else made
        return re.sub(r"\$([a-z_]+)\b", lambda m: self._values[m[1]], made or sql_files()[name])

    def _checks(self, name: str) -> str:
        """Return the SELECT of what the checks of the data find or need; '' for any other node."""
        settings = self.inputs.settings.quality
        if name == "int_told":
            return told_select(settings)
        loads = [load for stream in self.inputs.streams for load in stream.loads]
        newest = max((load.loaded_at or load.at for load in loads), default=None)
        return issues_select(settings, newest) if name == "int_quality_found" else ""

    def _references(self, name: str) -> list[str]:
        if name.startswith("stg_") or name in CONFIGURED:
            return []
        found = set(_NAME.findall(self._definition(name))) - {name}
        known = set(self._nodes())
        return sorted(found & known)

    def _ordered(self) -> list[str]:
        """Return all nodes, each behind those it refers to."""
        order: list[str] = []
        state: dict[str, int] = {}

        def visit(name: str) -> None:
            if state.get(name) == 1:
                raise OurMistakeError(f"the tables refer to each other in a circle at {name}")
            if name in state:
                return
            state[name] = 1
            for other in self.graph[name]:
                visit(other)
            state[name] = 2
            order.append(name)

        for name in sorted(self.graph):
            visit(name)
        return order

    def _targets(self) -> list[str]:
        """Return the names of the core tables to be built."""
        wanted = self._made_of(self.only) if self.only else set(tables())
        return [name for name, table in tables().items() if not table.view and name in wanted]

    def _made_of(self, names: Iterable[str]) -> set[str]:
        """Return these nodes and all that they refer to, straight or by others."""
        found: set[str] = set()
        waiting = list(names)
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting += self.graph[name]
        return found

    def _built_from(self, name: str) -> str:
        return str(self.store.commit_metadata(f"core/{name}").get(FINGERPRINT, ""))

    def _table(self, table: Table) -> Built:
        name, started = table.name, time.perf_counter()
        wanted = self.fingerprint(name)
        metadata = self.store.commit_metadata(f"core/{name}")
        stale = metadata.get(FINGERPRINT) != wanted
        if stale:
            for other in self.graph[name]:
                self._ensure(other)
            partitions = ["month"] if table.is_fact else []
            self.store.replace(
                f"core/{name}", self.session.stream(self._cast(table)), {FINGERPRINT: wanted}, partitions
            )
            metadata = self.store.commit_metadata(f"core/{name}")
        rows = _rows(metadata)
        return Built(name, rows, time.perf_counter() - started, stale)

    def _cast(self, table: Table) -> str:
        select = self._select(table.name)
        if table.is_fact:
            return with_axes(table, select, self._zone)
        cells = ", ".join(f"CAST({c.name} AS {c.type}) AS {c.name}" for c in table.columns)
        order = f" ORDER BY {', '.join(table.sort)}" if table.sort else ""
        return f"SELECT {cells} FROM ({select}){order}"

    def _ensure(self, name: str) -> None:
        """Make a node readable in the session under its name."""
        if name in self.ready:
            return
        self.ready.add(name)
        table = tables().get(name)
        if table is not None and not table.view:
            files = self.store.read(f"core/{name}")
            if files is None:
                raise OurMistakeError(f"{name} was needed before it was built")
            self.session.register(name, files)
            return
        for other in self.graph[name]:
            self._ensure(other)
        if name == CALENDAR:
            self.session.take(name, calendar(self.inputs))
            return
        if name in CONFIGURED:
            self._fill(name, CONFIGURED[name], list(configured(name, self.inputs)))
            return
        if name == PHONES:
            texts = [str(row["text"]) for row in self.session.rows(self._select(PHONES))]
            self._fill(name, _PHONE, list(phone_rows(texts, self.inputs.settings.phones.country)))
            return
        select = self.staging.select(name) if name.startswith("stg_") else self._select(name)
        kind = "VIEW" if self._is_lazy(name) else "TABLE"
        self.session.run(f"CREATE OR REPLACE {kind} {name} AS {select}")

    def _is_lazy(self, name: str) -> bool:
        if name.startswith("stg_"):
            return name != "stg_quarantine" and self.staging.is_lazy(name)
        if name.startswith("src_"):
            return self.staging.is_lazy(f"stg_{name.removeprefix('src_')}")
        if name in {"int_activity_clients", "int_contacts"}:
            return True  # one reader of the first needs a few columns; the second picks rows of what is in memory
        return name == "int_activities" and self.staging.is_lazy("stg_activities")

    def _fill(self, name: str, shape: Mapping[str, str], rows: Sequence[Any]) -> None:
        columns = ", ".join(f"{column} {kind}" for column, kind in shape.items())
        self.session.run(f"CREATE OR REPLACE TABLE {name} ({columns})")
        self.session.run(
            f"INSERT INTO {name} SELECT {', '.join(f'r.{c}' for c in shape)} "
            f"FROM (SELECT unnest(from_json($rows, {literal(json.dumps([shape]))})) AS r)",
            {"rows": json.dumps(rows, default=str, ensure_ascii=False)},
        )

    def _needed_behind(self, order: Sequence[str]) -> list[frozenset[str]]:
        """Return for each of the tables what those behind it are made of."""
        found: list[frozenset[str]] = [frozenset()]
        for name in reversed(order[1:]):
            found.append(found[-1] | self._made_of(self.graph[name]))
        return found[::-1]

    def _forget(self, needed: Collection[str]) -> None:
        """Drop what no table still to be built refers to."""
        for name in self.ready.difference(needed):
            if not self._is_lazy(name) and name not in tables():  # a view holds nothing
                self.session.run(f"DROP TABLE IF EXISTS {name}")
            self.ready.discard(name)

    def _publish(self, old: Manifest, done: Sequence[Built]) -> None:
        versions = {b.table: self.store.data_version(f"core/{b.table}") for b in done}
        if versions == dict(old.versions):
            return
        new = {"build": old.build + 1, "at": self.clock(), "versions": versions}
        self.store.replace(MANIFEST, self.session.stream("SELECT $m AS manifest", {"m": json.dumps(new)}), {})
        keep = self.inputs.settings.engine.keep_hours
        for name in [b.table for b in done if b.rebuilt]:
            self.store.vacuum(f"core/{name}", keep)
        self.store.vacuum(MANIFEST, keep)


def _settings_in_sql(settings: Settings) -> dict[str, str]:
    """Return the settings that the core's SQL calls $name, each as it is written in SQL."""
    return {
        "zone": literal(settings.time_zone),
        "currency": literal(settings.currency),
        "stalled_days": str(settings.regulations.stalled_days),
        "is_seven": str(settings.phones.country in SEVEN),
        "switchboard_leads": str(settings.phones.switchboard_leads),
        "duplicate_days": str(settings.quality.duplicate_days),
        "stage_days": str(settings.quality.stage_days),
        "touch_days": str(settings.touches.window_days),
        **lead_settings_in_sql(settings),
    }


@contextmanager
def build_lock(store: DeltaStore) -> Iterator[None]:
    """Hold the lake's build lock; it is given back when the process ends, however it ends."""
    store.root.mkdir(parents=True, exist_ok=True)
    with (store.root / ".build.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as fault:
            raise RetryError(
                "another build is running", where=str(store.root), do="Wait for it and run it again"
            ) from fault
        yield


def _rows(metadata: Mapping[str, Any]) -> int:
    metrics = metadata.get("operationMetrics") or {}
    return int(metrics.get("num_added_rows") or 0)
