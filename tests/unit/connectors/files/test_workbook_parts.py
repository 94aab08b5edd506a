from pathlib import Path

from tests.unit.connectors.files.workbooks import package, sheet_xml
from voronka.connectors.files.batch import SourceFile
from voronka.connectors.files.package import open_package
from voronka.connectors.files.workbook_parts import Book, SheetPlace, read_book

STYLES = (
    '<numFmts count="1"><numFmt numFmtId="164" formatCode="dd.mm.yyyy hh:mm"/></numFmts>'
    '<cellStyleXfs count="1"><xf numFmtId="9"/></cellStyleXfs>'
    '<cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf/></cellXfs>'
)


def book(folder: Path, content: bytes) -> Book:
    path = folder / "book.xlsx"
    path.write_bytes(content)
    with open_package(SourceFile(path, "book.xlsx", "", 1), 1 << 30) as inside:
        return read_book(inside)


def test_a_book_tells_its_sheets_its_texts_and_its_styles(tmp_path: Path) -> None:
    sheets = {"One": sheet_xml({}), "Two": sheet_xml({})}
    found = book(tmp_path, package(sheets, shared="<si><t>x</t></si>", styles=STYLES, hidden=["Two"]))
    assert found == Book(
        (
            SheetPlace("One", "xl/worksheets/sheet1.xml"),
            SheetPlace("Two", "xl/worksheets/sheet2.xml", is_visible=False),
        ),
        "xl/sharedStrings.xml",
        ("number", "date", "moment", "number"),
        is_1904=False,
        recalculates=False,
    )


def test_the_day_zero_and_formulas_to_be_worked_out_are_told(tmp_path: Path) -> None:
    said = '<workbookPr date1904="true"/><calcPr fullCalcOnLoad="1"/>'
    found = book(tmp_path, package({"One": sheet_xml({})}, book=said))
    assert (found.is_1904, found.recalculates, found.texts_part, found.formats) == (True, True, None, ())
