"""Finds where the columns of a delimited text begin: its separator, its header, its first record."""

import csv
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from voronka.connectors.files.batch import ReadOptions, SourceFile
from voronka.connectors.files.characters import BROKEN, LOST, visible
from voronka.connectors.files.header_rows import ROWS_LOOKED_AT, find_header, folded, hits, numbers_columns
from voronka.domain.errors import InputError, SettingsError

SEPARATORS = (";", ",", "\t", "|")
NO_SEPARATOR = "\x1f"  # what a file of one column is read with; the commas of its values separate nothing
SEPARATOR_NAMES = {"\t": "tab", NO_SEPARATOR: "none"}
SEPARATOR_LINE = re.compile(r'^\ufeff?"?sep=(.)"?[;,\s]*$', re.IGNORECASE | re.DOTALL)
QUOTED = re.compile(r'\s*"((?:[^"]|"")*+)"\s*', re.DOTALL)
NESTED = re.compile(r'\s*"((?:(?:[^"]*[\s(])?"(?=\S)[^"]*(?<=\S)")+[^"]*)"\s*', re.DOTALL)
"""A value in quotes whose own quotes are not doubled, each of which opens before a word and closes behind one."""
LINES_OF_A_VALUE = 50  # while the layout is looked for; a value of more lines is read rightly all the same
WIDE_SPACES = re.compile("[\u00a0\u2007\u2009\u202f]")
MISREAD_MARK = re.compile("^(?:ï»¿|п»ї)")
KNOWN_MIN = 2
FIELD_CHARACTERS_MAX = 1 << 30
csv.field_size_limit(FIELD_CHARACTERS_MAX)  # the limit is ours: it names the place


@dataclass(frozen=True)
class Sampled:
    """A record of the first lines: the index of its first line, how many lines it takes, its values."""

    line: int
    height: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Layout:
    """How a delimited text is laid out; lines are 1-based, `body_line` is the one below the header.

    `header` are the names as they stand, `text` the line of the header, `columns` the names of the batch.
    """

    separator: str
    reason: str
    header: tuple[str, ...]
    text: str
    columns: tuple[str, ...]
    header_line: int
    body_line: int
    named_columns: int

    @property
    def separator_name(self) -> str:
        """Return the separator as a person reads it."""
        return SEPARATOR_NAMES.get(self.separator, self.separator)


def find_layout(file: SourceFile, lines: Sequence[str], options: ReadOptions) -> Layout:
    """Return the layout of a text by its first lines."""
    if not any(line.strip('\x00\x1a\ufeff \t\r\n;,|"') for line in lines):
        raise InputError("the file holds nothing but blank space", where=file.name, do="Export it again")
    lines = [lines[0].lstrip("\ufeff"), *lines[1:]]  # a mark in front of a quote would make it part of the name
    announced = SEPARATOR_LINE.match(lines[0].rstrip("\n"))
    if options.header_row is not None and not 1 <= options.header_row <= len(lines):
        raise InputError(
            f"there is no line {options.header_row} for the header", where=file.name, do="Correct header_row"
        )
    start = options.header_row - 1 if options.header_row is not None else int(announced is not None)
    separator, reason = _separator(options, announced, lines[start:], file)
    found = _header(lines[start:], separator, options)
    if found is None:
        raise InputError("the file holds no header", where=file.name, do="Export it again")
    _refuse_open_quote(file, lines[start:], found, separator)
    header = tuple(_name(cell) for cell in found.cells)
    first = start + found.line
    text = "".join(lines[first : first + found.height]).rstrip("\n")
    below = first + found.height + 1 + _numbering(lines[first + found.height :], separator)
    return Layout(separator, reason, header, text, unique_names(header), first + 1, below, _named(header))


def _numbering(lines: Sequence[str], separator: str) -> int:
    """Return how many of the lines below a header only number its columns: one, or none."""
    return int(bool(lines) and numbers_columns(_record(lines[:1], separator)[1]))


def _name(cell: str) -> str:
    """Return a name without what nobody sees in it."""
    plain = WIDE_SPACES.sub(" ", visible(MISREAD_MARK.sub("", cell))).replace(BROKEN, LOST).replace("\x00", "")
    return plain[2:-1] if plain.startswith('="') and plain.endswith('"') else plain


def _named(header: Sequence[str]) -> int:
    """Return the number of columns up to the last that has a name."""
    return max((place for place, name in enumerate(header, start=1) if name.strip()), default=len(header))


def _separator(
    options: ReadOptions, announced: re.Match[str] | None, lines: Sequence[str], file: SourceFile
) -> tuple[str, str]:
    if options.separator != "auto":
        return _named_separator(options.separator, file), "set by the stream"
    scores = {separator: _score(lines, separator, options) for separator in SEPARATORS}
    best = max(SEPARATORS, key=lambda separator: scores[separator])
    if announced:
        own = _score(lines, announced[1], options)
        if not scores[best][1] or (own[1] and own[:3] >= scores[best][:3]):
            return announced[1], "the file's own sep= line"
    if not scores[best][1]:
        return NO_SEPARATOR, "one column: no separator divides the header"
    return best, f"{scores[best][-1]} columns in the header and the records below"


