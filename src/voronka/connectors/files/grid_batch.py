"""Makes a batch of the numbered rows of a sheet or a page's table: finds the header, leaves out what is no record."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, islice

from voronka.connectors.files.batch import FileBatch, ReadOptions, SourceFile
from voronka.connectors.files.delimited import Place, batch_of_table
from voronka.connectors.files.grid import ERROR_CELL, FORMULA_WITHOUT_VALUE, GridRow
from voronka.connectors.files.layout import unique_names
from voronka.connectors.files.table import TableWriter
from voronka.domain.flags import FIRST_ROWS, Flag

SAMPLE_ROWS = 200
CELLS_OUTSIDE = "cells_outside"
MESSAGES = {
    ERROR_CELL: "cells hold an error of the spreadsheet (#N/A, #REF! ...) and are read as nothing",
    FORMULA_WITHOUT_VALUE: "cells hold a formula whose value was not saved, and are read as nothing:"
    " open the file in a spreadsheet program and save it",
    CELLS_OUTSIDE: "rows hold values to the right of the last column that has a name; these are not read",
}


@dataclass
class Doubts:
    """Which rows hold what is doubtful, by its code."""

    counts: Counter[str] = field(default_factory=Counter)
    first: dict[str, list[int]] = field(default_factory=dict)

    def take(self, code: str, row: int) -> None:
        """Count a row."""
        self.counts[code] += 1
        rows = self.first.setdefault(code, [])
        if len(rows) < FIRST_ROWS:
            rows.append(row)

    def flags(self) -> tuple[Flag, ...]:
        """Return a flag for each code."""
        return tuple(Flag(code, MESSAGES[code], rows, tuple(self.first[code])) for code, rows in self.counts.items())


@dataclass(frozen=True)
class Head:
    """Where the columns of a grid begin: the header's row and names, the rows before and after it that were read.

    `score` is greater where more of the names are those that are wanted or known.
    """

    header_row: int
    names: tuple[str, ...]
    score: int
    sample: tuple[GridRow, ...]


def find_head(rows: Iterator[GridRow], options: ReadOptions) -> Head | None:
    """Return the head of a grid, reading its first rows; None where it holds nothing that could be a header."""
    sample = list(islice(rows, SAMPLE_ROWS))
    if options.header_row is not None:
        at = next((i for i, row in enumerate(sample) if row.number == options.header_row), None)
    else:
        at = _header_index(sample, options)
    if at is None:
        return None
    names = sample[at].cells
    return Head(sample[at].number, tuple(names), _score(names, options), tuple(sample[at + 1 :]))


def batch_of_grid(
    file: SourceFile, head: Head, rows: Iterator[GridRow], reading: dict[str, str], place: Place
) -> FileBatch:
    """Return the batch of the rows below a header; `rows` go on where the head's sample ends."""
    columns = unique_names(_with_unnamed(head))
    doubts = Doubts()
    with TableWriter(place.workdir / "sheet.csv", len(columns)) as table:
        for row in chain(head.sample, rows):
            if any(row.cells):
                _write(table, row, len(columns), doubts)
    batch = batch_of_table(file, columns, reading, (table, ","), place)
    return replace(batch, flags=(*batch.flags, *doubts.flags()))


def _write(table: TableWriter, row: GridRow, width: int, doubts: Doubts) -> None:
    if any("\x00" in text for text in row.cells):
        table.bad(row.number, "\t".join(row.cells).replace("\x00", ""))
        return
    for code in {code for column, code in row.marks if column < width}:
        doubts.take(code, row.number)
    if any(row.cells[width:]):
        doubts.take(CELLS_OUTSIDE, row.number)
    table.good(row.number, row.cells[:width] + [""] * (width - len(row.cells)))


def _with_unnamed(head: Head) -> list[str]:
    """Return the header's names, with empty ones for columns without a name that the first rows hold values in."""
    width = max([len(head.names), *(len(row.cells) for row in head.sample)])
    return [*head.names, *[""] * (width - len(head.names))]


def _header_index(sample: Sequence[GridRow], options: ReadOptions) -> int | None:
    if not sample:
        return None
    scores = [_score(row.cells, options) for row in sample]
    best = max(scores)
    if best > 0:
        return scores.index(best)
    usual = Counter(sum(map(bool, row.cells)) for row in sample).most_common(1)[0][0]
    return next(i for i, row in enumerate(sample) if sum(map(bool, row.cells)) >= usual / 2)


def _score(names: Sequence[str], options: ReadOptions) -> int:
    expected = {folded(name) for name in options.expected}
    cells = {folded(name) for name in names if name}
    return 1000 * len(cells & expected) + len(cells & options.known)


def folded(name: str) -> str:
    """Return a header's letters and digits in one piece."""
    return "".join(letter for letter in name.casefold() if letter.isalnum())
