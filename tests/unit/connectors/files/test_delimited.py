from collections.abc import Callable

import pytest

from tests.unit.connectors.files.conftest import Read, Rows
from voronka.connectors.files import FileBatch
from voronka.domain.errors import InputError

Take = Callable[[FileBatch], Rows]


def test_values_stay_as_they_stand(read: Read, records: Take) -> None:
    batch = read('a;b;c\n007; x ;""\n;NULL;\\N\n"say ""hi""";5" pipe;\\\n')
    assert records(batch) == [
        (2, "007", " x ", ""),
        (3, "", "NULL", "\\N"),
        (4, 'say "hi"', '5" pipe', "\\"),
    ]


def test_a_type_break_far_below_loses_nothing(read: Read, records: Take) -> None:
    batch = read("a;b\n" + "1;2\n" * 30_000 + "1;n/a\n")
    assert records(batch)[-1] == (30_002, "1", "n/a")


def test_a_path_with_wildcard_letters_is_read_as_it_is(read: Read, records: Take) -> None:
    assert records(read("a;b\n1;2\n", "deals [1]*.csv")) == [(2, "1", "2")]


def test_a_value_of_megabytes_is_read_and_an_endless_one_refused_with_its_line(read: Read, records: Take) -> None:
    assert records(read("a;b\n1;" + "я" * 12_000_000 + "\n"))[0][2] == "я" * 12_000_000
    with pytest.raises(InputError, match="line 2: a record is longer than"):
        read("a;b\n1;" + "x" * (17 << 20) + "\n")


def test_titles_totals_and_remarks_around_a_table_are_no_records(read: Read, records: Take) -> None:
    batch = read("Calls of March\n\nid;who;long\n1;Ann;5\n2;Bob;7\n\nTotal;;12\nMade on 01.04.2024 by Ann\n")
    assert (batch.reading["header_row"], batch.reading["total_rows"], batch.reading["closing_rows"]) == ("3", "1", "1")
    assert records(batch) == [(4, "1", "Ann", "5"), (5, "2", "Bob", "7")]
    assert batch.totals == ((7, ("Total", None, "12")),)
    assert batch.flags == ()


def test_a_header_that_fits_no_record_is_refused(read: Read) -> None:
    with pytest.raises(InputError, match="no record has as many values as the header has columns"):
        read("name,sum\nAnn,12,50\nBob,7,00\n")


def test_characters_that_nobody_sees_are_taken_out_of_the_header_and_told(read: Read) -> None:
    batch = read("i\u200bd;su\u00adm\n1;2\n")
    assert batch.columns == ("id", "sum")
    assert [(flag.code, flag.rows, flag.first_rows) for flag in batch.flags] == [("invisible_characters", 0, (1,))]


def test_a_header_alone_is_a_table_without_rows(read: Read, records: Take) -> None:
    for content in ("a;b", "a;b\n", "a;b\r\n\r\n"):
        batch = read(content)
        assert (batch.rows, records(batch)) == (0, [])
