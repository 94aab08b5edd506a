"""Regulations as pages show them: how they are kept, what is due now; and as people set them in pipelines/*.yml."""

from fastapi import APIRouter, Response

from voronka.pipeline.regulating import Made, Place, Wanted, drop_regulation, set_regulation, undo
from voronka.reports.leads_regulations import regulations_of
from voronka.reports.plain import Plain, plain_block, plain_table, plain_words
from voronka.web.asked import Language, language_of
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
from voronka.web.visitor import RegulatorNow, Visitor, VisitorNow

router = APIRouter(tags=["regulations"])


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
