"""One-time links: whoever opens one first is let in, once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select, update

from voronka.operations.database import Database
from voronka.operations.tables import LINKS, USERS
from voronka.operations.tokens import digest, new_token


@dataclass(frozen=True)
class Waiting:
    """A link that nobody has used yet, and whom it is for."""

    user_id: int
    created_at: datetime
    expires_at: datetime


class Links:
    """The one-time links of a company; `clock` gives the time in UTC without a zone."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        """Stand on a database."""
        self._database = database
        self._clock = clock

    def issue(self, user_id: int, purpose: str, lasting: timedelta) -> str:
        """Return the token of a new link for a user, kept as a hash only; links long expired are deleted."""
        token, now = new_token(), self._clock()
        row = {"token_sha256": digest(token), "purpose": purpose, "user_id": user_id, "created_at": now}
        with self._database.write() as connection:
            connection.execute(delete(LINKS).where(LINKS.c.expires_at <= now))
            connection.execute(insert(LINKS).values(**row, expires_at=now + lasting))
        return token

    def use(self, token: str, purposes: Sequence[str]) -> int | None:
        """Use a link up and return whose it was; None where it is unknown, expired, used before or for another purpose.

        One statement finds and marks it, so of two who open it at once one is let in.
        """
        now = self._clock()
        active = select(USERS.c.user_id).where(USERS.c.is_active)
        used = (
            update(LINKS)
            .where(LINKS.c.token_sha256 == digest(token), LINKS.c.used_at.is_(None), LINKS.c.expires_at > now)
            .where(LINKS.c.purpose.in_(purposes), LINKS.c.user_id.in_(active))
            .values(used_at=now)
            .returning(LINKS.c.user_id)
        )
        with self._database.write() as connection:
            return connection.execute(used).scalar_one_or_none()

    def of_token(self, token: str, purposes: Sequence[str]) -> int | None:
        """Return whose link this is, without using it up; None as `use` gives it."""
        asked = (
            select(LINKS.c.user_id)
            .join(USERS, USERS.c.user_id == LINKS.c.user_id)
            .where(LINKS.c.token_sha256 == digest(token), LINKS.c.used_at.is_(None), USERS.c.is_active)
            .where(LINKS.c.purpose.in_(purposes), LINKS.c.expires_at > self._clock())
        )
        with self._database.read() as connection:
            return connection.execute(asked).scalar_one_or_none()

    def waiting(self, purpose: str) -> list[Waiting]:
        """Return the links for a purpose that can still be used, the newest first."""
        asked = (
            select(LINKS)
            .where(LINKS.c.purpose == purpose, LINKS.c.used_at.is_(None), LINKS.c.expires_at > self._clock())
            .order_by(LINKS.c.created_at.desc(), LINKS.c.user_id)
        )
        with self._database.read() as connection:
            return [Waiting(row.user_id, row.created_at, row.expires_at) for row in connection.execute(asked)]

    def void(self, user_id: int, purpose: str) -> int:
        """Take back the links of a user for a purpose that nobody has used; return how many there were."""
        unused = (LINKS.c.user_id == user_id, LINKS.c.purpose == purpose, LINKS.c.used_at.is_(None))
        with self._database.write() as connection:
            return connection.execute(delete(LINKS).where(*unused)).rowcount
