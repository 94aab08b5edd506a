"""Plans: who shows whose, what is due by now, and what is constant."""

from datetime import date

import pytest

from tests.metrics.memory_engine import MemoryEngine, column, lake_of, march, metrics_over, query
from voronka.domain.errors import QuestionError
from voronka.domain.period import Period
from voronka.domain.scope import Scope


@pytest.fixture
def lake() -> MemoryEngine:
    return lake_of(
        dim_employee="employee_id | name\na | Anna\nb | Boris\nc | Clara",
        dim_team="team_id | name\nw | West\ne | East",
        employee_team="""employee_id | team_id | role | valid_from | valid_to
                         a | w | ae  | 2026-01-01 | 9999-12-31
                         b | w | ae  | 2026-01-01 | 9999-12-31
                         c | e | ae  | 2026-01-01 | 9999-12-31
                         c | e | sdr | 2026-01-01 | 9999-12-31""",
        fct_deals="""deal_id | employee_id | team_id | closed_at | outcome | amount_home
                     1 | a | w | 2026-03-02 10:00 | won | 60
                     2 | c | e | 2026-03-03 10:00 | won | 30
                     3 | c | e | 2026-03-04 10:00 | lost | 30""",
        fct_plans="""metric | scope | scope_id | starts_on | ends_on | value | revision
                     revenue | team | w | 2026-03-01 | 2026-03-31 | 300 | 1
                     win_rate | employee | a | 2026-01-01 | 2026-12-31 | 40 | 1
                     win_rate | employee | a | 2026-03-01 | 2026-03-31 | 50 | 1
                     win_rate | employee | a | 2026-03-01 | 2026-03-31 | 80 | 2
                     win_rate | company | | 2026-01-01 | 2026-12-31 | 25 | 1""",
        fct_plan_days="""metric | scope | scope_id | team_id | counts_for_team | counts_for_company | day | value
                         revenue | team | w | w | true | true | 2026-03-02 | 150
                         revenue | team | w | w | true | true | 2026-03-20 | 150
                         revenue | employee | a | w | false | false | 2026-03-02 | 100
                         revenue | employee | a | w | false | false | 2026-03-20 | 100
                         revenue | employee | b | w | false | false | 2026-03-02 | 10
                         revenue | employee | c | e | true | true | 2026-03-02 | 20
                         revenue | employee | c | e | true | true | 2026-03-03 | 0
                         revenue | employee | c | e | true | true | 2026-03-20 | 20
                         revenue | employee | a | w | true | true | 2026-02-02 | 7""",
    )


TODAY = date(2026, 3, 10)


def test_a_team_shows_its_own_plan_else_the_sum_of_its_peoples(lake: MemoryEngine) -> None:
    answer = metrics_over(lake, TODAY).query(query("revenue_plan", "revenue", by=["team"], period=march()))
    assert column(answer, "team", "revenue_plan") == {"West": 300, "East": 40}
    assert answer.totals == {"revenue_plan": 340, "revenue": 90}


def test_people_show_their_own_plans_and_the_total_is_the_companys(lake: MemoryEngine) -> None:
    answer = metrics_over(lake, TODAY).query(query("revenue_plan", by=["employee"], period=march()))
    assert column(answer, "employee", "revenue_plan") == {"Anna": 200, "Boris": 10, "Clara": 40}
    assert answer.totals == {"revenue_plan": 340}


def test_attainment_is_of_the_whole_plan_and_pace_of_what_is_due_by_now(lake: MemoryEngine) -> None:
    asked = query("revenue_attainment", "revenue_pace", by=["team"], period=march())
    answer = metrics_over(lake, TODAY).query(asked)
    assert column(answer, "team", "revenue_attainment") == {"West": 20, "East": 75}
    assert column(answer, "team", "revenue_pace") == {"West": 40, "East": 150}
    assert answer.totals["revenue_pace"] == pytest.approx(100 * 90 / 170)


NAMES = {
    "dim_employee": "employee_id | name\na | Anna\nb | Boris\nc | Clara",
    "dim_team": "team_id | name\nw | West\ne | East",
}


