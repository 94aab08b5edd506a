"""Reads a delimited text: fast where every record is whole, record by record where one is not."""

from dataclasses import dataclass
from pathlib import Path

import duckdb

from voronka.connectors.files.batch import FileBatch, ReadOptions, RowStream, SourceFile
from voronka.connectors.files.layout import NO_SEPARATOR, Layout, find_layout
from voronka.connectors.files.records import split_records
from voronka.connectors.files.table import (
    READ_AND_REJECT,
    READ_SOURCE,
    READ_TABLE,
    TableWriter,
    column_list,
    read_csv_parameters,
)
from voronka.connectors.files.text import PlainText, plain_text
from voronka.domain.errors import InputError, OurMistakeError
from voronka.settings import LimitSettings


@dataclass(frozen=True)
class Place:
    """Where a file is read: the connector's own connection, the folder for copies, how large the file may be."""

    connection: duckdb.DuckDBPyConnection
    workdir: Path
    limits: LimitSettings = LimitSettings()


def read_delimited(file: SourceFile, options: ReadOptions, place: Place) -> FileBatch:
    """Return the batch of a CSV file, whatever its encoding and separator."""
    text = plain_text(file, options.encoding, place.workdir)
    layout = find_layout(file, text.path, options)
    reading = _reading(text, layout)
    whole = None if layout.separator == NO_SEPARATOR else _read_whole(text.path, layout, place)
    if whole:
        rows, stream = whole
        return FileBatch(file, layout.columns, reading, rows, 0, stream)
    table = split_records(file, text.path, layout, place.workdir / "records.csv")
    return batch_of_table(file, layout.columns, reading, (table, layout.separator), place)


def _reading(text: PlainText, layout: Layout) -> dict[str, str]:
    return {
        "kind": "csv",
        "encoding": text.encoding.name,
        "encoding_reason": text.encoding.reason,
        "separator": layout.separator_name,
        "separator_reason": layout.reason,
        "first_record_line": str(layout.body_line),
    }


def _read_whole(text: Path, layout: Layout, place: Place) -> tuple[int, RowStream] | None:
    """Return the number of rows and the stream, or None where some record could not be split.

    The first pass only counts; the second numbers the rows in the order of the file while they are taken.
    """
    body, skip = _body(text, layout, place.workdir)
    names = column_list(len(layout.columns))
    parameters = read_csv_parameters(body, layout.separator, names) | {"skip": skip}
    cursor = place.connection.cursor()
    try:
        rows = _scalar(cursor, f"SELECT count(*) FROM {READ_AND_REJECT}", parameters)
        if _scalar(cursor, "SELECT count(*) FROM reject_errors"):
            return None
    except duckdb.Error:  # a line longer than the reader's buffer; the record-by-record reader names its place
        return None
    whole = "NULL::VARCHAR AS _malformed, NULL::VARCHAR AS _fault"
    sql = f"SELECT *, row_number() OVER () AS _row, {whole} FROM {READ_SOURCE}"
    return rows, RowStream(place.connection, sql, parameters)


def _body(text: Path, layout: Layout, workdir: Path) -> tuple[Path, int]:
    """Return a file and how many of its lines to skip; only a header of exactly one line is skipped in place."""
    if layout.body_line == 2:  # noqa: PLR2004 - one line of header, then the records
        return text, 1
    target = workdir / "body.csv"
    with text.open("rb") as source, target.open("wb") as copy:
        source.seek(layout.body_offset)
        while block := source.read(1 << 20):
            copy.write(block)
    return target, 0


def batch_of_table(
    file: SourceFile, columns: tuple[str, ...], reading: dict[str, str], written: tuple[TableWriter, str], place: Place
) -> FileBatch:
    """Return the batch of a table that a TableWriter wrote with the separator given beside it."""
    table, separator = written
    names = column_list(len(columns))
    parameters = read_csv_parameters(table.path, separator, [*names, "_row", "_malformed", "_fault"])
    sql = f"SELECT * REPLACE (_row::BIGINT AS _row) FROM {READ_TABLE}"
    try:
        rows = _scalar(place.connection.cursor(), f"SELECT count(*) FROM {READ_TABLE}", parameters)
    except duckdb.Error as fault:
        do = "Look for a missing quote or line end"
        raise InputError("a record is longer than 16 MB", where=file.name, do=do) from fault
    if rows != table.rows:
        raise OurMistakeError(f"{table.rows} records were written and {rows} read back", where=file.name)
    return FileBatch(file, columns, reading, table.rows, table.malformed, RowStream(place.connection, sql, parameters))


def _scalar(cursor: duckdb.DuckDBPyConnection, sql: str, parameters: dict[str, object] | None = None) -> int:
    found = cursor.execute(sql, parameters or {}).fetchall()
    return int(found[0][0])
