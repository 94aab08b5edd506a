"""One-time links: whoever opens one first is signed in, once."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select, update

from voronka.operations.database import Database
from voronka.operations.tables import LINKS, USERS
from voronka.operations.tokens import digest, new_token


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
