"""Five cases of March of a company whose CRM tells of deals only where they stand now; its log of leads is whole.

Deal 1 is won, nothing is told of its stages; 2 is lost as dear, seen at Lost by the second load; 3 goes New, Won by
dates of its own; 4 is open, nothing is told. Lead 5 has not moved: the log would have told.
"""

from tests.metrics.memory_engine import MemoryEngine, lake_of

STEPS = """step_number|step|kind|title|pipeline_id|stage_id|position|outcome|milestone|in_model
1|lead_created|created|||||||
2|deal_created|created|||||||
3|stage:leads:Raw|stage|Raw|leads|Raw|1|open||true
4|stage:sales:New|stage|New|sales|New|1|open||true
5|stage:sales:Won|stage|Won|sales|Won|2|won||true
6|stage:sales:Lost|stage|Lost|sales|Lost|3|lost||true
7|call_out|activity|||||||
8|deal_won|closed|||||||
9|deal_lost|closed|||||||"""
STAGES = "pipeline_id|stage_id|title|position|in_model\nsales|New|New|1|true\nleads|Raw|Raw|1|true"
HISTORY = """entity|pipeline_id|source|records|native_records|property_records|snapshot_records|without_records
deal|sales|crm|4|0|1|1|2
lead|leads|crm|2|1|0|0|1"""
CASES = """\
number|journey_id|deal_id|lead_id|created_at|closed_at|outcome|loss_reason|won_amount_home|open_amount_home|lost_amount_home|pipeline_id|lead_pipeline_id
1|d:1|crm:1||2026-03-02 10:00|2026-03-05 10:00|won||100|0|0|sales|
2|d:2|crm:2||2026-03-02 11:00|2026-03-06 10:00|lost|dear|0|0|40|sales|
3|d:3|crm:3||2026-03-02 12:00|2026-03-07 10:00|won||50|0|0|sales|
4|d:4|crm:4||2026-03-02 13:00||open||0|7|0|sales|
5|l:5||crm:5|2026-03-02 14:00||open||0|0|0||leads"""
CALENDAR = """day|opens_at|closes_at|worked_before_seconds
2026-03-16|2026-03-16 09:00|2026-03-16 18:00|600000"""
EVENTS = """number|position|step_number|kind|happened_at|happened_working_clock|pipeline_id|source
1|1|2|created|2026-03-02 10:00|0|sales|native
1|2|7|activity|2026-03-03 10:00|3600||event
1|3|8|closed|2026-03-05 10:00|7200|sales|native
2|1|2|created|2026-03-02 11:00|0|sales|native
2|2|6|stage|2026-03-06 10:00|7200|sales|snapshot
2|3|9|closed|2026-03-06 10:00|7200|sales|native
3|1|2|created|2026-03-02 12:00|0|sales|native
3|2|4|stage|2026-03-02 12:00|0|sales|property
3|3|5|stage|2026-03-07 10:00|9000|sales|property
3|4|8|closed|2026-03-07 10:00|9000|sales|native
4|1|2|created|2026-03-02 13:00|0|sales|native
5|1|1|created|2026-03-02 14:00|0|leads|native"""


def untold_lake(history: str = HISTORY, cases: str = "", events: str = "") -> MemoryEngine:
    """Return an engine over the five cases, and over more."""
    return lake_of(
        fct_journeys=f"{CASES}\n{cases}".strip(),
        fct_events=f"{EVENTS}\n{events}".strip(),
        dim_step=STEPS,
        dim_stage=STAGES,
        dim_stage_history=history,
        dim_calendar=CALENDAR,
    )
