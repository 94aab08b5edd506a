import pytest

from tests.metrics.memory_engine import lake_of
from voronka.metrics.answer import records
from voronka.metrics.happened import happened

ENTRIES = """entity | entity_id | stage_id | entered_at | source
             lead | 1 | Good | 2026-03-02 09:00 | native
             lead | 2 | Good | 2026-03-20 12:01 | snapshot
             deal | 3 | Good | 2026-03-03 09:00 | snapshot"""
LEADS = """lead_id | created_at | qualified_at
           1 | 2026-03-01 09:00 | 2026-03-02 09:00
           2 | 2026-03-01 09:00 | 2026-03-20 12:01
           3 | 2026-03-01 09:00 | 2026-03-03 09:00
           4 | 2026-03-01 09:00 | 2026-03-05 09:00"""
ACTIVITIES = """activity_id | kind | status | started_at
                1 | meeting | planned | 2026-03-02 09:00
                2 | meeting | done | 2026-03-01 09:00
                3 | meeting | | 2026-03-01 09:00"""


@pytest.mark.parametrize(
    ("fact", "axis", "rows"),
    [
        ("fct_leads", "created", ["1", "2", "3", "4"]),
        ("fct_leads", "qualified", ["1", "3", "4"]),  # 3 is a lead, the copies showed a deal of that number
        ("fct_activities", "started", ["2", "3"]),
        ("fct_activities", "created", ["1", "2", "3"]),
        ("fct_stage_entries", "entered", ["1"]),
    ],
)
def test_what_is_planned_or_only_seen_between_two_loads_is_no_event(fact: str, axis: str, rows: list[str]) -> None:
    lake = lake_of(fct_leads=LEADS, fct_stage_entries=ENTRIES, fct_activities=ACTIVITIES)
    of = {"fct_leads": "lead_id", "fct_activities": "activity_id"}.get(fact, "entity_id")
    found = records(lake.execute(f"SELECT {of} AS id FROM {fact} AS f WHERE {happened(fact, axis)} ORDER BY id"))
    assert [row["id"] for row in found] == rows
