"""Signing in and out, and what a page needs to know at its start: who, which company, how fresh, what to filter by."""

from datetime import date, datetime
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel, Field

from voronka.bootstrap import DEMO_LINK, OpenCompany
from voronka.domain.access import ACCESS_ROLES
from voronka.domain.errors import SignInError
from voronka.domain.scope import Scope
from voronka.metrics.query import Metrics
from voronka.web.entry import address_of, attempts_of, entered, hashing, is_https, too_many
from voronka.web.visitor import CompanyNow, Visitor, VisitorNow, cookie_name, may_look_as_others, token_of

router = APIRouter(tags=["session"])


class Me(BaseModel):
    """Who is signed in, through whose eyes they look, and what they may do.

    `role` is that whose rows and rights are in force, `own_role` their own; `start` is the page of the role to begin
    at, `own_start` the one they chose, null where they chose none.
    """

    name: str
    role: str
    own_role: str
    employee_id: str | None
    reach: str
    rights: list[str]
    start: str
    own_start: str | None
    may_look_as: bool


class CompanyShown(BaseModel):
    """The company, with its day and local time."""

    name: str
    currency: str
    time_zone: str
    language: str
    today: date
    now: datetime
    is_demo: bool


class StreamShown(BaseModel):
    """What is loaded of a stream; times are local, `last_event_at` is null where it has no events.

    `rows` are the whole company's, and null for whoever does not see all of them.
    """

    source: str
    stream: str
    rows: int | None
    loaded_at: datetime
    last_event_at: datetime | date | None


class DataShown(BaseModel):
    """How fresh the figures are; `built_at` is null before the first build.

    `definitions` says which of the company's own is broken, so that the last good ones hold; null where all are whole.
    """

    version: str
    built_at: datetime | None
    definitions: str | None
    sources: list[StreamShown]


class Option(BaseModel):
    """A member of a dimension to filter by."""

    id: str
    name: str


class EmployeeOption(Option):
    """A person to filter by, with the team they are in today."""

    team_id: str | None
    is_active: bool


class Filters(BaseModel):
    """What the visitor may filter by."""

    teams: list[Option]
    employees: list[EmployeeOption]
    channels: list[Option]


class RoleShown(BaseModel):
    """A role of the company: what it is called in both languages, and the metrics that its people are shown."""

    code: str
    title: dict[str, str]
    metrics: list[str]


class SessionShown(BaseModel):
    """What a page needs to know at its start."""

    user: Me
    company: CompanyShown
    data: DataShown
    filters: Filters
    roles: list[RoleShown]


class Credentials(BaseModel):
    """What one signs in with."""

    name: str = Field(max_length=200)
    password: str = Field(max_length=4096)


@router.get("/api/session")
def session(visitor: VisitorNow) -> SessionShown:
    """Return who is signed in, the company, the data's freshness and what the visitor may filter by."""
    company = visitor.company
    return SessionShown(
        user=_me(visitor),
        company=_company(company),
        data=_data(company, visitor.scope),
        filters=_filters(visitor),
        roles=_roles(company),
    )


@router.post("/api/session", status_code=204, response_class=Response)
def sign_in(given: Credentials, request: Request, company: CompanyNow) -> Response:
    """Sign in; answers 401 for a wrong name or password, 429 after several of them."""
    attempts, accounts = attempts_of(request), company.people.accounts
    who = accounts.key_of(given.name), address_of(request)
    wait = attempts.wait_seconds(*who)
    if wait:
        return too_many(request, wait)
    with hashing():
        user = accounts.check_password(given.name, given.password)
    if user is None:
        attempts.failed(*who)
        # what was typed is not noted: it may be a password in the wrong field
        company.people.access.audit.note("sign_in_failed", accounts.knows(given.name), address=who[1])
        raise SignInError("The name or the password is wrong", do="Check both, and the keyboard's language")
    attempts.succeeded(*who)
    return entered(request, company, user.user_id, Response(status_code=204))


@router.delete("/api/session", status_code=204, response_class=Response)
def sign_out(request: Request, company: CompanyNow) -> Response:
    """Sign out: the session ends, wherever its cookie is."""
    sessions, token = company.people.sessions, token_of(request, company)
    found = sessions.of_token(token) if token else None
    if found is not None:
        sessions.end(token)
        company.people.access.audit.note("sign_out", found.name, user_id=found.user_id, address=address_of(request))
    answer = Response(status_code=204)
    answer.delete_cookie(cookie_name(company), path="/", secure=is_https(company), httponly=True, samesite="lax")
    return answer


