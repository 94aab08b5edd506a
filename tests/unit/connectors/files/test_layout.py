from collections.abc import Callable

import pytest

from tests.unit.connectors.files.conftest import Read, Rows
from voronka.connectors.files import FileBatch
from voronka.connectors.files.layout import unique_names
from voronka.domain.errors import InputError, SettingsError


@pytest.mark.parametrize(("separator", "name"), [(";", ";"), (",", ","), ("\t", "tab"), ("|", "|")])
def test_the_separator_is_found(read: Read, rows: Callable[[FileBatch], Rows], separator: str, name: str) -> None:
    batch = read(f"id{separator}sum\n1{separator}2\n3{separator}4\n")
    assert batch.reading["separator"] == name
    assert rows(batch) == [("1", "2", 1, None), ("3", "4", 2, None)]


def test_commas_in_values_do_not_outvote_the_separator(read: Read) -> None:
    assert read('id;sum, rub\n1;12,50\n2;"a,b;c"\n').columns == ("id", "sum, rub")


def test_a_separator_inside_quotes_does_not_count(read: Read) -> None:
    assert read('name,note\n"a;b;c","d;e"\n"f;g;h","i;j"\n').reading["separator"] == ","


def test_a_set_separator_wins(read: Read) -> None:
    assert read("a;b,c\n1;2,3\n", separator=",").columns == ("a;b", "c")
    assert read("a\tb\n1\t2\n", separator="tab").columns == ("a", "b")


def test_a_separator_of_two_characters_is_a_fault_of_the_settings(read: Read) -> None:
    with pytest.raises(SettingsError, match="not a separator"):
        read("a;b\n", separator=";;")


def test_a_sep_line_names_the_separator_and_is_no_record(read: Read, rows: Callable[[FileBatch], Rows]) -> None:
    batch = read("sep=|\r\na|b\r\n1|2\r\n")
    assert batch.columns == ("a", "b")
    assert rows(batch) == [("1", "2", 1, None)]


def test_one_column_needs_no_separator_and_blank_lines_are_no_records(
    read: Read, rows: Callable[[FileBatch], Rows]
) -> None:
    batch = read("phone\n+7 912, home\n\n+7 913\n\n\n")
    assert batch.reading["separator"] == "none"
    assert rows(batch) == [("+7 912, home", 1, None), ("+7 913", 2, None)]


def test_the_header_stands_on_the_row_that_was_set(read: Read, rows: Callable[[FileBatch], Rows]) -> None:
    batch = read('Calls of "March";;\n\nid;who;long\n1;Ann;5\n', header_row=3)
    assert batch.columns == ("id", "who", "long")
    assert rows(batch) == [("1", "Ann", "5", 1, None)]


def test_a_title_line_is_refused_with_the_way_out(read: Read) -> None:
    with pytest.raises(InputError, match="header_row"):
        read("Calls of March\nid;who\n1;Ann\n2;Bob\n")


def test_a_header_row_past_the_end_is_refused(read: Read) -> None:
    with pytest.raises(InputError, match="no line 9"):
        read("a;b\n1;2\n", header_row=9)


def test_a_header_value_may_hold_a_line_break(read: Read, rows: Callable[[FileBatch], Rows]) -> None:
    batch = read('"sum\nRUB";id\n1;2\n')
    assert batch.columns == ("sum\nRUB", "id")
    assert rows(batch) == [("1", "2", 1, None)]


def test_repeated_and_empty_headers_get_names_of_their_own() -> None:
    assert unique_names(["Time", "TIME", "", "time", " "]) == ("Time", "TIME#2", "column_3", "time#3", "column_5")


def test_a_made_name_never_meets_a_given_one() -> None:
    names = unique_names(["a", "a#2", "a", "column_5", ""])
    assert len({name.casefold() for name in names}) == 5


def test_a_header_alone_is_a_table_without_rows(read: Read, rows: Callable[[FileBatch], Rows]) -> None:
    for content in ("a;b", "a;b\n", "a;b\r\n\r\n"):
        batch = read(content)
        assert (batch.rows, rows(batch)) == (0, [])


def test_a_quote_in_the_header_that_is_never_closed_is_refused(read: Read) -> None:
    with pytest.raises(InputError, match="quote in the header"):
        read('id;"name\n1;2\n3;4\n')
