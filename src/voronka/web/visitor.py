"""Who asks: found by the session's cookie or a program's token, with the rows they see and what they may do."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Annotated

from fastapi import Depends, Request

from voronka.bootstrap import OpenCompany
from voronka.domain.access import ACCESS_ROLES, DEMO, MEANINGS, SCREEN, Right
from voronka.domain.errors import NotAllowedError, SignInError
from voronka.domain.personal import masked
from voronka.domain.scope import Scope
from voronka.web.following import Following
from voronka.web.sights import Sights

SAFE = ("GET", "HEAD")
BEARER = "bearer "
FIGURES = ("/api/query", "/api/metrics", "/api/session", "/api/openapi.json")
"""What a token that reaches figures alone may ask for: the beginnings of the addresses."""
ON_SCREEN = ("/api/board", "/api/session", "/api/news", "/api/metrics")
"""What a television on the wall may ask for: the beginnings of the addresses."""
LOOK_AS = "/api/account/look-as"
"""Where whoever looks through other eyes gets their own back."""
_OWN = "/api/account"
_FIGURES, _PERSONAL = "figures", "personal"
_NOT_FOR_PROGRAMS = frozenset({Right.PEOPLE, Right.AUDIT, Right.ONE_TO_ONE})


@dataclass(frozen=True)
class Visitor:
    """Somebody signed in, and what they ask: every figure they see is asked for with `scope`.

    `role` and `employee_id` are those through whose eyes they look, `own_role` is their own.
    """

    name: str
    role: str
    scope: Scope
    language: str
    company: OpenCompany
    request: Request
    user_id: int = 0
    employee_id: str | None = None
    rights: frozenset[Right] = frozenset()
    own_role: str = ""

    def may(self, right: Right) -> bool:
        """Say whether somebody may do this."""
        return right in self.rights

    def check(self, right: Right) -> None:
        """Refuse what somebody may not do with a NotAllowedError."""
        if not self.may(right):
            raise NotAllowedError(f"Your role does not let you {MEANINGS[right]}", do="Ask an administrator")

    @property
    def sight(self) -> str:
        """Return a text that is equal for those who are shown the same: a part of every cache key."""
        return f"{self.scope.key()} {'' if self.may(Right.PERSONAL) else 'masked'}"

    def shown(self, said: object) -> object:
        """Return what JSON can say as this visitor may see it: clients' numbers and addresses hidden from most."""
        return said if self.may(Right.PERSONAL) else masked(said, self.own_addresses())

    def own_addresses(self) -> frozenset[str]:
        """Return the addresses and numbers of the company's own people, which are hidden from nobody."""
        return sights_of(self.request).own_addresses(self.company.data_version())

    def note(self, action: str, what: str) -> None:
        """Say in words what is done by this request, for the audit log: it is noted when it went through."""
        self.request.state.noted = (action, what)


def company_of(request: Request) -> OpenCompany:
    """Return the company that the application serves, under the settings of the moment."""
    following: Following = request.app.state.following
    return following.now()


def in_force(visitor: Visitor) -> Visitor:
    """Return the visitor at the company under the settings of this moment: they may have changed them."""
    return replace(visitor, company=company_of(visitor.request))


def sights_of(request: Request) -> Sights:
    """Return what decides who sees what in the company that the application serves."""
    sights: Sights = request.app.state.sights
    return sights


def cookie_name(company: OpenCompany) -> str:
    """Return the name of the session's cookie, another for each company: a browser mixes those of one host's ports."""
    return f"voronka_{sha256(str(company.folder).encode()).hexdigest()[:8]}"


def token_of(request: Request, company: OpenCompany) -> str:
    """Return the token of the session that a request comes with, '' where it comes with none."""
    return request.cookies.get(cookie_name(company), "")


def visitor(request: Request) -> Visitor:
    """Return who asks; SignInError where nobody is signed in."""
    company = company_of(request)
    company.look_at_definitions()
    given = request.headers.get("authorization", "")
    if given.lower().startswith(BEARER):
        found = _program(request, company, given[len(BEARER) :].strip())
    else:
        found = _person(request, company)
    request.state.visitor = found
    return found


def _person(request: Request, company: OpenCompany) -> Visitor:
    token = token_of(request, company)
    found = company.people.sessions.of_token(token) if token else None
    if found is None:
        raise SignInError("Nobody is signed in", do="Sign in")
    if found.role == DEMO and not company.is_demo:  # a made company's visitor has nothing to look for in a real one
        raise SignInError("Nobody is signed in", do="Sign in")
    _keep_to_board(request, found.role)
    role, employee_id = found.role, found.employee_id
    if found.as_role and may_look_as_others(found.role):
        role, employee_id = found.as_role, found.as_employee_id
        if request.url.path != LOOK_AS:  # the way back stays open
            _keep_to_board(request, role)
    return _visitor(request, company, (found.user_id, found.name, found.role), (role, employee_id), rights_of(role))


