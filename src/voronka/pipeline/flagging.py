"""Finds what is doubtful in rows that load: values, keys that repeat, times out of order, totals that differ."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from voronka.domain.flags import FIRST_ROWS, Flag
from voronka.lake.session import Session, literal, quoted
from voronka.pipeline.call_legs import legs_apart
from voronka.pipeline.grouped_rows import grouped_rows
from voronka.pipeline.judging import TABLE, Judged, Question, judge, summed
from voronka.pipeline.same_days import IF_PARTS, RESTATED, same_days
from voronka.pipeline.taking import TEXTS, VALUES, Incoming
from voronka.transform.import_tables import TYPES
from voronka.transform.mapping import SERVICE
from voronka.transform.readers import NUMERIC, to_local
from voronka.transform.restatements import SUMMED
from voronka.transform.sources import ENTERED
from voronka.transform.suspicions import Kept, suspicions

NO_ROWS = "no_rows"
_ORDERED = (
    ("closed_before_created", "created_at", "closed_at"),
    ("closed_before_created", "created_at", "won_at"),
    ("ended_before_started", "started_at", "ended_at"),
    ("ended_before_started", "starts_at", "ends_at"),
    ("ended_before_started", "starts_on", "ends_on"),
    ("ended_before_started", "valid_from", "valid_to"),
    ("ended_before_started", "hired_on", "left_on"),
    ("answered_before_handed", "handed_at", "accepted_at"),
    ("answered_before_handed", "handed_at", "rejected_at"),
    ("completed_before_created", "created_at", "completed_at"),
)
"""What cannot come before what: the flag, the column of the earlier and that of the later."""
_TELLING = 3
"""Rows from which on a column's being empty says something about the column."""
TOTALS_LOOKED_AT = 50
"""Rows of totals that are held against the rows, the last of them."""
_TOLERANCE = Decimal("0.005")


def judge_with_flags(session: Session, incoming: Incoming) -> tuple[Judged, tuple[Flag, ...]]:
    """Judge the rows in the session; return what came of it, and what is doubtful: the file's own flags first."""
    doubts = suspicions(session, incoming.mapping, Kept(TEXTS, VALUES), incoming.readings, incoming.at)
    asked = [*_questions(incoming), *(Question(each.code, each.message, each.predicate) for each in doubts)]
    judged = judge(session, incoming, asked)
    found = (*incoming.batch.flags, *judged.flags)
    if not incoming.batch.rows:
        is_told = any(flag.code == NO_ROWS for flag in found)
        return judged, found if is_told else (*found, Flag(NO_ROWS, "the file has a header and no rows"))
    return judged, (
        *found,
        *_repeats(session, incoming, judged),
        *same_days(session, incoming),
        *_twins(session, incoming),
        *_empty_columns(session, incoming),
        *grouped_rows(session, incoming),
        *_totals(session, incoming),
        *legs_apart(session, incoming),
    )


def _questions(incoming: Incoming) -> Iterator[Question]:
    mapping = incoming.mapping
    kinds = mapping.stream.table.columns
    for code, first, then in _ORDERED:
        if first in mapping.stream.columns and then in mapping.stream.columns:
            before, after = (f"CAST({mapping.cells[name]} AS TIMESTAMP)" for name in (first, then))
            zone = "UTC" if kinds[then] == "day" else mapping.zones.company
            day_of, day = to_local(before, zone), to_local(after, zone)
            # a day alone is the whole day: what was made at noon may be closed on that day
            is_day = f"date_trunc('day', {day}) = {day} AND CAST({day} AS DATE) = CAST({day_of} AS DATE)"
            theirs = [mapping.stream.columns[name] for name in (first, then)]
            test = f"CASE WHEN {after} < {before} THEN NOT ({is_day}) ELSE false END"
            yield Question(code, f"`{theirs[1]}` lies before `{theirs[0]}`", test)


