"""Search: one question over people, deals, leads, client companies and contacts, as far as the visitor sees them."""

from datetime import date
from functools import partial
from typing import Annotated, Literal

from fastapi import APIRouter, Response
from fastapi import Query as Parameter
from pydantic import BaseModel, Field

from voronka.domain.access import Right
from voronka.domain.personal import masked_text
from voronka.metrics.search import MOST, SearchQuery
from voronka.reports.found import plain_found, whole_number
from voronka.web.rendered import cached
from voronka.web.visitor import Visitor, VisitorNow

router = APIRouter(tags=["search"])


class ListShown(BaseModel):
    """The records among which something found stands: what to ask /api/records for; days are null for all time."""

    metric: str
    where: dict[str, list[str | None]]
    from_: date | None = Field(alias="from")
    to: date | None


class FoundThingShown(BaseModel):
    """Something found: `open` is its address in its own system, null where nobody knows it."""

    kind: Literal["employee", "account", "contact", "deal", "lead"]
    id: str
    title: str
    client: str | None
    employee_id: str | None
    employee: str | None
    outcome: str | None
    amount: float | None
    created_day: date | None
    open: str | None
    lists: list[ListShown]


class SearchShown(BaseModel):
    """What was found, kind by kind, the best of each first; `is_all` says that there is no more."""

    found: list[FoundThingShown]
    is_all: bool
    finds_numbers: bool


Asked = Annotated[str, Parameter(max_length=200, description="Words, an id, a phone number or a mail address")]


@router.get("/api/search", response_model=SearchShown)
def search(visitor: VisitorNow, q: Asked) -> Response:
    """Return what the visitor may see of what is found; numbers and addresses find only for who may see them."""
    return cached(visitor, lambda: _shown(visitor, q))


def _shown(visitor: Visitor, text: str) -> SearchShown:
    company = visitor.company
    found = company.metrics.search(_query(visitor, text)) if company.built_at() else []
    today = company.metrics.company.today()
    plain = [plain_found(each, visitor.scope, company.record_links, today) for each in found]
    return SearchShown(
        found=[FoundThingShown.model_validate(each) for each in plain],
        is_all=len(found) < MOST,
        finds_numbers=visitor.may(Right.PERSONAL),
    )


def _query(visitor: Visitor, text: str) -> SearchQuery:
    if not visitor.may(Right.PERSONAL):
        return SearchQuery(text=text, scope=visitor.scope, hides=partial(masked_text, kept=visitor.own_addresses()))
    number = whole_number(text, visitor.company.settings.phones.country)
    return SearchQuery(text=text, scope=visitor.scope, number=number)
