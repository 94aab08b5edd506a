"""Not loaded is told apart from nothing happened."""

from tests.metrics.memory_engine import built_in, lake_of, march, metrics_over, query
from voronka.metrics.loaded import LoadedFacts

ONE_CALL = "call_id | employee | started_at\n1 | Anna | 2026-01-10 10:00"


def missing(facts: LoadedFacts, name: str, version: str = "1") -> str:
    return facts.missing(built_in().metric(name), version)


def test_a_fact_without_a_row_was_never_loaded() -> None:
    facts = LoadedFacts(lake_of(fct_calls=ONE_CALL))
    assert (missing(facts, "calls"), missing(facts, "leads")) == ("", "not loaded: leads")


def test_open_deals_are_loaded_when_deals_are() -> None:
    lake = lake_of(fct_deals="deal_id | outcome | created_at\n1 | won | 2026-01-10 10:00")
    assert missing(LoadedFacts(lake), "deals_open") == ""


def test_what_is_known_is_forgotten_when_the_data_change() -> None:
    lake = lake_of(fct_calls=ONE_CALL)
    facts = LoadedFacts(lake)
    assert missing(facts, "calls") == ""
    lake.connection.execute("DELETE FROM fct_activities")
    assert missing(facts, "calls") == ""
    assert missing(facts, "calls", "2") == "not loaded: calls"


def test_a_direction_that_no_source_gives_leaves_incoming_calls_unknown() -> None:
    answer = metrics_over(lake_of(fct_calls=ONE_CALL)).query(query("calls", "incoming_calls", "reach_rate"))
    assert answer.totals == {"calls": 1, "incoming_calls": None, "reach_rate": None}
    assert ("incoming_calls", "never given: direction") in {(item.metric, item.reason) for item in answer.left_out}


def test_a_share_stands_or_falls_with_its_parts() -> None:
    leads = "lead_id | created_at\n1 | 2026-03-01 10:00"
    answer = metrics_over(lake_of(fct_leads=leads)).query(query("leads", "leads_qualified", "qualified_rate", "cpl"))
    assert answer.totals["leads"] == 1
    assert [answer.totals[name] for name in ("leads_qualified", "qualified_rate", "cpl")] == [None, None, None]


def test_a_count_over_a_fact_that_was_not_loaded_is_unknown_in_rows_and_totals() -> None:
    answer = metrics_over(lake_of(fct_calls=ONE_CALL)).query(query("leads", "calls", by=["month"], period=march()))
    assert [(row["leads"], row["calls"]) for row in answer.rows] == [(None, 0)]
    assert answer.totals == {"leads": None, "calls": 0}


def test_a_condition_that_reckons_with_what_is_not_given_needs_it_not() -> None:
    calls = "call_id | started_at | answered | wait_seconds\n1 | 2026-03-01 10:00 | true | 30"
    assert metrics_over(lake_of(fct_calls=calls)).query(query("average_wait")).totals == {"average_wait": 30}


def test_a_time_of_its_own_that_no_source_gives_leaves_a_metric_unknown() -> None:
    tasks = "activity_id | started_at | status\n1 | 2026-03-01 10:00 | done"
    answer = metrics_over(lake_of(fct_tasks=tasks)).query(query("tasks_done", "tasks_overdue"))
    assert answer.totals == {"tasks_done": None, "tasks_overdue": None}
    assert {item.reason for item in answer.left_out} == {
        "never given: completed_at",
        "never given: due_at, due_day",
    }


def test_a_sum_is_known_where_any_of_its_rows_was_loaded_with_a_value() -> None:
    deals = "deal_id | outcome | closed_at | amount_home\n1 | won | 2026-01-10 10:00 |\n2 | lost | 2026-01-10 10:00 | 5"
    lake = lake_of(fct_deals=deals)
    facts, today = LoadedFacts(lake), march().last
    known = {name: facts.is_known(built_in().metric(name), today, "1") for name in ("revenue", "deals_won", "leads")}
    assert known == {"revenue": False, "deals_won": True, "leads": False}
    lake.connection.execute("UPDATE fct_deals SET amount_home = 7 WHERE deal_id = '1'")
    assert not facts.is_known(built_in().metric("revenue"), today, "1")
    assert facts.is_known(built_in().metric("revenue"), today, "2")
