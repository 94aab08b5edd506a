"""The records behind a figure: a page of them as JSON, all of them as a file."""

from dataclasses import replace
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Response
from fastapi import Query as Parameter

from voronka.metrics.records import Records, RecordsQuery
from voronka.reports.ask import Ask
from voronka.reports.file_names import name_of_records, plain_name
from voronka.reports.files_out import CsvFile, XlsxFile
from voronka.reports.legend import Made, cut_of_records, definitions
from voronka.reports.plain import Plain, opened, plain_records
from voronka.reports.tables import Cell, Sheet, sheet_of_records
from voronka.web.asked import (
    AS_CSV,
    AS_XLSX,
    CSV,
    XLSX,
    First,
    Language,
    Last,
    Wheres,
    file_headers,
    filters_of,
    language_of,
    period_of,
)
from voronka.web.rendered import cached
from voronka.web.shapes import RecordsShown
from voronka.web.visitor import Visitor, VisitorNow

router = APIRouter(tags=["records"])
MOST = 100_000
"""How many records a file holds at most; the file says how many there are."""
FARTHEST = 10**12
"""The largest offset that means something: the engine takes no number of any length."""


def asked(  # noqa: PLR0913 - the parts of a question, each a parameter of the address
    *,
    visitor: VisitorNow,
    metric: Annotated[str, Parameter(description="The figure's metric")],
    where: Wheres,
    part: Annotated[str, Parameter(description="The base metric under a formula; default: the first")] = "",
    first: First = None,
    last: Last = None,
    sort: Annotated[str, Parameter(description="The column to sort by; default: the figure's time")] = "",
    order: Literal["asc", "desc"] = "desc",
) -> RecordsQuery:
    """Return the question about records that the address asks."""
    period = period_of(first, last, visitor.company.metrics.company.today())
    filters, scope = filters_of(where), visitor.scope
    return RecordsQuery(metric=metric, part=part, scope=scope, where=filters, period=period, sort=sort, order=order)


Asked = Annotated[RecordsQuery, Depends(asked)]


@router.get("/api/records", response_model=RecordsShown)
def records(
    visitor: VisitorNow,
    query: Asked,
    limit: Annotated[int, Parameter(ge=1, le=500)] = 50,
    offset: Annotated[int, Parameter(ge=0, le=FARTHEST)] = 0,
) -> Response:
    """Return a page of the records behind a figure, each with its address in its own system."""

    def made() -> Plain:
        listed = visitor.company.metrics.records(replace(query, limit=limit, offset=offset))
        return plain_records(listed, visitor.company.record_links)

    return cached(visitor, made)


@router.get("/api/records.csv", **AS_CSV)
def records_csv(visitor: VisitorNow, query: Asked, lang: Language | None = None) -> Response:
    """Return all records behind a figure as separated values for the spreadsheet of the language."""
    language = language_of(lang, visitor.company.settings.language)

    def made() -> CsvFile:
        listed = _all(visitor, query)
        sheet = _sheet(visitor, listed, language)
        return CsvFile(replace(sheet, rows=[*sheet.rows, *_cut_off(listed, len(sheet.columns), language)]), language)

    return cached(visitor, made, media_type=CSV, headers=_named(visitor, query, language, "csv"))


@router.get("/api/records.xlsx", **AS_XLSX)
def records_xlsx(visitor: VisitorNow, query: Asked, lang: Language | None = None) -> Response:
    """Return all records behind a figure as a workbook: the table, the definition, the cut."""
    company = visitor.company
    language = language_of(lang, company.settings.language)

    def made() -> XlsxFile:
        listed = _all(visitor, query)
        by_whom = Made(company.settings.name, company.local(company.clock()))
        cut = cut_of_records(company.metrics, visitor.scope, _ask(query), listed, by_whom)
        meanings = definitions(company.metrics, [listed.metric], language)
        return XlsxFile(_sheet(visitor, listed, language), meanings, cut.described(language), language)

    return cached(visitor, made, media_type=XLSX, headers=_named(visitor, query, language, "xlsx"))


def _named(visitor: Visitor, query: RecordsQuery, language: Language, ending: str) -> dict[str, str]:
    ask = _ask(query)
    name = name_of_records(visitor.company.metrics, ask, query.part, language, ending)
    return file_headers(name, plain_name(ask, ending))


def _all(visitor: Visitor, query: RecordsQuery) -> Records:
    return visitor.company.metrics.records(replace(query, limit=MOST, offset=0))


def _ask(query: RecordsQuery) -> Ask:
    return Ask((query.metric,), (), query.where, query.period)


def _sheet(visitor: Visitor, listed: Records, language: Language) -> Sheet:
    links = visitor.company.record_links
    return sheet_of_records(listed, language, [opened(row, listed.entity, links) for row in listed.rows])


def _cut_off(listed: Records, width: int, language: Language) -> list[list[Cell]]:
    """Return a last line that says how many records there are, where the file does not hold them all."""
    shown = len(listed.rows)
    if shown >= listed.total or not width:
        return []
    text = f"Показано {shown} из {listed.total}" if language == "ru" else f"Shown {shown} of {listed.total}"
    return [[text, *[None] * (width - 1)]]
