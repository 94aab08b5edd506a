"""Reads the event log of any process from a file: cases, what happened to them and when; nothing is kept of it."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from shlex import quote

import numpy as np

from voronka.analyses.event_log import EventLog
from voronka.domain.errors import InputError, QuestionError, SettingsError, did_you_mean
from voronka.domain.flags import Flag
from voronka.lake.raw import header_of
from voronka.lake.session import Session
from voronka.pipeline.taking import TEXTS, VALUES, Incoming, Target, decided, forget, read_options, take
from voronka.pipeline.workplace import Workplace
from voronka.settings import known_zone
from voronka.transform.header_names import header_names
from voronka.transform.sources import Read, Source, Stream
from voronka.transform.suspicions import Kept, Suspicion, suspicions

SOURCE, STREAM = "log", "events"
OPTIONS = {"case_id": "--case", "activity": "--activity", "happened_at": "--time"}
"""What a column of ours is called by where a log is asked for."""
NO_CASE, NO_ACTIVITY, NO_TIME = "no_case", "no_activity", "no_time"
"""Why a row is no event, beside what is wrong with its shape (domain/faults.py) and times that cannot be read."""
NO_VALUE = "no value in "
"""What is said of a row without one of the three, before the column's name."""
_TABLE = "log_rows"


@dataclass(frozen=True)
class LogWish:
    """A file and its columns, '' for one that is not named.

    `time_zone` is that of times that bear none: the company's where it is None.
    """

    path: Path
    case: str
    activity: str
    time: str
    time_zone: str | None = None
    sheet: str | None = None

    def columns(self) -> dict[str, str]:
        """Return the file's columns by what they are to us."""
        return {"case_id": self.case, "activity": self.activity, "happened_at": self.time}


@dataclass(frozen=True)
class ForeignLog:
    """The events of a file; `rows` are all that it holds, `aside` those that are no event.

    aside: reason, rows, the message of the first of them. reading, decided: how the file and its times were read, for
    people.
    """

    log: EventLog
    rows: int
    aside: tuple[tuple[str, int, str], ...]
    reading: Mapping[str, str]
    decided: Mapping[str, str]
    flags: tuple[Flag, ...]

    @property
    def rows_aside(self) -> int:
        """Return how many rows are no event."""
        return sum(rows for _, rows, _ in self.aside)


def read_foreign_log(work: Workplace, wish: LogWish) -> ForeignLog:
    """Return the events of a file, cases and steps in the order in which it names them first.

    Events of one case and time stand as in the file. InputError where the file cannot be read, has not these columns,
    or holds no event; QuestionError where a column is not named; SettingsError where there is no such time zone.
    """
    columns = {ours: theirs for ours, theirs in wish.columns().items() if theirs}
    zone = None if wish.time_zone is None else _zone(wish.time_zone)
    stream = Stream(
        path="-", into=STREAM, key=wish.case or "auto", columns=columns, read=Read(time_zone=zone), sheet=wish.sheet
    )
    if not wish.path.is_file():
        what = "this is a folder" if wish.path.is_dir() else "there is no such file"
        raise InputError(what, where=str(wish.path), do="Name the file of an event log")
    file = work.files.find(str(wish.path.absolute()))[0]
    with tempfile.TemporaryDirectory(prefix="voronka-") as folder:
        batch = work.files.read(file, read_options(stream), Path(folder))
        _refuse_unknown(wish, stream, [header_of(column) for column in batch.columns])
        source = Source(source=SOURCE, streams={STREAM: stream})
        target = Target(source, STREAM, work.settings.time_zone, "", work.clock())
        try:
            # in a form in which many records may stand on one line, rows have numbers of their own
            incoming = take(work.session, batch, target, renumber=batch.reading["kind"] == "jsonl")
            return _taken(work.session, incoming)
        finally:
            for name in (_TABLE, f"{_TABLE}_cases", f"{_TABLE}_steps"):
                work.session.run(f"DROP TABLE IF EXISTS {name}")
            forget(work.session)


def _refuse_unknown(wish: LogWish, stream: Stream, headers: Sequence[str]) -> None:
    """Refuse a wish that leaves a column out or names one that the file has not, with those that it has."""
    lacking = [ours for ours, theirs in wish.columns().items() if not theirs]
    if lacking:
        raise QuestionError(f"--log needs {', '.join(OPTIONS[ours] for ours in lacking)}", do=_named(lacking, headers))
    for ours, theirs in wish.columns().items():
        if not theirs.startswith("=") and not stream.called(theirs, headers):
            raise InputError(
                f"the file has no column `{theirs}`",
                where=wish.path.name,
                do=did_you_mean(theirs, headers) or _named([ours], headers),
            )


