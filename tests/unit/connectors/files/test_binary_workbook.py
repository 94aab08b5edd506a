from collections.abc import Callable, Sequence

import pytest

from tests.unit.connectors.files.conftest import Read, Rows
from tests.unit.connectors.files.old_workbooks import Day, Hidden, Value, old_workbook, ole
from voronka.connectors.files import FileBatch, binary_workbook
from voronka.domain.errors import InputError

Taken = Callable[[FileBatch], Rows]


def test_an_old_workbook_is_read_by_its_types(read: Read, rows: Taken) -> None:
    content = old_workbook(
        Cover={1: ["Отчёт"]},
        Deals={2: ["ID", "Название", "Сумма", "Дата"], 4: [101.0, "Альфа\r\nдва", 12500.5, Day(45322)]},
    )
    batch = read(content, "deals.csv", expected=("ID", "Сумма"))
    assert batch.columns == ("ID", "Название", "Сумма", "Дата")
    assert [found[:5] for found in rows(batch)] == [("101", "Альфа\nдва", "12500.5", "2024-01-31", 4)]
    assert (batch.reading["kind"], batch.reading["sheet"], batch.reading["header_row"]) == ("xls", "Deals", "2")


def test_rows_beyond_those_looked_at_first_are_read_once(read: Read, rows: Taken) -> None:
    many: dict[int, Sequence[Value]] = {number: [float(number), "x"] for number in range(2, 1002)}
    batch = read(old_workbook(Deals={1: ["id", "x"], **many}), "deals.xls")
    assert [found[0] for found in rows(batch)] == [str(number) for number in range(2, 1002)]


def test_a_workbook_under_a_password_is_refused(read: Read) -> None:
    with pytest.raises(InputError, match="has a password"):
        read(ole("EncryptedPackage", b"x" * 5000), "deals.xlsx")


def test_a_workbook_that_breaks_off_is_refused(read: Read) -> None:
    with pytest.raises(InputError, match="damaged"):
        read(old_workbook(Deals={1: ["id"]})[:900], "deals.xls")


def test_one_that_needs_more_memory_than_there_is_is_refused(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(binary_workbook, "MEMORY_BYTES", 250_000_000)
    assert read(old_workbook(Deals={1: ["id"], 2: ["near"]}), "near.xls").rows == 1
    with pytest.raises(InputError, match="damaged"):
        read(old_workbook(Deals={1: ["id"], 65_536: [*[None] * 250, "far"]}), "deals.xls")


def test_hidden_rows_are_taken_and_told(read: Read, rows: Taken) -> None:
    batch = read(old_workbook(Deals={1: ["id", "x"], 2: [1.0, "a"], 3: Hidden([2.0, "b"]), 4: [3.0, "c"]}), "deals.xls")
    assert [found[0] for found in rows(batch)] == ["1", "2", "3"]
    flag = next(flag for flag in batch.flags if flag.code == "hidden_row")
    assert (flag.rows, flag.first_rows) == (1, (3,))
