"""Takes a file's rows into the session: the view `incoming` in the columns of a raw table, its mapping and readings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from voronka.connectors.files import DAYS_FROM, FROM_1904, FileBatch, ReadOptions, SourceFile
from voronka.domain.errors import InputError, VoronkaError
from voronka.domain.formulas import DEFUSED, come_back
from voronka.lake.ledger import Spans
from voronka.lake.raw import SERVICE, header_of, raw_name
from voronka.lake.session import Session, literal, quoted
from voronka.pipeline.relining import read_lines_again
from voronka.transform.mapping import StagingSelect, compile_mapping
from voronka.transform.readers import Reading
from voronka.transform.readings import counted_from_1904, decide
from voronka.transform.sources import Source, Stream
from voronka.transform.vendor_layouts import known_words

LOAD, ROW, REASON, MESSAGE, LINE = TOLD = ("_load", "_row", "_reason", "_message", "_line")
"""Columns of a file of rows to be mended, beside the source's own; `_line` is the text of a row that was not split."""

_NEEDED: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "plans": (("metric",), ("value",), ("starts_on",)),
    "payments": (("amount",),),
    "ad_spend": (("day",), ("cost", "impressions", "clicks")),
    "rates": (("day",), ("currency",), ("rate",)),
    "stage_changes": (("stage",), ("changed_at",)),
}
"""Columns without which a row of a table says nothing: one of each group."""
TEXTS, VALUES = "incoming_texts", "incoming_values"
"""The views of `incoming` with the texts of its mapping beside its columns, and with the values read of these too."""
_KEPT_CELLS = 2_000_000
"""Cells up to which texts and values are kept in memory: some fifty statements look at them, each in its own way."""
_SHOWN = 5
_TURNED = "A column for each month is none: write a row for each month"


@dataclass(frozen=True)
class Mended:
    """What rows mend: when the loads came in that they were put aside in, and which of their rows they are.

    `headers` are the columns of the files that they stood in, by load, where that is known; `readings` how the newest
    of these loads was read; `is_from_1904`: their workbooks count days from there, so bare numbers still do.
    """

    received: Mapping[str, datetime]
    rows: Mapping[str, Spans]
    headers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    readings: Mapping[str, Any] = field(default_factory=dict)
    is_from_1904: bool = False


@dataclass(frozen=True)
class Target:
    """What rows are taken for: a stream of a source, the company's zone, and the load that they are to be.

    mended: they stand for rows put aside earlier, and are as old as those.
    """

    source: Source
    name: str
    zone: str
    load_id: str
    at: datetime
    mended: Mended | None = None

    @property
    def has_key(self) -> bool:
        """Say whether columns of the file identify a row; else its content does."""
        return bool(self.source.streams[self.name].key_columns())


@dataclass(frozen=True)
class Incoming:
    """A load about to be made: its file, its raw columns and its mapping over the view `incoming` of the session."""

    file: SourceFile
    batch: FileBatch
    columns: tuple[str, ...]
    mapping: StagingSelect
    readings: Mapping[str, Reading]
    load_id: str
    at: datetime

    def keyed(self) -> str:
        """Return the SELECT of raw rows with the keys that the mapping gives them."""
        columns = ", ".join(quoted(name) for name in (*self.columns, *(s for s in SERVICE if s != "_key")))
        if self.mapping.key is None:
            return f"SELECT {columns}, _key FROM incoming"
        return f"SELECT {columns}, {self.mapping.key} AS _key FROM {TEXTS}"

    def judged(self) -> str:
        """Return the SELECT of all rows with their values, `_key`, `_reason` and `_message`."""
        return self.mapping.checked(VALUES, self.readings)


