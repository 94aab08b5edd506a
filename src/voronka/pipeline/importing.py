"""Import: each new file of a stream becomes a load: raw rows and a line in the ledger; the mapping is tried first."""

import hashlib
import json
import re
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path, PurePath
from typing import Any

from voronka.connectors.files import FileBatch, SourceFile
from voronka.domain.disk_faults import disk_told
from voronka.domain.errors import InputError, VoronkaError
from voronka.domain.flags import Flag
from voronka.lake.ledger import ACTIVE, SUPERSEDED, Load, LoadedFile, Spans, after, person
from voronka.lake.raw import raw_table
from voronka.lake.session import Session, literal
from voronka.pipeline.comparing import Comparison, compare
from voronka.pipeline.drift import Shape, drift, last_with_rows, shape_of
from voronka.pipeline.examining import mapping_fault
from voronka.pipeline.extending import new_stages
from voronka.pipeline.flagging import judge_with_flags
from voronka.pipeline.foreign_ids import flags_of_others, named
from voronka.pipeline.grouped_rows import GROUPED
from voronka.pipeline.judging import forget_judged, refuse_all_aside
from voronka.pipeline.settling import replaced_loads, settled_rows
from voronka.pipeline.taking import (
    Incoming,
    Mended,
    Target,
    decided,
    forget,
    read_options,
    service_cells,
    take,
)
from voronka.pipeline.unconverted import without_rate
from voronka.pipeline.workplace import Workplace
from voronka.transform.readers import to_local
from voronka.transform.readings import ASSUMED
from voronka.transform.sources import Source, Stream
from voronka.transform.stage_words import StageGuess

SNAPSHOT_UNSURE = "snapshot_unsure"
SAMPLE = 5
"""Rows and reasons shown by a dry run."""
_MOST_MAY_VANISH = 0.5
_FEW = 2
_KEEP_HOURS = 1
"""Hours that raw files are kept at least after others took their place: other imports and builds may be at work."""


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
    rows_unknown: int = 0
    reading: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    assumed: tuple[str, ...] = ()
    reasons: tuple[tuple[str, int, str], ...] = ()
    sample: tuple[Mapping[str, Any], ...] = ()
    flags: tuple[Flag, ...] = ()
    compared: Comparison | None = None
    new_stages: tuple[StageGuess, ...] = ()
    error: VoronkaError | None = None


@dataclass(frozen=True)
class _Told:
    """What the ledger keeps of a load beside its outcome."""

    shape: Shape
    mended: Mended | None
    settled: Mapping[str, Spans]
    replaced: tuple[str, ...]


def import_source(
    work: Workplace,
    source: Source,
    *,
    streams: Sequence[str] = (),
    dry_run: bool = False,
    progress: Callable[[str], None] = lambda _text: None,
) -> Iterator[Outcome]:
    """Load what is new of a source's streams and yield what became of each load.

    A file that cannot be taken is refused alone: its outcome carries the error, the others go on. Files loaded before
    are known by their hash and left out, so that a repeated import changes nothing.
    """
    for name in streams or source.streams:
        known = [x for x in work.ledger.loads() if (x.source, x.stream) == (source.source, name)]
        yield from _StreamImport(work, source, name, known, progress).run(dry_run=dry_run)


def load_mended(work: Workplace, source: Source, name: str, batch: FileBatch, mended: Mended) -> Outcome:
    """Load rows that were put aside and are mended; each is as old as the load that it was put aside in."""
    known = [x for x in work.ledger.loads() if (x.source, x.stream) == (source.source, name)]
    same = _taken(batch.file, [load for load in known if load.mends and load.is_active])
    if same is not None:
        return Outcome(f"{source.source}.{name}", (batch.file.name,), "already loaded", same.load_id, same.rows_read)
    return _StreamImport(work, source, name, known, lambda _text: None).take_in(batch, mended=mended)


def signature(stream: Stream) -> str:
    """Return a text that changes when the same files would be read into other raw rows."""
    read = stream.read
    parts = [read.encoding, read.separator, str(read.header_row), str(stream.sheet), str(not stream.key_columns())]
    return "|".join(parts)


