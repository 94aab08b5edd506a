from collections.abc import Callable

import pytest

from tests.unit.connectors.files.conftest import Read, Rows
from voronka.connectors.files import FileBatch
from voronka.connectors.files.layout import sampled, unique_names
from voronka.domain.errors import InputError, SettingsError

Take = Callable[[FileBatch], Rows]


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_the_separator_is_found(read: Read, records: Take, separator: str) -> None:
    batch = read(f"id{separator}sum\n1{separator}2\n3{separator}4\n")
    assert batch.reading["separator"] == separator
    assert records(batch) == [(2, "1", "2"), (3, "3", "4")]


def test_commas_in_values_do_not_outvote_the_separator(read: Read) -> None:
    assert read('id;sum, rub\n1;12,50\n2;"a,b;c"\n').columns == ("id", "sum, rub")


def test_a_separator_inside_quotes_does_not_count(read: Read) -> None:
    assert read('name,note\n"a;b;c","d;e"\n"f;g;h","i;j"\n').reading["separator"] == ","


def test_spaces_between_a_separator_and_a_quote_belong_to_no_name_and_no_value(read: Read, records: Take) -> None:
    batch = read('"id"; "sum; rub"\n"1"; "a;b"\n"2"; "c ""d"""\n')
    assert batch.columns == ("id", "sum; rub")
    assert records(batch) == [(2, "1", "a;b"), (3, "2", 'c "d"')]


def test_a_set_separator_wins(read: Read) -> None:
    assert read("a;b,c\n1;2,3\n", separator=",").columns == ("a;b", "c")
    assert read("a\tb\n1\t2\n", separator="tab").columns == ("a", "b")


def test_a_separator_of_two_characters_is_a_fault_of_the_settings(read: Read) -> None:
    with pytest.raises(SettingsError, match="not a separator"):
        read("a;b\n", separator=";;")


@pytest.mark.parametrize("line", ["sep=|\r\n", '"sep=|"\r\n', "\ufeffSEP=|\r\n"])
def test_a_sep_line_names_the_separator_and_is_no_record(read: Read, records: Take, line: str) -> None:
    batch = read(f"{line}a|b\r\n1|2\r\n")
    assert (batch.columns, batch.reading["header_row"]) == (("a", "b"), "2")
    assert records(batch) == [(3, "1", "2")]


def test_one_column_needs_no_separator(read: Read, records: Take) -> None:
    batch = read("phone\n+7 912, home\n\n+7 913\n\n\n")
    assert "separator" not in batch.reading
    assert records(batch) == [(2, "+7 912, home"), (4, "+7 913")]


def test_the_header_stands_on_the_row_that_was_set(read: Read, records: Take) -> None:
    batch = read('Calls of "March";;\n\nid;who;long\n1;Ann;5\n', header_row=3)
    assert batch.columns == ("id", "who", "long")
    assert records(batch) == [(4, "1", "Ann", "5")]


@pytest.mark.parametrize(
    "above",
    [
        "Calls of March\n",
        "Calls of March;;\n;;\n",
        "Period: 1.03.2024, 31.03.2024\nManager: Ann; Bob\n\n",
        '"A ""title"""\n',
    ],
)
def test_titles_above_the_header_are_skipped(read: Read, records: Take, above: str) -> None:
    batch = read(f"{above}id;who;long\n1;Ann;5\n2;Bob;7\n3;Cid;9\n")
    assert batch.columns == ("id", "who", "long")
    assert records(batch)[0] == (above.count("\n") + 2, "1", "Ann", "5")


def test_names_that_a_mapping_wants_tell_the_header(read: Read) -> None:
    text = "Manager;Ann\nMonth;March\nid;who\n1;Ann\n"
    assert read(text, expected=("who", "id")).reading["header_row"] == "3"


def test_a_header_row_past_the_end_is_refused(read: Read) -> None:
    with pytest.raises(InputError, match="no line 9"):
        read("a;b\n1;2\n", header_row=9)


def test_a_header_value_may_hold_a_line_break(read: Read, records: Take) -> None:
    batch = read('"sum\nRUB";id\n1;2\n')
    assert batch.columns == ("sum\nRUB", "id")
    assert records(batch) == [(3, "1", "2")]


def test_repeated_and_empty_headers_get_names_of_their_own() -> None:
    assert unique_names(["Time", "TIME", "", "time", " "]) == ("Time", "TIME#2", "column_3", "time#3", "column_5")


def test_a_made_name_never_meets_a_given_one() -> None:
    names = unique_names(["a", "a#2", "a", "column_5", ""])
    assert len({name.casefold() for name in names}) == 5


def test_a_quote_in_the_header_that_is_never_closed_is_refused(read: Read) -> None:
    with pytest.raises(InputError, match="line 1: a quote in the header"):
        read('id;"name\n1;2\n3;4\n')


def test_wide_spaces_and_marks_in_names_are_made_plain(read: Read) -> None:
    assert read("ï»¿id;sum\u00a0rub\n1;2\n").columns == ("id", "sum rub")


def test_the_first_records_are_sampled_with_their_lines() -> None:
    found = sampled(["\n", 'a;"b\n', 'c"\n', '5" x;y\n', 'z;"open\n', "1;2\n"], ";")
    assert [(record.line, record.height, record.cells) for record in found] == [
        (1, 2, ("a", "b\nc")),
        (3, 1, ('5" x', "y")),
        (4, 1, ("z", '"open')),
        (5, 1, ("1", "2")),
    ]


def test_a_sep_line_that_is_wrong_does_no_harm(read: Read) -> None:
    known = frozenset({"id", "sum", "day"})
    assert read("sep=,\nID;Sum;Day\n1;12,50;x\n2;7,00;y\n", known=known).reading["separator"] == ";"


def test_a_header_in_another_encoding_than_the_rows_is_read_in_its_own(read: Read) -> None:
    rows = "1;Иванова\n2;Петров\n3;Сидорова\n"
    for header, body in (("cp1251", "utf-8"), ("utf-8", "cp1251")):
        assert read("Сделка;Менеджер\n".encode(header) + rows.encode(body)).columns == ("Сделка", "Менеджер")
