"""Regulations as pages show them: how they are kept, what is due now and overdue."""

from dataclasses import asdict

from fastapi import APIRouter, Response

from voronka.reports.leads_regulations import regulations_of
from voronka.reports.plain import Plain, plain_block, plain_table
from voronka.web.framed import PageQuestion, frame_of
from voronka.web.regulation_shapes import RegulationsShown
from voronka.web.rendered import cached
from voronka.web.visitor import VisitorNow

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
            "unregulated": [asdict(each) for each in found.unregulated],
        }

    return cached(visitor, made)
