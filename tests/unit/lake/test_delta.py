import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from deltalake import DeltaTable
from deltalake.exceptions import CommitFailedError, DeltaError

from voronka.domain.errors import InputError, SettingsError, StorageError
from voronka.lake import delta
from voronka.lake.delta import COMPACT_FROM, DeltaStore, duckdb_type
from voronka.lake.session import Session, delta_rows, select_files


@pytest.fixture
def store(tmp_path: Path) -> DeltaStore:
    return DeltaStore(tmp_path / "lake")


@pytest.fixture
def session() -> Iterator[Session]:
    session = Session()
    yield session
    session.close()


def put(store: DeltaStore, session: Session, sql: str, app_id: str | None = None, **metadata: str) -> None:
    store.append("raw/crm/deals", session.stream(sql), metadata, app_id)


def rows(store: DeltaStore, session: Session, name: str = "raw/crm/deals") -> list[dict[str, Any]]:
    return sorted(delta_rows(store, session, name), key=str)


def test_a_table_that_nobody_wrote_has_no_files_no_version_and_no_metadata(store: DeltaStore) -> None:
    assert store.read("raw/crm/deals") is None
    assert store.version("raw/crm/deals") is None
    assert store.data_version("raw/crm/deals") is None
    assert store.commit_metadata("raw/crm/deals") == {}
    assert not store.has_transaction("raw/crm/deals", "a")
    assert store.names("raw") == []


def test_appended_rows_stand_beside_the_earlier_ones(store: DeltaStore, session: Session) -> None:
    put(store, session, "SELECT 1 AS id")
    put(store, session, "SELECT 2 AS id")
    assert rows(store, session) == [{"id": 1}, {"id": 2}]


def test_a_repeated_commit_of_one_transaction_adds_nothing(store: DeltaStore, session: Session) -> None:
    put(store, session, "SELECT 1 AS id", app_id="load-1")
    put(store, session, "SELECT 1 AS id", app_id="load-1")
    put(store, session, "SELECT 1 AS id", app_id="load-2")
    assert rows(store, session) == [{"id": 1}, {"id": 1}]


def test_a_transaction_is_remembered_after_the_log_was_put_together(store: DeltaStore, session: Session) -> None:
    put(store, session, "SELECT 1 AS id", app_id="first")
    for number in range(COMPACT_FROM):
        put(store, session, f"SELECT {number} AS id", app_id=f"load-{number}")
    DeltaTable(str(store.root / "raw/crm/deals")).create_checkpoint()
    store.compact("raw/crm/deals")
    assert store.has_transaction("raw/crm/deals", "first")


def test_replacing_leaves_the_new_rows_only(store: DeltaStore, session: Session) -> None:
    store.replace("core/t", session.stream("SELECT 1 AS id, 'a' AS name"), {})
    assert store.replace("core/t", session.stream("SELECT 2 AS number"), {}) == 1
    assert rows(store, session, "core/t") == [{"number": 2}]


def test_a_replaced_table_can_become_empty_and_keeps_its_types(store: DeltaStore, session: Session) -> None:
    store.replace("core/t", session.stream("SELECT 1::BIGINT AS id"), {})
    store.replace("core/t", session.stream("SELECT 1::BIGINT AS id WHERE false"), {})
    found = store.read("core/t")
    assert found is not None
    assert (found.files, found.columns) == ((), (("id", "BIGINT"),))
    assert rows(store, session, "core/t") == []


def test_an_older_version_is_read_as_it_was(store: DeltaStore, session: Session) -> None:
    store.replace("core/t", session.stream("SELECT 1 AS id"), {})
    store.replace("core/t", session.stream("SELECT 2 AS id"), {})
    old = store.read("core/t", 0)
    assert old is not None
    assert session.rows(select_files(old)) == [{"id": 1}]


def test_metadata_lie_in_the_commit_of_the_data(store: DeltaStore, session: Session) -> None:
    put(store, session, "SELECT 1 AS id", **{"voronka.cursor": "41"})
    put(store, session, "SELECT 2 AS id", **{"voronka.cursor": "42"})
    assert store.commit_metadata("raw/crm/deals")["voronka.cursor"] == "42"