def take(
    session: Session,
    batch: FileBatch,
    target: Target,
    spelled: Mapping[str, str] | None = None,
    *,
    renumber: bool = False,
) -> Incoming:
    """Copy a file's rows into the session and decide how its columns are read; `forget` drops them again.

    spelled: how a raw table already spells its columns, by their folded names. renumber: rows get numbers of their own,
    since those of their lines do not tell them apart. Raises InputError where a column of the mapping is missing, or
    days and months of one column stand in both orders.
    """
    known = spelled or {}
    # read by this engine itself: through Arrow the rows of a large file would be in memory twice
    session.run(f"CREATE OR REPLACE TABLE incoming_file AS {batch.stream.sql}", batch.stream.parameters)
    if renumber:
        session.run("UPDATE incoming_file SET _row = rowid + 1")
    if target.mended is not None:
        if LINE in batch.columns:
            read_lines_again(session, batch.columns, (LOAD, REASON, LINE), target.mended.headers)
        batch = _as_it_was(session, batch)
        if target.mended.is_from_1904:
            batch = replace(batch, reading={**batch.reading, DAYS_FROM: FROM_1904})
    names = tuple(known.get(raw_name(header).casefold(), raw_name(header)) for header in batch.columns)
    rows = _without_key() if target.has_key else _with_content_key(names, target.source.streams[target.name])
    service = service_cells(batch.file.name, target.load_id, target.at)
    if target.mended is not None:
        service["_received_at"] = _received(target.mended, target.at)
    if "_fault" not in session.columns("incoming_file"):
        service["_fault"] = "CAST(NULL AS TEXT) AS _fault"
    cells = [f"c{position} AS {quoted(name)}" for position, name in enumerate(names)]
    session.run(f"CREATE OR REPLACE VIEW incoming AS SELECT {', '.join([*cells, *service.values()])} FROM {rows}")
    mapping = _mapping(target, names, batch.file)
    is_small = batch.rows * (len(names) + len(mapping.texts) + 2 * len(mapping.needs)) <= _KEPT_CELLS
    _keep(session, TEXTS, mapping.with_texts("incoming"), is_small=is_small)
    read = target.source.streams[target.name].read
    try:
        readings: Mapping[str, Reading] = decide(session, TEXTS, mapping.needs, read, mapping.zones)
    except InputError:
        readings = _as_before(mapping, target.mended)
        if not readings:
            raise
    if batch.reading.get(DAYS_FROM) == FROM_1904:
        readings = counted_from_1904(readings)
    _keep(session, VALUES, mapping.values_of(TEXTS, readings), is_small=is_small)
    return Incoming(batch.file, batch, names, mapping, readings, target.load_id, target.at)


def _as_before(mapping: StagingSelect, mended: Mended | None) -> dict[str, Reading]:
    """Return how the load was read that mended rows were put aside in, {} where that does not tell of every column.

    Of a handful of rows one slip in a date is no contradiction: it is put aside anew.
    """
    told = mended.readings if mended else {}
    kept = {need.key: Reading.from_dict(told[need.key]) for need in mapping.needs if need.key in told}
    return kept if len(kept) == len({need.key for need in mapping.needs}) else {}


def _keep(session: Session, name: str, select: str, *, is_small: bool) -> None:
    """Make a view; of few rows it is one of a table, since the SQL of a wide mapping takes longer than its rows."""
    if is_small:
        session.run(f"CREATE OR REPLACE TABLE {name}_kept AS {select}")
        select = f"SELECT * FROM {name}_kept"
    session.run(f"CREATE OR REPLACE VIEW {name} AS {select}")


def forget(session: Session) -> None:
    """Drop what `take` put into the session."""
    for name in (VALUES, TEXTS):
        session.run(f"DROP VIEW IF EXISTS {name}")
        session.run(f"DROP TABLE IF EXISTS {name}_kept")
    session.run("DROP VIEW IF EXISTS incoming")
    session.run("DROP TABLE IF EXISTS incoming_file")
    session.run("DROP TABLE IF EXISTS incoming_own")


def read_options(
    stream: Stream | None = None, *, sheet: str | None = None, expected: Sequence[str] = ()
) -> ReadOptions:
    """Return how a file is to be read: as its stream says, with the headers that its mapping wants."""
    if stream is None:
        return ReadOptions(sheet=sheet, expected=tuple(expected), known=known_words())
    read = stream.read
    wanted = (*stream.headers(), *(name for names in stream.renamed.values() for name in names))
    return ReadOptions(read.encoding, read.separator, stream.sheet, read.header_row, wanted, known_words())


def decided(incoming: Incoming) -> dict[str, str]:
    """Return in words how each column was read."""
    told = {}
    for need in incoming.mapping.needs:
        reading = incoming.readings[need.key]
        scale = f"× {reading.unit}" if reading.unit and reading.reader in {"money", "number"} else ""
        percent = "percent" if reading.percent else ""
        parts = [reading.reader, " | ".join(reading.formats), percent, scale, reading.note]
        told[need.name] = ", ".join(part for part in parts if part)
    return told


