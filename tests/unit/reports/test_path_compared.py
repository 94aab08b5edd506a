"""Two groups of the company's cases: what differs, in words, and without what only says how they ended."""

import pytest

from tests.metrics.memory_engine import lake_of, metrics_over
from tests.reports.untold_lake import untold_lake
from voronka.domain.errors import QuestionError
from voronka.domain.scope import Scope
from voronka.metrics.journeys import JourneysQuery
from voronka.metrics.query import Metrics
from voronka.metrics.question import Filter
from voronka.reports.path_compared import difference_words, path_compared, plain_difference

STEPS = """step_number | step             | kind     | title | pipeline_id | stage_id | position | outcome | in_model
           1           | demo             | activity |       |             |          |          |         |
           2           | stage:sales:Lost | stage    | Lost  | sales       | Lost     | 4        | lost    | true
           3           | stage:sales:New  | stage    | New   | sales       | New      | 1        | open    | true
           4           | stage:sales:Talk | stage    | Talk  | sales       | Talk     | 2        | open    | true
           5           | stage:sales:Won  | stage    | Won   | sales       | Won      | 3        | won     | true"""
NAMES = {"demo": "демонстрация", "stage:sales:New": "New", "stage:sales:Talk": "Talk"}


def metrics() -> Metrics:
    """Return 24 won cases with a demo and 2 hours from New to it, 20 lost ones without, 10 lost ones with 40 hours."""
    cases = ["number|journey_id|created_at|closed_at|outcome|won_amount_home|open_amount_home|employee|pipeline_id"]
    events = ["number|position|step_number|kind|happened_at|happened_working_clock|entity_id|pipeline_id"]
    for number in range(1, 55):
        outcome = "won" if number <= 24 else "lost"
        cases.append(f"{number}|deal:{number}|2026-03-02 10:00|2026-03-09 10:00|{outcome}|0|0|Anna|sales")
        demo = [] if 24 < number <= 44 else [(1, "03-02 12:00" if outcome == "won" else "03-04 02:00")]
        way = [(3, "03-02 10:00"), *demo, (4, "03-05 10:00"), (5 if outcome == "won" else 2, "03-09 10:00")]
        events += [
            f"{number}|{place}|{step}|{'activity|' if step == 1 else 'stage|'}2026-{at}|0|e|"
            f"{'' if step == 1 else 'sales'}"
            for place, (step, at) in enumerate(way, start=1)
        ]
    return metrics_over(lake_of(fct_journeys="\n".join(cases), fct_events="\n".join(events), dim_step=STEPS))


def asked(*outcomes: str) -> JourneysQuery:
    return JourneysQuery(scope=Scope.everything(), where=(Filter("outcome", outcomes),) if outcomes else ())


def test_what_differs_beyond_chance_is_said_the_surest_first() -> None:
    found = path_compared(metrics(), asked("won"), asked("lost")).difference
    assert difference_words(found, NAMES, "ru") == [
        "Через «демонстрация» проходят 100 % первых и 33 % вторых (+67 п. п., 95 %: +44…+81).",
        "От «демонстрация» сразу к «Talk» идут 100 % первых и 33 % вторых (+67 п. п., 95 %: +44…+81).",
        "От «New» сразу к «демонстрация» идут 100 % первых и 33 % вторых (+67 п. п., 95 %: +44…+81).",
        "От «New» сразу к «Talk» идут 0 % первых и 67 % вторых (-67 п. п., 95 %: -81…-44).",
        "От «демонстрация» до «Talk» обычно 2 дн 22 ч у первых и 1 дн 8 ч у вторых.",
        "От «New» до «демонстрация» обычно 2 ч у первых и 1 дн 16 ч у вторых.",
    ]


def test_how_a_case_ended_is_no_difference_of_paths() -> None:
    told = plain_difference(path_compared(metrics(), asked("won"), asked("lost")).difference)
    assert {row["to"] for row in told["shares"]} == {"demo", "stage:sales:New", "stage:sales:Talk"}
    assert (told["cases_one"], told["cases_other"], told["compared"]) == (24, 30, 8)


def test_the_rest_is_all_others() -> None:
    told = plain_difference(path_compared(metrics(), asked("won"), asked()).difference)
    assert (told["cases_one"], told["cases_other"]) == (24, 30)


def test_cases_cannot_be_compared_with_themselves() -> None:
    with pytest.raises(QuestionError, match="the same cases"):
        path_compared(metrics(), asked(), asked("won"))


def test_few_cases_and_no_difference_are_said() -> None:
    open_ones = path_compared(metrics(), asked("won"), asked("open")).difference
    assert difference_words(open_ones, {}, "en") == ["Too few cases to compare: 24 and 0; 20 of each are needed."]


def test_cases_of_which_no_stages_are_told_are_not_compared() -> None:
    # of the two won ones the stages of the third are told, those of the lost one are not
    found = path_compared(metrics_over(untold_lake()), asked("won"), asked("lost")).difference
    assert (found.cases_one, found.cases_other) == (1, 0)