def _named_separator(wanted: str, file: SourceFile) -> str:
    separator = "\t" if wanted == "tab" else wanted
    if len(separator) != 1 or separator in '"\n\r':
        raise SettingsError(f"not a separator: {wanted}", where=file.name, do="Use auto, tab or one character")
    return separator


def _score(lines: Sequence[str], separator: str, options: ReadOptions) -> tuple[int, bool, int, float, int]:
    """Return how well a separator divides the lines, the greatest being the best.

    The wanted names among those of the header, whether it is divided, its known names, the share of records as wide as
    it, its width.
    """
    records = sampled(lines, separator)
    index = _header_index(records, options)
    if index is None:
        return 0, False, 0, 0.0, 0
    header = records[index].cells
    below = [_width(record.cells) for record in records[index + 1 :]]
    alike = sum(len(each.cells) == len(header) or _width(each.cells) == _width(header) for each in records)
    share = (alike - 1) / len(records) if below else 1.0
    wanted, known = hits(header, {folded(name) for name in options.expected}), hits(header, options.known)
    are_divided = sum(width > 1 for width in below) * 2 > len(below)
    is_divided = len(header) > 1 and (share > 0 or are_divided or max(wanted, known) >= KNOWN_MIN)
    return (wanted if is_divided or wanted > 1 else 0), is_divided, known if is_divided else 0, share, len(header)


def _width(cells: Sequence[str]) -> int:
    """Return the number of values up to the last that is not empty, one at least."""
    return max((place for place, cell in enumerate(cells, start=1) if cell.strip()), default=1)


def _header(lines: Sequence[str], separator: str, options: ReadOptions) -> Sampled | None:
    records = sampled(lines, separator)
    index = _header_index(records, options)
    return None if index is None else records[index]


def _header_index(records: Sequence[Sampled], options: ReadOptions) -> int | None:
    if options.header_row is not None:
        return 0 if records else None
    return find_header([record.cells for record in records], options.expected, options.known)


def sampled(lines: Sequence[str], separator: str) -> list[Sampled]:
    """Return the first records, blank lines left out; a line with a quote that is not closed soon is split as it is."""
    found: list[Sampled] = []
    index = 0
    while index < len(lines) and len(found) < ROWS_LOOKED_AT:
        height, cells = _record(lines[index : index + LINES_OF_A_VALUE], separator)
        if any(cell.strip() for cell in cells):
            found.append(Sampled(index, height, cells))
        index += height
    return found


def _record(lines: Sequence[str], separator: str) -> tuple[int, tuple[str, ...]]:
    first = lines[0].rstrip("\n")
    if '"' not in first:
        return 1, tuple(first.split(separator))
    text = ""
    for height, line in enumerate(lines, start=1):
        text += line
        if text.count('"') % 2 == 0:
            cells = _cells(text.rstrip("\n"), separator)
            if cells and len(cells) == 1 and separator in cells[0]:  # a line that is in quotes as a whole
                cells = _cells(cells[0], separator) or cells
            return (height, cells) if cells else (1, _loose_cells(first, separator))
    return 1, tuple(first.split(separator))


def _loose_cells(line: str, separator: str) -> tuple[str, ...]:
    """Return the values of a line that is not as the standard says: without their quotes where none is open."""
    cells = tuple(line.split(separator))
    return cells if any(cell.count('"') % 2 for cell in cells) else tuple(map(unquoted, cells))


def _cells(text: str, separator: str) -> tuple[str, ...] | None:
    try:
        is_loose = f'{separator} "' in text  # the quote behind a space opens a value all the same
        values = csv.reader([text], delimiter=separator, strict=True, skipinitialspace=is_loose)
        return tuple(map(unquoted, next(values, [])))
    except csv.Error:  # text beside a quote, or a line break outside quotes: they do not belong together
        return None


def unquoted(cell: str, *, is_nested: bool = False) -> str:
    """Return the text of a value that is in quotes, spaces around them or not; any other as it is.

    `is_nested`: quotes may stand inside as they are: `"the "Pine" branch"`, but not `"Pine" and "Oak"`.
    """
    if found := QUOTED.fullmatch(cell):
        return found[1].replace('""', '"')
    found = NESTED.fullmatch(cell) if is_nested else None
    return found[1] if found else cell


def _refuse_open_quote(file: SourceFile, lines: Sequence[str], header: Sampled, separator: str) -> None:
    text = lines[header.line]
    if header.height == 1 and text.count('"') % 2 and any(cell.startswith('"') for cell in text.split(separator)):
        raise InputError(
            "a quote in the header is never closed and swallows the lines after it",
            where=f"{file.name}, line {header.line + 1}",
            do='Close the quote, or double it ("") if it belongs to the name',
        )


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