@dataclass(frozen=True)
class _StreamImport:
    """The import of one stream; `known` are its earlier loads."""

    work: Workplace
    source: Source
    name: str
    known: list[Load]
    progress: Callable[[str], None]

    @property
    def stream(self) -> Stream:
        return self.source.streams[self.name]

    @property
    def where(self) -> str:
        return f"{self.source.source}.{self.name}"

    @property
    def table(self) -> str:
        return raw_table(self.source.source, self.name)

    def run(self, *, dry_run: bool) -> Iterator[Outcome]:
        """Yield what became of each load, a refused one with its error."""
        try:
            found = self.work.files.find(self.stream.path)
        except VoronkaError as fault:
            yield Outcome(self.where, (), "refused", error=fault)
            return
        is_tried = False
        for file, outcome in self._sorted_out(sorted(found, key=_order)):
            is_tried = is_tried or outcome is None
            if outcome is not None:
                yield outcome
                continue
            self.progress(f"{self.where}: {file.name}")
            try:
                yield self._load(file, dry_run=dry_run)
            except VoronkaError as fault:
                yield Outcome(self.where, (file.name,), "refused", error=fault)
        broken = mapping_fault(self.work, self.source, self.name) if dry_run and not is_tried else None
        if broken is not None:
            yield Outcome(self.where, (), "refused", error=broken)

    def _sorted_out(self, found: Sequence[SourceFile]) -> Iterator[tuple[SourceFile, Outcome | None]]:
        """Yield the files, each with what became of it, None where it is to be loaded."""
        alike = [
            x for x in self.known if x.signature == signature(self.stream) and x.state != SUPERSEDED and not x.mends
        ]
        is_full = self.stream.snapshot == "full"
        first: dict[str, str] = {}
        for file in found:
            load = _state_held(file, alike, is_series=len(found) > 1) if is_full else _taken(file, alike)
            if load is not None:
                state = "already loaded" if load.is_active else f"left out: {load.state}"
                yield file, Outcome(self.where, (file.name,), state, load.load_id, load.rows_read, load.rows_good)
            elif not is_full and file.sha256 in first:
                yield file, Outcome(self.where, (file.name,), f"the same as {first[file.sha256]}")
            else:
                first[file.sha256] = file.name
                yield file, None

    def _load(self, file: SourceFile, *, dry_run: bool) -> Outcome:
        with disk_told(tempfile.gettempdir()), tempfile.TemporaryDirectory(prefix="voronka-") as folder:
            batch = self.work.files.read(file, read_options(self.stream), Path(folder))
            return self.take_in(batch, dry_run=dry_run)

    def take_in(self, batch: FileBatch, *, dry_run: bool = False, mended: Mended | None = None) -> Outcome:
        """Return what became, or would become, of a file that was read; `mended`: its rows stand for earlier ones."""
        session, zone = self.work.session, self.work.settings.time_zone
        try:
            target = Target(self.source, self.name, zone, self._load_id(batch.file), self._moment(), mended)
            incoming = take(session, batch, target, self._spelled())
            shape = shape_of(session, incoming)
            drifted = [] if mended else drift(shape, last_with_rows(self.known), self.stream.renamed)
            tried = _tried(session, incoming, is_mended=bool(mended))
            if mended:  # a handful of rows tells nothing about a column
                tried = replace(
                    tried, flags=tuple(flag for flag in tried.flags if flag.code not in {"empty_column", GROUPED})
                )
            compared, reused = (None, ()) if mended else compare(self.work, incoming, self.known)
            unsure = () if mended else self._unsure(tried)
            others = () if mended else flags_of_others(named(self.work, incoming), self.source)
            flags = (*reused, *others, *unsure, *tried.flags, *without_rate(self.work, incoming), *drifted)
            stages = new_stages(self.work, incoming)
            outcome = replace(tried, flags=flags, compared=compared, new_stages=stages)
            if dry_run:
                return replace(outcome, state="would be loaded", sample=_sample(session, incoming))
            settled = settled_rows(self.work, incoming, self.known, mended)
            replaced = () if mended else replaced_loads(self.work, incoming, self.known)
            return self._commit(incoming, outcome, _Told(shape, mended, settled, replaced))
        finally:
            forget(session)
            forget_judged(session)

    def _unsure(self, tried: Outcome) -> tuple[Flag, ...]:
        """Return a flag where a full snapshot deletes nothing, as rows of it are of nobody knows what record."""
        if self.stream.snapshot != "full" or last_with_rows(self.known) is None or not tried.rows_unknown:
            return ()
        said = (
            "in rows of this full snapshot it is not known what record they are of, so that nothing which it lacks is "
            f"deleted: fill in `{', '.join(self.stream.key_columns())}` or export it anew"
        )
        return (Flag(SNAPSHOT_UNSURE, said, tried.rows_unknown),)

    def _load_id(self, file: SourceFile) -> str:
        """Return an id made of what is loaded: the same file makes the same id, so a repeated commit is harmless."""
        text = "\n".join([self.where, signature(self.stream), file.sha256])
        # a letter that no number has: a spreadsheet would write 12345e6789 anew, and rows to be mended bear the id
        base = f"x{hashlib.sha256(text.encode()).hexdigest()[:9]}"
        earlier = sum(load.load_id.split("-")[0] == base for load in self.known)
        return f"{base}-{earlier + 1}" if earlier else base

    def _moment(self) -> datetime:
        """Return the time of a load, later than that of every earlier one: of a record the newest version counts."""
        now = self.work.clock()
        return max([now, *(after(load.at, now) for load in self.known)])

    def _spelled(self) -> dict[str, str]:
        """Return how the raw table already spells its columns, by their folded names."""
        table = self.work.store.read(self.table)
        return {} if table is None else {column.casefold(): column for column, _ in table.columns}

    def _commit(self, incoming: Incoming, tried: Outcome, told: _Told) -> Outcome:
        """Write the raw rows, then the line of the ledger that makes them count."""
        session = self.work.session
        select, outcome = incoming.keyed(), tried
        vanished = "" if told.mended else self._vanished(incoming, tried)
        if vanished:
            select = f"{select} UNION ALL BY NAME {vanished}"
            outcome = replace(tried, rows_deleted=session.value(f"SELECT count(*) FROM ({vanished})"))
        cursor = json.dumps([vars(_loaded_file(incoming))], ensure_ascii=False)
        metadata = {"voronka.load": incoming.load_id, "voronka.cursor": cursor}
        self.work.store.append(self.table, session.stream(select), metadata, app_id=incoming.load_id)
        load = self._ledger_line(incoming, outcome, told)
        superseded = _superseded(load, self.known)
        self.work.ledger.write([load, *superseded])
        taken_out = {x.load_id: x for x in superseded}
        self.known[:] = [*(taken_out.get(x.load_id, x) for x in self.known), load]
        self._tidy()
        return outcome

    def _tidy(self) -> None:
        """Put small files together; those that this replaced stay for builds under way."""
        if self.work.store.compact(self.table):
            self.work.store.vacuum(self.table, max(_KEEP_HOURS, self.work.settings.engine.keep_hours))

    def _ledger_line(self, incoming: Incoming, outcome: Outcome, told: _Told) -> Load:
        return Load(
            incoming.load_id,
            self.source.source,
            self.name,
            ACTIVE,
            incoming.at,
            person(),
            (_loaded_file(incoming),),
            signature(self.stream),
            {key: reading.as_dict() for key, reading in incoming.readings.items()},
            outcome.rows_read,
            outcome.rows_good,
            outcome.rows_repeated,
            outcome.rows_quarantined,
            outcome.rows_deleted,
            note=", ".join(f"{key} {value}" for key, value in outcome.reading.items()),
            mapping=self.stream.fingerprint(),
            flags=outcome.flags,
            columns=told.shape.filled,
            mends=told.mended.rows if told.mended else {},
            settles=told.settled,
            replaces=told.replaced,
        )

    def _vanished(self, incoming: Incoming, outcome: Outcome) -> str:
        """Return the SELECT of a deleted row for each record that a full snapshot no longer holds, '' for none.

        The records are those of the last snapshot that counts, known by the key that the mapping gives them today.
        """
        last = last_with_rows(self.known)
        if self.stream.snapshot != "full" or last is None or not _tells_what_is_gone(outcome):
            return ""
        files = self.work.store.read(self.table)
        if files is None:
            return ""
        self.work.session.register("raw_before", files)
        before = f"(SELECT * FROM raw_before WHERE _load_id = {literal(last.load_id)} AND NOT _deleted)"
        shaped = f"(SELECT * FROM {before} UNION ALL BY NAME SELECT * FROM incoming WHERE false)"
        key = incoming.mapping.key or "_key"
        held = f"SELECT DISTINCT {key} AS _key FROM ({incoming.mapping.with_texts(shaped)}) WHERE {key} IS NOT NULL"
        present = f"SELECT _key FROM ({incoming.keyed()}) WHERE _key IS NOT NULL"
        gone = f"SELECT _key FROM ({held}) WHERE _key NOT IN ({present})"
        self._refuse_implausible(held, gone, outcome)
        service = service_cells(incoming.file.name, incoming.load_id, incoming.at)
        told = [service["_received_at"], service["_load_id"], service["_file"]]
        return f"SELECT _key, {', '.join(told)}, CAST(0 AS BIGINT) AS _row, true AS _deleted FROM ({gone})"

    def _refuse_implausible(self, held: str, gone: str, outcome: Outcome) -> None:
        """Raise InputError where a snapshot lost so many records that it is hardly whole."""
        counts = f"SELECT (SELECT count(*) FROM ({held})) AS held, (SELECT count(*) FROM ({gone})) AS gone"
        found = self.work.session.rows(counts)[0]
        if found["gone"] > max(_FEW, _MOST_MAY_VANISH * found["held"]):
            raise InputError(
                f"the snapshot lost {found['gone']} of {found['held']} records, so it is hardly whole",
                where=", ".join(outcome.files),
                do="Export it anew; if so many records were really deleted, undo the earlier loads first",
            )


