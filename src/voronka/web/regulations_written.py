"""The regulations as the files say them now, beside what the figures were built with."""

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass

from voronka.domain.access import Right
from voronka.domain.errors import VoronkaError
from voronka.metrics.answer import records
from voronka.pipeline.file_changes import can_undo
from voronka.pipeline.regulating import Written, changes, rows_in_force, written
from voronka.pipeline.regulation_differences import differences
from voronka.pipeline.sentences import refusal_in
from voronka.reports.leads_regulations import WRITTEN
from voronka.reports.page import Table
from voronka.reports.plain import plain_table
from voronka.web.known_pipelines import title_in
from voronka.web.regulation_shapes import (
    RegulatedPipeline,
    RegulatedStage,
    RegulationChangeShown,
    RegulationDifferenceShown,
    RegulationPlaced,
    RegulationsWritten,
)
from voronka.web.shapes import TableShown
from voronka.web.visitor import Visitor

LAST = 5
"""Changes that are told, the newest first."""


def regulations_written(visitor: Visitor, language: str) -> RegulationsWritten:
    """Return the register as the files say it now; where one of them is broken, what is wrong with it and no row."""
    company = visitor.company
    fault, found = "", list[Written]()
    try:
        found = written(company.folder, company.settings)
    except VoronkaError as broken:
        fault = refusal_in(language, broken.sentence())
    pipelines = _pipelines(visitor, language)
    titles = {each.pipeline: each.title for each in pipelines}
    told = _told_once(found, pipelines)
    rows = tuple(_row(number, each, titles, language) for number, each in enumerate(found) if number in told)
    return RegulationsWritten(
        table=TableShown.model_validate(plain_table(Table(WRITTEN, rows))),
        placed=[_placed(each) for each in found],
        pipelines=pipelines,
        changes=_changes(visitor, language),
        may_change=visitor.may(Right.REGULATIONS),
        is_behind=not fault and _is_behind(visitor),
        fault=fault,
    )


@dataclass(frozen=True)
class _Told:
    """What a regulation says, of the files or of the figures."""

    title: object
    entity: object
    start: object
    stop: object
    minutes: object
    clock: object
    owner: object
    version: object
    reviewed_on: object

    @classmethod
    def of(cls, row: Mapping[str, object], start: str, stop: str) -> "_Told":
        return cls(
            row["title"],
            row["entity"],
            row[start],
            row[stop],
            row["minutes"],
            row["clock"],
            row["owner"],
            row["version"],
            row["reviewed_on"],
        )


def _is_behind(visitor: Visitor) -> bool:
    """Say whether the figures stand on other regulations than the files tell of, or on an older change of them."""
    company = visitor.company
    built = company.built_at()
    if built is None or any(each.at > built for each in changes(company.folder)[-1:]):
        return True
    ranked = sorted(
        rows_in_force(company.folder, company.settings),
        key=lambda row: (row["pipeline_id"] is None, str(row["pipeline_id"])),
        reverse=True,
    )
    said = {str(row["regulation_id"]): _Told.of(row, "start", "stop") for row in ranked}  # the first of its files last
    held = records(company.metrics.rows("dim_regulation", visitor.scope))
    stand = {str(row["regulation_id"]): _Told.of(row, "starts_with", "stops_with") for row in held}
    return {name: astuple(each) for name, each in said.items()} != {name: astuple(each) for name, each in stand.items()}


def _told_once(found: Sequence[Written], pipelines: Sequence[RegulatedPipeline]) -> set[int]:
    """Return the numbers of what is told: not what every pipeline of its records says of itself in the same words."""
    return {
        number
        for number, each in enumerate(found)
        if each.binds
        or not (own := {one.pipeline for one in pipelines if one.entity == each.regulation.entity})
        or not own <= {other.binds for other in found if other.binds and _is_alike(other, each)}
    }


def _is_alike(one: Written, other: Written) -> bool:
    names = ("id", "entity", "start", "stop", "minutes", "clock")
    return all(getattr(one.regulation, name) == getattr(other.regulation, name) for name in names)


def _row(number: int, each: Written, titles: Mapping[str, str], language: str) -> dict[str, object]:
    regulation = each.regulation
    return {
        "place": number,
        "regulation": each.title_in(language),
        "binds": titles.get(each.binds, each.binds) if each.binds else None,
        "hours": regulation.minutes / 60,
        "clock": regulation.clock,
        "owner": regulation.owner,
        "version": regulation.version,
        "reviewed_on": regulation.reviewed_on.isoformat() if regulation.reviewed_on else None,
    }


def _placed(each: Written) -> RegulationPlaced:
    regulation = each.regulation
    return RegulationPlaced(
        pipeline=each.pipeline,
        binds=each.binds,
        entity=regulation.entity,
        regulation=regulation.id,
        title=each.title,
        start=regulation.start,
        stop=regulation.stop,
        minutes=regulation.minutes,
        clock=regulation.clock,
        owner=regulation.owner or "",
        version=regulation.version or "",
        reviewed_on=regulation.reviewed_on,
        seen=each.stamp if each.pipeline else "",
    )


def _pipelines(visitor: Visitor, language: str) -> list[RegulatedPipeline]:
    bare = set[tuple[str, str]]()
    if visitor.company.built_at() is not None:
        where = {"in_model": True, "outcome": "open", "is_regulated": False}
        found = visitor.company.metrics.rows("dim_stage", visitor.scope, where, ("pipeline_id", "stage_id"))
        bare = {(str(row["pipeline_id"]), str(row["stage_id"])) for row in records(found)}
    return [
        RegulatedPipeline(
            pipeline=each.pipeline,
            title=title_in(language, each.pipeline, each.title),
            entity=each.entity,
            stages=[
                RegulatedStage(
                    id=stage.id,
                    title=title_in(language, stage.id, stage.title),
                    is_bare=(each.pipeline, stage.id) in bare,
                )
                for stage in each.stages
            ],
        )
        for each in visitor.company.pipelines()
    ]


def _changes(visitor: Visitor, language: str) -> list[RegulationChangeShown]:
    company = visitor.company
    last = changes(company.folder)[: -LAST - 1 : -1]
    return [
        RegulationChangeShown(
            number=each.number,
            at=company.local(each.at).replace(microsecond=0),
            by=each.by,
            action=each.action,
            title=each.title,
            file=each.file,
            differences=[
                RegulationDifferenceShown(field=one.field, before=one.before, after=one.after)
                for one in differences(each, language)
            ],
            can_undo=can_undo(company.folder, each),
        )
        for each in last
    ]
