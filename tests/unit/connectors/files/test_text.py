from collections.abc import Callable

import pytest

from tests.unit.connectors.files.conftest import Read, Rows
from voronka.connectors.files import FileBatch

Take = Callable[[FileBatch], Rows]


@pytest.mark.parametrize(
    "content", ["a;b\r\n1;2\r\n3;4\r\n", "a;b\r1;2\r3;4\r", "a;b\r\n1;2\n3;4\r", "a;b\n1;2\n\n3;4\n\n\n"]
)
def test_line_ends_of_every_sort_and_blank_lines_make_the_same_rows(read: Read, rows: Take, content: str) -> None:
    assert rows(read(content)) == [("1", "2", 1, None), ("3", "4", 2, None)]


def test_malformed_records_are_right_with_windows_line_ends(read: Read, rows: Take) -> None:
    assert rows(read("a;b\r\n1;2\r\n3\r\n4;5\r\n")) == [("1", "2", 1, None), (None, None, 2, "3"), ("4", "5", 3, None)]


def test_a_character_cut_by_the_end_of_a_block_is_read_whole(read: Read, rows: Take) -> None:
    long = "x" * ((1 << 20) - 6) + "ё"  # the two bytes of the letter stand astride the first megabyte
    assert rows(read(f"a;b\n{long};2\r\n"))[0][0] == long


def test_a_byte_order_mark_is_no_part_of_the_header_when_the_byte_order_was_named(read: Read) -> None:
    assert read("\ufeffid;sum\n1;2\n".encode("utf-16-le"), encoding="utf-16-le").columns == ("id", "sum")
