"""Staging tables: all streams of one import name, typed rows of their active loads, the last version of each record."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from voronka.domain.errors import InputError
from voronka.lake.delta import DeltaStore
from voronka.lake.ledger import Load, covered_rows
from voronka.lake.raw import SERVICE as RAW_SERVICE
from voronka.lake.raw import header_of, raw_table
from voronka.lake.session import Session, empty_select, literal, quoted
from voronka.transform.import_tables import SNAPSHOTS, TYPES, import_tables, staging_columns
from voronka.transform.mapping import SERVICE, StagingSelect, compile_mapping
from voronka.transform.readers import NUMERIC, Reading
from voronka.transform.readings import decide, follow_other_loads
from voronka.transform.sources import KNOWN_BY_NAME, Source
from voronka.transform.stage_snapshots import stage_moves

LARGE = 3_000_000
"""Rows from which on a staging table is not kept in memory but read again by each that needs it."""
WITH_VERSIONS = "stg_employees"
"""The staging table that keeps every version of a record: its history is who was in which team."""

_IS_HELD = "_key IN (SELECT _key FROM held) OR (SELECT coalesce(bool_or(is_unknown), false) FROM held)"
"""What holds for the records of a full snapshot: for all of them where a row of it is of nobody knows which record."""

_GATHERED = frozenset(import_tables()[name].stage for name in KNOWN_BY_NAME) - {WITH_VERSIONS}
"""Staging tables of members, whose columns the core gathers from all rows of a member."""

_Groups: TypeAlias = list[tuple[tuple[Load, ...], dict[str, Reading]]]
"""Loads that are read alike, with their readings."""


@dataclass(frozen=True)
class StreamLoads:
    """A stream and its loads that count, oldest first."""

    source: Source
    name: str
    loads: tuple[Load, ...]

    @property
    def relation(self) -> str:
        """Return the view under which the stream's raw rows are read."""
        return quoted(f"raw_{self.source.source}_{self.name}")

    @property
    def table(self) -> str:
        """Return the name of the stream's raw table."""
        return raw_table(self.source.source, self.name)

    def fingerprint(self) -> str:
        """Return a text that changes with the mapping and with the loads that count."""
        mapping = self.source.streams[self.name].model_dump_json()
        return (
            f"{self.source.source}|{self.source.space}|{self.name}|{mapping}|{','.join(x.load_id for x in self.loads)}"
        )

    @property
    def rows(self) -> int:
        """Return how many rows were read in all."""
        return sum(load.rows_read for load in self.loads)

    @property
    def is_single(self) -> bool:
        """Say whether every record stands once: one load, no repeated keys, counted with today's mapping."""
        return len(self.loads) == 1 and not self.loads[0].rows_repeated and self.is_as_counted

    @property
    def is_all_taken(self) -> bool:
        """Say whether it is known that today's mapping puts no row aside."""
        return self.is_as_counted and not any(load.rows_quarantined for load in self.loads)

    @property
    def is_as_counted(self) -> bool:
        """Say whether the loads' rows were counted with today's mapping."""
        mapping = self.source.streams[self.name].fingerprint()
        return all(load.mapping == mapping for load in self.loads)


