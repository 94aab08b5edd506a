"""Whose plans of revenue there are: Anna and Boris sell, Vera has not sold for a year."""

from datetime import date

import pytest

from tests.metrics.memory_engine import built_in, lake_of
from voronka.domain.period import Period
from voronka.domain.scope import Scope
from voronka.metrics.query import Metrics, MetricsCompany
from voronka.reports.ask import Asker
from voronka.reports.who_plans import WhoPlans, who_plans

TODAY = date(2026, 3, 16)
MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))


def found(*plans: tuple[str, str, int]) -> WhoPlans:
    """Return whose plans there are, of plans (scope, whom, how much) that each count for the company."""
    lake = lake_of(
        dim_calendar="day | is_working\n2026-03-02 | true",
        dim_employee="employee_id | name\na | Anna\nb | Boris\nv | Vera",
        dim_team="team_id | name\nw | West",
        dim_channel="channel_id | name\nx | Search",
        employee_team="employee_id | team_id | role | valid_from | valid_to\n"
        "a | w | ae | 2020-01-01 | 9999-12-31\n"
        "b | w | ae | 2020-01-01 | 9999-12-31\n"
        "v | w | ae | 2020-01-01 | 9999-12-31",
        fct_deals="deal_id | employee_id | team_id | closed_at | outcome | amount_home\n"
        "1 | a | w | 2026-03-02 10:00 | won | 10\n2 | b | w | 2026-01-12 10:00 | won | 10\n"
        "3 | v | w | 2025-03-03 10:00 | won | 10",
        fct_plan_days="\n".join(
            [
                "metric | scope | scope_id | team_id | counts_for_team | counts_for_company | day | value",
                *(
                    f"revenue | {scope} | {whom} | w | true | true | 2026-03-02 | {value}"
                    for scope, whom, value in plans
                ),
            ]
        ),
    )
    metrics = Metrics(lake, built_in(), MetricsCompany("RUB", lambda: TODAY, "Europe/Moscow"))
    asker = Asker(metrics, Scope.everything())
    return who_plans(asker, MARCH, TODAY, asker.ask("revenue_plan", period=MARCH))


@pytest.mark.parametrize(
    ("plans", "ids", "of", "are_some"),
    [
        ([("employee", "a", 100)], ("a",), 2, True),
        ([("employee", "a", 100), ("employee", "b", 50)], ("a", "b"), 2, False),
        ([("employee", "v", 100)], ("v",), 3, True),
        ([], (), 0, False),
    ],
)
def test_those_with_a_plan_are_told_of_those_who_sell(
    plans: list[tuple[str, str, int]], ids: tuple[str, ...], of: int, *, are_some: bool
) -> None:
    who = found(*plans)
    assert (who.ids, who.of, who.are_some) == (ids, of, are_some)
    assert who.values() == ({"planned_people": len(ids), "of_people": of} if are_some else {})


def test_where_a_team_states_a_plan_nobody_is_left_out() -> None:
    who = found(("employee", "a", 100), ("team", "w", 500))
    assert (who.is_all, who.are_some, who.values()) == (False, False, {})
