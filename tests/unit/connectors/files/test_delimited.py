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


def test_thousands_of_columns_without_names_and_values_are_none(read: Read, records: Take) -> None:
    blank = ";" * 4000
    rows = "".join(f"{number};Ann{blank}\n" for number in range(300))
    batch = read(f"id;who{blank}\n{rows}7;Bob;;\n8;Eve;lost{blank}\n")
    assert batch.columns == ("id", "who")
    found = records(batch)
    assert (found[0], found[299], found[300]) == ((2, "0", "Ann"), (301, "299", "Ann"), (302, "7", "Bob"))
    assert (found[301][:2], batch.malformed) == ((303, "too_many_fields"), 1)


def test_too_many_named_columns_are_refused_before_the_rows_are_read(read: Read) -> None:
    names = ";".join(f"n{number}" for number in range(2001))
    with pytest.raises(InputError, match="the table has 2,001 columns, over the limit of 2,000"):
        read(f"{names}\n1;2\n")


def test_decimal_commas_in_a_file_with_commas_shift_no_value(read: Read) -> None:
    rows = "".join(f"{number},{number}00,50,{day}\n" for number, day in ((1, ""), (2, "Ann"), (3, ""), (4, "")))
    with pytest.raises(InputError, match="no record has as many values as the header has columns"):
        read(f"id,sum,who\n{rows}")


def test_a_row_that_numbers_the_columns_is_part_of_the_header(read: Read, records: Take) -> None:
    batch = read("id;who;sum;day;note\n1;2;3;4;5\n7;Ann;9;1;x\n")
    assert records(batch) == [(3, "7", "Ann", "9", "1", "x")]
    assert len(records(read("id;who;sum\n1;2;3\n4;5;6\n"))) == 2


def test_an_export_with_another_separator_below_is_no_remark(read: Read, records: Take) -> None:
    batch = read("id;who;sum\nD-1;Ann;5\nD-2;Bob;7\nid,who,sum\nD 3,Eve,8\nMade by Ann, for Bob, in May, 2024\n")
    assert [row[0] for row in records(batch)] == [2, 3, 5]
    assert records(batch)[2][1:] == ("too_few_fields", "D 3,Eve,8")
    assert [(flag.code, flag.rows) for flag in batch.flags] == [("repeated_header", 1)]


def test_separators_alone_are_no_table(read: Read) -> None:
    with pytest.raises(InputError, match="nothing but blank space"):
        read(" \n;;;\n,,\n")


def test_another_table_below_a_gap_is_put_aside(read: Read, records: Take) -> None:
    deals = "".join(f"D-{number};Ann;Won;5;2024-03-0{number}\n" for number in range(1, 6))
    below = "Plan of sales;;;;\nManager;Plan;;;\nIvanov;100;;;\nPetrov;200;;;\n"
    batch = read(f"id;who;stage;sum;day\n{deals}\n{below}")
    assert [row[0] for row in records(batch)] == [2, 3, 4, 5, 6, 9, 10, 11]
    assert {row[1] for row in records(batch)[5:]} == {"other_header"}
    more = read(f"id;who;stage;sum;day\n{deals};;;;\nD-8;Bob;;;\nD-9;Eve;New;1;2024-03-09\n")
    assert len(records(more)) == 7
    assert more.malformed == 0


def test_marks_in_front_of_a_quoted_header_are_no_part_of_it(read: Read) -> None:
    assert read('\ufeff\ufeff"id";"who"\n1;2\n').columns == ("id", "who")


def test_names_of_groups_above_their_rows_are_put_aside(read: Read, records: Take) -> None:
    rows = "Ann Lee;;;\nD-1;Ann;5;1\nD-2;Ann;6;1\nD-3;Ann;6;1\nBob Ray;;;\nD-4;Bob;7;1\nEve;;;\nD-5;Eve;7;1\n"
    found = records(read(f"id;who;sum;count\n{rows}"))
    assert [row[:2] for row in found if row[1] == "too_few_fields"] == [
        (2, "too_few_fields"),
        (6, "too_few_fields"),
        (8, "too_few_fields"),
    ]
    wide = records(read("id;who;stage;sum;count\n" + "".join(f"D-{n};Ann;Won;5;1\n" for n in range(5)) + "Eve;;;;\n"))
    assert wide[-1] == (7, "too_few_fields", "Eve;;;;")
    assert len(wide) == 6


def test_a_single_record_of_one_value_is_no_remark(read: Read, records: Take) -> None:
    assert records(read("id;who;sum;day\nD 1;;;\n")) == [(2, "D 1", "", "", "")]


def test_figures_without_any_name_or_day_are_a_total(read: Read, records: Take) -> None:
    rows = "".join(f"2024-03-0{day};Search;{day};10\n" for day in range(1, 6))
    batch = read(f"day;campaign;clicks;cost\n{rows};;15;50\n")
    assert len(records(batch)) == 5
    assert batch.totals == ((7, (None, None, "15", "50")),)
