"""Mapping a file: it is read as by an import, a mapping is proposed, and kept in sources/ and pipelines/ if asked."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import yaml

from voronka.connectors.files import FileBatch
from voronka.connectors.files.characters import MOJIBAKE
from voronka.domain.documents import parse_yaml
from voronka.domain.errors import InputError, SettingsError, VoronkaError
from voronka.domain.flags import Flag
from voronka.lake.raw import find_header, raw_name
from voronka.lake.session import quoted
from voronka.pipeline.overlapping import nearly_known, told_twice
from voronka.pipeline.sentences import sentence_in
from voronka.pipeline.taking import read_options
from voronka.pipeline.workplace import Workplace
from voronka.transform.column_choice import TELLING
from voronka.transform.column_profiles import profiles
from voronka.transform.import_tables import import_tables
from voronka.transform.mapping import compile_mapping
from voronka.transform.pipelines import Pipeline
from voronka.transform.proposal import Proposal, ValueProposal
from voronka.transform.proposal_yaml import pipeline_name, stream_lines, to_pipeline_yaml, to_source_yaml
from voronka.transform.propose import propose
from voronka.transform.readings import decide
from voronka.transform.restatements import Shown
from voronka.transform.sources import KNOWN_BY_NAME, Source, Stream

SOURCE = "crm"
"""The source that a stream belongs to where none is named."""
_NAMED = {"employees": "employee", "teams": "team", "accounts": "account", "contacts": "contact", "products": "product"}
_TABLE = "proposed"
_NAMES_SHOWN, _NAME_SHOWN = 8, 60
"""Columns of an unknown file that are named, and how many characters of each."""
LITTLE_KNOWN = "little_known"
_LEFT_MIN = 2
"""Columns with values that must be left before a file is said to be little known."""
_MISREAD = "The names were read in a wrong encoding when the file was written: export it again, in UTF-8"


def propose_mapping(work: Workplace, path: str, into: str | None = None, sheet: str | None = None) -> Proposal:
    """Return the proposal for a file (of several that `path` means, the first), tried out over all its rows.

    Raises InputError where the file cannot be read or nothing tells what it is for.
    """
    file = work.files.find(path)[0]
    with tempfile.TemporaryDirectory(prefix="voronka-") as folder:
        batch = work.files.read(file, read_options(sheet=sheet), Path(folder))
        if not batch.rows:
            raise InputError("the file has no rows, so its columns cannot be told", where=batch.file.name)
        return propose_for(work, batch, into, sheet, tried=True)


def propose_for(
    work: Workplace, batch: FileBatch, into: str | None = None, sheet: str | None = None, *, tried: bool = False
) -> Proposal:
    """Return the proposal for a file that was read; `tried` out over all its rows, with what that showed as warnings.

    Raises InputError where nothing tells what it is for.
    """
    try:
        _take(work, batch)
        name = batch.file.path.name
        proposal = propose(work.session, _TABLE, batch.columns, name, into, known=_known_names(work))
        proposal = replace(proposal, sheet=sheet)
        twice = (*nearly_known(work, batch, proposal), *told_twice(work, batch, proposal))
        warnings = _trial(work, proposal, batch.columns) if tried else []
        return replace(proposal, warnings=(*proposal.warnings, *twice, *warnings), twice=twice)
    finally:
        work.session.run(f"DROP VIEW IF EXISTS {_TABLE}")
        work.session.run(f"DROP TABLE IF EXISTS {_TABLE}_rows")


@contextmanager
def rows_of(work: Workplace, batch: FileBatch) -> Iterator[Shown]:
    """Give the rows of a file that could be split, with the profiles of its columns, while this lasts."""
    try:
        _take(work, batch)
        yield Shown(work.session, _TABLE, profiles(work.session, _TABLE, batch.columns))
    finally:
        work.session.run(f"DROP VIEW IF EXISTS {_TABLE}")
        work.session.run(f"DROP TABLE IF EXISTS {_TABLE}_rows")


def refuse_unknown(proposal: Proposal, file_name: str) -> None:
    """Refuse a file none of whose columns is known: its rows would count without holding anything.

    Raises InputError that shows the header.
    """
    if proposal.columns:
        return
    names = [column.header[:_NAME_SHOWN] for column in proposal.ignored]
    shown = ", ".join(names[:_NAMES_SHOWN]) + (" ..." if len(names) > _NAMES_SHOWN else "")
    raise InputError(
        f"none of the file's columns is known for {proposal.into}: {''.join(filter(str.isprintable, shown))}",
        where=file_name,
        do=_MISREAD
        if MOJIBAKE.search(shown)
        else f"Check that this is a table of {proposal.into} and that its first line names the columns, "
        "or say what each column is (`--columns`, or on the page)",
    )


def little_known(proposal: Proposal) -> tuple[Flag, ...]:
    """Return a flag where none of the known columns is one that figures hang on, and others hold something.

    A list of people, companies or products is known by their names.
    """
    telling = (TELLING & import_tables()[proposal.into].columns.keys()) - {"employee"}
    left = [column.header[:_NAME_SHOWN] for column in proposal.ignored if column.samples]
    ours = {column.ours for column in proposal.columns}
    is_list = proposal.into in _NAMED and "name" in ours
    if is_list or not telling or telling & ours or len(left) < _LEFT_MIN:
        return ()
    shown = ", ".join(left[:_NAMES_SHOWN]) + (" ..." if len(left) > _NAMES_SHOWN else "")
    said = "no column is known that says when, at what stage or how much: say what these are, they are not loaded"
    return (Flag(LITTLE_KNOWN, f"{said}: {shown}", proposal.rows),)


def write_proposal(work: Workplace, proposal: Proposal, path: str, source: str | None = None) -> list[Path]:
    """Put the stream into sources/ and, where its stages have no pipeline yet, a pipeline; return the files written.

    A source's file that is there keeps every line and gets the stream after its others. Raises SettingsError where the
    stream's name is taken, or the file cannot be added to.
    """
    name = source or SOURCE
    shown = _shown(work.folder, path)
    written = [_write_stream(work, proposal, name, shown)]
    if proposal.stages and not _has_pipeline(work, proposal.into, name):
        written.append(_write_pipeline(work, proposal, name))
    return written


_WORDS = {
    "en": {
        "into": "into {table}: {reason}",
        "runner_up": "; next best: {table}",
        "rows": "{rows} rows, key {key}: {reason}",
        "own_key": "the table's own",
        "auto": "auto",
        "such_as": "such as {examples}",
        "not_mapped": "Not mapped:",
        "values": "Values:",
        "nulls": "Read as nothing:",
        "cells": "{n} cells",
        "stages": "Stages:",
        "stage_rows": "{n} rows",
    },
    "ru": {
        "into": "в таблицу {table}: {reason}",
        "runner_up": "; ещё подошло бы: {table}",
        "rows": "строк {rows}, ключ {key}: {reason}",
        "own_key": "свой у таблицы",
        "auto": "по содержанию",
        "such_as": "например: {examples}",
        "not_mapped": "Не загрузятся:",
        "values": "Значения:",
        "nulls": "Читается как пустое:",
        "cells": "ячеек: {n}",
        "stages": "Этапы:",
        "stage_rows": "строк: {n}",
    },
}
"""The frame of a proposal that is told, by language."""


def describe(proposal: Proposal, language: str = "en") -> list[str]:
    """Return the proposal as lines for people, in a language; names of ours and YAML's words stay as they are."""
    words = _WORDS[language]

    def said(text: str) -> str:
        return sentence_in(language, text)

    other = words["runner_up"].format(table=proposal.runner_up) if proposal.runner_up else ""
    key = words["own_key"] if proposal.key is None else ", ".join(proposal.key) or words["auto"]
    lines = [
        words["into"].format(table=proposal.into, reason=said(proposal.into_reason)) + other,
        words["rows"].format(rows=f"{proposal.rows:,}", key=key, reason=said(proposal.key_reason)),
        "",
        *_table([(c.ours, c.theirs, f"{c.confidence:.0%}", said(c.reason)) for c in proposal.columns]),
    ]
    if proposal.ignored:
        such = words["such_as"]
        rows = [(i.header, said(i.reason) or such.format(examples=", ".join(i.samples))) for i in proposal.ignored]
        lines += ["", words["not_mapped"], *_table(rows)]
    if proposal.values:
        lines += ["", words["values"], *_table([(v.ours, _meanings(v), said(v.reason)) for v in proposal.values])]
    if proposal.nulls:
        nulls = [(f"«{n.text}»", words["cells"].format(n=f"{n.cells:,}"), ", ".join(n.headers)) for n in proposal.nulls]
        lines += ["", words["nulls"], *_table(nulls)]
    if proposal.stages:
        stages = [
            (s.text, s.outcome, words["stage_rows"].format(n=f"{s.rows:,}"), s.milestone or "") for s in proposal.stages
        ]
        lines += ["", words["stages"], *_table(stages)]
    warnings = [f"! {said(warning)}" for warning in proposal.warnings]
    return [*lines, *(["", *warnings] if warnings else [])]


