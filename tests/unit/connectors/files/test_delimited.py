from collections.abc import Callable

import arro3.core as arrow
import pytest

from tests.unit.connectors.files.conftest import Read, Rows
from voronka.connectors.files import FileBatch
from voronka.domain.errors import InputError

Take = Callable[[FileBatch], Rows]


def test_the_stream_has_positional_columns_then_row_and_malformed(read: Read) -> None:
    schema = arrow.Table.from_arrow(read("select;order by\n1;2\n").arrow()).schema
    assert schema.names == ["c0", "c1", "_row", "_malformed"]


def test_the_rows_can_be_taken_twice(read: Read, rows: Take) -> None:
    batch = read("a;b\n1;2\n")
    assert rows(batch) == rows(batch)


def test_values_stay_as_they_stand(read: Read, rows: Take) -> None:
    batch = read('a;b;c\n007; x ;""\n;NULL;\\N\n"say ""hi""";5" pipe;\\\n')
    assert [row[:3] for row in rows(batch)] == [
        ("007", " x ", ""),
        ("", "NULL", "\\N"),
        ('say "hi"', '5" pipe', "\\"),
    ]


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


def test_row_numbers_follow_the_file_where_it_is_read_in_parallel(read: Read, rows: Take) -> None:
    lines = "".join(f'{number};"{"9;8" * 20}\n1;2"\n' for number in range(1, 60_001))
    batch = read(f"a;b\n{lines}")
    assert batch.rows == 60_000
    assert all(row[0] == str(row[2]) for row in rows(batch))


def test_one_stray_quote_costs_one_line(read: Read, rows: Take) -> None:
    batch = read('a;b\n1;2\n3;"Romashka" LLC\n4;5\n6;"open\n7;8\n9;"closed"\n10;11\n')
    assert [row[2:] for row in rows(batch) if row[3] is not None] == [(2, '3;"Romashka" LLC'), (4, '6;"open')]
    assert [row[0] for row in rows(batch) if row[0] is not None] == ["1", "4", "7", "9", "10"]


def test_a_quote_that_is_never_closed_is_refused_with_its_line(read: Read) -> None:
    with pytest.raises(InputError, match=r"deals.csv, line 3: .*never closed"):
        read('a;b\n1;2\n3;"open\n4;5\n6;7\n')


def test_an_unclosed_quote_in_the_last_line_costs_this_line_only(read: Read, rows: Take) -> None:
    assert rows(read('a;b\n1;2\n3;"open'))[1] == (None, None, 2, '3;"open')


@pytest.mark.parametrize(
    "content", ["a;b\r\n1;2\r\n3;4\r\n", "a;b\r1;2\r3;4\r", "a;b\r\n1;2\n3;4\r", "a;b\n1;2\n\n3;4\n\n\n"]
)
def test_line_ends_of_every_sort_and_blank_lines_make_the_same_rows(read: Read, rows: Take, content: str) -> None:
    assert rows(read(content)) == [("1", "2", 1, None), ("3", "4", 2, None)]


def test_malformed_records_are_right_with_windows_line_ends(read: Read, rows: Take) -> None:
    assert rows(read("a;b\r\n1;2\r\n3\r\n4;5\r\n")) == [("1", "2", 1, None), (None, None, 2, "3"), ("4", "5", 3, None)]


def test_a_type_break_far_below_loses_nothing(read: Read, rows: Take) -> None:
    batch = read("a;b\n" + "1;2\n" * 30_000 + "1;n/a\n")
    assert rows(batch)[-1] == ("1", "n/a", 30_001, None)


def test_a_value_that_looks_like_the_null_of_a_reader_is_kept_beside_malformed_ones(read: Read, rows: Take) -> None:
    assert rows(read('a;b\nNULL;\n3\n"";null\n')) == [
        ("NULL", "", 1, None),
        (None, None, 2, "3"),
        ("", "null", 3, None),
    ]


def test_a_path_with_wildcard_letters_is_read_as_it_is(read: Read, rows: Take) -> None:
    assert rows(read("a;b\n1;2\n", "deals [1]*.csv")) == [("1", "2", 1, None)]


def test_a_record_longer_than_the_readers_buffer_is_refused_with_its_line(read: Read) -> None:
    with pytest.raises(InputError, match="line 2"):
        read('a;b\n1;"' + "x\n" * (9 << 20) + '"\n')


def test_two_readings_of_one_file_do_not_disturb_each_other(read: Read, rows: Take) -> None:
    first = read("a;b,c\r\n1;2,3\r\n4\r\n", separator=";")
    second = read("a;b,c\r\n1;2,3\r\n4\r\n", separator=",")
    assert rows(first)[0] == ("1", "2,3", 1, None)
    assert rows(second)[0] == ("1;2", "3", 1, None)


def test_a_record_without_quotes_longer_than_the_readers_buffer_is_refused(read: Read) -> None:
    with pytest.raises(InputError, match="longer than 16 MB"):
        read("a;b\n1;" + "x" * (33 << 20) + "\n")
