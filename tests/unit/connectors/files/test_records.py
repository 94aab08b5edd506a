from collections.abc import Callable

import pytest

from tests.unit.connectors.files.conftest import Read, Rows
from voronka.connectors.files import FileBatch
from voronka.domain.errors import InputError

Take = Callable[[FileBatch], Rows]


def test_short_and_long_records_are_malformed_and_keep_their_numbers(read: Read, rows: Take) -> None:
    batch = read("a;b;c\n1;2;3\n4;5\n6;7;8\n9;10;11;12;13\n14;15;16\n")
    assert (batch.rows, batch.malformed) == (5, 2)
    assert rows(batch) == [
        ("1", "2", "3", 1, None),
        (None, None, None, 2, "4;5"),
        ("6", "7", "8", 3, None),
        (None, None, None, 4, "9;10;11;12;13"),
        ("14", "15", "16", 5, None),
    ]


def test_row_numbers_are_right_with_line_breaks_in_values_and_malformed_records(read: Read, rows: Take) -> None:
    batch = read('a;b\n"x\n\ny";1\nonly\n"p\nq"\n"r\ns";2\n')
    assert rows(batch) == [
        ("x\n\ny", "1", 1, None),
        (None, None, 2, "only"),
        (None, None, 3, '"p\nq"'),
        ("r\ns", "2", 4, None),
    ]


def test_one_stray_quote_costs_one_line(read: Read, rows: Take) -> None:
    batch = read('a;b\n1;2\n3;"Romashka" LLC\n4;5\n6;"open\n7;8\n9;"closed"\n10;11\n')
    assert [row[2:] for row in rows(batch) if row[3] is not None] == [(2, '3;"Romashka" LLC'), (4, '6;"open')]
    assert [row[0] for row in rows(batch) if row[0] is not None] == ["1", "4", "7", "9", "10"]


def test_a_quote_that_is_never_closed_is_refused_with_its_line(read: Read) -> None:
    with pytest.raises(InputError, match=r"deals.csv, line 3: .*never closed"):
        read('a;b\n1;2\n3;"open\n4;5\n6;7\n')


def test_an_unclosed_quote_in_the_last_line_costs_this_line_only(read: Read, rows: Take) -> None:
    assert rows(read('a;b\n1;2\n3;"open'))[1] == (None, None, 2, '3;"open')


def test_a_value_that_looks_like_the_null_of_a_reader_is_kept_beside_malformed_ones(read: Read, rows: Take) -> None:
    assert rows(read('a;b\nNULL;\n3\n"";null\n')) == [
        ("NULL", "", 1, None),
        (None, None, 2, "3"),
        ("", "null", 3, None),
    ]


def test_a_record_longer_than_the_readers_buffer_is_refused_with_its_line(read: Read) -> None:
    with pytest.raises(InputError, match="line 2"):
        read('a;b\n1;"' + "x\n" * (9 << 20) + '"\n')
