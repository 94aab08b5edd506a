"""Splits a delimited text into records one by one, where the fast reader met a record that it could not split."""

import csv
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from voronka.connectors.files.batch import SourceFile
from voronka.connectors.files.layout import FIELD_CHARACTERS_MAX, Layout
from voronka.connectors.files.table import TableWriter
from voronka.domain.errors import InputError


class Lines:
    """The lines of a text with their numbers; lines can be given back."""

    def __init__(self, source: TextIO, first_number: int) -> None:
        self.number = first_number - 1
        self._source = source
        self._returned: deque[str] = deque()

    def take(self) -> str:
        """Return the next line with its line feed, '' at the end of the text."""
        line = self._returned.popleft() if self._returned else self._source.readline()
        self.number += 1 if line else 0
        return line

    def give_back(self, lines: list[str]) -> None:
        """Put lines that were taken last in front again."""
        self._returned.extendleft(reversed(lines))
        self.number -= len(lines)


def split_records(file: SourceFile, text: Path, layout: Layout, target: Path) -> TableWriter:
    """Write the records of `text` as a table into `target`.

    A record with another number of values than the header is malformed. So is the first line of a quoted value that is
    not closed rightly; the lines after it are read again as records, so that one stray quote costs one line.
    """
    writer = TableWriter(target, len(layout.columns), layout.separator)
    with text.open(encoding="utf-8", newline="\n") as source, writer:
        source.seek(layout.body_offset)
        lines = Lines(source, layout.body_line)
        row = 0
        while line := lines.take():
            if line != "\n":
                row += 1
                _write_record(file, lines, line, layout, (writer, row))
    return writer


def _write_record(file: SourceFile, lines: Lines, line: str, layout: Layout, out: tuple[TableWriter, int]) -> None:
    writer, row = out
    if '"' in line:
        _write_quoted(file, lines, line, layout, out)
    elif line.count(layout.separator) == len(layout.columns) - 1:
        writer.plain(row, line.removesuffix("\n"))
    else:
        writer.bad(row, line.removesuffix("\n"))


def _write_quoted(file: SourceFile, lines: Lines, line: str, layout: Layout, out: tuple[TableWriter, int]) -> None:
    writer, row = out
    taken: list[str] = []
    start = lines.number
    csv.field_size_limit(FIELD_CHARACTERS_MAX)
    try:
        values = next(csv.reader(_feed(file, lines, line, taken, start), delimiter=layout.separator, strict=True))
    except csv.Error:
        lines.give_back(taken[1:])
        writer.bad(row, line.removesuffix("\n"))
        return
    if len(values) == len(layout.columns):
        writer.good(row, values)
    else:
        writer.bad(row, "".join(taken).removesuffix("\n"))


def _feed(file: SourceFile, lines: Lines, line: str, taken: list[str], start: int) -> Iterator[str]:
    """Yield the lines of one record, remembering them; refuse a record without an end."""
    characters = 0
    while line:
        taken.append(line)
        characters += len(line)
        if characters > FIELD_CHARACTERS_MAX:
            break
        yield line
        line = lines.take()
    if len(taken) > 1:
        raise InputError(
            "a quoted value that begins in this line is never closed and swallows the lines after it",
            where=f"{file.name}, line {start}",
            do='Close the quote, or double it ("") if it belongs to the value',
        )
