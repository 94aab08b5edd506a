"""Who may sign in: names, passwords, roles, and which employee each of them is."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Connection, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from voronka.domain.access import ACCESS_ROLES, ADMIN, DEMO, GIVEN_ROLES
from voronka.domain.errors import QuestionError, did_you_mean
from voronka.operations.database import Database
from voronka.operations.tables import API_TOKENS, LINKS, SESSIONS, USERS

__all__ = ["ADMIN", "DEMO", "Accounts", "User"]

LONGEST_PASSWORD = 1024
"""Characters: a longer one would only cost time."""
LONGEST_NAME = 200
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@dataclass(frozen=True)
class User:
    """One who may sign in; without a password, by a one-time link only. `employee_id` is the core's, None for nobody's.

    `email` is in lower case; one may sign in by it as by the name.
    """

    user_id: int
    name: str
    role: str
    is_active: bool
    has_password: bool
    created_at: datetime
    employee_id: str | None
    email: str | None


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

    def add_user(  # noqa: PLR0913 - what is known of a person, each with a name
        self,
        name: str,
        password: str | None,
        role: str = ADMIN,
        *,
        employee_id: str | None = None,
        email: str | None = None,
        only_if_first: bool = False,
    ) -> User:
        """Add a user and return who it is.

        QuestionError where the name or the address is taken in whatever case, the role is unknown, the password is too
        short, or with `only_if_first` somebody was there before.
        """
        row = {
            "name": _shown(name),
            "name_key": self.key_of(name),
            "password_hash": None if password is None else self._hash(password),
            "role": _known_role(role),
            "is_active": True,
            "created_at": self._clock(),
            "employee_id": employee_id or None,
            "email": _address(email),
        }
        try:
            with self._database.write() as connection:
                if only_if_first and connection.execute(select(func.count()).select_from(USERS)).scalar():
                    raise QuestionError("there is a user already", do="Ask an administrator for an invitation")
                connection.execute(insert(USERS).values(row))
        except IntegrityError as fault:
            taken = f"with the address {row['email']}" if "email" in str(fault.orig) else f"named {row['name']}"
            raise QuestionError(f"there is a user {taken} already", do="Choose another one") from fault
        return self.named(name)

    def named(self, name: str) -> User:
        """Return the user of this name in whatever case; QuestionError where there is none."""
        with self._database.read() as connection:
            row = connection.execute(select(USERS).where(USERS.c.name_key == self.key_of(name))).one_or_none()
        if row is None:
            hint = did_you_mean(name, [user.name for user in self.users()])
            raise QuestionError(f"no user is named {name}", do=hint)
        return _user(row)

    def of_id(self, user_id: int) -> User:
        """Return the user of this number; QuestionError where there is none."""
        with self._database.read() as connection:
            row = connection.execute(select(USERS).where(USERS.c.user_id == user_id)).one_or_none()
        if row is None:
            raise QuestionError(f"no user has the number {user_id}")
        return _user(row)

    def check_password(self, name: str, password: str) -> User | None:
        """Return the user who has this name (or mail address) and password, None where none has.

        An unknown name takes as long as a wrong password: both are hashed once. A hash made with other parameters is
        made anew.
        """
        row = self._found(name)
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
            with self._database.write() as connection:
                _change(connection, row.user_id, password_hash=self._hasher.hash(_normal(password)))
        return _user(row)

    def knows(self, name: str) -> str:
        """Return the name of the user who is meant by a name or an address, '' where nobody is."""
        row = self._found(name)
        return "" if row is None else str(row.name)

    def set_password(self, name: str, password: str, *, keeping: str = "") -> User:
        """Give a user another password; their sessions and tokens end, but for the session whose hash is `keeping`.

        QuestionError for an unknown name, a short password.
        """
        user, made = self.named(name), self._hash(password)
        with self._database.write() as connection:
            _change(connection, user.user_id, password_hash=made)
            _shut_out(connection, user.user_id, keeping=keeping)
        return self.named(name)

    def set_role(self, name: str, role: str) -> User:
        """Give a user another role; their sessions end, and what they may do changes with their next question."""
        user = self.named(name)
        with self._database.write() as connection:
            if _known_role(role) != ADMIN:
                _check_not_last(connection, user)
            _change(connection, user.user_id, role=role)
            connection.execute(delete(SESSIONS).where(SESSIONS.c.user_id == user.user_id))
        return self.named(name)

    def tie(self, name: str, employee_id: str | None) -> User:
        """Say which employee a user is, None for nobody; what they see changes with their next question."""
        user = self.named(name)
        with self._database.write() as connection:
            _change(connection, user.user_id, employee_id=employee_id or None)
        return self.named(name)

    def set_active(self, name: str, *, is_active: bool) -> User:
        """Bar a user, whose sessions and tokens end, or let them in again."""
        user = self.named(name)
        with self._database.write() as connection:
            if not is_active:
                _check_not_last(connection, user)
                _shut_out(connection, user.user_id)
            _change(connection, user.user_id, is_active=is_active)
        return self.named(name)

    def remove(self, name: str) -> User:
        """Remove a user with their sessions, links and tokens, and return who it was; QuestionError for no such."""
        user = self.named(name)
        with self._database.write() as connection:
            connection.execute(delete(USERS).where(USERS.c.user_id == user.user_id))
        return user

    @staticmethod
    def key_of(name: str) -> str:
        """Return what makes a name one: letters in whatever case and width, spaces in whatever number."""
        return " ".join(unicodedata.normalize("NFKC", name).casefold().split())

    def _found(self, name: str) -> Any:  # noqa: ANN401 - a row of SQLAlchemy's
        key = self.key_of(name)
        asked = select(USERS).where((USERS.c.name_key == key) | (USERS.c.email == key))
        with self._database.read() as connection:
            return connection.execute(asked.order_by(USERS.c.name_key != key)).first()

    def check_new(self, password: str) -> None:
        """Refuse a password that is too short or too long with a QuestionError."""
        if len(password) < self.shortest_password:
            raise QuestionError(
                f"the password has fewer than {self.shortest_password} characters", do="Take a longer one"
            )
        if len(password) > LONGEST_PASSWORD:
            raise QuestionError(f"the password has more than {LONGEST_PASSWORD} characters", do="Take a shorter one")

    def _hash(self, password: str) -> str:
        self.check_new(password)
        return self._hasher.hash(_normal(password))


def _change(connection: Connection, user_id: int, **values: object) -> None:
    connection.execute(update(USERS).where(USERS.c.user_id == user_id).values(**values))


def _shut_out(connection: Connection, user_id: int, keeping: str = "") -> None:
    """End what a user has open: sessions, tokens of programs, links not used yet."""
    connection.execute(
        delete(SESSIONS).where(SESSIONS.c.user_id == user_id, SESSIONS.c.token_sha256 != (keeping or "-"))
    )
    for table in (API_TOKENS, LINKS):
        connection.execute(delete(table).where(table.c.user_id == user_id))


def _check_not_last(connection: Connection, user: User) -> None:
    """Refuse to leave a company without anybody who may let others in."""
    others = select(func.count()).where(USERS.c.role == ADMIN, USERS.c.is_active, USERS.c.user_id != user.user_id)
    if user.role == ADMIN and user.is_active and not connection.execute(others).scalar():
        raise QuestionError(f"{user.name} is the only administrator", do="Make somebody else one first")


def _known_role(role: str) -> str:
    if role not in ACCESS_ROLES:
        raise QuestionError(f"no role is named {role}", do=did_you_mean(role, GIVEN_ROLES))
    return role


def _address(email: str | None) -> str | None:
    """Return a mail address as it is kept; QuestionError for what is none."""
    shown = (email or "").strip().casefold()
    if not shown:
        return None
    if not _MAIL.fullmatch(shown) or len(shown) > LONGEST_NAME:
        raise QuestionError(f"not a mail address: {shown[:LONGEST_NAME]}", do="Write it as anna@example.com")
    return shown


def _shown(name: str) -> str:
    shown = " ".join(unicodedata.normalize("NFC", name).split())
    if not shown or not shown.isprintable() or len(shown) > LONGEST_NAME:
        raise QuestionError("a user's name is empty, too long, or has signs that cannot be shown", do="Give another")
    return shown


def _normal(password: str) -> str:
    """Return a password as one text, however the keyboard put its accents together."""
    return unicodedata.normalize("NFC", password)


def _user(row: Any) -> User:  # noqa: ANN401 - a row of SQLAlchemy's
    has_password = row.password_hash is not None
    known = (row.user_id, row.name, row.role, row.is_active, has_password, row.created_at, row.employee_id, row.email)
    return User(*known)
