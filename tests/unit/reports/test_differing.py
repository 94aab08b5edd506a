from datetime import date

import pytest

from voronka.metrics.answer import Answer, AnswerColumn, Row
from voronka.metrics.dimensions import Title
from voronka.reports.ask import Ask, Block
from voronka.reports.differing import Share

COLUMN = AnswerColumn("channel", Title("Канал", "Channel"), kind="dimension")
ROWS: list[Row] = [
    {"channel": "a", "rate": 80.0, "target": 80},
    {"channel": "b", "rate": 40.0, "target": 40},
    {"channel": "c", "rate": None, "target": 0},
]
TOTALS: Row = {"rate": 60.0, "target": 120}
SHARE = Share("rate", "target", "leads")
BLOCK = Block(Ask(("rate",)), Answer((COLUMN,), ROWS, TOTALS, "1", date(2026, 3, 16)))


@pytest.mark.parametrize(
    ("row", "made_of"),
    [
        ({"rate": 40.0, "target": 40}, (40, 100)),
        ({"rate": 0.0, "target": 0, "leads": 7}, (0, 7)),
        ({"rate": 0.0, "target": 0}, (0, 0)),
        ({"rate": None, "target": 0}, None),
        ({"rate": 40.0}, None),
    ],
)
def test_of_how_many_a_share_is_made(row: Row, made_of: tuple[float, float] | None) -> None:
    assert SHARE.counted(row) == made_of


def test_rows_that_differ_from_all_the_others_are_marked() -> None:
    # 80 and 40 of 100 each: pooled 0.6, error sqrt(0.24 * 0.02) = 0.069; the difference of 0.4 is 5.8 errors
    table = SHARE.differing(BLOCK, "channel")
    assert [column.name for column in table.columns] == ["channel", "differs"]
    assert list(table.rows) == [
        {"channel": "a", "differs": True},
        {"channel": "b", "differs": True},
        {"channel": "c", "differs": False},
    ]


def test_the_strangest_of_many_must_differ_more() -> None:
    assert SHARE.differs(ROWS[0], BLOCK, level=6.0) is False
