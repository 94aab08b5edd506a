"""Compares what comes in with the stream's last load: columns gone, new or emptied, and a stream without rows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from voronka.domain.errors import did_you_mean
from voronka.domain.flags import Flag
from voronka.lake.ledger import Load
from voronka.lake.raw import find_header
from voronka.lake.session import Session, quoted
from voronka.pipeline.taking import Incoming

STREAM_EMPTIED = "stream_emptied"
_BY_CHANCE = 0.01
"""A column is said to be emptied where its being empty would come by chance more rarely than this."""


@dataclass(frozen=True)
class Shape:
    """What a load held: its rows, and in how many of them each column had anything."""

    rows: int
    filled: Mapping[str, int]


def last_with_rows(loads: Sequence[Load]) -> Load | None:
    """Return the last load that counts and had rows, None where there is none; `loads` are those of one stream.

    Rows that were mended are no load of their own kind: they tell neither the columns nor what is gone.
    """
    return next((load for load in reversed(loads) if load.is_active and load.rows_read and not load.mends), None)


def shape_of(session: Session, incoming: Incoming) -> Shape:
    """Return the shape of what is in the session; rows that could not be split are left out."""
    names = zip(incoming.batch.columns, incoming.columns, strict=True)
    counts = {header: f"count(nullif({quoted(column)}, ''))" for header, column in names}
    cells = ", ".join(f"{sql} AS n{number}" for number, sql in enumerate(counts.values()))
    found = session.rows(f"SELECT count(*) AS n, {cells} FROM incoming WHERE _malformed IS NULL")[0]
    return Shape(found["n"], {header: found[f"n{number}"] for number, header in enumerate(counts)})


def drift(shape: Shape, last: Load | None, renamed: Mapping[str, Sequence[str]] | None = None) -> Iterator[Flag]:
    """Yield what is otherwise than in the stream's last load with rows; nothing where that is not known.

    `renamed` are names that a column was given later, by the one that the mapping has.
    """
    if last is None:
        return
    if not shape.rows:
        said = f"the stream had {last.rows_read:,} rows in its last load and has none now: nothing is deleted for it"
        yield Flag(STREAM_EMPTIED, said)
    if not last.columns:
        return
    now, before = [*shape.filled], [*last.columns]
    alike = [{name, *names} for name, names in (renamed or {}).items()]
    new = [header for header in now if _found(header, before, alike) is None]
    for header in before:
        found = _found(header, now, alike)
        if found is None:
            hint = did_you_mean(header, new) if new else ""
            yield Flag("column_missing", f"the column `{header}` of the last load is not there. {hint}".strip())
        elif _is_emptied(last.columns[header], last.rows_read, shape.filled[found], shape.rows):
            said = f"the column `{found}` is empty; in the last load {last.columns[header]:,} rows had it"
            yield Flag("column_emptied", said, shape.rows)
    for header in new:
        yield Flag("column_new", f"the column `{header}` is new", shape.filled[header])


def _found(header: str, headers: Sequence[str], alike: Sequence[set[str]]) -> str | None:
    """Return what a column is called among these headers: its own name, or another that it is known under."""
    others = (name for names in alike if header in names for name in sorted(names - {header}))
    return next((found for name in (header, *others) if (found := find_header(name, headers)) is not None), None)


def _is_emptied(filled_before: int, rows_before: int, filled: int, rows: int) -> bool:
    if filled or not filled_before or not rows or not rows_before:
        return False
    return (1 - min(1.0, filled_before / rows_before)) ** rows < _BY_CHANCE
