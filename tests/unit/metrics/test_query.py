from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import partial

import arro3.core as arrow
import duckdb
import pytest

from tests.metrics.memory_engine import TODAY, MemoryEngine, built_in, lake_of, march, metrics_over, query
from voronka.domain.errors import QuestionError, RetryError
from voronka.domain.scope import Scope
from voronka.metrics.answer import records
from voronka.metrics.catalogue import Catalogue
from voronka.metrics.query import Computed, Metrics, MetricsCompany, Query
from voronka.metrics.records import RecordsQuery

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
    lake.connection.execute("DELETE FROM fct_activities WHERE started_employee_id = 'name:boris'")
    lake.version = 2
    assert metrics.query(query("calls")).totals == {"calls": 1}


class Rebuilt(MemoryEngine):
    """A lake whose next builds end while it is asked: each after so many statements more."""

    def __init__(self, lake: MemoryEngine, after: int, builds: int) -> None:
        self.__dict__.update(lake.__dict__)
        self.after, self.left, self.asks = after, builds, 0
        self.columns("fct_calls")  # makes the table

    def execute(
        self, sql: str, parameters: Mapping[str, object] | None = None, standing: Mapping[str, str] | None = None
    ) -> arrow.Table:
        """Answer, after a build that takes the last call but Anna's away where it is time for one."""
        self.asks += 1
        if self.left and self.asks > self.after:
            self.asks, self.left, self.version = 0, self.left - 1, self.version + 1
            self.connection.execute(
                "DELETE FROM fct_activities WHERE rowid = (SELECT max(rowid) FROM fct_activities) AND rowid > 0"
            )
        return super().execute(sql, parameters, standing)


@pytest.mark.parametrize("after", range(4))  # the name, the splits, the figures, whether calls are loaded at all
def test_an_answer_during_which_a_build_ends_is_of_the_new_data_as_a_whole(after: int) -> None:
    engine = Rebuilt(lake_of(fct_calls=CALLS), after, builds=1)
    metrics, asked = metrics_over(engine), query("calls", by=["employee"], where=["employee=Boris"])
    answer = metrics.query(asked)
    assert (answer.data_version, answer.totals) == ("2", {"calls": 1})
    assert engine.left == 0
    done = engine.asks
    assert metrics.query(asked) == answer
    assert engine.asks == done


def test_what_builds_never_let_be_read_is_to_be_asked_again_and_is_not_kept() -> None:
    lake = lake_of(fct_calls=CALLS)
    engine = Rebuilt(lake, after=0, builds=1000)
    metrics = metrics_over(engine)
    with pytest.raises(RetryError, match="change faster than they are read"):
        metrics.query(query("calls"))
    assert engine.version > 3
    engine.left = 0
    answer = metrics.query(query("calls"))
    assert (answer.data_version, answer.totals) == (str(engine.version), {"calls": 1})


def test_records_during_which_a_build_ends_are_of_the_new_data_and_as_many_as_they_say() -> None:
    asked = RecordsQuery(metric="calls", scope=Scope.everything())
    for after in range(3):
        lake = lake_of(fct_calls=CALLS)
        found = metrics_over(Rebuilt(lake, after, builds=1)).records(asked)
        assert (found.data_version, found.total, len(found.rows)) == ("2", 2, 2)
    with pytest.raises(RetryError, match="change faster than they are read"):
        metrics_over(Rebuilt(lake_of(fct_calls=CALLS), after=0, builds=1000)).records(asked)


TWICE = "metrics:\n  calls: { title: { ru: Звонки, en: Calls }, formula: 2 * outgoing_calls }\n"


class Redefined(MemoryEngine):
    """A lake whose metrics are defined anew while it is asked: after so many statements."""

    def __init__(self, lake: MemoryEngine, after: int, other: Catalogue) -> None:
        self.__dict__.update(lake.__dict__)
        self.after, self.other, self.asks = after, other, 0
        self.metrics: Metrics | None = None

    def execute(
        self, sql: str, parameters: Mapping[str, object] | None = None, standing: Mapping[str, str] | None = None
    ) -> arrow.Table:
        """Answer, with other definitions in force from one statement on."""
        self.asks += 1
        if self.metrics and self.asks == self.after:
            self.metrics.catalogue = self.other
        return super().execute(sql, parameters, standing)


@pytest.mark.parametrize("after", range(1, 4))
def test_an_answer_is_by_one_set_of_definitions_though_they_change_meanwhile(after: int) -> None:
    calls = CALLS.replace("started_at\n", "started_at | direction\n").replace("10:00", "10:00 | out")
    first = Catalogue.load()
    engine = Redefined(lake_of(fct_calls=calls), after, Catalogue.load([("metrics/own.yml", TWICE)]))
    engine.metrics = metrics_over(engine, catalogue=first)
    assert engine.metrics.query(query("calls")).totals == {"calls": 6}
    engine.metrics.catalogue = first
    engine.after = 0
    assert engine.metrics.query(query("calls")).totals == {"calls": 3}


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


@pytest.mark.parametrize("name", ["calls_forecast", "portfolio_lost"])
def test_what_an_analysis_answers_has_no_sql_to_show(name: str) -> None:
    with pytest.raises(QuestionError, match=f"{name} is worked out by an analysis"):
        metrics_over(lake_of()).explain(query("calls", name, period=march()))


def test_closing_gives_the_engine_back() -> None:
    lake = lake_of()
    metrics_over(lake).close()
    with pytest.raises(duckdb.ConnectionException):
        lake.connection.execute("SELECT 1")


def test_a_metric_may_speak_of_the_moment_the_data_are_known_up_to() -> None:
    lake = lake_of(
        fct_handovers="""handover_id | handed_at        | accept_due_at    | is_accepted | is_rejected
                         1           | 2026-03-02 10:00 | 2026-03-02 11:00 | false       | false"""
    )
    for clock, waiting in (("10:59", 0), ("11:01", 1)):
        now = partial(datetime.fromisoformat, f"2026-03-02 {clock}")
        metrics = Metrics(lake, built_in(), MetricsCompany("RUB", lambda: TODAY, now=now))
        assert metrics.query(query("leads_not_taken")).totals == {"leads_not_taken": waiting}
        records = metrics.records(RecordsQuery(metric="leads_not_taken", scope=Scope.everything()))
        assert records.total == waiting
        assert f"now = datetime.datetime(2026, 3, 2, {int(clock[:2])}" in metrics.explain(query("leads_not_taken"))


def test_where_no_moment_is_told_it_is_the_end_of_today() -> None:
    metrics = Metrics(lake_of(), built_in(), MetricsCompany("RUB", lambda: TODAY, "Europe/Moscow"))
    assert metrics.known_until() == datetime(2026, 3, 31, 20, 59, 59, 999999)  # noqa: DTZ001 - UTC
