import datetime as dt
import io
import zipfile
from collections.abc import Callable, Sequence

import openpyxl
import pytest
import xlsxwriter  # type: ignore[import-untyped]
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.connectors.files.conftest import Read, Rows
from tests.unit.connectors.files.workbooks import Raw, Value, package, sheet_xml, workbook
from voronka.connectors.files import FileBatch
from voronka.domain.errors import InputError

Taken = Callable[[FileBatch], Rows]


def values(rows: Taken, batch: FileBatch) -> Rows:
    """Return the rows with their numbers, without what is told of rows put aside."""
    return [row[: len(batch.columns) + 1] for row in rows(batch)]


def test_the_first_sheet_is_read_as_text(read: Read, rows: Taken) -> None:
    content = workbook(Calls={1: ["id", "Time", "TIME"], 2: [101.0, 'a "b"\nc', None]}, Other={1: ["x"]})
    batch = read(content, "calls.xlsx")
    assert batch.columns == ("id", "Time", "TIME#2")
    assert values(rows, batch) == [("101", 'a "b"\nc', "", 2)]
    assert {key: batch.reading[key] for key in ("kind", "sheet", "header_row")} == {
        "kind": "xlsx",
        "sheet": "Calls",
        "header_row": "1",
    }


def test_rows_have_the_numbers_that_the_spreadsheet_shows(read: Read, rows: Taken) -> None:
    batch = read(workbook(Calls={3: ["id", "x"], 4: ["1", "2"], 7: ["3", 4.5]}), "calls.xlsx")
    assert values(rows, batch) == [("1", "2", 4), ("3", "4.5", 7)]
    assert batch.rows == 2


def test_the_header_row_and_the_sheet_can_be_set(read: Read, rows: Taken) -> None:
    content = workbook(Notes={1: ["x"]}, Calls={1: ["Report", None], 2: ["id", "sum"], 3: [1.0, 2.0]})
    batch = read(content, "calls.xlsx", sheet="Calls", header_row=2)
    assert batch.columns == ("id", "sum")
    assert values(rows, batch) == [("1", "2", 3)]


def test_what_xlsxwriter_writes_is_read_by_its_types(read: Read, rows: Taken) -> None:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        sheet = book.add_worksheet("Deals")
        kinds = ("yyyy-mm-dd", "dd.mm.yyyy hh:mm", "[h]:mm:ss", "0.0%", "00000", "#,##0.00 $", "hh:mm")
        formats = [book.add_format({"num_format": kind}) for kind in kinds]
        sheet.write_row(0, 0, ["day", "moment", "talk", "share", "code", "sum", "clock", "flag", "text", "sign"])
        sheet.write_row(1, 0, [45322], formats[0])
        sheet.write_datetime(1, 1, dt.datetime(2024, 1, 31, 10, 5), formats[1])  # noqa: DTZ001 - a cell has no zone
        sheet.write_number(1, 2, 1.0854745370370369, formats[2])
        sheet.write_number(1, 3, 0.455, formats[3])
        sheet.write_number(1, 4, 123, formats[4])
        sheet.write_number(1, 5, 0.1 + 0.2, formats[5])
        sheet.write_number(1, 6, 0.4, formats[6])
        sheet.write_boolean(1, 7, True)  # noqa: FBT003 - the library's own signature
        sheet.write_string(1, 8, "00123")
        sheet.write_string(1, 9, "a & <b> & \U0001f600")
    batch = read(target.getvalue(), "deals.xlsx")
    told = ("2024-01-31", "2024-01-31T10:05:00", "26:03:05", "45.5%", "00123", "0.3 $", "9:36:00", "true", "00123")
    assert values(rows, batch) == [(*told, "a & <b> & \U0001f600", 2)]


def test_what_openpyxl_writes_is_read_by_its_types(read: Read, rows: Taken) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["id", "name", "amount", "created", "paid", "broken"])
    sheet.append([101.0, 5, "7", dt.datetime(2024, 1, 31), dt.date(2024, 2, 1), "=1/0"])  # noqa: DTZ001 - a cell has no zone
    sheet.append([102, None, 1234567890123456789, dt.datetime(2024, 1, 31, 23, 59, 59), None, "#N/A"])  # noqa: DTZ001 - the same
    sheet["F3"].data_type = "e"
    target = io.BytesIO()
    book.save(target)
    batch = read(target.getvalue(), "deals.xlsx")
    assert values(rows, batch) == [
        ("101", "5", "7", "2024-01-31T00:00:00", "2024-02-01", "", 2),
        ("102", "", "1.23456789012346E+18", "2024-01-31T23:59:59", "", "", 3),
    ]
    assert {flag.code: flag.first_rows for flag in batch.flags} == {"formula_without_value": (2,), "error_cell": (3,)}


