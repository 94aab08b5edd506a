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
        ("7", "2024-01-31", "2024-01-31T10:05:00", "2024-01-31T07:05:00+00", '{"a":[1,2]}', None, "", 1, None, None),
        ("8", None, None, None, None, "1", "x", 2, None, None),
    ]


def test_a_damaged_file_is_refused(read: Read) -> None:
    with pytest.raises(InputError, match="Parquet file is damaged"):
        read(b"PAR1 and nothing more", "deals.parquet")
