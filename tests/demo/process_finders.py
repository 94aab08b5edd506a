"""Looks for what a made company may hide in its process by the reports: what stands on top of their pages."""

from tests.demo.finders import Company
from voronka.domain.period import Period
from voronka.domain.scope import Scope
from voronka.metrics.journeys import JourneysQuery
from voronka.metrics.question import Query
from voronka.reports.grey_zones import conclusion, grey_path, proposal_words, zone_name, zone_rows
from voronka.reports.lateness import lateness_words, why_late
from voronka.reports.step_names import step_names


def largest_grey_zone(company: Company) -> set[str]:
    """Return the stage that is the largest grey zone, where the sentence about zones and the first proposal name it.

    A zone that is no stage, as work after a deal is closed, hides nothing here.
    """
    found = grey_path(company.metrics, JourneysQuery(scope=Scope.everything()))
    names = step_names(found.journeys.steps, "ru")
    zones = [zone for zone in found.zones.zones if zone.kind == "outside"]
    if not zones or zones[0] is not found.zones.zones[0]:
        return set()
    name = zone_name(zone_rows(found)[0], names, "ru")
    said = [conclusion(found, names, "ru")[1], *proposal_words(found, names, "ru")[:1]]
    return {name} if len(said) > 1 and all(f"«{name}»" in line for line in said) else set()


def late_days_and_load(company: Company) -> set[int | str]:
    """Return the weekdays (Monday is 1) whose leads are said to be late more often, and what load is blamed for it.

    In the made company load does nothing: whatever is blamed is a false finding.
    """
    period = Period(company.first, company.last)
    found = why_late(company.metrics, Query(metrics=(), period=period, scope=Scope.everything()))
    late = {part.value for part in found.weekdays if part.is_beyond_chance and (part.points or 0) > 0}
    blamed = {load for load, verdict in found.verdicts.items() if verdict in {"longer", "shorter"}}
    said = "\n".join(lateness_words(found, "ru"))
    return {*late, *blamed} if bool(late) == ("Позже всего отвечают" in said) else set()
