"""Import: files of a stream become raw rows and one line in the ledger, in whole loads; the mapping is tried out first."""

import hashlib
import json
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from voronka.connectors.files import FileBatch, ReadOptions, SourceFile
from voronka.domain.errors import InputError, VoronkaError
from voronka.lake.ledger import ACTIVE, SUPERSEDED, Load, LoadedFile, person
from voronka.lake.raw import SERVICE, header_of, raw_name, raw_table
from voronka.lake.session import Session, literal, quoted
from voronka.pipeline.workplace import Workplace
from voronka.transform.mapping import StagingSelect, compile_mapping
from voronka.transform.readers import Reading
from voronka.transform.readings import decide
from voronka.transform.sources import Source, Stream

SAMPLE = 5
"""Rows and reasons shown by a dry run."""
_MOST_MAY_VANISH = 0.5
_FEW = 10


@dataclass(frozen=True)
class Outcome:
    """What became of one load, or of files that were already there: rows by outcome, what was decided, and messages."""

    stream: str
    files: tuple[str, ...]
    state: str
    load_id: str = ""
    rows_read: int = 0
    rows_good: int = 0
    rows_repeated: int = 0
    rows_quarantined: int = 0
    rows_deleted: int = 0
    reading: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    reasons: tuple[tuple[str, int, str], ...] = ()
    sample: tuple[Mapping[str, Any], ...] = ()
    error: VoronkaError | None = None


@dataclass(frozen=True)
class _Incoming:
    """A load about to be made: its files, its raw columns and its mapping over the table `incoming` of the session."""

    files: tuple[SourceFile, ...]
    batches: tuple[FileBatch, ...]
    columns: tuple[str, ...]
    mapping: StagingSelect
    readings: Mapping[str, Reading]
    load_id: str
    at: datetime


def import_source(
    work: Workplace,
    source: Source,
    *,
    streams: Sequence[str] = (),
    dry_run: bool = False,
    progress: Callable[[str], None] = lambda _text: None,
) -> Iterator[Outcome]:
    """Load what is new of a source's streams and yield what became of each load.

    A file that cannot be taken is refused alone: its outcome carries the error, the others go on. Files that were loaded
    before are known by their hash and left out, so that a repeated import changes nothing.
    """
    for name in streams or source.streams:
        try:
            yield from _import_stream(work, source, name, dry_run=dry_run, progress=progress)
        except VoronkaError as fault:
            yield Outcome(f"{source.source}.{name}", (), "refused", error=fault)


def _import_stream(
    work: Workplace,
    source: Source,
    name: str,
    *,
    dry_run: bool,
    progress: Callable[[str], None],
) -> Iterator[Outcome]:
    stream = source.streams[name]
    where = f"{source.source}.{name}"
    found = work.files.find(stream.path)
    known = [x for x in work.ledger.loads() if (x.source, x.stream) == (source.source, name)]
    fresh, seen = _sorted_out(found, known, stream)
    for file, load in seen:
        state = "already loaded" if load.is_active else f"left out: {load.state} load {load.load_id}"
        yield Outcome(where, (file.name,), state, load.load_id, load.rows_read, load.rows_good)
    groups = [tuple(fresh)] if stream.snapshot == "full" and fresh else [(file,) for file in fresh]
    for files in groups:
        progress(f"{where}: {', '.join(file.name for file in files)}")
        try:
            yield _load(work, source, name, files, known, dry_run=dry_run)
        except VoronkaError as fault:
            yield Outcome(where, tuple(file.name for file in files), "refused", error=fault)


def signature(stream: Stream) -> str:
    """Return a text that changes when the same files would be read into other raw rows."""
    read = stream.read
    parts = [read.encoding, read.separator, str(read.header_row), str(stream.sheet), str(not stream.key_columns())]
    return "|".join(parts)


