"""Fifty-four cases of two cuts: 24 won ones of Anna with a demo, 30 lost ones of Boris and Vera, 20 of them without."""

from datetime import date, datetime

from tests.metrics.memory_engine import lake_of, metrics_over
from voronka.domain.period import Period
from voronka.domain.scope import Scope
from voronka.metrics.query import Metrics
from voronka.reports.page import Frame, PageAsked
from voronka.settings import Settings

STEPS = """step_number | step             | kind     | title | pipeline_id | stage_id | position | outcome | in_model
           1           | demo             | activity |       |             |          |          |         |
           2           | stage:sales:Lost | stage    | Lost  | sales       | Lost     | 4        | lost    | true
           3           | stage:sales:New  | stage    | New   | sales       | New      | 1        | open    | true
           4           | stage:sales:Talk | stage    | Talk  | sales       | Talk     | 2        | open    | true
           5           | stage:sales:Won  | stage    | Won   | sales       | Won      | 3        | won     | true"""
PEOPLE = "employee_id | name\nAnna | Анна\nBoris | Борис\nVera | Вера"
CHANNELS = "channel_id | name\nsite | Сайт\nads | Реклама"
STAGES = "pipeline_id | stage_id | title | position | in_model\nsales | New | New | 1 | true"
CALENDAR = """day | opens_at | closes_at | worked_before_seconds
2026-04-10 | 2026-04-10 09:00 | 2026-04-10 18:00 | 600000"""
OWNERS = "number|entity|entity_id|employee_id|part|from_day|to_day"


def metrics_of_cuts() -> Metrics:
    """Return 24 won cases with a demo and 2 hours from New to it, 20 lost ones without, 10 lost ones with 40 hours.

    Anna's were won on 9 March, Boris' 20 and Vera's 10 lost on 12 March; every third came by ads. Vera began those that
    Boris lost.
    """
    money = "won_amount_home|open_amount_home|lost_amount_home"
    known = "number|journey_id|deal_id|title|created_at|closed_at|closed_day|closed_employee_id|outcome"
    cases = [f"{known}|{money}|pipeline_id|channel_id"]
    events = [
        "number|position|step_number|kind|happened_at|happened_working_clock|entity|entity_id|pipeline_id|employee_id"
    ]
    for number in range(1, 55):
        is_won, channel = number <= 24, "ads" if number % 3 == 0 else "site"
        person = "Anna" if is_won else "Boris" if number <= 44 else "Vera"
        told = "2026-03-09 10:00|2026-03-09" if is_won else "2026-03-12 10:00|2026-03-12"
        outcome = "won|10|0|0" if is_won else "lost|0|0|5"
        cases.append(
            f"{number}|deal:{number}|d:{number}|{number}|2026-03-02 10:00|{told}|{person}|{outcome}|sales|{channel}"
        )
        demo = [] if 24 < number <= 44 else [(1, "03-02 12:00" if is_won else "03-04 02:00")]
        way = [(3, "03-02 10:00"), *demo, (4, "03-05 10:00"), (5 if is_won else 2, "03-09 10:00")]
        events += [
            f"{number}|{place}|{step}|{'activity' if step == 1 else 'stage'}|2026-{at}|0|"
            + (f"activity|a:{number}||{person}" if step == 1 else f"deal|d:{number}|sales|{_by(number, step, person)}")
            for place, (step, at) in enumerate(way, start=1)
        ]
    owners = [
        OWNERS,
        *(
            f"{number}|{entity}|{prefix}:{number}|{'Anna' if number <= 24 else 'Boris'}|owner|2026-01-01|2026-12-31"
            for number in range(1, 55)
            for entity, prefix in (("journey", "deal"), ("deal", "d"))
        ),
    ]
    return metrics_over(
        lake_of(
            fct_journeys="\n".join(cases),
            fct_events="\n".join(events),
            fct_journey_owners="\n".join(owners),
            dim_step=STEPS,
            dim_stage=STAGES,
            dim_employee=PEOPLE,
            dim_channel=CHANNELS,
            dim_calendar=CALENDAR,
        ),
        date(2026, 4, 10),
    )


def _by(number: int, step: int, person: str) -> str:
    """Return who a case was with when it came to a stage."""
    return "Vera" if step == 3 and 24 < number <= 44 else person


def frame_of_cuts(scope: Scope | None = None, **asked: object) -> Frame:
    """Return the frame of a page over them, of March."""
    now = datetime(2026, 4, 10, 12)  # noqa: DTZ001 - UTC without a zone, as everywhere
    march = {"period": Period(date(2026, 3, 1), date(2026, 3, 31))}
    page = PageAsked(**(march | asked))  # type: ignore[arg-type]
    return Frame(metrics_of_cuts(), page, scope or Scope.everything(), now, Settings())
