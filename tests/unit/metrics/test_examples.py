import pytest

from tests.metrics.memory_engine import MemoryEngine
from voronka.domain.errors import DefinitionError
from voronka.metrics.catalogue import Catalogue
from voronka.metrics.definition import Example
from voronka.metrics.examples import Grid, check_example, example_statements
from voronka.metrics.notation import ExampleEntry

GIVEN = {"fct_calls": "call_id | employee | started_at\n1 | Anna | 2026-03-02 10:00\n2 | Anna | 2026-03-02 11:00"}


def _check(expect: str, totals: str | None = None, given: dict[str, str] | None = None) -> list[str]:
    entry = ExampleEntry(name="x", given=given or GIVEN, by=["employee"], expect=expect, totals=totals)
    return check_example(Example("calls.yml:3", entry), lambda variants: Catalogue.load((), variants), MemoryEngine)


def test_an_example_that_comes_out_has_no_differences() -> None:
    assert _check("employee | calls\nAnna | 2", "calls\n2") == []


@pytest.mark.parametrize(
    ("expect", "totals", "said"),
    [
        ("employee | calls\nAnna | 3", None, "calls is 2, expected 3: employee Anna | calls 3"),
        ("employee | calls\nAnna | 2\nBoris | 0", None, "no row: employee Boris | calls 0"),
        ("employee | calls\nAnna | 2", "calls\n3", "totals, calls is 2, expected 3: calls 3"),
        ("employee | calls", None, "a row too many: employee Anna | calls 2"),
        ("employee | calls\nAnna | two", None, "calls is 2, expected two"),
        ("employee | calls\nAnna | null", None, "calls is 2, expected null"),
    ],
)
def test_a_difference_is_told(expect: str, totals: str | None, said: str) -> None:
    assert any(difference.startswith(said) for difference in _check(expect, totals))


def test_a_cell_too_many_is_refused() -> None:
    with pytest.raises(DefinitionError, match=r"f.yml:1: A row of 3 cells under 2 columns"):
        Grid.parse("a | b\n1 | 2 | 3", "f.yml:1")


@pytest.mark.parametrize(("table", "said"), [("fct_call", "Unknown table"), ("fct_calls", "Unknown column: talked")])
def test_a_table_or_column_the_core_lacks_is_refused(table: str, said: str) -> None:
    with pytest.raises(DefinitionError, match=said):
        _check("employee | calls", given={table: "talked\n1"})


def test_an_examples_row_stands_on_the_day_and_owner_of_its_time() -> None:
    entry = ExampleEntry(name="x", given=GIVEN, expect="")
    engine = MemoryEngine(list(example_statements(Example("x", entry))))
    found = engine.connection.sql(
        "SELECT DISTINCT started_day::TEXT, started_employee_id, employee_id FROM fct_activities"
    ).fetchall()
    assert found == [("2026-03-02", "name:anna", "name:anna")]