def test_vacuum_and_compaction_do_not_hide_the_metadata_of_the_data(store: DeltaStore, session: Session) -> None:
    for number in range(COMPACT_FROM):
        put(store, session, f"SELECT {number} AS id", mark=str(number))
    version = store.version("raw/crm/deals")
    assert store.compact("raw/crm/deals")
    store.vacuum("raw/crm/deals", 0)
    assert store.version("raw/crm/deals") != version
    assert store.data_version("raw/crm/deals") == version
    assert store.commit_metadata("raw/crm/deals")["mark"] == str(COMPACT_FROM - 1)


def test_a_new_column_is_null_in_earlier_rows(store: DeltaStore, session: Session) -> None:
    put(store, session, "SELECT 'a' AS name")
    put(store, session, "SELECT 'b' AS name, 'x' AS city")
    assert rows(store, session) == [{"name": "a", "city": None}, {"name": "b", "city": "x"}]


def test_a_column_that_is_left_out_is_null_in_later_rows(store: DeltaStore, session: Session) -> None:
    put(store, session, "SELECT 'a' AS name, 'x' AS city")
    put(store, session, "SELECT 'b' AS name")
    assert rows(store, session) == [{"name": "a", "city": "x"}, {"name": "b", "city": None}]


def test_a_partition_is_a_text_whatever_it_looks_like(store: DeltaStore, session: Session) -> None:
    store.replace("core/t", session.stream("SELECT 1 AS id, '2026' AS month UNION ALL SELECT 2, 'none'"), {}, ["month"])
    found = store.read("core/t")
    assert found is not None
    assert found.partitions == ("month",)
    assert rows(store, session, "core/t") == [{"id": 1, "month": "2026"}, {"id": 2, "month": "none"}]


@pytest.mark.parametrize("folder", ["Компания", "two words", "it's", "a#b", 'say "x"', "плюс+"])
def test_the_lake_may_lie_in_a_folder_of_any_script(tmp_path: Path, session: Session, folder: str) -> None:
    store = DeltaStore(tmp_path / folder / "lake")
    put(store, session, "SELECT 1 AS id")
    store.replace("core/t", session.stream("SELECT 1 AS id, '2026-01' AS month"), {}, ["month"])
    assert rows(store, session) == [{"id": 1}]
    assert rows(store, session, "core/t") == [{"id": 1, "month": "2026-01"}]


@pytest.mark.parametrize("folder", ["a[1]", "50%", "a*", "month=2026-01", "what?"])
def test_a_folder_that_the_tables_cannot_lie_in_is_refused_with_the_reason(tmp_path: Path, folder: str) -> None:
    with pytest.raises(SettingsError, match="Rename the folder"):
        DeltaStore(tmp_path / folder / "lake").read("core/t")


@pytest.mark.parametrize("name", ["../outside", "raw/../../outside", "/etc"])
def test_a_name_that_leads_out_of_the_lake_is_refused(store: DeltaStore, name: str) -> None:
    with pytest.raises(InputError, match="out of the lake"):
        store.read(name)
    with pytest.raises(InputError, match="out of the lake"):
        store.drop(name)


def test_names_are_those_below_a_folder(store: DeltaStore, session: Session) -> None:
    put(store, session, "SELECT 1 AS id")
    store.replace("core/t", session.stream("SELECT 1 AS id"), {})
    assert store.names("raw") == ["raw/crm/deals"]
    assert store.names("core") == ["core/t"]


def test_a_dropped_table_is_gone_and_dropping_it_again_is_harmless(store: DeltaStore, session: Session) -> None:
    put(store, session, "SELECT 1 AS id")
    store.drop("raw/crm/deals")
    store.drop("raw/crm/deals")
    assert store.read("raw/crm/deals") is None


def test_what_a_killed_first_write_left_is_not_a_table_and_can_be_written_over(
    store: DeltaStore, session: Session
) -> None:
    (store.root / "raw/crm/deals/_delta_log").mkdir(parents=True)
    assert store.read("raw/crm/deals") is None
    put(store, session, "SELECT 1 AS id")
    assert rows(store, session) == [{"id": 1}]


def foreign(store: DeltaStore, session: Session, **configuration: str) -> None:
    """Make a table with another engine's habit."""
    put(store, session, "SELECT 1 AS id")
    DeltaTable(str(store.root / "raw/crm/deals")).alter.set_table_properties(configuration)


