import gc
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import arro3.core as arrow
import pytest

from voronka.domain.errors import QuestionError, RetryError
from voronka.lake.delta import DeltaStore, TableFiles
from voronka.lake.patience import Patience
from voronka.lake.session import Limits, Session, delta_rows, empty_select, literal, names_in, quoted, select_files


@pytest.fixture
def session() -> Iterator[Session]:
    session = Session()
    yield session
    session.close()


def test_a_statement_takes_its_values_as_parameters(session: Session) -> None:
    assert session.rows("SELECT $a || $b AS x, $n AS n", {"a": "it's", "b": "; DROP", "n": 2}) == [
        {"x": "it's; DROP", "n": 2}
    ]
    assert session.value("SELECT $n + 1", {"n": 2}) == 3


def test_a_value_of_no_row_is_none(session: Session) -> None:
    assert session.value("SELECT 1 WHERE false") is None


def test_times_are_in_utc(session: Session) -> None:
    assert session.value("SELECT CAST(TIMESTAMPTZ '2026-03-02 12:00:00+03' AS TIMESTAMP)") == datetime(2026, 3, 2, 9, 0)  # noqa: DTZ001 - UTC without a zone


def test_an_arrow_stream_becomes_a_table_and_a_second_one_replaces_it(session: Session) -> None:
    for texts in (["a", "b"], ["c"]):
        session.take("Моя таблица", arrow.Table.from_pydict({"x": arrow.Array(texts, arrow.DataType.utf8())}))
    assert session.rows('SELECT * FROM "Моя таблица"') == [{"x": "c"}]
    assert session.columns("Моя таблица") == ["x"]


def test_an_answer_is_an_arrow_table(session: Session) -> None:
    answer = session.arrow("SELECT * FROM range(3) AS r(n)")
    assert answer.column("n").to_pylist() == [0, 1, 2]


def test_an_answer_is_read_twice_from_one_stream_only_when_it_is_made_anew(session: Session) -> None:
    assert arrow.Table.from_arrow(session.stream("SELECT 1 AS a")).num_rows == 1


PLAIN = """SELECT sum(i) AS h, count(*) AS n, max(i) AS b, 1 AS i, avg(i) AS f, 'x' AS v, true AS t,
  DATE '1969-12-31' AS d, sum(CAST(1.50 AS DECIMAL(18, 2))) AS m,
  TIMESTAMP '1969-12-31 23:59:59.999999' AS at, CAST(0 AS DECIMAL(38, 9)) AS z, CAST(-7.5 AS DECIMAL(4, 1)) AS s
FROM range($n) AS r(i)
UNION ALL
SELECT NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL"""


@pytest.mark.parametrize("sql", [PLAIN, f"SELECT * FROM ({PLAIN}) WHERE n < 0"])
def test_few_rows_are_the_same_table_by_both_ways(session: Session, sql: str) -> None:
    few, streamed = session.few(sql, {"n": 10}), session.arrow(sql, {"n": 10})
    assert few is not None
    assert str(few.schema) == str(streamed.schema)
    assert [c.to_pylist() for c in few.columns] == [c.to_pylist() for c in streamed.columns]


@pytest.mark.parametrize("sql", ["SELECT * FROM range(3)", "SELECT TIMESTAMPTZ '2026-01-01 10:00:00+00' AS at"])
def test_many_rows_or_other_types_are_left_to_the_stream(session: Session, sql: str) -> None:
    assert session.few(sql, most=2) is None
    assert session.arrow(sql).num_rows > 0


def test_an_empty_table_has_its_columns_and_types(session: Session) -> None:
    session.register_empty("t", [("day", "DATE"), ("amount", "DECIMAL(18,2)")])
    assert session.rows("SELECT * FROM t") == []
    assert session.rows("SELECT column_type FROM (DESCRIBE t)") == [
        {"column_type": "DATE"},
        {"column_type": "DECIMAL(18,2)"},
    ]


def test_a_table_of_the_lake_is_read_under_a_name_with_all_its_columns(tmp_path: Path, session: Session) -> None:
    store = DeltaStore(tmp_path)
    store.append("raw/t", session.stream("""SELECT 'x' AS "Дата", 'y' AS "say%20%22x%22" """), {})
    found = store.read("raw/t")
    assert found is not None
    session.register("t", found)
    assert session.rows("SELECT * FROM t") == [{"Дата": "x", "say%20%22x%22": "y"}]
    assert delta_rows(store, session, "raw/t") == session.rows("SELECT * FROM t")
    assert delta_rows(store, session, "raw/none") == []


