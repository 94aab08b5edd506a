"""Not loaded is told apart from nothing happened."""

from tests.metrics.memory_engine import lake_of, march, metrics_over, query
from voronka.metrics.loaded import LoadedFacts

ONE_CALL = "call_id | employee | started_at\n1 | Anna | 2026-01-10 10:00"


def test_a_fact_without_a_row_was_never_loaded() -> None:
    lake = lake_of(fct_calls=ONE_CALL)
    assert LoadedFacts(lake).missing(["fct_calls", "fct_leads"], "1") == {"fct_leads"}


def test_open_deals_are_loaded_when_deals_are() -> None:
    lake = lake_of(fct_deals="deal_id | outcome | created_at\n1 | won | 2026-01-10 10:00")
    assert LoadedFacts(lake).missing(["fct_deal_states"], "1") == frozenset()


def test_what_is_known_is_forgotten_when_the_data_change() -> None:
    lake = lake_of(fct_calls=ONE_CALL)
    facts = LoadedFacts(lake)
    assert facts.missing(["fct_calls"], "1") == frozenset()
    lake.connection.execute("DELETE FROM fct_calls")
    assert facts.missing(["fct_calls"], "1") == frozenset()
    assert facts.missing(["fct_calls"], "2") == {"fct_calls"}


def test_a_count_over_a_fact_that_was_not_loaded_is_unknown_in_rows_and_totals() -> None:
    answer = metrics_over(lake_of(fct_calls=ONE_CALL)).query(query("leads", "calls", by=["month"], period=march()))
    assert [(row["leads"], row["calls"]) for row in answer.rows] == [(None, 0)]
    assert answer.totals == {"leads": None, "calls": 0}
