"""What is known of each stream: what it becomes, what of it is loaded, and what is doubtful about it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from voronka.lake.ledger import ACTIVE, UNDONE, Load, Spans, covered_rows, joined, rows_in
from voronka.transform.sources import ENTERED, Source


@dataclass(frozen=True)
class StreamState:
    """A stream and its loads that count; `loaded_at` is in UTC, None where nothing is loaded.

    `headers` are the columns of a file that the mapping reads, expressions left out. `into` is '' for a stream whose
    source is gone. `last_load` is the id of the newest load that counts, '' where there is none.
    """

    source: str
    stream: str
    into: str
    path: str
    headers: tuple[str, ...]
    rows: int
    aside: int
    loads: int
    loaded_at: datetime | None
    last_load: str


def stream_states(sources: Mapping[str, Source], loads: Iterable[Load]) -> list[StreamState]:
    """Return a line for each stream that is mapped or has loads that count, by source and stream."""
    active: dict[tuple[str, str], list[Load]] = {}
    for load in loads:
        if load.is_active:
            active.setdefault((load.source, load.stream), []).append(load)
    mapped = [(source.source, name) for source in sources.values() for name in source.streams]
    return [
        _state(sources.get(source), source, name, active.get((source, name), []))
        for source, name in _all(mapped, active)
    ]


def rows_aside(loads: Iterable[Load]) -> dict[str, int]:
    """Return how many rows of each load that counts are put aside, less those that later loads mended or settled."""
    active = [load for load in loads if load.is_active]
    aside = {load.load_id: load.rows_quarantined for load in active}
    for load_id, spans in covered_rows(active).items():
        if load_id in aside:
            aside[load_id] = max(0, aside[load_id] - rows_in(spans))
    return aside


def remarked(loads: Iterable[Load]) -> list[Load]:
    """Return the loads whose remarks hold, the newest first: they count, and not all of their records came anew."""
    active = [load for load in loads if load.is_active]
    replaced = {load_id for load in active for load_id in load.replaces}
    return [load for load in reversed(active) if load.flags and load.load_id not in replaced]


@dataclass(frozen=True)
class Settled:
    """Rows of a load that were put aside and are no more: how many, and the load that holds their records now.

    A load without files is a person's word that the rows are not wanted; `is_mended`: a person mended them.
    """

    load: Load
    by: Load
    rows: int
    is_mended: bool = False


def settled(loads: Iterable[Load]) -> list[Settled]:
    """Return what became of rows put aside that are no more, the newest first; each row once, by the last deed.

    Rows that are mended are settled by their keys too: a person mended them.
    """
    known = {load.load_id: load for load in loads if load.is_active}
    told: dict[str, Spans] = {}
    found = []
    for load in reversed(known.values()):
        for is_mended, covered in ((True, load.mends), (False, load.settles)):
            for load_id, spans in covered.items():
                together = joined((*told.get(load_id, ()), *spans))
                rows = rows_in(together) - rows_in(told.get(load_id, ()))
                told[load_id] = together
                if load_id in known and rows:
                    found.append(Settled(known[load_id], load, rows, is_mended))
    return found


def rows_let_go(load: Load) -> int:
    """Return how many rows put aside a person took off the list by this line of the ledger; 0 for a load of files."""
    return 0 if load.files else sum(map(rows_in, load.settles.values()))


def mendings(loads: Iterable[Load], *, taken_out: bool = False) -> dict[str, list[Load]]:
    """Return, by the id of a load, the loads that hold mended rows of it, those mended again included.

    They are those that count or, with `taken_out`, those that a person took out.
    """
    state = UNDONE if taken_out else ACTIVE
    found: dict[str, list[Load]] = {}
    for load in (each for each in loads if each.state == state and each.mends):
        for load_id in load.mends:
            found.setdefault(load_id, []).append(load)
    for load_id, direct in found.items():
        for load in direct:  # grows while it is walked: a mending may have been mended in its turn
            direct += [
                later for later in found.get(load.load_id, ()) if later not in direct and load_id != load.load_id
            ]
    return found


def _all(mapped: Iterable[tuple[str, str]], active: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return sorted({*mapped, *active}, key=lambda name: (name[0] == ENTERED, name))


def _state(source: Source | None, name: str, stream: str, loads: list[Load]) -> StreamState:
    known = source.streams.get(stream) if source is not None else None
    theirs = known.columns.values() if known else ()
    return StreamState(
        source=name,
        stream=stream,
        into=known.into if known else "",
        path=known.path if known else "",
        headers=tuple(header for header in theirs if not header.strip().startswith("=")),
        rows=sum(load.rows_good for load in loads),
        aside=sum(rows_aside(loads).values()),
        loads=sum(bool(load.files) for load in loads),
        loaded_at=max((load.loaded_at or load.at for load in loads if load.files), default=None),
        last_load=loads[-1].load_id if loads else "",
    )
