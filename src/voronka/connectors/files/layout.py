"""Finds where the columns of a delimited text begin: its separator, its header, its first record."""

import csv
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from voronka.connectors.files.batch import ReadOptions, SourceFile
from voronka.domain.errors import InputError, SettingsError

HEAD_CHARACTERS = 1 << 20
SAMPLE_RECORDS = 200
SEPARATORS = (";", ",", "\t", "|")
NO_SEPARATOR = "\x1f"  # what a file of one column is read with; the commas of its values separate nothing
SEPARATOR_NAMES = {"\t": "tab", NO_SEPARATOR: "none"}
SEPARATOR_LINE = re.compile(r'^"?sep=(.)"?$', re.IGNORECASE)
FIELD_CHARACTERS_MAX = 1 << 24


@dataclass(frozen=True)
class Layout:
    """How a delimited text is laid out; `body_line` is the 1-based line on which the first record stands.

    `body_offset` is the same place in bytes.
    """

    separator: str
    reason: str
    columns: tuple[str, ...]
    body_line: int
    body_offset: int

    @property
    def separator_name(self) -> str:
        """Return the separator as a person reads it."""
        return SEPARATOR_NAMES.get(self.separator, self.separator)


def find_layout(file: SourceFile, text: Path, options: ReadOptions) -> Layout:
    """Return the layout of `text`, the plain copy of `file`."""
    lines = _head_lines(text)
    announced = SEPARATOR_LINE.match(lines[0].rstrip("\n"))
    start = _header_line(file, lines, options.header_row, skip_first=announced is not None)
    separator, reason = _separator(options.separator, announced, lines[start:], file)
    header, height = _header(file, lines[start:], separator)
    body = start + height
    offset = sum(len(line.encode()) for line in lines[:body])
    return Layout(separator, reason, unique_names(header), body + 1, offset)


def _head_lines(text: Path) -> list[str]:
    with text.open(encoding="utf-8", newline="\n") as source:
        head = source.read(HEAD_CHARACTERS)
    lines = head.split("\n")
    return [line + "\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])


def _header_line(file: SourceFile, lines: Sequence[str], wanted: int | None, *, skip_first: bool) -> int:
    if wanted is None:
        after = 1 if skip_first else 0
        return next((number for number, line in enumerate(lines) if number >= after and line.strip()), after)
    if not 1 <= wanted <= len(lines):
        raise InputError(f"there is no line {wanted} for the header", where=file.name, do="Correct header_row")
    return wanted - 1


def _separator(wanted: str, announced: re.Match[str] | None, lines: Sequence[str], file: SourceFile) -> tuple[str, str]:
    if wanted != "auto":
        return _named_separator(wanted, file), "set by the stream"
    if announced:
        return announced[1], "the file's own sep= line"
    scores = {separator: _widths(lines, separator) for separator in SEPARATORS}
    best = max(scores, key=lambda separator: _score(scores[separator]))
    if scores[best][0] > 1:
        return best, f"{scores[best][0]} columns in the header and the records below"
    _refuse_title_line(scores, file)
    return NO_SEPARATOR, "one column: no separator divides the header"


def _named_separator(wanted: str, file: SourceFile) -> str:
    separator = "\t" if wanted == "tab" else wanted
    if len(separator) != 1 or separator in '"\n\r':
        raise SettingsError(f"not a separator: {wanted}", where=file.name, do="Use auto, tab or one character")
    return separator


def _widths(lines: Sequence[str], separator: str) -> list[int]:
    csv.field_size_limit(FIELD_CHARACTERS_MAX)
    records = islice(csv.reader(lines, delimiter=separator), SAMPLE_RECORDS)
    return [len(record) for record in records if record] or [0]


def _score(widths: Sequence[int]) -> tuple[bool, float, int]:
    """Return whether the header is divided, the share of records as wide as it, its width: the greatest wins."""
    width, below = widths[0], widths[1:]
    share = below.count(width) / len(below) if below else 1.0
    return width > 1, share, width


def _refuse_title_line(scores: dict[str, list[int]], file: SourceFile) -> None:
    for widths in scores.values():
        usual, times = Counter(widths[1:]).most_common(1)[0] if len(widths) > 1 else (0, 0)
        if usual > 1 and times > 1 and times >= (len(widths) - 1) / 2:
            raise InputError(
                f"the first line holds 1 column and the lines below {usual}: it looks like a title, not a header",
                where=file.name,
                do='Set header_row to the line with the column names; where there is one column, set separator: "|"',
            )


def _header(file: SourceFile, lines: Sequence[str], separator: str) -> tuple[list[str], int]:
    """Return the header's values and how many lines it takes; a value may hold a line break."""
    reader = csv.reader(lines, delimiter=separator)
    header, height = next(reader, []), reader.line_num
    if height > 1 and height == len(lines) and sum(line.count('"') for line in lines) % 2:
        raise InputError(
            "a quote in the header is never closed and swallows the lines after it",
            where=file.name,
            do='Close the quote, or double it ("") if it belongs to the name',
        )
    return header, height


def unique_names(header: Sequence[str]) -> tuple[str, ...]:
    """Return the header with a repeated name as `Name#2` and an empty one as `column_<position>`."""
    names: list[str] = []
    taken: Counter[str] = Counter()
    for position, given in enumerate(header, start=1):
        name = given if given.strip() else f"column_{position}"
        base = name.casefold()
        taken[base] += 1
        while taken[base] > 1 and f"{name}#{taken[base]}".casefold() in taken:
            taken[base] += 1
        unique = name if taken[base] == 1 else f"{name}#{taken[base]}"
        if unique.casefold() != base:
            taken[unique.casefold()] += 1
        names.append(unique)
    return tuple(names)
