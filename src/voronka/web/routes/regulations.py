"""Regulations as pages show them: how they are kept, what is due now; and as people set them in pipelines/*.yml."""

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from voronka.pipeline.chronicle import Made
from voronka.pipeline.regulating import Place, Wanted, drop_regulation, set_regulation, undo
from voronka.reports.leads_regulations import regulations_of
from voronka.reports.plain import Plain, plain_block, plain_table, plain_words
from voronka.reports.regulation_files import TableName, regulation_file
from voronka.web.asked import AS_CSV, AS_XLSX, Language, language_of
from voronka.web.framed import PageQuestion, frame_of
from voronka.web.regulation_shapes import (
    RegulationGiven,
    RegulationNamed,
    RegulationsShown,
    RegulationsWritten,
    RegulationUndone,
)
from voronka.web.regulations_written import regulations_written
from voronka.web.rendered import cached
from voronka.web.table_answers import TableAnswer
from voronka.web.visitor import RegulatorNow, Visitor, VisitorNow

router = APIRouter(tags=["regulations"])
PLAIN_NAME = "regulations"


@router.get("/api/regulations", response_model=RegulationsShown)
def shown(visitor: VisitorNow, asked: PageQuestion) -> Response:
    """Return the regulations: kept in the running month where no period is given, running whatever the period."""
    company = visitor.company

    def made() -> Plain:
        found = regulations_of(frame_of(company, asked, visitor.scope), company.record_links)
        return {
            "kept": plain_block(found.kept),
            "live": plain_table(found.live),
            "waiting": found.waiting,
            "overdue": found.overdue,
            "in_force": plain_table(found.register),
            "unregulated": [
                {
                    "pipeline": each.pipeline,
                    "title": plain_words(each.title),
                    "steps": [plain_words(step) for step in each.steps],
                }
                for each in found.unregulated
            ],
        }

    return cached(visitor, made)


def _table(visitor: VisitorNow, asked: PageQuestion, table: TableName, lang: Language | None = None) -> TableAnswer:
    company = visitor.company
    frame = frame_of(company, asked, visitor.scope)
    file = regulation_file(frame, company.record_links, table, language_of(lang, company.settings.language))
    return TableAnswer(visitor, file, PLAIN_NAME)


File = Annotated[TableAnswer, Depends(_table)]


@router.get("/api/regulations/table.csv", **AS_CSV)
def table_csv(file: File) -> Response:
    """Return the limits that run now, or the register, as separated values."""
    return file.csv()


@router.get("/api/regulations/table.xlsx", **AS_XLSX)
def table_xlsx(file: File) -> Response:
    """Return the limits that run now, or the register, as a workbook: the table, what its columns mean, the cut."""
    return file.xlsx()


@router.get("/api/regulations/written")
def as_written(visitor: VisitorNow, lang: Language | None = None) -> RegulationsWritten:
    """Return the regulations as the files say now, and who changed them here."""
    return _written(visitor, lang)


@router.post("/api/regulations")
def put(given: RegulationGiven, visitor: RegulatorNow, lang: Language | None = None) -> RegulationsWritten:
    """Write a regulation into its pipeline's file; the figures follow with the next build."""
    company = visitor.company
    wanted = Wanted(
        given.start,
        given.stop,
        given.minutes,
        given.clock,
        given.owner,
        given.title,
        company.settings.language,  # the one that titles are shown in
        company.metrics.company.today() if given.is_reviewed else None,
    )
    place = Place(given.pipeline, given.entity, given.regulation, given.seen)
    set_regulation(company.folder, company.settings, place, wanted, _made(visitor))
    return _written(visitor, lang)


@router.post("/api/regulations/drop")
def drop(given: RegulationNamed, visitor: RegulatorNow, lang: Language | None = None) -> RegulationsWritten:
    """Take a regulation out of its pipeline's file; that can be undone."""
    company = visitor.company
    place = Place(given.pipeline, given.entity, given.regulation, given.seen)
    drop_regulation(company.folder, company.settings, place, _made(visitor))
    return _written(visitor, lang)


@router.post("/api/regulations/undo")
def take_back(given: RegulationUndone, visitor: RegulatorNow, lang: Language | None = None) -> RegulationsWritten:
    """Bring back what a file said before a change, where nobody has changed it since."""
    undo(visitor.company.folder, visitor.company.settings, given.number, _made(visitor))
    return _written(visitor, lang)


def _made(visitor: Visitor) -> Made:
    return Made(visitor.name, visitor.company.clock())


def _written(visitor: Visitor, lang: Language | None) -> RegulationsWritten:
    return regulations_written(visitor, language_of(lang, visitor.company.settings.language))
