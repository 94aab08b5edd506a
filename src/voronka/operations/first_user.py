"""How the first user is made: by a code that only whoever started the server has seen, while there is no user yet."""

import re
import secrets
from collections.abc import Callable
from datetime import datetime

from sqlalchemy import delete, func, insert, select

from voronka.domain.errors import NotAllowedError
from voronka.operations.accounts import ADMIN, Accounts, User
from voronka.operations.database import Database
from voronka.operations.tables import SETUP_CODES, USERS
from voronka.operations.tokens import digest

_SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Letters and digits that nobody takes for one another."""
_GROUPS, _LENGTH = 3, 4


class FirstUser:
    """The set-up of a company; `clock` gives the time in UTC without a zone."""

    def __init__(self, database: Database, accounts: Accounts, clock: Callable[[], datetime]) -> None:
        """Stand on a database."""
        self._database = database
        self._accounts = accounts
        self._clock = clock

    def is_missing(self) -> bool:
        """Say whether there is no user yet: only then is anything set up."""
        with self._database.read() as connection:
            return not connection.execute(select(func.count()).select_from(USERS)).scalar()

    def new_code(self) -> str:
        """Return a new code of 59 random bits, kept as a hash only; the one before does not hold any more."""
        code = "-".join("".join(secrets.choice(_SIGNS) for _ in range(_LENGTH)) for _ in range(_GROUPS))
        row = {"code_sha256": digest(_plain(code)), "created_at": self._clock()}
        with self._database.write() as connection:
            connection.execute(delete(SETUP_CODES))
            connection.execute(insert(SETUP_CODES).values(row))
        return code

    def make(self, code: str, name: str, password: str) -> User:
        """Make the first user, an administrator, and use the code up.

        NotAllowedError for a wrong code; QuestionError where there is a user already, and as `add_user`.
        """
        with self._database.read() as connection:
            known = connection.execute(select(SETUP_CODES.c.code_sha256)).scalars().all()
        if digest(_plain(code)) not in known:
            raise NotAllowedError("The code is wrong", do="Look where `voronka serve` runs: it printed the code")
        made = self._accounts.add_user(name, password, ADMIN, only_if_first=True)
        with self._database.write() as connection:
            connection.execute(delete(SETUP_CODES))
        return made


def _plain(code: str) -> str:
    return re.sub(r"[^0-9A-Z]", "", code.upper())
