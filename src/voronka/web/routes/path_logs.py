"""The path of other processes that sources keep: which there are, the page, the cases behind each of its figures."""

from typing import Annotated

from fastapi import APIRouter, Depends, Response
from fastapi import Query as Parameter

from voronka.metrics.dimensions import Title
from voronka.metrics.records import Records
from voronka.reports.ask import Ask
from voronka.reports.cases import CasesAsked, log_records
from voronka.reports.foreign_streams import kept_logs
from voronka.reports.log_files import LogTable, LogTables
from voronka.reports.log_path import LogAsked, LogBehind, Stop, cases_of_log, log_path
from voronka.reports.page import PageAsked
from voronka.reports.path_behind import Behind, DeviationKind
from voronka.reports.plain import Plain
from voronka.reports.plain_log_path import plain_log_path
from voronka.web.asked import AS_CSV, AS_XLSX, Language, language_of
from voronka.web.case_lists import CaseList, Listed
from voronka.web.framed import frame_of
from voronka.web.log_shapes import LogPathShown, LogsShown
from voronka.web.rendered import cached
from voronka.web.shapes import RecordsShown
from voronka.web.table_answers import TableAnswer
from voronka.web.visitor import VisitorNow

router = APIRouter(tags=["path"])
PLAIN_NAME = "process"


def _asked(
    *,
    log: Annotated[str, Parameter(description="The source whose events are looked at")],
    model: Annotated[
        list[str], Parameter(default_factory=list, description="Steps in the order in which they are meant")
    ],
    exits: Annotated[
        list[str], Parameter(default_factory=list, description="With `model`: steps by which a case may leave it")
    ],
    may_stop: Annotated[bool, Parameter(description="With `model`: a case may end behind any of its steps")] = False,
    window: Annotated[str, Parameter(description="The last step no later after the first: 14d, 36h, 2w")] = "",
) -> LogAsked:
    return LogAsked(log, tuple(model), tuple(exits), may_stop, window)


def _behind(  # noqa: PLR0913 - the parts of a question, each a parameter of the address
    *,
    way: Annotated[list[str], Parameter(default_factory=list, description="The steps of a way, in order")],
    step: Annotated[str, Parameter(description="Cases with this step; beside `deviation` the step of that")] = "",
    source: Annotated[str, Parameter(description="The step that an edge leads from, or (start)")] = "",
    target: Annotated[str, Parameter(description="The step that it leads to, or (end)")] = "",
    deviation: Annotated[DeviationKind | None, Parameter(description="Cases with such a deviation")] = None,
    as_meant: Annotated[bool, Parameter(description="Cases that go by the steps of `model`")] = False,
    stop: Annotated[Stop | None, Parameter(description="Cases that came to the funnel's step, or no further")] = None,
    place: Annotated[int, Parameter(ge=0, le=100, description="With `stop`: the step, counted from 0")] = 0,
) -> LogBehind:
    return LogBehind(Behind(step, source, target, tuple(way), deviation, as_meant), stop, place)


Asked = Annotated[LogAsked, Depends(_asked)]
Part = Annotated[LogBehind, Depends(_behind)]


@router.get("/api/path/logs", response_model=LogsShown)
def logs(visitor: VisitorNow) -> Response:
    """Return the sources that keep events of other processes; none to whoever sees only a part of the company."""

    def made() -> Plain:
        company = visitor.company
        return {"logs": kept_logs(company.metrics, visitor.scope) if company.built_at() else []}

    return cached(visitor, made)


@router.get("/api/path/log", response_model=LogPathShown)
def shown(visitor: VisitorNow, asked: Asked) -> Response:
    """Return how the cases of another process really go, against the steps that are given."""
    company = visitor.company

    def made() -> Plain:
        found = log_path(company.metrics, visitor.scope, asked)
        return plain_log_path(found, company.data_version())

    return cached(visitor, made)


def _table(visitor: VisitorNow, asked: Asked, table: LogTable, lang: Language | None = None) -> TableAnswer:
    company = visitor.company
    frame = frame_of(company, PageAsked(), visitor.scope)
    language = language_of(lang, company.settings.language)
    return TableAnswer(visitor, LogTables(frame, asked, company.data_version()).file(table, language), PLAIN_NAME)


File = Annotated[TableAnswer, Depends(_table)]


@router.get("/api/path/log/table.csv", **AS_CSV)
def table_csv(file: File) -> Response:
    """Return a table of another process as separated values."""
    return file.csv()


@router.get("/api/path/log/table.xlsx", **AS_XLSX)
def table_xlsx(file: File) -> Response:
    """Return a table of another process as a workbook: the table, what its columns mean."""
    return file.xlsx()


def _cases(visitor: VisitorNow, asked: Asked, part: Part) -> CaseList:
    company = visitor.company

    def found(listed: CasesAsked) -> Records:
        made = log_path(company.metrics, visitor.scope, asked, most=0)
        zone, version = company.metrics.company.zone, company.data_version()
        return log_records(made.kept.log, cases_of_log(made, part), listed, zone, version)

    return CaseList(visitor, Title(asked.log, asked.log), Ask((), ()), found)


Cases = Annotated[CaseList, Depends(_cases)]
"""The cases behind the part of the process that the address names."""


@router.get("/api/path/log/cases", response_model=RecordsShown)
def cases(behind: Cases, listed: Listed) -> Response:
    """Return a page of the cases behind a figure."""
    return behind.shown(listed)


@router.get("/api/path/log/cases.csv", **AS_CSV)
def cases_csv(behind: Cases, listed: Listed, lang: Language | None = None) -> Response:
    """Return all cases behind a figure as separated values."""
    return behind.csv(listed, lang)


@router.get("/api/path/log/cases.xlsx", **AS_XLSX)
def cases_xlsx(behind: Cases, listed: Listed, lang: Language | None = None) -> Response:
    """Return all cases behind a figure as a workbook."""
    return behind.xlsx(listed, lang)
