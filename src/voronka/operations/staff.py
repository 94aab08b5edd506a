"""What people state of their own department: edits that are only ever added to, the latest of a subject in force.

Undoing an edit adds one that says so: what stood before it is then in force again, and nothing is deleted.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import BaseModel
from sqlalchemy import Connection, func, insert, select

from voronka.domain.errors import QuestionError
from voronka.domain.staff import (
    PersonSaid,
    StaffAction,
    StaffChange,
    StaffEdit,
    StaffEntry,
    StaffSaid,
    StaffSubject,
    TeamSaid,
    TimeSaid,
)
from voronka.operations.database import Database
from voronka.operations.tables import STAFF_EDITS, STAFF_ENTRIES

_KINDS: Mapping[str, type[BaseModel]] = {"person": PersonSaid, "team": TeamSaid, "time": TimeSaid}


class Staff:
    """What people of a company have stated of its people, teams and times; `clock` gives UTC without a zone."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        """Stand on a database."""
        self._database = database
        self._clock = clock

    def edit(self, action: StaffAction, entries: Sequence[StaffEntry], seen: int, entered_by: str) -> int:
        """State entries together, all or none, and return the number of the edit.

        `seen` is the number of the last edit that whoever states this has seen: QuestionError where another one has
        changed one of the same since, where there is nothing to state or one thing is stated twice.
        """
        if not entries or len({each.subject for each in entries}) < len(entries):
            raise QuestionError("an edit states each thing once, and at least one")
        with self._database.write() as connection:
            course = _Course.of(connection)
            if any(course.last.get(each.subject, 0) > seen for each in entries):
                raise QuestionError("somebody else has changed this meanwhile", do="Look at it and change it again")
            edit_id = self._add(connection, action, None, entered_by)
            for each in entries:
                said = each.said.model_dump_json() if each.said else ""
                row = {"edit_id": edit_id, "kind": each.kind, "subject_id": each.subject_id, "said": said}
                connection.execute(insert(STAFF_ENTRIES).values(row))
            return edit_id

    def undo(self, edit_id: int, entered_by: str) -> int:
        """Bring back what stood before an edit, and return the number of the edit that does; QuestionError if none can.

        It cannot be undone twice, nor where something else was stated of the same since.
        """
        with self._database.write() as connection:
            edit = next((each for each in _Course.of(connection).edits if each.edit_id == edit_id), None)
            if edit is None:
                raise QuestionError(f"no edit of people and teams has the number {edit_id}")
            if not edit.can_undo:
                raise QuestionError("the edit is undone already, or changed since", do="Change it by hand")
            return self._add(connection, "undo", edit_id, entered_by)

    def edits(self) -> list[StaffEdit]:
        """Return all edits with what they changed, the newest first."""
        with self._database.read() as connection:
            return _Course.of(connection).edits[::-1]

    def latest(self) -> int:
        """Return the number of the last edit, 0 where there is none."""
        with self._database.read() as connection:
            return int(connection.execute(select(func.max(STAFF_EDITS.c.edit_id))).scalar() or 0)

    def in_force(self) -> dict[StaffSubject, StaffSaid]:
        """Return what is stated of each subject now."""
        with self._database.read() as connection:
            return _Course.of(connection).now

    def _add(self, connection: Connection, action: StaffAction, undoes: int | None, entered_by: str) -> int:
        row = {"action": action, "undoes": undoes, "entered_by": entered_by, "entered_at": self._clock()}
        made = connection.execute(insert(STAFF_EDITS).values(row).returning(STAFF_EDITS.c.edit_id))
        return int(made.scalar_one())


@dataclass(frozen=True)
class _Course:
    """All edits, oldest first; what is in force; and the last edit that changed each subject, undoing included."""

    edits: list[StaffEdit]
    now: dict[StaffSubject, StaffSaid]
    last: dict[StaffSubject, int]

    @classmethod
    def of(cls, connection: Connection) -> "_Course":
        rows = connection.execute(select(STAFF_EDITS).order_by(STAFF_EDITS.c.edit_id)).all()
        entries: dict[int, list[StaffEntry]] = {}
        for row in connection.execute(select(STAFF_ENTRIES).order_by(STAFF_ENTRIES.c.entry_id)):
            entries.setdefault(row.edit_id, []).append(_entry(row))
        undone = {row.undoes: row.edit_id for row in rows if row.undoes is not None}
        now: dict[StaffSubject, StaffSaid] = {}
        before: dict[int, list[StaffChange]] = {}
        held, last = dict[StaffSubject, int](), dict[StaffSubject, int]()
        for row in rows:
            for entry in entries.get(row.edit_id if row.undoes is None else row.undoes, []):
                last[entry.subject] = row.edit_id
            if row.undoes is not None:
                continue
            found = entries.get(row.edit_id, [])
            before[row.edit_id] = [StaffChange(each, now.get(each.subject)) for each in found]
            if row.edit_id in undone:
                continue
            for each in found:
                held[each.subject] = row.edit_id
                if each.said is None:
                    now.pop(each.subject, None)
                else:
                    now[each.subject] = each.said
        return cls([_edit(row, before.get(row.edit_id, []), undone, held) for row in rows], now, last)


def _edit(
    row: Any,  # noqa: ANN401 - a row of SQLAlchemy's
    changes: list[StaffChange],
    undone: Mapping[int, int],
    held: Mapping[StaffSubject, int],
) -> StaffEdit:
    by = undone.get(row.edit_id)
    stands = all(held.get(each.made.subject) == row.edit_id for each in changes)
    return StaffEdit(
        row.edit_id,
        row.action,
        row.undoes,
        row.entered_by,
        row.entered_at,
        tuple(changes),
        by,
        can_undo=bool(changes) and by is None and stands,
    )


def _entry(row: Any) -> StaffEntry:  # noqa: ANN401 - a row of SQLAlchemy's
    said: Any = _KINDS[row.kind].model_validate_json(row.said) if row.said else None
    return StaffEntry(row.kind, row.subject_id, said)
