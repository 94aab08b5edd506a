"""What the choke point gives becomes a log: cases and events keep their order, and what is known of them stays."""

from datetime import datetime

import numpy as np

from tests.metrics.memory_engine import lake_of, metrics_over
from voronka.analyses.journey_log import NOTHING, JourneyLog, Step, journey_log
from voronka.domain.scope import Scope
from voronka.metrics.journeys import JourneysQuery

STEPS = """step_number | step            | kind     | title | pipeline_id | stage_id | position | outcome | in_model
           1           | call_out        | activity |       |             |          |          |         |
           2           | stage:sales:New | stage    | Новая | sales       | New      | 1        | open    | true
           3           | stage:sales:Won | stage    | Успех | sales       | Won      | 2        | won     | true
           9           | payment         | payment  |       |             |          |          |         |"""
CASES = """number|journey_id|created_at|closed_at|outcome|won_amount_home|open_amount_home|lost_amount_home|employee
1|lead:1|2026-03-02 10:00|2026-03-05 10:00|won|100.5|0|0|Anna
2|lead:2|2026-03-03 10:00||open|0||0|Boris
3|lead:3|||lost|0|0|70|"""
EVENTS = """number | position | step_number | kind    | happened_at      | happened_working_clock | entity_id
            3      | 1        | 2           | stage   | 2026-03-04 10:00 | 7                      | c
            1      | 2        | 9           | payment | 2026-03-06 10:00 | 20                     | b
            1      | 1        | 3           | stage   | 2026-03-05 10:00 | 10                     | a"""


def microseconds(text: str) -> int:
    return int(np.datetime64(datetime.fromisoformat(text), "us").astype(np.int64))


def made(events: str = EVENTS, **more: object) -> JourneyLog:
    lake = lake_of(fct_journeys=CASES, fct_events=events, dim_step=STEPS)
    asked = JourneysQuery(scope=Scope.everything(), **more)  # type: ignore[arg-type]
    return journey_log(metrics_over(lake), asked, of_events=("entity_id",))


def test_cases_with_events_are_those_of_the_log_and_the_others_are_counted() -> None:
    found = made()
    assert list(found.log.cases) == ["lead:1", "lead:3"]
    assert found.without_events == 1
    assert found.log.first.tolist() == [0, 2, 3]
    assert found.log.at.tolist() == [microseconds(f"2026-03-0{day} 10:00") for day in (5, 6, 4)]
    assert found.log.worked is not None
    assert found.log.worked.tolist() == [10_000_000, 20_000_000, 7_000_000]
    assert found.events.column("entity_id").to_pylist() == ["a", "b", "c"]


def test_steps_are_those_met_in_their_own_order() -> None:
    found = made()
    assert list(found.log.steps) == ["stage:sales:New", "stage:sales:Won", "payment"]
    assert found.steps == (
        Step("stage:sales:New", "stage", "Новая", "sales", "New", 1, "open", None, in_model=True),
        Step("stage:sales:Won", "stage", "Успех", "sales", "Won", 2, "won", None, in_model=True),
        Step("payment", "payment"),
    )
    assert [found.log.steps[step] for step in found.log.step] == ["stage:sales:Won", "payment", "stage:sales:New"]


def test_what_is_known_of_cases_stands_beside_them() -> None:
    found = made()
    assert found.created.tolist() == [microseconds("2026-03-02 10:00"), NOTHING]
    assert found.closed.tolist() == [microseconds("2026-03-05 10:00"), NOTHING]
    assert (found.won.tolist(), found.lost.tolist()) == ([True, False], [False, True])
    assert found.won_amount.tolist() == [100.5, 0.0]
    assert found.open_amount.tolist() == [0.0, 0.0]
    assert found.lost_amount.tolist() == [0.0, 70.0]
    assert found.cases.column("employee_id").to_pylist() == ["name:anna", None]
    assert found.cases.column("place").to_pylist() == [0, 2]


def test_an_amount_nobody_knows_is_not_a_number() -> None:
    found = made(EVENTS + "\n2 | 1 | 2 | stage | 2026-03-03 10:00 | 1 | d")
    assert list(found.log.cases) == ["lead:1", "lead:2", "lead:3"]
    assert found.without_events == 0
    assert np.isnan(found.open_amount[1])


def test_a_clock_that_any_event_lacks_is_no_clock() -> None:
    assert made(EVENTS.replace("| 7 ", "|   ")).log.worked is None


def test_nothing_is_a_log_of_nothing() -> None:
    found = made(kinds=("owner",))
    assert (list(found.log.cases), list(found.log.steps), found.log.first.tolist()) == ([], [], [0])
    assert (found.without_events, found.won.tolist(), found.log.step.tolist()) == (3, [], [])
