"""Sums are kept of what is asked about often, for as long as the data stand."""

from tests.metrics.memory_engine import lake_of, march, metrics_over, query

CALL = "call_id | employee_id | started_at\n1 | a | 2026-03-02 10:00"


def test_sums_are_made_once_a_fact_was_asked_about_often() -> None:
    lake = lake_of(fct_calls=CALL)
    metrics = metrics_over(lake, often=2)
    asked = [query("calls", by=by, period=march()) for by in (["day"], ["employee"], ["week"])]
    for each in asked:
        assert metrics.query(each).totals == {"calls": 1}
    answers = [sql for sql, _ in lake.asked if "GROUPING" in sql]
    assert ["day_sums_activities_started" in sql for sql in answers] == [False, False, True]


def test_what_is_built_anew_is_summed_anew() -> None:
    lake = lake_of(fct_calls=CALL)
    metrics = metrics_over(lake, often=0)
    asked = query("calls", period=march())
    assert metrics.query(asked).totals == {"calls": 1}
    lake.connection.execute(
        "INSERT INTO fct_activities BY NAME SELECT * REPLACE ('2' AS activity_id) FROM fct_activities"
    )
    lake.version += 1
    assert metrics.query(asked).totals == {"calls": 2}


def test_days_of_plans_are_kept_too() -> None:
    plans = """metric | scope | scope_id | team_id | counts_for_team | counts_for_company | day | value
               calls   | employee | a | w | true | true | 2026-03-02 | 4
               calls   | employee | b | w | true | true | 2026-03-02 | 3
               revenue | employee | b | w | true | true | 2026-03-03 | 100"""
    lake = lake_of(fct_calls=CALL, fct_plan_days=plans)
    answer = metrics_over(lake, often=0).query(query("calls_plan", "revenue_plan", period=march()))
    assert answer.totals == {"calls_plan": 7, "revenue_plan": 100}
    assert any("plan_sums" in sql for sql, _ in lake.asked)
