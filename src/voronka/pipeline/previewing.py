"""Previews one file: what was detected, which rows would load and how, which would not and why; nothing is written."""

import glob
import logging
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from voronka.connectors.files import FileBatch, SourceFile
from voronka.domain.documents import parse_yaml
from voronka.domain.errors import InputError, SettingsError, VoronkaError, did_you_mean
from voronka.domain.flags import Flag
from voronka.lake.ledger import Load
from voronka.pipeline.comparing import Comparison, compare, loaded_before
from voronka.pipeline.drift import drift, last_with_rows, shape_of
from voronka.pipeline.extending import new_stages, stages_flag
from voronka.pipeline.flagging import judge_with_flags
from voronka.pipeline.foreign_ids import Named, flags_of_others, named
from voronka.pipeline.given_mapping import given_stream, keyed_by_days, with_repeats
from voronka.pipeline.judging import forget_judged, refuse_all_aside, rows_aside
from voronka.pipeline.loaded_records import Record, file_texts, first_records, first_texts, sums_of
from voronka.pipeline.mending import what_is_mended
from voronka.pipeline.proposing import SOURCE, little_known, propose_for, propose_mapping, refuse_unknown
from voronka.pipeline.taking import (
    Incoming,
    Mended,
    Target,
    decided,
    forget,
    read_options,
    take,
)
from voronka.pipeline.unconverted import without_rate
from voronka.pipeline.workplace import Workplace
from voronka.settings import known_zone
from voronka.transform.column_choice import TELLING
from voronka.transform.import_tables import import_tables
from voronka.transform.proposal import ColumnProposal, IgnoredHeader, Proposal
from voronka.transform.proposal_yaml import to_source_yaml
from voronka.transform.restatements import Repeats
from voronka.transform.sources import Read, Source, Stream
from voronka.transform.stage_words import StageGuess
from voronka.transform.table_choice import choose_table

ACCEPT, FLAGGED, QUARANTINE, REFUSE = "accept", "accept_flag", "quarantine", "refuse"
"""What becomes of a file, from the best to the worst; of several the worst is its outcome."""
NOT_LOADED, TOLD_TWICE = "column_not_loaded", "told_twice"
ASIDE_SHOWN = 1000
"""Rows put aside that an answer lists where nothing else is wished; the rest is counted."""
PROPOSED = "proposed"
"""The source of a mapping that is only tried: no source of the company's, whose loads it would be compared with."""
_log = logging.getLogger("voronka.import")
_NAMES = {"tab": "\t", "none": None, "": None}


@dataclass(frozen=True)
class Wish:
    """What is to be previewed: a file, and how.

    columns: the mapping, ours by the header in the file; proposed where it is None. time_zone: of the times in the file
    that bear none. company_zone: that of the company, None where none is set. records: rows to show. samples: values to
    show of each column. aside: rows put aside to list, at most. repeats: what rows are that share what they are of.
    """

    path: Path
    into: str | None = None
    columns: Mapping[str, str] | None = None
    time_zone: str | None = None
    company_zone: str | None = None
    records: int = 5
    sheet: str | None = None
    samples: int = 0
    aside: int = ASIDE_SHOWN
    repeats: Repeats = ""


