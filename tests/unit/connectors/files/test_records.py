import csv
import io
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.connectors.files.conftest import Read, Rows
from voronka.connectors.files import FileBatch, ReadOptions, find_files, read_file

Take = Callable[[FileBatch], Rows]
HEAD = "id;who;sum\n"
MANY = "".join(f"{number};Ann;5\n" for number in range(100, 170))  # so many that plain records are copied unread


@pytest.fixture(params=["", MANY], ids=["few", "many"])
def told(request: pytest.FixtureRequest, read: Read, records: Take) -> Callable[[str], Rows]:
    """Return the records of lines below a header, alone and after many others, by their numbers in the file."""

    def after_many(lines: str) -> Rows:
        found = records(read(HEAD + request.param + lines))
        count = request.param.count("\n")
        return [(int(str(row)) - count, *values) for row, *values in found[count:]]

    return after_many


def test_short_and_long_records_are_put_aside_with_their_lines(told: Callable[[str], Rows]) -> None:
    assert told("1;2;3\n4;5\n6;7;8\n9;10;11;12;13\n14;15;16\n") == [
        (2, "1", "2", "3"),
        (3, "too_few_fields", "4;5"),
        (4, "6", "7", "8"),
        (5, "too_many_fields", "9;10;11;12;13"),
        (6, "14", "15", "16"),
    ]


def test_empty_values_too_many_at_the_end_are_no_fault_behind_a_value_that_is_in_its_place(
    told: Callable[[str], Rows],
) -> None:
    assert told("1;Bob;3;\n4;Eve;6;; \n7;Ann;9\n") == [(2, "1", "Bob", "3"), (3, "4", "Eve", "6"), (4, "7", "Ann", "9")]


def test_a_record_whose_last_value_is_empty_may_be_a_shifted_one(told: Callable[[str], Rows]) -> None:
    assert told("1;Bob;3\n2;pipe; steel;\n3;Eve;\n") == [
        (2, "1", "Bob", "3"),
        (3, "too_many_fields", "2;pipe; steel;"),
        (4, "3", "Eve", ""),
    ]


def test_a_value_in_a_column_without_a_name_is_a_shift_where_no_other_record_has_one(read: Read, records: Take) -> None:
    lines = "a;b;\n1;x;\n2;y;\n3;z; u\n4;w;\n"
    assert records(read(lines)) == [
        (2, "1", "x", ""),
        (3, "2", "y", ""),
        (4, "too_many_fields", "3;z; u"),
        (5, "4", "w", ""),
    ]
    many = lines + "".join(f"{number};v;\n" for number in range(100, 170)) + "5;z; u\n6;v;\n"
    assert [row[0] for row in records(read(many)) if row[1] == "too_many_fields"] == [4, 76]


def test_quotes_inside_quotes_are_part_of_the_value(told: Callable[[str], Rows]) -> None:
    assert told('1;"LLC "Pine" branch";5\n2;"Pine" and "Oak";5\n3;"(the "Oak")";5\n') == [
        (2, "1", 'LLC "Pine" branch', "5"),
        (3, "2", '"Pine" and "Oak"', "5"),
        (4, "3", '(the "Oak")', "5"),
    ]


def test_a_header_with_spaces_around_its_quotes_loses_both(read: Read, records: Take) -> None:
    batch = read('"id"; "who" ;"sum"\n"1"; "Ann" ; "5"\n')
    assert batch.columns == ("id", "who", "sum")
    assert records(batch) == [(2, "1", "Ann", "5")]


def test_columns_without_a_name_at_the_end_may_be_left_out(read: Read, records: Take) -> None:
    batch = read("a;b;\n1;2\n3;4;5\n6\n7;8;9\n")
    assert batch.columns == ("a", "b", "column_3")
    assert records(batch) == [
        (2, "1", "2", ""),
        (3, "3", "4", "5"),
        (4, "too_few_fields", "6"),
        (5, "7", "8", "9"),
    ]


