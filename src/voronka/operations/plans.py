"""Plans that people enter: statements that are only ever added to, of which the latest is in force.

A statement without a value takes back the ones before it. Statements made together on a page are one edit, which can
be undone as a whole: undoing states anew what stood before.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, insert, select

from voronka.domain.errors import QuestionError
from voronka.domain.period import Period
from voronka.domain.plans import Action, Change, Edit, Planned, Statement, Subject, Wished
from voronka.operations.database import Database
from voronka.operations.tables import PLAN_EDITS, PLANS


class Plans:
    """The plans that people of a company have stated; `clock` gives the time in UTC without a zone."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        """Stand on a database."""
        self._database = database
        self._clock = clock

    def state(self, planned: Planned, entered_by: str) -> Statement:
        """Add a statement and return it; earlier ones about the same stay, and are no longer in force."""
        with self._database.write() as connection:
            return self._add(connection, planned, entered_by, self._clock(), None)

    def edit(self, action: Action, wished: Sequence[Wished], entered_by: str) -> int:
        """Add statements together, all or none, and return the number of the edit.

        QuestionError where there is nothing to state, one thing is wished twice, or somebody stated another plan since
        it was seen.
        """
        if not wished or len({each.planned.subject for each in wished}) < len(wished):
            raise QuestionError("an edit states each plan once, and at least one")
        with self._database.write() as connection:
            latest = _latest(_all(connection))
            for each in wished:
                stands = latest.get(each.planned.subject)
                if (stands.plan_id if stands else 0) != each.seen:
                    raise QuestionError("somebody else has changed a plan meanwhile", do="Look at it and edit again")
            return self._edit(connection, action, [each.planned for each in wished], entered_by)

    def undo(self, edit_id: int, entered_by: str) -> int:
        """State anew what stood before an edit, and return the number of the edit that does; QuestionError if none can.

        It cannot be undone twice, nor where somebody has stated something else of the same since.
        """
        with self._database.write() as connection:
            edit = next((each for each in _edits(connection) if each.edit_id == edit_id), None)
            if edit is None:
                raise QuestionError(f"no edit of plans has the number {edit_id}")
            if not edit.can_undo:
                raise QuestionError(
                    "the edit is undone already, or its plans were changed since", do="Edit them by hand"
                )
            before = [
                replace(each.made.planned, value=each.before.planned.value if each.before else None)
                for each in edit.changes
            ]
            return self._edit(connection, "undo", before, entered_by, edit_id)

    def edits(self) -> list[Edit]:
        """Return all edits with what they changed, the newest first."""
        with self._database.read() as connection:
            return _edits(connection)[::-1]

    def statements(self) -> list[Statement]:
        """Return all that was stated, oldest first."""
        with self._database.read() as connection:
            return _all(connection)

    def in_force(self) -> list[Statement]:
        """Return the latest statement about each metric, scope and period, oldest first; not what was taken back."""
        latest = (each for each in _latest(self.statements()).values() if each.planned.value is not None)
        return sorted(latest, key=lambda statement: statement.plan_id)

    def _edit(
        self,
        connection: Connection,
        action: Action,
        planned: Sequence[Planned],
        entered_by: str,
        undoes: int | None = None,
    ) -> int:
        at = self._clock()
        row = {"action": action, "undoes": undoes, "entered_by": entered_by, "entered_at": at}
        edit_id = int(connection.execute(insert(PLAN_EDITS).values(row).returning(PLAN_EDITS.c.edit_id)).scalar_one())
        for each in planned:
            self._add(connection, each, entered_by, at, edit_id)
        return edit_id

    def _add(
        self, connection: Connection, planned: Planned, entered_by: str, at: datetime, edit_id: int | None
    ) -> Statement:
        row = {
            "metric": planned.metric,
            "scope": planned.scope,
            "scope_id": planned.scope_id,
            "starts_on": planned.period.first,
            "ends_on": planned.period.last,
            "value": "" if planned.value is None else f"{planned.value:f}",
            "entered_by": entered_by,
            "entered_at": at,
            "edit_id": edit_id,
        }
        made = connection.execute(insert(PLANS).values(row).returning(PLANS.c.plan_id)).scalar_one()
        return Statement(int(made), planned, entered_by, at, edit_id)


def _all(connection: Connection) -> list[Statement]:
    return [_statement(row) for row in connection.execute(select(PLANS).order_by(PLANS.c.plan_id))]


def _latest(statements: Sequence[Statement]) -> dict[Subject, Statement]:
    return {statement.subject: statement for statement in statements}


def _edits(connection: Connection) -> list[Edit]:
    """Return all edits, oldest first."""
    rows = connection.execute(select(PLAN_EDITS).order_by(PLAN_EDITS.c.edit_id)).all()
    course = _Course({row.edit_id: row.undoes for row in rows})
    changes: dict[int, list[Change]] = {}
    before = dict[Subject, Statement]()
    for each in _all(connection):
        course.add(each)
        if each.edit_id is not None:
            changes.setdefault(each.edit_id, []).append(Change(each, before.get(each.subject)))
        before[each.subject] = each
    undone = {row.undoes: row.edit_id for row in rows}
    return [_edit(row, changes.get(row.edit_id, []), undone.get(row.edit_id), course) for row in rows]


class _Course:
    """What held after each statement, an edit and the one that undoes it taken together for nothing.

    So edits are undone one after another, back to the first of them.
    """

    def __init__(self, undoes: Mapping[int, int | None]) -> None:
        self._undoes = undoes
        self._now = dict[Subject, Statement | None]()
        self._before = dict[tuple[int | None, Subject], Statement | None]()
        self._after = dict[int, Statement | None]()

    def add(self, statement: Statement) -> None:
        """Go on by a statement, the next one made."""
        subject, undone = statement.subject, self._undoes.get(statement.edit_id or 0)
        self._before[statement.edit_id, subject] = self._now.get(subject)
        now = statement if undone is None else self._before.get((undone, subject))
        self._now[subject] = self._after[statement.plan_id] = now

    def stands(self, statement: Statement) -> bool:
        """Say whether what a statement has led to holds now."""
        return self._now[statement.subject] == self._after[statement.plan_id]


def _edit(row: Any, changes: list[Change], undone_by: int | None, course: _Course) -> Edit:  # noqa: ANN401 - a row of SQLAlchemy's
    stands = all(course.stands(each.made) for each in changes)
    can_undo = undone_by is None and stands and bool(changes)
    return Edit(
        row.edit_id, row.action, row.undoes, row.entered_by, row.entered_at, tuple(changes), undone_by, can_undo
    )


def _statement(row: Any) -> Statement:  # noqa: ANN401 - a row of SQLAlchemy's
    value = Decimal(row.value) if row.value else None
    planned = Planned(row.metric, row.scope, row.scope_id, Period(row.starts_on, row.ends_on), value)
    return Statement(row.plan_id, planned, row.entered_by, row.entered_at, row.edit_id)
