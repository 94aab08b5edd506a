"""Event logs in XES: what becomes of traces, events and their attributes."""

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.unit.connectors.files.conftest import Read, Rows
from voronka.connectors.files import FileBatch, ReadOptions, find_files, read_file
from voronka.domain.errors import InputError
from voronka.settings import LimitSettings

Taken = Callable[[FileBatch], Rows]
HEAD = '<?xml version="1.0" encoding="UTF-8" ?>\n<!-- made by hand -->\n<log xes.version="1.0" xmlns="http://www.xes-standard.org/">'
DEFAULTS = (
    '<extension name="Concept" prefix="concept" uri="concept.xesext"/>'
    '<global scope="event"><string key="concept:name" value="nothing"/></global>'
    '<classifier name="Activity" keys="concept:name"/><string key="creator" value="nobody"/>'
)


def log(*traces: str) -> str:
    return f"{HEAD}{DEFAULTS}{''.join(traces)}</log>"


def trace(name: str, *events: str) -> str:
    return f'<trace><string key="concept:name" value="{name}"/>{"".join(events)}</trace>'


def event(name: str, at: str, more: str = "") -> str:
    return f'<event><string key="concept:name" value="{name}"/><date key="time:timestamp" value="{at}"/>{more}</event>'


SMALL = log(
    trace("7", event("A &amp; B", "2026-03-01T10:00:00.000+03:00"), event("C", "2026-03-01T09:00:00Z")),
    trace("9"),
    trace("8", event("C", "2026-03-02T10:00:00Z", '<int key="cost" value="12"/>')),
)


def test_an_event_is_a_row_with_the_attributes_of_its_trace(read: Read, rows: Taken) -> None:
    batch = read(SMALL, "log.xes")
    assert batch.columns == ("case:concept:name", "concept:name", "time:timestamp", "cost")
    assert batch.reading["kind"] == "xes"
    assert [found[:5] for found in rows(batch)] == [
        ("7", "A & B", "2026-03-01T10:00:00.000+03:00", None, 1),
        ("7", "C", "2026-03-01T09:00:00Z", None, 2),
        ("8", "C", "2026-03-02T10:00:00Z", "12", 3),
    ]


def test_a_packed_log_and_one_in_another_encoding_are_the_same(read: Read, rows: Taken) -> None:
    wide = SMALL.replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16")
    plain = rows(read(SMALL, "log.xes"))
    assert rows(read(gzip.compress(SMALL.encode()), "log.xes.gz")) == plain
    assert rows(read(wide, "log.xes")) == plain


def test_attributes_inside_attributes_are_not_those_of_the_event(read: Read, rows: Taken) -> None:
    inside = (
        '<string key="org:resource" value="Pete"><string key="concept:name" value="inner"/></string>'
        '<list key="codes"><values><int key="x" value="1"/></values></list>'
    )
    batch = read(log(trace("7", event("A", "2026-03-01T10:00:00Z", inside))), "log.xes")
    assert batch.columns == ("case:concept:name", "concept:name", "time:timestamp", "org:resource", "codes")
    assert rows(batch)[0][:5] == ("7", "A", "2026-03-01T10:00:00Z", "Pete", None)


def test_what_a_trace_says_behind_its_events_and_events_outside_of_traces_are_taken(read: Read, rows: Taken) -> None:
    late = f'<trace>{event("A", "2026-03-01")}<string key="concept:name" value="7"/></trace>'
    batch = read(log(late, event("B", "2026-03-02")), "log.xes")
    assert batch.columns == ("case:concept:name", "concept:name", "time:timestamp")
    assert [found[:3] for found in rows(batch)] == [("7", "A", "2026-03-01"), (None, "B", "2026-03-02")]


def test_characters_that_nobody_sees_are_taken_out_and_told(read: Read, rows: Taken) -> None:
    batch = read(log(trace("7", event("A\u200b", "2026-03-01"))), "log.xes")
    assert rows(batch)[0][1] == "A"
    assert [(flag.code, flag.first_rows) for flag in batch.flags] == [("invisible_characters", (1,))]


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        (SMALL[:-30].encode(), "the event log is damaged"),
        (gzip.compress(SMALL.encode())[:-20], "the event log is damaged"),
        (log(trace("7")).encode(), "holds no event"),
        (
            SMALL.replace("<log", '<!DOCTYPE log [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><log', 1).encode(),
            "declares a document type",
        ),
    ],
)
def test_a_log_that_is_not_whole_or_may_do_harm_is_refused(read: Read, content: bytes, cause: str) -> None:
    with pytest.raises(InputError, match=cause) as refusal:
        read(content, "log.xes")
    assert refusal.value.do


@pytest.mark.parametrize(
    ("limits", "cause"),
    [
        (LimitSettings(unpacked_bytes=500), "unpacked, the event log takes more than"),
        (LimitSettings(rows=2), "more than 2 rows"),
        (LimitSettings(columns=3), "4 columns"),
        (LimitSettings(field_characters=10), "over the limit of 10"),
    ],
)
def test_a_log_over_a_limit_is_refused(tmp_path: Path, limits: LimitSettings, cause: str) -> None:
    (tmp_path / "log.xes.gz").write_bytes(gzip.compress(SMALL.encode()))
    with pytest.raises(InputError, match=cause):
        read_file(find_files("log.xes.gz", tmp_path)[0], ReadOptions(), tmp_path / "work", limits)
