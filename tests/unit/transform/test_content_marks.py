from collections.abc import Iterator
from pathlib import Path

import pytest

from voronka.lake.delta import DeltaStore, TableFiles
from voronka.lake.session import Session
from voronka.transform.content_marks import ContentMarks


@pytest.fixture
def session() -> Iterator[Session]:
    found = Session()
    yield found
    found.close()


def test_a_table_that_holds_the_same_rows_has_the_same_mark(tmp_path: Path, session: Session) -> None:
    marks = ContentMarks(DeltaStore(tmp_path), session)

    def make(name: str, rows: str = "(1, 'a'), (2, NULL)") -> None:
        session.run(f"CREATE OR REPLACE TABLE {name} AS SELECT * FROM (VALUES {rows}) AS v(id, name)")

    first = marks.of("t", "made of one", make)
    assert marks.of("t", "made of another", lambda name: make(name, "(2, NULL), (1, 'a')")) == first  # in any order
    others = ["(1, 'a')", "(1, 'a'), (2, 'b')", "(1, 'a'), (2, NULL), (2, NULL)", "('1', 'a'), ('2', NULL)"]
    found = {marks.of("t", rows, lambda name, rows=rows: make(name, rows)) for rows in others}  # type: ignore[misc]
    assert len(found) == 4
    assert first not in found


def test_what_was_looked_at_is_not_looked_at_again_and_is_kept(tmp_path: Path, session: Session) -> None:
    store, looked = DeltaStore(tmp_path), list[str]()

    def make(name: str) -> None:
        looked.append(name)
        session.run(f"CREATE OR REPLACE TABLE {name} AS SELECT 1 AS n")

    first = ContentMarks(store, session)
    mark = first.of("t", "made of one", make)
    first.keep(1)
    second = ContentMarks(store, session)
    assert second.of("t", "made of one", make) == mark
    assert looked == ["t"]


def test_what_may_not_be_looked_at_is_told_by_what_it_is_made_of(tmp_path: Path, session: Session) -> None:
    marks = ContentMarks(DeltaStore(tmp_path), session)
    assert marks.of("t", "made of one", None) == "made of one"
    marks.keep(1)
    assert DeltaStore(tmp_path).version("core/_marks") is None


def test_marks_that_are_not_met_any_more_are_forgotten(tmp_path: Path, session: Session) -> None:
    store = DeltaStore(tmp_path)

    def make(name: str) -> None:
        session.run(f"CREATE OR REPLACE TABLE {name} AS SELECT 1 AS n")

    for made_of in ("one", "another"):
        marks = ContentMarks(store, session)
        marks.of("t", made_of, make)
        marks.keep(1)
    assert ContentMarks(store, session).of("t", "one", None) == "one"


def test_what_the_last_build_kept_is_read_once_and_only_when_it_is_asked_for(tmp_path: Path, session: Session) -> None:
    read = list[str]()

    class Watched(DeltaStore):
        def read(self, name: str, version: int | None = None) -> TableFiles | None:
            read.append(name)
            return super().read(name, version)

    marks = ContentMarks(Watched(tmp_path), session)
    assert read == []
    for made_of in ("one", "another"):
        marks.of("t", made_of, lambda name: session.run(f"CREATE OR REPLACE TABLE {name} AS SELECT 1 AS n"))
    marks.keep(1)
    assert read == ["core/_marks"]
