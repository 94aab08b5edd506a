"""Splits a delimited text into records one by one, where the fast reader met a record that it could not split."""

import csv
import re
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
        is_whole = _whole_record(layout).fullmatch
        row = 0
        while line := lines.take():
            if line == "\n":
                continue
            row += 1
            if is_whole(line):
                writer.plain(row, line.removesuffix("\n"))
            elif '"' in line:
                _write_quoted(file, lines, line, layout, (writer, row))
            else:
                writer.bad(row, line.removesuffix("\n"))
    return writer


def _whole_record(layout: Layout) -> re.Pattern[str]:
    """Return the pattern of a line that is one record of the right width, each value bare or quoted throughout."""
    separator = re.escape(layout.separator)
    value = rf'(?:"(?:[^"\n]++|"")*+"|[^"\n{separator}]*+)'
    return re.compile(rf"{value}(?:{separator}{value}){{{len(layout.columns) - 1}}}\n?")


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
