from collections.abc import Sequence
from pathlib import Path

import duckdb
import pytest

from voronka.connectors.files.batch import FileBatch, ReadOptions, SourceFile
from voronka.connectors.files.delimited import Place
from voronka.connectors.files.grid import GridRow
from voronka.connectors.files.grid_batch import Task, batch_of_grid, find_head
from voronka.domain.errors import InputError
from voronka.settings import LimitSettings

KNOWN = frozenset({"id", "name", "amount", "date", "deal"})


def batch(
    folder: Path, rows: Sequence[Sequence[str]], options: ReadOptions | None = None, limits: LimitSettings | None = None
) -> FileBatch:
    options = options or ReadOptions(known=KNOWN)
    task = Task(
        SourceFile(folder / "a.xlsx", "a.xlsx", "", 1),
        options,
        Place(duckdb.connect(), folder, limits or LimitSettings()),
    )
    numbered = (GridRow(number, list(cells)) for number, cells in enumerate(rows, start=1) if any(cells))
    head = find_head(numbered, options)
    assert head is not None
    return batch_of_grid(task, head, numbered, {"header_row": str(head.header_row)})


def values(made: FileBatch) -> list[tuple[object, ...]]:
    found = made.stream.connection.execute(made.stream.sql, made.stream.parameters).fetchall()
    return [row[: len(made.columns) + 1] for row in found]


def test_titles_totals_and_remarks_are_no_records(tmp_path: Path) -> None:
    rows = [
        ["Report"],
        [],
        ["ID", "Name", "Amount"],
        ["1", "a", "5"],
        ["2", "b", "6"],
        ["Total", "", "11"],
        [],
        ["Made by Anna"],
    ]
    made = batch(tmp_path, rows)
    assert made.columns == ("ID", "Name", "Amount")
    assert made.reading["header_row"] == "3"
    assert values(made) == [("1", "a", "5", 4), ("2", "b", "6", 5)]
    assert made.totals == ((6, ("Total", None, "11")),)
    assert made.reading["total_rows"] == "1"


def test_a_header_of_two_lines_has_the_names_of_both(tmp_path: Path) -> None:
    rows = [["ID", "Deal", "", "Date"], ["", "Name", "Amount", ""], ["1", "a", "5", "2024-01-01"]]
    made = batch(tmp_path, rows)
    assert made.columns == ("ID", "Name", "Amount", "Date")
    assert (made.reading["header_row"], values(made)) == ("2", [("1", "a", "5", "2024-01-01", 3)])


def test_names_for_programs_below_those_for_people_are_no_record(tmp_path: Path) -> None:
    rows = [["№ сделки", "Клиент", "Цена"], ["ID", "NAME", "AMOUNT"], ["1", "a", "5"]]
    options = ReadOptions(expected=("№ сделки", "Клиент", "Цена"), known=KNOWN)
    made = batch(tmp_path, rows, options)
    assert (made.columns, values(made)) == (("№ сделки", "Клиент", "Цена"), [("1", "a", "5", 3)])


@pytest.mark.parametrize("first", [["1", "Deal", "Name"], ["Anna", "Deal", "Name"], ["", "Deal", "x"]])
def test_a_record_of_words_that_are_names_too_is_no_second_line(tmp_path: Path, first: list[str]) -> None:
    rows = [["ID", "Name", "Deal"], first, ["2", "b", "c"]]
    assert values(batch(tmp_path, rows)) == [(*first, 2), ("2", "b", "c", 3)]


def test_a_column_of_midnights_alone_is_one_of_days(tmp_path: Path) -> None:
    rows = [
        ["ID", "Date", "Deal"],
        ["1", "2024-01-31T00:00:00", "2024-01-31T00:00:00"],
        ["2", "", "2024-01-31T10:00:00"],
        ["3", "2024-02-29T00:00:00", ""],
    ]
    assert values(batch(tmp_path, rows)) == [
        ("1", "2024-01-31", "2024-01-31T00:00:00", 2),
        ("2", "", "2024-01-31T10:00:00", 3),
        ("3", "2024-02-29", "", 4),
    ]


def test_characters_nobody_sees_are_taken_out_of_names(tmp_path: Path) -> None:
    made = batch(tmp_path, [["\ufeffID", "Na\u200bme "], ["1", "a"]])
    assert made.columns == ("ID", "Name")
    assert [(flag.code, flag.first_rows) for flag in made.flags] == [("invisible_characters", (1,))]


def test_a_row_with_a_nul_is_put_aside_and_the_others_are_not(tmp_path: Path) -> None:
    made = batch(tmp_path, [["ID", "Name"], ["1", "a\x00"], ["2", "b"]])
    assert (made.rows, made.malformed) == (2, 1)
    assert values(made)[1] == ("2", "b", 3)


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        ({"columns": 1}, "2 columns"),
        ({"rows": 2}, "more than 2 rows"),
        ({"field_characters": 3}, "row 3: a value of 4 characters"),
    ],
)
def test_a_grid_over_a_limit_is_refused(tmp_path: Path, limits: dict[str, int], said: str) -> None:
    rows = [["ID", "Name"], ["1", "abc"], ["2", "abcd"], ["3", "d"]]
    with pytest.raises(InputError, match=said):
        batch(tmp_path, rows, limits=LimitSettings(**limits))


def test_hidden_rows_are_taken_and_told(tmp_path: Path) -> None:
    texts = [["ID", "Name"], ["1", "a"], ["2", "b"], ["3", "c"], []]
    numbered = [GridRow(n, cells, is_hidden=n in {1, 3, 5}) for n, cells in enumerate(texts, start=1)]
    options = ReadOptions(known=KNOWN)
    rows = iter(numbered)
    head = find_head(rows, options)
    assert head is not None
    file = SourceFile(tmp_path / "a.xlsx", "a.xlsx", "", 1)
    made = batch_of_grid(Task(file, options, Place(duckdb.connect(), tmp_path)), head, rows, {})
    assert len(values(made)) == len(["1", "2", "3"])
    assert [(flag.code, flag.rows, flag.first_rows) for flag in made.flags] == [("hidden_row", 1, (3,))]


def test_another_table_below_a_gap_is_put_aside(tmp_path: Path) -> None:
    deals = [[f"D-{number}", "Ann", "5", "2024-03-01", "Won"] for number in range(1, 6)]
    rows = [["ID", "Name", "Amount", "Date", "Deal"], ["1", "2", "3", "4", "5"], *deals, [], ["Manager", "Plan"]]
    made = batch(tmp_path, [*rows, ["Ivanov", "100"]])
    assert [row[0] for row in values(made)] == [f"D-{number}" for number in range(1, 6)] + [None, None]
    assert (made.rows, made.malformed) == (7, 2)
