"""The made company's journeys and events are as many as plain SQL over leads, deals and what was done counts."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.company import CompanyFolder
from tests.demo.making import UNTIL, loaded
from voronka.analyses.journey_log import journey_log
from voronka.bootstrap import built_metrics
from voronka.demo.plan import DemoPlan
from voronka.domain.scope import Scope
from voronka.metrics.journeys import JourneysQuery
from voronka.metrics.query import Metrics, Query
from voronka.reports.grey_zones import grey_path

pytestmark = pytest.mark.slow

EVERYTHING = Scope.everything()
EVERY_KIND = ("created", "stage", "owner", "activity", "change", "closed", "payment")
ROOTS = """
    SELECT lead_id, NULL AS deal_id FROM fct_leads WHERE deleted_at IS NULL
    UNION ALL
    SELECT NULL, deal_id FROM fct_deals
    WHERE deleted_at IS NULL AND (lead_id IS NULL OR lead_id NOT IN (SELECT lead_id FROM fct_leads))
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("journeys")
    loaded(found, DemoPlan(seed=5, managers=10, months=3, volume=0.05, until=UNTIL))
    return found


@pytest.fixture(scope="module")
def metrics(folder: Path) -> Iterator[Metrics]:
    with built_metrics(str(folder), lambda: UNTIL) as opened:
        yield opened


def counted(folder: Path, sql: str) -> dict[Any, Any]:
    """Return what plain SQL over the core counts, by the first column of two."""
    company = CompanyFolder.__new__(CompanyFolder)
    company.folder = folder
    return {key: value for key, value in company.ask(sql)}  # noqa: C416 - rows of two become pairs


def test_every_lead_and_every_deal_of_none_is_a_journey(folder: Path, metrics: Metrics) -> None:
    told = counted(folder, f"SELECT 'all', count(*) FROM ({ROOTS})")
    found = metrics.journeys(JourneysQuery(scope=EVERYTHING), ["lead_id", "outcome"])
    assert found.num_rows == told["all"]
    assert found.num_rows > 300
    figures = metrics.query(Query(metrics=("leads", "deals_created"), scope=EVERYTHING)).totals
    assert sum(lead is not None for lead in found.column("lead_id").to_pylist()) == figures["leads"]
    assert metrics.journeys(JourneysQuery(scope=EVERYTHING, entity="deal")).num_rows == figures["deals_created"]


def test_events_are_what_was_done_entered_and_paid(folder: Path, metrics: Metrics) -> None:
    found = metrics.events(JourneysQuery(scope=EVERYTHING, kinds=EVERY_KIND), ["kind", "step"])
    kinds = Counter(found.column("kind").to_pylist())
    told = counted(
        folder,
        """
        SELECT 'stage', count(*) FROM fct_stage_entries
        UNION ALL SELECT 'activity', count(*) FROM fct_activities AS a
          WHERE status = 'done' AND (
            lead_id IN (SELECT lead_id FROM fct_leads)
            OR (lead_id IS NULL AND deal_id IN (SELECT deal_id FROM fct_deals)))
        UNION ALL SELECT 'payment', count(*) FROM fct_payments WHERE deal_id IN (SELECT deal_id FROM fct_deals)
        UNION ALL SELECT 'created', (SELECT count(*) FROM fct_leads) + (SELECT count(*) FROM fct_deals)
        UNION ALL SELECT 'closed', count(*) FROM fct_deals WHERE outcome IN ('won', 'lost')
        UNION ALL SELECT 'change', count(*) FROM fct_changes WHERE field NOT IN ('stage', 'ответственный')
        """,
    )
    assert {kind: kinds[kind] for kind in told} == told
    assert min(told.values()) > 10
    stages = counted(
        folder,
        "SELECT 'stage:' || pipeline_id || ':' || stage_id, count(*) FROM fct_stage_entries GROUP BY 1",
    )
    steps = Counter(found.column("step").to_pylist())
    assert {step: steps[step] for step in stages} == stages


def test_the_log_has_the_money_and_the_moments_of_the_deals(folder: Path, metrics: Metrics) -> None:
    found = journey_log(metrics, JourneysQuery(scope=EVERYTHING, kinds=EVERY_KIND))
    revenue = metrics.query(Query(metrics=("revenue", "deals_won"), scope=EVERYTHING)).totals
    assert found.won_amount.sum() == pytest.approx(float(str(revenue["revenue"])))
    assert found.without_events == 0
    within = np.repeat(found.log.first[:-1], found.log.lengths)
    later = np.flatnonzero(np.arange(len(found.log.at)) > within)
    assert (found.log.at[later] >= found.log.at[later - 1]).all()
    assert found.log.worked is not None
    assert (found.log.worked[later] >= found.log.worked[later - 1]).all()
    deals = journey_log(metrics, JourneysQuery(scope=EVERYTHING, entity="deal", kinds=("stage",)))
    told = counted(
        folder, "SELECT stage_id, count(DISTINCT entity_id) FROM fct_stage_entries WHERE entity = 'deal' GROUP BY 1"
    )
    reached = {
        step.stage_id: len(np.unique(deals.log.case[deals.log.step == place])) for place, step in enumerate(deals.steps)
    }
    assert reached == told


def test_a_manager_sees_the_journeys_in_which_they_ever_had_a_part(folder: Path, metrics: Metrics) -> None:
    told = counted(
        folder,
        """
        WITH parts AS (
          SELECT l.lead_id AS root, o.employee_id FROM fct_leads AS l
          JOIN record_owner AS o ON o.entity = 'lead' AND o.entity_id = l.lead_id AND o.valid_to > l.created_at
          UNION SELECT coalesce(d.lead_id, d.deal_id), o.employee_id FROM fct_deals AS d
          JOIN record_owner AS o ON o.entity = 'deal' AND o.entity_id = d.deal_id AND o.valid_to > d.created_at
        )
        SELECT employee_id, count(DISTINCT root) FROM parts WHERE employee_id IS NOT NULL GROUP BY 1
        """,
    )
    found = {each: metrics.journeys(JourneysQuery(scope=Scope.of(each)), ["number"]).num_rows for each in told}
    assert found == told
    assert len(told) > 5


def test_the_grey_zone_is_what_the_stage_entries_outside_of_the_pipeline_say(folder: Path, metrics: Metrics) -> None:
    told = counted(
        folder,
        """
        SELECT 'cases', count(DISTINCT e.entity_id) FROM fct_stage_entries AS e
        JOIN dim_stage AS s USING (pipeline_id, stage_id) WHERE NOT s.in_model
        UNION ALL
        SELECT 'seconds', sum(epoch(e.left_at) - epoch(e.entered_at)) FROM fct_stage_entries AS e
        JOIN dim_stage AS s USING (pipeline_id, stage_id) WHERE NOT s.in_model AND e.left_at IS NOT NULL
        UNION ALL
        SELECT 'running', sum(epoch(CAST($until AS TIMESTAMP)) - epoch(e.entered_at)) FROM fct_stage_entries AS e
        JOIN dim_stage AS s USING (pipeline_id, stage_id) WHERE NOT s.in_model AND e.left_at IS NULL
        """.replace("$until", f"'{metrics.known_until()}'"),
    )
    found = grey_path(metrics, JourneysQuery(scope=EVERYTHING, entity="deal"))
    zones = [zone for zone in found.zones.zones if zone.kind == "outside"]
    assert sum(zone.cases for zone in zones) == told["cases"]
    assert sum(zone.hours for zone in zones) * 3600 == pytest.approx(told["seconds"] + (told["running"] or 0))
    assert told["cases"] > 10
