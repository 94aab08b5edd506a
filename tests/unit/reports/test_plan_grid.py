"""The grid of plans: whose stands, what stands below it, what lies across its periods, who sees what."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from tests.metrics.memory_engine import built_in, lake_of
from voronka.domain.errors import QuestionError
from voronka.domain.period import Period
from voronka.domain.plans import Planned, PlanScope, Statement
from voronka.domain.scope import Scope, Span
from voronka.metrics.query import Metrics, MetricsCompany
from voronka.reports.plan_grid import Grid, GridAsked, PlanGrain, grid_columns, owner_of, plan_grid, planned_of

TODAY = date(2026, 3, 2)
AT = datetime.fromisoformat("2026-03-01 10:00")
MARCH, APRIL = Period(date(2026, 3, 1), date(2026, 3, 31)), Period(date(2026, 4, 1), date(2026, 4, 30))
QUARTER = Period(date(2026, 4, 1), date(2026, 6, 30))
PEOPLE = """employee_id | name | hired_on | left_on | is_active
            a | Анна Ли | 2025-01-01 | | true
            b | Борис | | | true
            c | Вера | | 2026-01-31 | false
            name:яна | Яна | | | true"""
STAYS = """employee_id | team_id | valid_from | valid_to
           a | w | 2025-01-01 | 2026-03-16
           a | e | 2026-03-16 | 9999-12-31
           b | w | 2025-01-01 | 9999-12-31"""
FILED = """metric | scope | scope_id | starts_on | ends_on | value | revision | source
           revenue | employee | a | 2026-03-01 | 2026-03-31 | 100 | 1 | hr
           revenue | employee | a | 2026-03-01 | 2026-03-31 | 220 | 2 | hr
           revenue | team | w | 2026-03-01 | 2026-03-31 | 500 | 1 | hr
           revenue | employee | b | 2026-04-01 | 2026-06-30 | 900 | 1 | hr
           revenue | employee | b | 2026-03-01 | 2026-03-31 | 7 | 1 | voronka
           calls | employee | b | 2026-03-01 | 2026-03-31 | 9 | 1 | hr"""
DAYS = """metric | scope | scope_id | team_id | counts_for_team | counts_for_company | day | value
          revenue | employee | b | w | true | true | 2026-04-10 | 310.5
          revenue | employee | b | w | true | true | 2026-05-10 | 589.5"""
CALENDAR = "\n".join(
    ["day | is_working", *(f"2026-03-{n:02} | {str(n in (13, 16, 17)).lower()}" for n in range(1, 32))]
)


def stated(number: int, value: str | None, whom: str | None = "b", scope: PlanScope = "employee") -> Statement:
    planned = Planned("revenue", scope, whom, MARCH, None if value is None else Decimal(value))
    return Statement(number, planned, "Олег", AT)


def grid(*statements: Statement, scope: Scope | None = None, metric: str = "revenue") -> Grid:
    """Return March and April of a company of two teams, with a person in none."""
    lake = lake_of(
        dim_employee=PEOPLE,
        employee_team=STAYS,
        dim_team="team_id | name\nw | Запад\ne | Восток",
        fct_plans=FILED,
        fct_plan_days=DAYS,
        dim_calendar=CALENDAR,
    )
    metrics = Metrics(lake, built_in(), MetricsCompany("RUB", lambda: TODAY, "Europe/Moscow"))
    asked = GridAsked(metric, "month", (MARCH, APRIL))
    return plan_grid(metrics, scope or Scope.everything(), asked, statements, {"old": "b"})


def test_the_company_is_first_then_each_team_before_its_people_then_those_without_one() -> None:
    assert [(row.scope, row.name) for row in grid().rows] == [
        ("company", ""),
        ("team", "Восток"),
        ("employee", "Анна Ли"),
        ("team", "Запад"),
        ("employee", "Борис"),
        ("employee", "Яна"),
    ]


def test_a_file_is_told_by_its_source_and_a_statement_stands_over_it() -> None:
    cell = grid().cell(("employee", "a"), MARCH)
    assert cell.stood is not None
    assert (cell.value, cell.stood.origin, cell.stood.source, cell.seen) == (Decimal(220), "file", "hr", 0)
    cell = grid(stated(4, "300", "a")).cell(("employee", "a"), MARCH)
    assert cell.stood is not None
    assert (cell.value, cell.stood.origin, cell.stood.by, cell.seen) == (Decimal(300), "entered", "Олег", 4)
    assert cell.filed is not None
    assert cell.filed.value == 220


def test_what_was_taken_back_leaves_what_files_say() -> None:
    cell = grid(stated(4, "300", "a"), stated(5, None, "a")).cell(("employee", "a"), MARCH)
    assert cell.stood is not None
    assert (cell.value, cell.stood.origin, cell.seen) == (Decimal(220), "file", 5)


def test_the_figures_are_behind_until_they_hold_what_is_stated() -> None:
    assert grid().is_behind  # they hold a statement of b that nobody makes
    assert not grid(stated(4, "7")).is_behind
    assert grid(stated(4, "7"), stated(5, "8")).is_behind
    assert grid(stated(4, "7"), stated(5, None)).is_behind


def test_a_team_has_its_own_plan_beside_the_sum_of_its_people() -> None:
    # of the three working days around the 16th of March Anna is one in the West, two in the East: 220 / 3, twice that
    found = {row.name: row for row in grid(stated(4, "50")).rows}
    assert found["Запад"].cells[0].value == 500
    assert found["Запад"].below[0] == Decimal("73.33") + 50
    assert found["Восток"].cells[0].value is None
    assert found["Восток"].below[0] == Decimal("146.67")
    assert found[""].below[0] == 500 + Decimal("146.67")


def test_a_plan_of_a_longer_period_shows_what_of_it_the_figures_hold() -> None:
    cell = grid().cell(("employee", "b"), APRIL)
    assert (cell.value, cell.figure, cell.amount) == (None, Decimal("310.50"), Decimal("310.50"))
    assert [(each.period, each.value) for each in cell.others] == [(QUARTER, Decimal(900))]
    assert [row.below[1] for row in grid().rows if row.scope != "employee"] == [
        Decimal("310.50"),
        None,
        Decimal("310.50"),
    ]


def test_whoever_is_another_one_today_keeps_what_was_stated() -> None:
    found = grid(
        stated(1, "5", "name:борис"), stated(2, "6", "old"), stated(3, "4", "name:Яна"), stated(4, "9", "gone")
    )
    boris = found.cell(("employee", "b"), MARCH)
    assert (boris.value, boris.seen, boris.stated_as) == (Decimal(6), 2, "old")
    assert planned_of(found, ("employee", "b"), MARCH, Decimal(8))[0].scope_id == "old"
    assert found.cell(("employee", "name:яна"), MARCH).value == 4


def test_a_limited_scope_sees_its_people_on_their_days_and_no_sums() -> None:
    found = grid(scope=Scope(spans=(Span("b"), Span("a", date(2026, 4, 1)))))
    assert [(row.name, row.below) for row in found.rows] == [("Анна Ли", ()), ("Борис", ())]
    hidden = found.cell(("employee", "a"), MARCH)
    assert (hidden.value, hidden.filed, hidden.may_edit) == (None, None, False)
    assert found.cell(("employee", "a"), APRIL).may_edit
    for owner, period in ((("employee", "a"), MARCH), (("team", "w"), MARCH), (("company", None), MARCH)):
        with pytest.raises(QuestionError, match="no such plan"):
            planned_of(found, owner, period, Decimal(1))  # type: ignore[arg-type]


def test_a_plan_of_a_file_is_not_emptied() -> None:
    with pytest.raises(QuestionError, match="of a file cannot be emptied"):
        planned_of(grid(), ("employee", "a"), MARCH, None)
    planned, cell = planned_of(grid(stated(4, "300", "a")), ("employee", "a"), MARCH, None)
    assert (planned.value, cell.seen) == (None, 4)


def test_what_is_no_sum_of_days_has_no_sums() -> None:
    found = grid(metric="win_rate")
    assert found.is_flow is False
    assert {row.below for row in found.rows} == {()}


@pytest.mark.parametrize(
    ("grain", "given", "count", "days"),
    [
        ("month", "..", 12, "2026-01-01..2026-12-31"),
        ("quarter", "..", 4, "2026-01-01..2026-12-31"),
        ("week", "..", 8, "2026-02-16..2026-04-12"),
        ("month", "2026-02-10..2026-03-01", 2, "2026-02-01..2026-03-31"),
        ("week", "2026-03-04..2026-03-04", 1, "2026-03-02..2026-03-08"),
    ],
)
def test_columns_are_whole_periods(grain: PlanGrain, given: str, count: int, days: str) -> None:
    first, last = [date.fromisoformat(each) if each else None for each in given.split("..")]
    found = grid_columns(grain, first, last, TODAY)
    assert (len(found), f"{found[0].first}..{found[-1].last}") == (count, days)


def test_a_grid_has_no_end_of_columns() -> None:
    with pytest.raises(QuestionError, match="holds 60 periods"):
        grid_columns("week", date(2020, 1, 1), date(2026, 1, 1), TODAY)


@pytest.mark.parametrize(("scope", "key"), [("company", "a"), ("team", None), ("channel", "a")])
def test_nobodys_plan_is_refused(scope: str, key: str | None) -> None:
    with pytest.raises(QuestionError, match="no such plan"):
        owner_of(scope, key)