def _repeats(session: Session, incoming: Incoming, judged: Judged) -> Iterator[Flag]:
    """Yield flags of keys that stand in several rows: the same row again, or another content."""
    if incoming.mapping.source.source == ENTERED:
        return  # what people took back and stated anew in Voronka itself
    if incoming.mapping.key is None:
        again = f"SELECT _row FROM {TABLE} WHERE _reason IS NULL AND contains(_key, '#')"
        said = "the same row stands again, and there is no key: every one of them counts"
        yield from _flagged(session, again, "repeated_row", said)
        return
    if judged.keys == judged.good:
        return
    good = f"SELECT _key, _row FROM {TABLE} WHERE _reason IS NULL"
    repeated = f"SELECT _key FROM ({good}) GROUP BY 1 HAVING count(*) > 1"
    content = ", ".join(quoted(name) for name in incoming.columns)
    session.run(
        f"CREATE OR REPLACE TABLE repeated AS SELECT k._key, _row, hash(({content})) AS content FROM incoming "
        f"JOIN (SELECT * FROM ({good}) WHERE _key IN ({repeated})) AS k USING (_row)"
    )
    again = "SELECT _row FROM repeated QUALIFY row_number() OVER (PARTITION BY _key, content ORDER BY _row) > 1"
    yield from _flagged(session, again, "repeated_row", "the same row stands again: it counts once")
    other = "SELECT _row FROM repeated QUALIFY count(DISTINCT content) OVER (PARTITION BY _key) > 1"
    newest = "the newest by `updated_at`" if "updated_at" in incoming.mapping.stream.columns else "the last of them"
    named = ", ".join(incoming.mapping.stream.key_columns())
    shown = session.value("SELECT _key FROM repeated GROUP BY 1 HAVING count(DISTINCT content) > 1 ORDER BY min(_row)")
    said = f"rows with the same `{named}` (such as {shown}) differ in their content: {newest} counts"
    is_summed = incoming.mapping.stream.into in SUMMED
    said = f"{said}. {IF_PARTS}" if is_summed else said
    yield from _flagged(session, other, RESTATED if is_summed else "duplicate_id", said)
    session.run("DROP TABLE repeated")


def _flagged(session: Session, rows: str, code: str, message: str) -> Iterator[Flag]:
    found = session.rows(f"SELECT count(*) AS n, min(_row, {FIRST_ROWS}) AS first FROM ({rows})")[0]
    if found["n"]:
        yield Flag(code, message, found["n"], tuple(found["first"]))


def _twins(session: Session, incoming: Incoming) -> Iterator[Flag]:
    """Yield a flag for each mapped column that another column of the same name contradicts."""
    headers = incoming.batch.columns
    for theirs in _plain_columns(incoming).values():
        for number in range(2, len(headers) + 1):
            twin = f"{theirs}#{number}"
            if twin not in headers:
                break
            cells = [f"coalesce(trim({quoted(_raw(incoming, name))}), '')" for name in (theirs, twin)]
            rows = f"SELECT _row FROM incoming WHERE _malformed IS NULL AND {cells[0]} <> {cells[1]}"
            said = f"two columns are named `{theirs}` and differ: the first one is taken"
            yield from _flagged(session, rows, "duplicate_header", said)


def _plain_columns(incoming: Incoming) -> dict[str, str]:
    """Return ours: the header in the file, for columns that are no expression."""
    stream = incoming.mapping.stream
    found = {ours: stream.called(theirs, incoming.batch.columns) for ours, theirs in stream.columns.items()}
    return {ours: names[0] for ours, names in found.items() if names and not stream.columns[ours].startswith("=")}


def _raw(incoming: Incoming, header: str) -> str:
    return incoming.columns[incoming.batch.columns.index(header)]


def _empty_columns(session: Session, incoming: Incoming) -> Iterator[Flag]:
    """Yield a flag for each mapped column in which no row that could be split has anything."""
    named = list(dict.fromkeys(_plain_columns(incoming).values()))
    if not named:
        return
    # one filled cell is enough, and nearly always among the first
    filled = [
        f"EXISTS (FROM incoming WHERE trim({quoted(_raw(incoming, name))}) <> '') AS f{n}"
        for n, name in enumerate(named)
    ]
    row = session.rows(f"SELECT {', '.join(filled)}")[0]
    rows = incoming.batch.rows - incoming.batch.malformed
    for number, name in enumerate(named):
        if rows >= _TELLING and not row[f"f{number}"]:
            yield Flag("empty_column", f"the column `{name}` is empty in all rows", rows)


