"""Shows rows as they would be loaded: our columns, ids as the source has them, times in UTC where that is known."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from voronka.connectors.files import FileBatch
from voronka.lake.session import Session, quoted
from voronka.pipeline.judging import TABLE
from voronka.pipeline.taking import TEXTS, VALUES, Incoming
from voronka.transform.import_tables import TYPES
from voronka.transform.phones import numbers_in
from voronka.transform.readings import Zones
from voronka.transform.restatements import SUMMED

_LOOKED_AT = 200
"""Rows that texts are taken from."""
_LONGEST = 80
_AWAY = "Etc/GMT-5"
"""A zone without changes of the clock: what differs when it is read in it depends on the zone."""

Record = dict[str, object]


def first_texts(session: Session, incoming: Incoming, number: int) -> dict[str, tuple[str, ...]]:
    """Return so many different texts of each column of the file, by its header, as they stand in its first rows."""
    return _texts(session, "incoming", incoming.columns, incoming.batch.columns, number)


def file_texts(session: Session, batch: FileBatch, number: int) -> dict[str, tuple[str, ...]]:
    """Return the same of a file that `take` began with and refused; nothing where it did not come so far."""
    if not session.columns("incoming_file"):
        return {}
    return _texts(session, "incoming_file", [f"c{n}" for n in range(len(batch.columns))], batch.columns, number)


def _texts(
    session: Session, relation: str, columns: Sequence[str], headers: Sequence[str], number: int
) -> dict[str, tuple[str, ...]]:
    if number <= 0:
        return {}
    cells = ", ".join(f"left({quoted(name)}, {_LONGEST}) AS c{n}" for n, name in enumerate(columns))
    rows = session.rows(f"SELECT {cells} FROM {relation} WHERE _malformed IS NULL ORDER BY _row LIMIT {_LOOKED_AT}")
    texts = (dict.fromkeys(row[f"c{n}"] for row in rows) for n in range(len(columns)))
    return {
        header: tuple(text for text in found if text and text.strip())[:number]
        for header, found in zip(headers, texts, strict=True)
    }


def first_records(
    session: Session, incoming: Incoming, number: int, country: str, *, is_zone_known: bool
) -> tuple[Record, ...]:
    """Return the first rows that were judged to load, by our columns: values of JSON.

    A phone without a country's code is one of the `country` (RU), as the build takes it.

    A time is ISO 8601: UTC with Z where its zone is known, or it bears an offset; local without Z otherwise; a date
    alone stays one. Money is a decimal text, a duration seconds, nothing None.
    """
    if number <= 0:
        return ()
    found = session.rows(f"SELECT _row FROM {TABLE} WHERE _reason IS NULL ORDER BY _row LIMIT {number}")
    listed = ", ".join(str(row["_row"]) for row in found)
    if not listed:
        return ()
    relation = f"(SELECT * FROM {TEXTS} WHERE _row IN ({listed}))"
    mapping, kinds = incoming.mapping, incoming.mapping.stream.table.columns
    shown = [ours for ours in kinds if ours in mapping.stream.columns or (ours == "currency" and ours in mapping.cells)]
    real = _evaluated(session, incoming, relation, shown)
    times = [ours for ours in shown if kinds[ours] == "time"]
    as_written = _evaluated(session, incoming, relation, times, Zones("UTC", "UTC"))
    as_source = _evaluated(session, incoming, relation, times, Zones(_AWAY, "UTC"))
    as_company = _evaluated(session, incoming, relation, times, Zones("UTC", _AWAY))
    records = []
    for row, written, moved, day_moved in zip(real, as_written, as_source, as_company, strict=True):
        record: Record = {}
        for ours in shown:
            value = row[ours]
            if value is not None and kinds[ours] == "phone":
                record[ours] = _dialled(value, country)
            elif value is None or kinds[ours] != "time":
                record[ours] = _plain(value, kinds[ours], mapping.own_space(ours))
            elif day_moved[ours] != written[ours]:
                record[ours] = written[ours].date().isoformat()
            else:
                is_exact = is_zone_known or moved[ours] == written[ours]
                record[ours] = _iso(value) + "Z" if is_exact else _iso(written[ours])
        records.append(record)
    if "currency" not in mapping.stream.columns and all(record.get("currency") is None for record in records):
        return tuple({ours: value for ours, value in record.items() if ours != "currency"} for record in records)
    return tuple(records)


def sums_of(session: Session, incoming: Incoming) -> dict[str, str]:
    """Return what money comes to over the judged rows that count, of a table that adds up; {} where currencies mix.

    Of rows with one key the newest counts, else the last, as when they are built.
    """
    mapping = incoming.mapping
    kinds = mapping.stream.table.columns
    money = [ours for ours in mapping.stream.columns if kinds.get(ours) == "money"]
    if mapping.stream.into not in SUMMED or not money or "currency" in mapping.stream.columns:
        return {}
    cells = ", ".join(f"CAST({mapping.cells[ours]} AS {TYPES['money']}) AS {ours}" for ours in money)
    newest = f"{mapping.cells['updated_at']} DESC NULLS LAST, " if "updated_at" in mapping.stream.columns else ""
    last = f"QUALIFY row_number() OVER (PARTITION BY j._key ORDER BY {newest}_row DESC) = 1"
    found = session.rows(
        f"SELECT {', '.join(f'sum({ours}) AS {ours}' for ours in money)} FROM (SELECT {cells} "
        f"FROM {VALUES} AS v JOIN {TABLE} AS j USING (_row) "
        f"WHERE j._reason IS NULL {last})"
    )[0]
    return {ours: f"{found[ours]:f}" for ours in money if found[ours] is not None}


def _evaluated(
    session: Session, incoming: Incoming, relation: str, columns: Iterable[str], zones: Zones | None = None
) -> list[dict[str, Any]]:
    """Return columns of ours in the order of the file; with `zones`, as if the file and the company were there."""
    mapping, readings = incoming.mapping, incoming.readings
    if zones is not None:
        mapping = replace(mapping, zones=zones)
        readings = {key: replace(x, zone=zones.source) if x.zone else x for key, x in readings.items()}
    kinds = mapping.stream.table.columns
    cells = [f"CAST({mapping.cells[ours]} AS {TYPES[kinds[ours]]}) AS {ours}" for ours in columns]
    return session.rows(
        f"SELECT {', '.join([*cells, '_row'])} FROM ({mapping.values_of(relation, readings)}) ORDER BY _row"
    )


def _iso(moment: datetime) -> str:
    """Return a moment in ISO 8601, with as many decimals of a second as it needs."""
    if not moment.microsecond:
        return moment.isoformat(timespec="seconds")
    return moment.isoformat(timespec="microseconds" if moment.microsecond % 1000 else "milliseconds")


def _dialled(phone: str, country: str) -> str:
    """Return a phone with the code of its country, as it is where the country has no such number."""
    found = numbers_in(phone, country)
    return (found[0].phone if found else None) or phone


def _plain(value: object, kind: str, space: str) -> object:
    """Return a value as JSON has it."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if kind == "id" and isinstance(value, str):
        return value.removeprefix(space)
    return value
