"""The funnel of the company's own cases: what its steps are called, what cases are worth, what became of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from voronka.analyses.event_log import EventLog, Numbers
from voronka.analyses.funnel import Funnel
from voronka.analyses.funnel_figures import Groups
from voronka.analyses.funnel_losses import NO_REASON, Outcomes, Stopped, stopped
from voronka.analyses.journey_log import OF_OUTCOME, JourneyLog, Step, log_of, step_of
from voronka.domain.errors import QuestionError, did_you_mean
from voronka.domain.scope import Scope
from voronka.metrics.answer import records
from voronka.metrics.dimensions import DIMENSIONS, OWNER_COLUMNS
from voronka.metrics.journeys import CASE, JourneysQuery
from voronka.metrics.query import Metrics
from voronka.reports.funnel import Walked, walk
from voronka.reports.told_stages import OWN_PIPELINES, telling, untold

STAGE, LOST, MILESTONE = "stage", "lost", "milestone:"
ASIDE = "nurture"
"""The milestone of those who are put off: a way aside, no step of the way."""
_COLUMNS = (*OWNER_COLUMNS.values(), *CASE)


@dataclass(frozen=True, eq=False)
class JourneyFunnel:
    """A funnel of the company's own cases; `outcomes` are in the order of the log's cases.

    `untold` are those of which it is not known through which stages they went; they are left out of a funnel of stages.
    `by` is their cut if any: of each group its key as the data have it, None where it is not given, and its name.
    """

    walked: Walked
    journeys: JourneyLog
    outcomes: Outcomes
    by: Groups | None
    names: Sequence[str | None]
    keys: Sequence[str | None] = ()
    untold: int = 0
    leaves_out: bool = False

    @property
    def left_out(self) -> int:
        """Return how many cases are no part of the funnel: whether they reached its steps is not known."""
        return self.untold if self.leaves_out else 0

    @property
    def stopped(self) -> tuple[Stopped, ...]:
        """Return for each step what became of the cases that it did not lead further."""
        return stopped(self.walked.funnel, self.walked.steps, self.outcomes)


def own_steps(metrics: Metrics, scope: Scope) -> tuple[Step, ...]:
    """Return every step there is, in its order, met or not."""
    rows = sorted(records(metrics.rows("dim_step", scope)), key=lambda row: int(str(row["step_number"])))
    titles = metrics.company.titles()
    return tuple(step_of(row, titles) for row in rows)


def step_meanings(steps: Sequence[Step], pipeline: str) -> dict[str, tuple[int, ...]]:
    """Return by what steps may be asked for, and the places of what that means.

    A key, `milestone:x`, a stage's id or title: of the pipeline where one is named, else of all of them.
    """
    found: dict[str, list[int]] = {}
    for place, step in enumerate(steps):
        if step.kind == STAGE and pipeline and step.pipeline_id != pipeline:
            continue
        milestone = f"{MILESTONE}{step.milestone}" if step.milestone else None
        for name in dict.fromkeys((step.key, step.stage_id, step.title, milestone)):
            if name:
                found.setdefault(name, []).append(place)
    return {name: tuple(places) for name, places in found.items()}


def stages_in_order(steps: Sequence[Step], pipeline: str) -> list[str]:
    """Return the keys of a pipeline's configured stages in their order.

    Those that lose a case are exits, and those that put it off a way aside: no steps.
    """
    stages = [step for step in steps if step.kind == STAGE and step.pipeline_id == pipeline and step.in_model]
    if not stages:
        known = sorted({step.pipeline_id for step in steps if step.pipeline_id and step.in_model})
        raise QuestionError(f"no pipeline {pipeline} is configured", do=did_you_mean(pipeline, known))
    ordered = sorted(stages, key=lambda step: (step.position is None, step.position or 0))
    return [step.key for step in ordered if step.outcome != LOST and step.milestone != ASIDE]


def journey_funnel(  # noqa: PLR0913 - what is asked, and what is wanted of its cases
    metrics: Metrics,
    asked: JourneysQuery,
    steps: Sequence[Step],
    funnel: Funnel,
    by: str = "",
    *,
    columns: Sequence[str] = (),
    until: int | None = None,
) -> JourneyFunnel:
    """Return the funnel of the cases asked for; its steps are places in `steps`, `by` is a dimension of cases.

    Only events of the kinds that the steps are of are looked at, and in the strict order those asked for; those after
    `until` (microseconds since 1970 UTC) as if they had not happened. `columns` are wanted of the cases too. Cases of
    which no stages are told reach no stage, and miss none: a funnel with stages is of the others.
    """
    needed = {steps[place].kind for step in funnel.steps for place in step.of}
    kinds = needed | set(asked.kinds) if funnel.order == "strict" else needed
    column = _column(by) if by else None
    wanted = dict.fromkeys((*OF_OUTCOME, "deal_id", "loss_reason", *((column,) if column else ()), *columns))
    known = telling(metrics, asked.scope)
    looked_at = kinds if known.is_whole else kinds | {STAGE}
    all_asked = replace(asked, kinds=tuple(sorted(looked_at)) or asked.kinds)
    tables = metrics.journey_tables(all_asked, tuple(dict.fromkeys((*wanted, *OWN_PIPELINES))), known.of_events)
    through = {steps[place].pipeline_id for step in funnel.steps for place in step.of if steps[place].kind == STAGE}
    found, missing = log_of(tables), untold(tables, asked, known, through=through)
    log = _renumbered(found.log, steps)
    log = log if until is None else log.until(until)
    log = log if looked_at == kinds else log.only(np.array([step.kind in kinds for step in steps], dtype=np.bool_))
    leaves_out = STAGE in needed
    walked = walk(log.among(~missing.of_log) if leaves_out and missing.count else log, funnel)
    is_known = not (leaves_out and missing.count) or any(len(step.cases) for step in walked.steps)
    walked = replace(walked, without_events=found.without_events, is_known=is_known)
    groups, keys = _cut(_values(found, column)) if column else (None, [])
    titles = _titles(metrics, asked.scope, by) if column else {}
    names = [titles.get(key, key) if key else None for key in keys]
    return JourneyFunnel(walked, found, _outcomes(found), groups, names, keys, missing.count, leaves_out)


def _renumbered(log: EventLog, steps: Sequence[Step]) -> EventLog:
    """Return a log whose steps are these, in their order."""
    places = {step.key: place for place, step in enumerate(steps)}
    renumbered = np.array([places[key] for key in log.steps], dtype=np.int64)
    return replace(log, steps=[step.key for step in steps], step=renumbered[log.step])


def _column(by: str) -> str:
    columns = {
        name: OWNER_COLUMNS.get(name, dimension.column)
        for name, dimension in DIMENSIONS.items()
        if OWNER_COLUMNS.get(name, dimension.column) in _COLUMNS and not dimension.timed
    }
    if by not in columns:
        raise QuestionError(f"cases cannot be cut by {by}", do=did_you_mean(by, columns) or f"By {', '.join(columns)}")
    return columns[by]


def _cut(values: Sequence[Any]) -> tuple[Groups, list[str | None]]:
    """Return the cases by their value, the largest group first, and the groups' values."""
    found, numbers, counts = np.unique(
        np.array(["" if value is None else str(value) for value in values], dtype=object),
        return_inverse=True,
        return_counts=True,
    )
    order = np.argsort(-counts, kind="stable")
    rank = np.empty(len(found), dtype=np.int64)
    rank[order] = np.arange(len(found))
    return Groups(rank[numbers], len(found)), [found[place] or None for place in order]


