"""The engine's seam: what the rooms to the right may ask of whatever runs SQL."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import arro3.core as arrow


class Engine(Protocol):
    """Runs one SQL statement, written in DuckDB's dialect, over the tables of the core."""

    dialect: str

    def execute(
        self, sql: str, parameters: Mapping[str, Any] | None = None, standing: Mapping[str, str] | None = None
    ) -> arrow.Table:
        """Return the answer of `sql` as an Arrow table; `$name` in the statement takes `parameters["name"]`.

        `standing` are tables that it may name beside the core's, by name the SELECT of each: made when first named, and
        kept while the core stands as it is.
        """
        ...

    def columns(self, table: str) -> Sequence[str]:
        """Return the names of the columns of a core table or view, () where there is no such table."""
        ...

    def data_version(self) -> str:
        """Return a text that changes whenever the core's data do."""
        ...

    def close(self) -> None:
        """Give the engine's memory back."""
        ...
