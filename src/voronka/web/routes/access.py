"""Who gets in: users, invitations, everybody's sessions and tokens, and the audit log."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Response
from fastapi import Path as InPath
from fastapi import Query as Parameter

from voronka.domain.access import ACCESS_ROLES, GIVEN_ROLES, Right
from voronka.domain.errors import QuestionError, did_you_mean
from voronka.pipeline.sentences import deed_in
from voronka.web.access_shapes import (
    AccessShown,
    AuditShown,
    EmployeeShown,
    EntryShown,
    InvitationGiven,
    InvitedShown,
    RoleGranted,
    UserChange,
    UserShown,
)
from voronka.web.access_told import INVITATION, local, sessions_told, tokens_told, user_told, users_told
from voronka.web.asked import Language, language_of
from voronka.web.visitor import AccessVisitorNow, AuditVisitorNow, Visitor, sights_of

router = APIRouter(prefix="/api/access", tags=["access"])
UserId = Annotated[int, InPath(ge=1, le=2**53)]
ACCEPT = "/accept#"
"""The path of an invitation; behind the sign is its token, which browsers send to no server."""


@router.get("")
def shown(visitor: AccessVisitorNow) -> AccessShown:
    """Return who gets in: users, sessions, tokens, whom users may be, and what each role may do."""
    employees = sights_of(visitor.request).employees(visitor.company.data_version())
    return AccessShown(
        users=users_told(visitor),
        sessions=sessions_told(visitor),
        tokens=tokens_told(visitor),
        employees=[EmployeeShown(id=each.id, name=each.name, email=each.email) for each in employees],
        roles=[
            RoleGranted(
                code=code,
                reach=ACCESS_ROLES[code].reach,
                start=ACCESS_ROLES[code].start,
                rights=[each for each in Right if each in ACCESS_ROLES[code].rights],
            )
            for code in GIVEN_ROLES
        ],
    )


@router.post("/users", status_code=201)
def invite(given: InvitationGiven, visitor: AccessVisitorNow) -> InvitedShown:
    """Add a user without a password and return the link by which they set one, once."""
    role = _given_role(given.role)
    employee_id = _employee(visitor, given.employee_id) if given.employee_id else _of_email(visitor, given.email)
    user = visitor.company.people.accounts.add_user(given.name, None, role, employee_id=employee_id, email=given.email)
    visitor.note("access", f"{user.name} invited as {role}")
    return _invited(visitor, user.user_id)


@router.post("/users/{user_id}/invitation", status_code=201)
def invite_again(user_id: UserId, visitor: AccessVisitorNow) -> InvitedShown:
    """Return a new link by which a user sets a password, as after they forgot theirs; the links before are void."""
    user = visitor.company.people.accounts.of_id(user_id)
    if not user.is_active:
        raise QuestionError(f"{user.name} is barred", do="Let them in again first")
    visitor.note("access", f"{user.name} invited again")
    return _invited(visitor, user_id)


@router.delete("/users/{user_id}/invitation", status_code=204, response_class=Response)
def take_back(user_id: UserId, visitor: AccessVisitorNow) -> Response:
    """Make the invitation of a user void."""
    user = visitor.company.people.accounts.of_id(user_id)
    visitor.company.people.links.void(user_id, INVITATION)
    visitor.note("access", f"invitation of {user.name} taken back")
    return Response(status_code=204)


@router.post("/users/{user_id}")
def change(user_id: UserId, given: UserChange, visitor: AccessVisitorNow) -> UserShown:
    """Change the role of a user, who they are among the employees, or bar them; a role and a bar end their sessions."""
    accounts = visitor.company.people.accounts
    user = accounts.of_id(user_id)
    if (given.role is not None or given.is_active is False) and user.user_id == visitor.user_id:
        raise QuestionError("nobody changes their own role or bars themselves", do="Ask another administrator")
    role = _given_role(given.role) if given.role is not None else user.role
    employee_id = _employee(visitor, given.employee_id) if given.employee_id else None
    done = []  # all that is wished was looked at before: nothing is done by halves, and what is done is noted
    if role != user.role:
        accounts.set_role(user.name, role)
        done.append(f"{user.role} → {role}")
    if "employee_id" in given.model_fields_set:
        accounts.tie(user.name, employee_id)
        done.append(f"employee {given.employee_id or 'none'}")
    if given.is_active is not None:
        accounts.set_active(user.name, is_active=given.is_active)
        done.append("let in" if given.is_active else "barred")
    visitor.note("access", f"{user.name}: {'; '.join(done)}")
    return user_told(visitor, user_id)


@router.delete("/users/{user_id}", status_code=204, response_class=Response)
def remove(user_id: UserId, visitor: AccessVisitorNow) -> Response:
    """Remove a user with their sessions and tokens; what they entered stays."""
    accounts = visitor.company.people.accounts
    user = accounts.of_id(user_id)
    if user.user_id == visitor.user_id:
        raise QuestionError("nobody removes themselves", do="Ask another administrator")
    accounts.remove(user.name)
    visitor.note("access", f"{user.name} removed")
    return Response(status_code=204)


@router.delete("/sessions/{session_id}", status_code=204, response_class=Response)
def end_session(session_id: Annotated[str, InPath(max_length=64)], visitor: AccessVisitorNow) -> Response:
    """End anybody's session."""
    whose = visitor.company.people.sessions.end_opened(session_id)
    if whose is None:
        raise QuestionError("there is no such session any more")
    visitor.note("access", f"session of {whose} ended")
    return Response(status_code=204)