def test_a_table_without_files_is_an_empty_select() -> None:
    assert select_files(TableFiles(0, (), (("a", "TEXT"),), ())) == empty_select([("a", "TEXT")])


def test_threads_work_side_by_side_each_on_its_own_cursor(session: Session) -> None:
    session.run("CREATE TABLE t AS SELECT * FROM range(1000) AS r(n)")
    found: list[int] = []

    def work(number: int) -> None:
        found.extend(session.value("SELECT count(*) + $n FROM t", {"n": number}) for _ in range(20))

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == sorted([1000 + number for number in range(8)] * 20)


def test_quotes_cannot_be_left(session: Session) -> None:
    name, text = 'a"; DROP TABLE t; --', "it's'; DROP"
    assert session.rows(f"SELECT {literal(text)} AS {quoted(name)}") == [{name: text}]


def test_the_names_in_a_statement_are_those_that_occur() -> None:
    assert names_in("SELECT * FROM fct_calls JOIN dim_team", ["fct_calls", "dim_team", "fct_deals"]) == [
        "fct_calls",
        "dim_team",
    ]


def test_limits_hold(tmp_path: Path) -> None:
    session = Session(Limits("300MB", 1, tmp_path / "lake" / ".spill"))
    assert session.value("SELECT current_setting('threads')") == 1
    assert session.value("SELECT current_setting('memory_limit')") == "286.1 MiB"
    session.close()


def test_what_does_not_fit_into_memory_spills_even_before_there_is_a_lake(tmp_path: Path) -> None:
    session = Session(Limits("60MB", 1, tmp_path / "lake" / ".spill"))
    rows = "SELECT DISTINCT i, md5(i::TEXT) AS t FROM range(1500000) AS r(i)"
    assert session.value(f"SELECT count(*) FROM ({rows})") == 1_500_000
    session.close()
    assert list((tmp_path / "lake" / ".spill").iterdir()) == []


SPILLS = "SELECT count(*) FROM (SELECT DISTINCT i, md5(i::TEXT) AS t FROM range(1000000000000) AS r(i))"
"""Takes days, and soon more than a small memory."""


def test_closing_stops_what_other_threads_ask_and_removes_what_was_spilled(tmp_path: Path) -> None:
    session, told = Session(Limits("60MB", 1, tmp_path)), []

    def ask() -> None:
        try:
            session.value(SPILLS)
        except RetryError as fault:
            told.append(str(fault))

    asking = threading.Thread(target=ask)
    asking.start()
    while not list(tmp_path.glob("*/*")) and asking.is_alive():
        pass
    session.close()
    asking.join()
    assert told == ["the work was stopped before it was done. Try again."]
    assert list(tmp_path.iterdir()) == []


def test_a_closed_session_says_so(tmp_path: Path) -> None:
    session = Session(Limits(spill=tmp_path))
    session.close()
    session.close()
    for ask in (session.run, session.rows, session.value, session.stream, session.arrow, session.few, session.answer):
        with pytest.raises(RetryError, match="stopped before it was done"):
            ask("SELECT 1")


def test_what_a_forgotten_session_spilled_is_removed(tmp_path: Path) -> None:
    session = Session(Limits(spill=tmp_path))
    Path(session.value("SELECT current_setting('temp_directory')")).mkdir()
    del session
    gc.collect()
    assert list(tmp_path.iterdir()) == []


def test_an_answer_that_takes_too_long_is_interrupted_and_the_session_answers_on(session: Session) -> None:
    with pytest.raises(QuestionError, match=r"took longer than 0\.01 s\. Ask for a shorter period or fewer cuts\."):
        session.answer(SPILLS, patience=Patience(0.01))
    assert session.answer("SELECT 1 AS n", patience=Patience(600)).column("n").to_pylist() == [1]


