"""Asks every question in both ways, checks that the answers are equal, and takes the times of both in turns."""

import math
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

import duckdb

from benchmarks.cases import CASES, Case
from benchmarks.generate import TODAY
from voronka.bootstrap import LAKE, catalogue
from voronka.domain.model import tables
from voronka.lake.delta import DeltaStore
from voronka.lake.duckdb_engine import DuckDBEngine
from voronka.lake.session import select_files
from voronka.metrics.cache import AnswerCache
from voronka.metrics.query import Answer, Metrics, MetricsCompany
from voronka.settings import load_settings
from voronka.transform.runner import views

ROUNDS = 7
WARM = 2
RELATIVE = 1e-9
Table = dict[tuple[object, ...], dict[str, object]]


@dataclass(frozen=True)
class Times:
    """The milliseconds of one way: median and least of the clock, median of the processors."""

    wall: float
    best: float
    cpu: float


@dataclass(frozen=True)
class Asked:
    """One question: times of the whole way, its SQL alone, the SQL by hand, a kept answer, and what differs."""

    name: str
    compiled: Times
    statement: Times
    by_hand: Times
    kept: Times
    differs: str

    @property
    def ratio(self) -> float:
        """Return how much longer the whole way takes than the SQL by hand."""
        return self.compiled.wall / self.by_hand.wall


def ask_all(folder: Path, rounds: int = ROUNDS) -> Iterable[Asked]:
    """Ask every case of the company in `folder` and yield what it took."""
    metrics, keeping, hand = _metrics(folder, _no_cache()), _metrics(folder, AnswerCache()), _connected(folder)
    for case in CASES:
        differs = difference(_of_answer(case, metrics.query(case.query)), _of_hand(case, _rows(hand, case.by_hand)))
        ways: list[Callable[[], object]] = [*_ways(case, metrics, hand), partial(keeping.query, case.query)]
        compiled, alone, by_hand, kept = _in_turns(ways, rounds)
        yield Asked(case.name, compiled, alone, by_hand, kept, differs)


def _ways(case: Case, metrics: Metrics, hand: duckdb.DuckDBPyConnection) -> tuple[Callable[[], object], ...]:
    """Return the whole way through Voronka, its SQL alone on the plain connection, and the SQL by hand there."""
    question = metrics._question(case.query, TODAY, "")  # noqa: SLF001 - nobody else asks for the SQL alone
    statement = metrics._compiled(question)  # noqa: SLF001 - the same
    return (
        lambda: metrics.query(case.query),
        lambda: _rows(hand, statement.sql, statement.parameters),
        lambda: _rows(hand, case.by_hand),
    )


def _in_turns(ways: Iterable[Callable[[], object]], rounds: int) -> list[Times]:
    taken: list[list[tuple[float, float]]] = [[] for _ in ways]
    for number in range(WARM + rounds):
        for way, found in zip(ways, taken, strict=True):
            wall, cpu = time.perf_counter(), time.process_time()
            way()
            if number >= WARM:
                found.append((1000 * (time.perf_counter() - wall), 1000 * (time.process_time() - cpu)))
    walls = [[wall for wall, _ in found] for found in taken]
    cpus = [[cpu for _, cpu in found] for found in taken]
    return [Times(median(wall), min(wall), median(cpu)) for wall, cpu in zip(walls, cpus, strict=True)]


def _metrics(folder: Path, cache: AnswerCache[Answer]) -> Metrics:
    settings = load_settings(folder)
    engine = DuckDBEngine(DeltaStore(folder / LAKE), views())
    company = MetricsCompany(settings.currency, lambda: TODAY, settings.time_zone)
    return Metrics(engine, catalogue(folder, settings), company, cache=cache)


def _no_cache() -> AnswerCache[Answer]:
    class Forgetful(AnswerCache[Answer]):
        """Keeps nothing, and is not taken for no cache at all."""

        def __bool__(self) -> bool:
            return True

    return Forgetful(0)


def _connected(folder: Path) -> duckdb.DuckDBPyConnection:
    """Return a connection of its own with the core's tables as views over the very same files."""
    store, connection = DeltaStore(folder / LAKE), duckdb.connect()
    connection.execute("SET TimeZone = 'UTC'")
    connection.execute("SET GLOBAL parquet_metadata_cache = true")  # as Voronka's own engine has it
    for name in (name for name, table in tables().items() if not table.view):
        files = store.read(f"core/{name}")
        if files is not None:
            connection.execute(f"CREATE VIEW {name} AS {select_files(files)}")
    for name in ("fct_calls", "fct_emails", "fct_tasks", "fct_meetings"):
        connection.execute(f"CREATE VIEW {name} AS {views()[name]}")
    return connection


def _rows(
    connection: duckdb.DuckDBPyConnection, sql: str, parameters: Mapping[str, Any] | None = None
) -> list[dict[str, Any]]:
    cursor = connection.execute(sql, dict(parameters) if parameters else None)
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _of_answer(case: Case, answer: Answer) -> Table:
    rows = [{**row, "total": 0} for row in answer.rows] if case.query.by else []
    return _keyed(case, [*rows, {**answer.totals, "total": 1}])


def _of_hand(case: Case, rows: list[dict[str, Any]]) -> Table:
    return _keyed(case, rows)


def _keyed(case: Case, rows: Iterable[Mapping[str, object]]) -> Table:
    keys = [f"{name}_id" if name in {"employee", "team", "channel"} else name for name in case.query.by]
    hidden = {*keys, *case.query.by, "total"}
    return {
        (row["total"], *(row.get(key) for key in keys)): {k: v for k, v in row.items() if k not in hidden}
        for row in rows
    }


def difference(one: Table, other: Table) -> str:
    """Return in words where two answers first differ, '' where they are equal."""
    if one.keys() != other.keys():
        return f"keys: {len(one)} and {len(other)}, such as {next(iter(one.keys() ^ other.keys()))}"
    for key, values in one.items():
        for name in values.keys() | other[key].keys():
            if not _equal(values.get(name), other[key].get(name)):
                return f"{name} at {key}: {values.get(name)} and {other[key].get(name)}"
    return ""


def _equal(one: object, other: object) -> bool:
    if isinstance(one, (int, float, Decimal)) and isinstance(other, (int, float, Decimal)):
        return math.isclose(float(one), float(other), rel_tol=RELATIVE, abs_tol=RELATIVE)
    return one == other


def now() -> str:
    """Return the time of the run."""
    return datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
