from collections.abc import Callable

import pytest

from tests.unit.connectors.files.conftest import Read, Rows
from voronka.connectors.files import FileBatch

Take = Callable[[FileBatch], Rows]


@pytest.mark.parametrize("content", ["a;b\r\n1;2\r\n3;4\r\n", "a;b\r1;2\r3;4\r", "a;b\r\n1;2\n3;4\r", "a;b\n1;2\n3;4"])
def test_line_ends_of_every_sort_make_the_same_rows(read: Read, records: Take, content: str) -> None:
    assert records(read(content)) == [(2, "1", "2"), (3, "3", "4")]


def test_blank_lines_are_no_records_but_counted(read: Read, records: Take) -> None:
    assert records(read("a;b\n1;2\n\n3;4\n;\n  \n5;6\n\n")) == [(2, "1", "2"), (4, "3", "4"), (7, "5", "6")]


def test_malformed_records_are_right_with_windows_line_ends(read: Read, records: Take) -> None:
    found = records(read("a;b\r\n1;2\r\n3\r\n4;5\r\n"))
    assert found == [(2, "1", "2"), (3, "too_few_fields", "3"), (4, "4", "5")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be"])
def test_a_character_cut_by_the_end_of_a_block_is_read_whole(read: Read, records: Take, encoding: str) -> None:
    long = "x" * ((1 << 20) - 6) + "ёж"  # the bytes of the letters stand astride the first megabyte
    assert records(read(f"a;b\n{long};2\r\n".encode(encoding)))[0][1] == long


def test_a_byte_order_mark_is_no_part_of_the_header_when_the_byte_order_was_named(read: Read) -> None:
    assert read("\ufeffid;sum\n1;2\n".encode("utf-16-le"), encoding="utf-16-le").columns == ("id", "sum")
