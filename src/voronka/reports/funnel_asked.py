"""What is asked of the page of the funnel: which steps of which pipeline, and what it is when nothing is said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from voronka.analyses.funnel import Funnel, FunnelStep, Order
from voronka.analyses.funnel_figures import SECOND
from voronka.analyses.journey_log import Step
from voronka.domain.durations import length_of
from voronka.domain.errors import QuestionError, did_you_mean
from voronka.domain.scope import Scope
from voronka.metrics.answer import records
from voronka.metrics.query import Metrics
from voronka.reports.journey_funnel import ASIDE, LOST, MILESTONE, STAGE, own_steps, stages_in_order, step_meanings
from voronka.reports.told_stages import Telling, telling

MILESTONES = "*"
"""Stands for the milestones of all pipelines in place of one of them."""
FIRST, LAST = {True: "lead_created", False: "deal_created"}, "deal_won"
BEYOND_STAGES = {
    "lead": (FIRST[True],),
    "deal": (FIRST[False], LAST),
    "journey": (FIRST[True], FIRST[False], LAST),
}
"""What is known of cases whose stages nobody tells."""


@dataclass(frozen=True)
class FunnelAsked:
    """A funnel as it is asked for; empty is what the company's funnel is when nothing is said.

    `steps` are keys, `milestone:x`, stages by id or title, `A|B` for either; `window` a length as `14d`; `by` a
    dimension of cases.
    """

    pipeline: str = ""
    steps: tuple[str, ...] = ()
    entity: str = ""
    order: Order = "ordered"
    window: str = ""
    by: str = ""


@dataclass(frozen=True)
class Pipeline:
    """A pipeline that has a funnel, what goes through it (lead or deal), and of how many stages are known."""

    pipeline_id: str
    entity: str
    records: int


@dataclass(frozen=True)
class FunnelSetting:
    """The funnel that is shown: `pipeline` is one of `pipelines` or MILESTONES, `steps` are all there are."""

    pipeline: str
    entity: str
    funnel: Funnel
    steps: tuple[Step, ...]
    pipelines: tuple[Pipeline, ...]

    @property
    def only_pipeline(self) -> str:
        """Return the pipeline that cases are chosen by, "" for all."""
        return "" if self.pipeline == MILESTONES else self.pipeline


def funnel_setting(metrics: Metrics, scope: Scope, asked: FunnelAsked) -> FunnelSetting:
    """Return the funnel asked for; QuestionError for a pipeline, a step or a length that is none."""
    steps = own_steps(metrics, scope)
    pipelines = _pipelines(metrics, scope, steps)
    known = [each.pipeline_id for each in pipelines]
    of_entity = (each.pipeline_id for each in pipelines if each.entity == asked.entity)
    chosen = asked.pipeline or next(of_entity, next(iter(known), MILESTONES))
    if chosen not in known and chosen in _configured(steps):
        raise QuestionError(
            f"pipeline {chosen} has no records yet", do="Load records of its stages, or choose another pipeline"
        )
    if chosen not in (*known, MILESTONES):
        raise QuestionError(f"no pipeline {chosen} is configured", do=did_you_mean(chosen, known))
    own = next((each.entity for each in pipelines if each.pipeline_id == chosen), "journey")
    named = asked.steps or _usual(steps, pipelines, chosen, telling(metrics, scope))
    meanings = step_meanings(steps, "" if chosen == MILESTONES else chosen)
    funnel = Funnel(
        tuple(FunnelStep(name, _meant(name, meanings)) for name in named), asked.order, window_of(asked.window)
    )
    return FunnelSetting(chosen, asked.entity or own, funnel, steps, pipelines)


def window_of(text: str) -> int | None:
    """Return a length as `14d` in microseconds, None where there is none; QuestionError for what is no length."""
    seconds = length_of(text) if text else None
    if text and not seconds:
        raise QuestionError(f"the window is no length of time: {text}", do="Write it as 14d, 36h, 90m or 2w")
    return None if seconds is None else round(seconds * SECOND)


def milestones_in_order(steps: Sequence[Step], pipelines: Sequence[Pipeline]) -> list[str]:
    """Return the names of the milestones: those of leads, then those of deals, each where it stands first."""
    of_leads = {each.pipeline_id for each in pipelines if each.entity == "lead"}
    stages = [step for step in steps if step.kind == STAGE and step.milestone and step.outcome != LOST]
    stages.sort(key=lambda step: (step.pipeline_id not in of_leads, step.position is None, step.position or 0))
    return list(dict.fromkeys(f"{MILESTONE}{step.milestone}" for step in stages if step.milestone != ASIDE))


def _usual(steps: Sequence[Step], pipelines: Sequence[Pipeline], chosen: str, known: Telling) -> tuple[str, ...]:
    """Return the stages, but for those of which nobody tells who went through them."""
    if chosen != MILESTONES:
        entity = next(each.entity for each in pipelines if each.pipeline_id == chosen)
        return tuple(stages_in_order(steps, chosen)) if known.tells(chosen) else BEYOND_STAGES[entity]
    has_leads = any(each.entity == "lead" for each in pipelines)
    if pipelines and not any(known.tells(each.pipeline_id) for each in pipelines):
        return BEYOND_STAGES["journey" if has_leads else "deal"]
    return (FIRST[has_leads], *milestones_in_order(steps, pipelines), LAST)


def _configured(steps: Sequence[Step]) -> set[str | None]:
    return {step.pipeline_id for step in steps if step.kind == STAGE and step.in_model}


def _pipelines(metrics: Metrics, scope: Scope, steps: Sequence[Step]) -> tuple[Pipeline, ...]:
    """Return the pipelines with configured stages: those of deals first, of these the one with most records."""
    configured = _configured(steps)
    found: dict[tuple[str, str], int] = {}
    for row in records(metrics.rows("dim_stage_history", scope, columns=("pipeline_id", "entity", "records"))):
        if row["pipeline_id"] in configured:
            key = str(row["pipeline_id"]), str(row["entity"])
            found[key] = found.get(key, 0) + int(str(row["records"]))
    largest = sorted(found.items(), key=lambda item: (item[0][1] != "deal", -item[1], item[0]))
    return tuple({key[0]: Pipeline(*key, count) for key, count in reversed(largest)}.values())[::-1]


def _meant(name: str, meanings: Mapping[str, tuple[int, ...]]) -> tuple[int, ...]:
    if name in meanings:
        return meanings[name]
    parts = name.split("|")
    for part in parts:
        if part not in meanings:
            raise QuestionError(f"there is no step {part}", where="step", do=did_you_mean(part, meanings))
    return tuple(dict.fromkeys(place for part in parts for place in meanings[part]))
