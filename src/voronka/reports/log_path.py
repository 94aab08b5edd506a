"""The page of the path over another process that a source keeps: its map, its ways, a model as typed, its funnel."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from voronka.analyses.alignment import Model
from voronka.analyses.conformance import Conformance
from voronka.analyses.event_log import EventLog
from voronka.analyses.funnel import MOST_STEPS, Funnel, FunnelStep, dropped
from voronka.domain.errors import QuestionError, did_you_mean
from voronka.domain.scope import Scope
from voronka.metrics.query import Metrics
from voronka.reports.findings import Finding
from voronka.reports.foreign_streams import KeptLog, kept_log
from voronka.reports.funnel import Walked, walk
from voronka.reports.funnel_asked import window_of
from voronka.reports.path import Path, Stages, look_at
from voronka.reports.path_behind import Behind, chosen
from voronka.reports.path_page import VARIANTS, slowest_of

Truths = NDArray[np.bool_]
Stop = Literal["reached", "dropped"]
"""Cases that came to a step of the funnel, and those of them that did not come to the next."""


@dataclass(frozen=True)
class LogAsked:
    """Which source's events, and the steps that are held against them in their order.

    A case may leave behind any of them by one of the `exits`, and end behind any of them where it `may_stop`. The same
    steps make the funnel, its last step within `window` of the first (`14d`; "": ever).
    """

    log: str
    model: tuple[str, ...] = ()
    exits: tuple[str, ...] = ()
    may_stop: bool = False
    window: str = ""


@dataclass(frozen=True, eq=False)
class LogPath:
    """The path of another process; without steps to hold against it there is no funnel.

    `rows` are all that the source has, `without` those of no case, no activity or no time.
    """

    asked: LogAsked
    kept: KeptLog
    path: Path
    walked: Walked | None

    @property
    def held(self) -> Conformance | None:
        """Return how far the cases go by the steps that were typed; None without them."""
        return self.path.conformance


@dataclass(frozen=True)
class LogBehind:
    """Which of its cases: a part of the path, or those at a step of the funnel (its place, counted from 0)."""

    part: Behind = field(default_factory=Behind)
    stop: Stop | None = None
    place: int = 0


def log_path(metrics: Metrics, scope: Scope, asked: LogAsked, *, most: int | None = VARIANTS) -> LogPath:
    """Return the path of the process that a source keeps; `most` ways are told (None: all).

    QuestionError for a source that keeps none, for a step that never happened, and for whoever sees only a part of the
    company: nobody owns these events.
    """
    kept = kept_log(metrics, asked.log, scope)
    model = model_of(kept.log, asked.model, asked.exits)
    stops = np.ones(len(kept.log.cases), dtype=np.bool_) if asked.may_stop else None
    stages = None if model is None else Stages(model, stops)
    return LogPath(asked, kept, look_at(kept.log, stages, most=most), _walked(kept.log, asked))


def model_of(log: EventLog, stages: Sequence[str], exits: Sequence[str]) -> Model | None:
    """Return the model of these steps, None of none; QuestionError for a step that the log has not."""
    for step in (*stages, *exits):
        if step not in log.steps:
            raise QuestionError(f"the log has no step {step}", do=did_you_mean(step, log.steps))
    return Model(tuple(stages), tuple(exits)) if stages else None


def _walked(log: EventLog, asked: LogAsked) -> Walked | None:
    """Return the funnel of the steps that were typed; a process of more steps than a funnel may have has none."""
    window = window_of(asked.window) if asked.window else None
    if not 1 < len(asked.model) <= MOST_STEPS:
        return None
    steps = tuple(FunnelStep(name, (list(log.steps).index(name),)) for name in asked.model)
    return walk(log, Funnel(steps, window=window))


def said_of(found: LogPath) -> tuple[Finding, tuple[Finding, ...]]:
    """Return what the page comes to: a headline, and where cases stand longest."""
    ways, held = found.path.variants, found.held
    headline = Finding(
        "ways",
        "neutral",
        {"count": found.path.map.cases, "ways": str(ways.count), "share": ways.variants[0].share},
    )
    if held is not None and held.cases:
        share = round(100 * held.conforming / held.cases)
        values = {"count": held.cases, "per_hundred": share, "conforming": held.conforming}
        headline = Finding("log_conforming", "neutral", values)
    slowest = slowest_of(found.path.map)
    return headline, (slowest,) if slowest else ()


def cases_of_log(found: LogPath, behind: LogBehind) -> Truths:
    """Say of each case of the log whether it stands behind a figure; QuestionError for what the page has not."""
    if behind.stop is None:
        return chosen(found.path, behind.part)
    if found.walked is None or behind.place >= len(found.walked.steps):
        raise QuestionError("there is no such step of the funnel", do="Name the steps: model")
    at_step = found.walked.steps[behind.place]
    if behind.stop == "dropped":
        at_step = at_step.among(dropped(found.walked.funnel, found.walked.steps, behind.place))
    told = np.zeros(len(found.kept.log.cases), dtype=np.bool_)
    told[at_step.cases] = True
    return told