def service_cells(file: str, load_id: str, at: datetime) -> dict[str, str]:
    """Return the SQL of the columns that Voronka adds to rows of a file, by name."""
    return {
        "_key": "_key",
        "_received_at": f"CAST({literal(at.isoformat())} AS TIMESTAMP) AS _received_at",
        "_load_id": f"{literal(load_id)} AS _load_id",
        "_file": f"{literal(file)} AS _file",
        "_row": "_row",
        "_deleted": "false AS _deleted",
        "_malformed": "_malformed",
        "_fault": "_fault",
    }


def _as_it_was(session: Session, batch: FileBatch) -> FileBatch:
    """Leave the columns of TOLD out of the taken file but for `_of`, the load that a row was put aside in."""
    kept = [(place, name) for place, name in enumerate(batch.columns) if name not in TOLD]
    cells = [
        f"CASE WHEN regexp_matches({cell}, {literal(DEFUSED)}) THEN substr({cell}, 2) ELSE {cell} END AS c{number}"
        for number, cell in enumerate(f"c{place}" for place, _ in kept)
    ]
    load = f"trim(c{batch.columns.index(LOAD)}) AS _of"
    service = [name for name in session.columns("incoming_file") if name.startswith("_")]
    session.run(f"CREATE TABLE incoming_own AS SELECT {', '.join([*cells, *service, load])} FROM incoming_file")
    session.run("DROP TABLE incoming_file")
    session.run("ALTER TABLE incoming_own RENAME TO incoming_file")
    return replace(batch, columns=tuple(come_back(name) for _, name in kept))


def _received(mended: Mended, at: datetime) -> str:
    """Return the SQL of when a row came in: with the load that it was put aside in."""
    cases = " ".join(f"WHEN {literal(load)} THEN {literal(when.isoformat())}" for load, when in mended.received.items())
    return f"CAST(CASE _of {cases} ELSE {literal(at.isoformat())} END AS TIMESTAMP) AS _received_at"


def _mapping(target: Target, columns: Sequence[str], file: SourceFile) -> StagingSelect:
    headers = [header_of(column) for column in columns]
    _refuse_without_needed(target.source.streams[target.name], headers, file)
    try:
        return compile_mapping(target.source, target.name, headers, target.zone)
    except VoronkaError as fault:
        raise InputError(fault.what, where=f"{file.name} ({fault.where})", do=fault.do) from fault


def _refuse_without_needed(stream: Stream, headers: Sequence[str], file: SourceFile) -> None:
    """Raise InputError where no column is read as one without which the rows would say nothing."""
    lacking = [names for names in _NEEDED.get(stream.into, ()) if not any(name in stream.columns for name in names)]
    if not lacking:
        return
    named = ", ".join(" or ".join(names) for names in lacking)
    expressions = " ".join(theirs for theirs in stream.columns.values() if theirs.startswith("="))
    left = [each for each in headers if each not in stream.columns.values() and each not in expressions]
    shown = ", ".join(left[:_SHOWN]) + (" ..." if len(left) > _SHOWN else "")
    say = f"Say which of these it is (`--columns`, or on the page): {shown}" if left else "Export it with that column"
    raise InputError(
        f"{stream.into} say nothing without {named}, and no column is read as that",
        where=file.name,
        do=f"{say}. {_TURNED}" if stream.into == "plans" else say,
    )


def _with_content_key(names: Sequence[str], stream: Stream) -> str:
    """Return a FROM item of the taken file whose rows are known by their content, equal ones by their count.

    Neither the order of the columns, nor a new empty one, nor another name of one changes what a row is.
    """
    first = {raw_name(later): raw_name(name) for name, names in stream.renamed.items() for later in names}
    ordered = sorted(enumerate(first.get(name, name) for name in names), key=lambda column: column[1])
    cells = ", ".join(f"{literal(f'{name}=')} || nullif(c{position}, '')" for position, name in ordered)
    hashed = f"SELECT *, md5(concat_ws(chr(31), {cells})) AS _md5 FROM incoming_file"
    times = "row_number() OVER (PARTITION BY _md5 ORDER BY _row)"
    return f"(SELECT *, CASE WHEN {times} > 1 THEN _md5 || '#' || {times} ELSE _md5 END AS _key FROM ({hashed}))"


def _without_key() -> str:
    return "(SELECT *, CAST(NULL AS TEXT) AS _key FROM incoming_file)"
