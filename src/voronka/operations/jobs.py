"""Jobs that processes of their own do, so that pages answer meanwhile: asked, under way, ended, or lost."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import delete, insert, select, update

from voronka.domain.errors import QuestionError, VoronkaError
from voronka.operations.database import Database
from voronka.operations.tables import JOBS

State = Literal["waiting", "running", "done", "failed"]
UNENDED: tuple[State, ...] = ("waiting", "running")
SILENT = timedelta(seconds=45)
"""After how long without a sign of its process a job is taken for lost."""
KEPT = timedelta(days=90)
LOST = {
    "what": "The process that worked on this ended before it was done: the server or the machine was stopped",
    "where": "",
    "do": "Start it again: a load is in whole or not at all, so nothing is in twice",
}
"""What is told of a job that nobody works on any more."""


@dataclass(frozen=True)
class Job:
    """A job: what was asked for, by whom, how far it is, and what came of it; a failed one has what, where, do."""

    job_id: int
    kind: str
    asked: Mapping[str, Any]
    asked_by: str
    asked_at: datetime
    state: State
    seen_at: datetime
    ended_at: datetime | None
    progress: Mapping[str, Any]
    result: Mapping[str, Any]

    @property
    def is_ended(self) -> bool:
        """Say whether nothing more will come of it."""
        return self.state not in UNENDED


class Jobs:
    """The jobs of a company; `clock` gives the time in UTC without a zone."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        """Stand on a database."""
        self._database = database
        self._clock = clock

    def ask(self, kind: str, asked: Mapping[str, Any], asked_by: str) -> Job:
        """Add a job that waits; jobs that ended long ago are forgotten."""
        now = self._clock()
        row = {
            "kind": kind,
            "asked": _text(asked),
            "asked_by": asked_by,
            "asked_at": now,
            "state": "waiting",
            "seen_at": now,
            "progress": "{}",
            "result": "{}",
        }
        with self._database.write() as connection:
            connection.execute(delete(JOBS).where(JOBS.c.ended_at < now - KEPT))
            made = connection.execute(insert(JOBS).values(row).returning(JOBS.c.job_id)).scalar_one()
        return self.of_id(int(made))

    def of_id(self, job_id: int) -> Job:
        """Return a job, one that is lost as failed; QuestionError where none has this number."""
        self._give_up_lost()
        with self._database.read() as connection:
            row = connection.execute(select(JOBS).where(JOBS.c.job_id == job_id)).one_or_none()
        if row is None:
            raise QuestionError(f"there is no job {job_id}")
        return _job(row)

    def unended(self) -> list[Job]:
        """Return the jobs that wait or are under way, oldest first."""
        self._give_up_lost()
        with self._database.read() as connection:
            found = connection.execute(select(JOBS).where(JOBS.c.state.in_(UNENDED)).order_by(JOBS.c.job_id))
            return [_job(row) for row in found]

    def last_of(self, kind: str, upload_id: str) -> Job | None:
        """Return the latest job of a kind about an uploaded file that came to something; None where none did."""
        about = (JOBS.c.kind == kind, JOBS.c.state == "done", JOBS.c.asked.contains(f'"{upload_id}"', autoescape=True))
        with self._database.read() as connection:
            row = connection.execute(select(JOBS).where(*about).order_by(JOBS.c.job_id.desc()).limit(1)).one_or_none()
        return None if row is None else _job(row)

    def begin(self, job_id: int) -> Job:
        """Take a waiting job to work on it; QuestionError where another has it or it has ended."""
        taken = update(JOBS).where(JOBS.c.job_id == job_id, JOBS.c.state == "waiting")
        with self._database.write() as connection:
            count = connection.execute(taken.values(state="running", seen_at=self._clock())).rowcount
        if not count:
            raise QuestionError(f"job {job_id} does not wait for anybody")
        return self.of_id(job_id)

    def tell(self, job_id: int, progress: Mapping[str, Any] | None = None) -> None:
        """Note that a job is being worked on or still waits its turn, and how far it is."""
        values: dict[str, Any] = {"seen_at": self._clock()}
        if progress is not None:
            values["progress"] = _text(progress)
        with self._database.write() as connection:
            connection.execute(update(JOBS).where(JOBS.c.job_id == job_id, JOBS.c.state.in_(UNENDED)).values(values))

    def end(self, job_id: int, result: Mapping[str, Any]) -> None:
        """Note what came of a job."""
        self._end(job_id, "done", result)

    def fail(self, job_id: int, fault: VoronkaError | Mapping[str, str]) -> None:
        """Note why a job came to nothing; of a job that has ended already nothing changes."""
        told = fault if isinstance(fault, Mapping) else {"what": fault.what, "where": fault.where, "do": fault.do}
        self._end(job_id, "failed", told)

    def _end(self, job_id: int, state: State, result: Mapping[str, Any]) -> None:
        ended = update(JOBS).where(JOBS.c.job_id == job_id, JOBS.c.state.in_(UNENDED))
        with self._database.write() as connection:
            connection.execute(ended.values(state=state, result=_text(result), ended_at=self._clock()))

    def _give_up_lost(self) -> None:
        now = self._clock()
        lost = (JOBS.c.state.in_(UNENDED), JOBS.c.seen_at < now - SILENT)
        with self._database.read() as connection:
            if connection.execute(select(JOBS.c.job_id).where(*lost).limit(1)).first() is None:
                return
        with self._database.write() as connection:
            connection.execute(update(JOBS).where(*lost).values(state="failed", result=_text(LOST), ended_at=now))


def _text(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False)


def _job(row: Any) -> Job:  # noqa: ANN401 - a row of SQLAlchemy's
    read = {name: json.loads(getattr(row, name)) for name in ("asked", "progress", "result")}
    plain = (row.asked_by, row.asked_at, row.state, row.seen_at, row.ended_at)
    return Job(row.job_id, row.kind, read["asked"], *plain, read["progress"], read["result"])
