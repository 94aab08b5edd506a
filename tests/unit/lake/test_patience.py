import subprocess
import sys
import threading
from collections.abc import Iterator

import duckdb
import pytest

from voronka.domain.errors import QuestionError
from voronka.lake.patience import Patience

LONG = "SELECT count(*) FROM range(1000000000) AS a(i), range(1000) AS b(j) WHERE (i * j) % 7 = 3"
"""Takes hours, wherever it runs."""


@pytest.fixture
def cursor() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection, connection.cursor() as cursor:
        yield cursor


def test_what_takes_too_long_is_told_with_the_limit_and_what_to_do(cursor: duckdb.DuckDBPyConnection) -> None:
    patience = Patience(0.02)
    for _ in range(3):  # also after the thread that watches had nothing more to do
        with pytest.raises(QuestionError) as told, patience.over(cursor):
            cursor.execute(LONG).fetchall()
        assert str(told.value) == "the answer took longer than 0.02 s. Ask for a shorter period or fewer cuts."
        assert cursor.execute("SELECT 1").fetchall() == [(1,)]


def test_what_is_quick_is_answered(cursor: duckdb.DuckDBPyConnection) -> None:
    patience = Patience(600)
    for number in range(50):
        with patience.over(cursor):
            assert cursor.execute("SELECT $n", {"n": number}).fetchall() == [(number,)]


def test_one_thread_watches_over_all_and_interrupts_the_late_alone() -> None:
    with duckdb.connect() as connection:
        late, quick = connection.cursor(), connection.cursor()
        before, patience, told = set(threading.enumerate()), Patience(0.1), []

        def ask() -> None:
            with pytest.raises(QuestionError) as fault, patience.over(late):
                late.execute(LONG).fetchall()
            told.append(fault.value.what)

        asking = threading.Thread(target=ask)
        asking.start()
        while asking.is_alive():
            with patience.over(quick):
                assert quick.execute("SELECT 1").fetchall() == [(1,)]
            assert len(set(threading.enumerate()) - before - {asking}) <= 1
        assert told == ["the answer took longer than 0.1 s"]


def test_an_interrupt_by_somebody_else_is_not_told_as_a_long_answer(cursor: duckdb.DuckDBPyConnection) -> None:
    patience, told = Patience(600), []

    def ask() -> None:
        with pytest.raises(duckdb.InterruptException), patience.over(cursor):
            cursor.execute(LONG).fetchall()
        told.append("interrupted")

    asking = threading.Thread(target=ask)
    asking.start()
    while asking.is_alive():
        cursor.interrupt()
    assert told == ["interrupted"]


def test_a_closed_one_has_no_thread_left(cursor: duckdb.DuckDBPyConnection) -> None:
    before, patience = set(threading.enumerate()), Patience(600)
    with patience.over(cursor):
        assert len(set(threading.enumerate()) - before) == 1
    patience.close()
    patience.close()
    assert set(threading.enumerate()) <= before
    with patience.over(cursor):
        assert cursor.execute("SELECT 1").fetchall() == [(1,)]


def test_at_the_end_of_a_program_nothing_is_waited_for_and_nothing_is_said() -> None:
    lines = (
        "import duckdb",
        "from voronka.lake.patience import Patience",
        "patience, cursor = Patience(600), duckdb.connect().cursor()",
        "with patience.over(cursor):",
        "    print(cursor.execute('SELECT 1').fetchall())",
    )
    ended = subprocess.run([sys.executable, "-c", "\n".join(lines)], capture_output=True, text=True, check=True)
    assert (ended.stdout, ended.stderr) == ("[(1,)]\n", "")


def test_without_a_limit_nobody_watches(cursor: duckdb.DuckDBPyConnection) -> None:
    before = set(threading.enumerate())
    with Patience(0).over(cursor):
        assert cursor.execute("SELECT 1").fetchall() == [(1,)]
        assert set(threading.enumerate()) <= before
