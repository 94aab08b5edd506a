"""A DuckDB connection with tables of the lake registered as views: where imports and builds do their work."""

import itertools
import os
import re
import shutil
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from weakref import WeakSet, finalize

import arro3.core as arrow
import duckdb
from arro3.core import Table
from arro3.core.types import ArrowStreamExportable

from voronka.domain.disk_faults import disk_told
from voronka.domain.errors import RetryError
from voronka.lake.delta import DeltaStore, TableFiles
from voronka.lake.patience import AGAIN_SECONDS, Patience

_MEMORY_MOST = 3 * 2**30

_FEW = 20_000
"""The rows up to which an answer is cheaper made of Python's values than planned a second time for Arrow."""

_PLAIN = {
    "BIGINT": arrow.DataType.int64(),
    "INTEGER": arrow.DataType.int32(),
    "DOUBLE": arrow.DataType.float64(),
    "BOOLEAN": arrow.DataType.bool(),
    "VARCHAR": arrow.DataType.string(),
}
_DAY_ZERO = date(1970, 1, 1).toordinal()
_TIME_ZERO = datetime(1970, 1, 1)  # noqa: DTZ001 - UTC without a zone, as everywhere in the house
_MICROSECOND = timedelta(microseconds=1)

_SMALL = 4 * 2**20
"""The bytes of files up to which a table is cheaper copied into memory once than planned over its files each time."""


_STOPPING_SECONDS = 10.0
"""How long the statements under way may take to stop: the engine looks for an interrupt between its pieces of work."""

_ENDLESS = Patience(0)


