"""What is doubtful in rows that load."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from voronka.bootstrap import trial_place
from voronka.domain.flags import Flag
from voronka.pipeline.previewing import Wish, preview

DEALS = {"no": "deal_id", "name": "title", "sum": "amount", "made": "created_at", "shut": "closed_at"}
HEAD = "no,name,sum,made,shut\n"


def flags(folder: Path, text: str, columns: Mapping[str, str] = DEALS, into: str = "deals") -> dict[str, Flag]:
    """Return the flags of a file by code."""
    file = folder / "file.csv"
    file.write_text(text, encoding="utf-8")
    with trial_place(str(folder)) as work:
        answer = preview(work, Wish(file, into, columns, "Europe/Moscow"))
    assert answer.outcome != "refuse", answer.message
    return {flag.code: flag for flag in answer.flags}


def told(found: Flag) -> tuple[int, tuple[int, ...]]:
    return found.rows, found.first_rows


def test_plain_rows_raise_nothing(tmp_path: Path) -> None:
    assert flags(tmp_path, f"{HEAD}1,a,5,2026-01-05,2026-01-05\n2,b,6,2026-01-05,\n") == {}


def test_a_header_alone_is_told_once(tmp_path: Path) -> None:
    assert [*flags(tmp_path, HEAD)] == ["no_rows"]


def test_equal_rows_and_other_versions_of_a_key_are_told_apart(tmp_path: Path) -> None:
    rows = "1,a,5,2026-01-05,\n2,b,6,2026-01-05,2026-02-01\n1,a,5,2026-01-05,\n2,c,6,2026-01-05,2026-02-01\n"
    found = flags(tmp_path, HEAD + rows)
    assert [*found] == ["repeated_row", "duplicate_id"]
    assert told(found["repeated_row"]) == (1, (4,))
    assert told(found["duplicate_id"]) == (2, (3, 5))
    assert "(such as 2)" in found["duplicate_id"].message


def test_rows_without_a_key_repeat_by_their_content_and_all_count(tmp_path: Path) -> None:
    text = "day,cost\n2026-01-05,5\n2026-01-05,5\n2026-01-06,5\n"
    found = flags(tmp_path, text, {"day": "day", "cost": "cost"}, "ad_spend")
    assert [*found] == ["repeated_row"]
    assert told(found["repeated_row"]) == (1, (3,))
    assert "every one of them counts" in found["repeated_row"].message


def test_times_out_of_order_are_told_but_a_day_is_the_whole_day(tmp_path: Path) -> None:
    rows = "1,a,5,2026-01-05 12:00,2026-01-05\n2,b,6,2026-01-05 12:00,2026-01-05 11:59\n3,b,6,2026-01-05,2026-01-04\n"
    found = flags(tmp_path, HEAD + rows)
    assert [*found] == ["closed_before_created"]
    assert told(found["closed_before_created"]) == (2, (3, 4))


def test_two_columns_of_one_name_are_told_only_where_they_differ(tmp_path: Path) -> None:
    columns = {"no": "deal_id", "sum": "amount"}
    assert flags(tmp_path, "no,sum,sum\n1,5,5\n2,6, 6\n", columns) == {}
    found = flags(tmp_path, "no,sum,sum\n1,5,5\n2,6,7\n", columns)
    assert told(found["duplicate_header"]) == (1, (3,))


def test_a_mapped_column_without_a_value_is_told_an_unmapped_one_is_not(tmp_path: Path) -> None:
    columns = {"no": "deal_id", "sum": "amount"}
    assert flags(tmp_path, "no,sum,note\n1, ,\n2,,\n", columns) == {}  # two rows say nothing of the column
    found = flags(tmp_path, "no,sum,note\n1, ,\n2,,\n3,,\n", columns)
    assert [*found] == ["empty_column"]
    assert "`sum`" in found["empty_column"].message
    assert found["empty_column"].rows == 3


@pytest.mark.parametrize("total", ["4 600", "4600,00", "4600 ₽", "4.600,00"])
def test_a_total_that_is_written_otherwise_than_the_rows_is_compared(tmp_path: Path, total: str) -> None:
    columns: dict[str, Any] = {"no": "deal_id", "name": "title", "sum": "amount"}
    found = flags(tmp_path, f"no;name;sum\n1;a;4000\n2;b;500\nИтого;;{total}\n", columns)
    assert found["total_differs"].message == "line 4 says 4600.00 in `sum`; the rows above it make 4500.00"
    assert flags(tmp_path, f"no;name;sum\n1;a;4000\n2;b;600\nИтого;;{total}\n", columns) == {}


def test_a_total_that_is_the_sum_raises_nothing_and_another_is_told(tmp_path: Path) -> None:
    columns: dict[str, Any] = {"no": "deal_id", "name": "title", "sum": "amount"}
    rows = "no;name;sum\n1;a;1 000,50\n2;b;6\n"
    assert flags(tmp_path, f"{rows}Итого;;1 006,50\n", columns) == {}
    found = flags(tmp_path, f"{rows}Итого;;1 007,50\n", columns)
    assert [*found] == ["total_differs"]
    assert found["total_differs"].message == "line 4 says 1007.50 in `sum`; the rows above it make 1006.50"
    found = flags(tmp_path, f"{rows}3;c;much\nИтого;;1 007,50\n", columns)
    assert found["total_differs"].message.endswith("the rows above it make 1006.50 (without 1 put aside)")
