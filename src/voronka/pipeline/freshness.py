"""How fresh the figures are: what of each source is loaded, and when its last event happened."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from voronka.domain.model import Table, tables
from voronka.lake.ledger import Load
from voronka.lake.session import literal
from voronka.metrics.happened import happened
from voronka.pipeline.workplace import Workplace
from voronka.transform.import_tables import staging_columns
from voronka.transform.sources import Source
from voronka.transform.staging import Staging, StreamLoads

_LATELY = timedelta(days=62)
_FEW = 1_000_000
"""Rows of a stream up to which they are read once more only to tell when the last of them happened."""
_TO_COME = "due"
"""The axis on which nothing has happened yet."""
Rows = Callable[[str, Mapping[str, Any]], list[Mapping[str, Any]]]
"""Returns the rows of a statement over the core."""


@dataclass(frozen=True)
class StreamFreshness:
    """A stream's rows that count, when the last of them were loaded (UTC), and its last event (UTC; a day if no time).

    `last_event_at` is None where the stream has no events (people, teams), or none has happened yet.
    """

    source: str
    stream: str
    rows: int
    loaded_at: datetime
    last_event_at: datetime | date | None


def freshness(
    sources: Mapping[str, Source],
    loads: Iterable[Load],
    rows: Rows,
    now: datetime,
    of_stream: Callable[[StreamLoads, Sequence[str]], datetime | date | None] | None = None,
) -> list[StreamFreshness]:
    """Return a line for each stream that has loads that count, by source and stream.

    `of_stream` tells the last event of one stream from its own rows, by times of its table: it is asked where several
    streams of a source become one table.
    """
    event = _Events(sources, rows, now, of_stream)
    found: dict[tuple[str, str], list[Load]] = {}
    for load in loads:
        if load.is_active and load.files:
            found.setdefault((load.source, load.stream), []).append(load)
    return [
        StreamFreshness(
            source,
            stream,
            sum(load.rows_good for load in of_stream),
            max(load.loaded_at or load.at for load in of_stream),
            event.last(source, stream, found),
        )
        for (source, stream), of_stream in sorted(found.items())
    ]


def last_of_stream(work: Workplace, stream: StreamLoads, times: Sequence[str], now: datetime) -> datetime | date | None:
    """Return the last event of a stream's own records, up to now; None where it has none of these times."""
    stage = stream.source.streams[stream.name].table.stage
    known = [time for time in times if time in staging_columns()[stage]]
    if not known:
        return None
    staged = Staging(work.store, work.session, [stream], work.settings.time_zone).select(stage)
    latest = ", ".join(f"max({time}) FILTER (WHERE {time} <= $now)" for time in known)
    latest = f"greatest({latest})" if len(known) > 1 else latest
    found = work.session.rows(f"SELECT {latest} AS latest FROM ({staged})".replace("$now", _moment(now)))[0]["latest"]
    return found if isinstance(found, date) else None


def _moment(now: datetime) -> str:
    return f"CAST({literal(now.isoformat())} AS TIMESTAMP)"


@dataclass(frozen=True)
class _Events:
    """The last events of streams, from the core or, where it cannot tell them apart, from a stream's own rows."""

    sources: Mapping[str, Source]
    rows: Rows
    now: datetime
    of_stream: Callable[[StreamLoads, Sequence[str]], datetime | date | None] | None

    def last(self, name: str, stream: str, loads: Mapping[tuple[str, str], Sequence[Load]]) -> datetime | date | None:
        """Return the last event of a stream that has these loads."""
        source = self.sources.get(name)
        if source is None or stream not in source.streams:
            return None
        into = source.streams[stream].into
        beside = [
            place
            for place in loads
            if (other := self.sources.get(place[0])) is not None
            and (known := other.streams.get(place[1])) is not None
            and (other.space, known.into) == (source.space, into)
        ]
        table, mine = tables().get(f"fct_{into}"), loads[name, stream]
        few = sum(load.rows_read for load in mine) <= _FEW
        if table is not None and len(beside) > 1 and few and self.of_stream is not None:
            return self.of_stream(StreamLoads(source, stream, tuple(mine)), _times(table))
        return _last_event(source, stream, self.rows, self.now)


def _last_event(source: Source | None, stream: str, rows: Rows, now: datetime) -> datetime | date | None:
    into = source.streams[stream].into if source and stream in source.streams else ""
    table = tables().get(f"fct_{into}")
    if source is None or table is None or not table.axes:
        return None
    # the last two months are asked first: in most companies they hold the answer, and all time is dear
    recent = _latest(table, source, rows, now, f"{now - _LATELY:%Y-%m}")
    return _latest(table, source, rows, now, "") if recent is None else recent


def _times(table: Table) -> list[str]:
    return [_time(axis) for axis in table.axes if axis != _TO_COME]


def _time(axis: str) -> str:
    return "day" if axis == "day" else f"{axis}_at"


def _latest(table: Table, source: Source, rows: Rows, now: datetime, since: str) -> datetime | date | None:
    where = []
    parameters: dict[str, Any] = {"now": now}
    if table.own[0].name.endswith("_id"):
        where.append(f"starts_with(f.{table.own[0].name}, $space)")
        parameters["space"] = f"{source.space}:"
    if since:
        where.append(f"f.{_times(table)[0]} >= $since")
        parameters["since"] = datetime.fromisoformat(f"{since}-01")
    latest = [
        f"(SELECT max(f.{_time(axis)}) FROM {table.name} AS f"
        f" WHERE {' AND '.join([*where, f'f.{_time(axis)} <= $now', happened(table.name, axis)])})"
        for axis in table.axes
        if axis != _TO_COME
    ]
    latest_of = f"greatest({', '.join(latest)})" if len(latest) > 1 else latest[0]
    found = rows(f"SELECT {latest_of} AS latest", parameters)[0]["latest"]
    return found if isinstance(found, date) else None
