"""The path of the company's own cases: the model is the pipeline, open cases may be anywhere in it."""

import pytest

from tests.metrics.memory_engine import lake_of, metrics_over
from voronka.analyses.alignment import Model
from voronka.analyses.journey_log import Step
from voronka.domain.errors import QuestionError
from voronka.domain.scope import Scope
from voronka.metrics.journeys import JourneysQuery
from voronka.reports.journey_path import JourneyPath, journey_path, stage_model
from voronka.reports.path import plain_path

STEPS = """step_number | step             | kind     | title | pipeline_id | stage_id | position | outcome | in_model
           1           | call_out         | activity |       |             |          |          |         |
           2           | stage:sales:Lost | stage    | Lost  | sales       | Lost     | 4        | lost    | true
           3           | stage:sales:New  | stage    | New   | sales       | New      | 1        | open    | true
           4           | stage:sales:Talk | stage    | Talk  | sales       | Talk     | 2        | open    | true
           5           | stage:sales:Won  | stage    | Won   | sales       | Won      | 3        | won     | true
           6           | stage:sales:Wait | stage    | Wait  | sales       | Wait     |          | open    | false"""
CASES = """number|journey_id|created_at|closed_at|outcome|won_amount_home|open_amount_home|employee|pipeline_id
1|deal:1|2026-03-02 10:00|2026-03-05 10:00|won|100.5|0|Anna|sales
2|deal:2|2026-03-02 11:00|2026-03-05 10:00|lost|0|0|Anna|sales
3|deal:3|2026-03-02 12:00||open|0|7|Boris|sales
4|deal:4|2026-03-02 13:00||open|0|7|Boris|sales"""
HEAD = "number|position|step_number|kind|happened_at|happened_working_clock|entity_id|pipeline_id"


def events() -> str:
    """Return New, call, Wait, Won; New, Talk, Lost; New, call, call; and nothing, an hour after each other."""
    kinds = {1: "activity"}
    ways = {1: (3, 1, 6, 5), 2: (3, 4, 2), 3: (3, 1, 1)}
    rows = [
        f"{number}|{place}|{step}|{kinds.get(step, 'stage')}|2026-03-03 {9 + place:02}:00|{place * 60}|e|"
        + ("" if step == 1 else "sales")
        for number, way in ways.items()
        for place, step in enumerate(way, start=1)
    ]
    return "\n".join([HEAD, *rows])


def found(**more: object) -> JourneyPath:
    stages = "pipeline_id | stage_id | title | position | in_model\nsales | New | New | 1 | true"
    lake = lake_of(fct_journeys=CASES, fct_events=events(), dim_step=STEPS, dim_stage=stages)
    asked = JourneysQuery(scope=Scope.everything(), **more)  # type: ignore[arg-type]
    return journey_path(metrics_over(lake), asked)


def test_cases_are_held_against_the_stages_of_the_pipeline() -> None:
    told = plain_path(found(pipeline="sales").path)
    assert (told["cases"], told["activities"]) == (3, 6)
    assert told["model"] == ["stage:sales:New", "stage:sales:Talk", "stage:sales:Won"]
    assert told["exits"] == ["stage:sales:Lost"]
    # Wait is outside and Talk is skipped; calls are no deviations; the open case may be where it is
    assert {(row["kind"], row["step"], row["cases"]) for row in told["deviations"]} == {
        ("skipped", "stage:sales:Talk", 1),
        ("outside", "stage:sales:Wait", 1),
    }
    assert told["conforming"] == 2
    # three stage events against a run of at least two: 1 - 2 / 5, and twice 1
    assert told["fitness"] == pytest.approx((0.6 + 1 + 1) / 3)
    assert told["edges"][0].keys() >= {"median_seconds", "median_working_seconds"}
    assert sum(row["amount"] for row in told["variants"]) == 100.5


def test_without_a_pipeline_there_is_no_model() -> None:
    made = found()
    assert made.path.conformance is None
    assert made.journeys.without_events == 1
    assert {step.key for step in made.steps} == {step.key for step in made.journeys.steps}


def test_stages_that_nobody_reached_are_named_too() -> None:
    made = found(pipeline="sales", kinds=("activity",))
    assert [step.key for step in made.steps] == [
        "call_out",
        *(f"stage:sales:{stage}" for stage in ("Lost", "New", "Talk", "Won")),
    ]


def test_a_pipeline_that_is_not_there_is_told() -> None:
    with pytest.raises(QuestionError, match="sales"):
        found(pipeline="sale")


def test_a_pipeline_without_stages_to_pass_is_no_model() -> None:
    lost = Step("stage:x:Lost", "stage", None, "x", "Lost", 1, "lost")
    assert stage_model([]) is None
    assert stage_model([lost]) is None
    last = Step("stage:x:Z", "stage", None, "x", "Z", None, "open")
    first = Step("stage:x:A", "stage", None, "x", "A", 2, "open")
    assert stage_model([last, lost, first]) == Model(("stage:x:A", "stage:x:Z"), ("stage:x:Lost",))
