"""Tokens by which programs ask in a user's name: they read, no further than was said, until a day."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, select, update

from voronka.domain.errors import QuestionError, RetryError, did_you_mean
from voronka.operations.database import Database
from voronka.operations.tables import API_TOKENS, USERS
from voronka.operations.tokens import digest, new_token

FIGURES, RECORDS, PERSONAL = "figures", "records", "personal"
REACHES = (FIGURES, RECORDS, PERSONAL)
"""How far a token reaches, each further than the one before; never further than its user."""
MARK = "vor_"
"""How every token begins: whoever finds one in a file knows what it is."""
MOST_DAYS = 366
_LONGEST_NAME = 100
_SEEN_EVERY = timedelta(minutes=10)


@dataclass(frozen=True)
class ApiToken:
    """A token as people are told of it; what it is itself was shown once."""

    token_id: int
    user_id: int
    user: str
    name: str
    reach: str
    created_at: datetime
    expires_at: datetime
    seen_at: datetime | None
    revoked_at: datetime | None


@dataclass(frozen=True)
class Bearer:
    """In whose name a program asks, and how far its token reaches."""

    user_id: int
    name: str
    role: str
    employee_id: str | None
    reach: str


class ApiTokens:
    """The tokens of a company; `clock` gives the time in UTC without a zone."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        """Stand on a database."""
        self._database = database
        self._clock = clock

    def add(self, user_id: int, name: str, reach: str, days: int) -> tuple[int, str]:
        """Make a token of a user for so many days; return its number and the token, which is kept as a hash only.

        QuestionError for a reach that there is not, an empty name, and days below 1 or above 366.
        """
        shown = " ".join(name.split())
        if not shown or not shown.isprintable() or len(shown) > _LONGEST_NAME:
            raise QuestionError("a token needs a name that says what it is for", do="Give one of up to 100 letters")
        if reach not in REACHES:
            raise QuestionError(f"no token reaches {reach}", do=did_you_mean(reach, REACHES))
        if not 1 <= days <= MOST_DAYS:
            raise QuestionError(f"a token lasts from 1 to {MOST_DAYS} days, not {days}")
        token, now = MARK + new_token(), self._clock()
        row = {"token_sha256": digest(token), "user_id": user_id, "name": shown, "reach": reach}
        row |= {"created_at": now, "expires_at": now + timedelta(days=days)}
        with self._database.write() as connection:
            made = connection.execute(insert(API_TOKENS).values(row).returning(API_TOKENS.c.token_id))
            return int(made.scalar_one()), token

    def of_token(self, token: str) -> Bearer | None:
        """Return in whose name a token asks; None where it is unknown, expired, revoked, or its user is barred."""
        now = self._clock()
        asked = (
            select(API_TOKENS, USERS.c.name.label("user"), USERS.c.role, USERS.c.employee_id)
            .join(USERS, USERS.c.user_id == API_TOKENS.c.user_id)
            .where(API_TOKENS.c.token_sha256 == digest(token), API_TOKENS.c.revoked_at.is_(None))
            .where(API_TOKENS.c.expires_at > now, USERS.c.is_active)
        )
        with self._database.read() as connection:
            row = connection.execute(asked).one_or_none()
        if row is None:
            return None
        if row.seen_at is None or now - row.seen_at >= _SEEN_EVERY:
            seen = update(API_TOKENS).where(API_TOKENS.c.token_id == row.token_id).values(seen_at=now)
            with suppress(RetryError), self._database.write(wait_seconds=0) as connection:  # noted with a later answer
                connection.execute(seen)
        return Bearer(row.user_id, row.user, row.role, row.employee_id, row.reach)

    def all(self, user_id: int | None = None) -> list[ApiToken]:
        """Return the tokens of one user, or of all, the newest first; those that ended too."""
        asked = select(API_TOKENS, USERS.c.name.label("user")).join(USERS, USERS.c.user_id == API_TOKENS.c.user_id)
        if user_id is not None:
            asked = asked.where(API_TOKENS.c.user_id == user_id)
        with self._database.read() as connection:
            return [_told(row) for row in connection.execute(asked.order_by(API_TOKENS.c.token_id.desc()))]

    def revoke(self, token_id: int, user_id: int | None = None) -> ApiToken:
        """End a token at once and return it; QuestionError where there is none such of this user."""
        found = [each for each in self.all(user_id) if each.token_id == token_id]
        if not found:
            raise QuestionError(f"no token has the number {token_id}")
        open_one = (API_TOKENS.c.token_id == token_id, API_TOKENS.c.revoked_at.is_(None))
        with self._database.write() as connection:
            connection.execute(update(API_TOKENS).where(*open_one).values(revoked_at=self._clock()))
        return next(each for each in self.all() if each.token_id == token_id)


def _told(row: Any) -> ApiToken:  # noqa: ANN401 - a row of SQLAlchemy's
    known = (row.token_id, row.user_id, row.user, row.name, row.reach)
    return ApiToken(*known, row.created_at, row.expires_at, row.seen_at, row.revoked_at)
