"""Compares rows about to be loaded with those that their stream has: new, changed, the same, older, or of others."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date
from zoneinfo import ZoneInfo

from voronka.domain.errors import VoronkaError
from voronka.domain.flags import FIRST_ROWS, Flag
from voronka.lake.ledger import SUPERSEDED, UNDONE, Load
from voronka.lake.raw import SERVICE, header_of, raw_table
from voronka.lake.session import literal
from voronka.pipeline.judging import TABLE
from voronka.pipeline.taking import TEXTS, Incoming
from voronka.pipeline.workplace import Workplace
from voronka.transform.mapping import StagingSelect, compile_mapping
from voronka.transform.readers import Reading, read, to_local, typed_text
from voronka.transform.readings import decide

ALREADY_LOADED, ALREADY_UNDONE, KEY_REUSED = "already_loaded", "already_undone", "key_reused"
OLDER_EXPORT, OLDER_ROWS = "older_export", "older_rows"
IDS_RESPELLED = "ids_respelled"
_BORN = ("created_at", "started_at", "happened_at", "paid_at", "changed_at", "day")
"""When a record came to be, the first that is mapped: a later export may correct all of it but hardly this."""
_FEW, _MANY = 3, 0.5
"""From so many rows on, and this share of those whose key is known, keys are said to be of other records."""
_SHIFT = 14 * 3600
"""Seconds that an export in another zone may shift the times of the same records by."""
_MOST_HELD = 3_000_000
"""Rows of a stream past which it is not read only to compare."""
_HELD, _MET = "held_before", "compared"
_CHANGING = frozenset({"leads", "deals", "activities", "tasks", "meetings", "accounts", "contacts"})
"""Tables whose records go on changing, so that an older export says what is true no more."""
_PAST = (
    "created_at",
    "closed_at",
    "qualified_at",
    "handed_at",
    "accepted_at",
    "rejected_at",
    "completed_at",
    "happened_at",
)
"""Times that lie behind an export: the newest of them is about as old as it."""
_LAST_LOADS = 20
"""Loads whose newest time is looked for, the last of them."""


@dataclass(frozen=True)
class Comparison:
    """Records that a load would bring: new ones, those it changes, and those that stay as they are.

    A record stays where the stream has the same of it, or something newer by `updated_at`.
    """

    new: int
    updated: int
    unchanged: int

    def shown(self) -> dict[str, int]:
        """Return it as plain values."""
        return {"new": self.new, "updated": self.updated, "unchanged": self.unchanged}


def loaded_before(loads: Sequence[Load], sha256: str, zone: str) -> Iterator[Flag]:
    """Yield a flag where a file with this hash is among these loads already: where, and since when in the zone."""
    same = [load for load in loads if load.state != SUPERSEDED and sha256 in {file.sha256 for file in load.files}]
    if not same:
        return
    load = next((each for each in same if each.is_active), same[-1])
    at = (load.loaded_at or load.at).replace(tzinfo=UTC).astimezone(ZoneInfo(zone))
    since = f"{at:%Y-%m-%dT%H:%M:%S}"
    where = f"{load.source}.{load.stream}"
    if load.state == UNDONE:
        yield Flag(
            ALREADY_UNDONE, f"this file was loaded into `{where}` and undone, since {since}: bring that load back"
        )
    else:
        yield Flag(ALREADY_LOADED, f"this file is in `{where}` already, since {since}")


def compare(work: Workplace, incoming: Incoming, loads: Sequence[Load]) -> tuple[Comparison | None, tuple[Flag, ...]]:
    """Return how the judged rows in the session stand to those of their stream's loads, with what is doubtful.

    None where the stream has no rows yet, or too many to be read for that.
    """
    mapping = incoming.mapping
    active = [load for load in loads if load.is_active]
    held = sum(load.rows_read for load in active)
    files = work.store.read(raw_table(mapping.source.source, mapping.stream_name)) if 0 < held <= _MOST_HELD else None
    if files is None:
        return None, ()
    work.session.register(_HELD, files)
    try:
        _meet(work, incoming, active)
        row = work.session.rows(
            f"SELECT count(*) AS n, count(*) FILTER (is_met) AS met, count(*) FILTER (is_same OR is_older) AS same "
            f"FROM {_MET}"
        )[0]
        changed = row["met"] - row["same"]
        older = (*_older(work, incoming, active, changed), *_older_rows(work, incoming))
        respelled = _respelled(work, incoming, active) if row["n"] > row["met"] else ()
        return (
            Comparison(row["n"] - row["met"], changed, row["same"]),
            (*_reused(work, incoming, row["met"]), *older, *respelled),
        )
    finally:
        work.session.run(f"DROP TABLE IF EXISTS {_MET}")
        work.session.run(f"DROP VIEW IF EXISTS {_HELD}")


def _meet(work: Workplace, incoming: Incoming, loads: Sequence[Load]) -> None:
    """Keep in the session, per key that loads, whether the stream has it, with the same texts, or something newer."""
    mapping, texts = incoming.mapping, [*incoming.mapping.texts]
    held = _of_both(work, incoming)
    listed = "".join(f", x.{name} AS {name}" for name in texts)
    changed = _changed(mapping, [(incoming.readings, ())])
    now = _newest_of_each(
        f"SELECT j._key AS k, x._row AS _row, x._received_at AS came_at, {changed} AS u{listed} "
        f"FROM {TEXTS} AS x "
        f"JOIN (SELECT _row, _key FROM {TABLE} WHERE _reason IS NULL) AS j USING (_row)"
    )
    key = mapping.key or "_key"
    known = [({name: Reading.from_dict(x) for name, x in load.readings.items()}, (load.load_id,)) for load in loads]
    before = _newest_of_each(
        f"SELECT {key} AS k, x._row AS _row, x._received_at AS came_at, {_changed(mapping, known)} AS u{listed} "
        f"FROM ({held.with_texts(_held([load.load_id for load in loads]))}) AS x "
        f"WHERE {key} IN (SELECT _key FROM {TABLE} WHERE _reason IS NULL)"
    )
    same = " AND ".join(f"n.{name} IS NOT DISTINCT FROM b.{name}" for name in texts) or "true"
    others = [name for name in texts if name not in _key_texts(incoming)]
    apart = " AND ".join(f"n.{name} IS DISTINCT FROM b.{name}" for name in others) or "false"
    pairs = "".join(f", n.{name} AS {name}, b.{name} AS b{name}" for name in texts)
    met = "b.k IS NOT NULL"
    older = f"{met} AND NOT ({same}) AND coalesce(b.u > n.u, b.u IS NOT NULL)"
    told = f"{met} AS is_met, {met} AND {same} AS is_same, {met} AND {apart} AS is_apart, {older} AS is_older{pairs}"
    work.session.run(
        f"CREATE OR REPLACE TABLE {_MET} AS "
        f"SELECT n._row AS _row, n.u AS u, b.u AS bu, {told} FROM ({now}) AS n LEFT JOIN ({before}) AS b USING (k)"
    )


def _newest_of_each(versions: str) -> str:
    """Return the SELECT of the version of each key that counts."""
    order = "ORDER BY u DESC NULLS LAST, came_at DESC, _row DESC"
    return f"SELECT * FROM ({versions}) QUALIFY row_number() OVER (PARTITION BY k {order}) = 1"


def _of_both(work: Workplace, incoming: Incoming) -> StagingSelect:
    """Return the mapping over the columns of the file and of the rows held: some may have been called otherwise."""
    mapping = incoming.mapping
    names = {name.casefold(): name for name in (*incoming.columns, *work.session.columns(_HELD))}
    headers = [header_of(name) for name in names.values() if name not in SERVICE]
    try:
        both = compile_mapping(mapping.source, mapping.stream_name, headers, mapping.zones.company)
    except VoronkaError:  # two of them are spelled so alike that neither is meant
        return mapping
    return both if [*both.texts] == [*mapping.texts] and both.key == mapping.key else mapping


def _changed(mapping: StagingSelect, read_as: Iterable[tuple[Mapping[str, Reading], tuple[str, ...]]]) -> str:
    """Return the SQL of when a record was changed, each load's rows (of all: no load) read as they were decided.

    NULL where nothing tells, or a full snapshot counts whatever it tells.
    """
    need = mapping.need_of("updated_at")
    if need is None or mapping.stream.snapshot == "full":
        return "CAST(NULL AS TIMESTAMP)"
    loads: dict[str, list[str]] = {}
    for readings, names in read_as:
        if need.key in readings:
            given = typed_text(f"x.{need.text}", readings[need.key])
            value = f"CAST({read(readings[need.key], given, mapping.zones.company)} AS TIMESTAMP)"
            loads.setdefault(value, []).extend(names)
    cases = [f"WHEN x._load_id IN ({', '.join(map(literal, names))}) THEN {sql}" for sql, names in loads.items()]
    return (
        next(iter(loads)) if len(loads) == 1 else f"CASE {' '.join(cases)} END" if cases else "CAST(NULL AS TIMESTAMP)"
    )


def _respelled(work: Workplace, incoming: Incoming, loads: Sequence[Load]) -> Iterator[Flag]:
    """Yield a flag where new ids are those of loaded records but for the zeros in front: they would count twice."""
    mapping = incoming.mapping
    if mapping.key is None or len(mapping.stream.key_columns()) != 1:
        return
    held = _of_both(work, incoming).with_texts(_held([load.load_id for load in loads]))
    digits, bare = "regexp_full_match(k, '[0-9]+')", "ltrim(k, '0')"
    found = work.session.rows(
        f"WITH held AS (SELECT DISTINCT {mapping.key} AS k FROM ({held})), "
        f"new AS (SELECT _row, _key AS k FROM {TABLE} WHERE _reason IS NULL AND _key NOT IN "
        "(SELECT k FROM held WHERE k IS NOT NULL)) "
        f"SELECT count(*) AS n, min(_row, {FIRST_ROWS}) AS first FROM new "
        f"WHERE {digits} AND {bare} IN (SELECT {bare} FROM held WHERE {digits})"
    )[0]
    if found["n"]:
        said = (
            f"`{mapping.stream.key_columns()[0]}`: but for zeros in front these are ids of loaded records: they count "
            "as others, once more. Export the ids as they were"
        )
        yield Flag(IDS_RESPELLED, said, found["n"], tuple(found["first"]))


def _older_rows(work: Workplace, incoming: Incoming) -> Iterator[Flag]:
    """Yield a flag where rows tell of records what was true before that which is loaded."""
    zone = incoming.mapping.zones.company
    found = work.session.rows(
        f"SELECT count(*) AS n, min(_row, {FIRST_ROWS}) AS first, CAST(max({to_local('u', zone)}) AS DATE) AS now, "
        f"CAST(max({to_local('bu', zone)}) AS DATE) AS held FROM {_MET} WHERE is_older"
    )[0]
    if found["n"]:
        column = incoming.mapping.stream.columns["updated_at"]
        said = (
            f"by `{column}` these rows are older than what is loaded of their records (the newest of them of "
            f"{found['now'] or 'no day'}, of those {found['held']}): the records stay as they are"
        )
        yield Flag(OLDER_ROWS, said, found["n"], tuple(found["first"]))


def _older(work: Workplace, incoming: Incoming, active: Sequence[Load], changed: int) -> Iterator[Flag]:
    """Yield a flag where all that a file tells is older than the stream's rows, of which it would change some."""
    mapping = incoming.mapping
    if not changed or mapping.stream.into not in _CHANGING or "updated_at" in mapping.stream.columns:
        return
    now = _newest(work, incoming, None, incoming.readings)
    before = [
        _newest(work, incoming, _held([load.load_id]), {key: Reading.from_dict(x) for key, x in load.readings.items()})
        for load in active[-_LAST_LOADS:]
    ]
    newest = max((each for each in before if each is not None), default=None)
    if now is None or newest is None or now >= newest:
        return
    rows = f"SELECT count(*) AS n, min(_row, {FIRST_ROWS}) AS first FROM {_MET} WHERE is_met AND NOT is_same"
    found = work.session.rows(rows)[0]
    said = (
        f"this may be an older export: its newest date is {now}, the stream has records to {newest}, and these rows "
        "would put records back to what they were. If so, do not load it, or undo its load"
    )
    yield Flag(OLDER_EXPORT, said, found["n"], tuple(found["first"]))


