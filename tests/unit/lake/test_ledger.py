import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from voronka.domain.errors import QuestionError
from voronka.domain.flags import Flag
from voronka.lake.delta import COMPACT_FROM, DeltaStore
from voronka.lake.ledger import ACTIVE, SUPERSEDED, TABLE, UNDONE, Ledger, Load, LoadedFile, after, person
from voronka.lake.session import Session, delta_rows

MORNING = datetime(2026, 3, 2, 9, 0)  # noqa: DTZ001 - UTC without a zone, as everywhere in the house


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = MORNING

    def __call__(self) -> datetime:
        """Return the time."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path) -> DeltaStore:
    return DeltaStore(tmp_path / "lake")


@pytest.fixture
def ledger(store: DeltaStore, clock: Clock) -> Iterator[Ledger]:
    session = Session()
    yield Ledger(store, lambda name: delta_rows(store, session, name), clock)
    session.close()


def load(load_id: str, at: datetime = MORNING, stream: str = "deals", **values: object) -> Load:
    file = LoadedFile(f"exports/{load_id}.csv", f"hash of {load_id}", 10)
    made = Load(load_id, "crm", stream, ACTIVE, at, "anna", (file,), "auto|auto", {"number:x": {"reader": "number"}})
    return made if not values else Load(**{**vars(made), **values})


def states(ledger: Ledger) -> dict[str, str]:
    return {x.load_id: x.state for x in ledger.loads()}


def test_an_empty_lake_has_no_loads(ledger: Ledger) -> None:
    assert ledger.loads() == []
    assert ledger.active("crm", "deals") == []


def test_a_load_comes_back_as_it_was_written(ledger: Ledger) -> None:
    written = load("a", rows_read=5, rows_good=3, rows_repeated=1, rows_quarantined=2, rows_deleted=4, mapping="m")
    ledger.write([written])
    (found,) = ledger.loads()
    assert found == Load(**{**vars(written), "loaded_at": MORNING})


def test_nothing_written_is_no_commit(ledger: Ledger, store: DeltaStore) -> None:
    ledger.write([])
    assert store.version(TABLE) is None


def test_loads_stand_in_the_order_they_were_first_made(ledger: Ledger) -> None:
    later, earlier = load("a", MORNING + timedelta(hours=1)), load("b", MORNING)
    ledger.write([later])
    ledger.write([earlier])
    ledger.set_state("b", UNDONE)
    assert [x.load_id for x in ledger.loads()] == ["b", "a"]


def test_only_the_active_loads_of_the_stream_count(ledger: Ledger) -> None:
    ledger.write([load("a"), load("b", stream="calls"), load("c", state=SUPERSEDED), load("d")])
    ledger.set_state("d", UNDONE)
    assert [x.load_id for x in ledger.active("crm", "deals")] == ["a"]


def test_undo_and_redo_change_the_state_and_keep_when_it_was_loaded(ledger: Ledger, clock: Clock) -> None:
    ledger.write([load("a")])
    clock.now = MORNING + timedelta(hours=2)
    undone = ledger.set_state("a", UNDONE)
    assert (undone.state, undone.at, undone.by) == (UNDONE, clock.now, person())
    assert states(ledger) == {"a": UNDONE}
    assert ledger.loads()[0].loaded_at == MORNING
    assert ledger.set_state("a", ACTIVE).is_active
    assert states(ledger) == {"a": ACTIVE}


def test_undoing_twice_writes_one_line(ledger: Ledger, store: DeltaStore) -> None:
    ledger.write([load("a")])
    ledger.set_state("a", UNDONE)
    version = store.version(TABLE)
    assert ledger.set_state("a", UNDONE).state == UNDONE
    assert store.version(TABLE) == version


def test_the_last_word_counts_though_the_clock_stood_still_or_went_back(ledger: Ledger, clock: Clock) -> None:
    ledger.write([load("a")])
    for hours in (0, 0, -5, -9, -9):
        clock.now = MORNING + timedelta(hours=hours)
        wanted = UNDONE if states(ledger)["a"] == ACTIVE else ACTIVE
        ledger.set_state("a", wanted)
        assert states(ledger) == {"a": wanted}


def test_an_unknown_load_is_told_with_the_nearest_known(ledger: Ledger) -> None:
    ledger.write([load("0a1b2c3d4e"), load("ffffffffff")])
    with pytest.raises(QuestionError, match=r"no load has the id 0a1b2c3d4f\. Did you mean 0a1b2c3d4e\?"):
        ledger.set_state("0a1b2c3d4f", UNDONE)


def test_the_line_of_a_load_names_it_in_the_commit(ledger: Ledger, store: DeltaStore) -> None:
    ledger.write([load("a"), load("b")])
    assert store.commit_metadata(TABLE)["voronka.loads"] == "a,b"


def test_lines_of_an_older_version_of_voronka_are_read(ledger: Ledger, store: DeltaStore) -> None:
    session = Session()
    newer = ("mapping", "flags", "columns", "mends", "settles", "replaces")
    old = {name: value for name, value in raw_line(load("old")).items() if name not in newer}
    cells = ", ".join(f"${name} AS {name}" for name in old)
    store.append(TABLE, session.stream(f"SELECT {cells}", old), {})
    assert [(x.load_id, x.mapping) for x in ledger.loads()] == [("old", "")]
    ledger.write([load("new", MORNING + timedelta(hours=1))])
    assert [(x.load_id, x.mapping) for x in ledger.loads()] == [("old", ""), ("new", "")]
    session.close()


def raw_line(made: Load) -> dict[str, object]:
    """Return a line of the ledger as it lies in the table."""
    told = {name: value for name, value in vars(made).items() if name != "loaded_at"}
    files = json.dumps([vars(file) for file in made.files])
    return {**told, "at": made.at.isoformat(), "files": files, "readings": json.dumps(dict(made.readings))}


def test_flags_and_the_columns_of_a_load_are_kept(ledger: Ledger) -> None:
    flags = (Flag("mojibake", "read wrongly", 2, (3, 4)),)
    made = replace(load("a"), flags=flags, columns={"no": 2, "name": 0}, mends={"z": ((2, 4), (7, 7))})
    ledger.write([made])
    (found,) = ledger.loads()
    assert (found.flags, found.columns, found.mends) == (made.flags, made.columns, made.mends)


def test_many_lines_are_put_together_and_stay_what_they_are(ledger: Ledger, store: DeltaStore) -> None:
    for number in range(COMPACT_FROM):
        ledger.write([load(f"load-{number:03}", MORNING + timedelta(minutes=number))])
    found = store.read(TABLE)
    assert found is not None
    assert len(found.files) == 1
    assert [x.load_id for x in ledger.loads()] == [f"load-{number:03}" for number in range(COMPACT_FROM)]


def test_what_is_later_stays_later() -> None:
    assert after(MORNING, MORNING + timedelta(seconds=1)) == MORNING + timedelta(seconds=1)
    assert after(MORNING, MORNING - timedelta(hours=1)) == MORNING + timedelta(microseconds=1)


def test_a_machine_that_names_nobody_has_an_unknown_person(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> str:
        raise KeyError("uid")

    take: Callable[[], str] = nobody
    monkeypatch.setattr("getpass.getuser", take)
    assert person() == "unknown"
