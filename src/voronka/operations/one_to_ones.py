"""What people keep of one-to-one meetings: meetings held, notes, agreements and goals, only ever added to."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert, select

from voronka.domain.one_to_ones import Entry, Goal, Mark, Marked, Said, unknown_entry
from voronka.domain.period import Period
from voronka.operations.database import Database
from voronka.operations.tables import ONE_TO_ONE_MARKS, ONE_TO_ONES


class OneToOnes:
    """The one-to-ones of a company; `clock` gives the time in UTC without a zone. Who may read is asked elsewhere."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        """Stand on a database."""
        self._database = database
        self._clock = clock

    def enter(self, said: Said, entered_by: str) -> Entry:
        """Keep what was said and return it."""
        goal, at = said.goal, self._clock()
        row = {
            "kind": said.kind,
            "employee_id": said.employee_id,
            "day": said.day,
            "words": said.words.strip(),
            "is_visible": said.is_visible,
            "due_on": said.due_on,
            "metric": goal.metric if goal else None,
            "target": goal.target if goal else None,
            "starts_on": goal.period.first if goal else None,
            "ends_on": goal.period.last if goal else None,
            "entered_by": entered_by,
            "entered_at": at,
        }
        with self._database.write() as connection:
            made = connection.execute(insert(ONE_TO_ONES).values(row).returning(ONE_TO_ONES.c.entry_id)).scalar_one()
        return self.of_id(int(made))

    def mark(self, entry_id: int, mark: Mark, marked_by: str) -> Entry:
        """Mark an entry and return it as it then is; QuestionError where there is none such."""
        self.of_id(entry_id)
        row = {"entry_id": entry_id, "mark": mark, "marked_by": marked_by, "marked_at": self._clock()}
        with self._database.write() as connection:
            connection.execute(insert(ONE_TO_ONE_MARKS).values(row))
        return self.of_id(entry_id)

    def of_id(self, entry_id: int) -> Entry:
        """Return an entry; QuestionError where there is none such."""
        found = self._entries(ONE_TO_ONES.c.entry_id == entry_id)
        if not found:
            raise unknown_entry(entry_id)
        return found[0]

    def of_person(self, employee_id: str) -> list[Entry]:
        """Return everything that is kept about a person, what was taken back too, the newest first."""
        return self._entries(ONE_TO_ONES.c.employee_id == employee_id)

    def held(self) -> dict[str, list[date]]:
        """Return by person the days of the meetings that stand, the latest first."""
        taken_back = select(ONE_TO_ONE_MARKS.c.entry_id).where(ONE_TO_ONE_MARKS.c.mark == "withdrawn")
        stands = (ONE_TO_ONES.c.kind == "meeting", ONE_TO_ONES.c.entry_id.not_in(taken_back))
        asked = select(ONE_TO_ONES.c.employee_id, ONE_TO_ONES.c.day).where(*stands)
        held: dict[str, list[date]] = {}
        with self._database.read() as connection:
            for employee_id, day in connection.execute(asked.order_by(ONE_TO_ONES.c.day.desc())):
                held.setdefault(employee_id, []).append(day)
        return held

    def _entries(self, condition: Any) -> list[Entry]:  # noqa: ANN401 - a condition of SQLAlchemy's
        entries = select(ONE_TO_ONES).where(condition).order_by(ONE_TO_ONES.c.entry_id.desc())
        marked = select(ONE_TO_ONE_MARKS).join(ONE_TO_ONES).where(condition).order_by(ONE_TO_ONE_MARKS.c.mark_id)
        with self._database.read() as connection:
            rows, marks = connection.execute(entries).all(), connection.execute(marked).all()
        of_entry: dict[int, list[Marked]] = {}
        for each in marks:
            of_entry.setdefault(each.entry_id, []).append(Marked(each.mark, each.marked_by, each.marked_at))
        return [_entry(row, tuple(of_entry.get(row.entry_id, ()))) for row in rows]


def _entry(row: Any, marks: tuple[Marked, ...]) -> Entry:  # noqa: ANN401 - a row of SQLAlchemy's
    goal = Goal(row.metric, row.target, Period(row.starts_on, row.ends_on)) if row.metric else None
    said = Said(
        kind=row.kind,
        employee_id=row.employee_id,
        day=row.day,
        words=row.words,
        is_visible=row.is_visible,
        due_on=row.due_on,
        goal=goal,
    )
    return Entry(row.entry_id, said, row.entered_by, row.entered_at, marks)
