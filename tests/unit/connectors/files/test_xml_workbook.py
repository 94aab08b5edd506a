from collections.abc import Callable

import pytest

from tests.unit.connectors.files.conftest import Read, Rows
from voronka.connectors.files import FileBatch
from voronka.domain.errors import InputError

Taken = Callable[[FileBatch], Rows]
NAMESPACE = "urn:schemas-microsoft-com:office:spreadsheet"


def book(*sheets: str) -> str:
    named = "".join(f'<Worksheet ss:Name="S{i}"><Table>{rows}</Table></Worksheet>' for i, rows in enumerate(sheets))
    return f'<?xml version="1.0"?>\n<Workbook xmlns="{NAMESPACE}" xmlns:ss="{NAMESPACE}">{named}</Workbook>'


def row(*cells: str, index: str = "") -> str:
    return f"<Row{index}>{''.join(cells)}</Row>"


def cell(kind: str, text: str, more: str = "") -> str:
    return f'<Cell{more}><Data ss:Type="{kind}">{text}</Data></Cell>'


def test_cells_are_read_by_their_types_and_places(read: Read, rows: Taken) -> None:
    names = ("id", "title", "amount", "created", "day", "talk", "paid", "error")
    header = row(*(cell("String", name) for name in names))
    first = row(
        cell("Number", "101.0"),
        cell("String", "A &amp; B&#10;second").replace(
            "</Cell>", "<Comment><ss:Data>a note</ss:Data></Comment></Cell>"
        ),
        cell("Number", "12500.5"),
        cell("DateTime", "2024-03-05T10:30:00.000"),
        cell("DateTime", "2024-03-05T00:00:00.000"),
        cell("DateTime", "1899-12-31T01:02:03.000"),
        cell("Boolean", "1"),
        cell("Error", "#N/A"),
    )
    second = row(cell("Number", "1E2"), cell("String", "x", ' ss:Index="4"'), index=' ss:Index="5"')
    third = row(cell("String", "y", ' ss:MergeAcross="2"'), cell("String", "z"))
    batch = read(book(header + first + second + third), "deals.xls")
    assert [found[:9] for found in rows(batch)] == [
        ("101", "A & B\nsecond", "12500.5", "2024-03-05T10:30:00", "2024-03-05", "01:02:03", "true", "", 2),
        ("100", "", "", "x", "", "", "", "", 5),
        ("y", "", "", "z", "", "", "", "", 6),
    ]
    assert [(flag.code, flag.first_rows) for flag in batch.flags] == [("error_cell", (2,))]


def test_the_sheet_that_is_wanted_is_read(read: Read) -> None:
    cover = row(cell("String", "Report"))
    table = row(cell("String", "id"), cell("String", "sum")) + row(cell("Number", "1"), cell("Number", "2"))
    batch = read(book(cover, table), "deals.xls", expected=("id", "sum"))
    assert (batch.reading["sheet"], batch.reading["kind"], batch.rows) == ("S1", "xml", 1)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (book(row(cell("String", "id")))[:-30], "damaged"),
        (book(row(cell("String", "id", ' ss:Index="16385"'))), "column 16385"),
        (book("").replace("<Workbook", "<!DOCTYPE x><Workbook"), "document type"),
        (book(), "all sheets are empty"),
    ],
)
def test_what_is_not_whole_is_refused(read: Read, text: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        read(text, "deals.xls")


def test_a_cell_merged_down_holds_for_each_of_its_rows(read: Read, rows: Taken) -> None:
    header = row(cell("String", "owner"), cell("String", "id"))
    first = row(cell("String", "Ann", ' ss:MergeDown="1"'), cell("Number", "1"))
    second = row(cell("Number", "2", ' ss:Index="2"'))
    batch = read(book(header + first + second), "deals.xls")
    assert [found[:2] for found in rows(batch)] == [("Ann", "1"), ("Ann", "2")]
    assert [(flag.code, flag.first_rows) for flag in batch.flags] == [("merged_cells", (3,))]


def test_a_hidden_row_is_taken_and_told(read: Read) -> None:
    rows = row(cell("String", "id"), cell("String", "sum")) + row(cell("Number", "1"), cell("Number", "2"))
    hidden = row(cell("Number", "3"), cell("Number", "4")).replace("<Row", '<Row ss:Hidden="1"', 1)
    batch = read(book(rows + hidden), "deals.xls")
    assert (batch.rows, [(flag.code, flag.first_rows) for flag in batch.flags]) == (2, [("hidden_row", (3,))])
