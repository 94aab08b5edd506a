"""Sessions of people who signed in: begun, found by their token, ended."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select, update

from voronka.domain.errors import RetryError
from voronka.operations.database import Database
from voronka.operations.tables import SESSIONS, USERS
from voronka.operations.tokens import digest, new_token

_SEEN_EVERY = timedelta(minutes=10)
"""How often "last seen" is written: not with every answer."""


@dataclass(frozen=True)
class SignedIn:
    """Whose session a token is of."""

    user_id: int
    name: str
    role: str
    expires_at: datetime


class Sessions:
    """The sessions of a company; `clock` gives the time in UTC without a zone."""

    def __init__(self, database: Database, clock: Callable[[], datetime], lasting: timedelta) -> None:
        """Stand on a database; a session ends `lasting` after it was begun."""
        self._database = database
        self._clock = clock
        self.lasting = lasting

    def start(self, user_id: int) -> str:
        """Begin a session of a user and return its token, which is kept as a hash only."""
        token, now = new_token(), self._clock()
        row = {"token_sha256": digest(token), "user_id": user_id, "created_at": now, "seen_at": now}
        with self._database.write() as connection:
            connection.execute(insert(SESSIONS).values(**row, expires_at=now + self.lasting))
        return token

    def of_token(self, token: str) -> SignedIn | None:
        """Return whose session this is; None for an unknown, ended or expired one, and for one barred meanwhile."""
        now = self._clock()
        asked = (
            select(SESSIONS, USERS.c.name, USERS.c.role)
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
        return SignedIn(row.user_id, row.name, row.role, row.expires_at)

    def end(self, token: str) -> None:
        """End a session; nothing happens where there is none."""
        with self._database.write() as connection:
            connection.execute(delete(SESSIONS).where(SESSIONS.c.token_sha256 == digest(token)))

    def purge(self) -> int:
        """Delete the sessions that have expired and return how many there were."""
        with self._database.write() as connection:
            return connection.execute(delete(SESSIONS).where(SESSIONS.c.expires_at <= self._clock())).rowcount