def test_a_plan_of_one_of_a_team_is_set_against_the_fact_of_that_one() -> None:
    lake = lake_of(
        **NAMES,
        fct_deals="""deal_id | employee_id | team_id | closed_at | outcome | amount_home
                     1 | a | w | 2026-03-02 10:00 | won | 60
                     2 | b | w | 2026-03-02 10:00 | won | 500
                     3 | a | w | 2026-03-21 10:00 | won | 8
                     4 | c | e | 2026-03-02 10:00 | won | 700""",
        fct_plan_days="""metric | scope | scope_id | team_id | counts_for_team | counts_for_company | day | value
                         revenue | employee | a | w | true | true | 2026-03-02 | 100
                         revenue | employee | a | w | true | true | 2026-03-20 | 20""",
    )
    names = ("revenue", "revenue_plan", "revenue_covered", "revenue_attainment", "revenue_pace")
    metrics = metrics_over(lake, TODAY)
    teams = metrics.query(query(*names, by=["team"], period=march()))
    assert column(teams, "team", "revenue") == {"West": 568, "East": 700}
    assert column(teams, "team", "revenue_covered") == {"West": 60, "East": None}
    assert column(teams, "team", "revenue_attainment") == {"West": 50, "East": None}
    assert teams.totals["revenue_covered"] == 60
    assert (teams.totals["revenue_attainment"], teams.totals["revenue_pace"]) == (50, 60)
    people = metrics.query(query(*names, by=["employee"], period=march()))
    assert column(people, "employee", "revenue_attainment") == {"Anna": 50, "Boris": None, "Clara": None}
    months = metrics.query(query(*names, by=["month"], period=march()))
    assert column(months, "month", "revenue_covered") == {"2026-03": 60}


def test_the_company_own_plan_covers_everybody_though_teams_and_people_have_theirs() -> None:
    lake = lake_of(
        **NAMES,
        fct_deals="""deal_id | employee_id | team_id | closed_at | outcome | amount_home
                     1 | a | w | 2026-03-02 10:00 | won | 60
                     2 | c | e | 2026-03-03 10:00 | won | 30""",
        fct_plan_days="""metric | scope | scope_id | team_id | counts_for_team | counts_for_company | day | value
                         revenue | company | | | false | true | 2026-03-02 | 200
                         revenue | company | | | false | true | 2026-03-03 | 100
                         revenue | team | w | w | true | false | 2026-03-02 | 30""",
    )
    answer = metrics_over(lake, TODAY).query(query("revenue_attainment", by=["team"], period=march()))
    assert column(answer, "team", "revenue_attainment") == {"West": 200, "East": None}
    assert answer.totals["revenue_attainment"] == 30  # 60 of Anna and 30 of Clara, of 300


def test_a_plan_is_cut_by_time_and_compared(lake: MemoryEngine) -> None:
    asked = query("revenue_plan", by=["month"], where=["employee=Anna"], period=march(), compare="previous")
    assert metrics_over(lake, TODAY).query(asked).rows == [
        {"month": "2026-03", "revenue_plan": 200, "revenue_plan_previous": 7},
    ]


def test_a_plan_that_is_no_sum_is_the_shortest_one_that_covers_the_day_in_its_latest_revision(
    lake: MemoryEngine,
) -> None:
    metrics = metrics_over(lake, TODAY)
    answer = metrics.query(query("win_rate_plan", "win_rate_attainment", by=["employee"], period=march()))
    assert column(answer, "employee", "win_rate_plan") == {"Anna": 80, "Clara": None}
    assert column(answer, "employee", "win_rate_attainment") == {"Anna": 125, "Clara": None}
    assert answer.totals["win_rate_plan"] == 25
    quarter = Period(date(2026, 3, 1), date(2026, 4, 30))
    months = metrics.query(query("win_rate_plan", by=["month"], where=["employee=Anna"], period=quarter))
    assert column(months, "month", "win_rate_plan") == {"2026-03": 80, "2026-04": 40}


def test_a_limited_scope_sees_the_plans_of_its_people(lake: MemoryEngine) -> None:
    answer = metrics_over(lake, TODAY).query(
        query("revenue_plan", "win_rate_plan", period=march(), scope=Scope.of("a", "b"))
    )
    assert answer.totals == {"revenue_plan": 210, "win_rate_plan": None}


def test_no_plan_is_unknown_and_not_0(lake: MemoryEngine) -> None:
    answer = metrics_over(lake, TODAY).query(query("calls_plan", "calls_attainment", period=march()))
    assert answer.totals == {"calls_plan": None, "calls_attainment": None}


def test_a_plan_has_no_cut_by_channel(lake: MemoryEngine) -> None:
    with pytest.raises(QuestionError, match="revenue_plan cannot be cut by channel"):
        metrics_over(lake, TODAY).query(query("revenue_plan", by=["channel"], period=march()))
