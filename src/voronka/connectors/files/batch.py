"""What goes into the reading of one file and what comes out of it."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import duckdb

from voronka.domain.flags import Flag

DAYS_FROM, FROM_1904 = "days_from", "1904"
"""What the reading of a workbook says whose days are counted from 1904."""


class ArrowStreamExportable(Protocol):
    """Anything that hands its rows over through the Arrow C stream interface."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Return a capsule with a new stream of the rows."""
        ...


@dataclass(frozen=True)
class ReadOptions:
    """The `read:` and `sheet:` of a stream.

    `encoding` and `separator` are `auto` or a value (`tab` for the tab); `sheet` is the name of an XLSX sheet, by
    default the first; `header_row` is the 1-based line of the file (row of the sheet) that holds the names of the
    columns, by default the first that holds anything. `expected` are the headers that a mapping wants, `known`
    the folded words that headers are known by: both help to find the header's row and the sheet.
    """

    encoding: str = "auto"
    separator: str = "auto"
    sheet: str | None = None
    header_row: int | None = None
    expected: tuple[str, ...] = ()
    known: frozenset[str] = frozenset()


@dataclass(frozen=True)
class SourceFile:
    """A file found; `name` is its path from the base folder, or as it was given when it lies elsewhere."""

    path: Path
    name: str
    sha256: str
    size: int


@dataclass(frozen=True)
class RowStream:
    """The rows of one query; every export runs the query anew on a connection of its own."""

    connection: duckdb.DuckDBPyConnection
    sql: str
    parameters: dict[str, object]

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Return a capsule with a new stream of the rows."""
        relation = self.connection.cursor().sql(self.sql, params=self.parameters)
        return relation.__arrow_c_stream__(requested_schema)


@dataclass(frozen=True)
class FileBatch:
    """One file read as a table of text; `rows` counts all records, the `malformed` ones included.

    A column whose name repeats an earlier one (in any case of letters) is `Name#2`, one without a name
    `column_<position>`. `reading` holds what was decided about the file and why, `flags` what is doubtful about its
    shape, `totals` the rows of totals left out of the data: their lines and cells.
    """

    file: SourceFile
    columns: tuple[str, ...]
    reading: dict[str, str]
    rows: int
    malformed: int
    stream: RowStream = field(repr=False)
    flags: tuple[Flag, ...] = ()
    totals: tuple[tuple[int, tuple[str | None, ...]], ...] = ()

    def arrow(self) -> ArrowStreamExportable:
        """Return the rows: text columns c0 ... cN-1, one for each of `columns`, `_row` BIGINT, `_malformed`, `_fault`.

        `_row` is the 1-based line of the file (row of the sheet) where the record starts. `_malformed` is NULL, or the
        text of a record that could not be taken, whose columns are all NULL and whose `_fault` is a code of
        domain.faults.
        """
        return self.stream
