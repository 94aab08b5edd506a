"""Reads the exports of the made company as a stranger would: text columns, rows of the wrong length left out."""

import csv
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

HERE = Path(__file__).parent
OLD_RUSSIAN = ("accounting/payments", "marketing/direct")
"""The exports that are written in the encoding of Windows."""
TITLED = ("marketing/direct",)
"""The exports with a line of title above the header."""
COMMAS = ("telephony/calls", "mail/", "messengers/", "marketing/other_ads", "marketing/visits")
"""The exports whose fields stand between commas; those of the others stand between semicolons."""


def read_exports(folder: Path) -> duckdb.DuckDBPyConnection:
    """Return an engine with a table of texts per export (leads_1 and leads_2 are two) and the views of the checks."""
    connection = duckdb.connect()
    for path in sorted((folder / "exports").rglob("*.csv")):
        _read(connection, path, str(path.relative_to(folder / "exports").with_suffix("")))
    for kind in ("calls", "mail", "messages", "meetings", "tasks"):
        _unite(connection, kind)
    connection.execute((HERE / "demo_events.sql").read_text("utf-8"))
    return connection


def _read(connection: duckdb.DuckDBPyConnection, path: Path, name: str) -> None:
    encoding = "cp1251" if name in OLD_RUSSIAN else "utf-8"
    separator = "," if name.startswith(COMMAS) else ";"
    with path.open(encoding=encoding, newline="") as source, TemporaryDirectory() as folder:
        rows = csv.reader(source, delimiter=separator)
        if name in TITLED:
            next(rows)
        header = next(rows)
        whole = Path(folder) / "whole.csv"
        with whole.open("w", encoding="utf-8", newline="") as copy:
            csv.writer(copy).writerows([header, *(row for row in rows if len(row) == len(header))])
        table = name.split("/")[1]
        connection.execute(
            f"CREATE TABLE {table} AS FROM read_csv($path, header = true, delim = ',', all_varchar = true)",
            {"path": str(whole)},
        )


def _unite(connection: duckdb.DuckDBPyConnection, kind: str) -> None:
    names = [name for (name,) in connection.execute("SELECT table_name FROM duckdb_tables() ORDER BY ALL").fetchall()]
    found = [name for name in names if name.startswith(f"{kind}_2")]
    parts = " UNION ALL ".join(f"FROM {table}" for table in found)
    connection.execute(f"CREATE VIEW {kind} AS {parts}")
