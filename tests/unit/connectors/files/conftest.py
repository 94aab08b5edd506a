from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from voronka.connectors.files import FileBatch, ReadOptions, find_files, read_file

Rows = list[tuple[object, ...]]
Read = Callable[..., FileBatch]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Write `content` under `name` and read it."""

    def write_and_read(content: str | bytes, name: str = "deals.csv", **options: object) -> FileBatch:
        folder = tmp_path / "exports"
        folder.mkdir(exist_ok=True)
        (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
        return read_file(find_files(name, folder)[0], ReadOptions(**options), tmp_path / "work")  # type: ignore[arg-type]

    return write_and_read


@pytest.fixture
def rows() -> Callable[[FileBatch], Rows]:
    """Return the rows of a batch as another connection takes them from its Arrow stream."""

    def taken(batch: FileBatch) -> Rows:
        stream = batch.arrow()
        with duckdb.connect() as consumer:
            consumer.register("stream", stream)
            return consumer.execute("SELECT * FROM stream ORDER BY _row").fetchall()

    return taken


@pytest.fixture
def records(rows: Callable[[FileBatch], Rows]) -> Callable[[FileBatch], Rows]:
    """Return the rows of a batch, each with its line first: its values, or why it was put aside and its text."""

    def told(batch: FileBatch) -> Rows:
        return [
            (row, *values) if fault is None else (row, fault, malformed)
            for *values, row, malformed, fault in rows(batch)
        ]

    return told