def _totals(session: Session, incoming: Incoming) -> Iterator[Flag]:
    """Yield a flag for each row of totals in the file that is not the sum of rows that load.

    A total is of the rows above it, of those since the total before it, or of all where it stands at the head.
    """
    mapping, asked = incoming.mapping, summed(incoming)
    if not asked:
        return
    before = 0
    for line, values in incoming.batch.totals[-TOTALS_LOOKED_AT:]:
        told = _may_say(session, incoming, values, asked)
        sums = ", ".join(
            f"sum({ours}) FILTER (WHERE _row < {line}) AS {ours}, sum({ours}) AS all_{ours}, "
            f"sum({ours}) FILTER (WHERE _row > {before} AND _row < {line}) AS part_{ours}"
            for ours in asked
        )
        aside = f"(SELECT count(*) FROM {TABLE} WHERE _reason IS NOT NULL AND _row < {line}) AS rows_aside"
        found = session.rows(f"SELECT {sums}, {aside} FROM {TABLE} WHERE _reason IS NULL")[0]
        for ours in asked:
            if told[ours] and not any(_is_sum(each, found, ours) for each in told[ours]):
                made, theirs = _shown(found[ours]), mapping.stream.columns[ours]
                said = f"line {line} says {told[ours][0]} in `{theirs}`; the rows above it make {made}{_without(found)}"
                yield Flag("total_differs", said, 1, (line,))
        before = line


def _may_say(
    session: Session, incoming: Incoming, values: Sequence[str | None], asked: Mapping[str, str]
) -> dict[str, list[Any]]:
    """Return what a row of totals may say in each column: a total may be written otherwise than the rows are."""
    mapping = incoming.mapping
    cells = ", ".join(f"CAST({mapping.cells[ours]} AS {TYPES[reader]}) AS {ours}" for ours, reader in asked.items())
    row, rows = _one_row(incoming, values), []
    for decimal in (None, ".", ","):
        readings = {
            key: replace(x, plain=False, decimal=decimal or x.decimal) if x.reader in NUMERIC else x
            for key, x in incoming.readings.items()
        }
        rows += session.rows(f"SELECT {cells} FROM ({mapping.valued(row, readings)})")
    return {ours: list(dict.fromkeys(each[ours] for each in rows if each[ours] is not None)) for ours in asked}


def _without(found: Mapping[str, Any]) -> str:
    """Return what is to be said of rows that are not in the sum."""
    return f" (without {found['rows_aside']:,} put aside)" if found["rows_aside"] else ""


def _shown(value: object) -> str:
    return "nothing" if value is None else str(value)


def _is_sum(told: Any, found: Mapping[str, Any], ours: str) -> bool:  # noqa: ANN401 - a number of any type
    sums = (Decimal(str(found[name] or 0)) for name in (ours, f"part_{ours}", f"all_{ours}"))
    return any(abs(each - Decimal(str(told))) <= _TOLERANCE for each in sums)


def _one_row(incoming: Incoming, values: Sequence[str | None]) -> str:
    """Return a relation of one raw row with these values."""
    given = [*values, *[None] * len(incoming.columns)][: len(incoming.columns)]
    cells = [
        f"CAST({'NULL' if value is None else literal(value)} AS TEXT) AS {quoted(name)}"
        for name, value in zip(incoming.columns, given, strict=True)
    ]
    service = {name: kind for name, kind in SERVICE.items() if name not in {"_source", "_stream"}}
    empty = ", ".join(f"CAST(NULL AS {kind}) AS {name}" for name, kind in service.items())
    malformed = "CAST(NULL AS TEXT) AS _malformed, CAST(NULL AS TEXT) AS _fault"
    return f"(SELECT {', '.join(cells)}, {empty}, {malformed})"