def _sorted_out(
    found: Sequence[SourceFile],
    known: Sequence[Load],
    stream: Stream,
) -> tuple[list[SourceFile], list[tuple[SourceFile, Load]]]:
    """Return the files to load, and those that a load has already taken in just this way."""
    alike = [load for load in known if load.signature == signature(stream) and load.state != SUPERSEDED]
    if stream.snapshot == "full":
        alike = alike[-1:]
        hashes = {file.sha256 for load in alike for file in load.files}
        if alike and {file.sha256 for file in found} == hashes:
            return [], [(file, alike[-1]) for file in found]
        return list(found), []
    taken = {file.sha256: load for load in alike for file in load.files}
    fresh: dict[str, SourceFile] = {}
    seen = []
    for file in found:
        if file.sha256 in taken:
            seen.append((file, taken[file.sha256]))
        else:
            fresh.setdefault(file.sha256, file)
    return list(fresh.values()), seen


def _load(
    work: Workplace,
    source: Source,
    name: str,
    files: tuple[SourceFile, ...],
    known: Sequence[Load],
    *,
    dry_run: bool,
) -> Outcome:
    with tempfile.TemporaryDirectory(prefix="voronka-") as folder, _batches(work, source.streams[name], files, folder) as read:
        incoming = _take(work, source, name, files, read, known)
        try:
            outcome = _tried(work.session, incoming)
            if dry_run:
                return replace(outcome, state="would be loaded", sample=_sample(work.session, incoming))
            return _commit(work, source, name, incoming, outcome, known)
        finally:
            work.session.run("DROP VIEW IF EXISTS incoming")
            for number in range(len(read)):
                work.session.run(f"DROP TABLE IF EXISTS incoming_{number}")


@contextmanager
def _batches(
    work: Workplace,
    stream: Stream,
    files: tuple[SourceFile, ...],
    folder: str,
) -> Iterator[tuple[FileBatch, ...]]:
    read = stream.read
    options = ReadOptions(read.encoding, read.separator, stream.sheet, read.header_row)
    yield tuple(work.files.read(file, options, Path(folder)) for file in files)


def _take(  # noqa: PLR0913 - the parts of one load
    work: Workplace,
    source: Source,
    name: str,
    files: tuple[SourceFile, ...],
    batches: tuple[FileBatch, ...],
    known: Sequence[Load],
) -> _Incoming:
    """Copy the files' rows into the session as the view `incoming` with the columns of the raw table."""
    stream = source.streams[name]
    load_id = _load_id(source, name, files, signature(stream), known)
    at = work.clock()
    spelled = _spelled(work, source, name)
    columns: dict[str, None] = {}
    selects = []
    for number, batch in enumerate(batches):
        work.session.take(f"incoming_{number}", batch.arrow())
        names = [spelled.get(raw_name(header).casefold(), raw_name(header)) for header in batch.columns]
        columns.update(dict.fromkeys(names))
        selects.append(_raw_select(number, names, files[number].name, load_id, at, by_content=not stream.key_columns()))
    work.session.run(f"CREATE OR REPLACE VIEW incoming AS {' UNION ALL BY NAME '.join(selects)}")
    mapping = _mapping(source, name, columns, files, work)
    relation = f"({mapping.with_texts('incoming')})"
    readings = decide(work.session, relation, mapping.needs, stream.read, mapping.zones)
    return _Incoming(files, batches, tuple(columns), mapping, readings, load_id, at)


def _mapping(source: Source, name: str, columns: Mapping[str, None], files: Sequence[SourceFile], work: Workplace) -> StagingSelect:
    try:
        return compile_mapping(source, name, [header_of(c) for c in columns], work.settings.time_zone)
    except VoronkaError as fault:
        where = f"{', '.join(file.name for file in files)} ({fault.where})"
        raise InputError(fault.what, where=where, do=fault.do) from fault


def _load_id(source: Source, name: str, files: Sequence[SourceFile], read: str, known: Sequence[Load]) -> str:
    """Return an id made of what is loaded: the same files make the same id, so a repeated commit is harmless."""
    text = "\n".join([source.source, name, read, *sorted(file.sha256 for file in files)])
    base = hashlib.sha256(text.encode()).hexdigest()[:10]
    earlier = sum(load.load_id.split("-")[0] == base for load in known)
    return f"{base}-{earlier + 1}" if earlier else base


