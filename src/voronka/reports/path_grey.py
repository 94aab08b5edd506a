"""The grey zones beside a path: what cases of the period passed, and who stands there now, whenever they came."""

from dataclasses import dataclass, replace

import numpy as np

from voronka.analyses.grey_zones import Zone
from voronka.analyses.journey_log import Step
from voronka.metrics.journeys import JourneysQuery
from voronka.metrics.query import Metrics
from voronka.metrics.question import Filter
from voronka.metrics.records import Records
from voronka.reports.cases import CasesAsked, case_records
from voronka.reports.grey_zones import GreyPath, Row, grey_path, proposal_rows, zone_rows
from voronka.reports.plain import Plain
from voronka.reports.step_names import step_names

OPEN = Filter("outcome", ("open",))
SHOWN = (
    "kind",
    "step",
    "cases",
    "share",
    "share_hours",
    "median_seconds",
    "amount",
    "now_cases",
    "now_amount",
)
NOBODY_WAS: Row = {"cases": 0, "share": 0.0, "hours": 0.0, "share_hours": 0.0, "median_seconds": None, "amount": 0.0}
"""The figures of a zone in which none of the cases asked for was."""


@dataclass(frozen=True)
class GreyBeside:
    """The grey zones of the cases asked for, and those of all that are open now under the same filters.

    `found` counts as there now whoever is open and stands there, in the period or not, as `now` does.
    """

    found: GreyPath
    now: GreyPath


def grey_beside(metrics: Metrics, query: JourneysQuery) -> GreyBeside:
    """Return the grey zones of the cases asked for, and what stands in them now."""
    found = grey_path(metrics, query)
    now = grey_path(metrics, open_now(query))
    return GreyBeside(_with_now(found, now), now)


def _with_now(found: GreyPath, now: GreyPath) -> GreyPath:
    there = {_place(now, zone): zone for zone in now.zones.zones}
    zones = tuple(_zone_now(zone, there.get(_place(found, zone))) for zone in found.zones.zones)
    return replace(found, zones=replace(found.zones, zones=zones))


def _zone_now(zone: Zone, now: Zone | None) -> Zone:
    if now is None:
        return replace(zone, now_cases=0, now_amount=0.0)
    return replace(zone, now_cases=now.now_cases, now_amount=now.now_amount)


def zone_rows_beside(made: GreyBeside) -> list[Row]:
    """Return the zones, the most hours first; last those where none of the cases asked for was and some stand now."""
    known = {_place(made.found, zone) for zone in made.found.zones.zones}
    others = [
        {**row, **NOBODY_WAS, "working_hours": None if row["working_hours"] is None else 0.0}
        for row, zone in zip(zone_rows(made.now), made.now.zones.zones, strict=True)
        if zone.now_cases and _place(made.now, zone) not in known
    ]
    return [*zone_rows(made.found), *others]


def steps_beside(made: GreyBeside) -> list[Step]:
    """Return the steps of both, each once."""
    return list({step.key: step for each in (made.found, made.now) for step in each.journeys.steps}.values())


def plain_grey_beside(made: GreyBeside) -> Plain:
    """Return the grey zones for JSON: shares in percent, times in seconds, the most hours first."""
    whole = made.found.zones
    steps = steps_beside(made)
    russian, english = (step_names(steps, language) for language in ("ru", "en"))
    rows = [_zone(row) for row in zone_rows_beside(made)]
    proposed = proposal_rows(made.found)
    named = {key for row in rows for key in (row["step"], row["source"], row["target"]) if key}
    named |= {key for row in proposed for key in (row["from"], row["to"], *row["steps"]) if key}
    return {
        "cases": whole.cases,
        "untold": made.found.untold,
        "grey_cases": whole.grey_cases,
        "share_cases": whole.share_cases,
        "share_hours": whole.share_hours,
        "share_amount": whole.share_amount,
        "zones": rows,
        "proposals": [
            {
                "source": row["from"],
                "target": row["to"],
                "steps": list(row["steps"]),
                "share": row["share"],
                "median_seconds": row["median_seconds"],
            }
            for row in proposed
        ],
        "titles": {key: {"ru": russian.get(key, key), "en": english.get(key, key)} for key in sorted(named)},
        "data_version": made.found.journeys.data_version,
    }


def cases_stuck(metrics: Metrics, query: JourneysQuery, zone: tuple[str, str], asked: CasesAsked) -> Records:
    """Return the open cases that stand in a zone (its kind, and its step where it has one) now."""
    found = grey_path(metrics, open_now(query))
    places = {at for at, each in enumerate(found.zones.zones) if _place(found, each) == zone}
    chosen = np.zeros(len(found.journeys.log.cases), dtype=np.bool_)
    chosen[[each.case for each in found.zones.stuck if each.zone in places]] = True
    return case_records(metrics, query, found.journeys, chosen, asked)


def open_now(query: JourneysQuery) -> JourneysQuery:
    """Return the question of all cases that are open now under the same filters, whenever they began, by whose now."""
    return replace(query, period=None, axis="created", owner="now", where=(*query.where, OPEN))


def _zone(row: Row) -> Plain:
    return {"source": row["from"], "target": row["to"], **{name: row[name] for name in SHOWN}}


def _place(found: GreyPath, zone: Zone) -> tuple[str, str]:
    """Return the kind of a zone, and the key of its step where it has one: by these two it is known in another log."""
    return zone.kind, found.journeys.log.steps[zone.step] if zone.step >= 0 else ""
