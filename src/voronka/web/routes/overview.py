"""The overview page's answers, all of one version of the data."""

from typing import Annotated, Literal

from fastapi import APIRouter, Response
from fastapi import Query as Parameter

from voronka.domain.errors import QuestionError
from voronka.reports.overview import OverviewAsked, overview
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
        # waits are counted until the data were built: what happened since is not known of any figure on the page
        built = company.built_at()
        if built is None:
            raise QuestionError("nothing is built yet", do="Run `voronka build`")
        hours = company.settings.calendar.hours()
        return plain_overview(overview(company.metrics, asked, visitor.scope, built, hours), company.record_links)

    return cached(visitor, made)


def _ids(given: list[str]) -> tuple[str | None, ...]:
    return tuple(each or None for each in given)
