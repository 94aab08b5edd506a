"""Reads a Parquet file, every column as text."""

from collections.abc import Sequence

import duckdb

from voronka.connectors.files.batch import FileBatch, ReadOptions, RowStream, SourceFile
from voronka.connectors.files.delimited import Place
from voronka.connectors.files.layout import unique_names
from voronka.connectors.files.limits import refuse_long, refuse_wide
from voronka.connectors.files.table import column_list, literal_path
from voronka.domain.errors import InputError

NESTED = ("STRUCT", "MAP", "UNION", "VARIANT")
ZONED = "TIMESTAMP WITH TIME ZONE"
FLOATS = ("DOUBLE", "FLOAT")
SOURCE = "read_parquet($path)"


def read_parquet(file: SourceFile, _: ReadOptions, place: Place) -> FileBatch:
    """Return the batch: nested values as JSON text, times in ISO 8601, those with a zone in UTC with `Z`.

    A column of moments that are midnights alone is one of days, as in other kinds of files.
    """
    parameters: dict[str, object] = {"path": literal_path(file.path)}
    place.connection.execute("SET TimeZone = 'UTC'")
    try:
        described = place.connection.execute(f"DESCRIBE FROM {SOURCE}", parameters).fetchall()
        refuse_wide(file, len(described), place.limits)
        kinds = [str(row[1]) for row in described]
        count, days = _looked_at(kinds, parameters, place)
    except duckdb.Error as fault:
        cause = str(fault).splitlines()[0]
        raise InputError(f"the Parquet file is damaged ({cause})", where=file.name, do="Write it again") from fault
    refuse_long(file, count, place.limits)
    names = column_list(len(kinds))
    shown = zip(names, kinds, days, strict=True)
    values = ", ".join(f"{_as_text(name, kind, is_day=is_day)} AS {name}" for name, kind, is_day in shown)
    sql = (
        f"SELECT {values}, row_number() OVER () AS _row, NULL::VARCHAR AS _malformed, NULL::VARCHAR AS _fault "
        f"FROM {SOURCE} AS source({', '.join(names)})"
    )
    stream = RowStream(place.connection, sql, parameters)
    return FileBatch(file, unique_names([str(row[0]) for row in described]), {"kind": "parquet"}, count, 0, stream)


def _looked_at(kinds: Sequence[str], parameters: dict[str, object], place: Place) -> tuple[int, list[bool]]:
    """Return how many rows there are, and of each column whether it holds moments that are midnights alone."""
    names = column_list(len(kinds))
    asked = [
        f"coalesce(bool_and({name}::TIMESTAMP = date_trunc('day', {name}::TIMESTAMP)), false)"
        if kind.startswith("TIMESTAMP") and kind != ZONED
        else "false"
        for name, kind in zip(names, kinds, strict=True)
    ]
    sql = f"SELECT count(*), {', '.join(asked)} FROM {SOURCE} AS source({', '.join(names)})"
    count, *days = place.connection.execute(sql, parameters).fetchall()[0]
    return int(count), days


def _as_text(name: str, kind: str, *, is_day: bool) -> str:
    if kind.startswith(NESTED) or kind.endswith("]"):
        return f"to_json({name})::VARCHAR"
    if kind == ZONED:
        return f"regexp_replace(replace({name}::VARCHAR, ' ', 'T'), '\\+00(:00)?$', 'Z')"
    if kind.startswith("TIMESTAMP"):
        return f"left({name}::VARCHAR, 10)" if is_day else f"replace({name}::VARCHAR, ' ', 'T')"
    if kind in FLOATS or kind.startswith("DECIMAL"):
        return f"regexp_replace(regexp_replace({name}::VARCHAR, '\\.0+$', ''), '(\\.\\d\\d\\d)$', '\\1' || '0')"
    return f"{name}::VARCHAR"
