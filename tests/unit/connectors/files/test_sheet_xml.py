import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from tests.unit.connectors.files.workbooks import MAIN, package
from voronka.connectors.files.batch import SourceFile
from voronka.connectors.files.grid import GridRow
from voronka.connectors.files.number_formats import Epoch
from voronka.connectors.files.package import open_package
from voronka.connectors.files.sheet_xml import (
    HEAD_CHARACTERS_MAX,
    SheetText,
    column_of,
    content,
    decoded,
    merged_ranges,
    sheet_rows,
    unescaped,
)
from voronka.domain.errors import InputError

Rows = Callable[[str], list[GridRow]]
SHARED = ("first", "second")
CELLS = (
    '<c r="A{n}"><v>1</v></c><c r="B{n}" t="s"><v>1</v></c><c r="C{n}" s="1"><v>45322</v></c>'
    '<c r="E{n}" t="b"><v>1</v></c><c r="F{n}" t="str"><f>A1</f><v>a &amp; b</v></c><c r="G{n}" s="1"/>'
)
TEXTS = ["1", "second", "2024-01-31", "", "true", "a & b"]


@pytest.fixture
def rows(tmp_path: Path) -> Rows:
    """Return the rows of a sheet of this XML."""

    def read(xml: str) -> list[GridRow]:
        path = tmp_path / "book.xlsx"
        path.write_bytes(package({"Deals": xml}))
        text = SheetText(SHARED.__getitem__, ("number", "date"), Epoch())
        opened: AbstractContextManager[object] = open_package(SourceFile(path, "book.xlsx", "", 1), 1 << 30)
        with opened as inside:
            return list(sheet_rows(inside, "xl/worksheets/sheet1.xml", text))  # type: ignore[arg-type]

    return read


def sheet(data: str, prefix: str = "") -> str:
    name = f":{prefix}" if prefix else ""
    p = f"{prefix}:" if prefix else ""
    return f'<{p}worksheet xmlns{name}="{MAIN}"><{p}sheetData>{data}</{p}sheetData></{p}worksheet>'


def test_cells_are_texts_at_their_places(rows: Rows) -> None:
    assert rows(sheet(f'<row r="4">{CELLS.format(n=4)}</row>')) == [GridRow(4, TEXTS)]


def test_a_hidden_row_is_known_as_one(rows: Rows) -> None:
    data = "".join(f"<row r='{n}'{h}>{CELLS.format(n=n)}</row>" for n, h in ((1, ""), (2, ' ht="9" hidden="1"')))
    assert [(row.number, row.is_hidden) for row in rows(sheet(data))] == [(1, False), (2, True)]


@pytest.mark.parametrize(
    "changed",
    [
        lambda xml: xml.replace(' r="A1"', ""),
        lambda xml: xml.replace('<c r="B1" t="s">', "<c t='s' r='B1'>"),
        lambda xml: xml.replace('<v>1</v></c><c r="B1"', '<v>1</v>\n</c>\n <c r="B1"'),
        lambda xml: xml.replace("<v>1</v>", "<!-- one --><v><![CDATA[1]]></v>", 1),
        lambda xml: xml.replace('<c r="A1">', '<c r="A1" cm="1" vm="2">'),
    ],
)
def test_other_ways_to_write_the_same_cells_are_read_alike(rows: Rows, changed: Callable[[str], str]) -> None:
    plain = sheet(f'<row r="1">{CELLS.format(n=1)}</row>')
    assert changed(plain) != plain
    assert rows(changed(plain)) == [GridRow(1, TEXTS)]


def test_names_with_a_prefix_and_rows_without_numbers_are_read(rows: Rows) -> None:
    xml = sheet("<x:row/><x:row><x:c><x:v>7</x:v></x:c></x:row><x:row><x:c r='B3'><x:v>8</x:v></x:c></x:row>", "x")
    assert rows(xml) == [GridRow(2, ["7"]), GridRow(3, ["", "8"])]


