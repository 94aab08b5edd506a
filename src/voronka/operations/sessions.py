"""Sessions of people who signed in: begun, found by their token, ended."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, insert, select, update

from voronka.domain.errors import RetryError
from voronka.operations.database import Database
from voronka.operations.tables import SESSIONS, USERS
from voronka.operations.tokens import digest, new_token

_SEEN_EVERY = timedelta(minutes=10)
"""How often "last seen" is written: not with every answer."""


_LONGEST_AGENT = 200
ID_LENGTH = 16
"""Characters of a token's hash by which people name a session; nobody can sign in by them."""


@dataclass(frozen=True)
class SignedIn:
    """Whose session a token is of; `as_role` and `as_employee_id` are through whose eyes they look, None: their own."""

    user_id: int
    name: str
    role: str
    expires_at: datetime
    employee_id: str | None = None
    as_role: str | None = None
    as_employee_id: str | None = None


@dataclass(frozen=True)
class Opened:
    """A session as people are told of it: since when, from where, by which browser."""

    session_id: str
    user_id: int
    name: str
    created_at: datetime
    seen_at: datetime
    address: str
    agent: str


class Sessions:
    """The sessions of a company; `clock` gives the time in UTC without a zone."""

    def __init__(self, database: Database, clock: Callable[[], datetime], lasting: timedelta) -> None:
        """Stand on a database; a session ends `lasting` after it was begun."""
        self._database = database
        self._clock = clock
        self.lasting = lasting

    def start(self, user_id: int, address: str = "", agent: str = "") -> str:
        """Begin a session of a user and return its token, which is kept as a hash only."""
        token, now = new_token(), self._clock()
        row = {"token_sha256": digest(token), "user_id": user_id, "created_at": now, "seen_at": now}
        row |= {"address": address, "agent": agent[:_LONGEST_AGENT]}
        with self._database.write() as connection:
            connection.execute(insert(SESSIONS).values(**row, expires_at=now + self.lasting))
        return token

    def of_token(self, token: str) -> SignedIn | None:
        """Return whose session this is; None for an unknown, ended or expired one, and for one barred meanwhile."""
        now = self._clock()
        asked = (
            select(SESSIONS, USERS.c.name, USERS.c.role, USERS.c.employee_id)
            .join(USERS, USERS.c.user_id == SESSIONS.c.user_id)
            .where(SESSIONS.c.token_sha256 == digest(token), SESSIONS.c.expires_at > now, USERS.c.is_active)
        )
        with self._database.read() as connection:
            row = connection.execute(asked).one_or_none()
        if row is None:
            return None
        if now - row.seen_at >= _SEEN_EVERY:
            seen = update(SESSIONS).where(SESSIONS.c.token_sha256 == row.token_sha256).values(seen_at=now)
            # while another process writes, nobody waits for this: it is noted with a later answer
            with suppress(RetryError), self._database.write(wait_seconds=0) as connection:
                connection.execute(seen)
        seen_by = (row.employee_id, row.as_role, row.as_employee_id)
        return SignedIn(row.user_id, row.name, row.role, row.expires_at, *seen_by)

    @staticmethod
    def hash_of(token: str) -> str:
        """Return the hash under which a session is kept."""
        return digest(token)

    @staticmethod
    def id_of(token: str) -> str:
        """Return the name that people have for a session."""
        return digest(token)[:ID_LENGTH]

    def look_as(self, token: str, role: str | None, employee_id: str | None) -> None:
        """Look through the eyes of a role and an employee from now on, None: with one's own again."""
        with self._database.write() as connection:
            mine = SESSIONS.c.token_sha256 == digest(token)
            connection.execute(update(SESSIONS).where(mine).values(as_role=role, as_employee_id=employee_id))

    def opened(self, user_id: int | None = None) -> list[Opened]:
        """Return the sessions that have not expired, those seen last first; of one user, or of all."""
        asked = (
            select(SESSIONS, USERS.c.name)
            .join(USERS, USERS.c.user_id == SESSIONS.c.user_id)
            .where(SESSIONS.c.expires_at > self._clock())
            .order_by(SESSIONS.c.seen_at.desc(), SESSIONS.c.token_sha256)
        )
        if user_id is not None:
            asked = asked.where(SESSIONS.c.user_id == user_id)
        with self._database.read() as connection:
            rows = connection.execute(asked).all()
        return [
            Opened(
                row.token_sha256[:ID_LENGTH],
                row.user_id,
                row.name,
                row.created_at,
                row.seen_at,
                row.address or "",
                row.agent or "",
            )
            for row in rows
        ]

    def end_opened(self, session_id: str, user_id: int | None = None) -> str | None:
        """End a session by the name people have for it, where it is this user's; return whose it was, None for none."""
        found = [each for each in self.opened(user_id) if each.session_id == session_id]
        if not found:
            return None
        with self._database.write() as connection:
            wanted = func.substr(SESSIONS.c.token_sha256, 1, ID_LENGTH) == session_id
            connection.execute(delete(SESSIONS).where(wanted, SESSIONS.c.user_id == found[0].user_id))
        return found[0].name

    def end_all(self, user_id: int) -> int:
        """End all sessions of a user and return how many there were."""
        with self._database.write() as connection:
            return connection.execute(delete(SESSIONS).where(SESSIONS.c.user_id == user_id)).rowcount

    def end(self, token: str) -> None:
        """End a session; nothing happens where there is none."""
        with self._database.write() as connection:
            connection.execute(delete(SESSIONS).where(SESSIONS.c.token_sha256 == digest(token)))

    def purge(self) -> int:
        """Delete the sessions that have expired and return how many there were."""
        with self._database.write() as connection:
            return connection.execute(delete(SESSIONS).where(SESSIONS.c.expires_at <= self._clock())).rowcount
