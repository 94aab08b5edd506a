import pytest

from voronka.domain.errors import DefinitionError, RetryError
from voronka.lake.memory_engine import MemoryEngine

MADE = ["CREATE TABLE calls (name VARCHAR, seconds INTEGER)", "INSERT INTO calls VALUES ('Anna', 60), ('Boris', 90)"]


def test_what_its_statements_made_is_asked() -> None:
    engine = MemoryEngine(MADE)
    answer = engine.execute("SELECT sum(seconds) AS n FROM calls WHERE name <> $name", {"name": "Boris"})
    assert answer.column("n").to_pylist() == [60]
    assert engine.columns("calls") == ("name", "seconds")
    assert engine.columns("payments") == ()


def test_two_of_them_know_nothing_of_each_other() -> None:
    first, second = MemoryEngine(MADE), MemoryEngine(["CREATE TABLE deals (name VARCHAR)"])
    assert (first.columns("deals"), second.columns("calls")) == ((), ())
    assert first.data_version() == first.data_version()


def test_a_row_that_a_column_cannot_hold_is_refused_in_words() -> None:
    with pytest.raises(DefinitionError, match=r"^The given rows cannot be read: Conversion Error: .*'many'"):
        MemoryEngine([MADE[0], "INSERT INTO calls VALUES ('Anna', CAST('many' AS INTEGER))"])


def test_a_closed_one_answers_nothing() -> None:
    engine = MemoryEngine(MADE)
    engine.close()
    with pytest.raises(RetryError):
        engine.execute("SELECT 1 AS n")
