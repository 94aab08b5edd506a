"""Makes a batch of the numbered rows of a sheet or a page's table: finds the header, leaves out what is no record."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, islice, zip_longest

from voronka.connectors.files.batch import FileBatch, ReadOptions, SourceFile
from voronka.connectors.files.characters import BROKEN, INVISIBLE, visible
from voronka.connectors.files.delimited import Place, batch_of_table
from voronka.connectors.files.grid import ERROR_CELL, FORMULA_WITHOUT_VALUE, HIDDEN_ROW, GridRow
from voronka.connectors.files.header_rows import ROWS_LOOKED_AT, find_header, folded, hits, numbers_columns
from voronka.connectors.files.layout import unique_names
from voronka.connectors.files.limits import refuse_field, refuse_long, refuse_wide
from voronka.connectors.files.package import RATIO_MAX, too_large
from voronka.connectors.files.stated_counts import counts_above
from voronka.connectors.files.table import TableWriter
from voronka.connectors.files.table_body import SAID, TableBody
from voronka.domain.flags import FIRST_ROWS, Flag
from voronka.settings import LimitSettings

CELLS_OUTSIDE = "cells_outside"
NAMES_MIN = 2
DIGIT = re.compile(r"\d")
REPEATED_FROM = 64 << 20  # characters; a text that all cells share is written for each of them
MIDNIGHT = "T00:00:00"
MOMENT_LENGTH = 19
MESSAGES = {
    ERROR_CELL: "cells hold an error of the spreadsheet (#N/A, #REF! ...) and are read as nothing",
    FORMULA_WITHOUT_VALUE: "cells hold a formula whose value was not saved, and are read as nothing:"
    " open the file in a spreadsheet program and save it",
    HIDDEN_ROW: "rows are hidden in the sheet (by hand or by a filter), and are taken like the others",
    CELLS_OUTSIDE: "rows hold values to the right of the last column that has a name; these are not read",
}


@dataclass
class Doubts:
    """Which rows hold what is doubtful, by its code."""

    counts: Counter[str] = field(default_factory=Counter)
    first: dict[str, list[int]] = field(default_factory=dict)

    def take(self, codes: Iterable[str], row: int) -> None:
        """Count a row."""
        for code in codes:
            self.counts[code] += 1
            rows = self.first.setdefault(code, [])
            if len(rows) < FIRST_ROWS:
                rows.append(row)

    def flags(self) -> tuple[Flag, ...]:
        """Return a flag for each code."""
        return tuple(Flag(code, MESSAGES[code], rows, tuple(self.first[code])) for code, rows in self.counts.items())


@dataclass
class Bounds:
    """Counts what comes out of a file and refuses it where that is over a limit, or far more than the file is."""

    file: SourceFile
    limits: LimitSettings
    rows: int = 0
    characters: int = 0

    def take(self, row: GridRow) -> None:
        """Count a row."""
        lengths = [len(text) for text in row.cells]
        refuse_field(self.file, row.number, max(lengths), self.limits)
        self.rows += 1
        self.characters += sum(lengths)
        refuse_long(self.file, self.rows, self.limits)
        is_repeated = self.characters > REPEATED_FROM and self.characters > RATIO_MAX * self.file.size
        if is_repeated or self.characters > self.limits.unpacked_bytes:
            raise too_large(self.file, self.characters)


@dataclass
class Clocks:
    """Which columns hold moments: programs write days as midnights, so a column of midnights alone is one of days."""

    at_midnight: set[int] = field(default_factory=set)
    within_days: set[int] = field(default_factory=set)

    def take(self, cells: Sequence[str]) -> None:
        """Look at a row."""
        for column, text in enumerate(cells):
            if len(text) >= MOMENT_LENGTH and text[10] == "T" and text[4] == "-":
                (self.at_midnight if text[10:] == MIDNIGHT else self.within_days).add(column)

    def without_midnights(self, sql: str, width: int) -> str:
        """Return the query of the rows with days in the columns that hold midnights alone."""
        days = sorted(c for c in self.at_midnight - self.within_days if c < width)
        if not days:
            return sql
        made = (f"CASE WHEN c{c} LIKE '____-__-__{MIDNIGHT}' THEN left(c{c}, 10) ELSE c{c} END AS c{c}" for c in days)
        return f"SELECT * REPLACE ({', '.join(made)}) FROM ({sql})"


@dataclass(frozen=True)
class Head:
    """Where the columns of a grid begin: the row of the header, its names, the rows below that were read to find it."""

    header_row: int
    names: tuple[str, ...]
    sample: tuple[GridRow, ...]
    flags: tuple[Flag, ...] = ()
    above: tuple[GridRow, ...] = ()


def find_head(rows: Iterator[GridRow], options: ReadOptions) -> Head | None:
    """Return the head of a grid, reading its first rows; None where it holds nothing that could be a header."""
    wanted = options.header_row
    sample = list(islice(rows, ROWS_LOOKED_AT)) if wanted is None else _from_row(rows, wanted)
    if wanted is None:
        at = find_header([row.cells for row in sample], options.expected, options.known)
    else:
        at = 0 if sample else None
    if at is None:
        return None
    names, line, last = (sample[at].cells, at, at) if wanted else _of_two_lines(sample, at, options)
    last += int(last + 1 < len(sample) and numbers_columns(sample[last + 1].cells))
    clean = tuple(visible(name).strip() for name in names)
    is_seen = clean == tuple(name.strip() for name in names)
    flags = () if is_seen else (Flag(INVISIBLE, SAID[INVISIBLE], 1, (sample[line].number,)),)
    return Head(sample[line].number, clean, tuple(sample[last + 1 :]), flags, tuple(sample[:at]))


def _from_row(rows: Iterator[GridRow], wanted: int) -> list[GridRow]:
    """Return the row of this number with those after it, as many as are looked at; nothing where there is none."""
    first = next((row for row in rows if row.number >= wanted), None)
    if first is None or first.number != wanted:
        return []
    return [first, *islice(rows, ROWS_LOOKED_AT)]


def _of_two_lines(sample: list[GridRow], at: int, options: ReadOptions) -> tuple[list[str], int, int]:
    """Return the names of a header, its row and its last row, as indexes; of two lines of names the lower counts.

    A column that only the upper line names, as in merged cells, has its name of that one.
    """
    names = sample[at].cells
    wanted = _folded(options.expected)
    if at + 1 < len(sample) and _is_second_line(sample[at], sample[at + 1], wanted | options.known):
        both = _filled_up(sample[at + 1].cells, names)
        is_lower = hits(both, wanted) >= hits(names, wanted)
        return (both, at + 1, at + 1) if is_lower else (names, at, at + 1)
    if at and sample[at - 1].number == sample[at].number - 1:
        above = sample[at - 1].cells
        if sum(1 for name in above if name) >= NAMES_MIN:
            return _filled_up(names, above), at, at
    return names, at, at


def _is_second_line(header: GridRow, below: GridRow, words: frozenset[str]) -> bool:
    """Say whether the row below a header goes on with it: names alone, which it knows or has left room for."""
    filled = [cell for cell in below.cells if cell]
    told = hits(filled, words)
    if below.number != header.number + 1 or told < NAMES_MIN or any(map(DIGIT.search, filled)):
        return False
    has_room = any(low and not up for low, up in zip_longest(below.cells, header.cells, fillvalue=""))
    return told == len(filled) or (has_room and told * 2 >= len(filled))


def _folded(names: Iterable[str]) -> frozenset[str]:
    return frozenset(folded(name) for name in names)


def _filled_up(names: list[str], above: list[str]) -> list[str]:
    width = max(len(names), len(above))
    lower, upper = (line + [""] * (width - len(line)) for line in (names, above))
    return [low or up for low, up in zip(lower, upper, strict=True)]


@dataclass(frozen=True)
class Task:
    """A file to be read, how, and where."""

    file: SourceFile
    options: ReadOptions
    place: Place


def batch_of_grid(task: Task, head: Head, rows: Iterator[GridRow], reading: dict[str, str]) -> FileBatch:
    """Return the batch of the rows below a header; `rows` go on where the head's sample ends."""
    file, options, place = task.file, task.options, task.place
    names = _with_unnamed(head)
    refuse_wide(file, len(names), place.limits)
    columns = unique_names(names)
    watched = _watched(columns, options)
    doubts, clocks, bounds = Doubts(), Clocks(), Bounds(file, place.limits)
    with TableWriter(place.workdir / "sheet.csv", len(columns)) as table:
        body = TableBody(table, names, options.known)
        last = 0
        for row in chain(head.sample, rows):
            if any(row.cells):
                if last and row.number > last + 1:
                    body.gap()
                last = row.number
                bounds.take(row)
                _take(body, row, len(columns))
                clocks.take(row.cells)
                if row.is_hidden:
                    doubts.take((HIDDEN_ROW,), row.number)
                if len(row.cells) > len(columns) and any(row.cells[len(columns) :]):
                    doubts.take((CELLS_OUTSIDE,), row.number)
            if row.marks:
                doubts.take({code for column, code in row.marks if column in watched}, row.number)
        shape = body.end()
    told = reading | {name: str(count) for name, count in body.left_out().items() if count}
    batch = batch_of_table(file, columns, told, (table, ","), place)
    stream = replace(batch.stream, sql=clocks.without_midnights(batch.stream.sql, len(columns)))
    above = counts_above(((row.number, row.cells) for row in head.above), table.rows)
    return replace(batch, flags=(*head.flags, *above, *shape, *doubts.flags()), totals=body.totals, stream=stream)


def _take(body: TableBody, row: GridRow, width: int) -> None:
    cells = row.cells[:width] + [""] * (width - len(row.cells))
    text = "\t".join(cells)
    if row.fault:
        body.fault(row.number, text, row.fault)
    elif BROKEN in text:
        body.fault(row.number, text, "bad_encoding")
    elif "\x00" in text:
        body.fault(row.number, text, "nul_character")
    else:
        body.row(row.number, cells)


def _watched(columns: tuple[str, ...], options: ReadOptions) -> frozenset[int]:
    """Return the positions of the columns whose cells matter: those that a mapping wants, else all."""
    wanted = _folded(options.expected)
    found = frozenset(position for position, name in enumerate(columns) if folded(name) in wanted)
    return found or frozenset(range(len(columns)))


def _with_unnamed(head: Head) -> list[str]:
    """Return the header's names, with empty ones for columns without a name that the first rows hold values in."""
    width = max([len(head.names), *(len(row.cells) for row in head.sample)])
    return [*head.names, *[""] * (width - len(head.names))]
