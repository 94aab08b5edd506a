"""An engine over tables in memory alone: what a worked example gives is asked there."""

from collections.abc import Mapping, Sequence
from typing import Any

import arro3.core as arrow
import duckdb

from voronka.domain.errors import DefinitionError
from voronka.lake.session import Session


class MemoryEngine:
    """Satisfies lake.engine.Engine over the tables that its statements make; nothing is read or written beside them."""

    dialect = "duckdb"

    def __init__(self, statements: Sequence[str]) -> None:
        """Run the statements (CREATE TABLE, INSERT) in an empty database; DefinitionError where one cannot be run."""
        self._session = Session()
        self._standing: set[str] = set()
        try:
            for statement in statements:
                self._session.run(statement)
        except duckdb.Error as fault:
            self.close()
            message = f"The given rows cannot be read: {str(fault).splitlines()[0]}"
            raise DefinitionError(message, do="Write values as the tables' columns hold them") from fault

    def execute(
        self, sql: str, parameters: Mapping[str, Any] | None = None, standing: Mapping[str, str] | None = None
    ) -> arrow.Table:
        """Return the answer of a statement as an Arrow table."""
        for name, select in (standing or {}).items():
            if name not in self._standing:
                self._session.make(name, select)
                self._standing.add(name)
        return self._session.answer(sql, parameters)

    def columns(self, table: str) -> Sequence[str]:
        """Return the names of a table's or view's columns, () where there is no such table."""
        sql = "SELECT table_name FROM information_schema.tables WHERE table_name = $name"
        made = self._session.rows(sql, {"name": table})
        return tuple(self._session.columns(table)) if made else ()

    def data_version(self) -> str:
        """Return a text that never changes: neither do the tables."""
        return "memory"

    def close(self) -> None:
        """Give the memory back."""
        self._session.close()