@dataclass(frozen=True)
class Answer:
    """What would become of a file; `shown` is the object that is printed and that the API returns."""

    outcome: str
    file: str
    message: str
    reading: Mapping[str, str] = field(default_factory=dict)
    rows_in: int = 0
    rows_aside: int = 0
    reasons: tuple[tuple[str, int, str], ...] = ()
    aside: tuple[Mapping[str, Any], ...] = ()
    flags: tuple[Flag, ...] = ()
    records: tuple[Record, ...] = ()
    into: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    decided: Mapping[str, str] = field(default_factory=dict)
    proposal: Proposal | None = None
    headers: tuple[str, ...] = ()
    samples: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    key: tuple[str, ...] | None = None
    compared: Comparison | None = None
    new_stages: tuple[StageGuess, ...] = ()
    is_mended: bool = False
    named: tuple[Named, ...] = ()
    sums: Mapping[str, str] = field(default_factory=dict)

    def with_flags(self, flags: tuple[Flag, ...]) -> "Answer":
        """Return the answer with more that is doubtful, told first; a refusal stays as it is."""
        if self.outcome == REFUSE or not flags:
            return self
        outcome = FLAGGED if self.outcome == ACCEPT else self.outcome
        told = replace(self, outcome=outcome, flags=(*flags, *self.flags))
        return replace(told, message=_told(told))

    def shown(self) -> dict[str, Any]:
        """Return the answer as plain values."""
        found = {
            "outcome": self.outcome,
            "file": self.file,
            "encoding": self.reading.get("encoding") or None,
            "separator": _separator(self.reading.get("separator", "")),
            "header_row": _number(self.reading.get("header_row")),
            "sheet": self.reading.get("sheet") or None,
            "rows_in": self.rows_in,
            "rows_aside": self.rows_aside,
            "aside": [dict(row) for row in self.aside],
            "flags": [flag.shown() for flag in self.flags],
            "message": self.message,
            "records": [dict(record) for record in self.records],
            "sums": dict(self.sums),
            "into": self.into,
            "columns": dict(self.columns),
            "decided": dict(self.decided),
            "reading": dict(self.reading),
            "key": None if self.key is None else list(self.key),
            "compared": self.compared and self.compared.shown(),
        }
        if self.rows_aside > len(self.aside):
            found["aside_left_off"] = self.rows_aside - len(self.aside)
        return found if self.proposal is None else found | {"proposal": _proposal_shown(self.proposal)}


def preview(work: Workplace, wish: Wish) -> Answer:
    """Return what would become of a file; whatever stands against it is an answer too, never an error."""
    tried = _Preview(work, wish)
    try:
        return tried.run()
    except VoronkaError as fault:
        return tried.refused(fault.sentence())
    except Exception as fault:  # noqa: BLE001 - an answer is owed for every file, and the trace is in the log
        _log.exception("the preview of %s failed", wish.path)
        return tried.refused(
            f"{wish.path.name}: the file cannot be taken ({type(fault).__name__}: {_first_line(fault)})"
        )


def proposal_flags(proposal: Proposal) -> tuple[Flag, ...]:
    """Return what is doubtful about a mapping that is only proposed.

    A flag for each stream that may hold the same records, for each column that figures hang on by its name and that
    is not loaded for its values, and where no such column is known at all.
    """
    left = tuple(
        Flag(NOT_LOADED, f"`{each.header}` is not loaded: {each.reason}", proposal.rows)
        for each in proposal.ignored
        if each.ours in TELLING
    )
    return (*(Flag(TOLD_TWICE, warning) for warning in proposal.twice), *left, *little_known(proposal))


def refused(path: str, message: str) -> Answer:
    """Return the answer for a file that cannot even be looked at."""
    return Answer(REFUSE, path, message)


def streams_reading(work: Workplace, path: Path) -> tuple[str, tuple[str, ...]] | None:
    """Return the source whose streams read this file, and these streams; None where there is none."""
    for source in work.sources.values():
        names = tuple(name for name, stream in source.streams.items() if _reads(work.folder, stream.path, path))
        if names:
            return source.source, names
    return None


