from collections.abc import Callable

import pytest

from tests.unit.connectors.files.conftest import Read, Rows
from voronka.connectors.files import FileBatch
from voronka.domain.errors import InputError

Taken = Callable[[FileBatch], Rows]
HEADER = "<tr><th>ID</th><th>Название</th><th>Сумма</th></tr>"
RECORD = "<tr><td>{}</td><td>Сделка &amp; Ко</td><td>12&nbsp;500,00</td></tr>"
TABLE = f"<table border=1>{HEADER}{RECORD.format(1)}{RECORD.format(2)}</table>"


def values(rows: Taken, batch: FileBatch) -> Rows:
    return [row[: len(batch.columns) + 1] for row in rows(batch)]


@pytest.mark.parametrize(
    ("head", "codec"),
    [
        ("<html><meta charset=windows-1251>", "cp1251"),
        ("<html><meta http-equiv='Content-Type' content='text/html; charset=KOI8-R'>", "koi8-r"),
        ("<html><meta charset=windows-1251>", "utf-8"),
        ("\ufeff<html>", "utf-8"),
        ("\ufeff<!DOCTYPE html>", "utf-16-le"),
        ("<TABLE></TABLE>", "utf-8"),
        ('<html xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">', "utf-8"),
    ],
)
def test_the_table_of_a_page_is_read_in_any_encoding(read: Read, rows: Taken, head: str, codec: str) -> None:
    batch = read((head + TABLE).encode(codec), "deals.xls")
    assert batch.columns == ("ID", "Название", "Сумма")
    assert values(rows, batch) == [("1", "Сделка & Ко", "12 500,00", 2), ("2", "Сделка & Ко", "12 500,00", 3)]
    assert [(flag.code, flag.rows) for flag in batch.flags] == [("html_table", 2)]
    assert batch.reading["kind"] == "html"


def test_the_table_that_is_wanted_is_read_of_several(read: Read, rows: Taken) -> None:
    other = "<table><tr><td>Period</td><td>March</td></tr><tr><td>Made</td><td>Today</td></tr></table>"
    layout = f"<table><tr><td>{other}</td><td>{TABLE}</td></tr></table>"
    batch = read(f"<html><body>{layout}</body></html>", "deals.xls", expected=("ID", "Сумма"))
    assert [row[0] for row in values(rows, batch)] == ["1", "2"]
    with pytest.raises(InputError, match="2 tables, and nothing tells which is meant"):
        read(f"<html><body>{layout}</body></html>", "unknown.xls")


def test_tables_that_go_on_with_the_same_header_are_one(read: Read, rows: Taken) -> None:
    batch = read(f"<html>{TABLE}<table>{HEADER}{RECORD.format(3)}</table></html>", "deals.xls")
    assert [(row[0], row[-1]) for row in values(rows, batch)] == [("1", 2), ("2", 3), ("3", 5)]
    assert {flag.code: flag.first_rows for flag in batch.flags}["repeated_header"] == (4,)


@pytest.mark.parametrize("said", ["utf-8", "iso-8859-1", "no-such-charset"])
def test_a_page_that_names_its_encoding_wrongly_is_read_by_its_letters(read: Read, said: str) -> None:
    batch = read(f"<html><meta charset={said}>{TABLE}".encode("cp1251"), "deals.xls")
    assert batch.columns == ("ID", "Название", "Сумма")
    assert batch.reading["encoding"] == "windows-1251"


def test_a_page_that_breaks_off_costs_its_last_row(read: Read, rows: Taken) -> None:
    whole = f"<html><meta charset=utf-8>{TABLE}"
    batch = read(whole[: whole.index("12&nbsp;500", whole.index("12&nbsp;500") + 1) + 3], "deals.xls")
    assert (batch.rows, batch.malformed) == (2, 1)
    assert [row[-2:] for row in rows(batch)] == [(None, None), ("2\tСделка & Ко\t12&", "truncated")]


def test_bytes_that_are_no_letters_cost_their_row(read: Read, rows: Taken) -> None:
    content = f"<html><meta charset=windows-1251>{TABLE}".encode("cp1251").replace(b"<td>2", b"<td>2\x98")
    assert [row[-1] for row in rows(read(content, "deals.xls"))] == [None, "bad_encoding"]


@pytest.mark.parametrize(
    ("page", "said"),
    [
        (
            "<html><title>Sign in</title><form><input type=password></form>" + TABLE,
            "web page (Sign in), not a table: it",
        ),
        ("<html><body><h1>502 Bad Gateway</h1></body></html>", "it holds no table"),
        ("<html><table><tr><td>Access denied</td></tr></table></html>", "it holds no table"),
        ("<html><table></table></html>", "it holds no table"),
    ],
)
def test_a_page_that_is_no_export_is_refused(read: Read, page: str, said: str) -> None:
    with pytest.raises(InputError) as refusal:
        read(page, "deals.csv")
    assert said in str(refusal.value)
    assert "Open the file in a browser" in refusal.value.do


def test_a_cell_over_several_rows_holds_for_each_of_them(read: Read, rows: Taken) -> None:
    page = (
        "<table><tr><th>Owner<th>ID<th>Amount</tr><tr><td rowspan=2>Ann<td>1<td>5</tr><tr><td>2<td>6</tr>"
        "<tr><td>Bob<td>3<td>7</tr></table>"
    )
    batch = read(f"<html><meta charset=utf-8>{page}", "deals.xls")
    assert [row[:3] for row in rows(batch)] == [("Ann", "1", "5"), ("Ann", "2", "6"), ("Bob", "3", "7")]
    assert [(flag.code, flag.rows) for flag in batch.flags] == [("html_table", 3), ("merged_cells", 1)]
