"""Judges the rows in the session, each once: its key, why it cannot be taken if so, and what is asked about it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from voronka.domain.errors import InputError
from voronka.domain.flags import FIRST_ROWS, Flag
from voronka.lake.session import Session
from voronka.pipeline.taking import Incoming
from voronka.transform.import_tables import TYPES

TABLE = "judged"
"""Per row of `incoming`: _row, _key, _reason, _message, is_unknown, an answer to each question, and cells asked for."""
_TELLING = 3
"""Rows from which on all of them being put aside says something about the file."""
_SUMMED = frozenset({"money", "number", "integer", "duration"})


@dataclass(frozen=True)
class Question:
    """Something asked about rows that load: a flag's code and message, and the SQL that is true for a row.

    The SQL is one over what `Incoming.judged` gives.
    """

    code: str
    message: str
    test: str


@dataclass(frozen=True)
class Judged:
    """What came of judging: rows in all, those that load with their different keys, and those aside by reason.

    unknown: rows of which nobody knows what record they are of. reasons: reason, rows, one message of them.
    flags: the questions that are true for some row that loads.
    """

    rows: int
    good: int
    keys: int
    unknown: int
    reasons: tuple[tuple[str, int, str], ...]
    flags: tuple[Flag, ...]

    @property
    def aside(self) -> int:
        """Return how many rows cannot be taken."""
        return self.rows - self.good


def judge(session: Session, incoming: Incoming, questions: Iterable[Question] = ()) -> Judged:
    """Judge all rows and keep what came of it in the session as TABLE, until the next rows are judged."""
    asked = list(questions)
    answers = [f"coalesce({each.test}, false) AS q{number}" for number, each in enumerate(asked)]
    cells = [
        f"CAST({incoming.mapping.cells[ours]} AS {TYPES[reader]}) AS {ours}"
        for ours, reader in summed(incoming).items()
    ]
    unknown = "_key IS NULL OR _malformed IS NOT NULL AS is_unknown"
    named = ", ".join(["_row", "_key", "_reason", "_message", unknown, *answers, *cells])
    session.run(f"CREATE OR REPLACE TABLE {TABLE} AS SELECT {named} FROM ({incoming.judged()})")
    found = session.rows(
        "SELECT _reason AS reason, count(*) AS n, count(*) FILTER (WHERE is_unknown) AS unknown, "
        f"any_value(_message) AS message FROM {TABLE} GROUP BY 1 ORDER BY n DESC, reason"
    )
    return Judged(
        sum(row["n"] for row in found),
        sum(row["n"] for row in found if row["reason"] is None),
        session.value(f"SELECT count(DISTINCT _key) FROM {TABLE} WHERE _reason IS NULL"),
        sum(row["unknown"] for row in found),
        tuple((row["reason"], row["n"], row["message"]) for row in found if row["reason"] is not None),
        tuple(_flags(session, asked)) if asked else (),
    )


def refuse_all_aside(session: Session, incoming: Incoming, judged: Judged) -> None:
    """Raise InputError where no row can be taken, and all for one cause: then it is the file or its mapping.

    A row or two tell nothing of that sort, and rows that fail each in its own way are mended one by one.
    """
    if judged.good or judged.rows < _TELLING or len(judged.reasons) > 1:
        return
    causes = session.value(f"SELECT count(DISTINCT split_part(_message, ': ', 1)) FROM {TABLE}")
    if causes == 1:
        cause = _cause(judged.rows, judged.reasons[0][2])
        advice = "Look whether this is the right column; if it is, mend it at the source and export it anew"
        raise InputError(cause, where=incoming.file.name, do=advice)


def _cause(rows: int, message: str) -> str:
    """Return why no row loads: by column, fault and value, where a row's message has all three."""
    column, what, value = (*message.split(": ", 2), "", "")[:3]
    if not value:
        return f"none of the {rows:,} rows can be loaded ({message})"
    return f"none of the {rows:,} rows can be loaded, as `{column}` is read in none ({what}, such as {value})"


def forget_judged(session: Session) -> None:
    """Drop what `judge` keeps."""
    session.run(f"DROP TABLE IF EXISTS {TABLE}")


def summed(incoming: Incoming) -> Mapping[str, str]:
    """Return the columns of ours that totals of the file can be compared with, and their readers; {} without totals."""
    stream = incoming.mapping.stream
    kinds = stream.table.columns
    if not incoming.batch.totals:
        return {}
    return {
        ours: kinds[ours] for ours, theirs in stream.columns.items() if kinds[ours] in _SUMMED and theirs[:1] != "="
    }


def rows_aside(session: Session, incoming: Incoming, most: int) -> tuple[Mapping[str, Any], ...]:
    """Return the first rows that cannot be taken, in the order of the file: row, key, reason, message.

    The key is the source's own; None where there is none, or the row could not be split.
    """
    key = "NULL" if incoming.mapping.key is None else "_key"
    named = f"_row AS row, {key} AS key, _reason AS reason, _message AS message"
    rows = f"SELECT {named} FROM {TABLE} WHERE _reason IS NOT NULL ORDER BY _row LIMIT {most}"
    return tuple(session.rows(rows))


def _flags(session: Session, asked: list[Question]) -> Iterable[Flag]:
    counts = [
        f"count(*) FILTER (WHERE q{number}) AS n{number}, min(_row, {FIRST_ROWS}) FILTER (WHERE q{number}) AS r{number}"
        for number in range(len(asked))
    ]
    row = session.rows(f"SELECT {', '.join(counts)} FROM {TABLE} WHERE _reason IS NULL")[0]
    for number, each in enumerate(asked):
        if row[f"n{number}"]:
            yield Flag(each.code, each.message, row[f"n{number}"], tuple(row[f"r{number}"] or ()))