def _spelled(work: Workplace, source: Source, name: str) -> dict[str, str]:
    """Return how the raw table already spells its columns, by their folded names."""
    table = work.store.read(raw_table(source.source, name))
    return {} if table is None else {column.casefold(): column for column, _ in table.columns}


def _raw_select(number: int, names: Sequence[str], file: str, load_id: str, at: datetime, *, by_content: bool) -> str:
    cells = [f"c{position} AS {quoted(name)}" for position, name in enumerate(names)]
    key = "CAST(NULL AS TEXT)"
    source = f"incoming_{number}"
    if by_content:
        joined = ", ".join(f"coalesce(c{position}, chr(30))" for position in range(len(names)))
        source = f"(SELECT *, md5(concat_ws(chr(31), {joined})) AS _md5 FROM incoming_{number})"
        times = "row_number() OVER (PARTITION BY _md5 ORDER BY _row)"
        key = f"CASE WHEN {times} > 1 THEN _md5 || '#' || {times} ELSE _md5 END"
    service = [
        f"{key} AS _key",
        f"CAST({literal(at.isoformat())} AS TIMESTAMP) AS _received_at",
        f"{literal(load_id)} AS _load_id",
        f"{literal(file)} AS _file",
        "_row",
        "false AS _deleted",
        "_malformed",
    ]
    return f"SELECT {', '.join([*cells, *service])} FROM {source}"


def _tried(session: Session, incoming: _Incoming) -> Outcome:
    """Run the mapping over the batch and count its rows by outcome."""
    base = incoming.mapping.base("incoming", incoming.readings)
    rows = session.rows(
        "SELECT _reason AS reason, count(*) AS n, count(DISTINCT _key) AS keys, any_value(_message) AS message "
        f"FROM ({base}) GROUP BY 1 ORDER BY n DESC",
    )
    good = next((row for row in rows if row["reason"] is None), {"n": 0, "keys": 0})
    reasons = tuple((row["reason"], row["n"], row["message"]) for row in rows if row["reason"] is not None)
    return Outcome(
        incoming.mapping.where,
        tuple(file.name for file in incoming.files),
        "loaded",
        incoming.load_id,
        rows_read=sum(row["n"] for row in rows),
        rows_good=good["n"],
        rows_repeated=good["n"] - good["keys"],
        rows_quarantined=sum(n for _, n, _ in reasons),
        reading=incoming.batches[0].reading,
        columns=_decided(incoming),
        reasons=reasons,
    )


def _decided(incoming: _Incoming) -> dict[str, str]:
    """Return in words how each column was read."""
    told = {}
    for need in incoming.mapping.needs:
        reading = incoming.readings[need.key]
        parts = [reading.reader, " | ".join(reading.formats), "percent" if reading.percent else "", reading.note]
        told[need.name] = ", ".join(part for part in parts if part)
    return told


def _sample(session: Session, incoming: _Incoming) -> tuple[Mapping[str, Any], ...]:
    staged = incoming.mapping.staging("incoming", incoming.readings)
    mapped = [*incoming.mapping.cells]
    rows = session.rows(f"SELECT {', '.join(mapped)} FROM ({staged}) LIMIT {SAMPLE}")
    return tuple(rows)


