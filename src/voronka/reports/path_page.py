"""The page of the customer's path: how cases really go, against the stages of a pipeline, and what departs from them.

Its headline says how many of a hundred cases go as configured. Its findings, each with the figures it is made of:

- the deviation of most cases, with what goes together with it: by how much the median time and the win rate of cases
  with it differ from those of cases without it, and whether by more than chance;
- where cases stand longest: the edge of the map that holds the most time of all, of those that many cases pass from
  one step to another.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from voronka.analyses.conformance import Conformance
from voronka.analyses.journey_log import Step
from voronka.analyses.path_map import Edge, PathMap
from voronka.metrics.dimensions import Title
from voronka.metrics.journeys import USUAL, Entity, JourneysQuery
from voronka.reports.findings import Finding, Tone
from voronka.reports.journey_path import JourneyPath, journey_path
from voronka.reports.page import Contents, Frame

Axis = Literal["created", "closed"]
Events = Literal["stages", "all"]

VARIANTS = 30
"""Ways that are told: rarer ones say little."""
GOOD, POOR = 80.0, 50.0
"""Percent of cases that go as configured from which on that is well, and below which it is badly."""
MANY = 0.05
"""The share of cases that passes an edge before it may be called the one where cases stand longest."""
ALL_PIPELINES = "*"
STAGES_ONLY = ("stage",)


@dataclass(frozen=True)
class KnownPipeline:
    """A pipeline that may be chosen: its id, what it is called, and whether its records are leads or deals."""

    id: str
    title: Title
    entity: str = "deals"


@dataclass(frozen=True)
class PathAsked:
    """What is asked beside the filters: whose path (None: that of the first pipeline of deals), and what is a step."""

    pipeline: str | None = None
    entity: Entity = "journey"
    axis: Axis = "closed"
    events: Events = "stages"


@dataclass(frozen=True)
class PathPage:
    """The path that a page shows, its question, and the conclusion."""

    query: JourneysQuery
    found: JourneyPath
    contents: Contents

    @property
    def held(self) -> Conformance | None:
        """Return how far the cases go by the model; None without one."""
        return self.found.path.conformance


def path_query(frame: Frame, asked: PathAsked, pipelines: Sequence[KnownPipeline]) -> JourneysQuery:
    """Return the question about cases that a page asks: of the page's period until today, under its filters."""
    return JourneysQuery(
        scope=frame.scope,
        where=frame.asked.filters(),
        period=frame.facts,
        axis=asked.axis,
        entity=asked.entity,
        kinds=USUAL if asked.events == "all" else STAGES_ONLY,
        pipeline=_pipeline(asked, pipelines),
    )


def path_page(frame: Frame, asked: PathAsked, pipelines: Sequence[KnownPipeline]) -> PathPage:
    """Return the page; QuestionError for a pipeline that is not there."""
    query = path_query(frame, asked, pipelines)
    found = journey_path(frame.metrics, query, most=VARIANTS)
    said = _Said(found)
    return PathPage(query, found, Contents(headline=said.headline(), findings=tuple(said.findings())))


def _pipeline(asked: PathAsked, pipelines: Sequence[KnownPipeline]) -> str:
    if asked.pipeline == ALL_PIPELINES:
        return ""
    if asked.pipeline:
        return asked.pipeline
    wanted = "leads" if asked.entity == "lead" else "deals"
    return next((each.id for each in pipelines if each.entity == wanted), "")


@dataclass(frozen=True)
class _Said:
    """What is concluded from a path."""

    found: JourneyPath

    @cached_property
    def cases(self) -> int:
        return self.found.path.map.cases

    def headline(self) -> Finding:
        held, missing = self.found.path.conformance, self.found.untold
        known = 0 if held is None else held.cases
        left = {"untold": missing.count, "without_events": missing.without_events}
        said = {name: count for name, count in left.items() if count}
        if missing.count and not (self.cases if held is None else known):
            return Finding("untold", "neutral", {"count": said.pop("untold")} | said)
        if not self.cases:
            return Finding("nothing", "neutral", said)
        if held is None:
            ways = self.found.path.variants
            values = {"count": self.cases, "ways": str(ways.count), "share": ways.variants[0].share}
            return Finding("ways", "neutral", values | said)
        share = 100 * held.conforming / held.cases if held.cases else None
        if share is None:
            return Finding("no_stages", "neutral", {"count": self.cases} | said)
        values = {"count": held.cases, "per_hundred": round(share), "conforming": held.conforming}
        return Finding("conforming", _tone(share), values | said)

    def findings(self) -> Iterator[Finding]:
        held = self.found.path.conformance
        if held is not None and held.deviations:
            most = held.deviations[0]
            # the words of its price stand beside the deviation itself: `deviation` is its place among them
            values = {"step": most.step, "share": most.share, "count": most.cases, "deviation": "0"}
            yield Finding(f"deviation_{most.kind}", "bad" if most.share >= 100 * MANY else "neutral", values)
        slowest = slowest_of(self.found.path.map)
        if slowest is not None:
            yield slowest


def slowest_of(found: PathMap) -> Finding | None:
    """Return the edge that holds the most time of all cases, of those that many pass; None where none holds any."""
    edges = found.edges
    whole = sum(_held(edge) for edge in edges)
    many = [edge for edge in edges if edge.cases >= MANY * found.cases and edge.source != edge.target]
    if not many or not whole:
        return None
    worst = max(many, key=_held)
    return Finding(
        "slowest",
        "neutral",
        {
            "source": found.steps[worst.source],
            "target": found.steps[worst.target],
            "count": worst.cases,
            "share": 100 * _held(worst) / whole,
            "took": str(edges.index(worst)),
        },
    )


def _held(edge: Edge) -> float:
    return edge.count * edge.calendar.mean


def _tone(share: float) -> Tone:
    return "good" if share >= GOOD else "bad" if share < POOR else "neutral"


def role_of(step: Step) -> Literal["stage", "exit", "outside", "event"]:
    """Return what a step is to the CRM's model: a stage, one that loses a case, a stage it does not name, no stage."""
    if step.kind != "stage":
        return "event"
    if not step.in_model:
        return "outside"
    return "exit" if step.outcome == "lost" else "stage"