@dataclass(frozen=True)
class Limits:
    """What the engine may use: memory ('' = half the machine's, 3 GB at most), threads (0 = all), where it spills.

    Every session spills into a folder of its own below that one, so that processes do not share files. The memory is
    divided among `sharers`, and so are the machine's processors where `threads` says nothing: the processes of one
    server together take no more than one alone.
    """

    memory: str = ""
    threads: int = 0
    spill: Path | None = None
    sharers: int = 1

    def bytes_each(self) -> int:
        """Return the memory of one of the sharers."""
        return _bytes_of(self.memory) // self.sharers

    def threads_each(self) -> int:
        """Return the threads of one of the sharers, 0 for as many as there are processors."""
        if self.threads or self.sharers == 1:
            return self.threads
        return max(1, (os.cpu_count() or 1) // self.sharers)


class Session:
    """One connection; every thread works on its own cursor of it."""

    def __init__(self, limits: Limits = Limits(), *, joins_lists: bool = True) -> None:
        self._spill = None if limits.spill is None else own_folder(limits.spill)
        self._connection = duckdb.connect(":memory:", config=_config(limits, self._spill))
        self._connection.execute("SET TimeZone = 'UTC'")
        if not joins_lists:
            # staging: a list of nine words would become a join, which is made even for a column that nobody reads
            self._connection.execute("SET disabled_optimizers = 'in_clause'")
        self._local = threading.local()
        self._cursors: WeakSet[duckdb.DuckDBPyConnection] = WeakSet()
        self._large: set[int] = set()
        self._lock = threading.Lock()
        self._is_closed = False
        # a session that nobody closes, such as that of a snapshot which is not the newest, leaves no files either
        self._clear = None if self._spill is None else finalize(self, shutil.rmtree, self._spill, ignore_errors=True)

    def close(self) -> None:
        """Stop what runs, in other threads too, and give the memory and the disk back; RetryError if it won't stop.

        Whoever asks from then on, or was interrupted, is told so by a RetryError.
        """
        self._is_closed = True
        until = time.monotonic() + _STOPPING_SECONDS
        while not self._is_disconnected():
            if time.monotonic() > until:
                raise RetryError("a statement under way does not stop", do="Wait, or end the process")
            self.interrupt()
            time.sleep(AGAIN_SECONDS)  # there is nothing to wait on: the engine refuses to close and tells no more
        if self._clear is not None:
            self._clear()

    def interrupt(self) -> None:
        """Stop the statements under way in all threads; whoever asked is told so by a RetryError."""
        with self._lock:
            cursors = list(self._cursors)
        for cursor in cursors:
            with suppress(duckdb.ConnectionException):  # closed meanwhile
                cursor.interrupt()

    def run(self, sql: str, parameters: Mapping[str, Any] | None = None) -> None:
        """Run a statement whose answer is not wanted."""
        with self._told():
            self._cursor().execute(sql, dict(parameters) if parameters else None).fetchall()

    def rows(self, sql: str, parameters: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
        """Return the answer's rows as dicts."""
        with self._told():
            cursor = self._cursor().execute(sql, dict(parameters) if parameters else None)
            names = [column[0] for column in cursor.description or ()]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def value(self, sql: str, parameters: Mapping[str, Any] | None = None) -> Any:  # noqa: ANN401 - any SQL type
        """Return the first column of the answer's first row, None where there is no row."""
        with self._told():
            found = self._cursor().execute(sql, dict(parameters) if parameters else None).fetchall()
        return found[0][0] if found else None

    def stream(self, sql: str, parameters: Mapping[str, Any] | None = None) -> ArrowStreamExportable:
        """Return the answer as an Arrow stream, made while it is read."""
        with self._told():
            return self._open().sql(sql, params=dict(parameters) if parameters else None)

    def answer(
        self, sql: str, parameters: Mapping[str, Any] | None = None, patience: Patience = _ENDLESS
    ) -> arrow.Table:
        """Return the whole answer as an Arrow table; QuestionError where it takes longer than there is patience."""
        with self._told(), self._open() as cursor, patience.over(cursor):
            few = None if hash(sql) in self._large else _few(cursor, sql, parameters, _FEW)
            if few is not None:
                return few
            self._large.add(hash(sql))  # asked again, it is run once
            cursor.abort()  # of an answer that is not small, the rows that were not read
            return _whole(cursor, sql, parameters)

    def arrow(self, sql: str, parameters: Mapping[str, Any] | None = None) -> arrow.Table:
        """Return the whole answer as an Arrow table."""
        with self._told(), self._open() as cursor:
            return _whole(cursor, sql, parameters)

    def few(self, sql: str, parameters: Mapping[str, Any] | None = None, most: int = _FEW) -> Table | None:
        """Return the answer as an Arrow table if it has at most so many rows, of plain types.

        The statement is planned once; `arrow` has it planned twice, which takes longer than a small answer's values.
        """
        with self._told(), self._open() as cursor:
            return _few(cursor, sql, parameters, most)

    def columns(self, name: str) -> list[str]:
        """Return the names of a table's or view's columns."""
        return [row["column_name"] for row in self.rows(f"DESCRIBE {quoted(name)}")]

    def make(self, name: str, select: str) -> None:
        """Make a table of what a SELECT gives."""
        self.run(f"CREATE OR REPLACE TABLE {quoted(name)} AS {select}")

    def take(self, name: str, data: ArrowStreamExportable) -> None:
        """Copy an Arrow stream into a temporary table of this name."""
        with self._told():
            cursor = self._open()
            cursor.register("voronka_incoming", data)
            cursor.execute(f"CREATE OR REPLACE TABLE {quoted(name)} AS SELECT * FROM voronka_incoming").fetchall()
            cursor.unregister("voronka_incoming")

    def register(self, name: str, table: TableFiles, also: Iterable[tuple[str, str]] = ()) -> None:
        """Make a table of the lake readable under this name, with columns of `also` that it lacks, without values."""
        known = {column.casefold() for column, _ in table.columns}
        lacked = "".join(f", CAST(NULL AS {kind}) AS {quoted(c)}" for c, kind in also if c.casefold() not in known)
        select = f"SELECT *{lacked} FROM ({select_files(table)})" if lacked else select_files(table)
        self.run(f"CREATE OR REPLACE VIEW {quoted(name)} AS {select}")

    def keep(self, name: str, table: TableFiles) -> None:
        """Make a table of the lake readable under this name for many statements; its files must not change.

        A small one is copied into memory. Of another one, files that all have the same columns are not compared with
        each other anew by every statement that names it.
        """
        if sum(os.stat(file).st_size for file in table.files) <= _SMALL:  # noqa: PTH116 - the store gives texts
            self.run(f"CREATE OR REPLACE TABLE {quoted(name)} AS {select_files(table)}")
        else:
            self.run(f"CREATE OR REPLACE VIEW {quoted(name)} AS {select_files(table, alike=self._are_alike(table))}")

    def _are_alike(self, table: TableFiles) -> bool:
        files = ", ".join(literal(file) for file in table.files)
        columns = "string_agg(concat_ws(' ', name, type, converted_type, logical_type), ',' ORDER BY name)"
        shapes = f"SELECT {columns} AS shape FROM parquet_schema([{files}]) GROUP BY file_name"
        return bool(self.value(f"SELECT count(DISTINCT shape) = 1 FROM ({shapes})"))

    def register_empty(self, name: str, columns: Iterable[tuple[str, str]]) -> None:
        """Make an empty table of these columns and types readable under this name."""
        self.run(f"CREATE OR REPLACE VIEW {quoted(name)} AS {empty_select(columns)}")

    def _cursor(self) -> duckdb.DuckDBPyConnection:
        if not hasattr(self._local, "cursor"):
            self._local.cursor = self._open()
        cursor: duckdb.DuckDBPyConnection = self._local.cursor
        return cursor

    def _open(self) -> duckdb.DuckDBPyConnection:
        cursor = self._connection.cursor()
        with self._lock:
            self._cursors.add(cursor)
        return cursor

    def _is_disconnected(self) -> bool:
        try:
            self._connection.close()
        except duckdb.Error:  # a cursor of it is at work: the engine refuses instead of waiting
            return False
        return True

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Tell whoever asks of a session that is closed, or was interrupted, by a RetryError."""
        if self._is_closed:
            raise _stopped()
        try:
            with disk_told(str(self._spill or "")):
                yield
        except duckdb.InterruptException as fault:
            raise _stopped() from fault
        except duckdb.ConnectionException as fault:
            if self._is_closed:
                raise _stopped() from fault
            raise


def _stopped() -> RetryError:
    return RetryError("the work was stopped before it was done", do="Try again")


def _whole(cursor: duckdb.DuckDBPyConnection, sql: str, parameters: Mapping[str, Any] | None) -> Table:
    return Table.from_arrow(cursor.sql(sql, params=dict(parameters) if parameters else None))


def _few(cursor: duckdb.DuckDBPyConnection, sql: str, parameters: Mapping[str, Any] | None, most: int) -> Table | None:
    cursor.execute(sql, dict(parameters) if parameters else None)
    heads = [(str(column[0]), str(column[1])) for column in cursor.description or ()]
    if not heads or not all(_is_plain(kind) for _, kind in heads):
        return None
    rows = cursor.fetchmany(most + 1)
    if len(rows) > most:
        return None
    values = [list(column) for column in zip(*rows, strict=True)] or [[] for _ in heads]
    arrays = [_array(each, kind) for each, (_, kind) in zip(values, heads, strict=True)]
    return Table.from_arrays(arrays, names=[name for name, _ in heads])


def _is_plain(kind: str) -> bool:
    return kind in _PLAIN or kind in ("DATE", "TIMESTAMP", "HUGEINT") or kind.startswith("DECIMAL(")


def _array(values: list[Any], kind: str) -> arrow.Array:
    """Return values of a plain type as DuckDB itself hands them to Arrow; what Arrow cannot take is cast there."""
    if kind in _PLAIN:
        return arrow.Array(values, _PLAIN[kind])
    if kind == "DATE":
        days = [None if value is None else value.toordinal() - _DAY_ZERO for value in values]
        return arrow.Array(days, arrow.DataType.int32()).cast(arrow.DataType.date32())
    if kind == "TIMESTAMP":
        moments = [None if value is None else (value - _TIME_ZERO) // _MICROSECOND for value in values]
        return arrow.Array(moments, arrow.DataType.int64()).cast(arrow.DataType.timestamp("us"))
    precision, scale = (38, 0) if kind == "HUGEINT" else map(int, kind[len("DECIMAL(") : -1].split(","))
    texts = [None if value is None else format(value, "d" if kind == "HUGEINT" else "f") for value in values]
    return arrow.Array(texts, arrow.DataType.string()).cast(arrow.DataType.decimal128(precision, scale))


def delta_rows(store: DeltaStore, session: Session, name: str) -> list[dict[str, Any]]:
    """Return all rows of a small Delta table, [] where there is no such table."""
    table = store.read(name)
    return [] if table is None or not table.files else session.rows(select_files(table))


def select_files(table: TableFiles, *, alike: bool = False) -> str:
    """Return the SELECT that reads a table's files; `alike` ones are known to have all the same columns."""
    if not table.files:
        return empty_select(table.columns)
    files = ", ".join(literal(file) for file in table.files)
    names = ", ".join(quoted(name) for name, _ in table.columns)
    partitions = ", ".join(f"{literal(name)}: VARCHAR" for name in table.partitions)
    hive = (
        f", hive_partitioning = true, hive_types = {{{partitions}}}"
        if table.partitions
        else ", hive_partitioning = false"
    )
    return f"SELECT {names} FROM read_parquet([{files}]{hive}, union_by_name = {'false' if alike else 'true'})"


def empty_select(columns: Iterable[tuple[str, str]]) -> str:
    """Return a SELECT of no rows with these columns and types."""
    cells = ", ".join(f"CAST(NULL AS {kind}) AS {quoted(name)}" for name, kind in columns)
    return f"SELECT {cells} WHERE false"


def quoted(name: str) -> str:
    """Return an identifier in quotes."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """Return a text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


_number = itertools.count()


def own_folder(spill: Path) -> Path:
    """Return a folder of this process's, made when it is needed; those that killed processes left are removed."""
    with suppress(OSError):  # a lake that may only be read can still be asked what fits into memory
        spill.mkdir(parents=True, exist_ok=True)
    for left in spill.glob("*-*"):
        if not _is_alive(left.name.split("-")[0]):
            shutil.rmtree(left, ignore_errors=True)
    return spill / f"{os.getpid()}-{next(_number)}"


def _is_alive(process: str) -> bool:
    try:
        os.kill(int(process), 0)
    except (ValueError, ProcessLookupError):
        return False
    except PermissionError:
        return True
    return True


def _config(limits: Limits, spill: Path | None) -> dict[str, Any]:
    memory = limits.memory if limits.memory and limits.sharers == 1 else f"{limits.bytes_each() // 2**20}MiB"
    config: dict[str, Any] = {"preserve_insertion_order": True, "memory_limit": memory}
    if threads := limits.threads_each():
        config["threads"] = threads
    if spill is not None:
        config["temp_directory"] = str(spill)
    return config


def _bytes_of(memory: str) -> int:
    """Return how many bytes `4GB`, `512 MiB` or `60%` of the machine's are; of '', what is used where nothing is set.

    What is over it goes to disk.
    """
    machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    found = re.fullmatch(r"([0-9.]+) ?(?:%|([KMGT])(i?)B)", memory)
    if found is None:
        return min(machine // 2, _MEMORY_MOST)
    count, unit, binary = found.groups()
    if unit is None:
        return int(machine * float(count) / 100)
    return int(float(count) * (1024 if binary else 1000) ** ("KMGT".index(unit) + 1))


def names_in(sql: str, known: Sequence[str]) -> list[str]:
    """Return those of the known table names that occur in a statement."""
    return [name for name in known if name in sql]
