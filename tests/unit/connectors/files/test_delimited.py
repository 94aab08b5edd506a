from collections.abc import Callable

import pytest

from tests.unit.connectors.files.conftest import Read, Rows
from voronka.connectors.files import FileBatch
from voronka.domain.errors import InputError

Take = Callable[[FileBatch], Rows]


def test_values_stay_as_they_stand(read: Read, rows: Take) -> None:
    batch = read('a;b;c\n007; x ;""\n;NULL;\\N\n"say ""hi""";5" pipe;\\\n')
    assert [row[:3] for row in rows(batch)] == [
        ("007", " x ", ""),
        ("", "NULL", "\\N"),
        ('say "hi"', '5" pipe', "\\"),
    ]


def test_row_numbers_follow_the_file_where_it_is_read_in_parallel(read: Read, rows: Take) -> None:
    lines = "".join(f'{number};"{"9;8" * 20}\n1;2"\n' for number in range(1, 60_001))
    batch = read(f"a;b\n{lines}")
    assert batch.rows == 60_000
    assert all(row[0] == str(row[2]) for row in rows(batch))


def test_a_type_break_far_below_loses_nothing(read: Read, rows: Take) -> None:
    batch = read("a;b\n" + "1;2\n" * 30_000 + "1;n/a\n")
    assert rows(batch)[-1] == ("1", "n/a", 30_001, None)


def test_a_path_with_wildcard_letters_is_read_as_it_is(read: Read, rows: Take) -> None:
    assert rows(read("a;b\n1;2\n", "deals [1]*.csv")) == [("1", "2", 1, None)]


def test_a_record_without_quotes_longer_than_the_readers_buffer_is_refused(read: Read) -> None:
    with pytest.raises(InputError, match="longer than 16 MB"):
        read("a;b\n1;" + "x" * (33 << 20) + "\n")
