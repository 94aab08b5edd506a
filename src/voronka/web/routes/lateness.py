"""Why leads are answered late: the section of the page of leads, and its tables as files."""

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from voronka.reports.late_section import TableName, late_file, late_section
from voronka.reports.plain import Plain, plain_ask, plain_table
from voronka.web.asked import AS_CSV, AS_XLSX, Language, language_of
from voronka.web.framed import PageQuestion, frame_of
from voronka.web.lateness_shapes import LatenessShown
from voronka.web.rendered import cached
from voronka.web.table_answers import TableAnswer
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


def _table(visitor: VisitorNow, asked: PageQuestion, table: TableName, lang: Language | None = None) -> TableAnswer:
    frame = frame_of(visitor.company, asked, visitor.scope)
    file = late_file(frame, table, language_of(lang, visitor.company.settings.language))
    return TableAnswer(visitor, file, PLAIN_NAME)


File = Annotated[TableAnswer, Depends(_table)]


@router.get("/table.csv", **AS_CSV)
def table_csv(file: File) -> Response:
    """Return a table of why leads are late as separated values."""
    return file.csv()


@router.get("/table.xlsx", **AS_XLSX)
def table_xlsx(file: File) -> Response:
    """Return a table of why leads are late as a workbook: the table, what its columns mean, the cut."""
    return file.xlsx()
