import datetime as dt
import io
import zipfile
from collections.abc import Callable
from xml.sax.saxutils import escape

import pytest

from tests.unit.connectors.files.conftest import Read, Rows
from voronka.connectors.files import FileBatch
from voronka.connectors.files.workbook import Cell, cell_text
from voronka.domain.errors import InputError

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
Row = list[str | float | None]


def _cell(column: int, row: int, value: str | float) -> str:
    place = f"{chr(ord('A') + column)}{row}"
    if isinstance(value, str):
        return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
    return f'<c r="{place}"><v>{value}</v></c>'


def _sheet(rows: dict[int, Row]) -> str:
    lines = (
        f'<row r="{number}">{"".join(_cell(i, number, v) for i, v in enumerate(row) if v is not None)}</row>'
        for number, row in rows.items()
    )
    return f'<worksheet xmlns="{MAIN}"><sheetData>{"".join(lines)}</sheetData></worksheet>'


def workbook(**sheets: dict[int, Row]) -> bytes:
    """Make the smallest XLSX: sheets by name, rows by the number that the spreadsheet shows."""
    target = io.BytesIO()
    names = list(enumerate(sheets, start=1))
    listed = "".join(f'<sheet name="{name}" sheetId="{i}" r:id="r{i}"/>' for i, name in names)
    links = "".join(
        f'<Relationship Id="r{i}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{i}.xml"/>' for i, _ in names
    )
    root = f'<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", f'<Types xmlns="{PACKAGE}/content-types"/>')
        archive.writestr("_rels/.rels", f'<Relationships xmlns="{PACKAGE}/relationships">{root}</Relationships>')
        book = f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets></workbook>'
        archive.writestr("xl/workbook.xml", book)
        rels = f'<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>'
        archive.writestr("xl/_rels/workbook.xml.rels", rels)
        for i, name in names:
            archive.writestr(f"xl/worksheets/sheet{i}.xml", _sheet(sheets[name]))
    return target.getvalue()


def test_the_first_sheet_is_read_as_text(read: Read, rows: Callable[[FileBatch], Rows]) -> None:
    content = workbook(Calls={1: ["id", "Time", "TIME"], 2: [101.0, 'a "b"\nc', None]}, Other={1: ["x"]})
    batch = read(content, "calls.xlsx")
    assert batch.columns == ("id", "Time", "TIME#2")
    assert rows(batch) == [("101", 'a "b"\nc', "", 1, None)]
    assert batch.reading == {"kind": "xlsx", "sheet": "Calls", "header_row": "1"}


def test_empty_rows_are_left_out_but_counted(read: Read, rows: Callable[[FileBatch], Rows]) -> None:
    batch = read(workbook(Calls={3: ["id", "x"], 4: ["1", "2"], 7: ["3", 4.5]}), "calls.xlsx")
    assert rows(batch) == [("1", "2", 1, None), ("3", "4.5", 4, None)]
    assert batch.rows == 2


def test_the_header_row_and_the_sheet_can_be_set(read: Read, rows: Callable[[FileBatch], Rows]) -> None:
    content = workbook(Notes={1: ["x"]}, Calls={1: ["Report", None], 2: ["id", "sum"], 3: [1.0, 2.0]})
    batch = read(content, "calls.xlsx", sheet="Calls", header_row=2)
    assert batch.columns == ("id", "sum")
    assert rows(batch) == [("1", "2", 1, None)]


def test_an_unknown_sheet_is_refused_with_the_near_name(read: Read) -> None:
    with pytest.raises(InputError, match=r"no sheet Cals. Did you mean Calls\?"):
        read(workbook(Calls={1: ["id"]}), "calls.xlsx", sheet="Cals")


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (5.0, "5"),
        (0.1, "0.1"),
        (True, "true"),
        ("", ""),
        (dt.date(2024, 1, 31), "2024-01-31"),
        (dt.datetime(2024, 1, 31), "2024-01-31"),  # noqa: DTZ001 - a workbook knows no zones
        (dt.datetime(2024, 1, 31, 10, 5), "2024-01-31T10:05:00"),  # noqa: DTZ001 - the same
        (dt.time(9, 12, 58), "9:12:58"),
        (dt.timedelta(hours=26, minutes=3, seconds=5), "26:03:05"),
        (dt.timedelta(seconds=-90), "-0:01:30"),
    ],
)
def test_cells_become_text(cell: Cell, text: str) -> None:
    assert cell_text(cell) == text


def test_a_cut_workbook_is_refused(read: Read) -> None:
    with pytest.raises(InputError, match="damaged"):
        read(workbook(Calls={1: ["id"]})[:-40], "calls.xlsx")


def test_a_zip_archive_that_is_no_workbook_is_refused(read: Read) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("deals.csv", "a;b")
    with pytest.raises(InputError, match="not an XLSX workbook"):
        read(target.getvalue(), "deals.zip")


def test_a_workbook_that_unpacks_to_far_more_than_it_holds_is_refused(read: Read) -> None:
    target = io.BytesIO(workbook(Calls={1: ["id"]}))
    with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/far.xml", b" " * (101 << 20))
    with pytest.raises(InputError, match="unpacked"):
        read(target.getvalue(), "calls.xlsx")


def test_an_empty_sheet_is_refused(read: Read) -> None:
    with pytest.raises(InputError, match="sheet is empty"):
        read(workbook(Calls={}), "calls.xlsx")
