import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from voronka.domain.errors import OurMistakeError, QuestionError, RetryError
from voronka.domain.model import tables
from voronka.lake.delta import DeltaStore
from voronka.lake.duckdb_engine import DuckDBEngine
from voronka.lake.manifest import MANIFEST
from voronka.lake.session import Limits, Session, quoted

VIEWS = {"fct_calls": "SELECT * FROM fct_activities WHERE kind = 'call'"}


class Builder:
    """Builds a core by hand: two tables that always say the same number."""

    def __init__(self, root: Path) -> None:
        self.store, self.session, self.builds = DeltaStore(root), Session(), 0

    def table(self, name: str, number: int) -> int:
        """Write a table of `number` rows, every text in it the number."""
        kinds = {c.name: c.type for c in tables()[name].columns}
        cells = ", ".join(
            f"CAST({number if kind == 'TEXT' else 'NULL'} AS {kind}) AS {quoted(column)}"
            for column, kind in kinds.items()
        )
        return self.store.replace(f"core/{name}", self.session.stream(f"SELECT {cells} FROM range({number})"), {})

    def build(self, number: int) -> None:
        """Finish a build in which both tables say `number`."""
        self.publish({name: self.table(name, number) for name in ("dim_team", "dim_channel")})

    def publish(self, versions: dict[str, int]) -> None:
        """Make versions visible."""
        self.builds += 1
        told = {"build": self.builds, "at": f"2026-03-02T09:00:{self.builds % 60:02}", "versions": versions}
        self.store.replace(MANIFEST, self.session.stream("SELECT $m AS manifest", {"m": json.dumps(told)}), {})


@pytest.fixture
def builder(tmp_path: Path) -> Iterator[Builder]:
    builder = Builder(tmp_path / "lake")
    yield builder
    builder.session.close()


@pytest.fixture
def engine(builder: Builder) -> Iterator[DuckDBEngine]:
    engine = DuckDBEngine(builder.store, VIEWS)
    yield engine
    engine.close()


def rows(engine: DuckDBEngine, sql: str, parameters: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    found = engine.execute(sql, parameters)
    columns = {name: found.column(name).to_pylist() for name in found.column_names}
    return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]


def test_before_the_first_build_every_table_is_empty_and_typed(engine: DuckDBEngine) -> None:
    assert engine.data_version() == ""
    assert engine.built_at() == ""
    for name, table in tables().items():
        assert rows(engine, f"SELECT count(*) AS n FROM {name}") == [{"n": 0}]
        if name not in VIEWS:
            assert list(engine.columns(name)) == [column.name for column in table.columns]
    told = rows(engine, "SELECT column_type FROM (DESCRIBE fct_deals) WHERE column_name = 'amount'")
    assert told == [{"column_type": "DECIMAL(18,2)"}]


def test_an_unknown_table_has_no_columns(engine: DuckDBEngine) -> None:
    assert engine.columns("fct_dreams") == ()
    assert engine.columns("dim_team; DROP TABLE x") == ()


def test_a_build_is_seen_by_the_next_query(engine: DuckDBEngine, builder: Builder) -> None:
    versions = [engine.data_version()]
    for number in (3, 5):
        builder.build(number)
        assert rows(engine, "SELECT count(*) AS n FROM dim_team") == [{"n": number}]
        versions.append(engine.data_version())
    assert len(set(versions)) == 3
    assert engine.built_at() == "2026-03-02T09:00:02"


def test_a_table_that_a_build_has_written_but_not_made_visible_is_not_seen(
    engine: DuckDBEngine, builder: Builder
) -> None:
    builder.build(3)
    builder.table("dim_team", 9)
    assert rows(engine, "SELECT count(*) AS n FROM dim_team") == [{"n": 3}]


def test_a_view_stands_on_the_table_it_selects_from(engine: DuckDBEngine, builder: Builder) -> None:
    builder.publish({"fct_activities": builder.table("fct_activities", 2)})
    assert rows(engine, "SELECT count(*) AS n FROM fct_activities") == [{"n": 2}]
    assert rows(engine, "SELECT count(*) AS n FROM fct_calls") == [{"n": 0}]
    assert "kind" in engine.columns("fct_calls")


def test_values_are_parameters(engine: DuckDBEngine, builder: Builder) -> None:
    builder.build(2)
    asked = "SELECT count(*) AS n FROM dim_team WHERE name = $name"
    assert rows(engine, asked, {"name": "2"}) == [{"n": 2}]
    assert rows(engine, asked, {"name": "' OR true --"}) == [{"n": 0}]


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM read_text('/etc/passwd')",
        "SELECT * FROM '/etc/passwd'",
        "SELECT * FROM read_parquet('https://example.org/x.parquet')",
        "SELECT * FROM glob('/etc/*')",
        "SELECT getenv('HOME')",
    ],
)
def test_nothing_outside_the_lake_can_be_read(engine: DuckDBEngine, sql: str) -> None:
    with pytest.raises(duckdb.Error):
        engine.execute(sql)


