"""A small company's paths, in memory: six cases through New, Talk and Won, two by a stage that nobody set up."""

from datetime import date, datetime

from tests.metrics.memory_engine import lake_of, metrics_over
from voronka.domain.period import Period
from voronka.domain.scope import Scope
from voronka.metrics.dimensions import Title
from voronka.metrics.query import Metrics
from voronka.reports.page import Frame, PageAsked
from voronka.reports.path_page import KnownPipeline, PathAsked, PathPage, path_page
from voronka.settings import Settings

NEW, TALK, WON, LOST, WAIT = (f"stage:sales:{name}" for name in ("New", "Talk", "Won", "Lost", "Wait"))
PIPELINES = (KnownPipeline("leads", Title("Лиды", "Leads"), "leads"), KnownPipeline("sales", Title("Продажи", "Sales")))
MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))

_STEPS = """step_number | step             | kind     | title | pipeline_id | stage_id | position | outcome | in_model
           1           | call_out         | activity |       |             |          |          |         |
           2           | stage:sales:Lost | stage    | Lost  | sales       | Lost     | 4        | lost    | true
           3           | stage:sales:New  | stage    | New   | sales       | New      | 1        | open    | true
           4           | stage:sales:Talk | stage    | Talk  | sales       | Talk     | 2        | open    | true
           5           | stage:sales:Won  | stage    | Won   | sales       | Won      | 3        | won     | true
           6           | stage:sales:Wait | stage    | Wait  | sales       | Wait     |          | open    | false"""
_STAGES = "pipeline_id | stage_id | title | position | in_model\nsales | New | New | 1 | true"
_PEOPLE = "employee_id | name\nAnna | Анна\nBoris | Борис"
_CALENDAR = """day | opens_at | closes_at | worked_before_seconds
2026-03-31 | 2026-03-31 09:00 | 2026-03-31 18:00 | 600000"""
_CASES = """\
number|journey_id|deal_id|lead_id|title|url|created_at|closed_at|closed_day|closed_employee_id|outcome|won_amount_home|open_amount_home|lost_amount_home|employee_id|created_employee_id
1|deal:1|d:1||First||2026-03-02 10:00|2026-03-06 10:00|2026-03-06|Anna|won|100.5|0|0||
2|deal:2|d:2||Second|https://crm.example/2|2026-03-02 11:00|2026-03-05 10:00|2026-03-05|Anna|lost|0|0|40||
3|lead:3||l:3|||2026-03-02 12:00|2026-03-07 10:00|2026-03-07|Boris|lost|0|0|0||
4|deal:4|d:4||Fourth||2026-03-02 13:00|2026-03-08 10:00|2026-03-08|Boris|won|7|0|0||
5|deal:5|d:5||Fifth||2026-03-02 13:00|2026-02-08 10:00|2026-02-08|Boris|won|7|0|0||
6|deal:6|d:6||Sixth||2026-02-02 13:00||||open|0|12|0|Boris|Anna"""
_WAYS = {1: (3, 4, 5), 2: (3, 4, 2), 3: (3, 1, 2), 4: (3, 1, 6, 5), 5: (3, 5), 6: (3, 6)}
"""Case by case the numbers of its steps, an hour apart; the fifth was closed in February, the sixth is open."""


def _events() -> str:
    head = "number|position|step_number|kind|happened_at|happened_working_clock|entity_id|pipeline_id"
    rows = [
        f"{number}|{place}|{step}|{'activity' if step == 1 else 'stage'}|2026-03-03 {9 + place:02}:00|{place * 1800}|e|"
        + ("" if step == 1 else "sales")
        for number, way in _WAYS.items()
        for place, step in enumerate(way, start=1)
    ]
    return "\n".join([head, *rows])


def metrics_of_paths() -> Metrics:
    """Return the metrics over the company."""
    return metrics_over(
        lake_of(
            fct_journeys=_CASES,
            fct_events=_events(),
            dim_step=_STEPS,
            dim_stage=_STAGES,
            dim_employee=_PEOPLE,
            dim_calendar=_CALENDAR,
        )
    )


def frame_of_paths(period: Period = MARCH) -> Frame:
    """Return the frame of a page over it."""
    now = datetime(2026, 4, 10, 12)  # noqa: DTZ001 - UTC without a zone, as everywhere
    return Frame(metrics_of_paths(), PageAsked(period=period), Scope.everything(), now, Settings())


def path_of(period: Period = MARCH, **asked: object) -> PathPage:
    """Return the page of its path in March."""
    return path_page(frame_of_paths(period), PathAsked(**asked), PIPELINES)  # type: ignore[arg-type]
