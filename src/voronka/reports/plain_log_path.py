"""The path of another process as plain mappings: steps by the names that its source gives them, times in seconds."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from voronka.analyses.funnel_figures import StepFigures
from voronka.reports.findings import Finding
from voronka.reports.funnel import sections_of
from voronka.reports.log_path import LogPath, said_of
from voronka.reports.plain import Plain
from voronka.reports.plain_path_page import plain_deviation, plain_edges, plain_took, plain_way

UTC = ZoneInfo("UTC")
"""Without periods no day is told."""


def plain_log_path(found: LogPath, version: str) -> Plain:
    """Return what the page shows of another process; shares are percent."""
    path, held, asked = found.path, found.held, found.asked
    headline, more = said_of(found)
    return {
        "log": asked.log,
        "rows": found.kept.rows,
        "without": found.kept.without,
        "headline": _finding(headline),
        "findings": [_finding(each) for each in more],
        "cases": path.map.cases,
        "event_count": path.map.events,
        "repeated_events": path.log.repeated,
        "variant_count": path.variants.count,
        "took": plain_took(path.variants.took),
        "took_working": None,
        "fitness": None if held is None or held.mean_fitness is None else 100 * held.mean_fitness,
        "conforming": None if held is None else held.conforming,
        "stages": list(asked.model),
        "exits": list(asked.exits) if asked.model else [],
        "may_stop": asked.may_stop,
        "window": asked.window,
        "steps": list(_steps(found)),
        "edges": list(plain_edges(path.map)),
        "ways": [plain_way(path.log.steps, each) for each in path.variants.variants],
        "deviations": [] if held is None else [plain_deviation(each) for each in held.deviations],
        "funnel": list(_funnel(found)),
        "data_version": version,
    }


def _finding(found: Finding) -> Plain:
    return {"kind": found.kind, "tone": found.tone, "values": dict(found.values)}


def _steps(found: LogPath) -> Iterator[Plain]:
    """Yield the steps as they were typed, then the others, the most frequent first."""
    places = {step: place for place, step in enumerate(found.asked.model)}
    nodes = sorted(found.path.map.nodes, key=lambda node: places.get(found.path.map.steps[node.step], len(places)))
    for node in nodes:
        name = found.path.map.steps[node.step]
        yield {
            "key": name,
            "title": {"ru": name, "en": name},
            "role": _role(found, name),
            "pipeline": None,
            "position": places.get(name),
            "outcome": None,
            "count": node.count,
            "cases": node.cases,
            "starts": node.starts,
            "ends": node.ends,
        }


def _role(found: LogPath, name: str) -> str:
    """Return what a step is to those that were typed; a step of the process where none were."""
    if not found.asked.model:
        return "step"
    if name in found.asked.model:
        return "stage"
    return "exit" if name in found.asked.exits else "outside"


def _funnel(found: LogPath) -> Iterator[Plain]:
    """Yield the steps of the funnel; nothing where there is none."""
    if found.walked is not None:
        for place, step in enumerate(sections_of(found.walked, None, UTC)[0].steps):
            yield _stop(place, step)


def _stop(place: int, step: StepFigures) -> Plain:
    return {
        "place": place,
        "step": step.step,
        "cases": step.cases,
        "dropped": step.dropped,
        "overall": step.overall.value,
        "step_conversion": step.step_conversion.value,
        "step_conversion_low": step.step_conversion.low,
        "step_conversion_high": step.step_conversion.high,
        "median_seconds": step.median_seconds,
    }