def mapping_to_keep(work: Workplace, wish: Wish) -> Proposal:
    """Return the mapping of a file that has none yet, as it is given or else proposed, for `write_proposal`.

    Raises InputError where the file does not fit what is given, or nothing tells what it is for.
    """
    if wish.columns is None:
        proposed = propose_mapping(work, str(wish.path.absolute()), wish.into, wish.sheet)
        refuse_unknown(proposed, wish.path.name)
        return with_repeats(replace(proposed, time_zone=wish.time_zone), wish.repeats)
    file = work.files.find(str(wish.path.absolute()))[0]
    columns = wish.columns
    with tempfile.TemporaryDirectory(prefix="voronka-") as folder:
        batch = work.files.read(file, read_options(sheet=wish.sheet, expected=tuple(columns)), Path(folder))
        into = wish.into or choose_table(batch.columns, file.path.name, None).table
        given = given_stream(columns, into, batch.columns, Read(time_zone=wish.time_zone), wish.sheet)
        stream = keyed_by_days(work, batch, given, wish.repeats)
    mapped = tuple(ColumnProposal(ours, theirs, "as given") for ours, theirs in stream.columns.items())
    used = set(stream.columns.values())
    ignored = tuple(IgnoredHeader(header, (), "not in the map") for header in batch.columns if header not in used)
    named = ", ".join(stream.key_columns()) or "the content"
    return Proposal(
        *(into, into, "as given", "", batch.rows, mapped, ignored),
        key=None if stream.key is None else stream.key_columns(),
        key_reason=f"rows are known by {named}",
        sheet=wish.sheet,
        time_zone=wish.time_zone,
    )


