"""What `voronka import --dry-run FILE` answers to workbooks and pages, in a folder that is no company yet."""

import datetime as dt
import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from tests.acceptance.test_import_answer import Case, answer
from tests.unit.connectors.files.old_workbooks import Day, old_workbook, ole
from tests.unit.connectors.files.workbooks import Raw, package, sheet_xml, workbook

HEADER = ("ID", "Название", "Сумма", "Создана", "Закрыта")
MAP = {"ID": "deal_id", "Название": "title", "Сумма": "amount", "Создана": "created_at", "Закрыта": "closed_at"}
MADE, SOLD = dt.date(2024, 3, 5), dt.date(2024, 3, 15)
RECORD = {"deal_id": "1", "title": "Столы", "amount": "100.50", "created_at": "2024-03-05", "closed_at": "2024-03-15"}
PAGE = "<html><meta charset={}><table><tr>{}</tr><tr>{}</tr></table></html>"
CELLS = "<td>1</td><td>Столы</td><td>100,50</td><td>05.03.2024</td><td>15.03.2024</td>"


def made(fill: Callable[[openpyxl.Workbook, Worksheet], None]) -> bytes:
    """Return a workbook that `fill` fills."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    fill(book, sheet)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def plain(_: openpyxl.Workbook, sheet: Worksheet, *more: tuple[str | float | dt.date, ...]) -> None:
    sheet.append(HEADER)
    sheet.append((1.0, "Столы", 100.5, MADE, SOLD))
    for row in more:
        sheet.append(row)


def cover(book: openpyxl.Workbook, sheet: Worksheet) -> None:
    sheet["A1"] = "Отчёт по сделкам"
    sheet.merge_cells("A1:E3")
    data = book.create_sheet("Данные")
    data["A1"] = "Выгрузка из CRM"
    data.merge_cells("A1:E2")
    rows = (HEADER, (1, "Столы", 100.5, MADE, SOLD), ("Итого", None, 100.5, None, None))
    for number, row in enumerate(rows, start=4):
        for column, value in enumerate(row, start=1):
            data.cell(number, column, value)


def far(book: openpyxl.Workbook, sheet: Worksheet) -> None:
    plain(book, sheet)
    sheet.cell(1_048_576, 16_384).font = Font(bold=True)


def two_lines(_: openpyxl.Workbook, sheet: Worksheet) -> None:
    sheet.append(["ID", "Сделка", None, "Создана", "Закрыта"])
    sheet.append([None, "Название", "Сумма", None, None])
    sheet.append([1, "Столы", 100.5, MADE, SOLD])
    sheet.merge_cells("A1:A2")
    sheet.merge_cells("B1:C1")


def groups(_: openpyxl.Workbook, sheet: Worksheet) -> None:
    sheet.append(HEADER)
    sheet.append([1, "Столы", 100.5, MADE, SOLD])
    sheet.append([2, None, None, None, SOLD])
    for merged in ("B2:B3", "C2:C3", "D2:D3"):
        sheet.merge_cells(merged)


def page(codec: str) -> bytes:
    return PAGE.format(codec, "".join(f"<th>{name}</th>" for name in HEADER), CELLS).encode(codec)


def days(*bare: str, **values: str) -> bytes:
    """Return a workbook with one record of day cells by their numbers; those of `bare` have no format of days."""
    styles = '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
    cells = [Raw(f'<c r="{{r}}" s="{int(key not in bare)}"><v>{value}</v></c>') for key, value in values.items()]
    book = '<workbookPr date1904="1"/>'
    return package({"S": sheet_xml({1: HEADER, 2: ["1", "Столы", 100.5, *cells]})}, styles=styles, book=book)


def bomb() -> bytes:
    target = io.BytesIO(made(plain))
    with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet9.xml", b"<a>" + b" " * (40 << 20))
    return target.getvalue()


def entities() -> bytes:
    kind = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>'
    return package({"S": f"{kind}{sheet_xml({1: HEADER}).partition('?>')[2].strip()}"})


TOLD: Mapping[str, Any] = {"encoding": None, "separator": None, "header_row": 1, "rows_in": 1, "rows_aside": 0}
ONE = (RECORD,)
CASES = (
    Case("plain", made(plain), "accept", ONE, told=TOLD),
    Case("named csv", made(plain), "accept", ONE, told=TOLD, suffix="csv"),
    Case("cover", made(cover), "accept", ONE, told={"sheet": "Данные", "header_row": 4, "rows_in": 1}),
    Case("far", made(far), "accept", ONE, told=TOLD),
    Case("two lines", made(two_lines), "accept", ONE, told={"header_row": 2, "rows_in": 1}),
    Case("merged rows", made(groups), "accept_flag", (RECORD, {**RECORD, "deal_id": "2", "amount": None}),
         flags=frozenset({"merged_cells"})),
    Case("days from 1904", days(made="43894", sold="43904"), "accept", ONE, told=TOLD),
    Case("bare days from 1904", days("sold", made="43894", sold="43904"), "accept", ONE, told=TOLD),
    Case(
        "damaged id",
        made(lambda book, sheet: plain(book, sheet, (1234567890123456789, "x", 1, MADE, SOLD))),
        "quarantine",
        ONE,
        [(3, "damaged_id")],
    ),
    Case(
        "errors",
        workbook(S={1: HEADER, 2: ["1", "Столы", Raw('<c r="{r}" t="e"><v>#N/A</v></c>'), "05.03.2024", "15.03.2024"]}),
        "accept_flag",
        ({**RECORD, "amount": None},),
        flags=frozenset({"error_cell"}),
    ),
    Case(
        "formula",
        workbook(S={1: HEADER, 2: ["1", "Столы", Raw('<c r="{r}"><f>1+1</f></c>'), "05.03.2024", "15.03.2024"]}),
        "accept_flag",
        ({**RECORD, "amount": None},),
        flags=frozenset({"formula_without_value"}),
    ),
    Case("saved formula", workbook(S={1: HEADER, 2: ["1", "Столы", Raw('<c r="{r}"><f>A1</f><v>100.5</v></c>'),
         "05.03.2024", "15.03.2024"]}), "accept", ONE),
    Case(
        "other sheets",
        workbook(Март={1: HEADER, 2: ["1", "Столы", 100.5, "05.03.2024", "15.03.2024"]}, Май={1: HEADER, 2: ["2"]}),
        "accept_flag",
        ONE,
        flags=frozenset({"other_sheets"}),
        told={"sheet": "Март"},
    ),
    Case(
        "old",
        old_workbook(S={1: HEADER, 2: [1.0, "Столы", 100.5, Day(45356), Day(45366)]}),
        "accept",
        ONE,
        told=TOLD,
        suffix="xls",
    ),
    Case("page", page("cp1251"), "accept_flag", ONE, flags=frozenset({"html_table"}), suffix="xls",
         told={"encoding": "windows-1251", "separator": None, "header_row": 1}),
    Case("header alone", workbook(S={1: HEADER}), "accept_flag", flags=frozenset({"no_rows"}), told={"rows_in": 0}),
    Case("empty", workbook(S={}), "refuse"),
    Case("cut", made(plain)[:3000], "refuse"),
    Case("bomb", bomb(), "refuse"),
    Case("entities", entities(), "refuse"),
    Case("password", ole("EncryptedPackage", bytes(600)), "refuse"),
    Case("log-in", "<html><form><input type='password'></form></html>", "refuse", suffix="xls"),
)  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_workbook_is_answered_as_its_content_asks(tmp_path: Path, case: Case) -> None:
    suffix = "xlsx" if case.suffix == "csv" and case.name != "named csv" else case.suffix
    found = answer(tmp_path, replace(case, columns=MAP, suffix=suffix))
    assert found["outcome"] == case.outcome, found["message"]
    assert found["records"] == list(case.records) or case.outcome == "refuse"
    assert [(row["row"], row["reason"]) for row in found["aside"]] == list(case.aside)
    assert {flag["code"] for flag in found["flags"]} >= case.flags
    assert {key: found[key] for key in case.told} == case.told
