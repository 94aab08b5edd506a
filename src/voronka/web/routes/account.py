"""One's own account: password, sessions, tokens of programs, and through whose eyes one looks."""

from typing import Annotated

from fastapi import APIRouter, Request, Response
from fastapi import Path as InPath

from voronka.domain.access import ACCESS_ROLES, DEMO
from voronka.domain.errors import NotAllowedError, QuestionError, did_you_mean
from voronka.web.access_shapes import AccountShown, LookGiven, PasswordGiven, StartGiven, TokenGiven, TokenMade
from voronka.web.access_told import sessions_told, tokens_told
from voronka.web.entry import address_of, attempts_of, hashing, too_many
from voronka.web.visitor import VisitorNow, may_look_as_others, sights_of, token_of

router = APIRouter(prefix="/api/account", tags=["account"])
SessionId = Annotated[str, InPath(max_length=64)]
TokenId = Annotated[int, InPath(ge=1, le=2**53)]


@router.get("")
def account(visitor: VisitorNow) -> AccountShown:
    """Return one's own account, sessions and tokens."""
    accounts = visitor.company.people.accounts
    user = accounts.of_id(visitor.user_id)
    return AccountShown(
        name=user.name,
        email=user.email,
        has_password=user.has_password,
        shortest_password=accounts.shortest_password,
        sessions=sessions_told(visitor, visitor.user_id),
        tokens=tokens_told(visitor, visitor.user_id),
    )


@router.post("/password", status_code=204, response_class=Response)
def password(given: PasswordGiven, request: Request, visitor: VisitorNow) -> Response:
    """Take another password: one's other sessions and all tokens end. 429 after several wrong ones."""
    people, who = visitor.company.people, (f"password of {visitor.user_id}", address_of(request))
    wait = attempts_of(request).wait_seconds(*who)
    if wait:
        return too_many(request, wait)
    with hashing():
        is_right = people.accounts.check_password(visitor.name, given.old) is not None
    if not is_right:
        attempts_of(request).failed(*who)
        raise NotAllowedError("The password until now is another one", do="Check it, and the keyboard's language")
    attempts_of(request).succeeded(*who)
    with hashing():
        kept = people.sessions.hash_of(token_of(request, visitor.company))
        people.accounts.set_password(visitor.name, given.new, keeping=kept)
    visitor.note("password", "by its owner")
    return Response(status_code=204)


@router.delete("/sessions/{session_id}", status_code=204, response_class=Response)
def end_session(session_id: SessionId, visitor: VisitorNow) -> Response:
    """End one of one's own sessions."""
    if visitor.company.people.sessions.end_opened(session_id, visitor.user_id) is None:
        raise QuestionError("there is no such session any more")
    visitor.note("access", "own session ended")
    return Response(status_code=204)


@router.post("/tokens", status_code=201)
def add_token(given: TokenGiven, visitor: VisitorNow) -> TokenMade:
    """Make a token of one's own for a program; it is shown once."""
    number, token = visitor.company.people.access.tokens.add(visitor.user_id, given.name, given.reach, given.days)
    visitor.note("access", f"token {number} ({given.reach}, {given.days} days)")
    return TokenMade(token_id=number, token=token)


@router.delete("/tokens/{token_id}", status_code=204, response_class=Response)
def revoke(token_id: TokenId, visitor: VisitorNow) -> Response:
    """End one of one's own tokens."""
    visitor.company.people.access.tokens.revoke(token_id, visitor.user_id)
    visitor.note("access", f"token {token_id} revoked")
    return Response(status_code=204)


@router.post("/start", status_code=204, response_class=Response)
def start(given: StartGiven, visitor: VisitorNow) -> Response:
    """Begin at this page from now on; null: at that of one's role."""
    visitor.company.people.saved_views.start_at(visitor.user_id, given.page)
    return Response(status_code=204)


@router.post("/look-as", status_code=204, response_class=Response)
def look_as(given: LookGiven, request: Request, visitor: VisitorNow) -> Response:
    """Look through the eyes of another role, as this employee; null: with one's own. It only ever shows less."""
    if not may_look_as_others(visitor.own_role):
        raise NotAllowedError("Your role looks with its own eyes only", do="Ask an administrator")
    roles = [name for name in ACCESS_ROLES if name != DEMO]
    if given.role is not None and given.role not in roles:
        raise QuestionError(f"no role is named {given.role}", do=did_you_mean(given.role, roles))
    employee_id = given.employee_id if given.role else None
    known = {each.id for each in sights_of(request).employees(visitor.company.data_version())}
    if employee_id is not None and employee_id not in known:
        raise QuestionError(f"no employee has the id {employee_id}")
    visitor.company.people.sessions.look_as(token_of(request, visitor.company), given.role, employee_id)
    visitor.note("look_as", f"{given.role or visitor.own_role} {employee_id or ''}".strip())
    return Response(status_code=204)
