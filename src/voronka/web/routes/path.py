"""The customer's path: the page, and the cases behind each of its figures."""

from functools import partial
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Response
from fastapi import Query as Parameter

from voronka.metrics.dimensions import Title
from voronka.metrics.journeys import Entity
from voronka.reports.ask import Ask
from voronka.reports.page import page
from voronka.reports.path_behind import Behind, DeviationKind, cases_behind
from voronka.reports.path_grey import cases_stuck, grey_beside, plain_grey_beside
from voronka.reports.path_page import Axis, Events, PathAsked, path_page, path_query
from voronka.reports.plain import Plain, plain_page
from voronka.reports.plain_path_page import plain_path_of_page
from voronka.web.asked import CSV, XLSX, Language
from voronka.web.case_lists import CaseList, Listed
from voronka.web.framed import PageQuestion, frame_of
from voronka.web.known_pipelines import pipelines_of
from voronka.web.path_shapes import GreyZonesShown, PathPageShown
from voronka.web.rendered import cached
from voronka.web.shapes import RecordsShown
from voronka.web.visitor import VisitorNow

router = APIRouter(tags=["path"])
ZoneKind = Literal["outside", "before", "between", "after"]
TITLE = Title("Путь клиента", "Customer path")


def _asked(
    pipeline: Annotated[str, Parameter(description="A pipeline's id; `*`: all; default: the first of deals")] = "",
    entity: Annotated[Entity, Parameter(description="What a case is")] = "journey",
    axis: Annotated[Axis, Parameter(description="Which day of a case lies in the period")] = "closed",
    events: Annotated[
        Events, Parameter(description="What is a step: entering a stage, or all that happens")
    ] = "stages",
) -> PathAsked:
    return PathAsked(pipeline or None, entity, axis, events)


def _behind(  # noqa: PLR0913 - the parts of a question, each a parameter of the address
    *,
    way: Annotated[list[str], Parameter(default_factory=list, description="The steps of a way, in order")],
    step: Annotated[str, Parameter(description="Cases with this step; beside `deviation` the step of that")] = "",
    source: Annotated[str, Parameter(description="The step that an edge leads from, or (start)")] = "",
    target: Annotated[str, Parameter(description="The step that it leads to, or (end)")] = "",
    deviation: Annotated[DeviationKind | None, Parameter(description="Cases with such a deviation")] = None,
    as_meant: Annotated[bool, Parameter(description="Cases that go as the pipeline is configured")] = False,
) -> Behind:
    return Behind(step, source, target, tuple(way), deviation, as_meant)


Asked = Annotated[PathAsked, Depends(_asked)]
Part = Annotated[Behind, Depends(_behind)]


@router.get("/api/path", response_model=PathPageShown)
def shown(visitor: VisitorNow, asked: PageQuestion, path: Asked) -> Response:
    """Return how cases really go: those closed in the running month where no period is given."""
    company = visitor.company

    def made() -> Plain:
        frame, pipelines = frame_of(company, asked, visitor.scope), pipelines_of(visitor)
        found = path_page(frame, path, pipelines)
        framed = page("path", lambda _: found.contents, frame)
        plain = plain_page(framed, company.record_links, company.data_until())
        return {**plain, "path": plain_path_of_page(found, path, pipelines)}

    return cached(visitor, made)


@router.get("/api/path/grey", response_model=GreyZonesShown)
def grey(visitor: VisitorNow, asked: PageQuestion, path: Asked) -> Response:
    """Return where these cases were while no stage told of it, and who is there now."""
    metrics = visitor.company.metrics

    def made() -> Plain:
        frame = frame_of(visitor.company, asked, visitor.scope)
        return plain_grey_beside(grey_beside(metrics, path_query(frame, path, pipelines_of(visitor))))

    return cached(visitor, made)


def _behind_list(
    visitor: VisitorNow,
    asked: PageQuestion,
    path: Asked,
    part: Part,
    stuck: Annotated[ZoneKind | None, Parameter(description="Open cases in such a grey zone, at `step`, now")] = None,
) -> CaseList:
    frame = frame_of(visitor.company, asked, visitor.scope)
    query, metrics = path_query(frame, path, pipelines_of(visitor)), visitor.company.metrics
    found = partial(cases_behind, metrics, query, part)
    if stuck:
        return CaseList(
            visitor, TITLE, Ask((), (), query.where), partial(cases_stuck, metrics, query, (stuck, part.step))
        )
    return CaseList(visitor, TITLE, Ask((), (), query.where, query.period), found)


Cases = Annotated[CaseList, Depends(_behind_list)]
"""The cases behind the part of the path that the address names."""


@router.get("/api/path/cases", response_model=RecordsShown)
def cases(behind: Cases, listed: Listed) -> Response:
    """Return a page of the cases behind a figure of the path, each with its address in its own system."""
    return behind.shown(listed)


@router.get("/api/path/cases.csv", response_class=Response, responses={200: {"content": {CSV: {}}}})
def cases_csv(behind: Cases, listed: Listed, lang: Language | None = None) -> Response:
    """Return all cases behind a figure of the path as separated values."""
    return behind.csv(listed, lang)


@router.get("/api/path/cases.xlsx", response_class=Response, responses={200: {"content": {XLSX: {}}}})
def cases_xlsx(behind: Cases, listed: Listed, lang: Language | None = None) -> Response:
    """Return all cases behind a figure of the path as a workbook."""
    return behind.xlsx(listed, lang)
