"""Any question to the metrics: as JSON, as separated values, as a workbook."""

from typing import Annotated

from fastapi import APIRouter, Depends, Response
from fastapi import Query as Parameter

from voronka.metrics.answer import Answer
from voronka.reports.ask import Ask
from voronka.reports.file_names import name_of_answer, plain_name
from voronka.reports.files_out import CsvFile, XlsxFile
from voronka.reports.legend import Made, cut_of_answer, definitions
from voronka.reports.plain import plain_answer
from voronka.reports.tables import sheet_of_answer
from voronka.web.asked import (
    AS_CSV,
    AS_XLSX,
    CSV,
    XLSX,
    Compare,
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
from voronka.web.shapes import AnswerShown
from voronka.web.visitor import Visitor, VisitorNow

router = APIRouter(tags=["query"])


def asked(  # noqa: PLR0913 - the parts of a question, each a parameter of the address
    *,
    visitor: VisitorNow,
    metric: Annotated[list[str], Parameter(description="A metric, or its _plan, _attainment or _pace; repeatable")],
    by: Annotated[
        list[str], Parameter(default_factory=list, description="A cut: a dimension, or day, month ...; repeatable")
    ],
    where: Wheres,
    first: First = None,
    last: Last = None,
    compare: Compare = None,
) -> Ask:
    """Return the question that the address asks."""
    today = visitor.company.metrics.company.today()
    return Ask(tuple(metric), tuple(by), filters_of(where), period_of(first, last, today), compare)


Asked = Annotated[Ask, Depends(asked)]


@router.get("/api/query", response_model=AnswerShown)
def query(visitor: VisitorNow, ask: Asked) -> Response:
    """Answer a question: rows, totals, what each column is, what was left out."""
    return cached(visitor, lambda: plain_answer(ask, _answer(visitor, ask)))


@router.get("/api/query.csv", **AS_CSV)
def query_csv(visitor: VisitorNow, ask: Asked, lang: Language | None = None) -> Response:
    """Answer a question with separated values for the spreadsheet of the language."""
    language = language_of(lang, visitor.company.settings.language)

    def made() -> CsvFile:
        return CsvFile(sheet_of_answer(_answer(visitor, ask), language), language)

    return cached(visitor, made, media_type=CSV, headers=_named(visitor, ask, language, "csv"))


@router.get("/api/query.xlsx", **AS_XLSX)
def query_xlsx(visitor: VisitorNow, ask: Asked, lang: Language | None = None) -> Response:
    """Answer a question with a workbook: the table, the definitions, the cut."""
    company = visitor.company
    language = language_of(lang, company.settings.language)

    def made() -> XlsxFile:
        answer = _answer(visitor, ask)
        by_whom = Made(company.settings.name, company.local(company.clock()))
        cut = cut_of_answer(company.metrics, visitor.scope, ask, answer, by_whom)
        sheet = sheet_of_answer(answer, language)
        shown = {column.name for column in sheet.columns}
        meanings = definitions(company.metrics, [name for name in ask.metrics if name in shown], language)
        return XlsxFile(sheet, meanings, cut.described(language), language)

    return cached(visitor, made, media_type=XLSX, headers=_named(visitor, ask, language, "xlsx"))


def _named(visitor: Visitor, ask: Ask, language: Language, ending: str) -> dict[str, str]:
    name = name_of_answer(visitor.company.metrics, ask, language, ending)
    return file_headers(name, plain_name(ask, ending))


def _answer(visitor: Visitor, ask: Ask) -> Answer:
    return visitor.company.metrics.query(ask.query(visitor.scope))