@dataclass
class Staging:
    """Makes staging tables in a session from the raw tables of the store."""

    store: DeltaStore
    session: Session
    streams: Sequence[StreamLoads]
    zone: str
    compiled: dict[tuple[str, str], tuple[StagingSelect, _Groups]] = field(
        default_factory=dict,
    )

    def fingerprint(self, stage: str) -> str:
        """Return a text that changes whenever the staging table does."""
        return json.dumps([s.fingerprint() for s in self._feeding(stage)] + [self.zone])

    def is_lazy(self, stage: str) -> bool:
        """Say whether the table is large and needs no search for last versions, so that it is better read than kept."""
        feeding = self._feeding(stage)
        return sum(s.rows for s in feeding) >= LARGE and len(feeding) == 1 and all(s.is_single for s in feeding)

    def select(self, stage: str) -> str:
        """Return the SELECT of a staging table."""
        if stage == "stg_quarantine":
            return self._quarantine()
        columns = [(name, TYPES[reader]) for name, reader in staging_columns()[stage].items()]
        parts = [empty_select([*columns, *SERVICE.items()])]
        for stream in self._feeding(stage):
            parts += [self._moves(stream)] if stage == SNAPSHOTS else self._parts(stream, stage)
        union = " UNION ALL BY NAME ".join(f"({part})" for part in parts)
        return self._last(union, stage)

    def amounts(self, stream: StreamLoads, theirs: str) -> str:
        """Return the SELECT of a stream's rows, those put aside too, with what one column of the file says in each.

        The columns are file, row_number, key, reason (NULL of a row that is taken) and value, the number as
        the import reads it: NULL where the cell is none, or the mapping reads no number in that column.
        """
        mapping, groups = self._compile(stream)
        kinds = mapping.stream.table.columns
        ours = next((o for o, t in mapping.stream.columns.items() if t == theirs and kinds[o] in NUMERIC), None)
        value = mapping.cells[ours] if ours else "NULL"
        kind = TYPES[kinds[ours]] if ours else "DOUBLE"
        cells = f"_file AS file, _row AS row_number, _key AS key, _reason AS reason, CAST({value} AS {kind}) AS value"
        parts = [
            f"SELECT {cells} FROM ({mapping.base(_of_loads(stream.relation, loads), readings)}) WHERE NOT _deleted"
            for loads, readings in groups
        ]
        return " UNION ALL ".join(parts)

    def _feeding(self, stage: str) -> list[StreamLoads]:
        if stage == "stg_quarantine":
            return [s for s in self.streams if s.loads]
        return [s for s in self.streams if s.loads and self._feeds(s, stage)]

    @staticmethod
    def _feeds(stream: StreamLoads, stage: str) -> bool:
        mapping = stream.source.streams[stream.name]
        if stage == SNAPSHOTS:
            return mapping.into in {"deals", "leads"} and "stage" in mapping.columns and not stream.is_single
        return mapping.table.stage == stage or (stage == "stg_stage_changes" and bool(mapping.stage_dates))

    def _parts(self, stream: StreamLoads, stage: str) -> list[str]:
        mapping, groups = self._compile(stream)
        found: list[str] = []
        for loads, readings in groups:
            relation = _of_loads(stream.relation, loads)
            if mapping.stream.table.stage == stage:
                staged = mapping.staging(relation, readings, all_taken=stream.is_all_taken)
                found.append(self._with_kind(mapping, staged))
            dates = mapping.stage_dates(relation, readings) if stage == "stg_stage_changes" else None
            if dates is not None:
                found.append(dates)
        whole = " UNION ALL BY NAME ".join(f"({part})" for part in found)
        if stream.is_single:
            return [_present(whole, mapping, stage)]
        held = _held_last(stream, mapping, groups) if mapping.stream.snapshot == "full" else ""
        if held and stage != WITH_VERSIONS:
            whole = f"WITH held AS ({held}) SELECT * FROM ({whole}) WHERE {_IS_HELD}"
        return [_last_versions(whole, mapping, stage)]

    def _moves(self, stream: StreamLoads) -> str:
        """Return the stage changes that the versions of the stream's records tell, load by load."""
        mapping, groups = self._compile(stream)
        staged = [
            mapping.staging(_of_loads(stream.relation, loads), readings, all_taken=stream.is_all_taken)
            for loads, readings in groups
        ]
        union = " UNION ALL BY NAME ".join(f"({part})" for part in staged)
        is_deals = mapping.stream.into == "deals"
        # a deal's lead and a lead's deal are other records
        own = "NULL AS lead_id" if is_deals else "NULL AS deal_id, NULL AS amount"
        shown = f"SELECT * EXCLUDE ({'lead_id' if is_deals else 'deal_id'}), {own} FROM ({union})"
        return stage_moves(shown, by_load=mapping.stream.snapshot == "full")

    @staticmethod
    def _with_kind(mapping: StagingSelect, select: str) -> str:
        kind = mapping.stream.table.kind
        return f"SELECT * REPLACE ({literal(kind)} AS kind) FROM ({select})" if kind else select

    def _last(self, union: str, stage: str) -> str:
        """Keep one row per id where several streams feed the table."""
        identity = next((t.key for t in import_tables().values() if t.stage == stage), None)
        if stage == WITH_VERSIONS:
            return _with_versions(union)
        feeding = self._feeding(stage)
        if identity is None or stage in _GATHERED or (len(feeding) == 1 and _is_keyed_by(feeding[0], identity)):
            return union
        updated = "updated_at DESC NULLS LAST, " if "updated_at" in staging_columns()[stage] else ""
        return (
            f"SELECT * FROM ({union}) QUALIFY {identity} IS NULL OR "
            f"row_number() OVER (PARTITION BY {identity} ORDER BY {updated}_received_at DESC, _row DESC) = 1"
        )

    def _quarantine(self) -> str:
        parts = []
        for stream in self._feeding("stg_quarantine"):
            if stream.is_all_taken:
                continue
            mapping, groups = self._compile(stream)
            raw = [c for c in self.session.columns(stream.relation.strip('"')) if c not in RAW_SERVICE]
            parts += [
                _not_mended(mapping.quarantine(_of_loads(stream.relation, loads), readings, raw), stream.loads)
                for loads, readings in groups
            ]
        nothing = empty_select(
            [(n, "TEXT") for n in ("load_id", "source", "stream", "file")]
            + [("row_number", "BIGINT")]
            + [(n, "TEXT") for n in ("key", "reason", "message", "payload")],
        )
        return " UNION ALL ".join([nothing, *parts])

    def _compile(self, stream: StreamLoads) -> tuple[StagingSelect, _Groups]:
        name = (stream.source.source, stream.name)
        if name not in self.compiled:
            self._register(stream)
            columns = self.session.columns(stream.relation.strip('"'))
            headers = [header_of(column) for column in columns if column not in RAW_SERVICE]
            mapping = _with_all_numbers(compile_mapping(stream.source, stream.name, headers, self.zone))
            self.compiled[name] = (mapping, self._grouped(stream, mapping))
        return self.compiled[name]

    def _register(self, stream: StreamLoads) -> None:
        files = self.store.read(stream.table)
        if files is None:
            raise InputError(
                "the raw rows of loads that count are gone",
                where=stream.table,
                do="Bring the folder back from a copy, or remove the whole lake and import again",
            )
        older = [("_fault", "VARCHAR")]  # loads of before there were faults
        self.session.register(stream.relation.strip('"'), files, older)

    def _grouped(
        self,
        stream: StreamLoads,
        mapping: StagingSelect,
    ) -> _Groups:
        """Return the loads that are read alike together, with their readings."""
        read = [self._readings(stream, mapping, load) for load in stream.loads]
        groups: dict[str, tuple[list[Load], dict[str, Reading]]] = {}
        for load, readings in zip(stream.loads, follow_other_loads(read), strict=True):
            same = json.dumps({key: reading.as_dict() for key, reading in readings.items()}, sort_keys=True)
            groups.setdefault(same, ([], readings))[0].append(load)
        return [(tuple(loads), readings) for loads, readings in groups.values()]

    def _readings(self, stream: StreamLoads, mapping: StagingSelect, load: Load) -> dict[str, Reading]:
        """Return how a load's columns are read: as decided when it was loaded, anew where the mapping asks for more."""
        options, zones = mapping.stream.read, mapping.zones
        kept = {n.key: Reading.from_dict(load.readings[n.key]) for n in mapping.needs if n.key in load.readings}
        readings = {key: replace(x, zone=x.zone and zones.source) for key, x in kept.items() if x.obeys(options)}
        if any(need.key not in readings for need in mapping.needs):
            relation = f"({mapping.with_texts(_of_loads(stream.relation, (load,)))})"
            # all anew, not only the missing: columns whose order of day and month nothing tells follow the others
            readings = decide(self.session, relation, mapping.needs, options, zones) | readings
        return {need.key: readings[need.key] for need in mapping.needs}


