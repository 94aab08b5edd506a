import datetime as dt
import json
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from tests.unit.connectors.files.old_workbooks import Day, old_workbook
from voronka.connectors.files.binary_rows import Cell, answer, plain


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("text", "text"),
        (True, True),
        (101.0, ["n", "101.0"]),
        (dt.date(2024, 1, 31), ["t", "2024-01-31"]),
        (dt.datetime(2024, 1, 31, 10, 5), ["t", "2024-01-31T10:05:00"]),  # noqa: DTZ001 - a cell has no zone
        (dt.time(12), ["d", 0.5]),
        (dt.timedelta(hours=36), ["d", 1.5]),
    ],
)
def test_a_cell_is_said_in_json(cell: Cell, said: object) -> None:
    assert plain(cell) == said


def test_sheets_and_rows_are_answered(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "old.xls"
    path.write_bytes(old_workbook(One={1: ["id"], 3: [Day(45322)], 4: [5.0]}, Two={}))
    book = CalamineWorkbook.from_path(path)
    for question in (None, [0, 2], [1, None]):
        answer(book, question)  # type: ignore[arg-type]
    said = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert said == [[[0, "One", True], [1, "Two", True]], [1, ["id"]], [3, [["t", "2024-01-31"]]], None, None]
