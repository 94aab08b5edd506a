"""Rows put aside go out as a file to be mended, and come in again, or are let go: then they leave the quarantine."""

import csv
import json
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from voronka.connectors.files import DAYS_FROM, FROM_1904, FileBatch, SourceFile
from voronka.domain.errors import InputError, QuestionError, did_you_mean
from voronka.domain.formulas import defused_to_come_back
from voronka.lake.ledger import ACTIVE, Load, after, person, rows_in, spans_of
from voronka.lake.raw import SERVICE, header_of
from voronka.lake.session import Session, literal
from voronka.pipeline.aside_words import aside_told
from voronka.pipeline.importing import Outcome, load_mended
from voronka.pipeline.taking import LOAD, ROW, TOLD, Mended, read_options
from voronka.pipeline.workplace import Workplace
from voronka.transform.sources import Source
from voronka.transform.staging import Staging, StreamLoads

REASON, MESSAGE, LINE = TOLD[2:]
_NEEDED = frozenset({LOAD, ROW, REASON})
_MARK = "\ufeff"


@dataclass(frozen=True)
class ToMend:
    """Rows put aside of one stream: its columns as the source names them, and a row of values for each."""

    stream: str
    columns: tuple[str, ...]
    rows: tuple[Mapping[str, str], ...]


def rows_to_mend(work: Workplace, load_id: str | None = None) -> ToMend:
    """Return the rows put aside of a load, or of all loads where they are of one stream; no build is needed for it.

    Raises QuestionError for an unknown load, where nothing is aside, and where rows of several streams are.
    """
    streams = _streams(work, load_id)
    staging = Staging(work.store, work.session, streams, work.settings.time_zone)
    rows = work.session.rows(f"SELECT * FROM ({staging.select('stg_quarantine')}) ORDER BY load_id, row_number")
    found = [row for row in rows if load_id in {None, row["load_id"]}]
    if not found:
        raise QuestionError("no row is put aside", do="`voronka loads` tells the rows aside of each load")
    counts = Counter((row["source"], row["stream"]) for row in found)
    if len(counts) > 1:
        listed = ", ".join(sorted({f"{row['load_id']} ({row['source']}.{row['stream']})" for row in found}))
        raise QuestionError("rows of several streams are put aside", do=f"Name a load: {listed}")
    ((source, stream),) = counts
    table = next(s for s in streams if (s.source.source, s.name) == (source, stream))
    columns = [c for c in work.session.columns(table.relation.strip('"')) if c not in SERVICE]
    headers = tuple(header_of(column) for column in columns)
    return ToMend(f"{source}.{stream}", headers, tuple(_row(row, headers) for row in found))


def let_go(work: Workplace, load_id: str, reason: str = "") -> Load:
    """Take rows of a load that are put aside, of one reason or all, off the list; return the line of the ledger.

    The rows stay where they are; undoing that line brings them back. QuestionError where no such row is put aside.
    """
    streams = _streams(work, load_id)
    staging = Staging(work.store, work.session, streams, work.settings.time_zone)
    of_reason = f" AND reason = {literal(reason)}" if reason else ""
    where = f"load_id = {literal(load_id)}{of_reason}"
    rows = work.session.rows(f"SELECT row_number FROM ({staging.select('stg_quarantine')}) WHERE {where}")
    if not rows:
        raise QuestionError("no such row is put aside any more", do="Look at the page again")
    loads = work.ledger.loads()
    known = {load.load_id: load for load in loads}
    now = work.clock()
    at = max([now, *(after(load.at, now) for load in loads)])
    source, stream = known[load_id].source, known[load_id].stream
    number = sum(load.load_id.startswith(f"{load_id}-let-go") for load in loads) + 1
    settles = {load_id: spans_of(row["row_number"] for row in rows)}
    line = Load(f"{load_id}-let-go-{number}", source, stream, ACTIVE, at, person(), (), "", {}, settles=settles)
    work.ledger.write([line])
    return line


def rows_let_go(line: Load) -> int:
    """Return how many rows a line of the ledger takes off the list."""
    return sum(rows_in(spans) for spans in line.settles.values())


def write_to_mend(found: ToMend, target: Path, language: str) -> None:
    """Write rows to be mended as a table that a spreadsheet opens by a double click."""
    with target.open("w", encoding="utf-8", newline="") as file:
        file.write(_MARK)
        writer = csv.writer(file, delimiter=";" if language == "ru" else ",")
        writer.writerow([defused_to_come_back(name) for name in (*found.columns, *TOLD)])
        for each in found.rows:
            row = {**each, MESSAGE: aside_told(each[REASON], each[MESSAGE], language)}
            writer.writerow([defused_to_come_back(row.get(name, "")) for name in (*found.columns, *TOLD)])


def is_mended(headers: Sequence[str]) -> bool:
    """Say whether a file with these headers holds rows that were put aside."""
    return set(headers) >= _NEEDED