def _with_all_numbers(mapping: StagingSelect) -> StagingSelect:
    """Return the mapping with what stands beside the first number or address of a person, where it is not mapped."""
    known = mapping.stream.table.columns
    added = {}
    for one, several in (("phone", "phones"), ("email", "emails")):
        if one in mapping.cells and several in known and several not in mapping.cells:
            need = mapping.need_of(one)
            added[several] = need.text if need else mapping.cells[one]
    return replace(mapping, cells={**mapping.cells, **added}) if added else mapping


def _of_loads(relation: str, loads: Iterable[Load]) -> str:
    listed = ", ".join(literal(load.load_id) for load in loads)
    return f"(SELECT * FROM {relation} WHERE _load_id IN ({listed}))"


def _not_mended(quarantine: str, loads: Iterable[Load]) -> str:
    """Return the rows put aside that no later load brings mended or makes needless."""
    spans = [
        f"({literal(load_id)}, {first}, {last})"
        for load_id, runs in covered_rows(loads).items()
        for first, last in runs
    ]
    covered = f"(VALUES {', '.join(spans)}) AS covered (load_id, first_row, last_row)"
    test = "covered.load_id = aside.load_id AND aside.row_number BETWEEN first_row AND last_row"
    left = f"SELECT * FROM ({quarantine}) AS aside WHERE NOT EXISTS (SELECT 1 FROM {covered} WHERE {test})"
    return left if spans else quarantine


