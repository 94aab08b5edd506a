"""An engine over an in-memory DuckDB, for tests of the metrics."""

from collections.abc import Mapping, Sequence
from typing import Any

import arro3.core as arrow
import duckdb


class MemoryEngine:
    """Satisfies lake.engine.Engine over tables that a test made."""

    dialect = "duckdb"

    def __init__(self, statements: Sequence[str] = ()) -> None:
        """Make an empty database and run the statements in it."""
        self.connection = duckdb.connect()
        self.asked: list[str] = []
        self.version = 1
        for statement in statements:
            self.connection.execute(statement)

    def execute(self, sql: str, parameters: Mapping[str, Any] | None = None) -> arrow.Table:
        """Return the answer, and remember the question."""
        self.asked.append(sql)
        return arrow.Table.from_arrow(self.connection.cursor().sql(sql, params=dict(parameters or {})))

    def columns(self, table: str) -> Sequence[str]:
        """Return the columns of a table."""
        found = self.connection.cursor().execute(
            "SELECT column_name FROM duckdb_columns() WHERE table_name = $t ORDER BY column_index", {"t": table}
        )
        return tuple(row[0] for row in found.fetchall())

    def data_version(self) -> str:
        """Return the version that the test set."""
        return str(self.version)
