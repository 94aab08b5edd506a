"""Who may sign in: names, passwords and roles."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from voronka.domain.errors import QuestionError, did_you_mean
from voronka.operations.database import Database
from voronka.operations.tables import SESSIONS, USERS

ADMIN, DEMO = "admin", "demo"
ROLES = (ADMIN, DEMO)
LONGEST_PASSWORD = 1024
"""Characters: a longer one would only cost time."""


@dataclass(frozen=True)
class User:
    """One who may sign in; without a password, by a one-time link only."""

    user_id: int
    name: str
    role: str
    is_active: bool
    has_password: bool
    created_at: datetime


class Accounts:
    """The users of a company; `clock` gives the time in UTC without a zone."""

    shortest_password = 10

    def __init__(self, database: Database, clock: Callable[[], datetime], hasher: PasswordHasher | None = None) -> None:
        """Stand on a database; `hasher` is argon2id with the parameters in force."""
        self._database = database
        self._clock = clock
        self._hasher = hasher or PasswordHasher()

    def users(self) -> list[User]:
        """Return all users, by name."""
        with self._database.read() as connection:
            return [_user(row) for row in connection.execute(select(USERS).order_by(USERS.c.name_key))]

    def add_user(self, name: str, password: str | None, role: str = ADMIN) -> User:
        """Add a user; QuestionError where the name is taken in whatever case, or the password is too short."""
        shown = _shown(name)
        if role not in ROLES:
            raise QuestionError(f"no role is named {role}", do=did_you_mean(role, ROLES))
        row = {
            "name": shown,
            "name_key": self.key_of(name),
            "password_hash": None if password is None else self._hash(password),
            "role": role,
            "is_active": True,
            "created_at": self._clock(),
        }
        try:
            with self._database.write() as connection:
                connection.execute(insert(USERS).values(row))
        except IntegrityError as fault:
            raise QuestionError(f"there is a user named {shown} already", do="Choose another name") from fault
        return self.named(name)

    def named(self, name: str) -> User:
        """Return the user of this name in whatever case; QuestionError where there is none."""
        with self._database.read() as connection:
            row = connection.execute(select(USERS).where(USERS.c.name_key == self.key_of(name))).one_or_none()
        if row is None:
            hint = did_you_mean(name, [user.name for user in self.users()])
            raise QuestionError(f"no user is named {name}", do=hint)
        return _user(row)

    def check_password(self, name: str, password: str) -> User | None:
        """Return the user who has this name and password, None where none has.

        An unknown name takes as long as a wrong password: both are hashed once. A hash made with other parameters is
        made anew.
        """
        with self._database.read() as connection:
            row = connection.execute(select(USERS).where(USERS.c.name_key == self.key_of(name))).one_or_none()
        kept = row.password_hash if row is not None else None
        if len(password) > LONGEST_PASSWORD or kept is None:
            self._hasher.hash(_normal(password[:LONGEST_PASSWORD]))
            return None
        try:
            self._hasher.verify(kept, _normal(password))
        except (VerificationError, InvalidHashError):
            return None
        if row is None or not row.is_active:
            return None
        if self._hasher.check_needs_rehash(kept):
            self._keep(row.user_id, self._hasher.hash(_normal(password)))
        return _user(row)

    def set_password(self, name: str, password: str) -> User:
        """Give a user another password and end their sessions; QuestionError for an unknown name, a short password."""
        user, made = self.named(name), self._hash(password)
        self._keep(user.user_id, made)
        with self._database.write() as connection:
            connection.execute(delete(SESSIONS).where(SESSIONS.c.user_id == user.user_id))
        return self.named(name)

    def remove(self, name: str) -> User:
        """Remove a user with their sessions and links, and return who it was; QuestionError for an unknown name."""
        user = self.named(name)
        with self._database.write() as connection:
            connection.execute(delete(USERS).where(USERS.c.user_id == user.user_id))
        return user

    @staticmethod
    def key_of(name: str) -> str:
        """Return what makes a name one: letters in whatever case and width, spaces in whatever number."""
        return " ".join(unicodedata.normalize("NFKC", name).casefold().split())

    def _hash(self, password: str) -> str:
        if len(password) < self.shortest_password:
            raise QuestionError(
                f"the password has fewer than {self.shortest_password} characters", do="Take a longer one"
            )
        if len(password) > LONGEST_PASSWORD:
            raise QuestionError(f"the password has more than {LONGEST_PASSWORD} characters", do="Take a shorter one")
        return self._hasher.hash(_normal(password))

    def _keep(self, user_id: int, password_hash: str) -> None:
        with self._database.write() as connection:
            connection.execute(update(USERS).where(USERS.c.user_id == user_id).values(password_hash=password_hash))


def _shown(name: str) -> str:
    shown = " ".join(unicodedata.normalize("NFC", name).split())
    if not shown or not shown.isprintable():
        raise QuestionError("a user's name is empty or has signs that cannot be shown", do="Give another name")
    return shown


def _normal(password: str) -> str:
    """Return a password as one text, however the keyboard put its accents together."""
    return unicodedata.normalize("NFC", password)


def _user(row: Any) -> User:  # noqa: ANN401 - a row of SQLAlchemy's
    return User(row.user_id, row.name, row.role, row.is_active, row.password_hash is not None, row.created_at)