def _meanings(value: ValueProposal) -> str:
    """Return what texts mean, as it stands in YAML."""
    told = {a: str(b).lower() if isinstance(b, bool) else b for a, b in value.meanings.items()}
    return ", ".join(f"{text} → {meaning}" for text, meaning in told.items())


def _table(rows: Sequence[tuple[str, ...]]) -> list[str]:
    clean = [tuple("".join(c if c.isprintable() else " " for c in cell) for cell in row) for row in rows]
    widths = [min(max((len(row[n]) for row in clean), default=0), 48) for n in range(len(clean[0]))] if clean else []
    return ["  " + "  ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)).rstrip() for row in clean]


def _take(work: Workplace, batch: FileBatch) -> None:
    work.session.take(f"{_TABLE}_rows", batch.arrow())
    cells = ", ".join(f"c{n} AS {quoted(raw_name(header))}" for n, header in enumerate(batch.columns))
    work.session.run(f"CREATE OR REPLACE VIEW {_TABLE} AS SELECT {cells} FROM {_TABLE}_rows WHERE _malformed IS NULL")


def _trial(work: Workplace, proposal: Proposal, headers: Sequence[str]) -> list[str]:
    """Run the mapping over all rows as an import would; return what people should know of it."""
    name = proposal.stream
    source = parse_yaml(to_source_yaml(proposal, SOURCE, "-"), Source, "the proposal")
    try:
        mapping = compile_mapping(source, name, headers, work.settings.time_zone)
        service = "CAST(NULL AS TEXT) AS _key, false AS _deleted, CAST(NULL AS TEXT) AS _malformed, NULL AS _fault"
        if not source.streams[name].key_columns():
            service = service.replace("CAST(NULL AS TEXT) AS _key", "'row' AS _key")
        raw = f"(SELECT *, {service} FROM {_TABLE})"
        stream = source.streams[name]
        readings = decide(work.session, f"({mapping.with_texts(raw)})", mapping.needs, stream.read, mapping.zones)
        rows = work.session.rows(
            "SELECT _reason, count(*) AS n, any_value(_message) AS message "
            f"FROM ({mapping.base(raw, readings)}) WHERE _reason IS NOT NULL GROUP BY 1 ORDER BY n DESC",
        )
    except VoronkaError as fault:
        return [f"the mapping does not work yet: {fault.sentence()}"]
    return [f"{row['n']:,} of {proposal.rows:,} rows would be put aside: {row['message']}" for row in rows]


def _known_names(work: Workplace) -> dict[str, list[str]]:
    """Return the names of products, accounts, people ... in the files of the streams that are already mapped."""
    found: dict[str, list[str]] = {}
    for source in work.sources.values():
        for stream in source.streams.values():
            if stream.into in _NAMED:
                found.setdefault(_NAMED[stream.into], []).extend(_names(work, stream))
    return found


def _names(work: Workplace, stream: Stream) -> list[str]:
    theirs = next((stream.columns[n] for n in KNOWN_BY_NAME[stream.into] if n in stream.columns), "=")
    if theirs.startswith("="):
        return []
    try:
        file = work.files.find(stream.path)[-1]
        with tempfile.TemporaryDirectory(prefix="voronka-") as folder:
            batch = work.files.read(file, read_options(stream), Path(folder))
            header = find_header(theirs, batch.columns)
            if header is None:
                return []
            work.session.take("known_names", batch.arrow())
            column = f"c{batch.columns.index(header)}"
            rows = work.session.rows(f"SELECT DISTINCT trim({column}) AS x FROM known_names WHERE {column} IS NOT NULL")
            work.session.run("DROP TABLE known_names")
    except InputError:  # the other stream's own trouble: its import will say so
        return []
    return [row["x"] for row in rows]


def _shown(folder: Path, path: str) -> str:
    """Return the path as it stands in a source: from the company's folder when inside it, else absolute."""
    whole = folder / path
    for base, file in ((folder, whole), (folder.resolve(), whole.resolve())):
        if file.is_relative_to(base):
            return file.relative_to(base).as_posix()
    return whole.resolve().as_posix()


def _write_stream(work: Workplace, proposal: Proposal, source: str, path: str) -> Path:
    target = source_file(work.folder, source)
    where = target.relative_to(work.folder).as_posix()
    if not target.exists():
        text = to_source_yaml(proposal, source, path)
    else:
        text = _with_stream(target.read_text(encoding="utf-8-sig"), proposal, path, where)
    parse_yaml(text, Source, where)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")
    return target


def source_file(folder: Path, source: str) -> Path:
    """Return the file of sources/ that holds a source, or would."""
    for path in sorted((folder / "sources").glob("*.y*ml")):
        if parse_yaml(path.read_text(encoding="utf-8-sig"), Source, path.name).source == source:
            return path
    return folder / "sources" / f"{source}.yml"


def _with_stream(text: str, proposal: Proposal, path: str, where: str) -> str:
    """Return a source's file with the stream put after its others; no line of it is changed."""
    held = parse_yaml(text, Source, where).streams
    if proposal.stream in held:
        raise SettingsError(
            f"the stream {proposal.stream} is there already, for {held[proposal.stream].path}",
            where=where,
            do=f"For more files of one kind make its path a pattern such as {_pattern(held[proposal.stream].path)}; "
            f"to map it anew, remove it from {where} first; for another system give another --source",
        )
    mapping = yaml.compose(text, Loader=yaml.SafeLoader)
    assert isinstance(mapping, yaml.MappingNode)  # noqa: S101 - it was parsed as a mapping just now
    streams = next(value for key, value in mapping.value if key.value == "streams")
    if streams.flow_style or not streams.value:
        raise SettingsError("the streams stand on one line", where=where, do="Write each stream on lines of its own")
    lines = text.splitlines()
    end = streams.end_mark.line if streams.end_mark.line > streams.start_mark.line else len(lines)
    end = min(len(lines), end)
    while end and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
        end -= 1
    added = stream_lines(proposal, path, indent=streams.value[0][0].start_mark.column)
    return "\n".join([*lines[:end], *added, *lines[end:]]) + "\n"


def _pattern(path: str) -> str:
    file = Path(path)
    return (file.parent / f"{file.stem.rstrip('0123456789-_. ')}*{file.suffix}").as_posix()


def _has_pipeline(work: Workplace, entity: str, source: str) -> bool:
    return any(p.entity == entity and p.match.source in {None, source} for p in work.pipelines)


def _write_pipeline(work: Workplace, proposal: Proposal, source: str) -> Path:
    name = pipeline_name(proposal)
    taken = {pipeline.pipeline for pipeline in work.pipelines}
    if name in taken or (work.folder / "pipelines" / f"{name}.yml").exists():
        name = f"{name}_{source}"
    target = work.folder / "pipelines" / f"{name}.yml"
    text = to_pipeline_yaml(proposal, source, name)
    parse_yaml(text, Pipeline, target.name)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")
    return target