def test_a_saved_value_of_a_formula_is_taken_and_zero_in_a_workbook_to_be_reckoned_anew_is_none(
    read: Read, rows: Taken
) -> None:
    formula = Raw('<c r="{r}"><f>SUM(A1:A9)</f><v>700</v></c>')
    zero = Raw('<c r="{r}"><f>SUM(A1:A9)</f><v>0</v></c>')
    text = Raw('<c r="{r}" t="str"><f>A1</f><v>won</v></c>')
    sheet = sheet_xml({1: ["id", "sum", "rest", "state"], 2: ["1", formula, zero, text]})
    kept = read(package({"Deals": sheet}), "kept.xlsx")
    assert values(rows, kept) == [("1", "700", "0", "won", 2)]
    assert kept.flags == ()
    anew = read(package({"Deals": sheet}, book='<calcPr fullCalcOnLoad="1"/>'), "anew.xlsx")
    assert values(rows, anew) == [("1", "700", "", "won", 2)]
    assert [(flag.code, flag.rows) for flag in anew.flags] == [("formula_without_value", 1)]


def test_days_are_counted_from_1904_where_the_workbook_says_so(read: Read, rows: Taken) -> None:
    styles = '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
    sheet = sheet_xml({1: ["id", "day"], 2: ["1", Raw('<c r="{r}" s="1"><v>43860</v></c>')]})
    content = package({"Deals": sheet}, styles=styles, book='<workbookPr date1904="1"/>')
    assert values(rows, read(content, "mac.xlsx")) == [("1", "2024-01-31", 2)]
    assert values(rows, read(package({"Deals": sheet}, styles=styles), "pc.xlsx")) == [("1", "2020-01-30", 2)]


def test_the_sheet_with_the_wanted_header_is_read_not_the_cover(read: Read, rows: Taken) -> None:
    cover: dict[int, Sequence[Value]] = {
        1: ["Report on deals", None, None],
        3: ["made", "31.01.2024"],
        4: ["by", "Anna"],
    }
    content = workbook(Cover=cover, Deals={2: ["Deal", "Sum"], 3: ["1", 5.0]}, Notes={1: ["x", "y"], 2: ["1", "2"]})
    batch = read(content, "deals.xlsx", expected=("Deal", "Sum"))
    assert (batch.reading["sheet"], batch.reading["header_row"]) == ("Deals", "2")
    assert values(rows, batch) == [("1", "5", 3)]
    known = read(content, "known.xlsx", known=frozenset({"deal", "sum"}))
    assert known.reading["sheet"] == "Deals"


def test_a_hidden_sheet_is_not_read_before_one_that_people_see(read: Read) -> None:
    sheets = {name: sheet_xml({1: ["id", "sum"], 2: [name, 1.0]}) for name in ("Old", "Now")}
    batch = read(package(sheets, hidden=["Old"]), "deals.xlsx", expected=("id", "sum"))
    assert batch.reading["sheet"] == "Now"
    assert batch.flags == ()


def test_other_sheets_with_the_same_header_are_told(read: Read) -> None:
    content = workbook(
        January={1: ["id", "sum"], 2: ["1", 1.0]},
        February={1: ["ID", "Sum"], 2: ["2", 2.0]},
        Empty={1: ["id", "sum"]},
        Other={1: ["id", "phone"], 2: ["1", "2"]},
    )
    batch = read(content, "deals.xlsx")
    assert batch.reading["sheet"] == "January"
    assert [flag.message.split(": ")[1] for flag in batch.flags] == ["February; name one with sheet"]


def test_an_unknown_sheet_is_refused_with_the_near_name(read: Read) -> None:
    with pytest.raises(InputError, match=r"no sheet Cals. Did you mean Calls\?"):
        read(workbook(Calls={1: ["id"]}), "calls.xlsx", sheet="Cals")


def test_values_beside_the_table_are_no_part_of_it_and_told(read: Read, rows: Taken) -> None:
    many: dict[int, Sequence[Value]] = {number: [f"{number}", 1.0] for number in range(2, 300)}
    batch = read(workbook(Deals={1: ["id", "sum"], **many, 300: ["300", 1.0, None, "see below"]}), "deals.xlsx")
    assert batch.rows == 299
    assert values(rows, batch)[-1] == ("300", "1", 300)
    assert [(flag.code, flag.rows, flag.first_rows) for flag in batch.flags] == [("cells_outside", 1, (300,))]