def test_a_table_with_deletion_vectors_is_refused_by_name(store: DeltaStore, session: Session) -> None:
    foreign(store, session, **{"delta.enableDeletionVectors": "true"})
    with pytest.raises(InputError, match="raw/crm/deals: the table uses deletion vectors"):
        store.read("raw/crm/deals")


def test_a_table_with_column_mapping_is_refused_by_name(store: DeltaStore, session: Session) -> None:
    put(store, session, "SELECT 1 AS id")
    log = store.root / "raw/crm/deals/_delta_log/00000000000000000000.json"
    text = log.read_text("utf-8")
    assert '"configuration":{}' in text
    log.write_text(text.replace('"configuration":{}', '"configuration":{"delta.columnMapping.mode":"name"}'), "utf-8")
    with pytest.raises(InputError, match="raw/crm/deals: the table uses column mapping"):
        store.read("raw/crm/deals")


def test_compaction_waits_for_many_files_and_keeps_the_rows(store: DeltaStore, session: Session) -> None:
    put(store, session, "SELECT 0 AS id")
    assert not store.compact("raw/crm/deals")
    for number in range(1, COMPACT_FROM):
        put(store, session, f"SELECT {number} AS id")
    assert store.compact("raw/crm/deals")
    found = store.read("raw/crm/deals")
    assert found is not None
    assert len(found.files) == 1
    assert {row["id"] for row in rows(store, session)} == set(range(COMPACT_FROM))


def test_vacuum_keeps_what_a_reader_may_still_be_reading(store: DeltaStore, session: Session) -> None:
    store.replace("core/t", session.stream("SELECT 1 AS id"), {})
    being_read = store.read("core/t")
    assert being_read is not None
    store.replace("core/t", session.stream("SELECT 2 AS id"), {})
    store.vacuum("core/t", 0.5)
    assert session.rows(select_files(being_read)) == [{"id": 1}]


def test_vacuum_deletes_what_no_version_needs_and_what_a_killed_writer_left(
    store: DeltaStore, session: Session
) -> None:
    store.replace("core/t", session.stream("SELECT 1 AS id"), {})
    store.replace("core/t", session.stream("SELECT 2 AS id"), {})
    (store.root / "core/t/part-of-a-killed-writer.parquet").write_bytes(b"half")
    store.vacuum("core/t", 0)
    kept = [str(path) for path in (store.root / "core/t").glob("*.parquet")]
    found = store.read("core/t")
    assert found is not None
    assert kept == list(found.files)
    assert rows(store, session, "core/t") == [{"id": 2}]


def test_where_nothing_is_to_be_deleted_vacuum_commits_nothing(store: DeltaStore, session: Session) -> None:
    store.replace("core/t", session.stream("SELECT 1 AS id"), {})
    store.vacuum("core/t", 0)
    assert store.version("core/t") == 0
    store.replace("core/t", session.stream("SELECT 2 AS id"), {})
    store.vacuum("core/t", 1)  # the first version is younger
    assert store.version("core/t") == 1
    (old,) = {str(path) for path in (store.root / "core/t").glob("*.parquet")} - set(newest(store, "core/t"))
    an_hour_ago = time.time() - 3601
    os.utime(old, (an_hour_ago, an_hour_ago))
    store.vacuum("core/t", 1)  # delta-rs goes by the commit that replaced it, which is younger than the file
    assert Path(old).is_file()
    store.vacuum("core/t", 0)
    assert not Path(old).exists()


def newest(store: DeltaStore, name: str) -> tuple[str, ...]:
    found = store.read(name)
    assert found is not None
    return found.files


