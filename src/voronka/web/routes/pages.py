"""The pages put together of blocks: all answers of one at once, of one version of the data."""

from fastapi import APIRouter, Response

from voronka.reports.pages import page_of
from voronka.reports.plain import Plain, plain_page
from voronka.web.framed import PageQuestion, frame_of
from voronka.web.rendered import cached
from voronka.web.shapes import PageShown
from voronka.web.visitor import VisitorNow

router = APIRouter(tags=["pages"])


@router.get("/api/pages/{name}", response_model=PageShown)
def shown(name: str, visitor: VisitorNow, asked: PageQuestion) -> Response:
    """Return a page by its name: the running month where no period is given."""
    company = visitor.company

    def made() -> Plain:
        frame = frame_of(company, asked, visitor.scope)
        return plain_page(page_of(name, frame), company.record_links, company.data_until())

    return cached(visitor, made)
