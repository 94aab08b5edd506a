"""The overview page's answers, all of one version of the data."""

from contextlib import suppress
from typing import Annotated, Literal

from fastapi import APIRouter, Response
from fastapi import Query as Parameter

from voronka.bootstrap import OpenCompany
from voronka.domain.errors import QuestionError, VoronkaError
from voronka.domain.scope import Scope
from voronka.reports.overview import Overview, OverviewAsked, overview
from voronka.reports.plain import Plain, plain_overview
from voronka.web.asked import Day, First, Last, period_of
from voronka.web.rendered import cached
from voronka.web.shapes import OverviewShown
from voronka.web.visitor import VisitorNow

router = APIRouter(tags=["overview"])

Ids = Annotated[list[str], Parameter(default_factory=list, description="Ids, any of them; empty is not given")]


@router.get("/api/overview", response_model=OverviewShown)
def shown(  # noqa: PLR0913 - the page's filters, each a parameter of the address
    *,
    visitor: VisitorNow,
    team: Ids,
    employee: Ids,
    channel: Ids,
    first: First = None,
    last: Last = None,
    compare: Literal["previous", "year", "none"] = "previous",
    day: Annotated[Day, Parameter(description="Of the daily table; default: the last working day before today")] = None,
) -> Response:
    """Return how sales go: the running month where no period is given."""
    company = visitor.company
    asked = OverviewAsked(
        period=period_of(first, last, company.metrics.company.today()),
        compare=None if compare == "none" else compare,
        teams=_ids(team),
        employees=_ids(employee),
        channels=_ids(channel),
        day=day,
    )

    def made() -> Plain:
        return plain_overview(_overview(company, asked, visitor.scope), company.record_links, company.data_until())

    return cached(visitor, made)


def work_ahead(company: OpenCompany) -> None:
    """Work out the page that is opened first, for those who see everything: the first of them need not wait for it.

    What cannot be worked out is told to whoever asks for it.
    """
    with suppress(VoronkaError):
        _overview(company, OverviewAsked(), Scope.everything())


def _overview(company: OpenCompany, asked: OverviewAsked, scope: Scope) -> Overview:
    # waits are counted until the data were built: what happened since is not known of any figure on the page
    built = company.built_at()
    if built is None:
        raise QuestionError("nothing is built yet", do="Run `voronka build`")
    return overview(company.metrics, asked, scope, built, company.settings.calendar.hours())


def _ids(given: list[str]) -> tuple[str | None, ...]:
    return tuple(each or None for each in given)
