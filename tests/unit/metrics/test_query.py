from collections.abc import Sequence
from datetime import date

import duckdb
import pytest

from tests.metrics.memory_engine import MemoryEngine, lake_of, march, metrics_over, query
from voronka.domain.errors import QuestionError
from voronka.domain.scope import Scope
from voronka.metrics.answer import records
from voronka.metrics.catalogue import Catalogue
from voronka.metrics.query import Computed, Metrics, MetricsCompany, Query

CALLS = """call_id | employee | started_at
           1 | Anna | 2026-03-02 10:00
           2 | Boris | 2026-03-03 10:00
           3 | Boris | 2026-04-03 10:00"""


def _response(names: Sequence[str], asked: Query, metrics: Metrics) -> Computed:
    known = len(records(metrics.rows("fct_leads", asked.scope, columns=["lead_id"])))
    minutes = 5.0 if asked.period == march() else 7.0
    rows: dict[tuple[object, ...], dict[str, float | None]] = {}
    if asked.by:
        rows[("name:anna",)] = dict.fromkeys(names, minutes)
    return Computed(totals=dict.fromkeys(names, float(known)), rows=rows)


def _with_analysis(lake: MemoryEngine) -> Metrics:
    company = MetricsCompany("RUB", lambda: date(2026, 3, 31))
    return Metrics(lake, Catalogue.load(), company, {"first_response": _response})


def test_an_answer_is_kept_until_the_data_change() -> None:
    lake = lake_of(fct_calls=CALLS)
    metrics = metrics_over(lake)
    first = metrics.query(query("calls"))
    asked = len(lake.asked)
    assert metrics.query(query("calls")) == first
    assert len(lake.asked) == asked
    lake.connection.execute("DELETE FROM fct_calls WHERE started_employee_id = 'name:boris'")
    lake.version = 2
    assert metrics.query(query("calls")).totals == {"calls": 1}


def test_a_kept_answer_cannot_be_changed_by_who_got_it() -> None:
    metrics = metrics_over(lake_of(fct_calls=CALLS))
    metrics.query(query("calls", by=["employee"])).rows[0]["calls"] = 100
    assert metrics.query(query("calls", by=["employee"])).rows[0]["calls"] == 2


def test_an_analysis_answers_beside_the_sums() -> None:
    lake = lake_of(
        fct_leads="lead_id | employee | created_at\n1 | Anna | 2026-03-01 10:00\n2 | Boris | 2026-03-01 10:00",
    )
    asked = query("leads", "first_response_median", by=["employee"], period=march(), compare="previous")
    answer = _with_analysis(lake).query(asked)
    anna = {row["employee"]: row for row in answer.rows}["Anna"]
    assert (anna["leads"], anna["first_response_median"], anna["first_response_median_previous"]) == (1, 5, 7)
    assert answer.totals["first_response_median"] == 2


def test_a_row_only_the_analysis_knows_is_added_with_its_name() -> None:
    lake = lake_of(dim_employee="employee_id | name\nname:anna | Anna")
    answer = _with_analysis(lake).query(query("first_response_median", "leads", by=["employee"], period=march()))
    assert answer.rows == [{"employee": "Anna", "employee_id": "name:anna", "first_response_median": 5, "leads": None}]


def test_an_analysis_that_is_not_there_is_named() -> None:
    with pytest.raises(
        QuestionError, match="first_response_median needs an analysis that is not available: first_response"
    ):
        metrics_over(lake_of()).query(query("first_response_median"))


def test_a_name_is_found_in_any_case_and_an_id_as_it_is() -> None:
    metrics = metrics_over(lake_of(fct_calls=CALLS))
    for value in ("Anna", "ANNA", "name:anna"):
        assert metrics.query(query("calls", where=[f"employee={value}"])).totals == {"calls": 1}
    assert metrics.query(query("calls", where=["employee=anna,Boris"])).totals == {"calls": 3}


def test_rows_are_filtered_paged_and_ordered() -> None:
    metrics = metrics_over(lake_of(fct_calls=CALLS))
    everything = Scope.everything()
    found = metrics.rows("fct_calls", everything, {"direction": None}, ["activity_id"], limit=1, offset=1)
    assert records(found) == [{"activity_id": "2"}]
    among = metrics.rows("fct_calls", everything, {"activity_id": ["1", "3"]}, ["activity_id"], period=march())
    assert records(among) == [{"activity_id": "1"}]


@pytest.mark.parametrize(
    ("table", "more", "said"),
    [
        ("fct_call", {}, r"Unknown table: fct_call. Did you mean"),
        ("fct_calls", {"columns": ["talk"]}, "fct_calls has no column: talk"),
        ("fct_calls", {"where": {"1=1; --": 1}}, "has no column"),
        ("fct_calls", {"axis": "closed"}, "fct_calls has no time: closed"),
        ("dim_team", {"period": march()}, "has no time of its own"),
    ],
)
def test_rows_that_cannot_be_given_are_refused(table: str, more: dict[str, object], said: str) -> None:
    with pytest.raises(QuestionError, match=said):
        metrics_over(lake_of()).rows(table, Scope.everything(), **more)  # type: ignore[arg-type]  # one of several


def test_the_sql_is_shown_with_its_values() -> None:
    sql = metrics_over(lake_of()).explain(query("calls", period=march()))
    assert sql.startswith("-- $p1 = ")
    assert "FROM fct_calls AS f" in sql


def test_closing_gives_the_engine_back() -> None:
    lake = lake_of()
    metrics_over(lake).close()
    with pytest.raises(duckdb.ConnectionException):
        lake.connection.execute("SELECT 1")
