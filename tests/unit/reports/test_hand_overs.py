"""Who hands the company's cases to whom: contacts, emptied fields, tasks, and what waits now."""

from datetime import datetime

from tests.metrics.memory_engine import built_in, lake_of
from voronka.domain.scope import Scope
from voronka.metrics.journeys import JourneysQuery
from voronka.metrics.query import Metrics, MetricsCompany
from voronka.reports.hand_overs import Joints, joint_rows, joints_of, waiting_rows
from voronka.reports.links import RecordLinks

NOW = datetime.fromisoformat("2026-03-06 17:00")
STEPS = """step_number | step            | kind     | title | pipeline_id | stage_id | position | outcome | in_model
           1           | call_out        | activity |       |             |          |          |         |
           2           | stage:leads:In  | stage    | In    | leads       | In       | 1        | open    | true
           3           | stage:sales:New | stage    | New   | sales       | New      | 1        | open    | true
           4           | owner           | owner    |       |             |          |          |         |
           5           | task            | activity |       |             |          |          |         |"""
CASES = """\
number|journey_id|lead_id|deal_id|title|created_at|closed_at|outcome|won_amount_home|open_amount_home|employee|url
1|lead:1|crm:1|crm:7|One|2026-03-05 10:00||open|0|40|Anna|
2|deal:2||crm:8|Two|2026-03-05 10:00||open|0|60|Boris|https://crm.example/8"""
EVENTS = """\
number|position|step_number|kind|happened_at|happened_working_clock|entity|entity_id|deal_id|pipeline_id|employee
1|1|2|stage|2026-03-05 10:00|0|lead|crm:1||leads|Anna
1|2|3|stage|2026-03-05 12:00|7200|deal|crm:7|crm:7|sales|Boris
1|3|5|activity|2026-03-05 12:30|9000|activity|t1|crm:7||Boris
1|4|1|activity|2026-03-05 15:00|18000|activity|c1|crm:7||Boris
2|1|3|stage|2026-03-05 10:00|0|deal|crm:8|crm:8|sales|Anna
2|2|4|owner|2026-03-05 11:00|3600|deal|crm:8|crm:8||Boris"""
CHANGES = """entity | entity_id | field | old | new | changed_at
deal | crm:7 | phone | 123 | | 2026-03-05 11:30
deal | crm:7 | email | a@b | | 2026-03-09 11:30
deal | crm:8 | phone | | | 2026-03-05 11:30
deal | crm:8 | phone | 1 | 2 | 2026-03-05 11:30"""
STATES = """deal_id | from_day | to_day | has_next_step | employee
crm:7 | 2026-03-05 | 2026-03-20 | true | Boris
crm:8 | 2026-03-05 | 2026-03-06 | true | Boris
crm:8 | 2026-03-06 | 2026-03-20 | false | Boris"""
CALENDAR = """day | is_working | working_seconds | opens_at | closes_at | worked_before_seconds
2026-03-05 | true | 36000 | 2026-03-05 10:00 | 2026-03-05 20:00 | 0
2026-03-06 | true | 36000 | 2026-03-06 10:00 | 2026-03-06 20:00 | 36000"""


def metrics(changes: str = CHANGES, owners: str = "number|entity", teams: str = "employee|team") -> Metrics:
    lake = lake_of(
        fct_journeys=CASES,
        fct_events=EVENTS,
        dim_step=STEPS,
        fct_journey_owners=owners,
        fct_changes=changes,
        fct_deal_states=STATES,
        dim_employee="employee_id | name\nname:anna | Анна\nname:boris | Борис",
        dim_calendar=CALENDAR,
        dim_stage="pipeline_id | stage_id\nsales | New\nleads | In",
        employee_team=teams,
    )
    return Metrics(lake, built_in(), MetricsCompany(currency="RUB", today=NOW.date, now=lambda: NOW))


def found(within: float = 9 * 3600, changes: str = CHANGES) -> Joints:
    return joints_of(metrics(changes), JourneysQuery(scope=Scope.everything()), within)


def test_a_joint_tells_what_became_of_its_hand_overs() -> None:
    (row,) = joint_rows(found())
    assert (row["from"], row["from_name"], row["to"], row["to_name"]) == ("name:anna", "Анна", "name:boris", "Борис")
    # the deal of the lead was spoken of after three hours; the other one not in 9 + 7 hours, less the first
    assert (row["handed"], row["watched"], row["without_contact"], row["median_seconds"]) == (2, 2, 1, 3 * 3600)
    # only one field held something, and was emptied about the hand-over; only one deal had nothing planned next day
    assert (row["emptied"], row["of_task"], row["without_task"]) == (1, 2, 1)
    assert (row["now"], row["now_amount"]) == (1, 60)


def test_who_waits_now_is_told_with_the_record() -> None:
    (row,) = waiting_rows(metrics(), found(), RecordLinks({}))
    assert (row["entity"], row["id"], row["title"], row["from"], row["to"]) == ("deal", "crm:8", "Two", "Анна", "Борис")
    # handed over an hour after opening, ten and seven hours of two days
    assert (row["working_hours"], row["amount"], row["url"]) == (16, 60, "https://crm.example/8")
    assert row["since"] == datetime.fromisoformat("2026-03-05 11:00")
    assert waiting_rows(metrics(), found(17 * 3600), RecordLinks({})) == []


def test_what_nobody_tells_is_not_nothing() -> None:
    assert joint_rows(found(changes="entity | entity_id | field"))[0]["emptied"] is None


def test_changes_have_no_owner_and_are_told_to_those_who_see_everything_only() -> None:
    owners = "number|entity|entity_id|employee|part|from_day|to_day\n2|deal|crm:8|Boris|owner|2026-01-01|2026-12-31"
    (row,) = joint_rows(joints_of(metrics(owners=owners), JourneysQuery(scope=Scope.of("name:boris")), 9 * 3600))
    assert (row["handed"], row["emptied"], row["without_task"]) == (1, None, 1)
