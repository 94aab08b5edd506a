"""Reads a delimited text at once with the engine, where every record is one whole line and nothing is doubtful."""

from collections.abc import Collection, Sequence
from pathlib import Path

import duckdb

from voronka.connectors.files.batch import RowStream
from voronka.connectors.files.characters import ENGINE_HINT
from voronka.connectors.files.closing_rows import ENGINE_TOTAL, Kind, RowKinds
from voronka.connectors.files.encodings import BLOCK_BYTES
from voronka.connectors.files.layout import NO_SEPARATOR, Layout, sampled
from voronka.connectors.files.row_ends import RowEnds
from voronka.connectors.files.table import READ_AND_REJECT, READ_SOURCE, column_list, read_csv_parameters
from voronka.connectors.files.text import PlainText, utf8_copy

WORDY_ROWS_MAX = 1000
LONGEST_BYTES = 4 << 20  # lines that may be longer are looked at one by one, where the limit is known
TAIL_BYTES = 1 << 16
SAMPLE_FOR_SHAPE = 60
UNUSUAL_CELL = r'(?m:^="|^[ \t]+"|"[ \t]+$)'


def read_whole(
    text: PlainText,
    layout: Layout,
    learned: tuple[RowKinds, RowEnds],
    connection: duckdb.DuckDBPyConnection,
    workdir: Path,
) -> tuple[int, RowStream] | None:
    """Return the number of rows and the stream, None where the records have to be looked at one by one.

    `learned`: what the first rows told of the kinds of rows and of how they end. The first pass counts; the second
    numbers the rows while they are taken.
    """
    kinds, ends = learned
    if ends.spare or ends.tail:  # the engine would keep a fault for each of these values
        return None
    if (
        text.scan.longest > LONGEST_BYTES
        or layout.separator == NO_SEPARATOR
        or text.scan.zeros
        or text.scan.line_end is None
    ):
        return None
    if not (text.scan.is_utf8 if text.encoding.is_utf8 else text.encoding.is_single_byte):
        return None
    found = _body(text, layout, workdir)
    if found is None or _has_remark_at_end(found[0], layout, kinds):
        return None
    names = column_list(len(layout.columns))
    parameters = read_csv_parameters(found[0], layout.separator, names, LONGEST_BYTES + 2 * BLOCK_BYTES)
    parameters |= {"skip": found[1]}
    blank = names[ends.named :] if ends.is_open else []
    rows = _count(connection.cursor(), (names, blank), parameters, kinds)
    if rows is None or rows != _lines(text) - layout.body_line + 1:
        return None
    whole = "NULL::VARCHAR AS _malformed, NULL::VARCHAR AS _fault"
    number = f"row_number() OVER () + {layout.body_line - 1} AS _row"
    return rows, RowStream(connection, f"SELECT *, {number}, {whole} FROM {READ_SOURCE}", parameters)


def _lines(text: PlainText) -> int:
    return text.scan.lines + (0 if text.scan.ends_line else 1)


def learned_kinds(layout: Layout, lines: Sequence[str], known: Collection[str]) -> RowKinds:
    """Return what tells rows apart, having learned from the first `lines` of the text."""
    kinds = RowKinds(layout.header, known)
    for record in sampled(lines[layout.body_line - 1 : layout.body_line + SAMPLE_FOR_SHAPE], layout.separator):
        is_lone = not any(cell.strip() for cell in record.cells[1:]) and len(layout.columns) > 1
        if kinds.of(record.cells) is Kind.DATA and not is_lone:
            kinds.learn(record.cells)
    return kinds


def _body(text: PlainText, layout: Layout, workdir: Path) -> tuple[Path, int] | None:
    """Return a UTF-8 file and how many of its lines to skip; only a header on the first line is skipped in place."""
    is_plain = text.encoding.is_utf8 and text.scan.line_end == "\n"  # of other ends the engine loses lines
    if is_plain and layout.body_line == 2:  # noqa: PLR2004 - one line of header, then the records
        return text.path, 1
    target = workdir / "body.csv"
    return (target, 0) if utf8_copy(text, layout.body_line - 1, target) else None


def _has_remark_at_end(body: Path, layout: Layout, kinds: RowKinds) -> bool:
    with body.open("rb") as source:
        source.seek(max(0, body.stat().st_size - TAIL_BYTES))
        lines = source.read().decode("utf-8", "ignore").split("\n")
    last = next((line for line in reversed(lines) if line.strip()), "")
    cells = last.split(layout.separator)
    return kinds.may_close(cells, is_whole=len(cells) == len(layout.columns))


def _count(
    cursor: duckdb.DuckDBPyConnection,
    columns: tuple[Sequence[str], Sequence[str]],
    parameters: dict[str, object],
    kinds: RowKinds,
) -> int | None:
    """Return the number of records, None where one is not whole, is doubtful, or is no record.

    `columns`: their names, and those of the columns without a name that must be blank.
    """
    names, blank = columns
    text = f"concat_ws(chr(10), {', '.join(names)})"
    hint = f"{ENGINE_HINT}|{UNUSUAL_CELL}|{ENGINE_TOTAL}".replace("'", "''")
    wordy = "NOT regexp_matches(t, '[0-9]')"
    if not kinds.has_wordy_header:
        wordy = f"({wordy} OR c0 = {_literal(kinds.header[0])})"
    if kinds.is_first_filled:
        wordy = f"({wordy} OR trim(c0) = '')"
    filled = "".join(f" OR trim({name}) <> ''" for name in blank)
    try:
        rows, doubtful, words, sample = cursor.execute(
            f"SELECT count(*), count(*) FILTER (regexp_matches(t, '{hint}'){filled}), count(*) FILTER ({wordy}), "
            f"min(t, {WORDY_ROWS_MAX}) FILTER ({wordy}) FROM (SELECT *, {text} AS t FROM {READ_AND_REJECT})",
            parameters,
        ).fetchall()[0]
        if doubtful or words > WORDY_ROWS_MAX or cursor.execute("SELECT count(*) FROM reject_errors").fetchall()[0][0]:
            return None
    except duckdb.Error:  # a line longer than the reader's buffer; the record-by-record reader names its place
        return None
    cells = [each.split("\n") for each in sample or ()]
    are_data = all(kinds.of(each) is Kind.DATA and not kinds.is_lone(each) for each in cells)
    return int(rows) if are_data else None


def _literal(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
