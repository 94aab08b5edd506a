"""Tables as a workbook: values typed and formatted, what each column means, and which cut of which data it is."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from math import isfinite
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from voronka.domain.errors import QuestionError
from voronka.domain.formulas import is_formula
from voronka.metrics.dimensions import Title
from voronka.reports.tables import Cell, Kind, Language, Sheet, in_words

SHEETS = (Title("Данные", "Data"), Title("Определения", "Definitions"), Title("Срез", "Cut"))
FORMATS: dict[Kind, str] = {
    "day": "yyyy-mm-dd",
    "month": "mmmm yyyy",
    "time": "yyyy-mm-dd hh:mm",
    "money": "#,##0.00",
    "count": "#,##0",
    "number": "#,##0.00",
    "percent": "0.0",
    "seconds": "#,##0",
}
TEXT_LIMIT = 32_767
LINK_LIMIT = 2_079
LINKS = 65_000
STREAMED = 20_000
ROWS = 1_048_574
"""The rows that a sheet holds between its titles and its totals."""
WIDTHS = (8, 48)
SAMPLE = 200


@dataclass(frozen=True)
class Described:
    """A sheet of lines for people: a title per column, then texts."""

    titles: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]


def workbook(sheet: Sheet, definitions: Described, cut: Described, language: Language) -> bytes:
    """Return the workbook: the table with a frozen header, a filter and totals; definitions; the cut.

    Every cell is a constant: a text is a text whatever it starts with, also after somebody edits it, and only addresses
    of records are links.
    QuestionError where there are more rows than a sheet holds.
    """
    if len(sheet.rows) > ROWS:
        raise QuestionError(f"a sheet holds {ROWS} rows, not {len(sheet.rows)}", do="Take CSV, or cut less finely")
    out = io.BytesIO()
    # rows of a large table go to the disk one by one, a small one stays in memory
    kept = {"in_memory": True} if len(sheet.rows) <= STREAMED else {"constant_memory": True}
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, {**kept, **plain}) as book:
        names = [in_words(title, language) for title in SHEETS]
        _Writer(book, book.add_worksheet(names[0])).table(sheet)
        for name, described in zip(names[1:], (definitions, cut), strict=True):
            _Writer(book, book.add_worksheet(name)).described(described)
    return out.getvalue()


class _Writer:
    def __init__(self, book: Any, page: Worksheet) -> None:  # noqa: ANN401 - xlsxwriter has no types
        self._page = page
        self._head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self._wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self._formats = {kind: book.add_format({"num_format": code}) for kind, code in FORMATS.items()}
        bold = {kind: {"num_format": code, "bold": True, "top": 1} for kind, code in FORMATS.items()}
        self._sums = {kind: book.add_format(look) for kind, look in bold.items()}
        self._sum_text = book.add_format({"bold": True, "top": 1})
        self._quoted = book.add_format({"quote_prefix": True})
        self._links = LINKS

    def table(self, sheet: Sheet) -> None:
        self._page.freeze_panes(1, 0)
        for column, width in enumerate(_widths(sheet)):
            self._page.set_column(column, column, width)
        self._titles([column.title for column in sheet.columns])
        if sheet.rows and sheet.columns:
            self._page.autofilter(0, 0, len(sheet.rows), len(sheet.columns) - 1)
        kinds = [column.kind for column in sheet.columns]
        looks = [self._formats.get(kind) for kind in kinds]
        for number, row in enumerate(sheet.rows, start=1):
            for at, (cell, kind, look) in enumerate(zip(row, kinds, looks, strict=True)):
                self._write(number, at, cell, kind, look)
        for at, (cell, kind) in enumerate(zip(sheet.totals or (), kinds, strict=bool(sheet.totals))):
            look = self._sum_text if isinstance(cell, str) else self._sums.get(kind, self._sum_text)
            self._write(len(sheet.rows) + 1, at, cell, kind, look)

    def described(self, described: Described) -> None:
        for column, title in enumerate(described.titles):
            texts = [title, *(line[column] for line in described.lines)]
            self._page.set_column(column, column, _width(texts))
        self._titles(described.titles)
        for number, line in enumerate(described.lines, start=1):
            for at, text in enumerate(line):
                self._page.write_string(number, at, text[:TEXT_LIMIT], self._wrapped)

    def _titles(self, titles: Sequence[str]) -> None:
        for at, title in enumerate(titles):
            self._page.write_string(0, at, title[:TEXT_LIMIT], self._head)

    def _write(self, row: int, column: int, cell: Cell, kind: Kind, look: Any) -> None:  # noqa: ANN401 - a format of xlsxwriter
        if cell is None:
            self._page.write_blank(row, column, None, look)
        elif isinstance(cell, str):
            self._write_text(row, column, cell, kind, look)
        elif isinstance(cell, (date, datetime)):
            self._page.write_datetime(row, column, cell, look)
        elif isinstance(cell, Decimal) or isfinite(cell):
            self._page.write_number(row, column, cell, look)

    def _write_text(self, row: int, column: int, text: str, kind: Kind, look: Any) -> None:  # noqa: ANN401 - a format
        if kind == "link" and self._links and len(text) <= LINK_LIMIT:
            self._links -= 1
            self._page.write_url(row, column, text)
        else:
            self._page.write_string(row, column, text[:TEXT_LIMIT], self._quoted if is_formula(text) else look)


def _widths(sheet: Sheet) -> list[int]:
    sample = sheet.rows[:SAMPLE]
    return [_width([column.title, *(_shown(row[at]) for row in sample)]) for at, column in enumerate(sheet.columns)]


def _shown(cell: Cell) -> str:
    if isinstance(cell, (float, Decimal)):
        return f"{cell:,.2f}"
    return "" if cell is None else str(cell)


def _width(texts: Sequence[str]) -> int:
    least, most = WIDTHS
    longest = max((len(line) for text in texts for line in text.splitlines()), default=0)
    return min(max(longest + 2, least), most)
