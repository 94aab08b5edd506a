from collections.abc import Iterator
from pathlib import Path

import duckdb
import numpy as np
import pytest
from openpyxl import load_workbook

from voronka.demo.leads import NEVER
from voronka.demo.rows import Rows, texts
from voronka.demo.writing import ISO, OLD_RUSSIAN, RUSSIAN, Style, days, engine, moments, write_csv, write_workbook

NIGHT = 20_778 * 86_400 + 5_400  # 2026-11-21 01:30
ROWS = Rows(
    {
        "Кто": texts(["Анна; Белова", None]),
        "Когда": moments(np.array([NIGHT, NEVER])),
        "День": days(np.array([20_778, 60_000])),
        "Номер": np.array([7, -1]),
        "Сумма": np.array([1234.5, np.nan]),
    }
)


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    """Return the engine that formats tables."""
    with engine() as found:
        yield found


def test_a_system_writes_semicolons_and_days_first(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    assert write_csv(connection, tmp_path / "a.csv", ROWS, RUSSIAN) == 2
    lines = (tmp_path / "a.csv").read_text("utf-8").splitlines()
    assert lines == [
        "Кто;Когда;День;Номер;Сумма",
        '"Анна; Белова";21.11.2026 01:30:00;21.11.2026;7;1234.50',
        ";;;;",
    ]


def test_another_writes_commas_and_iso_dates(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    write_csv(connection, tmp_path / "a.csv", ROWS, ISO)
    assert (tmp_path / "a.csv").read_text("utf-8").splitlines()[
        1
    ] == "Анна; Белова,2026-11-21 01:30:00,2026-11-21,7,1234.50"


def test_an_old_one_writes_cp1251_with_a_decimal_comma_and_a_title_above(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    style = Style(decimal=",", encoding="cp1251", title="Отчёт")
    write_csv(connection, tmp_path / "a.csv", ROWS, style)
    lines = (tmp_path / "a.csv").read_bytes().decode("cp1251").splitlines()
    assert lines[:2] == ["Отчёт", "Кто;Когда;День;Номер;Сумма"]
    assert lines[2].endswith(";1234,50")
    assert OLD_RUSSIAN.encoding == "cp1251"


def test_torn_lines_stand_at_the_end_as_they_are_and_are_counted(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    assert write_csv(connection, tmp_path / "a.csv", ROWS, RUSSIAN, ("1;2",)) == 3
    assert (tmp_path / "a.csv").read_text("utf-8").splitlines()[-1] == "1;2"


def test_a_workbook_holds_dates_and_numbers_and_is_the_same_byte_for_byte(tmp_path: Path) -> None:
    first = np.array(["2026-11-01"], dtype="M8[D]")
    rows = Rows({"Показатель": texts(["КП"]), "С": first, "План": np.array([12.0]), "Кто": texts([None])})
    write_workbook(tmp_path / "a.xlsx", "Планы", rows)
    write_workbook(tmp_path / "b.xlsx", "Планы", rows)
    page = load_workbook(tmp_path / "a.xlsx")["Планы"]
    assert [cell.value for cell in page[1]] == ["Показатель", "С", "План", "Кто"]
    kind, day, plan, who = (cell.value for cell in page[2])
    assert (kind, str(day), plan, who) == ("КП", "2026-11-01 00:00:00", 12, None)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
