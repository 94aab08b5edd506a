"""Reads the one table of an HTML page: what some systems save under the name of an Excel file."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from voronka.connectors.files.batch import FileBatch, ReadOptions, SourceFile
from voronka.connectors.files.characters import DECODING
from voronka.connectors.files.delimited import Place
from voronka.connectors.files.encodings import BLOCK_BYTES, MARKS, Encoding, choose_encoding, scan_bytes
from voronka.connectors.files.grid import GridRow
from voronka.connectors.files.grid_batch import Task, batch_of_grid, find_head
from voronka.connectors.files.header_rows import folded
from voronka.connectors.files.markup import MarkupTable, Page
from voronka.connectors.files.merged_cells import MergedCells
from voronka.domain.errors import InputError
from voronka.domain.flags import Flag

HTML_TABLE = "html_table"
CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]+)", re.IGNORECASE)
TABLE_ROWS_MIN = 1
TABLE_COLUMNS_MIN = 2
TIMES_LARGER = 4  # a table so much larger than any other is the page's own
NOT_BELIEVED = {"utf-8", "utf-16", "utf-16-le", "utf-16-be", "iso8859-1", "cp1252", "ascii"}  # what is written unasked


def read_page(file: SourceFile, options: ReadOptions, place: Place) -> FileBatch:
    """Return the batch of a page's table; InputError where it has none, several, or asks for a password."""
    encoding = _encoding(file, options.encoding)
    page = Page(place.workdir)
    with file.path.open(encoding=encoding.name, errors=DECODING, newline=None) as source:
        while text := source.read(BLOCK_BYTES):
            page.feed(text)
    page.finish()
    if page.has_password:
        raise no_table(file, page.title, "it asks for a password")
    rows = _rows(file, page, options)
    head = find_head(rows, options)
    if head is None:
        raise no_table(file, page.title, "it holds no table")
    told = {"encoding": encoding.iana, "encoding_reason": encoding.reason}
    reading = {"kind": "html", **told, "header_row": str(head.header_row)}
    merged = MergedCells((), head.header_row)
    head = replace(head, sample=tuple(map(merged.row, head.sample)))
    batch = batch_of_grid(Task(file, options, place), head, map(merged.row, rows), reading)
    flag = Flag(HTML_TABLE, "the file is a web page, whatever its name says; its table was read", batch.rows)
    return replace(batch, flags=(flag, *batch.flags, *merged.flags()))


def no_table(file: SourceFile, title: str, why: str) -> InputError:
    """Return the refusal of a page that is no export."""
    named = f" ({' '.join(title.split())})" if title.strip() else ""
    return InputError(
        f"this is a web page{named}, not a table: {why}; often a log-in page saved by a download without rights",
        where=file.name,
        do="Open the file in a browser to see what it says, then export it again as CSV or XLSX",
    )


def _rows(file: SourceFile, page: Page, options: ReadOptions) -> Iterator[GridRow]:
    """Return the rows of the page's table; of tables that go on with the same header, all."""
    tables = [
        table
        for table in page.tables
        if not table.has_tables_inside and table.rows > TABLE_ROWS_MIN and table.width >= TABLE_COLUMNS_MIN
    ]
    if not tables:
        raise no_table(file, page.title, "it holds no table")
    wanted = {folded(name) for name in options.expected}
    matching = [table for table in tables if _names(table) & wanted] or [
        table for table in tables if len(_names(table) & options.known) >= TABLE_COLUMNS_MIN
    ]
    chosen = max(matching or tables, key=lambda table: table.rows * table.width)
    alike = [table for table in tables if table is not chosen and _first(table) == _first(chosen)]
    others = [table for table in tables if table is not chosen and table not in alike]
    if not matching and any(x.rows * x.width * TIMES_LARGER > chosen.rows * chosen.width for x in others):
        raise no_table(file, page.title, f"it holds {len(tables)} tables, and nothing tells which is meant")
    return _joined([table for table in page.tables if table is chosen or table in alike])


def _joined(tables: list[MarkupTable]) -> Iterator[GridRow]:
    before = 0
    for table in tables:
        yield from (row._replace(number=row.number + before) for row in table.grid())
        before += table.rows


def _names(table: MarkupTable) -> set[str]:
    return {folded(text) for row in islice(table.grid(), 20) for text in row.cells if text}


def _first(table: MarkupTable) -> list[str]:
    return next((row.cells for row in table.grid()), [])


def _encoding(file: SourceFile, wanted: str) -> Encoding:
    """Return the encoding of a page: its mark, valid UTF-8, what the page says of itself, what its letters say."""
    scan = scan_bytes(file.path)
    said = CHARSET.search(scan.head)
    if wanted == "auto" and said and not scan.is_utf8 and not scan.head.startswith(tuple(MARKS)):
        name = _codec(said[1].decode())
        if name and name not in NOT_BELIEVED:
            return Encoding(name, "named in the page")
    return choose_encoding(file, wanted, scan)


def _codec(name: str) -> str | None:
    try:
        return codecs.lookup(name).name
    except LookupError:
        return None
