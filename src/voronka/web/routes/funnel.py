"""The funnel: the page, its months, its tables as files, and the cases behind each of its numbers."""

from collections.abc import Iterator
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Depends, Response
from fastapi import Query as Parameter

from voronka.analyses.funnel import Order
from voronka.metrics.dimensions import Title
from voronka.metrics.journeys import Entity
from voronka.reports.ask import Ask
from voronka.reports.funnel_asked import FunnelAsked, funnel_setting
from voronka.reports.funnel_cases import Behind, CasesBehind, cases_behind
from voronka.reports.funnel_cohorts import cohorts_table
from voronka.reports.funnel_files import TableName, funnel_file
from voronka.reports.funnel_findings import findings, headline
from voronka.reports.funnel_page import FunnelLook, funnel_look
from voronka.reports.funnel_words import titled
from voronka.reports.page import Contents, Table, page
from voronka.reports.plain import Plain, plain_page, plain_table
from voronka.reports.plain_funnel_page import plain_funnel, step_titles
from voronka.reports.process_cut import Line, funnel_lines
from voronka.web.asked import AS_CSV, AS_XLSX, Language, language_of
from voronka.web.case_lists import CaseList, Listed
from voronka.web.framed import PageQuestion, frame_of
from voronka.web.funnel_shapes import FunnelCohortsShown, FunnelPageShown
from voronka.web.known_pipelines import pipelines_of
from voronka.web.rendered import cached
from voronka.web.shapes import RecordsShown
from voronka.web.table_answers import TableAnswer
from voronka.web.visitor import VisitorNow

router = APIRouter(tags=["funnel"])
TITLE = Title("Воронка", "Funnel")
PLAIN_NAME = "funnel"


def _asked(  # noqa: PLR0913 - the parts of a question, each a parameter of the address
    *,
    step: Annotated[
        list[str],
        Parameter(default_factory=list, description="The steps in their order; default: the pipeline's stages"),
    ],
    pipeline: Annotated[str, Parameter(description="Its id; `*`: milestones; default: the largest one of deals")] = "",
    entity: Annotated[Entity | None, Parameter(description="What a case is; default: what the pipeline is of")] = None,
    sequence: Annotated[
        Order, Parameter(description="Whether anything may happen between, and in which order")
    ] = "ordered",
    window: Annotated[str, Parameter(description="The last step no later after the first: 14d, 36h, 2w")] = "",
    by: Annotated[str, Parameter(description="A dimension that cuts the cases: employee, channel ...")] = "",
) -> FunnelAsked:
    return FunnelAsked(pipeline, tuple(step), entity or "", sequence, window, by)


Asked = Annotated[FunnelAsked, Depends(_asked)]


def _behind(
    place: Annotated[int, Parameter(ge=0, le=100, description="The step, counted from 0")] = 0,
    behind: Annotated[Behind, Parameter(description="Which of its cases")] = "reached",
    reason: Annotated[str | None, Parameter(description="Lost for this reason; empty: none is named")] = None,
    group: Annotated[str | None, Parameter(description="Of this group of the cut; empty: not given")] = None,
) -> CasesBehind:
    return CasesBehind(place, behind, reason, group)


Which = Annotated[CasesBehind, Depends(_behind)]


@router.get("/api/funnel", response_model=FunnelPageShown)
def shown(visitor: VisitorNow, asked: PageQuestion, funnel: Asked) -> Response:
    """Return where cases are lost: those that began in the running month where no period is given."""
    company = visitor.company

    def made() -> Plain:
        frame = frame_of(company, asked, visitor.scope)
        look = funnel_look(frame, funnel)
        contents = Contents(headline(look), findings(look), tables=_tables(look))
        plain = plain_page(page("funnel", lambda _: contents, frame), company.record_links, company.data_until())
        titles = {each.id: each.title for each in pipelines_of(visitor)}
        return {**plain, "funnel": plain_funnel(look, titles)}

    return cached(visitor, made)


@router.get("/api/funnel/cohorts", response_model=FunnelCohortsShown)
def cohorts(visitor: VisitorNow, asked: PageQuestion, funnel: Asked) -> Response:
    """Return the twelve months until the period's end, each by how far its cases got."""

    def made() -> Plain:
        table, version = cohorts_table(frame_of(visitor.company, asked, visitor.scope), funnel)
        return {"cohorts": plain_table(table), "data_version": version}

    return cached(visitor, made)


def _table(
    visitor: VisitorNow, asked: PageQuestion, funnel: Asked, table: TableName, lang: Language | None = None
) -> TableAnswer:
    frame = frame_of(visitor.company, asked, visitor.scope)
    language = language_of(lang, visitor.company.settings.language)
    return TableAnswer(visitor, funnel_file(frame, funnel, table, language), PLAIN_NAME)


File = Annotated[TableAnswer, Depends(_table)]


@router.get("/api/funnel/table.csv", **AS_CSV)
def table_csv(file: File) -> Response:
    """Return a table of the funnel as separated values."""
    return file.csv()


@router.get("/api/funnel/table.xlsx", **AS_XLSX)
def table_xlsx(file: File) -> Response:
    """Return a table of the funnel as a workbook: the table, what its columns mean, the cut."""
    return file.xlsx()


def _list(visitor: VisitorNow, asked: PageQuestion, funnel: Asked, which: Which) -> CaseList:
    frame = frame_of(visitor.company, asked, visitor.scope)
    cut = Ask((), (), asked.filters(), frame.facts)

    def more() -> Iterator[Line]:
        setting = funnel_setting(frame.metrics, frame.scope, funnel)
        return funnel_lines(frame.metrics, setting, funnel)

    return CaseList(visitor, TITLE, cut, partial(cases_behind, frame, funnel, which), more)


Cases = Annotated[CaseList, Depends(_list)]
"""The cases behind the number that the address names."""


@router.get("/api/funnel/cases", response_model=RecordsShown)
def cases(behind: Cases, listed: Listed) -> Response:
    """Return a page of the cases behind a number of the funnel, each with its address in its own system."""
    return behind.shown(listed)


@router.get("/api/funnel/cases.csv", **AS_CSV)
def cases_csv(behind: Cases, listed: Listed, lang: Language | None = None) -> Response:
    """Return all cases behind a number of the funnel as separated values."""
    return behind.csv(listed, lang)


@router.get("/api/funnel/cases.xlsx", **AS_XLSX)
def cases_xlsx(behind: Cases, listed: Listed, lang: Language | None = None) -> Response:
    """Return all cases behind a number of the funnel as a workbook."""
    return behind.xlsx(listed, lang)


def _tables(look: FunnelLook) -> dict[str, Table]:
    titles = step_titles(look)
    return {name: titled(table, titles) for name, table in look.tables().items()}
