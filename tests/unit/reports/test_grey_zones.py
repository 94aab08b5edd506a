"""The company's grey zones: what its steps are to its pipelines, who sits there now, and what is said of it."""

from dataclasses import replace
from datetime import datetime

import pytest

from tests.metrics.memory_engine import built_in, lake_of
from voronka.domain.scope import Scope
from voronka.metrics.journeys import JourneysQuery
from voronka.metrics.query import Metrics, MetricsCompany
from voronka.reports.grey_zones import (
    GreyPath,
    cases_in,
    conclusion,
    grey_path,
    plain_grey,
    proposal_rows,
    proposal_words,
    stuck_rows,
    zone_rows,
)
from voronka.reports.links import RecordLinks
from voronka.reports.step_names import step_names

NOW = datetime.fromisoformat("2026-03-05 21:00")
STEPS = """step_number | step             | kind     | title  | pipeline_id | stage_id | position | outcome | in_model
           1           | call_out         | activity |        |             |          |          |         |
           2           | stage:leads:In   | stage    | In     | leads       | In       | 1        | open    | true
           3           | stage:leads:Ok   | stage    | Ok     | leads       | Ok       | 2        | won     | true
           4           | stage:sales:New  | stage    | New    | sales       | New      | 1        | open    | true
           5           | stage:sales:Won  | stage    | Won    | sales       | Won      | 3        | won     | true
           6           | stage:sales:Wait | stage    | Wait   | sales       | Wait     |          | open    | false"""
CASE = (
    "number|journey_id|lead_id|deal_id|title|created_at|closed_at|outcome|won_amount_home|open_amount_home|employee|url"
)
HEAD = "number|position|step_number|kind|happened_at|happened_working_clock|entity_id|pipeline_id"
PIPELINES = {1: "", 2: "leads", 3: "leads"}
LARGEST = (
    "Больше всего времени уходит на «Wait» (обычно между «New» и «Won»): случаев — 2, обычно там 4 ч,"
    " всего 32 % времени."
)
EVERYTHING = JourneysQuery(scope=Scope.everything())
CALENDAR = """day | is_working | working_seconds | opens_at | closes_at | worked_before_seconds
2026-03-05 | true | 36000 | 2026-03-05 10:00 | 2026-03-05 20:00 | 0
2026-03-06 | true | 36000 | 2026-03-06 10:00 | 2026-03-06 20:00 | 36000"""
WAYS = {
    1: ((2, 10), (3, 11), (4, 13), (6, 14), (5, 18)),  # two hours between, four in Wait
    2: ((4, 10), (6, 12)),  # in Wait for nine hours until now
    3: ((1, 10), (2, 11)),  # called an hour before the first stage
    4: ((2, 10),),
}


def metrics() -> Metrics:
    cases = [
        f"{CASE}",
        "1|lead:1|crm:1|crm:7|One|2026-03-05 10:00|2026-03-05 18:00|won|100|0|Anna|",
        "2|deal:2||crm:8|Two|2026-03-05 10:00||open|0|40|Boris|https://crm.example/8",
        "3|lead:3|crm:3||Three|2026-03-05 10:00||open|0||Anna|",
        "4|lead:4|crm:4||Four|2026-03-05 10:00||open|0|0|Anna|",
    ]
    events = [
        f"{number}|{place}|{step}|{'activity' if step == 1 else 'stage'}|2026-03-05 {hour}:00|{3600 * (hour - 10)}|e|"
        f"{PIPELINES.get(step, 'sales')}"
        for number, way in WAYS.items()
        for place, (step, hour) in enumerate(way, start=1)
    ]
    lake = lake_of(
        fct_journeys="\n".join(cases),
        fct_events="\n".join([HEAD, *events]),
        dim_step=STEPS,
        dim_stage="pipeline_id | stage_id | title | position | in_model\nsales | New | New | 1 | true",
        dim_employee="employee_id | name\nname:boris | Борис",
        dim_calendar=CALENDAR,
    )
    return Metrics(lake, built_in(), MetricsCompany(currency="RUB", today=NOW.date, now=lambda: NOW))