def import_mended(work: Workplace, path: Path) -> Outcome | None:
    """Load a file of mended rows into the stream that they are of; the rows leave the quarantine of their loads.

    None where the file holds no rows that were put aside. What is still wrong is put aside anew. Raises InputError
    where the file cannot be taken.
    """
    file = work.files.find(str(path.absolute()))[0]
    with tempfile.TemporaryDirectory(prefix="voronka-") as folder:
        batch = work.files.read(file, read_options(expected=TOLD), Path(folder))
        found = what_is_mended(work, batch)
        if found is None:
            return None
        source, stream, mended = found
        return load_mended(work, source, stream, batch, mended)


def what_is_mended(work: Workplace, batch: FileBatch) -> tuple[Source, str, Mended] | None:
    """Return the source and stream that mended rows are of, and which rows they stand for; None for any other file.

    Raises InputError where the rows are of no load, or of several streams.
    """
    if not is_mended(batch.columns):
        return None
    known = {load.load_id: load for load in work.ledger.loads()}
    mended = _mended(work.session, batch)
    source, stream = _stream_of(batch.file, mended, known)
    if source not in work.sources or stream not in work.sources[source].streams:
        raise InputError(f"there is no stream {source}.{stream} any more", where=batch.file.name)
    received = {load_id: known[load_id].at for load_id in mended}
    spans = {load_id: spans_of(rows) for load_id, rows in mended.items()}
    newest = max(mended, key=lambda load_id: known[load_id].at)
    headers = {load_id: _headers(known[load_id], known) for load_id in mended}
    is_from_1904 = _is_from_1904(batch.file, [known[load_id] for load_id in mended])
    return work.sources[source], stream, Mended(received, spans, headers, known[newest].readings, is_from_1904)


def _is_from_1904(file: SourceFile, loads: Sequence[Load]) -> bool:
    """Say whether the workbooks that rows came from count days from 1904; InputError where some do and some do not."""
    found = {f"{DAYS_FROM} {FROM_1904}" in load.note.split(", ") for load in loads}
    if len(found) > 1:
        raise InputError(
            "some of the rows came from workbooks that count days from 1904, and others did not: a bare number of a "
            "day would be read as a day four years off",
            where=file.name,
            do="Make a file of each load",
        )
    return True in found


def _headers(load: Load, known: Mapping[str, Load]) -> tuple[str, ...]:
    """Return the columns of the file that a load's rows first stood in, () where that is not known.

    A file of mended rows has its columns in another order than the lines in it.
    """
    while load.mends:
        first = list(load.mends)
        if len(first) > 1 or first[0] not in known or first[0] == load.load_id:
            return ()
        load = known[first[0]]
    return tuple(load.columns)


def _streams(work: Workplace, load_id: str | None) -> list[StreamLoads]:
    loads = work.ledger.loads()
    known = {load.load_id: load for load in loads}
    if load_id is not None and load_id not in known:
        raise QuestionError(f"no load has the id {load_id}", do=did_you_mean(load_id, known))
    wanted = None if load_id is None else (known[load_id].source, known[load_id].stream)
    return [
        StreamLoads(source, name, tuple(x for x in loads if x.is_active and (x.source, x.stream) == place))
        for source in work.sources.values()
        for name in source.streams
        if wanted in {None, (place := (source.source, name))}
    ]


def _row(found: Mapping[str, Any], headers: Sequence[str]) -> dict[str, str]:
    """Return a row of the quarantine by the columns of the file to be mended."""
    told = {LOAD: found["load_id"], ROW: found["row_number"], REASON: found["reason"], MESSAGE: found["message"]}
    values = _fields(found["payload"])
    given = {LINE: found["payload"]} if values is None else {name: values.get(name) for name in headers}
    return {name: "" if value is None else str(value) for name, value in (given | told).items()}


def _fields(payload: str) -> dict[str, Any] | None:
    """Return the fields that a payload holds, None where it is the text of a row that could not be split."""
    try:
        found = json.loads(payload)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def _mended(session: Session, batch: FileBatch) -> dict[str, list[int]]:
    """Return the rows that a file mends, by the id of their load."""
    load, row = (f"trim(c{batch.columns.index(name)})" for name in (LOAD, ROW))
    session.take("mended_file", batch.arrow())
    number = f"TRY_CAST(TRY_CAST({row} AS DECIMAL(28,3)) AS BIGINT)"
    rows = session.rows(f"SELECT DISTINCT {load} AS load, {number} AS row FROM mended_file ORDER BY ALL")
    session.run("DROP TABLE mended_file")
    found: dict[str, list[int]] = {}
    for each in rows:
        if each["load"] and each["row"] is not None:
            found.setdefault(each["load"], []).append(each["row"])
    return found


def _stream_of(file: SourceFile, mended: Mapping[str, object], known: Mapping[str, Load]) -> tuple[str, str]:
    unknown = [load_id for load_id in mended if load_id not in known]
    if unknown or not mended:
        what = f"no load has the id {unknown[0]}" if unknown else f"no row says in {LOAD} and {ROW} what it mends"
        raise InputError(what, where=file.name, do="Write the file anew with `voronka loads aside --to FILE`")
    streams = {(known[load_id].source, known[load_id].stream) for load_id in mended}
    if len(streams) > 1:
        listed = ", ".join(sorted(".".join(each) for each in streams))
        raise InputError(f"the rows are of several streams: {listed}", where=file.name, do="Make a file of each")
    return next(iter(streams))
