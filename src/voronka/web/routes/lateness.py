"""Why leads are answered late: the section of the page of leads, and its tables as files."""

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from voronka.reports.late_section import LateFile, TableName, late_section
from voronka.reports.legend import Made
from voronka.reports.plain import Plain, plain_ask, plain_table
from voronka.web.asked import CSV, XLSX, Language, file_headers, language_of
from voronka.web.framed import PageQuestion, frame_of
from voronka.web.lateness_shapes import LatenessShown
from voronka.web.rendered import cached
from voronka.web.visitor import VisitorNow

router = APIRouter(prefix="/api/lateness", tags=["leads"])
PLAIN_NAME = "late"


@router.get("", response_model=LatenessShown)
def shown(visitor: VisitorNow, asked: PageQuestion) -> Response:
    """Return why leads are answered late: of the period, of half a year until its end where that is longer."""

    def made() -> Plain:
        section = late_section(frame_of(visitor.company, asked, visitor.scope))
        return {
            "said": section.words(),
            "verdicts": dict(section.found.verdicts),
            "asked": plain_ask(section.asked),
            "leads": section.found.leads,
            "watched": section.found.watched,
            **{name: plain_table(table) for name, table in section.tables.items()},
            "data_version": section.waiting.answer.data_version,
        }

    return cached(visitor, made)


def _table(visitor: VisitorNow, asked: PageQuestion, table: TableName, lang: Language | None = None) -> LateFile:
    frame = frame_of(visitor.company, asked, visitor.scope)
    return LateFile(frame, table, language_of(lang, visitor.company.settings.language))


File = Annotated[LateFile, Depends(_table)]


@router.get("/table.csv", response_class=Response, responses={200: {"content": {CSV: {}}}})
def table_csv(visitor: VisitorNow, file: File) -> Response:
    """Return a table of why leads are late as separated values."""
    headers = file_headers(file.file_name("csv"), f"{PLAIN_NAME}.csv")
    return cached(visitor, file.csv, media_type=CSV, headers=headers)


@router.get("/table.xlsx", response_class=Response, responses={200: {"content": {XLSX: {}}}})
def table_xlsx(visitor: VisitorNow, file: File) -> Response:
    """Return a table of why leads are late as a workbook: the table, what its columns mean, the cut."""
    company = visitor.company
    headers = file_headers(file.file_name("xlsx"), f"{PLAIN_NAME}.xlsx")

    def made() -> bytes:
        return file.xlsx(Made(company.settings.name, company.local(company.clock())))

    return cached(visitor, made, media_type=XLSX, headers=headers)