@pytest.mark.parametrize(
    "sql",
    [
        "COPY (SELECT 1) TO '{lake}/x.csv'",
        "ATTACH '{lake}/x.db'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "CREATE TABLE x (a INTEGER)",
        "DROP VIEW dim_team",
        "SET enable_external_access = true",
        "PRAGMA database_list",
        "SELECT 1; SELECT 2",
        "",
    ],
)
def test_only_one_statement_that_reads_is_run(engine: DuckDBEngine, builder: Builder, sql: str) -> None:
    with pytest.raises(OurMistakeError, match="one statement that reads"):
        engine.execute(sql.format(lake=builder.store.root))
    assert not (builder.store.root / "x.csv").exists()


def test_a_session_of_the_engine_cannot_be_configured_any_more(engine: DuckDBEngine) -> None:
    snapshot = engine._snapshot()  # noqa: SLF001 - what lies behind the door is tried too
    with pytest.raises(duckdb.Error, match="locked"):
        snapshot.session.run("SET enable_external_access = true")


def test_a_query_never_sees_two_builds_at_once(engine: DuckDBEngine, builder: Builder) -> None:
    builder.build(1)
    finished = threading.Event()
    seen: set[tuple[str, str]] = set()
    faults: list[BaseException] = []

    def ask(sql: str) -> None:
        try:
            while not finished.is_set():
                seen.update((row["team"], row["channel"]) for row in rows(engine, sql))
        except BaseException as fault:  # noqa: BLE001 - shown below
            faults.append(fault)

    both = "SELECT max(t.name) AS team, max(c.name) AS channel FROM dim_team AS t, dim_channel AS c"
    one = "SELECT max(name) AS team, max(name) AS channel FROM dim_channel"
    threads = [threading.Thread(target=ask, args=(sql,)) for sql in (both, both, one)]
    for thread in threads:
        thread.start()
    for number in range(2, 12):
        builder.build(number)
    finished.set()
    for thread in threads:
        thread.join()
    assert faults == []
    assert {team == channel for team, channel in seen} == {True}
    assert rows(engine, both) == [{"team": "11", "channel": "11"}]


LONG = "SELECT count(*) AS n FROM range(1000000000) AS a(i), range(1000) AS b(j) WHERE (i * j) % 7 = 3"
"""Takes hours, wherever it runs."""


def test_a_closed_engine_answers_nothing_more(engine: DuckDBEngine, builder: Builder) -> None:
    builder.build(2)
    assert rows(engine, "SELECT count(*) AS n FROM dim_team") == [{"n": 2}]
    engine.close()
    engine.close()
    for ask in (engine.data_version, lambda: engine.execute("SELECT 1 AS n")):
        with pytest.raises(RetryError, match="stopped before it was done"):
            ask()


def test_a_statement_that_takes_too_long_is_interrupted_and_told(builder: Builder) -> None:
    engine = DuckDBEngine(builder.store, VIEWS, seconds=0.05)
    with pytest.raises(QuestionError, match=r"took longer than 0\.05 s\. Ask for a shorter period or fewer cuts\."):
        engine.execute(LONG)
    engine.close()


def test_closing_stops_what_older_snapshots_are_asked_too(builder: Builder, tmp_path: Path) -> None:
    engine = DuckDBEngine(builder.store, VIEWS, Limits("60MB", 1, tmp_path / "spill"))
    spill: list[Path] = []
    told: list[str] = []
    builder.build(1)

    def ask() -> None:
        try:
            engine.execute(
                "SELECT count(*) AS n FROM (SELECT DISTINCT i, md5(i::TEXT) FROM range(1000000000000) AS r(i))"
            )
        except RetryError as fault:
            told.append(fault.what)

    asking = threading.Thread(target=ask)
    asking.start()
    while not spill and asking.is_alive():
        spill = list((tmp_path / "spill").glob("*/*"))
    builder.build(2)
    assert rows(engine, "SELECT count(*) AS n FROM dim_team") == [{"n": 2}]
    engine.close()
    asking.join()
    assert told == ["the work was stopped before it was done"]
    assert list((tmp_path / "spill").iterdir()) == []


def test_an_interrupted_question_is_told_so_and_the_next_is_answered(engine: DuckDBEngine, builder: Builder) -> None:
    builder.build(3)
    told: list[str] = []

    def ask() -> None:
        try:
            engine.execute(LONG)
        except RetryError as fault:
            told.append(fault.what)

    asking = threading.Thread(target=ask)
    asking.start()
    while asking.is_alive():
        engine.interrupt()
    assert told == ["the work was stopped before it was done"]
    assert rows(engine, "SELECT count(*) AS n FROM dim_team") == [{"n": 3}]


def test_a_core_of_another_version_is_told_instead_of_failing_somewhere(builder: Builder, engine: DuckDBEngine) -> None:
    old = builder.store.replace(
        "core/dim_team", builder.session.stream("SELECT 'sales' AS team_id, 'Sales' AS name"), {}
    )
    builder.publish({"dim_team": old})
    for _ in range(2):
        with pytest.raises(QuestionError, match=r"dim_team has no parent_id, lead_employee_id.*voronka build"):
            rows(engine, "SELECT * FROM dim_team")
