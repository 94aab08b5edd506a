"""The workshop: hypotheses about the steps, entered beside the map and held against the data at every look."""

from typing import Annotated

from fastapi import APIRouter, Response
from fastapi import Path as InPath
from fastapi import Query as Parameter

from voronka.domain.access import Right
from voronka.domain.errors import QuestionError
from voronka.domain.hypotheses import Chosen, Claim
from voronka.reports.journey_funnel import STAGE, stages_in_order
from voronka.reports.workshop import Workshop
from voronka.reports.workshop_rows import hypothesis_rows, names_of
from voronka.reports.workshop_words import Names
from voronka.web.asked import Language, language_of
from voronka.web.rendered import cached
from voronka.web.visitor import HypothesisVisitorNow, Visitor, VisitorNow
from voronka.web.workshop_shapes import (
    EndGiven,
    HypothesisGiven,
    HypothesisShown,
    OfferedShown,
    WorkshopShown,
)

router = APIRouter(prefix="/api/path/hypotheses", tags=["path"])

Number = Annotated[int, InPath(ge=1, le=2**53)]
Pipeline = Annotated[str, Parameter(max_length=300, description="Of this pipeline; empty: of all")]


@router.get("", response_model=WorkshopShown)
def hypotheses(
    visitor: VisitorNow,
    pipeline: Pipeline = "",
    lang: Language | None = None,
    ended: bool = False,  # noqa: FBT001, FBT002 - a parameter of the address
) -> Response:
    """Return the hypotheses that the visitor may see, held against the data now; `ended`: those that ended too."""
    entered = visitor.company.people.hypotheses.entered()
    wanted = [
        each
        for each in entered
        if (ended or each.ended is None) and (not pipeline or each.claim.chosen.pipeline == pipeline)
    ]

    def made() -> WorkshopShown:
        workshop = _workshop(visitor)
        names = _names(visitor, workshop, lang)
        rows = hypothesis_rows(workshop, wanted, names, visitor.company.local)
        return WorkshopShown(
            rows=[HypothesisShown.model_validate(row) for row in rows],
            steps=_offered(workshop, pipeline, names),
            teams=[OfferedShown(key=key, name=name) for key, name in names.members["team"].items()],
            channels=[OfferedShown(key=key, name=name) for key, name in names.members["channel"].items()],
            may_enter=visitor.may(Right.HYPOTHESES),
        )

    stand = ",".join(f"{each.hypothesis_id}{'' if each.ended is None else '-'}" for each in wanted)
    return cached(visitor, made, key=f"{stand} {visitor.may(Right.HYPOTHESES)}")


@router.post("", status_code=201)
def enter(given: HypothesisGiven, visitor: HypothesisVisitorNow, lang: Language | None = None) -> HypothesisShown:
    """Enter a hypothesis; what the data say of it now is kept with it."""
    workshop = _workshop(visitor)
    chosen = Chosen(
        pipeline=given.pipeline,
        entity=given.entity,
        axis=given.axis,
        first=given.first,
        last=given.last,
        team=given.team,
        where=(("channel", tuple(each or None for each in given.channel)),) if given.channel else (),
    )
    claim = workshop.understood(
        Claim(
            kind=given.kind,
            step=given.step,
            to=given.to,
            bound=given.bound,
            value=given.value,
            clock=given.clock,
            chosen=chosen,
        )
    )
    kept = visitor.company.people.hypotheses.enter(claim, given.why, workshop.look([claim])[0], visitor.name)
    return _shown(visitor, workshop, kept.hypothesis_id, lang)


@router.post("/{number}/end")
def end(
    number: Number, given: EndGiven, visitor: HypothesisVisitorNow, lang: Language | None = None
) -> HypothesisShown:
    """Close a hypothesis, or take it back; it stays with what the data say of it now."""
    workshop, kept = _workshop(visitor), visitor.company.people.hypotheses
    found = kept.of_id(number)
    if not workshop.sees(found.claim):
        raise QuestionError(f"no hypothesis has the number {number}")
    kept.end(number, given.ending, given.words, workshop.look([found.claim])[0], visitor.name)
    return _shown(visitor, workshop, number, lang)


def _workshop(visitor: Visitor) -> Workshop:
    if visitor.company.built_at() is None:
        raise QuestionError("nothing is built yet", do="Run `voronka build`")
    return Workshop(visitor.company.metrics, visitor.scope)


def _names(visitor: Visitor, workshop: Workshop, lang: Language | None) -> Names:
    return names_of(workshop, language_of(lang, visitor.company.settings.language), visitor.company.folder)


def _shown(visitor: Visitor, workshop: Workshop, number: int, lang: Language | None) -> HypothesisShown:
    names = _names(visitor, workshop, lang)
    found = visitor.company.people.hypotheses.of_id(number)
    (row,) = hypothesis_rows(workshop, [found], names, visitor.company.local)
    return HypothesisShown.model_validate(row)


def _offered(workshop: Workshop, pipeline: str, names: Names) -> list[OfferedShown]:
    """Return the steps that a hypothesis may speak of: of stages those of the pipeline, where one is named."""
    steps = workshop.steps()
    stages = set(stages_in_order(steps, pipeline)) if pipeline else set()
    return [
        OfferedShown(key=step.key, name=names.steps[step.key], is_stage=step.key in stages)
        for step in steps
        if step.kind != STAGE or not pipeline or step.pipeline_id == pipeline
    ]
