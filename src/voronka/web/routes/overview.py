"""The overview page's answers, all of one version of the data."""

from contextlib import suppress

from fastapi import APIRouter, Response

from voronka.bootstrap import OpenCompany
from voronka.domain.errors import VoronkaError
from voronka.domain.scope import Scope
from voronka.reports.overview import Overview, overview
from voronka.reports.page import PageAsked
from voronka.reports.plain import Plain, plain_overview
from voronka.web.framed import PageQuestion, frame_of
from voronka.web.rendered import cached
from voronka.web.shapes import OverviewShown
from voronka.web.visitor import VisitorNow

router = APIRouter(tags=["overview"])


@router.get("/api/overview", response_model=OverviewShown)
def shown(visitor: VisitorNow, asked: PageQuestion) -> Response:
    """Return how sales go: the running month where no period is given."""
    company = visitor.company

    def made() -> Plain:
        return plain_overview(_overview(company, asked, visitor.scope), company.record_links, company.data_until())

    return cached(visitor, made)


def work_ahead(company: OpenCompany) -> None:
    """Work out the page that is opened first, for those who see everything: the first of them need not wait for it.

    What cannot be worked out is told to whoever asks for it.
    """
    with suppress(VoronkaError):
        _overview(company, PageAsked(), Scope.everything())


def _overview(company: OpenCompany, asked: PageAsked, scope: Scope) -> Overview:
    return overview(frame_of(company, asked, scope))