@router.get("/enter/{token}", include_in_schema=False)
def enter(token: str, request: Request, company: CompanyNow) -> Response:
    """Sign in by a one-time link; a used, old or unknown one leads to the page that says so."""
    purposes = (DEMO_LINK,) if company.is_demo else ()
    user = company.people.links.use(token, purposes)
    if user is None:
        return RedirectResponse("/?entered=no", 303, headers={"Cache-Control": "no-store"})
    return entered(request, company, user, RedirectResponse("/", 303, headers={"Cache-Control": "no-store"}))


def _me(visitor: Visitor) -> Me:
    role = ACCESS_ROLES.get(visitor.role)
    return Me(
        name=visitor.name,
        role=visitor.role,
        own_role=visitor.own_role,
        employee_id=visitor.employee_id,
        reach=role.reach if role else "own",
        rights=sorted(visitor.rights),
        start=role.start if role else "overview",
        own_start=visitor.company.people.saved_views.start_of(visitor.user_id),
        may_look_as=may_look_as_others(visitor.own_role),
    )


def _company(company: OpenCompany) -> CompanyShown:
    settings = company.settings
    now = company.local(company.clock()).replace(microsecond=0)
    return CompanyShown(
        name=settings.name,
        currency=settings.currency,
        time_zone=settings.time_zone,
        language=settings.language,
        today=now.date(),
        now=now,
        is_demo=company.is_demo,
    )


def _roles(company: OpenCompany) -> list[RoleShown]:
    return [
        RoleShown(code=code, title={"ru": role.title.ru, "en": role.title.en}, metrics=list(role.metrics))
        for code, role in company.settings.roles.items()
    ]


def _data(company: OpenCompany, scope: Scope) -> DataShown:
    def shown(at: datetime) -> datetime:
        return company.local(at).replace(microsecond=0)

    built = company.built_at()
    streams = [
        StreamShown(
            source=each.source,
            stream=each.stream,
            rows=each.rows if scope.all_rows else None,
            loaded_at=shown(each.loaded_at),
            last_event_at=shown(each.last_event_at) if isinstance(each.last_event_at, datetime) else each.last_event_at,
        )
        for each in company.freshness()
    ]
    return DataShown(
        version=company.data_version(),
        built_at=shown(built) if built else None,
        definitions=company.metrics.catalogue.notice or None,
        sources=streams,
    )


def _filters(visitor: Visitor) -> Filters:
    """Return what there is to filter by; of a limited scope's teams, those that its people are in today."""
    metrics = visitor.company.metrics
    team_of = _teams_today(visitor)
    today = metrics.company.today()
    people = _rows(metrics, visitor, "dim_employee", "employee_id", "name", "is_active", "left_on")
    employees = [
        EmployeeOption(
            id=row[0],
            name=row[1] or row[0],
            team_id=team_of.get(row[0]),
            is_active=bool(row[2]) or (row[3] is not None and row[3] >= today),  # a last day to come
        )
        for row in people
    ]
    teams = _options(_rows(metrics, visitor, "dim_team", "team_id", "name"))
    if not visitor.scope.all_rows:
        teams = [team for team in teams if team.id in team_of.values()]
    channels = _options(_rows(metrics, visitor, "dim_channel", "channel_id", "name"))
    return Filters(teams=teams, employees=sorted(employees, key=_by_name), channels=channels)


def _teams_today(visitor: Visitor) -> dict[str, str]:
    today = visitor.company.metrics.company.today()
    columns = ("employee_id", "team_id", "valid_from", "valid_to")
    found = _rows(visitor.company.metrics, visitor, "employee_team", *columns)
    return {row[0]: row[1] for row in found if row[1] and row[2] <= today < row[3]}


def _rows(metrics: Metrics, visitor: Visitor, table: str, *columns: str) -> list[tuple[Any, ...]]:
    found = metrics.rows(table, visitor.scope, None, columns)
    return list(zip(*(found.column(name).to_pylist() for name in columns), strict=True))


def _options(rows: list[tuple[Any, ...]]) -> list[Option]:
    return sorted((Option(id=row[0], name=row[1] or row[0]) for row in rows), key=_by_name)


def _by_name(option: Option) -> tuple[str, str]:
    return option.name.casefold().replace("ё", "е"), option.id
