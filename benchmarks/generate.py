"""Makes the company folders that are measured: the same rows for the same seed, written by DuckDB itself."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

START, DAYS = date(2024, 7, 1), 730
"""The first day of the records, and how many days there are: 24 months."""
TODAY = date(2026, 7, 1)
"""The day on which questions are asked."""
HERE = Path(__file__).parent
_BLOCK_CHARACTERS = 1 << 20


@dataclass(frozen=True)
class Size:
    """How much is made; `parts` are the files that the activities are divided into by time."""

    activities: int = 10_000_000
    leads: int = 1_000_000
    deals: int = 400_000
    calls: int = 1_000_000
    employees: int = 500
    channels: int = 20
    parts: int = 1
    seed: int = 1

    @classmethod
    def scaled(cls, scale: float, parts: int = 1, seed: int = 1) -> "Size":
        """Return `scale` times as many records of the same people and channels."""
        activities, leads, deals, calls = (
            max(100, int(n * scale)) for n in (cls.activities, cls.leads, cls.deals, cls.calls)
        )
        return cls(activities, leads, deals, calls, parts=parts, seed=seed)


def make_company(folder: Path, size: Size) -> None:
    """Write a company's settings and its CRM's exports into `folder`."""
    exports = _copied("company", folder)
    with _writer(size) as connection:
        for name in ("employees", "channels", "ad_spend"):
            _write(connection, name, exports / f"{name}.csv", "FORMAT csv, HEADER")
        for name in ("leads", "deals"):
            _write(connection, name, exports / f"{name}.parquet", "FORMAT parquet")
        _set(connection, deals_file=str(exports / "deals.parquet"))
        _write(connection, "stage_changes", exports / "stage_changes.parquet", "FORMAT parquet")
        for part in range(size.parts):
            first, beyond = (size.activities * n // size.parts for n in (part, part + 1))
            _set(connection, first=first, beyond=beyond)
            _write(connection, "activities", exports / f"activities_{part + 1:02}.parquet", "FORMAT parquet")


def make_exchange(folder: Path, size: Size) -> None:
    """Write a company with one CSV of a telephone exchange: cp1251, semicolons, decimal commas, dd.mm.yyyy."""
    exports = _copied("exchange", folder)
    plain = exports / "calls.utf8"
    with _writer(size) as connection:
        _write(connection, "calls_cp1251", plain, "FORMAT csv, HEADER, DELIMITER ';'")
    with (
        plain.open(encoding="utf-8", newline="") as source,
        (exports / "calls.csv").open("w", encoding="cp1251", newline="") as target,
    ):
        while block := source.read(_BLOCK_CHARACTERS):
            target.write(block)
    plain.unlink()


def _copied(what: str, folder: Path) -> Path:
    shutil.copytree(HERE / what, folder, dirs_exist_ok=True)
    exports = folder / "exports"
    exports.mkdir(exist_ok=True)
    return exports


@contextmanager
def _writer(size: Size) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        for statement in (HERE / "data" / "macros.sql").read_text(encoding="utf-8").split(";\n"):
            connection.execute(statement)
        counts = {name: value for name, value in vars(size).items() if name != "parts"}
        _set(connection, start=START, days=DAYS, **counts)
        yield connection


def _set(connection: duckdb.DuckDBPyConnection, **values: object) -> None:
    for name, value in values.items():
        connection.execute(f"SET VARIABLE {name} = ?", [value])


def _write(connection: duckdb.DuckDBPyConnection, name: str, path: Path, form: str) -> None:
    select = (HERE / "data" / f"{name}.sql").read_text(encoding="utf-8")
    connection.execute(f"COPY ({select}) TO '{path.as_posix()}' ({form})")
