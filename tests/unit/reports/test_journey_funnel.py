"""The funnel of the company's own cases, worked out by hand on five deals."""

import pytest

from tests.metrics.memory_engine import lake_of, metrics_over
from voronka.analyses.funnel import Funnel, FunnelStep, Order
from voronka.analyses.funnel_losses import Loss
from voronka.analyses.journey_log import Step
from voronka.domain.errors import QuestionError
from voronka.domain.scope import Scope
from voronka.metrics.journeys import JourneysQuery
from voronka.metrics.query import Metrics
from voronka.reports.journey_funnel import JourneyFunnel, journey_funnel, own_steps, stages_in_order, step_meanings

EVERYTHING = Scope.everything()
STEPS = """step_number|step|kind|title|pipeline_id|stage_id|position|outcome|milestone|in_model
1|lead_created|created|||||||
2|stage:repeat:New|stage|Again|repeat|New|1|open||true
3|stage:sales:Lost|stage|Lost|sales|Lost|3|lost||true
4|stage:sales:New|stage|Start|sales|New|1|open|accepted|true
5|stage:sales:Won|stage|Won|sales|Won|2|won||true
6|stage:sales:Wait|stage|Wait|sales|Wait||open||false
7|call_out|activity|||||||
8|stage:sales:Later|stage|Later|sales|Later|1|open|nurture|true"""
CASES = """\
number|journey_id|created_at|closed_at|outcome|won_amount_home|open_amount_home|lost_amount_home|loss_reason|employee|channel
1|deal:1|2026-03-02 10:00|2026-03-05 10:00|won|100|0|0||Anna|Site
2|deal:2|2026-03-02 11:00|2026-03-05 10:00|lost|0|0|30|dear|Anna|Site
3|deal:3|2026-03-02 12:00||open|0|7|0||Boris|
4|deal:4|2026-03-02 13:00|2026-03-05 10:00|lost|0|0||late|Boris|Site
5|deal:5|2026-03-02 14:00||open|0|9|0||Boris|Site"""
# Deal 1: New, call, Won, two hours; 2 and 4: New, Lost; 3: New; nothing of any stage happened to 5.
EVENTS = """number|position|step_number|kind|happened_at|happened_working_clock|pipeline_id
1|1|4|stage|2026-03-03 10:00|3600|sales
1|2|7|activity|2026-03-03 11:00|7200|
1|3|5|stage|2026-03-03 12:00|9000|sales
2|1|4|stage|2026-03-03 10:00|3600|sales
2|2|3|stage|2026-03-03 11:00|7200|sales
3|1|4|stage|2026-03-03 10:00|3600|sales
4|1|4|stage|2026-03-03 10:00|3600|sales
4|2|3|stage|2026-03-03 11:00|7200|sales
5|1|7|activity|2026-03-03 10:00|3600|"""


def metrics() -> Metrics:
    dimensions = {"dim_employee": "employee_id|name\nname:anna|Anna\nname:boris|Boris"}
    return metrics_over(lake_of(fct_journeys=CASES, fct_events=EVENTS, dim_step=STEPS, **dimensions))


def steps() -> tuple[Step, ...]:
    return own_steps(metrics(), EVERYTHING)


def found(by: str = "", order: Order = "ordered", scope: Scope = EVERYTHING) -> JourneyFunnel:
    meant = step_meanings(steps(), "sales")
    asked = Funnel(tuple(FunnelStep(name, meant[name]) for name in ("New", "Won")), order)
    return journey_funnel(metrics(), JourneysQuery(scope=scope), steps(), asked, by)


def test_a_step_is_asked_for_by_its_key_its_stage_its_title_or_a_milestone() -> None:
    meant = step_meanings(steps(), "")
    assert (meant["stage:sales:New"], meant["Start"], meant["milestone:accepted"], meant["call_out"]) == (
        (3,), (3,), (3,), (6,)
    )  # fmt: skip
    assert meant["New"] == (1, 3)  # of both pipelines
    assert step_meanings(steps(), "sales")["New"] == (3,)
    assert "Again" not in step_meanings(steps(), "sales")


def test_the_steps_of_a_pipeline_are_its_stages_but_for_those_that_lose_or_put_off() -> None:
    assert stages_in_order(steps(), "sales") == ["stage:sales:New", "stage:sales:Won"]
    with pytest.raises(QuestionError, match=r"no pipeline sale is configured. Did you mean sales\?"):
        stages_in_order(steps(), "sale")


def test_cases_stand_where_they_passed_whatever_became_of_them() -> None:
    made = found()
    assert [[made.walked.log.cases[case] for case in step.cases] for step in made.walked.steps] == [
        ["deal:1", "deal:2", "deal:3", "deal:4"],
        ["deal:1"],
    ]
    assert made.walked.cases == 5  # one of them with nothing of these kinds
    first = made.stopped[0]
    assert (first.lost, first.open, first.went_round, first.lost_money, first.open_money) == (2, 1, 0, 30, 7)
    assert first.losses == (Loss("dear", 1, 30), Loss("late", 1, None))  # what deal 4 was worth nobody knows


def test_in_the_strict_order_whatever_else_happened_stands_between() -> None:
    assert [len(step.cases) for step in found(order="strict").walked.steps] == [4, 0]


def test_cases_are_cut_by_what_is_known_of_them() -> None:
    made = found("employee")
    assert made.by is not None
    assert dict(zip(made.walked.log.cases, [made.names[place] for place in made.by.of], strict=True)) == {
        "deal:1": "Anna", "deal:2": "Anna", "deal:3": "Boris", "deal:4": "Boris"
    }  # fmt: skip
    assert found("channel").names[-1] is None  # the smallest group: not given
    with pytest.raises(QuestionError, match=r"cases cannot be cut by employe. Did you mean employee\?"):
        found("employe")
