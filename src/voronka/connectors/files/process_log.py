"""Reads XES, the XML in which tools of process mining hand over event logs, plain or packed by gzip, as it streams by.

The standard: IEEE 1849-2016. Only its plain attributes are read; what they mean is the mapping's to say.
"""

import gzip
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from typing import IO
from xml.parsers import expat

from voronka.connectors.files.batch import FileBatch, ReadOptions, SourceFile
from voronka.connectors.files.characters import HINT, looked_at, visible
from voronka.connectors.files.delimited import Place, batch_of_table
from voronka.connectors.files.elements import Handlers, PartFaultError, local, parser_for
from voronka.connectors.files.kinds import GZIP_MAGIC
from voronka.connectors.files.layout import unique_names
from voronka.connectors.files.limits import refuse_field, refuse_long, refuse_wide
from voronka.connectors.files.table import TableWriter
from voronka.connectors.files.table_body import Tally
from voronka.domain.errors import InputError
from voronka.settings import LimitSettings

BLOCK_BYTES = 1 << 18
OF_TRACE = "case:"
"""What stands before the keys of a trace, so that a name of the case and one of the event are two columns."""
Event = dict[str, str | None]


def read_process_log(file: SourceFile, _: ReadOptions, place: Place) -> FileBatch:
    """Return the batch: a row for each event, numbered in the order of the file, its trace's attributes beside its own.

    Columns are the keys in the order in which they are first met. A trace without events is no row; an event outside of
    traces has no attributes of one; attributes inside of other attributes are not read. Two passes: keys, then values.
    """
    keys: dict[str, None] = {}
    for event in _events(file, place.limits):
        keys |= dict.fromkeys(event)
        refuse_wide(file, len(keys), place.limits)
    if not keys:
        raise InputError("the event log holds no event with attributes", where=file.name, do="Export it again")
    tally = Tally()
    with TableWriter(place.workdir / "records.csv", len(keys)) as table:
        for number, event in enumerate(_events(file, place.limits), start=1):
            table.good(number, _values(event, list(keys), number, tally))
    reading = {"kind": "xes"}
    batch = batch_of_table(file, unique_names([visible(key) for key in keys]), reading, (table, ","), place)
    return FileBatch(**{**vars(batch), "flags": tally.flags()})


def _values(event: Event, keys: Sequence[str], number: int, tally: Tally) -> list[str | None]:
    values = [event.get(key) for key in keys]
    given = [value or "" for value in values]
    if not HINT.search("\n".join(given)):
        return values
    clean, codes = looked_at(given)
    for code in sorted(codes):
        tally.take(code, number)
    return [None if value is None else new for value, new in zip(values, clean, strict=True)]


def _events(file: SourceFile, limits: LimitSettings) -> Iterator[Event]:
    """Yield the events of a log; InputError where it is not whole, or over one of the limits."""
    reader = _Reader()
    parser = parser_for(reader)
    parser.StartDoctypeDeclHandler = _no_doctype
    number = 0
    try:
        for block in chain(_blocks(file, limits), (b"",)):
            parser.Parse(block, not block)
            for event in reader.taken():
                number += 1
                longest = max((len(value) for value in event.values() if value), default=0)
                refuse_field(file, number, longest, limits)
                yield event
            refuse_long(file, number, limits)
    except (expat.ExpatError, PartFaultError, gzip.BadGzipFile, zlib.error, EOFError) as fault:
        cause = f"the event log is damaged ({fault})"
        raise InputError(cause, where=file.name, do="Export or download it again") from fault


def _blocks(file: SourceFile, limits: LimitSettings) -> Iterator[bytes]:
    size = 0
    with _opened(file) as source:
        while block := source.read(BLOCK_BYTES):
            size += len(block)
            if size > limits.unpacked_bytes:
                raise InputError(
                    f"unpacked, the event log takes more than {limits.unpacked_bytes >> 20} MB, the limit",
                    where=file.name,
                    do="Export it in parts, or raise limits.unpacked_bytes in voronka.toml",
                )
            yield block


@contextmanager
def _opened(file: SourceFile) -> Iterator[IO[bytes] | gzip.GzipFile]:
    with file.path.open("rb") as source:
        is_packed = source.read(len(GZIP_MAGIC)) == GZIP_MAGIC
        source.seek(0)
        if not is_packed:
            yield source
            return
        with gzip.open(source) as unpacked:
            yield unpacked


def _no_doctype(*_: object) -> None:
    raise PartFaultError("it declares a document type, which no event log needs and harmful files use")


class _Reader(Handlers):
    """Gathers the events of a trace until it ends: its own attributes may stand behind them."""

    def __init__(self) -> None:
        self._done: list[Event] = []
        self._waiting: list[Event] = []
        self._trace: Event | None = None
        self._event: Event | None = None
        self._inside = 0

    def taken(self) -> list[Event]:
        """Return the events that have ended with their traces since the last call."""
        done, self._done = self._done, []
        return done

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take the beginning of an element."""
        holder = self._trace if self._event is None else self._event
        if self._inside:
            self._inside += 1
        elif holder is not None and "key" in attributes:
            holder[attributes["key"]] = attributes.get("value")
            self._inside = 1
        elif local(name) == "event" and self._event is None:
            self._event = {}
        elif local(name) == "trace" and holder is None:
            self._trace = {}
        elif holder is not None:
            self._inside = 1

    def end(self, name: str) -> None:
        """Take the end of an element."""
        if self._inside:
            self._inside -= 1
        elif self._event is not None and local(name) == "event":
            (self._done if self._trace is None else self._waiting).append(self._event)
            self._event = None
        elif self._trace is not None and local(name) == "trace":
            own = {f"{OF_TRACE}{key}": value for key, value in self._trace.items()}
            self._done += [own | event for event in self._waiting]
            self._waiting, self._trace = [], None