def _newest(work: Workplace, incoming: Incoming, relation: str | None, readings: Mapping[str, Reading]) -> date | None:
    """Return the last day that rows tell of and that is no later than their load, None where they tell of none."""
    mapping = incoming.mapping
    needs = [need for ours in _PAST if (need := mapping.need_of(ours)) is not None and need.key in readings]
    if not needs:
        return None
    zone = mapping.zones.company
    texts = TEXTS if relation is None else f"({_of_both(work, incoming).with_texts(relation)})"
    times = [
        f"SELECT CAST({read(readings[need.key], typed_text(need.text, readings[need.key]), zone)} AS TIMESTAMP) AS t "
        f"FROM texts"
        for need in needs
    ]
    found: date | None = work.session.value(
        f"WITH texts AS (FROM {texts}), times AS ({' UNION ALL '.join(times)}) "
        f"SELECT CAST(max({to_local('t', zone)}) AS DATE) FROM times WHERE t <= {literal(incoming.at.isoformat())}"
    )
    return found


def _held(loads: Sequence[str]) -> str:
    """Return a FROM item of the raw rows of these loads, in their own columns and those of the file."""
    listed = ", ".join(literal(load) for load in loads)
    rows = f"SELECT * FROM {_HELD} WHERE _load_id IN ({listed}) AND NOT _deleted AND _malformed IS NULL"
    return f"({rows} UNION ALL BY NAME SELECT * FROM incoming WHERE false)"