def test_an_answer_of_many_rows_is_whole(session: Session) -> None:
    found = session.answer("SELECT i AS n FROM range($most) AS r(i)", {"most": 20_001}, Patience(600))
    assert sum(found.column("n").to_pylist()) == 200_010_000  # 20000 * 20001 / 2
    fewer = session.answer("SELECT i AS n FROM range($most) AS r(i)", {"most": 3}, Patience(600))
    assert fewer.column("n").to_pylist() == [0, 1, 2]
    nested = session.answer("SELECT [i, 2 * i] AS pair FROM range(3) AS r(i)")
    assert nested.column("pair").to_pylist() == [[0, 0], [1, 2], [2, 4]]


def test_two_sessions_never_spill_into_one_folder(tmp_path: Path) -> None:
    one, two = (Session(Limits(spill=tmp_path)) for _ in range(2))
    folders = [session.value("SELECT current_setting('temp_directory')") for session in (one, two)]
    assert folders[0] != folders[1]
    assert all(Path(folder).parent == tmp_path for folder in folders)
    one.close()
    two.close()


def test_what_a_killed_process_spilled_is_removed_and_what_a_living_one_spills_stays(tmp_path: Path) -> None:
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    for name in (f"{dead.pid}-0", f"{os.getpid()}-999"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "part").write_text("x")
    Session(Limits(spill=tmp_path)).close()
    assert [path.name for path in tmp_path.iterdir()] == [f"{os.getpid()}-999"]


def parquet(session: Session, path: Path, select: str) -> str:
    session.run(f"COPY ({select}) TO {literal(str(path))} (FORMAT parquet, COMPRESSION uncompressed)")
    return str(path)


LARGE = "SELECT i AS n, repeat(md5(CAST(i AS VARCHAR)), 28) AS text FROM range(5000) AS r(i)"
"""Some 4.5 MB in a file."""


def test_a_small_table_is_kept_in_memory(session: Session, tmp_path: Path) -> None:
    file = parquet(session, tmp_path / "a.parquet", "SELECT 1 AS n, DATE '2026-03-02' AS day")
    session.keep("t", TableFiles(0, (file,), (("n", "INTEGER"), ("day", "DATE")), ()))
    Path(file).unlink()
    assert session.rows("SELECT n, CAST(day AS VARCHAR) AS day FROM t") == [{"n": 1, "day": "2026-03-02"}]
    assert session.columns("t") == ["n", "day"]


def test_a_large_table_of_like_files_is_read_as_one(session: Session, tmp_path: Path) -> None:
    columns = (("n", "BIGINT"), ("text", "VARCHAR"))
    files = tuple(parquet(session, tmp_path / f"{name}.parquet", LARGE) for name in "ab")
    session.keep("t", TableFiles(0, files, columns, ()))
    assert session.value("SELECT count(*) + count(text) FROM t") == 20_000
    assert "union_by_name = false" in session.value("SELECT sql FROM duckdb_views() WHERE view_name = 't'")


def test_files_with_other_columns_are_read_by_name(session: Session, tmp_path: Path) -> None:
    older = parquet(session, tmp_path / "a.parquet", "SELECT text, n FROM (" + LARGE + ")")
    newer = parquet(session, tmp_path / "b.parquet", "SELECT *, 7 AS more FROM (" + LARGE + ")")
    session.keep("t", TableFiles(0, (older, newer), (("n", "BIGINT"), ("more", "INTEGER")), ()))
    assert session.rows("SELECT count(*) AS n, sum(n) AS s, sum(more) AS more FROM t") == [
        {"n": 10_000, "s": 2 * 5000 * 4999 // 2, "more": 35_000}
    ]


@pytest.mark.parametrize(
    ("memory", "sharers", "each"),
    [("4GB", 1, 4_000_000_000), ("4GB", 4, 1_000_000_000), ("1.5 GiB", 3, 2**29), ("512MB", 2, 256_000_000)],
)
def test_the_memory_is_divided_among_those_who_share_it(memory: str, sharers: int, each: int) -> None:
    assert Limits(memory, sharers=sharers).bytes_each() == each


def test_a_part_of_the_machine_and_what_is_not_set_are_divided_too() -> None:
    assert Limits("50%", sharers=2).bytes_each() == Limits("50%").bytes_each() // 2
    assert Limits(sharers=3).bytes_each() == Limits().bytes_each() // 3


def test_a_session_of_one_of_two_uses_half() -> None:
    session = Session(Limits("1GiB", sharers=2))
    assert session.value("SELECT current_setting('memory_limit')") == "512.0 MiB"
    session.close()
