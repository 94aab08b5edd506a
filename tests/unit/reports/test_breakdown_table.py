"""A plan broken down as a table."""

from datetime import date

from tests.metrics.memory_engine import lake_of, metrics_over
from voronka.analyses.breakdown import CHAIN, Breakdown, Part, Step
from voronka.analyses.credibility import Rate
from voronka.domain.period import Period
from voronka.reports.breakdown_table import breakdown_table

MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))


def steps(
    needed: float | None, planned: float | None, below: float | None = None, *, rate: bool = False
) -> tuple[Step, ...]:
    own = Rate(0.4, 0.5, 0.3, 0.5, 20) if rate else None
    return tuple(Step(name, needed, planned, 1.0, own if name != "revenue" else None, below) for name in CHAIN)


def made() -> Breakdown:
    anna = Part("person", "a", "Anna", "w", "ae", steps(300, 250, rate=True))
    dina = Part("person", "d", "Dina", None, None, steps(5, None), is_shared=True)
    west = Part("team", "w", "West", "w", None, steps(300, 400, 250))
    office = Part("team", "o", "Office", "o", None, steps(None, None))
    company = Part("company", None, "", None, None, steps(305, 500, 400))
    return Breakdown(MARCH, MARCH, company, (office, west), (anna, dina), "1")


def test_people_stand_under_their_team_and_teams_with_nothing_are_left_out() -> None:
    table = breakdown_table(made(), metrics_over(lake_of()))
    assert [(row["level"], row["name"]) for row in table.rows] == [
        ("team", "West"),
        ("person", "Anna"),
        ("person", "Dina"),
    ]
    assert table.totals["level"] == "company"
    assert (table.totals["revenue_plan"], table.totals["revenue_difference"]) == (500, 100)


def test_each_step_has_its_columns_and_rates_are_in_words() -> None:
    table = breakdown_table(made(), metrics_over(lake_of()))
    names = [column.name for column in table.columns]
    assert names[:6] == ["level", "id", "name", "team_id", "role", "is_shared"]
    assert all(set(row) == set(names) for row in (*table.rows, table.totals))
    titles = {column.name: (column.title.en, column.unit) for column in table.columns}
    assert titles["deals_won_rate"] == ("Revenue per one: Deals won", "money")
    assert titles["calls_trust"] == ("Calls: weight of the own rate, %", "percent")
    anna = table.rows[1]
    assert (anna["calls_rate"], anna["calls_rate_own"], anna["calls_trust"]) == (0.4, 0.5, 50)
    assert table.rows[2]["is_shared"] is True
