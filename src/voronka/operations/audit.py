"""The audit log: who did what, when, from where; only ever added to."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, get_args

from sqlalchemy import func, insert, select

from voronka.domain.personal import masked_text
from voronka.operations.database import Database
from voronka.operations.tables import AUDIT

Action = Literal[
    "sign_in", "sign_in_failed", "sign_out", "password", "refused", "export", "change", "access", "look_as"
]
ACTIONS: tuple[Action, ...] = get_args(Action)
"""What is noted: coming and going, refusals, tables taken out, changes of data, changes of who may do what."""
NOBODY = ""
LONGEST = 500
_FLOOD = timedelta(minutes=1)


@dataclass(frozen=True)
class Entry:
    """A line of the log; `user` is the name at the time, '' for somebody unknown, `at` is UTC."""

    audit_id: int
    at: datetime
    action: str
    user: str
    what: str
    address: str


class Audit:
    """The log of a company; `clock` gives the time in UTC without a zone."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        """Stand on a database."""
        self._database = database
        self._clock = clock

    def note(self, action: Action, user: str, what: str = "", *, user_id: int | None = None, address: str = "") -> None:
        """Add a line; numbers and addresses of clients in it are hidden, and it is cut at 500 characters.

        Whoever knocks without a name is noted once a minute per address: nobody can fill the disk with lines.
        """
        row = {"at": self._clock(), "action": action, "user_id": user_id, "user": user, "address": address}
        with self._database.write() as connection:
            if user == NOBODY:
                alike = (AUDIT.c.action == action, AUDIT.c.user == NOBODY, AUDIT.c.address == address)
                lately = AUDIT.c.at > self._clock() - _FLOOD
                if connection.execute(select(func.count()).where(*alike, lately)).scalar():
                    return
            connection.execute(insert(AUDIT).values(**row, what=masked_text(what)[:LONGEST]))

    def entries(
        self,
        limit: int = 100,
        offset: int = 0,
        *,
        action: str = "",
        user: str = "",
        since: datetime | None = None,
    ) -> tuple[list[Entry], int]:
        """Return a page of the log, the newest first, and how many lines there are in all."""
        asked = select(AUDIT)
        for column, value in ((AUDIT.c.action, action), (AUDIT.c.user, user)):
            asked = asked.where(column == value) if value else asked
        if since is not None:
            asked = asked.where(AUDIT.c.at >= since)
        page = asked.order_by(AUDIT.c.audit_id.desc()).limit(limit).offset(offset)
        with self._database.read() as connection:
            total = connection.execute(select(func.count()).select_from(asked.subquery())).scalar_one()
            rows = connection.execute(page).all()
        return [Entry(row.audit_id, row.at, row.action, row.user, row.what, row.address) for row in rows], int(total)