def _held_last(stream: StreamLoads, mapping: StagingSelect, groups: _Groups) -> str:
    """Return the SELECT of the rows of the last full snapshot by key, those put aside too; '' where none has any.

    Deleted rows alone do not tell: a load that held one can be undone. A snapshot without rows tells nothing.
    """
    last = next((load for load in reversed(stream.loads) if load.rows_read and not load.mends), None)
    if last is None:
        return ""
    readings = next(readings for loads, readings in groups if last in loads)
    base = mapping.base(_of_loads(stream.relation, (last,)), readings)
    return f"SELECT _key, _key IS NULL OR _malformed IS NOT NULL AS is_unknown FROM ({base}) WHERE NOT _deleted"


def _last_versions(select: str, mapping: StagingSelect, stage: str) -> str:
    """Return the last version of each record that was not deleted since; all versions where they are the history."""
    if stage == WITH_VERSIONS:
        return select
    is_full = mapping.stream.snapshot == "full"
    dates = _is_of_stage_dates(mapping, stage)
    updated = "" if is_full or "updated_at" not in mapping.stream.columns else "_updated_at" if dates else "updated_at"
    order = f"{f'{updated} DESC NULLS LAST, ' if updated else ''}_received_at DESC, _row DESC"
    record = "_key, stage" if dates else "_key"
    last = f"SELECT * FROM ({select}) QUALIFY row_number() OVER (PARTITION BY {record} ORDER BY {order}) = 1"
    return _present(last, mapping, stage)


def _present(select: str, mapping: StagingSelect, stage: str) -> str:
    """Return the rows of last versions that are there: not deleted, and of stage dates those that have one."""
    if _is_of_stage_dates(mapping, stage):
        return f"SELECT * EXCLUDE (_updated_at) FROM ({select}) WHERE NOT _deleted AND changed_at IS NOT NULL"
    return f"SELECT * FROM ({select}) WHERE NOT _deleted"


def _is_of_stage_dates(mapping: StagingSelect, stage: str) -> bool:
    return stage != mapping.stream.table.stage


def _with_versions(select: str) -> str:
    """Return all versions, with `_is_latest` (the last one of its record) and `_is_gone` (its record was deleted)."""
    record = "PARTITION BY _source, _stream, _key"
    last = "ORDER BY _received_at DESC, _row DESC"
    return (
        f"SELECT * FROM (SELECT *, row_number() OVER ({record}, _deleted {last}) = 1 AS _is_latest, "
        f"first_value(_deleted) OVER ({record} {last}) AS _is_gone FROM ({select})) WHERE NOT _deleted"
    )


def _is_keyed_by(stream: StreamLoads, identity: str) -> bool:
    """Say whether a stream's key is the id, or the id is made of the key: then its last versions are one per id."""
    mapping = stream.source.streams[stream.name]
    return identity not in mapping.columns or mapping.key_columns() == (mapping.columns[identity],)
