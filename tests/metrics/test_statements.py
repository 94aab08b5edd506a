"""The shape of the SQL: each fact is scanned once per axis, and a few statements are kept to be looked at."""

import os
import re
from datetime import date
from pathlib import Path

import pytest

from tests.metrics.memory_engine import MemoryEngine, lake_of, march, metrics_over, query
from voronka.domain.scope import Scope, Span
from voronka.metrics.question import Query

GOLDEN = Path(__file__).parent / "golden"

SHAPES = {
    "one_fact": query("calls", "talk_time", "average_call", by=["employee"], period=march()),
    "two_facts_compared": query("roas", by=["channel"], period=march(), compare="previous"),
    "open_deals_by_month": query("deals_open", by=["month", "team"], period=march()),
    "calls_by_weekday_and_hour": query("calls", "answered_calls", by=["weekday", "hour"], period=march()),
    "limited_scope": query(
        "win_rate",
        scope=Scope(spans=(Span("a"), Span("b", date(2026, 1, 1), date(2026, 3, 1)))),
        where=["outcome=won,"],
    ),
}


@pytest.fixture
def lake() -> MemoryEngine:
    """Make a lake with rows in every fact asked about, so that no scan is optimised away."""
    return lake_of(
        fct_calls="call_id | employee | started_at\n1 | Anna | 2026-03-02 10:00",
        fct_deals="""deal_id | employee | created_at | closed_at | outcome
                     1 | Anna | 2026-03-01 10:00 | 2026-03-02 10:00 | won""",
        fct_deal_states="deal_id | employee | from_day | to_day\n1 | Anna | 2026-03-01 | 2026-03-02",
        fct_ad_spend="day | channel | cost_home\n2026-03-01 | K | 5",
        fct_leads="lead_id | employee | created_at\n1 | Anna | 2026-03-01 10:00",
    )


def _scans(lake: MemoryEngine, asked: Query, table: str) -> int:
    """Return how many times the plan of the query's statement reads a table."""
    metrics_over(lake).query(asked)
    sql, values = next(one for one in reversed(lake.asked) if not one[0].startswith("SELECT 1 AS n"))
    plan = str(lake.connection.cursor().execute("EXPLAIN (FORMAT json) " + sql, values).fetchall()[0][1])
    return len(re.findall(rf'"Table": "[^"]*\b{table}"', plan))


@pytest.mark.parametrize(
    ("asked", "scans"),
    [
        (
            query("calls", "answered_calls", "talk_time", "reach_rate", "median_call", by=["employee", "month"]),
            {"fct_activities": 1},
        ),
        (query("calls", by=["day"], period=march(), compare="previous"), {"fct_activities": 1}),
        (
            query("calls", "emails_sent", "meetings", "proposals", by=["employee"], period=march()),
            {"fct_activities": 1},
        ),
        (query("win_rate", "revenue", "deals_lost", "cycle_days", by=["team"]), {"fct_deals": 1}),
        (query("win_rate", "deals_created", "won_of_taken", by=["team"], period=march()), {"fct_deals": 2}),
        (query("deals_open", "pipeline_amount", by=["month"], period=march(), compare="year"), {"fct_deal_states": 1}),
        (query("cpl", "roas", "ad_spend", by=["channel"]), {"fct_ad_spend": 1, "fct_leads": 1, "fct_deals": 1}),
    ],
)
def test_each_fact_is_scanned_once_per_axis(lake: MemoryEngine, asked: Query, scans: dict[str, int]) -> None:
    assert {table: _scans(lake, asked, table) for table in scans} == scans


@pytest.mark.parametrize("name", SHAPES)
def test_the_statement_is_the_one_that_was_looked_at(lake: MemoryEngine, name: str) -> None:
    """Compare with golden/*.sql; VORONKA_GOLDEN=write writes them anew, to be read before they are kept."""
    path = GOLDEN / f"{name}.sql"
    written = f"-- one row per {', '.join(SHAPES[name].by) or 'answer'}, and one of totals\n" + metrics_over(
        lake
    ).explain(SHAPES[name])
    if os.environ.get("VORONKA_GOLDEN") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(written, "utf-8")
    assert path.read_text("utf-8") == written


def test_only_the_months_of_the_period_are_read_on_the_main_axis(lake: MemoryEngine) -> None:
    lake.columns("fct_calls")  # makes it
    lake.connection.execute("CREATE OR REPLACE VIEW fct_calls AS SELECT * FROM fct_activities WHERE kind = 'call'")
    sql = metrics_over(lake).explain(query("calls", period=march(), compare="previous"))
    assert "f.month BETWEEN" in sql
    assert "'2026-02'" in sql
    assert "f.month" not in metrics_over(lake).explain(query("revenue", period=march()))


def test_rows_are_not_joined_with_shares_where_nothing_is_split(lake: MemoryEngine) -> None:
    assert "split_credit" not in metrics_over(lake).explain(query("revenue", by=["employee"]))