def test_a_table_is_opened_once_until_somebody_commits_to_it(
    store: DeltaStore, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    class Counted(DeltaTable):
        def __init__(self, path: str, version: int | None = None) -> None:
            opened.append(path)
            super().__init__(path, version)

    other = DeltaStore(store.root)
    other.replace("core/t", session.stream("SELECT 1 AS id"), {"said": "first"})
    monkeypatch.setattr(delta, "DeltaTable", Counted)
    for _ in range(2):
        assert (store.version("core/t"), store.commit_metadata("core/t")["said"]) == (0, "first")
        assert rows(store, session, "core/t") == [{"id": 1}]
    assert len(opened) == 1
    other.replace("core/t", session.stream("SELECT 2 AS id"), {"said": "second"})
    assert (store.version("core/t"), store.commit_metadata("core/t")["said"]) == (1, "second")
    assert rows(store, session, "core/t") == [{"id": 2}]
    store.drop("core/t")
    assert store.version("core/t") is None
    other.replace("core/t", session.stream("SELECT 3 AS id"), {"said": "third"})
    assert rows(store, session, "core/t") == [{"id": 3}]


WRITER = """
import sys
from pathlib import Path
from voronka.lake.delta import DeltaStore
from voronka.lake.session import Session
root, who, times = sys.argv[1:]
store, session = DeltaStore(Path(root)), Session()
print("ready", flush=True)
sys.stdin.readline()
for number in range(int(times)):
    rows = session.stream(f"SELECT '{who}' AS who, {number} AS id")
    store.append("raw/crm/deals", rows, {}, f"{who}-{number}")
"""


def two_writers(store: DeltaStore, *names: str, times: int) -> None:
    """Let processes append to one table from the same moment on, and wait for them."""
    command, pipe = [sys.executable, "-c", WRITER, str(store.root)], subprocess.PIPE
    started = [subprocess.Popen([*command, who, str(times)], stdin=pipe, stdout=pipe, text=True) for who in names]
    assert [process.stdout.readline() for process in started if process.stdout] == ["ready\n"] * len(names)
    for process in started:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in started:
        process.communicate(timeout=60)
    assert [process.returncode for process in started] == [0] * len(names)


def test_two_processes_that_append_to_one_table_lose_nothing(store: DeltaStore, session: Session) -> None:
    two_writers(store, "a", "b", times=15)
    found = [(row["who"], row["id"]) for row in rows(store, session)]
    assert sorted(found) == [(who, number) for who in ("a", "b") for number in range(15)]


def test_two_processes_that_repeat_one_commit_add_its_rows_once(store: DeltaStore, session: Session) -> None:
    two_writers(store, "same", "same", times=5)
    assert [row["id"] for row in rows(store, session)] == [0, 1, 2, 3, 4]


class Blind(DeltaStore):
    """A store that once looks for a table the moment before another process makes it."""

    looked = False

    def _open(self, name: str, version: int | None = None) -> DeltaTable | None:
        if self.looked:
            return super()._open(name, version)
        self.looked = True
        return None


def test_a_commit_repeated_while_its_table_was_being_made_adds_its_rows_once(
    store: DeltaStore, session: Session
) -> None:
    store.append("raw/crm/deals", session.stream("SELECT 1 AS id"), {}, "load-1")
    Blind(store.root).append("raw/crm/deals", session.stream("SELECT 1 AS id"), {}, "load-1")
    Blind(store.root).append("raw/crm/deals", session.stream("SELECT 2 AS id"), {}, "load-2")
    assert [row["id"] for row in rows(store, session)] == [1, 2]


def test_a_type_that_voronka_does_not_write_is_refused() -> None:
    assert duckdb_type("decimal(18,2)") == "DECIMAL(18,2)"
    assert duckdb_type("timestamp_ntz") == "TIMESTAMP"
    with pytest.raises(InputError, match="binary"):
        duckdb_type("binary")


@pytest.mark.parametrize("fault", [CommitFailedError, DeltaError, OSError])
@pytest.mark.parametrize("is_new", [True, False])
def test_a_commit_that_a_full_disk_refuses_is_told_as_that_and_not_tried_again(
    store: DeltaStore, session: Session, monkeypatch: pytest.MonkeyPatch, fault: type[Exception], *, is_new: bool
) -> None:
    if not is_new:
        put(store, session, "SELECT 1 AS id")
    calls = []

    def full(*_given: object, **_named: object) -> None:
        calls.append(1)
        raise fault("Failed to commit: Generic LocalFileSystem error: No space left on device (os error 28)")

    with monkeypatch.context() as patched:
        patched.setattr(delta, "write_deltalake", full)
        with pytest.raises(StorageError, match=r"raw/crm/deals: the disk is full\. Free some space"):
            put(store, session, "SELECT 2 AS id")
        with pytest.raises(StorageError, match="raw/crm/deals: the disk is full"):
            store.replace("raw/crm/deals", session.stream("SELECT 2 AS id"), {})
    assert len(calls) == 2
    put(store, session, "SELECT 2 AS id")
    assert store.version("raw/crm/deals") == (0 if is_new else 1)
