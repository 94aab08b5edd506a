"""Gives every row of a range of merged cells the text that a spreadsheet shows for all of them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TypeAlias

from voronka.connectors.files.closing_rows import is_figure
from voronka.connectors.files.grid import GridRow
from voronka.domain.flags import FIRST_ROWS, Flag

MERGED_CELLS = "merged_cells"
Range: TypeAlias = tuple[int, int, int, int]
"""The first row, the first column, the last row and the last column of merged cells, all 1-based."""


class MergedCells:
    """Fills the rows below a header; they are handed over in their order, and may tell ranges of their own.

    A text or a day holds for each row of its range. A figure stays in the first of them: it may be one amount for all,
    and would be counted again.
    """

    def __init__(self, ranges: Iterable[Range], header_row: int) -> None:
        self._header_row = header_row
        self._begin: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for top, column, bottom, _ in ranges:
            if header_row < top < bottom:
                self._begin[top].append((column - 1, bottom))
        self._open: dict[int, tuple[int, str]] = {}
        self._rows = {True: 0, False: 0}
        self._first: dict[bool, list[int]] = {True: [], False: []}

    def row(self, row: GridRow) -> GridRow:
        """Return a row with the texts of the ranges that it lies in."""
        if not self._open and not row.spans and row.number not in self._begin:
            return row
        self._open = {column: known for column, known in self._open.items() if known[0] >= row.number}
        blank = [column for column in self._open if not _cell(row, column).strip()]
        texts = [column for column in blank if not is_figure(self._open[column][1])]
        for is_text, found in ((True, texts), (False, len(texts) < len(blank))):
            if found:
                self._take(row.number, is_text=is_text)
        for column, bottom in self._beginning(row):
            if text := _cell(row, column).strip():
                self._open[column] = (bottom, text)
        return row._replace(cells=self._filled(row.cells, texts)) if texts else row

    def _beginning(self, row: GridRow) -> Iterator[tuple[int, int]]:
        """Yield the ranges that begin in a row: the position of the column, and the last row."""
        yield from self._begin.get(row.number, ())
        if row.number > self._header_row:
            yield from ((column, row.number + rows - 1) for column, rows in row.spans)

    def flags(self) -> tuple[Flag, ...]:
        """Return what was filled, and what was left as it is."""
        said = {
            True: "cells are merged over several rows: their text was taken for each of the rows",
            False: "cells are merged over several rows: their figure was taken for the first of the rows alone",
        }
        return tuple(
            Flag(MERGED_CELLS, text, self._rows[is_text], tuple(self._first[is_text]))
            for is_text, text in said.items()
            if self._rows[is_text]
        )

    def _take(self, number: int, *, is_text: bool) -> None:
        self._rows[is_text] += 1
        if len(self._first[is_text]) < FIRST_ROWS:
            self._first[is_text].append(number)

    def _filled(self, cells: list[str], columns: list[int]) -> list[str]:
        filled = cells + [""] * (max(columns) + 1 - len(cells))
        for column in columns:
            filled[column] = self._open[column][1]
        return filled


def _cell(row: GridRow, column: int) -> str:
    return row.cells[column] if column < len(row.cells) else ""
