"""Reads a Parquet file, every column as text."""

import duckdb

from voronka.connectors.files.batch import FileBatch, ReadOptions, RowStream, SourceFile
from voronka.connectors.files.delimited import Place
from voronka.connectors.files.layout import unique_names
from voronka.connectors.files.table import column_list, literal_path
from voronka.domain.errors import InputError

NESTED = ("STRUCT", "MAP", "UNION", "VARIANT")


def read_parquet(file: SourceFile, _: ReadOptions, place: Place) -> FileBatch:
    """Return the batch: nested values as JSON text, times in ISO 8601 with `T`, those with a zone in UTC."""
    parameters: dict[str, object] = {"path": literal_path(file.path)}
    place.connection.execute("SET TimeZone = 'UTC'")
    try:
        described = place.connection.execute("DESCRIBE FROM read_parquet($path)", parameters).fetchall()
        count = place.connection.execute("SELECT count(*) FROM read_parquet($path)", parameters).fetchall()[0][0]
    except duckdb.Error as fault:
        cause = str(fault).splitlines()[0]
        raise InputError(f"the Parquet file is damaged ({cause})", where=file.name, do="Write it again") from fault
    source = column_list(len(described))
    values = ", ".join(_as_text(name, str(row[1])) for name, row in zip(source, described, strict=True))
    sql = (
        f"SELECT {values}, row_number() OVER () AS _row, NULL::VARCHAR AS _malformed, NULL::VARCHAR AS _fault "
        f"FROM read_parquet($path) AS source({', '.join(source)})"
    )
    stream = RowStream(place.connection, sql, parameters)
    columns = unique_names([str(row[0]) for row in described])
    return FileBatch(file, columns, {"kind": "parquet"}, int(count), 0, stream)


def _as_text(name: str, kind: str) -> str:
    if kind.startswith(NESTED) or kind.endswith("]"):
        return f"to_json({name})::VARCHAR AS {name}"
    if kind.startswith("TIMESTAMP"):
        return f"replace({name}::VARCHAR, ' ', 'T') AS {name}"
    return f"{name}::VARCHAR AS {name}"
