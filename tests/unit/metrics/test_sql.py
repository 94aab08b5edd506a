from datetime import date

from voronka.metrics.sql import Parameters, day_literal, nested, quoted, rows_of, select, union, with_queries


def test_equal_values_share_a_placeholder_and_a_text_is_no_number() -> None:
    parameters = Parameters()
    assert [parameters.add(value) for value in ("a", 1, "a", True, "1")] == ["$p1", "$p2", "$p1", "$p3", "$p4"]
    assert parameters.listed(["a", "b"]) == "$p1, $p5"
    assert parameters.values == {"p1": "a", "p2": 1, "p3": True, "p4": "1", "p5": "b"}


def test_a_select_has_one_column_a_line() -> None:
    written = select(["a", "b"], "t", where=["a > 1", "b"], group="a", more="LIMIT 1")
    assert written == "SELECT\n  a,\n  b\nFROM t\nWHERE a > 1\n  AND b\nGROUP BY a\nLIMIT 1"


def test_queries_are_put_together() -> None:
    assert nested("SELECT 1", "x") == "(\n  SELECT 1\n) AS x"
    assert union(["A", "B"]) == "A\nUNION ALL\nB"
    assert with_queries([("a", "SELECT 1")], "SELECT 2") == "WITH a AS (\n  SELECT 1\n)\nSELECT 2\n"
    assert rows_of([["1", "2"], ["3", "4"]], "v", ("a", "b")) == "(VALUES (1, 2), (3, 4)) AS v(a, b)"


def test_names_and_days_are_written_as_sql() -> None:
    assert quoted("calls") == '"calls"'
    assert day_literal(date(2026, 3, 1)) == "DATE '2026-03-01'"


def test_a_statement_without_named_queries_is_the_final_one() -> None:
    assert with_queries([], "SELECT 2") == "SELECT 2\n"
