from collections.abc import Callable

import arro3.core as arrow

from tests.unit.connectors.files.conftest import Read, Rows
from voronka.connectors.files import FileBatch

Take = Callable[[FileBatch], Rows]


def test_the_stream_has_positional_columns_then_row_malformed_and_fault(read: Read) -> None:
    schema = arrow.Table.from_arrow(read("select;order by\n1;2\n").arrow()).schema
    assert schema.names == ["c0", "c1", "_row", "_malformed", "_fault"]


def test_the_rows_can_be_taken_twice(read: Read, rows: Take) -> None:
    batch = read("a;b\n1;2\n")
    assert rows(batch) == rows(batch)
