"""Finds out what columns of a known stream are called in a file that has most of them, but not all."""

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from voronka.connectors.files import FileBatch
from voronka.domain.errors import InputError, did_you_mean
from voronka.lake.raw import find_header, raw_name
from voronka.lake.session import Session, quoted
from voronka.pipeline.drift import last_with_rows
from voronka.pipeline.taking import read_options
from voronka.pipeline.workplace import Workplace
from voronka.transform.column_profiles import readable
from voronka.transform.header_names import header_names
from voronka.transform.sources import ENTERED, Stream

_MOST, _LEAST = 0.6, 2
"""The share of a stream's columns, and how many of them, that a file has at least to be nearly one of the stream's."""
_READS = 0.9
"""The share of values that a column's reader reads, where they are the column's."""
_TELLING = frozenset({"time", "day", "money", "phone", "email", "duration"})
"""Readers that read nothing but what is meant for them."""
_ROWS = "renamed_rows"


@dataclass(frozen=True)
class Near:
    """A stream that a file is nearly one of: `source.stream`, what it is, the columns it lacks, those called otherwise.

    `renamed`: what a column that is not there is called now, by its name in the mapping.
    """

    name: str
    stream: Stream
    missing: tuple[str, ...]
    renamed: Mapping[str, str]

    @property
    def is_told(self) -> bool:
        """Say whether it is known what each missing column is called now."""
        return set(self.missing) <= set(self.renamed)


def near_streams(work: Workplace, batch: FileBatch, into: str | None = None) -> list[Near]:
    """Return the streams, of one table where it is named, that read most of a file's columns and not all.

    Those first of whose columns each is found again, then by how many are missing.
    """
    found = []
    for source in work.sources.values():
        for name, stream in source.streams.items():
            wanted, missing = stream.headers(), stream.missing(batch.columns)
            there = len(wanted) - len(missing)
            is_of_table = source.source != ENTERED and into in {None, stream.into}
            if missing and is_of_table and there >= max(_LEAST, _MOST * len(wanted)):
                renamed = now_called(work, batch, source.source, name, stream)
                found.append(Near(f"{source.source}.{name}", stream, missing, renamed))
    return sorted(found, key=lambda near: (not near.is_told, len(near.missing), near.name))


def near_streams_of_file(work: Workplace, file: Path, sheet: str | None = None) -> list[Near]:
    """Return what `near_streams` does for a file; nothing where it cannot be read."""
    try:
        with tempfile.TemporaryDirectory(prefix="voronka-") as folder:
            batch = work.files.read(work.files.find(str(file))[0], read_options(sheet=sheet), Path(folder))
            return near_streams(work, batch)
    except InputError:
        return []


def now_called(work: Workplace, batch: FileBatch, source: str, name: str, stream: Stream) -> dict[str, str]:
    """Return what columns that a file lacks are called in it, by their names in the mapping, as far as it is told.

    A column of the stream's last load is no new name, and one that two could be is none of them.
    """
    last = last_with_rows([x for x in work.ledger.loads() if (x.source, x.stream) == (source, name)])
    before = list(last.columns) if last else []
    free = _free(stream, batch.columns, before)
    if not free:
        return {}
    _take(work.session, batch)
    found: dict[str, str] = {}
    for wanted in stream.missing(batch.columns):
        left = [header for header in free if header not in found.values()]
        scores = {header: _score(work.session, stream, wanted, header, (before, batch.columns)) for header in left}
        best = max(scores.values(), default=0)
        alike = [header for header, score in scores.items() if score == best]
        if best > 0 and len(alike) == 1:
            found[wanted] = alike[0]
    work.session.run(f"DROP VIEW {_ROWS}")
    work.session.run(f"DROP TABLE {_ROWS}_file")
    return found


def _free(stream: Stream, headers: Iterable[str], before: Sequence[str]) -> list[str]:
    """Return the headers that may be new names: the stream reads none of them, and its last load had none."""
    known = list(headers)
    read = {name for wanted in stream.headers() for name in stream.called(wanted, known)}
    said = " ".join(theirs for theirs in stream.columns.values() if theirs.strip().startswith("="))
    return [h for h in known if h not in read and find_header(h, before) is None and h not in said]


def _take(session: Session, batch: FileBatch) -> None:
    session.take(f"{_ROWS}_file", batch.arrow())
    cells = ", ".join(f"c{n} AS {quoted(raw_name(header))}" for n, header in enumerate(batch.columns))
    session.run(f"CREATE OR REPLACE VIEW {_ROWS} AS SELECT {cells} FROM {_ROWS}_file WHERE _malformed IS NULL")


def _score(
    session: Session, stream: Stream, wanted: str, header: str, places: tuple[Sequence[str], Sequence[str]]
) -> int:
    """Return how much speaks for a header's being the new name of a column, 0 for nothing."""
    ours = [name for name, theirs in stream.columns.items() if theirs == wanted]
    readers = {stream.table.columns[name] for name in ours} & _TELLING
    reads = [_reads(session, stream, header, reader) for reader in readers]
    if not all(reads):
        return 0
    is_named = any(match.ours in ours for match in header_names()[stream.into].matches(header))
    is_like = did_you_mean(header, [wanted]).startswith("Did you mean")
    return 4 * is_named + 3 * is_like + 2 * bool(reads) + _is_in_place(wanted, header, *places)


def _reads(session: Session, stream: Stream, header: str, reader: str) -> bool:
    try:
        filled, good, _ = readable(session, _ROWS, header, reader, stream.nulls)  # type: ignore[arg-type]
    except InputError:
        return False
    return good >= _READS * filled and good > 0


def _is_in_place(wanted: str, header: str, before: Sequence[str], now: Sequence[str]) -> bool:
    """Say whether a header stands where the column stood: at the same place, between the same neighbours."""
    was = find_header(wanted, before)
    if was is None or list(before).index(was) != list(now).index(header):
        return False
    at = list(now).index(header)
    around = [(before[n], now[n]) for n in (at - 1, at + 1) if 0 <= n < min(len(before), len(now))]
    is_sure = len(around) > 1 or (bool(around) and len(before) == len(now))  # at the end a new column may stand too
    return is_sure and all(find_header(old, [new]) is not None for old, new in around)
