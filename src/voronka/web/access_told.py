"""Tells who gets in, in the company's local time: users, sessions, tokens."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from voronka.bootstrap import OpenCompany
from voronka.web.access_shapes import OpenSessionShown, TokenShown, UserShown
from voronka.web.visitor import Visitor, sights_of, token_of

INVITATION = "invitation"


def local(company: OpenCompany, moment: datetime) -> datetime:
    """Return a moment in UTC as the company's clocks show it, to the second."""
    return company.local(moment).replace(microsecond=0)


def users_told(visitor: Visitor) -> list[UserShown]:
    """Return who may sign in, by name."""
    company = visitor.company
    names = {each.id: each.name for each in sights_of(visitor.request).employees(company.data_version())}
    waiting = company.people.links.waiting(INVITATION)
    until: Mapping[int, datetime] = {each.user_id: each.expires_at for each in waiting}
    return [
        UserShown(
            user_id=user.user_id,
            name=user.name,
            email=user.email,
            role=user.role,
            employee_id=user.employee_id,
            employee=names.get(user.employee_id or ""),
            is_active=user.is_active,
            has_password=user.has_password,
            is_me=user.user_id == visitor.user_id,
            created_at=local(company, user.created_at),
            invited_until=local(company, until[user.user_id]) if user.user_id in until else None,
        )
        for user in company.people.accounts.users()
    ]


def user_told(visitor: Visitor, user_id: int) -> UserShown:
    """Return one of those who may sign in."""
    return next(each for each in users_told(visitor) if each.user_id == user_id)


def sessions_told(visitor: Visitor, user_id: int | None = None) -> list[OpenSessionShown]:
    """Return the sessions of one user, or of all, those seen last first."""
    company = visitor.company
    sessions = company.people.sessions
    mine = sessions.id_of(token_of(visitor.request, company))
    return [
        OpenSessionShown(
            session_id=each.session_id,
            user=each.name,
            created_at=local(company, each.created_at),
            seen_at=local(company, each.seen_at),
            address=each.address,
            agent=each.agent,
            is_this=each.session_id == mine,
        )
        for each in sessions.opened(user_id)
    ]


def tokens_told(visitor: Visitor, user_id: int | None = None) -> list[TokenShown]:
    """Return the tokens of one user, or of all, the newest first."""
    company = visitor.company
    return [*_tokens(company, user_id)]


def _tokens(company: OpenCompany, user_id: int | None) -> Iterable[TokenShown]:
    now = company.clock()
    for each in company.people.access.tokens.all(user_id):
        yield TokenShown(
            token_id=each.token_id,
            user=each.user,
            name=each.name,
            reach=each.reach,
            created_at=local(company, each.created_at),
            expires_at=local(company, each.expires_at),
            seen_at=local(company, each.seen_at) if each.seen_at else None,
            is_open=each.revoked_at is None and each.expires_at > now,
        )
