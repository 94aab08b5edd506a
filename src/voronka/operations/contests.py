"""Contests of a company, and the metrics that its board shows."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, func, insert, select, update

from voronka.domain.contests import Contest, Kept, Wished
from voronka.domain.errors import QuestionError
from voronka.domain.period import Period
from voronka.operations.database import Database
from voronka.operations.tables import BOARD_METRICS, CONTESTS

MOST_CONTESTS = 200
"""How many contests are kept, those that are over among them."""
MOST_METRICS = 30


class Contests:
    """The contests of a company; `clock` gives the time in UTC without a zone."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        """Stand on a database."""
        self._database = database
        self._clock = clock

    def all(self) -> list[Contest]:
        """Return every contest, those that end last first."""
        order = (CONTESTS.c.last_day.desc(), CONTESTS.c.contest_id.desc())
        with self._database.read() as connection:
            return [_told(row) for row in connection.execute(select(CONTESTS).order_by(*order))]

    def of_id(self, contest_id: int) -> Contest:
        """Return a contest; QuestionError where there is none such."""
        with self._database.read() as connection:
            row = connection.execute(select(CONTESTS).where(CONTESTS.c.contest_id == contest_id)).one_or_none()
        if row is None:
            raise QuestionError(f"no contest has the number {contest_id}", do="It may have been deleted")
        return _told(row)

    def add(self, wished: Wished, made_by: str) -> Contest:
        """Keep a contest and return it; QuestionError where it cannot be held so, and for one too many."""
        now, row = self._clock(), _row(wished.checked())
        with self._database.write() as connection:
            if connection.execute(select(func.count()).select_from(CONTESTS)).scalar_one() >= MOST_CONTESTS:
                raise QuestionError(f"no more than {MOST_CONTESTS} contests are kept", do="Delete an old one first")
            made = insert(CONTESTS).values(**row, made_by=made_by, made_at=now, changed_at=now)
            contest_id = int(connection.execute(made.returning(CONTESTS.c.contest_id)).scalar_one())
        return self.of_id(contest_id)

    def change(self, contest_id: int, wished: Wished) -> Contest:
        """Hold a contest otherwise: what was kept of its end is reckoned anew; errors as those of `add`."""
        self._update(contest_id, **_row(wished.checked()), ended_on=None, result=None)
        return self.of_id(contest_id)

    def end(self, contest_id: int, day: date) -> Contest:
        """End a contest on a day, before its last one."""
        self._update(contest_id, ended_on=day, result=None)
        return self.of_id(contest_id)

    def keep(self, contest: Contest, kept: Kept) -> Contest:
        """Keep how a contest ended, unless that is kept already or it was changed meanwhile; return it as it is now."""
        given = json.dumps({**asdict(kept), "kept_at": kept.kept_at.isoformat()}, ensure_ascii=False)
        same = (CONTESTS.c.contest_id == contest.contest_id, CONTESTS.c.changed_at == contest.changed_at)
        with self._database.write() as connection:
            connection.execute(update(CONTESTS).where(*same, CONTESTS.c.result.is_(None)).values(result=given))
        return self.of_id(contest.contest_id)

    def delete(self, contest_id: int) -> None:
        """Delete a contest with how it ended."""
        with self._database.write() as connection:
            connection.execute(delete(CONTESTS).where(CONTESTS.c.contest_id == contest_id))

    def shown_metrics(self) -> tuple[str, ...]:
        """Return the metrics that somebody chose for the board, in their order; none where nobody did."""
        with self._database.read() as connection:
            found = connection.execute(select(BOARD_METRICS.c.metric).order_by(BOARD_METRICS.c.place)).scalars()
            return tuple(str(name) for name in found)

    def show_metrics(self, names: Sequence[str]) -> None:
        """Show these on the board from now on, in this order; none: those it shows by itself."""
        kept = tuple(dict.fromkeys(names))
        if len(kept) > MOST_METRICS:
            raise QuestionError(f"the board shows {MOST_METRICS} metrics at most", do="Choose fewer")
        with self._database.write() as connection:
            connection.execute(delete(BOARD_METRICS))
            for place, name in enumerate(kept):
                connection.execute(insert(BOARD_METRICS).values(metric=name, place=place))

    def _update(self, contest_id: int, **values: object) -> None:
        self.of_id(contest_id)
        which = CONTESTS.c.contest_id == contest_id
        with self._database.write() as connection:
            connection.execute(update(CONTESTS).where(which).values(**values, changed_at=self._clock()))


def _row(wished: Wished) -> dict[str, object]:
    return {
        "title": wished.title,
        "prize": wished.prize,
        "metric": wished.metric,
        "first_day": wished.period.first,
        "last_day": wished.period.last,
        "between": wished.between,
        "members": json.dumps(wished.members, ensure_ascii=False),
    }


def _told(row: Any) -> Contest:  # noqa: ANN401 - a row of SQLAlchemy's
    period = Period(row.first_day, row.last_day)
    wished = Wished(row.title, row.prize, row.metric, period, row.between, tuple(json.loads(row.members)))
    known = (row.contest_id, wished, row.made_by, row.made_at, row.changed_at)
    return Contest(*known, row.ended_on, _kept(json.loads(row.result)) if row.result else None)


def _kept(given: dict[str, Any]) -> Kept:
    known = (given["values"], given["names"], given["beside"], given["data_version"])
    return Kept(*known, datetime.fromisoformat(given["kept_at"]))
