"""Reads what is asked of a page, and frames it with the company and what the visitor may see."""

from typing import Annotated, Literal, TypeAlias

from fastapi import Depends
from fastapi import Query as Parameter

from voronka.bootstrap import OpenCompany
from voronka.domain.errors import QuestionError
from voronka.domain.scope import Scope
from voronka.reports.page import Frame, PageAsked
from voronka.web.asked import Day, First, Last, period_of
from voronka.web.visitor import VisitorNow

Ids = Annotated[list[str], Parameter(default_factory=list, description="Ids, any of them; empty is not given")]


def _asked(  # noqa: PLR0913 - the page's filters, each a parameter of the address
    *,
    visitor: VisitorNow,
    team: Ids,
    employee: Ids,
    channel: Ids,
    role: Ids,
    first: First = None,
    last: Last = None,
    compare: Literal["previous", "year", "none"] = "previous",
    day: Annotated[Day, Parameter(description="Of the daily table; default: the last working day before today")] = None,
) -> PageAsked:
    return PageAsked(
        period=period_of(first, last, visitor.company.metrics.company.today()),
        compare=None if compare == "none" else compare,
        teams=_ids(team),
        employees=_ids(employee),
        channels=_ids(channel),
        roles=_ids(role),
        day=day,
    )


PageQuestion: TypeAlias = Annotated[PageAsked, Depends(_asked)]
"""What a page is asked by its address."""


def frame_of(company: OpenCompany, asked: PageAsked, scope: Scope) -> Frame:
    """Return the frame of a page; waits are counted until the data were built: what happened since nobody knows."""
    built = company.built_at()
    if built is None:
        raise QuestionError("nothing is built yet", do="Run `voronka build`")
    return Frame(company.metrics, asked, scope, built, company.settings)


def _ids(given: list[str]) -> tuple[str | None, ...]:
    return tuple(each or None for each in given)
