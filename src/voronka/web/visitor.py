"""Who asks: found by the session's cookie, with the scope of rows they may see."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Annotated

from fastapi import Depends, Request

from voronka.bootstrap import OpenCompany
from voronka.domain.errors import NotAllowedError, SignInError
from voronka.domain.scope import Scope


@dataclass(frozen=True)
class Visitor:
    """Somebody signed in, and what they ask: every figure they see is asked for with `scope`."""

    name: str
    role: str
    scope: Scope
    language: str
    company: OpenCompany
    request: Request


def company_of(request: Request) -> OpenCompany:
    """Return the company that the application serves."""
    company: OpenCompany = request.app.state.company
    return company


def cookie_name(company: OpenCompany) -> str:
    """Return the name of the session's cookie, another for each company: a browser mixes those of one host's ports."""
    return f"voronka_{sha256(str(company.folder).encode()).hexdigest()[:8]}"


def visitor(request: Request) -> Visitor:
    """Return who asks; SignInError where nobody is signed in."""
    company = company_of(request)
    company.look_at_definitions()
    token = request.cookies.get(cookie_name(company), "")
    found = company.people.sessions.of_token(token) if token else None
    if found is None:
        raise SignInError("Nobody is signed in", do="Sign in")
    language = request.query_params.get("lang", company.settings.language)
    # local accounts and visitors of a made company see all rows; roles with fewer will be narrowed here
    return Visitor(found.name, found.role, Scope.everything(), language, company, request)


VisitorNow = Annotated[Visitor, Depends(visitor)]
"""The parameter that every route under /api has, but for signing in."""

ADMIN = "admin"


def may_change(visitor: Visitor) -> bool:
    """Say whether somebody may change what is loaded: an administrator, and whoever plays with a made company."""
    return visitor.role == ADMIN or visitor.company.is_demo


def changer(visitor: VisitorNow) -> Visitor:
    """Return who asks for a change; NotAllowedError where they may only look."""
    if not may_change(visitor):
        raise NotAllowedError("Only an administrator may change what is loaded", do="Ask one of them")
    return visitor


ChangerNow = Annotated[Visitor, Depends(changer)]
"""The parameter of every route that changes what is loaded."""

CompanyNow = Annotated[OpenCompany, Depends(company_of)]
