"""The grey zones beside a path: what cases of the period passed, and who stands there now, whenever they came."""

from dataclasses import dataclass, replace

import numpy as np

from voronka.analyses.grey_zones import Zone
from voronka.metrics.journeys import JourneysQuery
from voronka.metrics.query import Metrics
from voronka.metrics.question import Filter
from voronka.metrics.records import Records
from voronka.reports.cases import CasesAsked, case_records
from voronka.reports.grey_zones import GreyPath, grey_path, proposal_rows, zone_rows
from voronka.reports.plain import Plain
from voronka.reports.step_names import step_names

OPEN = Filter("outcome", ("open",))


@dataclass(frozen=True)
class GreyBeside:
    """The grey zones of the page's cases, and those of all that are open now under the same filters."""

    found: GreyPath
    now: GreyPath


def grey_beside(metrics: Metrics, query: JourneysQuery) -> GreyBeside:
    """Return the grey zones beside the path that is asked for."""
    return GreyBeside(grey_path(metrics, query), grey_path(metrics, open_now(query)))


def plain_grey_beside(made: GreyBeside) -> Plain:
    """Return the grey zones for JSON: shares in percent, times in seconds, the most hours first.

    `now_cases` and `now_amount` are of whoever is open and stands there now, in the period or not.
    """
    whole = made.found.zones
    steps = {step.key: step for each in (made.found, made.now) for step in each.journeys.steps}.values()
    russian, english = (step_names(steps, language) for language in ("ru", "en"))
    rows = [_zone(row, made.now) for row in zone_rows(made.found)]
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
    places = {at for at, each in enumerate(found.zones.zones) if (each.kind, _step(found, each)) == zone}
    chosen = np.zeros(len(found.journeys.log.cases), dtype=np.bool_)
    chosen[[each.case for each in found.zones.stuck if each.zone in places]] = True
    return case_records(metrics, query, found.journeys, chosen, asked)


def open_now(query: JourneysQuery) -> JourneysQuery:
    """Return the question of all cases that are open now under the same filters, whenever they began."""
    return replace(query, period=None, axis="created", where=(*query.where, OPEN))


def _zone(row: Plain, now: GreyPath) -> Plain:
    step = row["step"] or ""
    here = [each for each in now.zones.zones if (each.kind, _step(now, each)) == (row["kind"], step)]
    return {
        "kind": row["kind"],
        "step": row["step"],
        "source": row["from"],
        "target": row["to"],
        "cases": row["cases"],
        "share": row["share"],
        "share_hours": row["share_hours"],
        "median_seconds": row["median_seconds"],
        "amount": row["amount"],
        "now_cases": sum(each.now_cases for each in here),
        "now_amount": sum(each.now_amount for each in here),
    }


def _step(found: GreyPath, zone: Zone) -> str:
    return found.journeys.log.steps[zone.step] if zone.step >= 0 else ""