def _titles(metrics: Metrics, scope: Scope, by: str) -> Mapping[str, str]:
    member = DIMENSIONS[by].member
    if member is None:
        return {}
    rows = records(metrics.rows(member.table, scope, columns=(member.key, member.name)))
    return {str(row[member.key]): str(row[member.name] or row[member.key]) for row in rows}


def _outcomes(found: JourneyLog) -> Outcomes:
    """Return how cases ended and what each is worth: by what it has come to, won, lost or open."""
    names: dict[str, int] = {}
    reasons = [NO_REASON if not r else names.setdefault(str(r), len(names)) for r in _values(found, "loss_reason")]
    amount = np.where(found.won, found.won_amount, np.where(found.lost, found.lost_amount, found.open_amount))
    # a lead that has come to no deal is worth nothing that is known, which is not the same as nothing
    has_deal = np.array([deal is not None for deal in _values(found, "deal_id")], dtype=np.bool_)
    amount = np.where(has_deal | (amount != 0), amount, np.nan)
    return Outcomes(found.won, found.lost, _numbers(reasons), list(names), amount)


def _values(found: JourneyLog, column: str) -> list[Any]:
    return list(found.cases.column(column).to_pylist())


def _numbers(values: Sequence[int]) -> Numbers:
    return np.array(values, dtype=np.int64)
