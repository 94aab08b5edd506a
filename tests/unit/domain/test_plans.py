"""What people state as plans."""

from datetime import date
from decimal import Decimal

import pytest

from voronka.domain.errors import QuestionError
from voronka.domain.period import Period
from voronka.domain.plans import Planned, PlanScope, plan_scope

MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))


def planned(value: str, scope: PlanScope = "employee", scope_id: str | None = "crm:1") -> Planned:
    return Planned("revenue", scope, scope_id, MARCH, Decimal(value))


@pytest.mark.parametrize("value", ["NaN", "Infinity", "100000000000000", "0.00001"])
def test_a_number_that_the_core_could_not_keep_is_refused(value: str) -> None:
    with pytest.raises(QuestionError, match="a plan"):
        planned(value)


def test_a_plan_is_somebodys() -> None:
    with pytest.raises(QuestionError, match="a plan of team is given for nobody"):
        planned("1", scope="team", scope_id=None)
    with pytest.raises(QuestionError, match="a plan of company is given crm:1"):
        planned("1", scope="company")


def test_whose_plan_it_is_is_known_by_name() -> None:
    assert plan_scope("team") == "team"
    with pytest.raises(QuestionError, match="not of channel"):
        plan_scope("channel")