def test_a_column_without_a_name_is_kept(read: Read, rows: Taken) -> None:
    batch = read(
        workbook(Deals={1: ["id", None, "sum"], 2: ["1", "x", 5.0, "y"]}), "deals.xlsx", expected=("id", "sum")
    )
    assert batch.columns == ("id", "column_2", "sum", "column_4")
    assert values(rows, batch) == [("1", "x", "5", "y", 2)]


def test_a_range_used_to_the_last_row_and_column_costs_nothing(read: Read, rows: Taken) -> None:
    empty = "".join(f'<row r="{number}"><c r="A{number}" s="0"/></row>' for number in range(3, 200_000))
    head = sheet_xml({1: ["id", "sum"], 2: ["1", 5.0]}).partition("</sheetData>")[0]
    last = '<row r="1048576" hidden="1"/></sheetData></worksheet>'
    far = '<row r="200000"><c r="XFD200000" s="0"/></row>'
    batch = read(package({"Deals": f"{head}{empty}{far}{last}"}), "far.xlsx")
    assert values(rows, batch) == [("1", "5", 2)]
    assert batch.columns == ("id", "sum")


def test_a_nul_in_a_cell_costs_its_row(read: Read) -> None:
    batch = read(workbook(Deals={1: ["id", "x"], 2: ["1", "a_x0000_b"], 3: ["2", "c"]}), "deals.xlsx")
    assert (batch.rows, batch.malformed) == (2, 1)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (workbook(Calls={1: ["id"]})[:-40], "damaged"),
        (workbook(Calls={1: ["id"]})[: len(workbook(Calls={1: ["id"]})) // 2], "damaged"),
        (workbook(Calls={}), "sheet is empty"),
        (workbook(Calls={}, Notes={}), "all sheets are empty"),
    ],
)
def test_a_workbook_that_holds_no_whole_table_is_refused(read: Read, content: bytes, said: str) -> None:
    with pytest.raises(InputError, match=said):
        read(content, "calls.xlsx")


def test_a_sheet_that_ends_in_the_middle_is_refused(read: Read) -> None:
    cut = sheet_xml({1: ["id"], 2: ["1"], 3: ["2"]}).partition('<row r="3">')[0]
    with pytest.raises(InputError, match=r"damaged \(a sheet ends in the middle"):
        read(package({"Deals": cut}), "deals.xlsx")


def test_entities_are_refused(read: Read) -> None:
    bomb = (
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
        + sheet_xml({1: ["id"], 2: ["1"]}).split("\n", 1)[1]
    )
    with pytest.raises(InputError, match="document type"):
        read(package({"Deals": bomb}), "deals.xlsx")


def test_a_part_that_unpacks_to_far_more_than_it_takes_is_refused_unread(read: Read) -> None:
    target = io.BytesIO(workbook(Calls={1: ["id"], 2: ["1"]}))
    with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/far.xml", b" " * (40 << 20))
    with pytest.raises(InputError, match=r"unpacked, xl/worksheets/far\.xml would take 40 MB"):
        read(target.getvalue(), "calls.xlsx")


def test_one_long_text_that_all_cells_share_is_not_written_out_without_end(read: Read) -> None:
    shared = f"<si><t>{'A' * 32_000}</t></si>"
    row = '<row><c t="s"><v>0</v></c></row>'
    head = sheet_xml({1: ["id"]}).partition("</sheetData>")[0]
    content = package({"Deals": f"{head}{row * 3000}</sheetData></worksheet>"}, shared=shared)
    with pytest.raises(InputError, match=r"unpacked, the workbook takes 64 MB or more"):
        read(content, "deals.xlsx")


LETTERS = st.characters(exclude_categories=("Cs", "Cc", "Cf", "Co", "Cn"))
TEXTS = st.text(LETTERS, max_size=12).map(str.strip)
TABLES = st.lists(st.lists(TEXTS, min_size=3, max_size=3), min_size=1, max_size=8)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(texts=TABLES, in_rows=st.booleans())
def test_any_texts_that_are_written_come_back(
    read: Read, rows: Taken, texts: list[list[str]], *, in_rows: bool
) -> None:
    target = io.BytesIO()
    header = ["the number", "the first", "the second", "the third"]
    with xlsxwriter.Workbook(target, {"constant_memory": in_rows}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([header, *([f"{n}", *row] for n, row in enumerate(texts))]):
            for column, text in enumerate(row):
                sheet.write_string(number, column, text)
    batch = read(target.getvalue(), "made.xlsx", expected=tuple(header))
    assert values(rows, batch) == [(f"{n}", *row, n + 2) for n, row in enumerate(texts)]
