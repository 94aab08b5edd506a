"""Writes tables as systems export them: separators, encodings, dates, decimal marks, a line of title above."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
import xlsxwriter  # type: ignore[import-untyped]
from duckdb import CaseExpression, ColumnExpression, ConstantExpression, Expression, FunctionExpression

from voronka.demo.leads import NEVER
from voronka.demo.rows import Array, Rows

NOTHING = -1
"""A whole number that is written as an empty field."""
_BLOCK = 1 << 22


@dataclass(frozen=True)
class Style:
    """How a system writes its exports; `title` is a line above the header."""

    separator: str = ";"
    times: str = "%d.%m.%Y %H:%M:%S"
    days: str = "%d.%m.%Y"
    decimal: str = "."
    encoding: str = "utf-8"
    title: str = ""


RUSSIAN = Style()
ISO = Style(",", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d")
OLD_RUSSIAN = Style(decimal=",", encoding="cp1251")


def moments(values: Array) -> Array:
    """Return seconds since 1970 as times; what never comes is empty."""
    found = values.astype("M8[s]")
    found[values >= NEVER] = np.datetime64("NaT")
    return found


def days(values: Array) -> Array:
    """Return days since 1970 as dates; the far future (an open end) is empty."""
    found = values.astype("M8[D]")
    found[values >= 60_000] = np.datetime64("NaT")  # noqa: PLR2004 - people.FOREVER
    return found


def engine() -> duckdb.DuckDBPyConnection:
    """Return an engine that formats tables: on one thread, so that rows keep their order."""
    return duckdb.connect(config={"threads": 1})


def write_csv(
    connection: duckdb.DuckDBPyConnection, path: Path, rows: Rows, style: Style, more: tuple[str, ...] = ()
) -> int:
    """Write a table and return its number of rows; `more` are lines put at its end as they stand.

    Times are M8[s], days M8[D], NOTHING among whole numbers and NaN among others are empty fields.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="voronka-") as folder:
        plain = Path(folder) / "table.csv"
        connection.register("made", {name: _plain(column) for name, column in rows.columns.items()})
        try:
            shown = [_shown(name, column, style).alias(name) for name, column in rows.columns.items()]
            connection.view("made").select(*shown).write_csv(str(plain), sep=style.separator, header=True)
        finally:
            connection.unregister("made")
        _land(plain, path, style, more)
    return len(rows) + len(more)


def _plain(column: Array) -> Array:
    """Return a column as the engine takes it: it knows seconds, not days."""
    return column.astype("M8[s]") if column.dtype == np.dtype("M8[D]") else column


def _shown(name: str, column: Array, style: Style) -> Expression:
    value = ColumnExpression(name)
    match column.dtype.kind:
        case "M":
            form = style.days if column.dtype == np.dtype("M8[D]") else style.times
            return FunctionExpression("strftime", value, ConstantExpression(form))
        case "f":
            text = FunctionExpression("format", ConstantExpression("{:.2f}"), value)
            dotted = (
                text if style.decimal == "." else FunctionExpression("replace", text, *map(ConstantExpression, ".,"))
            )
            return CaseExpression(~FunctionExpression("isnan", value), dotted)
        case "i":
            return CaseExpression(value != ConstantExpression(NOTHING), value)
        case _:
            return value


def _land(plain: Path, path: Path, style: Style, more: tuple[str, ...]) -> None:
    with (
        plain.open(encoding="utf-8", newline="") as source,
        path.open("w", encoding=style.encoding, newline="") as copy,
    ):
        if style.title:
            copy.write(f"{style.title}\n")
        while block := source.read(_BLOCK):
            copy.write(block)
        copy.writelines(f"{line}\n" for line in more)


def write_workbook(path: Path, sheet: str, rows: Rows) -> int:
    """Write a table as a workbook of one sheet and return its number of rows."""
    path.parent.mkdir(parents=True, exist_ok=True)
    book = xlsxwriter.Workbook(str(path), {"constant_memory": False})
    # a workbook tells when it was made: the same plan must make the same bytes
    book.set_properties({"created": np.datetime64("2026-01-01T00:00:00", "s").astype(object)})
    page = book.add_worksheet(sheet)
    bold, dated = book.add_format({"bold": True}), book.add_format({"num_format": "dd.mm.yyyy"})
    for place, (name, column) in enumerate(rows.columns.items()):
        page.write_string(0, place, name, bold)
        is_day = column.dtype.kind == "M"
        for line, value in enumerate(column.astype("M8[D]").tolist() if is_day else column.tolist(), start=1):
            if is_day:
                page.write_datetime(line, place, value, dated)
            elif value is not None:
                page.write(line, place, value)
    page.set_column(0, len(rows.columns) - 1, 18)
    book.close()
    return len(rows)