def test_lines_are_right_with_line_breaks_in_values(told: Callable[[str], Rows]) -> None:
    assert told('1;"x\n\ny";1\nonly\n2;"p\nq"\n3;"r\ns";2\n') == [
        (2, "1", "x\n\ny", "1"),
        (5, "too_few_fields", "only"),
        (6, "too_few_fields", '2;"p\nq"'),
        (8, "3", "r\ns", "2"),
    ]


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ('1;Romashka "LLC";5', 'Romashka "LLC"'),
        ('1;"Romashka" LLC;5', '"Romashka" LLC'),
        ('1;"a;b" LLC;5', '"a;b" LLC'),
        ('1;"say \\"hi\\"";5', 'say "hi"'),
        ('1;"say \\"hi; ho\\"";5', 'say "hi; ho"'),
        ('1;12" pipe;5', '12" pipe'),
        ('1; "a;b" ;5', "a;b"),
        ('1;"a ""b""";5', 'a "b"'),
        ('1;"C:\\";5', "C:\\"),
        ('1;="007";5', "007"),
        ('1;"=""007""";5', "007"),
    ],
)
def test_quotes_are_read_as_they_are_meant(told: Callable[[str], Rows], line: str, value: str) -> None:
    assert told(f"0;x;y\n{line}\n2;x;y\n") == [(2, "0", "x", "y"), (3, "1", value, "5"), (4, "2", "x", "y")]


def test_a_quote_that_is_never_closed_costs_one_line(told: Callable[[str], Rows]) -> None:
    assert told('1;a;2\n3;"open;4\n5;b;6\n7;"open;8\n9;"c";10\n11;d;12\n') == [
        (2, "1", "a", "2"),
        (3, "stray_quote", '3;"open;4'),
        (4, "5", "b", "6"),
        (5, "stray_quote", '7;"open;8'),
        (6, "9", "c", "10"),
        (7, "11", "d", "12"),
    ]


def test_a_record_cut_inside_a_quoted_value_is_put_aside_whole(told: Callable[[str], Rows]) -> None:
    assert told('1;a;2\n3;"open') == [(2, "1", "a", "2"), (3, "truncated", '3;"open')]
    assert told('1;a;2\n3;"open\nmore and\nmore') == [(2, "1", "a", "2"), (3, "truncated", '3;"open\nmore and\nmore')]
    assert told("1;a;2\n3;b") == [(2, "1", "a", "2"), (3, "truncated", "3;b")]


def test_zero_characters_cost_their_row_and_at_the_end_none(read: Read, records: Take) -> None:
    assert records(read("id;who\n1;A\x00nn\n2;Bob\n")) == [(2, "nul_character", "1;Ann"), (3, "2", "Bob")]
    batch = read(b"id;who\n1;Ann\n2;Bob" + b"\x00" * 600)
    assert records(batch) == [(2, "1", "Ann"), (3, "2", "Bob")]
    assert [flag.code for flag in batch.flags] == ["trailing_nul"]
    assert records(read("id;who\n1;Ann\n\x1a")) == [(2, "1", "Ann")]


@pytest.mark.parametrize("glue", ["\n", "\n\ufeff", "\ufeff", ""])
def test_exports_put_together_are_one_table(read: Read, records: Take, glue: str) -> None:
    batch = read(f"{HEAD}1;Ann;5{glue}{HEAD}2;Bob;7\n")
    assert [row[1:] for row in records(batch)] == [("1", "Ann", "5"), ("2", "Bob", "7")]
    assert [(flag.code, flag.rows) for flag in batch.flags] == [("repeated_header", 1)]


def test_a_value_that_looks_like_the_null_of_a_reader_is_kept(told: Callable[[str], Rows]) -> None:
    assert told('1;NULL;\n3\n2;"";null\n') == [
        (2, "1", "NULL", ""),
        (3, "too_few_fields", "3"),
        (4, "2", "", "null"),
    ]


@pytest.mark.parametrize(("usual", "inside"), [("\r\n", "\r"), ("\r\n", "\n"), ("\n", "\r")])
def test_a_line_end_of_another_kind_may_stand_in_a_value(read: Read, records: Take, usual: str, inside: str) -> None:
    text = f"{HEAD}1;Ann;5\n2;A@n;6\n3;Bob;7@8\n4;x;9\n".replace("\n", usual).replace("@", inside)
    assert records(read(text)) == [
        (2, "1", "Ann", "5"),
        (3, "2", "A\nn", "6"),
        (5, "3", "Bob", "7\n8"),
        (7, "4", "x", "9"),
    ]


