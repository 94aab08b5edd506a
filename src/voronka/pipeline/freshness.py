"""How fresh the figures are: what of each source is loaded, and when its last event happened."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from voronka.domain.model import Table, tables
from voronka.lake.ledger import Load
from voronka.transform.sources import Source

_LATELY = timedelta(days=62)
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


def freshness(sources: Mapping[str, Source], loads: Iterable[Load], rows: Rows, now: datetime) -> list[StreamFreshness]:
    """Return a line for each stream that has loads that count, by source and stream."""
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
            _last_event(sources.get(source), stream, rows, now),
        )
        for (source, stream), of_stream in sorted(found.items())
    ]


def _last_event(source: Source | None, stream: str, rows: Rows, now: datetime) -> datetime | date | None:
    into = source.streams[stream].into if source and stream in source.streams else ""
    table = tables().get(f"fct_{into}")
    if source is None or table is None or not table.axes:
        return None
    # the last two months are asked first: in most companies they hold the answer, and all time is dear
    recent = _latest(table, source, rows, now, f"{now - _LATELY:%Y-%m}")
    return _latest(table, source, rows, now, "") if recent is None else recent


def _latest(table: Table, source: Source, rows: Rows, now: datetime, since: str) -> datetime | date | None:
    times = ["day" if axis == "day" else f"{axis}_at" for axis in table.axes if axis != _TO_COME]
    column, where = times[0], []
    parameters: dict[str, Any] = {"now": now}
    if table.own[0].name.endswith("_id"):
        where.append(f"starts_with({table.own[0].name}, $space)")
        parameters["space"] = f"{source.space}:"
    if since:
        where.append(f"{column} >= $since")
        parameters["since"] = datetime.fromisoformat(f"{since}-01")
    latest_of = ", ".join(f"max({time}) FILTER (WHERE {time} <= $now)" for time in times)
    latest_of = f"greatest({latest_of})" if len(times) > 1 else latest_of
    only = f" WHERE {' AND '.join(where)}" if where else ""
    latest = rows(f"SELECT {latest_of} AS latest FROM {table.name}{only}", parameters)[0]["latest"]
    return latest if isinstance(latest, date) else None