@pytest.fixture(scope="module")
def found() -> GreyPath:
    return grey_path(metrics(), EVERYTHING)


def test_a_zone_is_what_the_steps_of_no_pipeline_tell(found: GreyPath) -> None:
    rows = [(row["kind"], row["step"], row["from"], row["to"], row["cases"], row["hours"]) for row in zone_rows(found)]
    assert rows == [
        ("outside", "stage:sales:Wait", "stage:sales:New", "stage:sales:Won", 2, 13),
        ("between", None, "stage:leads:Ok", "stage:sales:New", 1, 2),
        ("before", None, None, "stage:leads:In", 1, 1),
    ]
    told = plain_grey(found, zone_rows(found))
    # lives of 8, 11, 11 and 11 hours; working time ends at 20:00: 8, 10, 10 and 10
    assert (told["cases"], told["grey_cases"], told["hours"], told["grey_hours"]) == (4, 3, 41, 16)
    assert (told["working_hours"], told["grey_working_hours"]) == (38, 15)
    # the lead without a deal has no money that is known
    assert (told["amount"], told["grey_amount"], told["zones"][0]["now_amount"]) == (140, 140, 40)


def test_the_cases_behind_a_zone_are_those_that_it_counts(found: GreyPath) -> None:
    cases = list(found.journeys.log.cases)
    told = [
        [case for case, is_in in zip(cases, cases_in(found, row["kind"], row["step"]), strict=True) if is_in]
        for row in zone_rows(found)
    ]
    assert told == [["lead:1", "deal:2"], ["lead:1"], ["lead:3"]]
    assert not cases_in(found, "outside", "stage:sales:New").any()


def test_who_sits_there_now_is_told_with_the_record(found: GreyPath) -> None:
    links = RecordLinks({})
    row = stuck_rows(metrics(), EVERYTHING, found, links)[0]
    assert (row["entity"], row["id"], row["title"], row["employee"]) == ("deal", "crm:8", "Two", "Борис")
    assert (row["hours"], row["amount"], row["url"]) == (9, 40, "https://crm.example/8")
    assert row["since"] == datetime.fromisoformat("2026-03-05 12:00")


def test_what_it_comes_to_is_said_in_both_languages(found: GreyPath) -> None:
    names = step_names(found.journeys.steps, "ru")
    assert conclusion(found, names, "ru", "RUB") == [
        "В серых зонах побывало 75 % случаев (3 из 4), там прошло 39 % их времени; через них прошло 100 % денег.",
        LARGEST,
        "Сейчас там случаев: 1, денег: 40 RUB.",
    ]
    assert conclusion(found, names, "en")[2] == "Cases there now: 1, money: 40."
    assert (proposal_rows(found), proposal_words(found, names, "ru")) == ([], [])


def test_cases_of_a_pipeline_keep_their_stages_in_another() -> None:
    made = grey_path(metrics(), JourneysQuery(scope=Scope.everything(), pipeline="sales"))
    told = plain_grey(made, zone_rows(made))
    assert [(zone["kind"], zone["cases"]) for zone in told["zones"]] == [("outside", 2), ("between", 1)]
    assert told["cases"] == 2


def test_where_nothing_is_grey_that_is_said_and_of_no_cases_nothing_is(found: GreyPath) -> None:
    without = replace(found, zones=replace(found.zones, zones=()))
    assert conclusion(without, {}, "ru") == ["Серых зон нет: всё время известно, на каком этапе каждый случай."]
    nobody = JourneysQuery(scope=Scope.of("name:nobody"))
    assert conclusion(grey_path(metrics(), nobody), {}, "ru") == ["Случаев нет: смотреть не на что."]
