"""Finds rows put aside earlier that a load makes needless: their records came in since, or the whole came anew."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from voronka.domain.errors import VoronkaError
from voronka.lake.ledger import Load, Spans, covered_rows, spans_of
from voronka.lake.raw import raw_table
from voronka.lake.session import literal
from voronka.pipeline.judging import TABLE
from voronka.pipeline.streams import rows_aside
from voronka.pipeline.taking import Incoming, Mended
from voronka.pipeline.workplace import Workplace
from voronka.transform.staging import Staging, StreamLoads

_MOST_HELD = 3_000_000
"""Rows of a stream past which it is not read only to find out whose remarks hold."""


def replaced_loads(work: Workplace, incoming: Incoming, known: Sequence[Load]) -> tuple[str, ...]:
    """Return the loads with remarks of which no record is left once the judged rows in the session are in."""
    active = [load for load in known if load.is_active and load.files]
    flagged = [load.load_id for load in active if load.flags]
    mapping = incoming.mapping
    if not flagged or not incoming.batch.rows:
        return ()
    if mapping.stream.snapshot == "full":
        return tuple(flagged)
    few = sum(load.rows_read for load in active) <= _MOST_HELD
    files = work.store.read(raw_table(mapping.source.source, mapping.stream_name)) if few else None
    if files is None:
        return ()
    work.session.register("held_by_loads", files)
    listed = ", ".join(literal(load.load_id) for load in active)
    last = (
        f"SELECT _load_id, _key FROM held_by_loads WHERE _load_id IN ({listed}) AND _key IS NOT NULL "
        "QUALIFY row_number() OVER (PARTITION BY _key ORDER BY _received_at DESC, _row DESC) = 1"
    )
    came = f"SELECT _key FROM {TABLE} WHERE _reason IS NULL"
    left = work.session.rows(f"SELECT DISTINCT _load_id FROM ({last}) WHERE _key NOT IN ({came})")
    kept = {row["_load_id"] for row in left}
    return tuple(load_id for load_id in flagged if load_id not in kept)


def settled_rows(work: Workplace, incoming: Incoming, known: Sequence[Load], mended: Mended | None) -> dict[str, Spans]:
    """Return the rows put aside in earlier loads of the stream that the judged rows in the session stand for.

    A row is settled by a good row with its key. A full snapshot stands for all that was put aside before it, and a
    mending for what was put aside of an earlier mending of the same rows. What is mended is only as new as the rows
    that it mends: it settles nothing that came in later.
    """
    active = [load for load in known if load.is_active]
    left = rows_aside(active)
    older = [load for load in active if left[load.load_id] and (mended is None or _is_older(load, mended))]
    if not older:
        return {}
    mapping = incoming.mapping
    is_whole = mended is None and mapping.stream.snapshot == "full" and incoming.batch.rows > 0
    again = [load.load_id for load in older if mended is not None and _is_mended_again(load, mended)]
    staging = Staging(
        work.store,
        work.session,
        [StreamLoads(mapping.source, mapping.stream_name, tuple(older))],
        work.settings.time_zone,
    )
    came_in = f"key IN (SELECT _key FROM {TABLE} WHERE _reason IS NULL)"
    try:
        select = f"SELECT load_id, row_number, {came_in} AS came_in FROM ({staging.select('stg_quarantine')})"
        rows = work.session.rows(f"{select} ORDER BY load_id, row_number")
    except VoronkaError:  # what was put aside can be looked at no more: that keeps no new row out
        return {}
    found: dict[str, list[int]] = {}
    for row in rows:
        if is_whole or row["came_in"] or row["load_id"] in again:
            found.setdefault(row["load_id"], []).append(row["row_number"])
    covered = covered_rows(active)
    runs = {load_id: spans_of(_without(numbers, covered.get(load_id, ()))) for load_id, numbers in found.items()}
    return {load_id: spans for load_id, spans in runs.items() if spans}


def _is_older(load: Load, mended: Mended) -> bool:
    newest = max(mended.received.values(), default=datetime.min)  # noqa: DTZ901 - UTC without a zone, as in the ledger
    return bool(load.mends) or load.at <= newest


def _is_mended_again(load: Load, mended: Mended) -> bool:
    """Say whether every row that an earlier load mended is among those that are mended now."""
    now = {load_id: set(_numbers(spans)) for load_id, spans in mended.rows.items()}
    return bool(load.mends) and all(
        set(_numbers(spans)) <= now.get(load_id, set()) for load_id, spans in load.mends.items()
    )


def _numbers(spans: Spans) -> Iterator[int]:
    for first, last in spans:
        yield from range(first, last + 1)


def _without(numbers: Iterable[int], spans: Spans) -> list[int]:
    gone = set(_numbers(spans))
    return [number for number in numbers if number not in gone]