def _key_texts(incoming: Incoming) -> set[str]:
    return set(re.findall(r"\b_t[0-9]+\b", incoming.mapping.key or ""))


def _reused(work: Workplace, incoming: Incoming, met: int) -> Iterator[Flag]:
    """Yield a flag where keys of the stream come with records that came to be at another time: they are others."""
    mapping = incoming.mapping
    if mapping.key is None or met < _FEW:
        return
    tests = [*_born_apart(work, incoming), "is_apart"]
    found = work.session.rows(
        f"SELECT count(*) AS n, min(_row, {FIRST_ROWS}) AS first FROM {_MET} WHERE is_met AND {tests[0]}"
    )[0]
    if found["n"] >= max(_FEW, _MANY * met):
        named = ", ".join(mapping.stream.key_columns())
        said = (
            f"`{named}` is that of records which are loaded and are others: these rows would take their place. "
            "A number that begins anew in every file identifies nothing"
        )
        yield Flag(KEY_REUSED, said, found["n"], tuple(found["first"]))


def _born_apart(work: Workplace, incoming: Incoming) -> Iterator[str]:
    """Yield the SQL that says whether a record came to be at another time than the one that is loaded."""
    mapping = incoming.mapping
    need = next((found for ours in _BORN if (found := mapping.need_of(ours)) is not None), None)
    if need is None or need.text in _key_texts(incoming):
        return
    options, zones = mapping.stream.read, mapping.zones
    before = f"(SELECT b{need.text} AS {need.text} FROM {_MET} WHERE is_met)"
    then = decide(work.session, before, [need], options, zones)[need.key]
    now = incoming.readings[need.key]
    mine, theirs = (
        read(reading, typed_text(text, reading), zones.company)
        for reading, text in ((now, need.text), (then, f"b{need.text}"))
    )
    yield f"abs(epoch(CAST({mine} AS TIMESTAMP)) - epoch(CAST({theirs} AS TIMESTAMP))) > {_SHIFT}"