@dataclass
class _Preview:
    """One preview under way: what is known so far is told with a refusal too."""

    work: Workplace
    wish: Wish
    batch: FileBatch | None = None
    stream: Stream | None = None
    mended: Mended | None = None
    proposal: Proposal | None = None
    samples: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def run(self) -> Answer:
        """Return what would become of the file."""
        file = self._file()
        zone = self.wish.time_zone and _zone(self.wish.time_zone)
        known = self._known_stream(file)
        with tempfile.TemporaryDirectory(prefix="voronka-") as folder:
            try:
                source, name = known or self._mapped(file, zone, Path(folder))
                self.stream = source.streams[name]
                if self.batch is None:
                    self.batch = self.work.files.read(file, read_options(source.streams[name]), Path(folder))
                company = self.wish.company_zone or zone or "UTC"
                return self._answered(Target(source, name, company, "", self.work.clock(), self.mended))
            finally:
                forget(self.work.session)
                forget_judged(self.work.session)

    def _answered(self, target: Target) -> Answer:
        assert self.batch is not None  # noqa: S101 - the file was read before its rows are taken
        try:
            return self._judged(take(self.work.session, self.batch, target))
        except VoronkaError:
            if self.mended is None:  # of rows put aside no column is chosen
                self.samples = file_texts(self.work.session, self.batch, self.wish.samples)
            raise

    def refused(self, message: str) -> Answer:
        """Return a refusal, with what was found out before it."""
        stream = self.stream
        return Answer(
            REFUSE,
            str(self.wish.path),
            message,
            self.batch.reading if self.batch else {},
            into=stream.into if stream else self.proposal.into if self.proposal else self.wish.into,
            columns=_by_header(stream) if stream else self.wish.columns or {},
            proposal=self.proposal,
            headers=tuple(self.batch.columns) if self.batch else (),
            samples=self.samples,
            is_mended=self.mended is not None,
        )

    def _file(self) -> SourceFile:
        path = self.wish.path
        if path.is_dir():
            raise InputError(f"{path} is a folder", do="Name one file in it")
        if not path.is_file():
            raise InputError("there is no such file", where=str(path), do=_neighbours(path))
        return self.work.files.find(str(path.absolute()))[0]

    def _known_stream(self, file: SourceFile) -> tuple[Source, str] | None:
        """Return the company's own stream that reads the file, where nothing else is wished."""
        if self.wish.columns is not None or self.wish.into is not None:
            return None
        found = streams_reading(self.work, file.path)
        return (self.work.sources[found[0]], found[1][0]) if found else None

    def _mapped(self, file: SourceFile, zone: str | None, folder: Path) -> tuple[Source, str]:
        """Return a source with one stream: of the columns given, or as it is proposed."""
        wish, read = self.wish, Read(time_zone=zone)
        if wish.into is not None and wish.into not in import_tables():
            raise SettingsError(
                f"there is no table {wish.into} to import into", do=did_you_mean(wish.into, import_tables())
            )
        expected = tuple(wish.columns or ())
        self.batch = self.work.files.read(file, read_options(sheet=wish.sheet, expected=expected), folder)
        headers = self.batch.columns
        mended = what_is_mended(self.work, self.batch)
        if mended is not None:
            source, name, self.mended = mended
            return source, name
        if wish.columns is not None:
            into = wish.into or choose_table(headers, file.path.name, None).table
            stream = self._given(file, wish.columns, into, read)
            return Source(source=SOURCE, streams={into: stream}), into
        self.proposal = with_repeats(propose_for(self.work, self.batch, wish.into, wish.sheet), wish.repeats)
        refuse_unknown(self.proposal, file.name)
        source = parse_yaml(to_source_yaml(self.proposal, SOURCE, "-"), Source, "the proposal")
        name = self.proposal.stream
        stream = source.streams[name].model_copy(update={"read": read})
        return source.model_copy(update={"streams": {name: stream}}), name

    def _given(self, file: SourceFile, columns: Mapping[str, str], into: str, read: Read) -> Stream:
        assert self.batch is not None  # noqa: S101 - the file was read before its mapping is made
        try:
            stream = given_stream(columns, into, self.batch.columns, read, self.wish.sheet)
            return keyed_by_days(self.work, self.batch, stream, self.wish.repeats)
        except InputError as fault:
            raise InputError(fault.what, where=file.name, do=fault.do) from fault

    def _judged(self, incoming: Incoming) -> Answer:
        session, batch = self.work.session, incoming.batch
        judged, flags = judge_with_flags(session, incoming)
        if self.mended is None:
            refuse_all_aside(session, incoming, judged)
        if self.proposal is not None or self.mended is not None:
            # nobody has said yet that the column is to hold something; a handful of rows tells nothing about it
            flags = tuple(flag for flag in flags if flag.code != "empty_column")
        if self.proposal is not None:
            flags = (*proposal_flags(self.proposal), *flags)
        compared, known = self._compared(incoming)
        stages = () if self.proposal is not None else new_stages(self.work, incoming)
        # a first file says it when loaded
        rates = without_rate(self.work, incoming) if self.work.ledger.loads() else ()
        whose = () if self.mended is not None else named(self.work, incoming, is_new=self._loads(incoming) is None)
        others = flags_of_others(whose, incoming.mapping.source) if self._loads(incoming) is not None else ()
        flags = (*known, *stages_flag(stages), *others, *flags, *rates, *self._drifted(incoming))
        stream = incoming.mapping.stream
        is_known = bool(stream.read.time_zone or self.wish.company_zone)
        answer = Answer(
            QUARANTINE if judged.aside else FLAGGED if flags else ACCEPT,
            str(self.wish.path),
            "",
            batch.reading,
            judged.good,
            judged.aside,
            judged.reasons,
            rows_aside(session, incoming, self.wish.aside) if judged.aside else (),
            flags,
            self._records(incoming, is_zone_known=is_known),
            stream.into,
            _by_header(stream),
            decided(incoming),
            self.proposal,
            tuple(batch.columns),
            first_texts(session, incoming, self.wish.samples),
            stream.key_columns(),
            compared,
            stages,
            self.mended is not None,
            whose,
            sums_of(session, incoming),
        )
        return replace(answer, message=_told(answer))

    def _records(self, incoming: Incoming, *, is_zone_known: bool) -> tuple[Record, ...]:
        country = self.work.settings.phones.country
        return first_records(self.work.session, incoming, self.wish.records, country, is_zone_known=is_zone_known)

    def _compared(self, incoming: Incoming) -> tuple[Comparison | None, tuple[Flag, ...]]:
        """Return how the rows stand to what is loaded: by the file, and by their keys where the stream is known."""
        if self.mended is not None:
            return None, ()
        loads = self._loads(incoming)
        among, zone = self.work.ledger.loads() if loads is None else loads, self.wish.company_zone or "UTC"
        same = tuple(loaded_before(among, incoming.file.sha256, zone))
        if loads is None:
            return None, same
        compared, flags = compare(self.work, incoming, loads)
        return compared, (*same, *flags)

    def _drifted(self, incoming: Incoming) -> tuple[Flag, ...]:
        """Return what is otherwise than in the last load of the stream, where the company has it."""
        loads = None if self.mended is not None else self._loads(incoming)
        last = last_with_rows(loads) if loads else None
        return (
            tuple(drift(shape_of(self.work.session, incoming), last, incoming.mapping.stream.renamed)) if last else ()
        )

    def _loads(self, incoming: Incoming) -> list[Load] | None:
        """Return the loads of the stream, None where the company has no such stream."""
        mapping = incoming.mapping
        place = (mapping.source.source, mapping.stream_name)
        if self.work.sources.get(place[0]) is not mapping.source or place[0] == PROPOSED:
            return None
        return [load for load in self.work.ledger.loads() if (load.source, load.stream) == place]


