"""Reads a delimited text: fast where every record is whole, record by record where one is not."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import duckdb

from voronka.connectors.files.batch import FileBatch, ReadOptions, RowStream, SourceFile
from voronka.connectors.files.characters import INVISIBLE, UNSEEN
from voronka.connectors.files.layout import NO_SEPARATOR, Layout, find_layout, sampled
from voronka.connectors.files.limits import refuse_wide
from voronka.connectors.files.records import RecordReader
from voronka.connectors.files.row_ends import learned_ends
from voronka.connectors.files.stated_counts import counts_above
from voronka.connectors.files.table import (
    BYTES_OF_A_CHARACTER,
    READ_TABLE,
    TableWriter,
    column_list,
    read_csv_parameters,
)
from voronka.connectors.files.table_body import TableBody
from voronka.connectors.files.text import PlainText, plain_text
from voronka.connectors.files.whole_text import learned_kinds, read_whole
from voronka.domain.errors import InputError, OurMistakeError
from voronka.domain.flags import Flag
from voronka.settings import LimitSettings

MISFITS_MIN = 2
BLANK_TAIL_MIN = 20  # columns; a range that was used once and is empty now, not a value that was shifted
MARK = "\ufeff"


@dataclass(frozen=True)
class Place:
    """Where a file is read: the connector's own connection, the folder for copies, how large the file may be."""

    connection: duckdb.DuckDBPyConnection
    workdir: Path
    limits: LimitSettings = field(default_factory=LimitSettings)


def read_delimited(file: SourceFile, options: ReadOptions, place: Place) -> FileBatch:
    """Return the batch of a CSV file, whatever its encoding and separator."""
    text = plain_text(file, options.encoding)
    lines = text.head()
    whole_layout = find_layout(file, lines, options)
    first = [record.cells for record in sampled(lines[whole_layout.body_line - 1 :], whole_layout.separator)]
    layout = _without_blank_tail(whole_layout, first)
    refuse_wide(file, len(layout.columns), place.limits)
    tail = len(whole_layout.columns) - len(layout.columns)
    reading = _reading(text, layout)
    kinds = learned_kinds(layout, lines, options.known)
    ends = learned_ends(len(layout.columns), layout.named_columns, first, tail)
    whole = read_whole(text, layout, (kinds, ends), place.connection, place.workdir)
    if whole:
        rows, stream = whole
        above = counts_above(_titles(lines, layout), rows)
        return FileBatch(file, layout.columns, reading, rows, 0, stream, (*_header_flags(layout), *above))
    table = TableWriter(place.workdir / "records.csv", len(layout.columns), layout.separator)
    with table, text.open(keeps_ends=text.usual_end is not None) as source:
        body = TableBody(table, layout.header, options.known)
        RecordReader(text, layout, table, body, ends).read(file, source, place.limits.field_characters)
        flags = body.end()
    _refuse_all_aside(file, table, layout)
    told = reading | {name: str(count) for name, count in body.left_out().items() if count}
    batch = batch_of_table(file, layout.columns, told, (table, layout.separator), place)
    above = counts_above(_titles(lines, layout), table.rows)
    return replace(batch, flags=(*_header_flags(layout), *above, *flags), totals=body.totals)


def _titles(lines: Sequence[str], layout: Layout) -> list[tuple[int, list[str]]]:
    """Return the lines above the header with their numbers, split as the rows are."""
    return [
        (number, [cell.strip(' "') for cell in line.split(layout.separator)])
        for number, line in enumerate(lines[: layout.header_line - 1], start=1)
    ]


def _without_blank_tail(layout: Layout, records: Sequence[Sequence[str]]) -> Layout:
    """Return the layout without many columns at its end that have neither a name nor a value in the first records."""
    named = layout.named_columns
    has_values = any(cell.strip() for cells in records for cell in cells[named:])
    if len(layout.columns) - named < BLANK_TAIL_MIN or has_values:
        return layout
    return replace(layout, header=layout.header[:named], columns=layout.columns[:named])


def _reading(text: PlainText, layout: Layout) -> dict[str, str]:
    separator = {} if layout.separator == NO_SEPARATOR else {"separator": layout.separator}
    return {
        "kind": "csv",
        "encoding": text.encoding.iana,
        "encoding_reason": text.encoding.reason,
        **separator,
        "separator_reason": layout.reason,
        "header_row": str(layout.header_line),
    }


def _header_flags(layout: Layout) -> tuple[Flag, ...]:
    if UNSEEN.search(layout.text.removeprefix(MARK)):
        return (Flag(INVISIBLE, "characters that nobody sees were taken out of the header", 0, (layout.header_line,)),)
    return ()


def _refuse_all_aside(file: SourceFile, table: TableWriter, layout: Layout) -> None:
    """Refuse a file none of whose records has as many values as the header: header and records do not fit."""
    if table.misfits == table.rows >= MISFITS_MIN:
        raise InputError(
            f"no record has as many values as the header has columns ({len(layout.columns)})",
            where=f"{file.name}, line {layout.header_line}",
            do="Check the header and the separator, or that values with the separator in them stand in quotes",
        )


def batch_of_table(
    file: SourceFile, columns: tuple[str, ...], reading: dict[str, str], written: tuple[TableWriter, str], place: Place
) -> FileBatch:
    """Return the batch of a table that a TableWriter wrote with the separator given beside it."""
    table, separator = written
    names = column_list(len(columns))
    parameters = read_csv_parameters(
        table.path, separator, [*names, "_row", "_malformed", "_fault"], table.longest * BYTES_OF_A_CHARACTER
    )
    sql = f"SELECT * REPLACE (_row::BIGINT AS _row) FROM {READ_TABLE}"
    try:
        rows = _scalar(place.connection.cursor(), f"SELECT count(*) FROM {READ_TABLE}", parameters)
    except duckdb.Error as fault:
        do = "Look for a missing quote or line end"
        raise InputError("a record is too long for the reader", where=file.name, do=do) from fault
    if rows != table.rows:
        raise OurMistakeError(f"{table.rows} records were written and {rows} read back", where=file.name)
    return FileBatch(file, columns, reading, table.rows, table.malformed, RowStream(place.connection, sql, parameters))


def _scalar(cursor: duckdb.DuckDBPyConnection, sql: str, parameters: dict[str, object] | None = None) -> int:
    found = cursor.execute(sql, parameters or {}).fetchall()
    return int(found[0][0])
