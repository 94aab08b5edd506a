from collections.abc import Callable

import pytest

from tests.unit.connectors.files.conftest import Read, Rows
from voronka.connectors.files import FileBatch
from voronka.domain.errors import InputError

Take = Callable[[FileBatch], Rows]


def test_columns_are_the_keys_of_all_records_in_the_order_they_appear(read: Read, records: Take) -> None:
    batch = read('{"id": 1, "who": "Аня"}\n{"who": null, "id": 2, "tags": ["a", {"n": 1.50}]}\n', "calls.jsonl")
    assert batch.columns == ("id", "who", "tags")
    assert records(batch) == [(1, "1", "Аня", None), (2, "2", None, '["a", {"n": 1.50}]')]


def test_values_keep_their_digits_and_empty_text_is_not_null(read: Read, records: Take) -> None:
    batch = read('{"a": 12345678901234567890, "b": 0.10, "c": true, "d": "", "e": "NULL \\"q\\""}\n', "x.ndjson")
    assert records(batch) == [(1, "12345678901234567890", "0.10", "true", "", 'NULL "q"')]


def test_broken_lines_and_other_values_are_put_aside_with_their_lines(read: Read, records: Take) -> None:
    batch = read('{"a": 1}\n{"a": \n\n[1]\n{"a": "\\u0000"}\n{"a": 2}\n', "x.json")
    assert records(batch) == [
        (1, "1"),
        (2, "bad_json", '{"a":'),
        (4, "bad_json", "[1]"),
        (5, "nul_character", '{"a": "\\u0000"}'),
        (6, "2"),
    ]
    assert (batch.rows, batch.malformed) == (5, 3)


def test_the_content_tells_and_not_the_name(read: Read, records: Take) -> None:
    batch = read('{"a": 1}\n{"a": 2}\n', "deals.csv")
    assert (batch.reading["kind"], records(batch)) == ("jsonl", [(1, "1"), (2, "2")])


def test_a_list_of_objects_is_read_and_a_broken_one_costs_only_itself(read: Read, records: Take) -> None:
    batch = read('[\n  {"id": 1,\n   "n": "a"},\n  {"id": 2, "n": },\n  {"id": 3, "n": "c"}\n]\n', "a.json")
    assert records(batch) == [(2, "1", "a"), (4, "bad_json", '{"id": 2, "n": }'), (5, "3", "c")]


def test_a_text_that_breaks_off_loses_its_last_record_only(read: Read, records: Take) -> None:
    lines = read('{"id": 1}\n{"id": 2}\n{"id": "3', "a.jsonl")
    assert records(lines)[2] == (3, "truncated", '{"id": "3')
    assert records(read('[{"id": 1},\n{"id": 2}, {"i', "a.json")) == [(1, "1"), (2, "2"), (2, "truncated", '{"i')]


@pytest.mark.parametrize(
    "content",
    [
        '{"error": "token expired"}',
        '{"status": 401,\n "message": "no"}',
        '{"result": [{"id": 1}, {"id": 2}]}',
        "{broken\n",
    ],
)
def test_one_object_that_is_no_record_is_refused(read: Read, content: str) -> None:
    with pytest.raises(InputError, match="JSON object"):
        read(content, "deals.json")


def test_letters_are_looked_at(read: Read, records: Take) -> None:
    batch = read('{"id": 1, "n": "a\\u200bb"}\n{"id": 2, "n": "\ufffd"}\n', "a.jsonl")
    assert records(batch) == [(1, "1", "ab"), (2, "2", "\ufffd")]
    assert [flag.code for flag in batch.flags] == ["invisible_characters", "lost_characters"]
