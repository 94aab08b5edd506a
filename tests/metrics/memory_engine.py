"""An engine over an in-memory DuckDB, for tests of the metrics."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

import arro3.core as arrow
import duckdb

from voronka.domain.period import Period
from voronka.domain.scope import Scope
from voronka.metrics.answer import Answer
from voronka.metrics.catalogue import Catalogue
from voronka.metrics.definition import Example
from voronka.metrics.examples import example_statements
from voronka.metrics.kept_sums import OFTEN
from voronka.metrics.notation import ExampleEntry
from voronka.metrics.query import Metrics, MetricsCompany
from voronka.metrics.question import Filter, Query

MADE = re.compile(r"CREATE (?:TABLE|VIEW) (\w+)")


class MemoryEngine:
    """Satisfies lake.engine.Engine over tables that a test made."""

    dialect = "duckdb"

    def __init__(self, statements: Sequence[str] = ()) -> None:
        """Make an empty database and run the statements in it."""
        self.connection = duckdb.connect()
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.version = 1
        self.pending: dict[str, str] = {}
        for statement in statements:
            made = MADE.match(statement)
            if made:
                self.pending[made[1]] = statement  # made when first named: most tests name few of the core's tables
            else:
                self._make(statement)
                self.connection.execute(statement)

    def execute(
        self, sql: str, parameters: Mapping[str, Any] | None = None, standing: Mapping[str, str] | None = None
    ) -> arrow.Table:
        """Return the answer, and remember the question."""
        for name, select in (standing or {}).items():
            self._make(select)
            self.connection.execute(f'CREATE OR REPLACE TABLE "{name}" AS {select}')
        self.asked.append((sql, dict(parameters or {})))
        self._make(sql)
        return arrow.Table.from_arrow(self.connection.cursor().sql(sql, params=dict(parameters or {})))

    def columns(self, table: str) -> Sequence[str]:
        """Return the columns of a table."""
        self._make(table)
        found = self.connection.cursor().execute(
            "SELECT column_name FROM duckdb_columns() WHERE table_name = $t ORDER BY column_index", {"t": table}
        )
        return tuple(row[0] for row in found.fetchall())

    def _make(self, sql: str) -> None:
        for name in [name for name in self.pending if name in sql]:
            statement = self.pending.pop(name, None)
            if statement is not None:
                self._make(statement)
                self.connection.execute(statement)

    def data_version(self) -> str:
        """Return the version that the test set."""
        return str(self.version)

    def close(self) -> None:
        """Close the database."""
        self.connection.close()


TODAY = date(2026, 3, 31)


def lake_of(**tables: str) -> MemoryEngine:
    """Return an engine over the core with these tables, written as text with | between cells."""
    entry = ExampleEntry(name="test", given=tables, expect="")
    return MemoryEngine(list(example_statements(Example("test", entry))))


@cache
def built_in() -> Catalogue:
    """Return the built-in metrics."""
    return Catalogue.load()


def metrics_over(
    engine: MemoryEngine, today: date = TODAY, catalogue: Catalogue | None = None, often: int = OFTEN
) -> Metrics:
    """Return the metrics over an engine, on a day given; sums by day are kept after so many questions of a fact."""
    company = MetricsCompany(currency="RUB", today=lambda: today)
    return Metrics(engine, catalogue or built_in(), company, often=often)


def query(*names: str, by: Sequence[str] = (), where: Sequence[str] = (), **more: Any) -> Query:  # noqa: ANN401 - Query's own
    """Return a query of one who sees everything, unless a scope is given."""
    filters = tuple(Filter.parse(text) for text in where)
    return Query(metrics=names, by=tuple(by), where=filters, **({"scope": Scope.everything()} | more))


def march() -> Period:
    """Return March 2026."""
    return Period(date(2026, 3, 1), date(2026, 3, 31))


def column(answer: Answer, key: str, value: str) -> dict[object, object]:
    """Return one value of each row by its key."""
    return {row[key]: row[value] for row in answer.rows}