def _named(lacking: Sequence[str], headers: Sequence[str]) -> str:
    """Return what to name columns by: ready to be written where their names are known ones, else all there are."""
    found = {ours: header for header in reversed(headers) for ours in _meant(header)}
    if all(ours in found for ours in lacking):
        return f"Name them, such as {' '.join(f'{OPTIONS[ours]} {quote(found[ours])}' for ours in lacking)}"
    return f"Name the columns of the file: {', '.join(header for header in headers if header)}"


def _meant(header: str) -> list[str]:
    return [match.ours for match in header_names()[STREAM].exact(header)[:1]]


def _zone(name: str) -> str:
    try:
        return known_zone(name)
    except ValueError as fault:
        raise SettingsError(str(fault), where="--time-zone") from fault


def _taken(session: Session, incoming: Incoming) -> ForeignLog:
    cells = incoming.mapping.cells
    asked = suspicions(session, incoming.mapping, Kept(TEXTS, VALUES), incoming.readings, incoming.at)
    doubts = "".join(f", coalesce({each.predicate}, false) AS q{number}" for number, each in enumerate(asked))
    session.run(
        f"CREATE OR REPLACE TABLE {_TABLE} AS SELECT *, CASE WHEN _reason = 'missing_key' THEN '{NO_CASE}' "
        f"WHEN _reason IS NOT NULL THEN _reason WHEN case_id IS NULL THEN '{NO_CASE}' "
        f"WHEN activity IS NULL THEN '{NO_ACTIVITY}' WHEN happened IS NULL THEN '{NO_TIME}' END AS aside "
        f"FROM (SELECT {cells['case_id']} AS case_id, {cells['activity']} AS activity, "
        f"epoch_us({cells['happened_at']}) AS happened, _row, _reason, _message{doubts} FROM ({incoming.judged()}))"
    )
    aside = _aside(session, incoming)
    if not session.value(f"SELECT count(*) FROM {_TABLE} WHERE aside IS NULL"):
        said = "; ".join(f"{reason} {rows:,}, such as {message}" for reason, rows, message in aside)
        raise InputError(
            f"no row is an event ({said})" if said else "the table has no rows",
            where=incoming.file.name,
            do="Check --case, --activity and --time, and look into the file",
        )
    batch = incoming.batch
    flags = (*batch.flags, *_flags(session, asked))
    return ForeignLog(_event_log(session), batch.rows, aside, batch.reading, decided(incoming), flags)


def _flags(session: Session, asked: Sequence[Suspicion]) -> Iterator[Flag]:
    """Yield what is doubtful about the rows that are events."""
    counts = ", ".join(f"count(*) FILTER (WHERE q{number}) AS q{number}" for number in range(len(asked)))
    found = session.rows(f"SELECT {counts} FROM {_TABLE} WHERE aside IS NULL")[0] if asked else {}
    for number, each in enumerate(asked):
        if found[f"q{number}"]:
            yield Flag(each.code, each.message, found[f"q{number}"])


def _aside(session: Session, incoming: Incoming) -> tuple[tuple[str, int, str], ...]:
    found = session.rows(
        "SELECT aside, count(*) AS n, min_by(_message, _row) AS message, min(_row) AS first "
        f"FROM {_TABLE} WHERE aside IS NOT NULL GROUP BY aside ORDER BY n DESC, aside"
    )
    columns = incoming.mapping.stream.columns
    empty = {NO_CASE: "case_id", NO_ACTIVITY: "activity", NO_TIME: "happened_at"}
    return tuple(
        (
            row["aside"],
            row["n"],
            f"row {row['first']}: "
            + (f"{NO_VALUE}{columns[empty[row['aside']]]}" if row["aside"] in empty else row["message"]),
        )
        for row in found
    )


def _event_log(session: Session) -> EventLog:
    for name, column in (("cases", "case_id"), ("steps", "activity")):
        session.run(
            f"CREATE OR REPLACE TABLE {_TABLE}_{name} AS SELECT {column} AS name, count(*) AS events, "
            f"row_number() OVER (ORDER BY min(_row)) - 1 AS number FROM {_TABLE} WHERE aside IS NULL GROUP BY {column}"
        )
    events = session.arrow(
        f"SELECT steps.number AS step, happened FROM {_TABLE} JOIN {_TABLE}_cases AS cases ON cases.name = case_id "
        f"JOIN {_TABLE}_steps AS steps ON steps.name = activity WHERE aside IS NULL "
        "ORDER BY cases.number, happened, _row"
    )
    cases = session.arrow(f"SELECT name, events FROM {_TABLE}_cases ORDER BY number")
    steps = session.arrow(f"SELECT name FROM {_TABLE}_steps ORDER BY number")
    return EventLog(
        cases=list(cases.column("name").to_pylist()),
        steps=list(steps.column("name").to_pylist()),
        first=np.concatenate(([0], np.cumsum(cases.column("events").to_numpy()))),
        step=events.column("step").to_numpy(),
        at=events.column("happened").to_numpy(),
    )
