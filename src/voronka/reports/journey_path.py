"""The path of the company's own cases, against the stages of a pipeline where one is asked for."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from voronka.analyses.alignment import Model
from voronka.analyses.journey_log import JourneyLog, Step, log_of, step_of
from voronka.analyses.variants import Outcomes
from voronka.metrics.answer import records
from voronka.metrics.journeys import JourneysQuery
from voronka.metrics.query import Metrics
from voronka.reports.path import Path, Stages, look_at
from voronka.reports.told_stages import NOTHING_ASKED, Untold, telling, untold

STAGE, LOST = "stage", "lost"


@dataclass(frozen=True, eq=False)
class JourneyPath:
    """A path with the cases that it is of; `steps` are those met and those of the model, each once.

    The cases `untold`, of which it is not known through which stages they went, are held against no model; of a path of
    stages alone they are no part: they keep their places in its log, without events.
    """

    path: Path
    journeys: JourneyLog
    steps: tuple[Step, ...]
    untold: Untold
    leaves_out: bool

    @property
    def without_events(self) -> int:
        """Return how many cases are no part of the path for nothing that is a step of it happened to them."""
        return self.untold.without_events if self.leaves_out else self.journeys.without_events


def journey_path(
    metrics: Metrics, asked: JourneysQuery, *, detail: float = 1.0, most: int | None = None
) -> JourneyPath:
    """Return the path of the cases asked for, against the stages of the pipeline that is asked for, if one is.

    The model speaks of stages: what else happens between them is no deviation from it. An open case may be at any
    stage; one that is won or lost has come to the end or to an exit. `most` is how many variants are told (None: all).
    """
    told = telling(metrics, asked.scope) if STAGE in asked.kinds else NOTHING_ASKED
    tables = metrics.journey_tables(asked, of_events=told.of_events)
    found, missing = log_of(tables), untold(tables, asked, told)
    known = [step_of(row, tables.titles) for row in records(tables.steps)]
    configured = [step for step in known if asked.pipeline and step.pipeline_id == asked.pipeline and step.in_model]
    model = stage_model(configured)
    are_stages = np.array([step.kind == STAGE for step in found.steps], dtype=np.bool_)
    stages = None if model is None else Stages(model, ~(found.won | found.lost), are_stages, ~missing.of_log)
    leaves_out = bool(missing.count) and set(asked.kinds) == {STAGE}
    path = look_at(
        found.log.among(~missing.of_log) if leaves_out else found.log,
        stages,
        detail=detail,
        outcomes=Outcomes(found.won, found.lost, found.won_amount),
        most=most,
    )
    met = {step.key for step in found.steps}
    steps = (*found.steps, *(step for step in configured if step.key not in met))
    return JourneyPath(path, found, steps, missing, leaves_out)


def stage_model(configured: Iterable[Step]) -> Model | None:
    """Return the model of a pipeline's stages: those that lose a case are its exits; None without any stage to pass."""
    ordered = sorted(configured, key=lambda step: (step.position is None, step.position or 0))
    stages = tuple(step.key for step in ordered if step.outcome != LOST)
    exits = tuple(step.key for step in ordered if step.outcome == LOST)
    return Model(stages, exits) if stages else None