def test_empty_rows_are_counted_whatever_their_form(rows: Rows) -> None:
    many = "<row/>" * 100_000
    assert rows(sheet(f"{many}<row><c><v>5</v></c></row>")) == [GridRow(100_001, ["5"])]
    styled = '<row><c s="1"/></row>' * 3
    assert rows(sheet(f"{styled}<row><c><v>5</v></c></row>")) == [GridRow(4, ["5"])]
    assert rows(sheet("")) == []
    assert rows(f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>') == []


def test_a_text_of_runs_has_no_reading_aids(rows: Rows) -> None:
    runs = "<is><r><t>Ив</t></r><r><t>ан</t></r><rPh><t>reading</t></rPh></is>"
    assert rows(sheet(f'<row r="1"><c r="A1" t="inlineStr">{runs}</c></row>')) == [GridRow(1, ["Иван"])]


def test_errors_and_formulas_without_a_value_are_marked(rows: Rows) -> None:
    cells = '<c r="A1" t="e"><v>#N/A</v></c><c r="B1"><f>1+1</f></c><c r="C1"><f>1+1</f><v>2</v></c>'
    cells += '<c r="D1" t="str"><f>A1</f><v></v></c><c r="E1"><f t="shared" si="0"/><v/></c>'
    found = rows(sheet(f'<row r="1">{cells}</row>'))
    marks = ((0, "error_cell"), (1, "formula_without_value"), (4, "formula_without_value"))
    assert found == [GridRow(1, ["", "", "2"], marks)]


@pytest.mark.parametrize(
    ("xml", "said"),
    [
        (sheet('<row r="1"><c r="A1"><v>1</v></row>'), "no sound XML"),
        (sheet('<row r="1"><c r="A1" t="s"><v>2</v></c></row>'), "shared text 2"),
        (sheet('<row r="1048577"><c r="A1"><v>2</v></c></row>'), "row 1048577"),
        (sheet('<row r="1"><c r="XFE1"><v>2</v></c></row>'), "column XFE"),
        (sheet('<row r="1"><c r="A1"><v>2</v></c></row>').replace("</sheetData>", ""), "ends in the middle"),
        ("<html/>", "does not begin as sheets do"),
    ],
)
def test_what_is_no_sound_sheet_is_refused(rows: Rows, xml: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        rows(xml)


def test_references_and_escapes_become_their_letters() -> None:
    assert unescaped("a &lt;&#1071;&#x44F;&gt; &amp;amp;") == "a <Яя> &amp;"
    assert decoded("_xD83D__xDE00_, _xD83D_") == "\U0001f600, \ufffd"
    assert unescaped("&#xD83D;&#xDE00;") == "\U0001f600"
    assert decoded("one_x000D_\ntwo\rthree_x005F_x000D_") == "one\ntwo\nthree_x000D_"


def test_letters_of_columns() -> None:
    assert [column_of(letters) for letters in ("A", "Z", "AA", "XFD")] == [0, 25, 26, 16383]


def test_an_element_begins_in_whatever_block_and_near_the_beginning() -> None:
    opening = re.compile(r"<(?:(\w+):)?a\b[^>]*?(/?)>")
    assert content(iter(["<?xml?><x:", "a k='1'>te", "xt"]), opening) == ("x:", "te")
    assert content(iter(["<a/>"]), opening) == ("", None)
    assert content(iter(["<b>", "text"]), opening) is None
    blocks = iter([" " * HEAD_CHARACTERS_MAX, " ", "<a>"])
    assert content(blocks, opening) is None
    assert next(blocks) == "<a>"


def test_merged_ranges_are_found_wherever_blocks_divide_them(tmp_path: Path) -> None:
    marks = "".join(f'<mergeCell ref="B{n}:AA{n + 1}"/>' for n in range(1, 60_000, 2))
    path = tmp_path / "book.xlsx"
    path.write_bytes(
        package({"Deals": f'{sheet("<row/>")[:-12]}<mergeCells count="2">{marks}</mergeCells></worksheet>'})
    )
    opened: AbstractContextManager[object] = open_package(SourceFile(path, "book.xlsx", "", 1), 1 << 30)
    with opened as inside:
        found = merged_ranges(inside, "xl/worksheets/sheet1.xml")  # type: ignore[arg-type]
    assert found == [(n, 2, n + 1, 27) for n in range(1, 60_000, 2)]