@router.delete("/tokens/{token_id}", status_code=204, response_class=Response)
def revoke(token_id: UserId, visitor: AccessVisitorNow) -> Response:
    """End anybody's token."""
    token = visitor.company.people.access.tokens.revoke(token_id)
    visitor.note("access", f"token {token_id} of {token.user} revoked")
    return Response(status_code=204)


@router.get("/audit")
def audit(  # noqa: PLR0913 - the parts of a question, each a parameter of the address
    *,
    visitor: AuditVisitorNow,
    action: Annotated[str, Parameter(max_length=50)] = "",
    user: Annotated[str, Parameter(max_length=200)] = "",
    limit: Annotated[int, Parameter(ge=1, le=500)] = 50,
    offset: Annotated[int, Parameter(ge=0, le=10**9)] = 0,
    lang: Language | None = None,
) -> AuditShown:
    """Return a page of the audit log, the newest first."""
    company, language = visitor.company, language_of(lang, visitor.company.settings.language)
    entries, total = company.people.access.audit.entries(limit, offset, action=action, user=user)
    rows = [
        EntryShown(
            audit_id=each.audit_id,
            at=local(company, each.at),
            action=each.action,
            user=each.user,
            what=deed_in(language, each.what),
            address=each.address,
        )
        for each in entries
    ]
    return AuditShown(rows=rows, total=total, limit=limit, offset=offset)


def _invited(visitor: Visitor, user_id: int) -> InvitedShown:
    company = visitor.company
    lasting = timedelta(days=company.settings.web.invitation_days)
    token = company.people.access.invite(company.people.accounts.of_id(user_id), lasting)
    return InvitedShown(user=user_told(visitor, user_id), path=f"{ACCEPT}{token}")


def _given_role(role: str) -> str:
    if role not in GIVEN_ROLES:
        raise QuestionError(f"no role is named {role}", do=did_you_mean(role, GIVEN_ROLES))
    return role


def _employee(visitor: Visitor, employee_id: str) -> str:
    known = sights_of(visitor.request).employees(visitor.company.data_version())
    if employee_id not in {each.id for each in known}:
        raise QuestionError(f"no employee has the id {employee_id}", do="Choose one of the list")
    return employee_id


def _of_email(visitor: Visitor, email: str) -> str | None:
    """Return the employee who has this address, None where none or several have."""
    wanted = email.strip().casefold()
    known = sights_of(visitor.request).employees(visitor.company.data_version()) if wanted else ()
    found = [each.id for each in known if (each.email or "").casefold() == wanted]
    return found[0] if len(found) == 1 else None