def _tells_what_is_gone(outcome: Outcome) -> bool:
    """Say whether a snapshot tells which records are gone: it has rows, and none of them is of an unknown record."""
    return outcome.rows_read > 0 and not outcome.rows_unknown


def _order(file: SourceFile) -> list[tuple[bool, int, str]]:
    """Return what files stand in order by: `deals`, `deals-2`, `deals-10`; of a record the last version counts."""
    parts = re.split(r"(\d+)", str(PurePath(file.name).with_suffix("")).casefold())
    return [(part.isdecimal(), int(part) if part.isdecimal() else 0, part) for part in parts]


def _state_held(file: SourceFile, alike: Sequence[Load], *, is_series: bool) -> Load | None:
    """Return the load that makes a snapshot needless: the last one, or one of this very file in a series of them."""
    if alike and file.sha256 in {x.sha256 for x in alike[-1].files}:
        return alike[-1]
    same = [load for load in alike if (file.name, file.sha256) in {(x.name, x.sha256) for x in load.files}]
    return same[-1] if same and is_series else None


def _taken(file: SourceFile, alike: Sequence[Load]) -> Load | None:
    """Return the load that has taken the file, under whatever name."""
    return next((load for load in alike if file.sha256 in {x.sha256 for x in load.files}), None)


def _loaded_file(incoming: Incoming) -> LoadedFile:
    return LoadedFile(incoming.file.name, incoming.file.sha256, incoming.file.size)


