"""The customer's path: the page, and the cases behind each of its figures."""

from functools import partial
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Response
from fastapi import Query as Parameter

from voronka.analyses.path_difference import Clock
from voronka.metrics.dimensions import Title
from voronka.metrics.journeys import Entity
from voronka.reports.ask import Ask
from voronka.reports.page import page
from voronka.reports.path_against import Against, Chosen, SideBehind, cases_of_side, held_against, plain_against
from voronka.reports.path_against import Kind as AgainstKind
from voronka.reports.path_behind import Behind, DeviationKind, cases_behind
from voronka.reports.path_files import PathTables, TableName
from voronka.reports.path_grey import cases_stuck, grey_beside, plain_grey_beside
from voronka.reports.path_hands import (
    NOW,
    By,
    HandsAsked,
    HandsBehind,
    Which,
    cases_handed,
    hands_beside,
    plain_hands,
)
from voronka.reports.path_page import Axis, Events, PathAsked, path_page, path_query
from voronka.reports.plain import Plain, plain_page
from voronka.reports.plain_path_page import plain_path_of_page
from voronka.reports.process_cut import path_lines
from voronka.web.asked import AS_CSV, AS_XLSX, Language, language_of
from voronka.web.case_lists import CaseList, Listed
from voronka.web.framed import PageQuestion, frame_of
from voronka.web.known_pipelines import pipelines_of
from voronka.web.path_shapes import AgainstShown, GreyZonesShown, HandsShown, PathPageShown
from voronka.web.rendered import cached
from voronka.web.shapes import RecordsShown
from voronka.web.table_answers import TableAnswer
from voronka.web.visitor import VisitorNow

router = APIRouter(tags=["path"])
ZoneKind = Literal["outside", "before", "between", "after"]
PLAIN_NAME = "path"
TITLE = Title("Путь клиента", "Customer path")
LONGEST = 10_000
"""Working hours: five years."""


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
    untold: Annotated[bool, Parameter(description="Cases whose stages nobody tells of")] = False,
) -> Behind:
    return Behind(step, source, target, tuple(way), deviation, as_meant, untold)


def _against(
    against: Annotated[AgainstKind, Parameter(description="Which cut stands against which")],
    whom: Annotated[str, Parameter(description="The member held against the others, or the day (`since`)")] = "",
    clock: Annotated[Clock, Parameter(description="Times by the calendar, or in hours of working time")] = "calendar",
) -> Against:
    return Against(against, whom, clock)


def _hands(
    by: Annotated[By, Parameter(description="Between whom")] = "people",
    within: Annotated[
        float, Parameter(gt=0, le=LONGEST, description="Working hours that the first contact may take")
    ] = HandsAsked.within,
) -> HandsAsked:
    return HandsAsked(by, within)


def _side(
    against: Annotated[AgainstKind | None, Parameter(description="With `side`: which cut stands against which")] = None,
    whom: Annotated[str, Parameter(description="The member held against the others, or the day (`since`)")] = "",
    side: Annotated[Chosen | None, Parameter(description="Cases of one of two cuts at the edge or step")] = None,
) -> tuple[Against, Chosen] | None:
    return (Against(against, whom), side) if against and side else None


def _handed(
    hands: Annotated[HandsAsked, Depends(_hands)],
    which: Annotated[Which | None, Parameter(description="Cases that were handed over, or wait for it now")] = None,
    giver: Annotated[str, Parameter(description="Who hands over; `-`: of no role")] = "",
    taker: Annotated[str, Parameter(description="Who takes over; `-`: of no role")] = "",
) -> tuple[HandsAsked, HandsBehind] | None:
    return (hands, HandsBehind(which, giver, taker)) if which else None


Asked = Annotated[PathAsked, Depends(_asked)]
Part = Annotated[Behind, Depends(_behind)]
Second = Annotated[Against, Depends(_against)]
Between = Annotated[HandsAsked, Depends(_hands)]


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


@router.get("/api/path/against", response_model=AgainstShown)
def compared(visitor: VisitorNow, asked: PageQuestion, path: Asked, second: Second) -> Response:
    """Return how two cuts of these cases differ: in steps, in what follows what, in time."""

    def made() -> Plain:
        frame = frame_of(visitor.company, asked, visitor.scope)
        return plain_against(held_against(frame, path_query(frame, path, pipelines_of(visitor)), second), second)

    return cached(visitor, made)