def _program(request: Request, company: OpenCompany, token: str) -> Visitor:
    """Return in whose name a program asks: it reads only, and its token may reach less far than its user."""
    found = company.people.access.tokens.of_token(token)
    if found is None:
        raise SignInError("The token is unknown, revoked or out of date", do="Make a new one under your name")
    if request.method not in SAFE:
        raise NotAllowedError("A token only reads", do="Sign in to change something")
    if found.role == DEMO and not company.is_demo:
        raise SignInError("The token is of a made company", do="Sign in")
    if request.url.path.startswith(_OWN):
        raise NotAllowedError("A token does not reach the account", do="Sign in")
    _keep_to_board(request, found.role)
    if found.reach == _FIGURES and not request.url.path.startswith(FIGURES):
        raise NotAllowedError("The token reaches figures alone", do="Make one that reaches records")
    rights = rights_of(found.role) - _NOT_FOR_PROGRAMS
    rights = rights if found.reach == _PERSONAL else rights - {Right.PERSONAL}
    who, seen = (found.user_id, found.name, found.role), (found.role, found.employee_id)
    return _visitor(request, company, who, seen, rights)


def _keep_to_board(request: Request, role: str) -> None:
    """Refuse a screen whatever is not the board's: anybody may walk up to it."""
    path = request.url.path
    if role == SCREEN and not any(path == each or path.startswith(f"{each}/") for each in ON_SCREEN):
        raise NotAllowedError("A screen opens the board alone", do="Sign in under your own name")


def _visitor(
    request: Request,
    company: OpenCompany,
    who: tuple[int, str, str],
    seen: tuple[str, str | None],
    rights: frozenset[Right],
) -> Visitor:
    scope = sights_of(request).scope(*seen, company.data_version())
    language = request.query_params.get("lang", company.settings.language)
    user_id, name, own_role = who
    role, employee_id = seen
    return Visitor(name, role, scope, language, company, request, user_id, employee_id, rights, own_role)


def rights_of(role: str) -> frozenset[Right]:
    """Return what a role may do; an unknown one nothing."""
    known = ACCESS_ROLES.get(role)
    return known.rights if known else frozenset()


def may_look_as_others(role: str) -> bool:
    """Say whether a role may look through the eyes of another: one that sees and may do everything itself."""
    return rights_of(role) == frozenset(Right)


VisitorNow = Annotated[Visitor, Depends(visitor)]
"""The parameter that every route under /api has, but for signing in."""


def needs(*rights: Right) -> Callable[[Visitor], Visitor]:
    """Return what gives a route who asks, or refuses those who lack one of the rights with a NotAllowedError."""

    def checked(visitor: VisitorNow) -> Visitor:
        for right in rights:
            visitor.check(right)
        return visitor

    return checked


DataVisitorNow = Annotated[Visitor, Depends(needs(Right.DATA))]
"""The parameter of the routes that show what is loaded, which belongs to no one person."""
LoaderNow = Annotated[Visitor, Depends(needs(Right.LOADS))]
"""The parameter of every route that changes what is loaded."""
MenderNow = Annotated[Visitor, Depends(needs(Right.LOADS, Right.PERSONAL, Right.EXPORT))]
"""The parameter of the route that gives rows out as they came: there is nothing to mend in hidden numbers."""
HypothesisVisitorNow = Annotated[Visitor, Depends(needs(Right.HYPOTHESES))]
"""The parameter of the routes that enter and close hypotheses."""
OneToOneVisitorNow = Annotated[Visitor, Depends(needs(Right.ONE_TO_ONE))]
"""The parameter of the route by which something is kept of a one-to-one."""
PlannerNow = Annotated[Visitor, Depends(needs(Right.PLANS))]
"""The parameter of the routes that change plans."""
SetterNow = Annotated[Visitor, Depends(needs(Right.SETTINGS))]
"""The parameter of the routes that change the company's settings."""
RegulatorNow = Annotated[Visitor, Depends(needs(Right.REGULATIONS))]
"""The parameter of the routes that change regulations."""
StaffVisitorNow = Annotated[Visitor, Depends(needs(Right.STAFF))]
"""The parameter of the routes that change people, teams and times."""
AccessVisitorNow = Annotated[Visitor, Depends(needs(Right.PEOPLE))]
"""The parameter of every route about who gets in."""
BoardVisitorNow = Annotated[Visitor, Depends(needs(Right.BOARD))]
"""The parameter of the routes that show everybody's places and totals."""
ContestVisitorNow = Annotated[Visitor, Depends(needs(Right.BOARD, Right.CONTESTS))]
"""The parameter of the routes that hold contests and choose what the board shows."""
AuditVisitorNow = Annotated[Visitor, Depends(needs(Right.AUDIT))]
"""The parameter of the route that shows the audit log."""

CompanyNow = Annotated[OpenCompany, Depends(company_of)]