def test_lines_in_quotes_as_a_whole_are_read(read: Read, records: Take) -> None:
    rows = '"1,""Ann, Lee"",5"\n"2,Bob,7"\n'
    for header in ("id,who,sum\n", '"id,who,sum"\n'):
        assert records(read(header + rows)) == [(2, "1", "Ann, Lee", "5"), (3, "2", "Bob", "7")]


def test_lines_drawn_between_rows_are_no_records(read: Read, records: Take) -> None:
    batch = read(" id | who \n----+-----\n 1 | Ann\n 2 | Bob\n(2 rows)\n")
    assert [row[0] for row in records(batch)] == [3, 4]


LETTERS = st.text(st.sampled_from(list('аяЁбFx019 ;,|\t"\n.-№')), max_size=8)
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1251", "koi8-r", "cp866"]


@st.composite
def tables(draw: st.DrawFn) -> list[list[str]]:
    """Return a header and rows; first values are numbers, so that no row is blank, a total or a remark."""
    width = draw(st.integers(2, 5))
    rows = draw(st.lists(st.lists(LETTERS, min_size=width - 1, max_size=width - 1), max_size=8))
    plain = [["Анна"] * (width - 1)] * draw(st.sampled_from([0, 60]))  # after so many, plain records are copied unread
    return [[f"Столбец{n}" for n in range(width)], *([str(n), *row] for n, row in enumerate([*plain, *rows], start=1))]


def _written(table: list[list[str]], separator: str, line_end: str) -> tuple[str, list[int]]:
    """Return the text that csv writes and the line on which each record begins."""
    target, lines = io.StringIO(newline=""), []
    writer = csv.writer(target, delimiter=separator, lineterminator="\n")
    for row in table:
        lines.append(target.getvalue().count("\n") + 1)
        writer.writerow(row)
    return target.getvalue().replace("\n", line_end), lines


def _taken(folder: Path, content: bytes, separator: str) -> Rows:
    (folder / "t.csv").write_bytes(content)
    batch = read_file(find_files("t.csv", folder)[0], ReadOptions(separator=separator), folder / "work")
    with duckdb.connect() as consumer:
        consumer.register("stream", batch.arrow())
        return consumer.execute("SELECT * FROM stream ORDER BY _row").fetchall()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    tables(),
    st.sampled_from(ENCODINGS),
    st.sampled_from([";", ",", "\t", "|"]),
    st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_whatever_csv_writes_comes_back_with_its_lines(
    tmp_path: Path, table: list[list[str]], encoding: str, separator: str, line_end: str
) -> None:
    text, lines = _written(table, separator, line_end)
    if encoding in {"koi8-r", "utf-8", "utf-8-sig"}:
        text = text.replace("№", "N") if encoding == "koi8-r" else text
        table = [[cell.replace("№", "N") for cell in row] for row in table] if encoding == "koi8-r" else table
    found = _taken(tmp_path, text.encode(encoding), separator)
    assert found == [(*row, line, None, None) for row, line in zip(table[1:], lines[1:], strict=True)]


BREAKS = [";", "x;y;z;q", '"', '"a', 'a";"b', "\x00", "\xff\xfe"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(3, 30), st.data())
def test_a_broken_line_costs_only_itself(tmp_path: Path, count: int, data: st.DataObject) -> None:
    broken = data.draw(st.sets(st.integers(0, count - 1), max_size=count // 2))
    lines = [f"{number};Иванова;{number * 7};да" for number in range(count)]
    for number in broken:
        lines[number] = f"{number};Петров{data.draw(st.sampled_from(BREAKS))};1;нет"
    text = "\n".join(["id;who;sum;won", *lines, ""])
    found = _taken(tmp_path, text.encode().replace("\xff\xfe".encode(), b"\xff\xfe"), ";")
    whole = {row[4]: row[:4] for row in found if row[6] is None}
    for number in set(range(count)) - broken:
        assert whole[number + 2] == (str(number), "Иванова", str(number * 7), "да")
    assert sorted(int(str(row[4])) for row in found) == list(range(2, count + 2))