def _commit(  # noqa: PLR0913 - the parts of one load
    work: Workplace,
    source: Source,
    name: str,
    incoming: _Incoming,
    outcome: Outcome,
    known: Sequence[Load],
) -> Outcome:
    """Write the raw rows, then the line of the ledger that makes them count."""
    table = raw_table(source.source, name)
    select = _with_keys(incoming)
    vanished = _vanished(work, source, name, incoming, outcome, known)
    if vanished:
        select = f"{select} UNION ALL BY NAME {vanished}"
        count = work.session.value(f"SELECT count(*) FROM ({vanished})")
        outcome = replace(outcome, rows_deleted=count)
    files = tuple(LoadedFile(file.name, file.sha256, file.size) for file in incoming.files)
    cursor = json.dumps([vars(file) for file in files], ensure_ascii=False)
    metadata = {"voronka.load": incoming.load_id, "voronka.cursor": cursor}
    work.store.append(table, work.session.stream(select), metadata, app_id=incoming.load_id)
    load = Load(
        incoming.load_id,
        source.source,
        name,
        ACTIVE,
        incoming.at,
        person(),
        files,
        signature(source.streams[name]),
        {key: reading.as_dict() for key, reading in incoming.readings.items()},
        outcome.rows_read,
        outcome.rows_good,
        outcome.rows_repeated,
        outcome.rows_quarantined,
        outcome.rows_deleted,
        note=", ".join(f"{key} {value}" for key, value in outcome.reading.items()),
    )
    work.ledger.write([load, *_superseded(load, known, work.clock())])
    work.store.compact(table)
    return outcome


def _with_keys(incoming: _Incoming) -> str:
    """Return the SELECT of raw rows with the keys that the mapping gives them."""
    columns = ", ".join(quoted(name) for name in (*incoming.columns, *(s for s in SERVICE if s != "_key")))
    key = incoming.mapping.key
    if key is None:
        return f"SELECT {columns}, _key FROM incoming"
    return f"SELECT {columns}, {key} AS _key FROM ({incoming.mapping.with_texts('incoming')})"


def _superseded(load: Load, known: Sequence[Load], at: datetime) -> list[Load]:
    """Return the loads of the same files that were read in another way, taken out."""
    hashes = {file.sha256 for file in load.files}
    alike = [x for x in known if x.is_active and x.signature != load.signature]
    return [
        replace(x, state=SUPERSEDED, at=at, note=f"read again as {load.load_id}")
        for x in alike
        if {file.sha256 for file in x.files} <= hashes
    ]


def _vanished(  # noqa: PLR0913 - the parts of one load
    work: Workplace,
    source: Source,
    name: str,
    incoming: _Incoming,
    outcome: Outcome,
    known: Sequence[Load],
) -> str:
    """Return the SELECT of a deleted row for each record that a full snapshot no longer holds, '' where there is none."""
    active = [load for load in known if load.is_active]
    files = work.store.read(raw_table(source.source, name))
    if source.streams[name].snapshot != "full" or not active or files is None:
        return ""
    work.session.register("raw_before", files)
    loads = ", ".join(literal(load.load_id) for load in active)
    held = (
        f"SELECT _key FROM raw_before WHERE _load_id IN ({loads}) "
        "QUALIFY row_number() OVER (PARTITION BY _key ORDER BY _received_at DESC, _row DESC) = 1 AND NOT _deleted"
    )
    gone = f"SELECT _key FROM ({held}) WHERE _key NOT IN (SELECT _key FROM ({_with_keys(incoming)}) WHERE _key IS NOT NULL)"
    counts = work.session.rows(f"SELECT (SELECT count(*) FROM ({held})) AS held, (SELECT count(*) FROM ({gone})) AS gone")[0]
    if counts["gone"] > max(_FEW, _MOST_MAY_VANISH * counts["held"]):
        raise InputError(
            f"the snapshot lost {counts['gone']} of {counts['held']} records, so it is hardly whole: {outcome.rows_good} rows",
            where=", ".join(outcome.files),
            do="Export it anew; if so many records were really deleted, undo the earlier loads first",
        )
    return (
        f"SELECT _key, CAST({literal(incoming.at.isoformat())} AS TIMESTAMP) AS _received_at, "
        f"{literal(incoming.load_id)} AS _load_id, {literal(outcome.files[0])} AS _file, CAST(0 AS BIGINT) AS _row, "
        f"true AS _deleted FROM ({gone})"
    )
