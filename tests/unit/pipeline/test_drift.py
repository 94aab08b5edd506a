"""What is told of columns and rows that are otherwise than in the last load."""

from dataclasses import replace
from datetime import datetime

import pytest

from voronka.lake.ledger import ACTIVE, UNDONE, Load
from voronka.pipeline.drift import Shape, drift, last_with_rows

BEFORE = Load(
    *("a", "crm", "deals", ACTIVE, datetime(2026, 1, 1), "anna", (), "", {}),  # noqa: DTZ001 - UTC without a zone
    rows_read=100,
    columns={"no": 100, "sum": 90, "label": 2},
)


def told(shape: Shape, last: Load | None = BEFORE) -> list[tuple[str, int]]:
    return [(flag.code, flag.rows) for flag in drift(shape, last)]


def test_nothing_is_told_where_all_is_as_it_was_or_nothing_is_known() -> None:
    assert told(Shape(10, {"no": 10, "sum": 9, "label": 0})) == []
    assert told(Shape(10, {"no": 10}), None) == []
    assert told(Shape(10, {"no": 10}), replace(BEFORE, columns={})) == []


def test_a_column_is_known_in_another_case() -> None:
    assert told(Shape(10, {"NO": 10, "Sum ": 9, "label": 1})) == []


def test_a_missing_column_names_the_new_one_that_is_most_alike() -> None:
    missing, new = drift(Shape(10, {"no": 10, "sums": 9, "label": 0}), BEFORE)
    assert (missing.code, missing.message) == (
        "column_missing",
        "the column `sum` of the last load is not there. Did you mean sums?",
    )
    assert (new.code, new.rows) == ("column_new", 9)


@pytest.mark.parametrize(("rows", "is_told"), [(1, False), (2, True)])
def test_a_column_is_emptied_where_chance_does_not_explain_it(rows: int, is_told: bool) -> None:  # noqa: FBT001
    # nine rows of ten had it: one empty row comes in one of ten cases, two in one of a hundred and are not yet rarer
    last = replace(BEFORE, columns={"no": 100, "sum": 91, "label": 2})
    assert told(Shape(rows, {"no": rows, "sum": 0, "label": 0}), last) == (
        [("column_emptied", rows)] if is_told else []
    )


def test_a_stream_without_rows_is_an_alarm() -> None:
    (flag,) = drift(Shape(0, {"no": 0, "sum": 0, "label": 0}), BEFORE)
    assert flag.code == "stream_emptied"
    assert "had 100 rows" in flag.message


def test_the_last_load_is_the_last_that_counts_has_rows_and_mends_nothing() -> None:
    undone = replace(BEFORE, load_id="b", state=UNDONE)
    empty = replace(BEFORE, load_id="c", rows_read=0)
    mended = replace(BEFORE, load_id="d", mends={"a": ((1, 1),)})
    assert last_with_rows([BEFORE, undone, empty, mended]) == BEFORE
    assert last_with_rows([undone, empty, mended]) is None
