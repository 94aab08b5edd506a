from collections.abc import Callable

import pytest

from tests.unit.connectors.files.conftest import Read, Rows
from voronka.connectors.files import FileBatch
from voronka.domain.errors import InputError


def test_columns_are_the_keys_of_all_records_in_the_order_they_appear(
    read: Read, rows: Callable[[FileBatch], Rows]
) -> None:
    batch = read('{"id": 1, "who": "Аня"}\n{"who": null, "id": 2, "tags": ["a", {"n": 1.50}]}\n', "calls.jsonl")
    assert batch.columns == ("id", "who", "tags")
    assert rows(batch) == [("1", "Аня", None, 1, None), ("2", None, '["a", {"n": 1.50}]', 2, None)]


def test_values_keep_their_digits_and_empty_text_is_not_null(read: Read, rows: Callable[[FileBatch], Rows]) -> None:
    batch = read('{"a": 12345678901234567890, "b": 0.10, "c": true, "d": "", "e": "NULL \\"q\\""}\n', "x.ndjson")
    assert rows(batch) == [("12345678901234567890", "0.10", "true", "", 'NULL "q"', 1, None)]


def test_broken_lines_and_other_values_are_malformed(read: Read, rows: Callable[[FileBatch], Rows]) -> None:
    batch = read('{"a": 1}\n{"a": \n\n[1]\n{"a": 2}\n', "x.json")
    assert rows(batch) == [("1", 1, None), (None, 2, '{"a":'), (None, 3, "[1]"), ("2", 4, None)]
    assert (batch.rows, batch.malformed) == (4, 2)


def test_a_file_without_any_object_is_refused(read: Read) -> None:
    with pytest.raises(InputError, match="no line"):
        read("{broken\n", "x.jsonl")
