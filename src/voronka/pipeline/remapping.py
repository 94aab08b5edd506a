"""Changes which columns a known stream reads, as a person chose them on the page; its file keeps every other line."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import yaml

from voronka.domain.documents import parse_yaml
from voronka.domain.errors import InputError, SettingsError, did_you_mean
from voronka.lake.ledger import Load
from voronka.lake.raw import find_header
from voronka.pipeline.proposing import source_file
from voronka.settings import text_of
from voronka.transform.proposal_yaml import scalar
from voronka.transform.sources import Source, Stream


@dataclass(frozen=True)
class Change:
    """What becomes otherwise of one of our columns, and in how many of the rows loaded already the new one is filled.

    `before` and `theirs` are headers, '' for none; `rows` are all rows that are loaded.
    """

    kind: Literal["taken", "left", "other", "renamed"]
    ours: str
    before: str
    theirs: str
    filled: int
    rows: int

    def shown(self) -> dict[str, str | int]:
        """Return it as plain values."""
        return dict(vars(self))


def remapped(stream: Stream, headers: Sequence[str], columns: Mapping[str, str]) -> Stream:
    """Return a stream that makes ours of a file's columns as a person says: ours by header.

    A column that the file lacks and that is chosen anew is the same under another name: rows loaded before keep theirs.
    Raises SettingsError for what is no column of the table, is chosen twice, or tells records apart.
    """
    chosen = _by_ours(stream, columns)
    made, renamed = dict(stream.columns), dict(stream.renamed)
    for ours, theirs in chosen.items():
        before = made.get(ours, "")
        if theirs.startswith("=") and theirs != before:
            raise SettingsError("a column of the file is chosen, not an expression", where=theirs)
        if not before or before.startswith("="):
            made[ours] = theirs
        elif theirs not in stream.called(before, headers):
            if stream.called(before, headers):
                made[ours] = theirs
            elif theirs not in renamed.get(before, ()):
                renamed[before] = (*renamed.get(before, ()), theirs)
    kept = {stream.columns[ours] for ours in chosen if ours in stream.columns and made[ours] == stream.columns[ours]}
    for ours, theirs in stream.columns.items():
        is_there = theirs.startswith("=") or bool(stream.called(theirs, headers))
        # what the file lacks is not left out by not being chosen, nor what shares its column with another one
        if ours not in chosen and is_there and theirs not in kept:
            del made[ours]
    return _checked(stream, _with(stream, made, renamed))


def with_names(stream: Stream, renamed: Mapping[str, str]) -> Stream:
    """Return a stream that reads columns under further names, by the ones that its mapping has."""
    told = {name: (*stream.renamed.get(name, ()), later) for name, later in renamed.items()}
    return _with(stream, stream.columns, {**stream.renamed, **told})


def changes(before: Stream, after: Stream, loads: Iterable[Load]) -> list[Change]:
    """Return what is otherwise in the second mapping, and what it means for the rows of loads that count."""
    counted = [load for load in loads if load.is_active and load.files]
    rows = sum(load.rows_read for load in counted)
    found = []
    for ours in dict.fromkeys((*before.columns, *after.columns)):
        was, now = before.columns.get(ours, ""), after.columns.get(ours, "")
        later = [name for name in after.renamed.get(now, ()) if name not in before.renamed.get(now, ())]
        if was != now:
            kind: Literal["taken", "left", "other"] = "taken" if not was else "left" if not now else "other"
            found.append(Change(kind, ours, was, now, _filled(now, counted), rows))
        found += [Change("renamed", ours, was, name, _filled(name, counted), rows) for name in later if was == now]
    return found


def write_columns(folder: Path, source: str, name: str, after: Stream) -> None:
    """Put the columns of a stream and their later names into the file of its source; its other lines stay.

    Raises SettingsError where the lines are such that this cannot be done.
    """
    path = source_file(folder, source)
    where = path.relative_to(folder).as_posix()
    text = text_of(path, where)
    written = _rewritten(text, name, after)
    held = parse_yaml(written, Source, where).streams[name]
    if (dict(held.columns), dict(held.renamed)) != (dict(after.columns), dict(after.renamed)):
        raise SettingsError(
            f"the columns of the stream {name} are written so that they cannot be changed here",
            where=where,
            do="Change them in that file",
        )
    path.write_text(written, encoding="utf-8")


def _by_ours(stream: Stream, columns: Mapping[str, str]) -> dict[str, str]:
    known, found = stream.table.columns, dict[str, str]()
    for theirs, ours in columns.items():
        if ours not in known:
            raise SettingsError(f"{stream.into} has no column {ours}", do=did_you_mean(ours, known))
        if ours in found:
            raise SettingsError(f"{ours} is to be made of two columns: {found[ours]}, {theirs}", do="Choose one")
        found[ours] = theirs
    return found


def _with(stream: Stream, columns: Mapping[str, str], renamed: Mapping[str, tuple[str, ...]]) -> Stream:
    changed = stream.model_copy(update={"columns": dict(columns)})
    read = changed.headers()
    return changed.model_copy(update={"renamed": {name: later for name, later in renamed.items() if name in read}})


def _checked(before: Stream, after: Stream) -> Stream:
    if not after.columns:
        raise SettingsError("no column is chosen", do="Choose at least one")
    own = before.table.key or ""
    if after.key_columns() != before.key_columns() or after.columns.get(own) != before.columns.get(own):
        named = ", ".join(before.key_columns()) or before.columns.get(own) or "their content"
        raise InputError(
            f"the records of this table are known by {named}: that cannot be changed once rows are loaded",
            do="Leave that column as it is, or load the file as a new table",
        )
    return after


def _filled(header: str, loads: Iterable[Load]) -> int:
    """Return in how many loaded rows a column had anything; rows of an expression are not counted."""
    total = 0
    for load in loads:
        found = find_header(header, load.columns) if header else None
        total += load.columns[found] if found else 0
    return total


def _rewritten(text: str, name: str, after: Stream) -> str:
    mapping = yaml.compose(text, Loader=yaml.SafeLoader)
    stream = _value(_value(mapping, "streams"), name)
    columns, renamed = _value(stream, "columns"), _value(stream, "renamed")
    if not isinstance(columns, yaml.MappingNode):
        return text
    lines = text.splitlines()
    indent = _key(stream, "columns").start_mark.column
    told = [f"{scalar(header)}: [{', '.join(map(scalar, later))}]" for header, later in after.renamed.items()]
    edits = [(_lines_of(columns), _column_lines(lines, columns, after, indent))]
    if renamed is not None:
        at = _key(stream, "renamed").start_mark.line
        edits.append(((at, max(_lines_of(renamed)[1], at + 1)), []))
    later = [" " * indent + "renamed:  # theirs: what it is called in later files"] if told else []
    edits[0] = (edits[0][0], [*edits[0][1], *later, *(" " * (indent + 2) + line for line in told)])
    for (first, end), new in sorted(edits, reverse=True):
        lines[first:end] = new
    return "\n".join(lines) + "\n"


def _column_lines(lines: Sequence[str], columns: yaml.MappingNode, after: Stream, indent: int) -> list[str]:
    """Return the lines of the columns: as they are where nothing changed, new ones behind the others."""
    first = columns.start_mark.line
    if columns.flow_style or not columns.value:
        head = " " * indent + "columns:  # ours: theirs"
        return [head, *(" " * (indent + 2) + f"{ours}: {scalar(t)}" for ours, t in after.columns.items())]
    kept: list[str] = []
    inner = " " * columns.start_mark.column
    starts = [key.start_mark.line for key, _ in columns.value] + [_lines_of(columns)[1]]
    held = {key.value: (value.value, number) for number, (key, value) in enumerate(columns.value)}
    for ours, (theirs, number) in held.items():
        if after.columns.get(ours) == theirs:
            kept += lines[starts[number] : starts[number + 1]]
        elif ours in after.columns:
            kept.append(f"{inner}{ours}: {scalar(after.columns[ours])}  # chosen on the page")
    new = [ours for ours in after.columns if ours not in held]
    return [
        *lines[first : starts[0]],
        *kept,
        *(f"{inner}{ours}: {scalar(after.columns[ours])}  # chosen on the page" for ours in new),
    ]


def _lines_of(node: yaml.Node) -> tuple[int, int]:
    """Return the first line of a mapping and the one behind its last: comments behind it are not its own."""
    if not isinstance(node, yaml.MappingNode) or node.flow_style or not node.value:
        return node.start_mark.line, node.end_mark.line + 1
    last = node.value[-1][1]
    end = last.end_mark
    return node.start_mark.line, end.line + 1 if end.column else end.line


def _key(node: yaml.Node | None, name: str) -> yaml.Node:
    return next(key for key, _ in _pairs(node) if key.value == name)


def _value(node: yaml.Node | None, name: str) -> yaml.Node | None:
    return next((value for key, value in _pairs(node) if key.value == name), None)


def _pairs(node: yaml.Node | None) -> list[tuple[yaml.Node, yaml.Node]]:
    return list(node.value) if isinstance(node, yaml.MappingNode) else []
