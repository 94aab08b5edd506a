from collections.abc import Callable

from tests.unit.connectors.files.conftest import Read, Rows
from voronka.connectors.files import FileBatch

Take = Callable[[FileBatch], Rows]


def test_two_readings_of_one_file_do_not_disturb_each_other(read: Read, records: Take) -> None:
    first = read("a;b,c\r\n1;2,3\r\n4\r\n", separator=";")
    second = read("a;b,c\r\n1;2,3\r\n4\r\n", separator=",")
    assert records(first)[0] == (2, "1", "2,3")
    assert records(second)[0] == (2, "1;2", "3")


def test_every_kind_of_file_finds_its_reader(read: Read) -> None:
    assert read("a;b\n1;2\n").reading["kind"] == "csv"
    assert read('{"a": 1}\n', "a.jsonl").reading["kind"] == "jsonl"


def test_what_is_decided_is_told_with_its_reason(read: Read) -> None:
    assert read("a;b\n1;2\n").reading == {
        "kind": "csv",
        "encoding": "UTF-8",
        "encoding_reason": "the whole file is valid UTF-8",
        "separator": ";",
        "separator_reason": "2 columns in the header and the records below",
        "header_row": "1",
    }