def _told(answer: Answer) -> str:
    """Return in words what would become of a file's rows."""
    parts = [f"{_counted(answer.rows_in, 'row')} would be loaded{_compared_told(answer.compared)}"]
    if answer.reasons:
        said = "; ".join(f"{reason} {n:,}, such as: {message}" for reason, n, message in answer.reasons)
        parts.append(f"{answer.rows_aside:,} put aside ({said})")
    if answer.flags:
        parts.append("to look at: " + "; ".join(_flag_told(flag) for flag in answer.flags))
    return ". ".join(part[0].upper() + part[1:] for part in parts)


def _compared_told(compared: Comparison | None) -> str:
    if compared is None:
        return ""
    return f" ({compared.new:,} new, {compared.updated:,} updated, {compared.unchanged:,} unchanged)"


def _flag_told(flag: Flag) -> str:
    return f"{flag.message} ({_counted(flag.rows, 'row')})" if flag.rows else flag.message


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}" + ("" if number == 1 else "s")


def _by_header(stream: Stream) -> dict[str, str]:
    return {theirs: ours for ours, theirs in stream.columns.items()}


def _proposal_shown(proposal: Proposal) -> dict[str, Any]:
    """Return what a person needs to judge a proposal and to change it."""
    return {
        "into": proposal.into,
        "into_reason": proposal.into_reason,
        "runner_up": proposal.runner_up or None,
        "key": None if proposal.key is None else list(proposal.key),
        "key_reason": proposal.key_reason,
        "vendor": proposal.vendor or None,
        "columns": [
            {
                "ours": c.ours,
                "theirs": c.theirs,
                "reason": c.reason,
                "confidence": c.confidence,
                "samples": list(c.samples),
            }
            for c in proposal.columns
        ],
        "ignored": [{"header": i.header, "samples": list(i.samples), "reason": i.reason} for i in proposal.ignored],
        "values": [{"ours": v.ours, "meanings": dict(v.meanings), "reason": v.reason} for v in proposal.values],
        "warnings": list(proposal.warnings),
    }


def _separator(told: str) -> str | None:
    return _NAMES.get(told, told)


def _number(told: str | None) -> int | None:
    return int(told) if told and told.isdecimal() else None


def _zone(name: str) -> str:
    try:
        return known_zone(name)
    except ValueError as fault:
        raise SettingsError(str(fault).rstrip(".?") if "?" not in str(fault) else str(fault)) from fault


def _neighbours(path: Path) -> str:
    if not path.parent.is_dir():
        return f"There is no folder {path.parent}"
    return did_you_mean(path.name, [each.name for each in path.parent.iterdir() if each.is_file()])


def _first_line(fault: Exception) -> str:
    return (str(fault).splitlines() or [""])[0]


def _reads(folder: Path, pattern: str, path: Path) -> bool:
    anchored = Path(glob.escape(str(folder))) / pattern
    hits = [folder / pattern, *map(Path, glob.glob(str(anchored), recursive=True))]  # noqa: PTH207 - Path.glob refuses absolute patterns
    return path.resolve() in {hit.resolve() for hit in hits}