def _tried(session: Session, incoming: Incoming, *, is_mended: bool) -> Outcome:
    """Run the mapping over the batch; return its rows by outcome, and what is doubtful about them.

    Raises InputError where no row can be loaded, for one cause; of mended rows each is its own.
    """
    judged, flags = judge_with_flags(session, incoming)
    if not is_mended:
        refuse_all_aside(session, incoming, judged)
    return Outcome(
        incoming.mapping.where,
        (incoming.file.name,),
        "loaded",
        incoming.load_id,
        rows_read=judged.rows,
        rows_good=judged.good,
        rows_repeated=judged.good - judged.keys,
        rows_quarantined=judged.aside,
        rows_unknown=judged.unknown,
        reading=incoming.batch.reading,
        columns=decided(incoming),
        assumed=_assumed(incoming),
        reasons=judged.reasons,
        flags=flags,
    )


def _assumed(incoming: Incoming) -> tuple[str, ...]:
    """Return the columns of which nothing told whether the day or the month comes first."""
    found = [need.name for need in incoming.mapping.needs if incoming.readings[need.key].note == ASSUMED]
    return tuple(dict.fromkeys(found))


def _sample(session: Session, incoming: Incoming) -> tuple[Mapping[str, Any], ...]:
    """Return the first rows as they would come in, times in the company's zone."""
    mapping = incoming.mapping
    kinds = mapping.stream.table.columns
    cells = [f"{to_local(n, mapping.zones.company)} AS {n}" if kinds[n] == "time" else n for n in mapping.cells]
    return tuple(session.rows(f"SELECT {', '.join(cells)} FROM ({mapping.taken(incoming.judged())}) LIMIT {SAMPLE}"))


def _superseded(load: Load, known: Sequence[Load]) -> list[Load]:
    """Return the loads of the same file that were read in another way, taken out."""
    hashes = {file.sha256 for file in load.files}
    alike = [x for x in known if x.is_active and x.files and x.signature != load.signature]
    return [
        replace(x, state=SUPERSEDED, at=load.at, note=f"read again as {load.load_id}")
        for x in alike
        if {file.sha256 for file in x.files} <= hashes
    ]
