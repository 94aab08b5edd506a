"""Finds whose records a file's ids name: those that no table of their own source knows, and another source's do."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from voronka.domain.errors import VoronkaError
from voronka.domain.flags import FIRST_ROWS, Flag
from voronka.lake.raw import SERVICE, header_of, raw_table
from voronka.lake.session import literal
from voronka.pipeline.taking import VALUES, Incoming
from voronka.pipeline.workplace import Workplace
from voronka.transform.import_tables import ImportTable, import_tables
from voronka.transform.mapping import compile_mapping
from voronka.transform.references import REFERENCES
from voronka.transform.sources import ENTERED, Source

IDS_OF_ANOTHER = "ids_of_another"
_NAMED: Mapping[str, str] = {
    **{ids: each.own_stage for each in REFERENCES for ids, _ in each.pairs},
    "deal_id": "stg_deals",
    "lead_id": "stg_leads",
}
"""The staging table of the records that a column of ids names."""
_LEAST, _NEARLY_ALL = 2, 0.8
"""From so many different ids on, and this share of them, they are said to be those of another source's records."""
_MOST_HELD = 3_000_000
"""Rows of a stream past which it is not read only to look for ids."""
_MINE = "ids_named"


@dataclass(frozen=True)
class Named:
    """What a column of ids names: how many different ones it has, and how many of them each id space knows.

    `into` is the import table of the records named; `is_own`: they are the rows of the file themselves.
    """

    column: str
    into: str
    ids: int
    known: Mapping[str, int]
    rows: int
    first_rows: tuple[int, ...]
    is_own: bool = False

    def space(self, own: str) -> str:
        """Return the one id space that knows nearly all of them where `own` knows none; '' where there is none."""
        found = [space for space, ids in self.known.items() if ids >= max(_LEAST, _NEARLY_ALL * self.ids)]
        return found[0] if len(found) == 1 and not self.known.get(own) else ""

    def shown(self, sources: Mapping[str, Source]) -> dict[str, Any] | None:
        """Return it as plain values, with the sources whose records these are; None where they are of no one's."""
        space = "" if self.is_own else self.space("")
        if not space:
            return None
        told = {"column": self.column, "into": self.into, "ids": self.ids, "known": self.known[space]}
        return told | {"sources": [name for name, source in sources.items() if source.space == space]}


def named(work: Workplace, incoming: Incoming, *, is_new: bool = False) -> tuple[Named, ...]:
    """Return what each column of ids of the rows in the session names, where a table of such records is loaded.

    `is_new`: the rows are of no source yet, so that the file's own ids matter too; else only what others hold does.
    """
    mapping = incoming.mapping
    own = mapping.stream.table
    if mapping.source.source == ENTERED:
        return ()
    stages = {ours: _NAMED.get(ours) for ours, kind in own.columns.items() if kind == "id" and ours in mapping.cells}
    found = [
        _named(work, incoming, ours, own if ours == own.key else _table_of(stage), is_new=is_new)
        for ours, stage in stages.items()
        if (is_new if ours == own.key else stage is not None)
    ]
    return tuple(each for each in found if each is not None)


def flags_of_others(found: Sequence[Named], source: Source) -> Iterator[Flag]:
    """Yield a flag for each column whose ids are those of records of another source than the file's."""
    for each in found:
        space = "" if each.is_own else each.space(source.space)
        if space:
            said = (
                f"none of the {each.ids} ids in `{each.column}` is known in `{source.space}`, and {each.known[space]} "
                f"of them are {each.into} of `{space}`: these rows join nothing. If they are the same, load the file "
                f"as a table of {space}, or write `id_space: {space}` into sources/{source.source}.yml"
            )
            yield Flag(IDS_OF_ANOTHER, said, each.rows, each.first_rows)


