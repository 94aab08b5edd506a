"""The ledger of loads: who loaded what and when, rows by outcome, and whether the load counts or was taken out."""

import getpass
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, TypeAlias

import arro3.core as arrow

from voronka.domain.errors import QuestionError, did_you_mean
from voronka.domain.flags import Flag
from voronka.lake.delta import DeltaStore

TABLE = "raw/_loads"
ACTIVE, UNDONE, SUPERSEDED = "active", "undone", "superseded"
Spans: TypeAlias = tuple[tuple[int, int], ...]
"""Numbers of rows as runs: the first and the last of each."""
_TICK = timedelta(microseconds=1)
_TEXTS = (
    *("load_id", "source", "stream", "state", "at", "by", "files", "signature", "mapping", "readings", "note"),
    *("flags", "columns", "mends", "settles", "replaces"),
)
_COUNTS = ("rows_read", "rows_good", "rows_repeated", "rows_quarantined", "rows_deleted")


@dataclass(frozen=True)
class LoadedFile:
    """A file of a load: its name, hash and size in bytes."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True)
class Load:
    """One load of one stream.

    `signature` tells how its files were read, `mapping` which mapping counted its rows, `readings` the formats decided
    per column, `flags` what was doubtful about its rows, `columns` in how many rows each header had anything,
    `mends` rows put aside in earlier loads that this one brings mended, `settles` those that it makes needless: their
    records are in it, or, where it has no files, a person let go of them. `replaces` are loads with remarks
    all of whose records this one has anew.
    """

    load_id: str
    source: str
    stream: str
    state: str
    at: datetime
    by: str
    files: tuple[LoadedFile, ...]
    signature: str
    readings: Mapping[str, Any]
    rows_read: int = 0
    rows_good: int = 0
    rows_repeated: int = 0
    rows_quarantined: int = 0
    rows_deleted: int = 0
    note: str = ""
    mapping: str = ""
    loaded_at: datetime | None = None
    flags: tuple[Flag, ...] = ()
    columns: Mapping[str, int] = field(default_factory=dict)
    mends: Mapping[str, Spans] = field(default_factory=dict)
    settles: Mapping[str, Spans] = field(default_factory=dict)
    replaces: tuple[str, ...] = ()

    @property
    def is_active(self) -> bool:
        """Say whether the load's rows count."""
        return self.state == ACTIVE


def spans_of(rows: Iterable[int]) -> Spans:
    """Return numbers of rows as runs."""
    runs: list[tuple[int, int]] = []
    for row in sorted(set(rows)):
        if runs and row == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], row)
        else:
            runs.append((row, row))
    return tuple(runs)


def rows_in(spans: Spans) -> int:
    """Return how many rows runs hold."""
    return sum(last - first + 1 for first, last in spans)


def covered_rows(loads: Iterable[Load]) -> dict[str, Spans]:
    """Return the rows, by their load, that loads which count bring mended or make needless; each row once."""
    found: dict[str, list[tuple[int, int]]] = {}
    for load in loads:
        for covered in (load.mends, load.settles) if load.is_active else ():
            for load_id, spans in covered.items():
                found.setdefault(load_id, []).extend(spans)
    return {load_id: joined(spans) for load_id, spans in found.items()}


def joined(spans: Iterable[tuple[int, int]]) -> Spans:
    """Return runs of rows that may overlap as runs that do not."""
    joined: list[tuple[int, int]] = []
    for first, last in sorted(spans):
        if joined and first <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    return tuple(joined)


