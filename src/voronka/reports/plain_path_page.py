"""The path of a page as plain mappings: steps by their keys, their titles in both languages, times in seconds."""

from collections.abc import Iterator, Sequence

from voronka.analyses.conformance import Deviation
from voronka.analyses.difference import Difference
from voronka.analyses.journey_log import Step
from voronka.analyses.path_levels import levels
from voronka.analyses.path_map import END, START, Edge, PathMap
from voronka.analyses.spread import MICROSECONDS, Took
from voronka.analyses.variants import Variant
from voronka.metrics.intervals import wilson
from voronka.reports.path_page import KnownPipeline, PathAsked, PathPage, role_of
from voronka.reports.plain import Plain, plain_words
from voronka.reports.step_names import step_names

BEGIN, FINISH = "(start)", "(end)"
"""What stands before the first step of a case, and behind the last, as an end of an edge."""
DAY = MICROSECONDS * 86_400
ENTITIES = {"leads": "lead", "deals": "deal"}


def plain_path_of_page(made: PathPage, asked: PathAsked, pipelines: Sequence[KnownPipeline]) -> Plain:
    """Return what a page shows of a path beside its conclusion; shares are percent, differences of time days."""
    path, held = made.found.path, made.held
    return {
        "pipeline": made.query.pipeline or None,
        "pipelines": [
            {"id": each.id, "title": plain_words(each.title), "entity": ENTITIES[each.entity]} for each in pipelines
        ],
        "entity": asked.entity,
        "axis": asked.axis,
        "events": asked.events,
        "cases": path.map.cases,
        "event_count": path.map.events,
        "without_events": made.found.without_events,
        "untold": made.found.untold.count,
        "variant_count": path.variants.count,
        "took": plain_took(path.variants.took),
        "took_working": plain_took(path.variants.working),
        "fitness": None if held is None or held.mean_fitness is None else 100 * held.mean_fitness,
        "conforming": None if held is None else held.conforming,
        "stages": [] if held is None else list(held.model.stages),
        "exits": [] if held is None else list(held.model.exits),
        "steps": list(_steps(made)),
        "edges": list(plain_edges(made.found.path.map)),
        "ways": [plain_way(path.log.steps, each) for each in path.variants.variants],
        "deviations": [] if held is None else [plain_deviation(each) for each in held.deviations],
        "data_version": made.found.journeys.data_version,
    }


def _steps(made: PathPage) -> Iterator[Plain]:
    path = made.found.path
    nodes = {path.map.steps[node.step]: node for node in path.map.nodes}
    russian, english = (step_names(made.found.steps, language) for language in ("ru", "en"))
    for step in made.found.steps:
        node = nodes.get(step.key)
        yield {
            "key": step.key,
            "title": {"ru": russian[step.key], "en": english[step.key]},
            "role": role_of(step),
            "pipeline": step.pipeline_id,
            "position": step.position,
            "outcome": step.outcome if _is_stage(step) else None,
            "count": node.count if node else 0,
            "cases": node.cases if node else 0,
            "starts": node.starts if node else 0,
            "ends": node.ends if node else 0,
        }


def _is_stage(step: Step) -> bool:
    return step.kind == "stage"


def plain_edges(found: PathMap) -> Iterator[Plain]:
    """Yield the edges between steps, then those from the start and to the end, which take no time."""
    level = levels(found)
    for edge in found.edges:
        yield _edge(found.steps, edge, level[edge.source, edge.target])
    for node in found.nodes:
        key = found.steps[node.step]
        if node.starts:
            yield _boundary(BEGIN, key, node.starts, level[START, node.step])
        if node.ends:
            yield _boundary(key, FINISH, node.ends, level[node.step, END])


def _edge(steps: Sequence[str], edge: Edge, level: float) -> Plain:
    return {
        "source": steps[edge.source],
        "target": steps[edge.target],
        "count": edge.count,
        "cases": edge.cases,
        "level": level,
        "took": plain_took(edge.calendar),
        "took_working": plain_took(edge.working),
    }


def _boundary(source: str, target: str, cases: int, level: float) -> Plain:
    empty = {"took": None, "took_working": None}
    return {"source": source, "target": target, "count": cases, "cases": cases, "level": level, **empty}


def plain_took(took: Took | None) -> Plain | None:
    """Return the seconds that something took; None where that is not known."""
    return None if took is None else {"median": took.median, "mean": took.mean, "p90": took.p90}


def plain_way(steps: Sequence[str], way: Variant) -> Plain:
    """Return a way with its steps by name; shares are percent."""
    won, closed = way.won or 0, (way.won or 0) + (way.lost or 0)
    low, high = wilson(won, closed)
    return {
        "steps": [steps[step] for step in way.steps],
        "cases": way.cases,
        "share": way.share,
        "took": plain_took(way.took),
        "took_working": plain_took(way.working),
        "won": won,
        "lost": way.lost or 0,
        "win_rate": way.win_rate,
        "win_rate_low": low,
        "win_rate_high": high,
        "amount": way.amount,
    }


def plain_deviation(found: Deviation) -> Plain:
    """Return a deviation; its price is days, and points of win rate."""
    return {
        "kind": found.kind,
        "step": found.step,
        "count": found.count,
        "cases": found.cases,
        "share": found.share,
        "days": _difference(found.time, DAY),
        "win_rate": _difference(found.win_rate, 1),
    }


def _difference(found: Difference | None, unit: int) -> Plain | None:
    if found is None:
        return None
    low, high = (None if end is None else end / unit for end in (found.low, found.high))
    return {"value": found.value / unit, "low": low, "high": high, "differs": found.is_beyond_chance}
