from datetime import date

from tests.metrics.memory_engine import lake_of, march, metrics_over, query


def test_a_plan_with_no_period_is_all_of_it_and_due_by_today() -> None:
    lake = lake_of(
        fct_plan_days="""metric | scope | counts_for_company | day | value
                         calls | company | true | 2026-03-01 | 10
                         calls | company | true | 2026-04-01 | 30""",
        fct_calls="call_id | started_at\n1 | 2026-03-01 10:00\n2 | 2026-03-01 10:00",
    )
    answer = metrics_over(lake, date(2026, 3, 31)).query(query("calls_plan", "calls_attainment", "calls_pace"))
    assert answer.totals == {"calls_plan": 40, "calls_attainment": 5, "calls_pace": 20}


def test_the_companys_own_plan_stands_before_its_teams_on_the_days_it_covers() -> None:
    lake = lake_of(
        fct_plan_days="""metric | scope | scope_id | team_id | counts_for_team | counts_for_company | day | value
                         calls | company |   |   | false | true  | 2026-03-02 | 100
                         calls | team    | w | w | true  | false | 2026-03-02 | 60
                         calls | team    | w | w | true  | false | 2026-03-07 | 5
                         calls | team    | w | w | true  | true  | 2026-04-02 | 60""",
    )
    metrics = metrics_over(lake)
    assert metrics.query(query("calls_plan", period=march())).totals == {"calls_plan": 100}
    assert metrics.query(query("calls_plan")).totals == {"calls_plan": 160}


def test_parts_of_a_month_add_up_to_the_plan_to_the_kopeck() -> None:
    days = "\n".join(f"revenue | company | true | 2026-03-{day:02} | 47619.04761905" for day in range(1, 22))
    lake = lake_of(fct_plan_days="metric | scope | counts_for_company | day | value\n" + days)
    assert metrics_over(lake).query(query("revenue_plan", period=march())).totals == {"revenue_plan": 1000000}