class Ledger:
    """The append-only table of loads; the last row of a load says its state."""

    def __init__(
        self, store: DeltaStore, rows: Callable[[str], list[dict[str, Any]]], clock: Callable[[], datetime]
    ) -> None:
        """`rows` returns the rows of a Delta table of the store; `clock` gives the time in UTC without a zone."""
        self._store = store
        self._rows = rows
        self._clock = clock

    def loads(self) -> list[Load]:
        """Return all loads in the order they were first made."""
        latest: dict[str, Load] = {}
        first: dict[str, datetime] = {}
        for row in sorted(self._rows(TABLE), key=lambda r: r["at"]):
            load = _load(row)
            first.setdefault(load.load_id, load.at)
            latest[load.load_id] = replace(load, loaded_at=first[load.load_id])
        return sorted(latest.values(), key=lambda load: (first[load.load_id], load.load_id))

    def active(self, source: str, stream: str) -> list[Load]:
        """Return the loads of a stream that count, oldest first."""
        return [x for x in self.loads() if x.is_active and (x.source, x.stream) == (source, stream)]

    def write(self, loads: Iterable[Load]) -> None:
        """Append the loads' states in one commit."""
        rows = [_row(load) for load in loads]
        if rows:
            self._store.append(TABLE, _table(rows), {"voronka.loads": ",".join(r["load_id"] for r in rows)})
            self._store.compact(TABLE)

    def set_state(self, load_id: str, state: str) -> Load:
        """Take a load out (`undone`) or back (`active`) and return it as it then is; repeated, it changes nothing."""
        known = {load.load_id: load for load in self.loads()}
        if load_id not in known:
            raise QuestionError(f"no load has the id {load_id}", do=did_you_mean(load_id, known))
        load = known[load_id]
        if load.state == state:
            return load
        changed = replace(load, state=state, at=after(load.at, self._clock()), by=person())
        self.write([changed])
        return changed


def after(earlier: datetime, now: datetime) -> datetime:
    """Return `now`, or the moment after `earlier` where the machine's clock went back: what is later stays later."""
    return max(now, earlier + _TICK)


def person() -> str:
    """Return the name of the person at this machine, for the ledger."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


def _row(load: Load) -> dict[str, Any]:
    row = {name: getattr(load, name) for name in (*_TEXTS, *_COUNTS)}
    row["at"] = load.at.isoformat()
    row["files"] = json.dumps([vars(file) for file in load.files], ensure_ascii=False)
    row["readings"] = json.dumps(load.readings, ensure_ascii=False, sort_keys=True)
    row["flags"] = json.dumps([flag.shown() for flag in load.flags], ensure_ascii=False)
    row["mends"] = json.dumps(load.mends)
    row["settles"] = json.dumps(load.settles)
    row["replaces"] = json.dumps(load.replaces)
    row["columns"] = json.dumps(load.columns, ensure_ascii=False)
    return row


def _table(rows: list[dict[str, Any]]) -> arrow.Table:
    types = {name: arrow.DataType.utf8() for name in _TEXTS} | {name: arrow.DataType.int64() for name in _COUNTS}
    schema = arrow.Schema([arrow.Field(name, kind) for name, kind in types.items()])
    columns: dict[str, Any] = {name: arrow.Array([row[name] for row in rows], kind) for name, kind in types.items()}
    return arrow.Table.from_pydict(columns, schema=schema)


def _load(row: Mapping[str, Any]) -> Load:
    values: dict[str, Any] = {name: row.get(name) for name in (*_TEXTS, *_COUNTS)}
    values["mapping"] = values["mapping"] or ""  # older lines lack it
    values["at"] = datetime.fromisoformat(row["at"])
    values["files"] = tuple(LoadedFile(**file) for file in json.loads(row["files"]))
    values["readings"] = json.loads(row["readings"])
    values["flags"] = tuple(Flag.of(flag) for flag in json.loads(values["flags"] or "[]"))
    for name in ("mends", "settles"):  # older lines lack them
        of_loads = json.loads(values[name] or "{}")
        values[name] = {load_id: tuple((first, last) for first, last in spans) for load_id, spans in of_loads.items()}
    values["replaces"] = tuple(json.loads(values["replaces"] or "[]"))
    values["columns"] = json.loads(values["columns"] or "{}")
    return Load(**values)
