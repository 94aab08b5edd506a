"""Regulations in reports: rows of every one in force, live records, steps that have none."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from tests.metrics.memory_engine import built_in, lake_of, query
from voronka.analyses.regulation_median import regulation_median
from voronka.domain.scope import Scope
from voronka.metrics.dimensions import Title
from voronka.metrics.query import Metrics, MetricsCompany
from voronka.reports.links import RecordLinks
from voronka.reports.regulations import Unregulated, in_force, kept, live, unregulated

EVERYTHING = Scope.everything()
NOW = datetime.fromisoformat("2026-03-02 09:00")
REGULATIONS = """regulation_id | title  | position
                 second        | Second | 2
                 first         | First  | 1"""
DUES = """
  regulation_id | entity | entity_id | employee | clock    | started_at       | due_at           | started_clock | minutes_allowed | is_stopped | is_in_time | is_open | taken_seconds
  second        | call   | pbx:call:7 | Anna    | calendar | 2026-03-02 08:00 | 2026-03-02 08:30 | 1772438400    | 30              | false      |            | true    |
  second        | deal   | crm:1     | Boris    | calendar | 2026-03-02 08:00 | 2026-03-02 10:00 | 1772438400    | 120             | false      |            | true    |
  second        | deal   | crm:2     | Boris    | calendar | 2026-03-02 08:00 | 2026-03-02 08:30 | 1772438400    | 30              | false      |            | false   |
  second        | deal   | crm:3     | Boris    | calendar | 2026-03-02 08:00 | 2026-03-02 08:30 | 1772438400    | 30              | true       | true       | true    | 60"""  # noqa: E501 - a table
STAGES = """pipeline_id | stage_id | title | position | outcome | in_model | is_regulated
            sales       | b        | Later | 2        | open    | true     | false
            sales       | a        | First | 1        | open    | true     | false
            sales       | c        | Won   | 3        | won     | true     | false
            sales       | d        | Other |          | open    | false    | false
            leads       | a        | New   | 1        | open    | true     | true"""


def metrics() -> Metrics:
    engine = lake_of(dim_regulation=REGULATIONS, fct_dues=DUES, dim_stage=STAGES)
    company = MetricsCompany("RUB", NOW.date, "UTC", lambda: NOW)
    return Metrics(engine, built_in(), company, {"regulation_median": regulation_median(ZoneInfo("UTC"), lambda: NOW)})


def rows(*where: str, scope: Scope = EVERYTHING) -> list[dict[str, Any]]:
    return live(
        metrics(), query("dues", where=list(where), scope=scope), RecordLinks({("crm", "deal"): "https://c/{id}"})
    )


def test_a_regulation_that_bound_nothing_has_a_row_of_nothing() -> None:
    found = kept(metrics(), query("dues"))
    assert [(row["regulation"], row["due"], row["kept"], row["breached"]) for row in found] == [
        ("first", 0, 0, 0),
        ("second", 4, 1, 2),
    ]
    assert (found[0]["within"], found[1]["waiting"], found[1]["never"]) == (None, 1, 2)
    assert [row["regulation"] for row in kept(metrics(), query("dues", where=["regulation=second"]))] == ["second"]
    assert {row["employee"] for row in kept(metrics(), query("dues", by=["employee"]))} == {"Anna", "Boris"}


def test_regulations_come_in_their_order() -> None:
    assert [row["title"] for row in in_force(metrics(), query("dues"))] == ["First", "Second"]


def test_open_steps_of_the_model_without_a_regulation_are_told_in_their_order() -> None:
    assert unregulated(metrics(), query("dues")) == [
        Unregulated("sales", Title("sales", "sales"), (Title("First", "First"), Title("Later", "Later")))
    ]


def test_live_is_what_is_open_and_not_done_the_soonest_due_first() -> None:
    assert [(row["id"], row["state"], row["minutes_over"], row["employee"], row["url"]) for row in rows()] == [
        ("crm:1", "waiting", -60, "Boris", "https://c/1"),
        ("pbx:call:7", "overdue", 30, "Anna", None),
    ]


def test_live_keeps_to_filters_and_to_the_scope() -> None:
    assert [row["id"] for row in rows("employee=Anna")] == ["pbx:call:7"]
    assert [row["id"] for row in rows(scope=Scope.of("name:boris"))] == ["crm:1"]
