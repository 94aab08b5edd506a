from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from voronka.connectors.files.batch import FileBatch, ReadOptions, SourceFile
from voronka.connectors.files.delimited import Place
from voronka.connectors.files.grid import GridRow
from voronka.connectors.files.sheets import SheetSource, batch_of_sheets
from voronka.domain.errors import InputError, SettingsError

Rows = list[list[str]]
COVER = [["Report on deals"], ["March"]]
DEALS = [["id", "sum"], ["1", "5"]]
PEOPLE = [["name", "phone"], ["Anna", "+7"]]
HEADER_ALONE = [["id", "sum"]]


def chosen(folder: Path, sheets: dict[str, Rows], hidden: str = "", options: ReadOptions | None = None) -> FileBatch:
    def numbered(rows: Rows) -> Iterator[GridRow]:
        return (GridRow(number, list(cells)) for number, cells in enumerate(rows, start=1))

    sources = [SheetSource(name, name != hidden, lambda rows=rows: numbered(rows)) for name, rows in sheets.items()]  # type: ignore[misc]
    file = SourceFile(folder / "book.xlsx", "book.xlsx", "", 1)
    return batch_of_sheets(file, sources, options or ReadOptions(), Place(duckdb.connect(), folder), "xlsx")


@pytest.mark.parametrize(
    ("sheets", "hidden", "options", "name"),
    [
        ({"A": COVER, "B": DEALS}, "", ReadOptions(), "B"),
        ({"A": PEOPLE, "B": DEALS}, "", ReadOptions(), "A"),
        ({"A": PEOPLE, "B": DEALS}, "", ReadOptions(expected=("id", "sum")), "B"),
        ({"A": PEOPLE, "B": DEALS}, "", ReadOptions(known=frozenset({"id", "sum"})), "B"),
        ({"A": DEALS, "B": DEALS}, "A", ReadOptions(expected=("id", "sum")), "B"),
        ({"A": COVER, "B": DEALS}, "B", ReadOptions(expected=("id", "sum")), "B"),
        ({"A": HEADER_ALONE, "B": DEALS}, "", ReadOptions(expected=("id", "sum")), "B"),
        ({"A": HEADER_ALONE, "B": PEOPLE}, "", ReadOptions(expected=("id", "sum")), "A"),
        ({"A": PEOPLE, " Deals ": DEALS}, "", ReadOptions(sheet="deals"), " Deals "),
        ({"A": [], "B": PEOPLE}, "", ReadOptions(), "B"),
    ],
)
def test_the_sheet_is_chosen_by_its_header(
    tmp_path: Path, sheets: dict[str, Rows], hidden: str, options: ReadOptions, name: str
) -> None:
    assert chosen(tmp_path, sheets, hidden, options).reading["sheet"] == name


def test_a_header_row_that_no_sheet_has_is_a_fault_of_the_settings(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="no row 9"):
        chosen(tmp_path, {"A": DEALS}, options=ReadOptions(header_row=9))


def test_a_workbook_without_anything_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="all sheets are empty"):
        chosen(tmp_path, {"A": [], "B": []})


def test_the_sheets_that_are_not_read_are_named(tmp_path: Path) -> None:
    read = chosen(tmp_path, {"Cover": COVER, "Deals": DEALS, "Old": []}).reading
    assert (read["sheet"], read["other_sheets"]) == ("Deals", "Cover / Old")
    assert "other_sheets" not in chosen(tmp_path, {"Deals": DEALS}).reading
