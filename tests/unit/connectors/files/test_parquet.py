from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from tests.unit.connectors.files.conftest import Read, Rows
from voronka.connectors.files import FileBatch
from voronka.domain.errors import InputError


def test_every_column_is_text_and_nested_ones_are_json(
    read: Read, rows: Callable[[FileBatch], Rows], tmp_path: Path
) -> None:
    target = tmp_path / "made.parquet"
    duckdb.execute(
        "COPY (SELECT 7 AS id, DATE '2024-01-31' AS day, TIMESTAMP '2024-01-31 10:05:00' AS moment,"
        " TIMESTAMPTZ '2024-01-31 10:05:00+03' AS zoned, {'a': [1, 2]} AS nested, NULL::INT AS nothing, '' AS empty"
        f" UNION ALL SELECT 8, NULL, NULL, NULL, NULL, 1, 'x') TO '{target}'"
    )
    batch = read(target.read_bytes(), "deals.parquet")
    assert batch.columns == ("id", "day", "moment", "zoned", "nested", "nothing", "empty")
    assert rows(batch) == [
        ("7", "2024-01-31", "2024-01-31T10:05:00", "2024-01-31T07:05:00Z", '{"a":[1,2]}', None, "", 1, None, None),
        ("8", None, None, None, None, "1", "x", 2, None, None),
    ]


def test_a_damaged_file_is_refused(read: Read) -> None:
    with pytest.raises(InputError, match="Parquet file is damaged"):
        read(b"PAR1 and nothing more", "deals.parquet")


def test_midnights_alone_are_days_and_whole_numbers_have_no_fraction(
    read: Read, rows: Callable[[FileBatch], Rows], tmp_path: Path
) -> None:
    target = tmp_path / "made.parquet"
    duckdb.execute(
        "COPY (SELECT * FROM (VALUES"
        " (101.0::DOUBLE, TIMESTAMP '2024-01-31', TIMESTAMP '2024-01-31', 12500.50::DECIMAL(12, 2), NULL::TIMESTAMP),"
        " (0.5, NULL, TIMESTAMP '2024-01-31 10:05:00.5', 3, NULL)) AS made(id, day, moment, amount, never)"
        f") TO '{target}'"
    )
    batch = read(target.read_bytes(), "deals.parquet")
    assert [row[:5] for row in rows(batch)] == [
        ("101", "2024-01-31", "2024-01-31T00:00:00", "12500.50", None),
        ("0.5", None, "2024-01-31T10:05:00.5", "3", None),
    ]


def test_more_columns_than_allowed_are_refused(read: Read, tmp_path: Path) -> None:
    target = tmp_path / "made.parquet"
    columns = ", ".join(f"1 AS c{number}" for number in range(2001))
    duckdb.execute(f"COPY (SELECT {columns}) TO '{target}'")
    with pytest.raises(InputError, match="2,001 columns"):
        read(target.read_bytes(), "wide.parquet")
