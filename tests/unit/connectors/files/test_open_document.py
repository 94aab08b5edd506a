import io
import zipfile
from collections.abc import Callable

import pytest

from tests.unit.connectors.files.conftest import Read, Rows
from voronka.connectors.files import FileBatch
from voronka.domain.errors import InputError

Taken = Callable[[FileBatch], Rows]
SPACES = 'xmlns:office="urn:o" xmlns:table="urn:t" xmlns:text="urn:x" xmlns:calcext="urn:c"'


def document(*sheets: str, manifest: str = "") -> bytes:
    target = io.BytesIO()
    tables = "".join(f'<table:table table:name="S{i}">{rows}</table:table>' for i, rows in enumerate(sheets))
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "META-INF/manifest.xml", f'<manifest:manifest xmlns:manifest="urn:m">{manifest}</manifest:manifest>'
        )
        archive.writestr("content.xml", f"<office:document-content {SPACES}>{tables}</office:document-content>")
    return target.getvalue()


def cell(kind: str, told: str = "", text: str = "", more: str = "") -> str:
    value = f' office:{told}"' if told else ""
    return f'<table:table-cell office:value-type="{kind}"{value}{more}><text:p>{text}</text:p></table:table-cell>'


def row(*cells: str, times: int = 1) -> str:
    repeated = f' table:number-rows-repeated="{times}"' if times > 1 else ""
    return f"<table:table-row{repeated}>{''.join(cells)}</table:table-row>"


def test_cells_are_read_by_their_types(read: Read, rows: Taken) -> None:
    names = ("id", "title", "sum", "share", "created", "talk", "paid", "error")
    header = row(*(cell("string", text=name) for name in names))
    title = 'A<text:s text:c="2"/>B</text:p><text:p>two'
    error = cell("string", text="#N/A", more=' calcext:value-type="error"')
    first = row(
        cell("float", 'value="101', "101.00"),
        cell("string", text=title),
        cell("currency", 'value="12500.5', "12 500,50"),
        cell("percentage", 'value="0.455', "45,5%"),
        cell("date", 'date-value="2024-03-05T10:30:00', "05.03.24"),
        cell("time", 'time-value="PT26H03M05S', "26:03:05"),
        cell("boolean", 'boolean-value="true', "ИСТИНА"),
        error,
    )
    note = "<office:annotation><text:p>a note</text:p></office:annotation><text:p>x</text:p>"
    second = row(
        f'<table:table-cell office:value-type="string" table:number-columns-repeated="2">{note}</table:table-cell>',
        times=2,
    )
    empty = row('<table:table-cell table:number-columns-repeated="16384"/>', times=1048570)
    batch = read(document(header + first + second + empty), "deals.ods")
    assert [found[:9] for found in rows(batch)] == [
        ("101", "A  B\ntwo", "12500.5", "45.5%", "2024-03-05T10:30:00", "26:03:05", "true", "", 2),
        ("x", "x", "", "", "", "", "", "", 3),
        ("x", "x", "", "", "", "", "", "", 4),
    ]
    assert [(flag.code, flag.first_rows) for flag in batch.flags] == [("error_cell", (2,))]


def test_the_sheet_that_is_wanted_is_read(read: Read) -> None:
    table = row(cell("string", text="id"), cell("string", text="sum")) + row(
        cell("float", 'value="1'), cell("float", 'value="2')
    )
    batch = read(document(row(cell("string", text="Report")), table), "deals.ods", expected=("id", "sum"))
    assert (batch.reading["sheet"], batch.reading["kind"], batch.rows) == ("S1", "ods", 1)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (document(manifest="<manifest:encryption-data/>"), "has a password"),
        (document(row(cell("string", text="x"), times=2_000_000)), "repeated 2000000 times"),
        (document(row(cell("string", text="x", more=' table:number-columns-repeated="20000"'))), "column 20000"),
    ],
)
def test_what_cannot_be_a_table_is_refused(read: Read, content: bytes, said: str) -> None:
    with pytest.raises(InputError, match=said):
        read(content, "deals.ods")


def test_a_cell_merged_down_holds_for_each_of_its_rows(read: Read, rows: Taken) -> None:
    header = row(cell("string", text="owner"), cell("string", text="id"))
    merged = cell("string", text="Ann", more=' table:number-rows-spanned="2"')
    first, second = (
        row(merged, cell("float", 'value="1')),
        row("<table:covered-table-cell/>", cell("float", 'value="2')),
    )
    batch = read(document(header + first + second), "deals.ods")
    assert [found[:2] for found in rows(batch)] == [("Ann", "1"), ("Ann", "2")]
    assert [(flag.code, flag.first_rows) for flag in batch.flags] == [("merged_cells", (3,))]


def test_a_row_left_out_by_a_filter_is_taken_and_told(read: Read) -> None:
    table = row(cell("string", text="id"), cell("string", text="sum")) + row(cell("string", text="1"))
    hidden = row(cell("string", text="2")).replace("<table:table-row", '<table:table-row table:visibility="filter"', 1)
    batch = read(document(table + hidden), "deals.ods")
    assert (batch.rows, [(flag.code, flag.first_rows) for flag in batch.flags]) == (2, [("hidden_row", (3,))])
