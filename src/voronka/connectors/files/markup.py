"""Takes the tables out of an HTML text as it streams by: rows of texts, one file of rows for each table."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import TextIO

from voronka.connectors.files.grid import GridRow

SPACES = re.compile(r"[ \t\r\n\f]+")
BREAKS = {"br", "p", "div", "li"}
UNSEEN = {"script", "style", "title", "template", "noscript", "head"}
CELLS = {"td", "th"}
SPAN_MAX = 1000
DEPTH_MAX = 50


@dataclass
class MarkupTable:
    """One table of a page: where its rows are kept, how many there are and how wide the widest is.

    `is_cut`: the page ends in the middle of its last row.
    """

    path: Path
    rows: int = 0
    width: int = 0
    has_tables_inside: bool = False
    is_cut: bool = False
    _out: TextIO | None = None

    def take(self, cells: list[str], spans: list[tuple[int, int]]) -> None:
        """Add a row, and which of its cells reach down; one without any text counts as a row but is not kept."""
        self.rows += 1
        if any(cells):
            self.width = max(self.width, len(cells))
            self._out = self._out or self.path.open("w", encoding="utf-8", errors="surrogatepass")
            self._out.write(json.dumps([self.rows, cells, spans], ensure_ascii=False) + "\n")

    def close(self) -> None:
        """Finish the file of the rows."""
        if self._out:
            self._out.close()
            self._out = None

    def grid(self) -> Iterator[GridRow]:
        """Yield the rows; a closed table's only."""
        if not self.path.exists():
            return
        with self.path.open(encoding="utf-8", errors="surrogatepass") as source:
            for line in source:
                number, cells, spans = json.loads(line)
                fault = "truncated" if self.is_cut and number == self.rows else ""
                yield GridRow(number, cells, (), fault, tuple(map(tuple, spans)))


@dataclass
class _Open:
    """A table that has begun and not ended: its row, its cell, and what spans down from the rows above."""

    table: MarkupTable
    row: list[str] | None = None
    cell: list[str] | None = None
    columns: int = 1
    lines: int = 1
    spanned: dict[int, int] = field(default_factory=dict)
    spans: list[tuple[int, int]] = field(default_factory=list)


class Page(HTMLParser):
    """A page read once; `tables` are all its tables, those that hold other tables too.

    `has_password`: it asks for one. `title` is its title, `words` the first words outside of tables.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[MarkupTable] = []
        self.has_password = False
        self.title = ""
        self._folder = folder
        self._open: list[_Open] = []
        self._unseen: list[str] = []

    def updatepos(self, _: int, j: int) -> int:
        """Do not count lines: nothing asks for them, and counting takes a tenth of the time."""
        return j

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take the beginning of an element."""
        if tag in UNSEEN:
            self._unseen.append(tag)
        elif tag == "body":
            self._unseen.clear()
        elif tag == "table":
            self._begin_table()
        elif tag == "input" and (dict(attrs).get("type") or "").lower() == "password":
            self.has_password = True
        elif self._open:
            self._within(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        """Take the end of an element."""
        if tag in self._unseen:
            while self._unseen.pop() != tag:
                pass
        elif not self._open:
            return
        elif tag == "table":
            self._end_row()
            self._open.pop().table.close()
        elif tag == "tr":
            self._end_row()
        elif tag in CELLS:
            self._end_cell()
        elif tag in BREAKS:
            self._text("\n")

    def handle_data(self, data: str) -> None:
        """Take text."""
        if "title" in self._unseen:
            self.title = (self.title + data)[:200]
        elif not self._unseen:
            self._text(SPACES.sub(" ", data))

    def finish(self) -> None:
        """End what the page left open, as browsers do; a row that is open then is cut."""
        self.close()
        while self._open:
            self._open[-1].table.is_cut = self._open[-1].row is not None
            self._end_row()
            self._open.pop().table.close()

    def _begin_table(self) -> None:
        for outer in self._open:
            outer.table.has_tables_inside = True
        table = MarkupTable(self._folder / f"table{len(self.tables)}.jsonl")
        if len(self._open) < DEPTH_MAX:
            self.tables.append(table)
        self._open.append(_Open(table))

    def _within(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        now = self._open[-1]
        if tag == "tr":
            self._end_row()
            now.row = []
        elif tag in CELLS:
            self._end_cell()
            now.row = [] if now.row is None else now.row
            now.cell = []
            now.columns, now.lines = (_span(attrs, "colspan"), _span(attrs, "rowspan")) if attrs else (1, 1)
        elif tag in BREAKS:
            self._text("\n")

    def _text(self, text: str) -> None:
        if self._open and self._open[-1].cell is not None:
            self._open[-1].cell.append(text)

    def _end_cell(self) -> None:
        now = self._open[-1]
        if now.cell is None or now.row is None:
            return
        _skip_spanned(now)
        text = "".join(now.cell).replace("\xa0", " ").strip()
        lines = (line.strip() for line in text.split("\n"))
        place = len(now.row)
        now.row += ["\n".join(line for line in lines if line), *[""] * (now.columns - 1)]
        if now.lines > 1:
            now.spans.append((place, now.lines))
            now.spanned |= dict.fromkeys(range(place, place + now.columns), now.lines)
        now.cell = None

    def _end_row(self) -> None:
        now = self._open[-1]
        self._end_cell()
        if now.row is None:
            return
        _skip_spanned(now)
        now.table.take(now.row, now.spans)
        now.row, now.spans = None, []
        now.spanned = {place: left - 1 for place, left in now.spanned.items() if left > 1}


def _skip_spanned(now: _Open) -> None:
    """Leave the places empty that a cell of a row above reaches down to."""
    while now.row is not None and len(now.row) in now.spanned:
        now.row.append("")


def _span(attrs: list[tuple[str, str | None]], name: str) -> int:
    given = (dict(attrs).get(name) or "1").strip()
    return min(max(int(given), 1), SPAN_MAX) if given.isdecimal() else 1
