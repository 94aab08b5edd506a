"""Forty cases of two months that go through four stages: a company whose funnel can be counted on fingers.

March, all begun on the 2nd: Anna's ten are won, a day a stage, 100 each; Boris' six stop after the talks, three days
after the start, and are lost as dear, 50 each, but for one of no named reason; Boris' four have only begun, 10 each.
February, all begun on the 2nd: ten won, two lost after the talks, and eight that came to the talks on the 20th, which
nobody knew on the 16th. One more began in January: the data reach back behind February.
"""

from datetime import datetime, timedelta
from functools import cache

from tests.metrics.memory_engine import MemoryEngine, lake_of

STEPS = """step_number|step|kind|title|pipeline_id|stage_id|position|outcome|milestone|in_model
1|lead_created|created|||||||
2|deal_created|created|||||||
3|stage:sales:new|stage|Start|sales|new|1|open||true
4|stage:sales:talks|stage|Talks|sales|talks|2|open|qualified|true
5|stage:sales:offer|stage|Offer|sales|offer|3|open|proposal|true
6|stage:sales:won|stage|Won|sales|won|4|won||true
7|stage:sales:lost|stage|Lost|sales|lost|5|lost||true
8|call_out|activity|||||||
9|deal_won|closed|||||||"""
STAGES = """pipeline_id|stage_id|title|position|outcome
sales|new|Start|1|open"""
HISTORY = """entity|pipeline_id|source|records
deal|sales|crm|40
lead|sales|crm|3
lead|old|crm|99"""
CASE = (
    "number|journey_id|deal_id|title|created_at|outcome|won_amount_home|open_amount_home|lost_amount_home|loss_reason"
    "|employee|channel"
)
EVENT = "number|position|step_number|kind|happened_at|happened_working_clock|pipeline_id"
Path = tuple[tuple[int, int], ...]
WON: Path = ((3, 0), (4, 1), (5, 2), (6, 3))
STOPPED: Path = ((3, 0), (4, 3), (7, 4))
BEGUN: Path = ((3, 0),)
LATE: Path = ((3, 0), (4, 18))
GROUPS: tuple[tuple[int, str, Path, str, str, str], ...] = (
    (10, "2026-02-02", WON, "won|100|0|0|", "Anna", "Site"),
    (2, "2026-02-02", STOPPED, "lost|0|0|50|late", "Anna", "Site"),
    (8, "2026-02-02", LATE, "open|0|10|0|", "Anna", "Site"),
    (10, "2026-03-02", WON, "won|100|0|0|", "Anna", "Site"),
    (5, "2026-03-02", STOPPED, "lost|0|0|50|dear", "Boris", ""),
    (1, "2026-03-02", STOPPED, "lost|0|0|50|", "Boris", ""),
    (4, "2026-03-02", BEGUN, "open|0|10|0|", "Boris", ""),
    (1, "2026-01-20", BEGUN, "open|0|10|0|", "Anna", "Site"),
)


@cache
def funnel_lake() -> MemoryEngine:
    """Return an engine over the forty cases, one for all who only ask."""
    cases, events, number = [CASE], [EVENT], 0
    for count, day, path, outcome, employee, channel in GROUPS:
        begun = datetime.fromisoformat(f"{day} 09:00")
        for _ in range(count):
            number += 1
            cases.append(f"{number}|d:{number}|crm:{number}|Case {number}|{begun}|{outcome}|{employee}|{channel}")
            events += [_event(number, at, step, begun + timedelta(days=days)) for at, (step, days) in enumerate(path)]
    return lake_of(
        fct_journeys="\n".join(cases),
        fct_events="\n".join(events),
        dim_step=STEPS,
        dim_stage=STAGES,
        dim_stage_history=HISTORY,
        dim_employee="employee_id|name\nname:anna|Anna\nname:boris|Boris",
    )


def _event(number: int, at: int, step: int, when: datetime) -> str:
    return f"{number}|{at + 1}|{step}|stage|{when}|{at * 3600}|sales"
