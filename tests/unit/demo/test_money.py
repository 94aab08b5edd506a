import numpy as np
import pytest

from voronka.demo.contacts import Past
from voronka.demo.money import CALLS, MEETINGS, REVENUE, Tally, passed_share, payment_table, plan_rows
from voronka.demo.people import AE, AM, SDR
from voronka.demo.worktime import DAY


@pytest.fixture
def tally(past: Past) -> Tally:
    """Return a tally of a department that did the same in each of the four months: 200 calls and 500 roubles each."""
    found = Tally(past)
    people = np.flatnonzero(np.isin(past.roles, [SDR, AE, AM]))
    for month in range(4):
        share = passed_share(past.work, past.plan.today) if month == 3 else 1.0
        found.done[CALLS, people, month] = 200 * share
        found.done[REVENUE, people, month] = 500 * share
    return found


def test_the_share_of_a_month_is_of_its_working_days(past: Past) -> None:
    # November 2026 has 20 working days (the 4th is a holiday); 14 of them are over on Friday the 20th
    assert passed_share(past.work, past.plan.today) == pytest.approx(14 / 20)


def test_things_are_counted_by_person_and_month_until_now(past: Past) -> None:
    tally = Tally(past)
    first = past.plan.first_day * DAY
    at = np.array([first, first + 5, past.plan.now + 60, first - 60])
    tally.add(MEETINGS, np.array([2, 2, 2, 2]), at)
    assert tally.done[MEETINGS, 2].tolist() == [2, 0, 0, 0]
    tally.add(REVENUE, np.array([1]), np.array([past.plan.now]), np.array([70.5]))
    assert tally.done[REVENUE, 1].tolist() == [0, 0, 0, 70.5]


def test_people_stand_between_70_and_125_percent_of_what_is_due_now(past: Past, tally: Tally) -> None:
    plans = plan_rows(past, tally)
    running = plans.where((plans["first"] == np.datetime64("2026-11-01")) & (plans["metric"] == CALLS))
    pace = 100 * 200 / running["value"]
    assert pace.min() > 66  # 70 but for the rounding of the plan
    assert pace.max() < 132
    assert 85 < 100 * 200 * len(running) / running["value"].sum() < 105


def test_the_company_stands_near_95_percent_of_its_revenue_plan(past: Past, tally: Tally) -> None:
    plans = plan_rows(past, tally)
    own = plans.where((plans["first"] == np.datetime64("2026-11-01")) & (plans["metric"] == REVENUE))
    people = own.where(own["person"] >= 0)
    assert 93 < 100 * 500 * len(people) / people["value"].sum() < 97


def test_one_team_has_a_plan_of_its_own(past: Past, tally: Tally) -> None:
    plans = plan_rows(past, tally)
    of_team = plans.where(plans["team"] >= 0)
    assert {past.staff.teams[team].role for team in of_team["team"].tolist()} == {AM}
    assert set(of_team["person"].tolist()) == {-1}


def test_a_plan_lasts_a_month_and_is_round(past: Past, tally: Tally) -> None:
    plans = plan_rows(past, tally)
    assert {str(day)[-2:] for day in plans["first"]} == {"01"}
    assert {str(day) for day in plans["last"]} == {"2026-08-31", "2026-09-30", "2026-10-31", "2026-11-30"}
    of_people = plans["value"][plans["metric"] == CALLS]
    assert (of_people % 5 == 0).all()


def test_payments_of_a_deal_do_not_exceed_it_and_refunds_are_below_nothing(past: Past) -> None:
    payments = payment_table(past)
    amounts = dict(zip(past.deals["number"].tolist(), past.deals["amount"].tolist(), strict=True))
    paid: dict[int, float] = {}
    for deal, amount in zip(payments["Сделка"].tolist(), payments["Сумма"].tolist(), strict=True):
        paid[deal] = paid.get(deal, 0.0) + max(amount, 0.0)
    assert all(paid[deal] <= amounts[deal] + 0.02 for deal in paid)
    is_refund = payments["Вид"] == "Возврат покупателю"
    assert ((payments["Сумма"] < 0) == is_refund).all()
    assert (payments["Дата"] <= np.datetime64(past.plan.now, "s")).all()
