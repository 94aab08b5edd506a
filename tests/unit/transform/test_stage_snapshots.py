from datetime import datetime

import duckdb
import pytest

from voronka.transform.import_tables import SNAPSHOTS, staging_columns
from voronka.transform.stage_snapshots import stage_moves

ROWS = """
    SELECT
      k AS _key, k AS deal_id, NULL AS lead_id, NULL AS pipeline, stage, CAST(NULL AS DECIMAL(18,2)) AS amount,
      CAST({created} AS TIMESTAMP) AS created_at, CAST(u AS TIMESTAMP) AS updated_at,
      'crm' AS _source, 'deals' AS _stream, r AS _load_id, 'f' AS _file, n AS _row,
      CAST(r AS TIMESTAMP) AS _received_at, gone AS _deleted
    FROM (VALUES {rows}) AS v (k, stage, u, r, n, gone)
"""


def versions_of(*rows: str, created: str = "NULL") -> str:
    """Return the SELECT of versions, the last word of a row being whether it was deleted, which may be left out."""
    listed = ", ".join(f"({row}, {'false' if row.count(',') == 4 else ''})" for row in rows)
    return ROWS.format(rows=listed, created=created)


def moves(*rows: str, by_load: bool = False) -> list[tuple[object, ...]]:
    """Return (key, stage before, stage, since, by) of the moves; a row: key, stage, updated, received, row number."""
    versions = versions_of(*rows)
    select = f"SELECT _key, from_stage, stage, since_at, changed_at FROM ({stage_moves(versions, by_load=by_load)})"
    return duckdb.connect().execute(f"{select} ORDER BY ALL").fetchall()


def day(number: int, hour: int = 0) -> datetime:
    return datetime(2026, 3, number, hour)  # noqa: DTZ001 - UTC without a zone, as everywhere in the house


def test_a_move_lies_between_two_loads_and_the_first_version_is_none() -> None:
    found = moves(
        "'1', 'New', NULL, '2026-03-01', 1",
        "'1', 'New', NULL, '2026-03-02', 1",
        "'1', 'Won', NULL, '2026-03-03', 1",
        "'2', 'New', NULL, '2026-03-03', 2",
    )
    assert found == [("1", "New", "Won", day(2), day(3))]


def test_of_two_rows_of_one_load_the_last_counts_where_no_time_tells_their_order() -> None:
    found = moves(
        "'1', 'New', NULL, '2026-03-01', 1",
        "'1', 'Won', NULL, '2026-03-02', 1",
        "'1', 'New', NULL, '2026-03-02', 2",
    )
    assert found == []


@pytest.mark.parametrize(
    ("old", "new", "since", "by"),
    [
        ("'2026-02-20'", "'2026-03-01 18:00'", day(1), day(1, 18)),  # changed between the loads
        ("'2026-02-20'", "'2026-02-20'", day(1), day(2)),  # the time of change did not move along
        ("NULL", "'2026-03-01 18:00'", day(1), day(1, 18)),
        ("'2026-02-20'", "'2026-02-25'", datetime(2026, 2, 20), datetime(2026, 2, 25)),  # noqa: DTZ001 - old exports
        ("NULL", "'2026-03-09'", day(1), day(2)),  # a change after it was received is none
    ],
)
def test_the_times_of_the_last_change_narrow_the_span(old: str, new: str, since: datetime, by: datetime) -> None:
    found = moves(f"'1', 'New', {old}, '2026-03-01', 1", f"'1', 'Won', {new}, '2026-03-02', 1")
    assert found == [("1", "New", "Won", since, by)]


def test_two_versions_in_one_load_are_ordered_by_their_own_times() -> None:
    rows = ("'1', 'Won', '2026-02-25', '2026-03-01', 1", "'1', 'New', '2026-02-20', '2026-03-01', 2")
    assert moves(*rows) == [("1", "New", "Won", datetime(2026, 2, 20), datetime(2026, 2, 25))]  # noqa: DTZ001


def test_full_snapshots_are_ordered_by_their_loads() -> None:
    rows = ("'1', 'New', '2026-02-25', '2026-03-01', 1", "'1', 'Won', '2026-02-20', '2026-03-02', 1")
    assert moves(*rows, by_load=True) == [("1", "New", "Won", day(1), day(2))]


def test_a_deleted_row_and_one_without_a_stage_tell_nothing() -> None:
    found = moves(
        "'1', 'New', NULL, '2026-03-01', 1",
        "'1', NULL, NULL, '2026-03-02', 1",
        "'1', 'Won', NULL, '2026-03-03', 1, true",
        "'1', 'Lost', NULL, '2026-03-04', 1",
    )
    assert found == [("1", "New", "Lost", day(1), day(4))]


@pytest.mark.parametrize(
    ("created", "updated", "known"),
    [
        ("NULL", "NULL", day(20)),  # the load tells no times: all that is known is when it was received
        ("'2026-03-05'", "NULL", day(5)),
        ("'2026-03-05'", "'2026-03-07'", day(7)),  # of another record in the same load
        ("'2026-03-05'", "'2026-03-25'", day(5)),  # later than received: no time of a change
    ],
)
def test_that_a_stage_stood_is_known_until_the_last_moment_that_its_load_tells_of(
    created: str, updated: str, known: datetime
) -> None:
    rows = (
        "'1', 'New', NULL, '2026-03-20', 1",
        f"'2', 'New', {updated}, '2026-03-20', 2",
        "'1', 'Won', NULL, '2026-03-21', 1",
    )
    select = stage_moves(versions_of(*rows, created=created), by_load=True)
    found = duckdb.connect().execute(f"SELECT since_at, known_at, changed_at FROM ({select})").fetchall()
    assert found == [(day(20), known, day(21))]


def test_the_moves_have_the_columns_of_their_staging_table() -> None:
    moved = stage_moves(versions_of("'1', 'New', NULL, '2026-03-01', 1"), by_load=True)
    shown = duckdb.connect().execute(moved).description or []
    assert set(staging_columns()[SNAPSHOTS]) <= {column[0] for column in shown}
