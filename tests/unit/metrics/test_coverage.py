from tests.metrics.memory_engine import column, lake_of, march, metrics_over, query
from voronka.domain.scope import Scope

PEOPLE = "employee_id | name\na | Anna\nb | Boris"
CALLS = """call_id | employee_id | team_id | started_at
           1 | a | w | 2026-03-02 10:00
           2 | a | w | 2026-03-02 11:00
           3 | b | w | 2026-03-02 10:00
           4 |   |   | 2026-03-02 10:00
           5 | a | w | 2026-03-03 10:00"""
OF_ANNA = """metric | scope | scope_id | team_id | counts_for_team | counts_for_company | day | value
             calls | employee | a | w | true | true | 2026-03-02 | 4"""


def test_only_the_days_and_people_of_a_plan_are_covered() -> None:
    lake = lake_of(dim_employee=PEOPLE, fct_calls=CALLS, fct_plan_days=OF_ANNA)
    answer = metrics_over(lake).query(query("calls", "calls_covered", "calls_attainment", period=march()))
    assert answer.totals == {"calls": 5, "calls_covered": 2, "calls_attainment": 50}


def test_a_limited_scope_has_its_peoples_facts_set_against_its_peoples_plans() -> None:
    lake = lake_of(dim_employee=PEOPLE, fct_calls=CALLS, fct_plan_days=OF_ANNA)
    asked = query("calls_covered", "calls_attainment", period=march(), scope=Scope.of("a", "b"))
    assert metrics_over(lake).query(asked).totals == {"calls_covered": 2, "calls_attainment": 50}


def test_what_is_before_is_covered_by_the_plans_of_before() -> None:
    days = OF_ANNA + "\ncalls | employee | b | w | true | true | 2026-02-02 | 10"
    calls = CALLS + "\n6 | b | w | 2026-02-02 10:00\n7 | a | w | 2026-02-02 10:00"
    lake = lake_of(dim_employee=PEOPLE, fct_calls=calls, fct_plan_days=days)
    asked = query("calls_covered", by=["team"], period=march(), compare="previous")
    answer = metrics_over(lake).query(asked)
    assert column(answer, "team_id", "calls_covered") == {"w": 2, None: None}
    assert answer.totals == {"calls_covered": 2, "calls_covered_previous": 1}


def test_a_formula_that_adds_up_is_covered_by_the_plan_of_itself() -> None:
    emails = """activity_id | employee_id | direction | started_at
                1 | a | out | 2026-03-02 10:00
                2 | b | out | 2026-03-02 10:00
                3 | a | in  | 2026-03-02 12:00"""
    proposals = """activity_id | employee_id | status | started_at
                   4 | a | done | 2026-03-02 10:00"""
    days = OF_ANNA.replace("calls |", "activities |")
    lake = lake_of(dim_employee=PEOPLE, fct_emails=emails, fct_proposals=proposals, fct_plan_days=days)
    answer = metrics_over(lake).query(
        query("activities", "activities_covered", "activities_attainment", period=march())
    )
    assert answer.totals == {"activities": 3, "activities_covered": 2, "activities_attainment": 50}
