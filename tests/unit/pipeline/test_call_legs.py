"""Legs of one call that nothing puts together."""

from datetime import datetime
from pathlib import Path

import pytest

from voronka.bootstrap import trial_place
from voronka.pipeline.call_legs import legs_apart
from voronka.pipeline.taking import Target, read_options, take
from voronka.transform.sources import Source, Stream

COLUMNS = {"activity_id": "id", "started_at": "at", "client_phone": "phone", "talk_seconds": "talk", "employee": "who"}
HEAD = "id,at,phone,talk,who,call\n"


def told(folder: Path, rows: str, columns: dict[str, str]) -> list[int]:
    """Return the lines of calls that go on with the one before them."""
    file = folder / "calls.csv"
    file.write_text(HEAD + rows, encoding="utf-8")
    source = Source(source="pbx", streams={"calls": Stream(path="-", into="calls", columns=columns)})
    with trial_place(str(folder)) as work:
        batch = work.files.read(work.files.find(str(file))[0], read_options(), folder / "work")
        incoming = take(work.session, batch, Target(source, "calls", "UTC", "", datetime.fromisoformat("2026-03-02")))
        return [row for flag in legs_apart(work.session, incoming) for row in flag.first_rows]


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        # rings at two people; is put through; overlaps with a call of the same person
        ("1,2026-02-01 10:00:01,79000000001,0,Anna,a\n2,2026-02-01 10:00:04,79000000001,30,Boris,a\n", [3]),
        ("1,2026-02-01 10:00:01,79000000001,30,Anna,a\n2,2026-02-01 10:00:32,79000000001,60,Boris,a\n", [3]),
        ("1,2026-02-01 10:00:01,79000000001,30,Anna,a\n2,2026-02-01 10:00:20,79000000001,60,Anna,a\n", [3]),
        # the same person calls again; another phone; an hour later; times without seconds
        ("1,2026-02-01 10:00:01,79000000001,0,Anna,a\n2,2026-02-01 10:00:04,79000000001,30,Anna,b\n", []),
        ("1,2026-02-01 10:00:01,79000000001,30,Anna,a\n2,2026-02-01 10:00:02,79000000002,60,Boris,b\n", []),
        ("1,2026-02-01 10:00:01,79000000001,30,Anna,a\n2,2026-02-01 11:00:02,79000000001,60,Boris,b\n", []),
        ("1,2026-02-01 10:00,79000000001,0,Anna,a\n2,2026-02-01 10:00,79000000001,30,Boris,b\n", []),
    ],
)
def test_calls_that_are_hardly_several_are_told(tmp_path: Path, rows: str, lines: list[int]) -> None:
    assert told(tmp_path, rows, COLUMNS) == lines


def test_where_a_column_puts_the_legs_together_nothing_is_to_be_told(tmp_path: Path) -> None:
    rows = "1,2026-02-01 10:00:01,79000000001,0,Anna,a\n2,2026-02-01 10:00:04,79000000001,30,Boris,a\n"
    assert told(tmp_path, rows, COLUMNS | {"conversation_id": "call"}) == []
    without_phone = {ours: theirs for ours, theirs in COLUMNS.items() if ours != "client_phone"}
    assert told(tmp_path, rows, without_phone) == []