@router.get("/api/path/handovers", response_model=HandsShown)
def handed(visitor: VisitorNow, asked: PageQuestion, path: Asked, hands: Between) -> Response:
    """Return who handed these cases to whom, what was lost on the way, and what waits there now."""
    company = visitor.company

    def made() -> Plain:
        frame = frame_of(company, asked, visitor.scope)
        query = path_query(frame, path, pipelines_of(visitor))
        return plain_hands(company.metrics, hands_beside(company.metrics, query, hands), hands, company.record_links)

    return cached(visitor, made)


def _table(  # noqa: PLR0913 - the parts of a question, each a parameter of the address
    *,
    visitor: VisitorNow,
    asked: PageQuestion,
    path: Asked,
    hands: Between,
    table: TableName,
    against: Annotated[AgainstKind, Parameter(description="Of `shares` and `times`: the two cuts")] = "outcome",
    whom: Annotated[str, Parameter(description="The member held against the others, or the day (`since`)")] = "",
    clock: Annotated[Clock, Parameter(description="Of `times`: by the calendar, or in working time")] = "calendar",
    lang: Language | None = None,
) -> TableAnswer:
    frame = frame_of(visitor.company, asked, visitor.scope)
    language = language_of(lang, visitor.company.settings.language)
    tables = PathTables(frame, path, pipelines_of(visitor), Against(against, whom, clock), hands)
    return TableAnswer(visitor, tables.file(table, language), PLAIN_NAME)


File = Annotated[TableAnswer, Depends(_table)]


@router.get("/api/path/table.csv", **AS_CSV)
def table_csv(file: File) -> Response:
    """Return a table of the path as separated values."""
    return file.csv()


@router.get("/api/path/table.xlsx", **AS_XLSX)
def table_xlsx(file: File) -> Response:
    """Return a table of the path as a workbook: the table, what its columns mean, the cut."""
    return file.xlsx()


def _behind_list(  # noqa: PLR0913 - the parts of a question, each a parameter of the address
    *,
    visitor: VisitorNow,
    asked: PageQuestion,
    path: Asked,
    part: Part,
    cut: Annotated[tuple[Against, Chosen] | None, Depends(_side)],
    hands: Annotated[tuple[HandsAsked, HandsBehind] | None, Depends(_handed)],
    stuck: Annotated[ZoneKind | None, Parameter(description="Open cases in such a grey zone, at `step`, now")] = None,
) -> CaseList:
    frame = frame_of(visitor.company, asked, visitor.scope)
    query, metrics = path_query(frame, path, pipelines_of(visitor)), visitor.company.metrics
    ever, then = Ask((), (), query.where), Ask((), (), query.where, query.period)
    more = partial(path_lines, metrics, query)
    if cut:
        second, side = cut
        behind = SideBehind(side, part.source, part.target or part.step)
        return CaseList(visitor, TITLE, then, partial(cases_of_side, frame, query, second, behind), more)
    if hands:
        is_now = hands[1].which in NOW
        return CaseList(visitor, TITLE, ever if is_now else then, partial(cases_handed, metrics, query, *hands), more)
    if stuck:
        return CaseList(visitor, TITLE, ever, partial(cases_stuck, metrics, query, (stuck, part.step)), more)
    return CaseList(visitor, TITLE, then, partial(cases_behind, metrics, query, part), more)


Cases = Annotated[CaseList, Depends(_behind_list)]
"""The cases behind the part of the path that the address names."""


@router.get("/api/path/cases", response_model=RecordsShown)
def cases(behind: Cases, listed: Listed) -> Response:
    """Return a page of the cases behind a figure of the path, each with its address in its own system."""
    return behind.shown(listed)


@router.get("/api/path/cases.csv", **AS_CSV)
def cases_csv(behind: Cases, listed: Listed, lang: Language | None = None) -> Response:
    """Return all cases behind a figure of the path as separated values."""
    return behind.csv(listed, lang)


@router.get("/api/path/cases.xlsx", **AS_XLSX)
def cases_xlsx(behind: Cases, listed: Listed, lang: Language | None = None) -> Response:
    """Return all cases behind a figure of the path as a workbook."""
    return behind.xlsx(listed, lang)