def source_of(found: Sequence[Named], usual: str, sources: Mapping[str, Source]) -> str:
    """Return the source that a new table is best put to: `usual`, or the one whose records its ids name.

    Another one only where all columns that tell anything name that one, and none of the file's own ids is taken there.
    """
    own = sources[usual].space if usual in sources else usual
    spaces = {each.space(own) for each in found if not each.is_own and any(each.known.values())}
    (space,) = spaces if len(spaces) == 1 else ("",)
    is_taken = any(each.known.get(space) for each in found if each.is_own)
    fitting = [name for name, source in sources.items() if source.space == space]
    if not space or is_taken or not fitting:
        return usual
    return space if space in fitting else fitting[0]


def _table_of(stage: str | None) -> ImportTable:
    return next(table for table in import_tables().values() if table.stage == stage)


def _named(work: Workplace, incoming: Incoming, ours: str, table: ImportTable, *, is_new: bool) -> Named | None:
    """Return what one column names, None where there is nothing to tell of or the column is empty."""
    mapping, session = incoming.mapping, work.session
    held = list(_held(work, table))
    if not held or (not is_new and {space for space, _ in held} == {mapping.source.space}):
        return None
    text = f"substr({mapping.cells[ours]}, {len(mapping.own_space(ours)) + 1})"
    session.run(
        f"CREATE OR REPLACE TABLE {_MINE} AS SELECT {text} AS id, _row FROM {VALUES} "
        f"WHERE _malformed IS NULL AND {text} <> ''"
    )
    spaces = sorted({space for space, _ in held})
    counts = ", ".join(
        f"count(DISTINCT id) FILTER (id IN ({' UNION ALL '.join(sql for each, sql in held if each == space)})) AS n{at}"
        for at, space in enumerate(spaces)
    )
    row = session.rows(
        f"SELECT count(DISTINCT id) AS ids, count(*) AS n, min(_row, {FIRST_ROWS}) AS first, {counts} FROM {_MINE}"
    )[0]
    session.run(f"DROP TABLE {_MINE}")
    if not row["ids"]:
        return None
    known = {space: row[f"n{at}"] for at, space in enumerate(spaces)}
    column = mapping.stream.columns.get(ours, ours)
    is_own = ours == mapping.stream.table.key
    return Named(column, table.name, row["ids"], known, row["n"], tuple(row["first"]), is_own)


def _held(work: Workplace, table: ImportTable) -> Iterator[tuple[str, str]]:
    """Yield the id space of each stream of such records that has rows, and the SELECT of their ids without it."""
    active = [load for load in work.ledger.loads() if load.is_active]
    for source in work.sources.values():
        for name, stream in source.streams.items():
            rows = sum(load.rows_read for load in active if (load.source, load.stream) == (source.source, name))
            is_such = (stream.table.stage, stream.table.kind) == (table.stage, table.kind)
            if source.source != ENTERED and is_such and 0 < rows <= _MOST_HELD:
                ids = _ids(work, source, name)
                if ids:
                    yield source.space, ids


def _ids(work: Workplace, source: Source, name: str) -> str:
    """Return the SELECT of the ids of a stream's records, without their space; '' where it has none of its own."""
    files = work.store.read(raw_table(source.source, name))
    if files is None:
        return ""
    try:
        headers = [header_of(column) for column, _ in files.columns if column not in SERVICE]
        mapping = compile_mapping(source, name, headers, work.settings.time_zone)
    except VoronkaError:  # the other stream's own trouble: its import says so
        return ""
    key = mapping.stream.table.key or ""
    if key not in mapping.cells or mapping.stream.columns.get(key, "").startswith("="):
        return ""
    held = f"ids_{source.source}_{name}"
    work.session.register(held, files)
    loads = ", ".join(
        literal(load.load_id)
        for load in work.ledger.loads()
        if load.is_active and (load.source, load.stream) == (source.source, name)
    )
    rows = f"(SELECT * FROM {held} WHERE _load_id IN ({loads}) AND NOT _deleted)"
    return (
        f"SELECT substr({mapping.cells[key]}, {len(mapping.own_space(key)) + 1}) AS id "
        f"FROM ({mapping.with_texts(rows)}) WHERE {mapping.cells[key]} IS NOT NULL"
    )
