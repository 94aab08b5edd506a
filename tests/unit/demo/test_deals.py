import numpy as np

from voronka.demo.contacts import Past
from voronka.demo.deals import AGREED, LOST, OFFERED, STEPS, TAKEN, WON, called, owner_at, stage_now
from voronka.demo.leads import NEVER
from voronka.demo.rows import Rows
from voronka.demo.worktime import DAY


def test_a_deal_goes_through_its_stages_in_their_order(past: Past) -> None:
    last = past.deals[STEPS[0]]
    for step in STEPS[TAKEN : AGREED + 1]:
        entered = past.deals[step]
        reached = entered < NEVER
        assert (entered[reached] > last[reached]).all()
        last = np.where(reached, entered, last)
    assert (past.deals["closed"] > last).all()


def test_a_deal_is_won_or_lost_and_only_a_won_one_was_agreed(past: Past) -> None:
    deals = past.deals
    won, lost = deals[STEPS[WON]] < NEVER, deals[STEPS[LOST]] < NEVER
    assert (won ^ lost).all()
    assert (deals[STEPS[AGREED]][won] < NEVER).all()
    assert (deals[STEPS[AGREED]][lost] == NEVER).all()


def test_the_leader_wins_more_and_the_laggard_less_than_the_others(past: Past) -> None:
    deals = past.deals.where(~past.deals["is_repeated"])
    rates = {who: deals["won"][deals["owner"] == who].mean() for who in (past.plot.leader, past.plot.laggard)}
    others = deals["won"][~np.isin(deals["owner"], list(rates))].mean()
    assert rates[past.plot.laggard] < others - 0.1 < others + 0.1 < rates[past.plot.leader]


def test_a_barren_channel_wins_nothing(past: Past) -> None:
    of_channel = past.deals["channel"] == past.plot.barren
    assert of_channel.any()
    assert not past.deals["won"][of_channel].any()


def test_the_grey_zone_lies_between_the_offer_and_the_contract(past: Past) -> None:
    deals = past.deals.where(past.deals["grey"] < NEVER)
    assert len(deals) > 0.1 * len(past.deals)
    assert (deals["grey"] > deals[STEPS[OFFERED]]).all()
    agreed = deals[STEPS[AGREED]]
    assert (agreed[agreed < NEVER] > deals["grey"][agreed < NEVER] + DAY).all()


def test_money_adds_up(past: Past) -> None:
    deals = past.deals
    assert (deals["amount"] > 0).all()
    assert (deals["discount"] < 0.16 * (deals["amount"] + deals["discount"])).all()
    assert (deals["margin"] < deals["amount"]).all()


def test_an_open_deal_goes_to_the_heir_when_its_owner_leaves() -> None:
    columns = {"owner": [1, 1], "heir": [1, 4], "since": [NEVER, 100]}
    deals = Rows({name: np.array(values) for name, values in columns.items()})
    places, moments = np.array([0, 1, 1]), np.array([200, 99, 100])
    assert owner_at(deals, places, moments).tolist() == [1, 1, 4]


def test_a_deal_stands_in_the_last_stage_entered_by_now() -> None:
    steps = dict.fromkeys([*STEPS, "grey"], [NEVER] * 4)
    steps |= {"s0": [1, 1, 1, 1], "s1": [2, 2, 2, 2], "s4": [NEVER, 3, 3, 3], "grey": [NEVER, 4, 4, NEVER]}
    steps |= {"s5": [NEVER, NEVER, 5, NEVER], "s6": [NEVER, NEVER, 50, NEVER], "s7": [NEVER, NEVER, NEVER, 6]}
    deals = Rows({name: np.array(values) for name, values in steps.items()})
    assert stage_now(deals, 10).tolist() == [TAKEN, len(STEPS), AGREED, LOST]
    assert stage_now(deals, 60).tolist() == [TAKEN, len(STEPS), WON, LOST]


def test_a_renamed_stage_is_called_by_its_name_of_the_day() -> None:
    moments = np.array([9 * DAY, 10 * DAY])
    assert called("КП отправлено", moments, 10).tolist() == ["Отправлено КП", "КП отправлено"]
    assert called("Презентация", moments, 10).tolist() == ["Презентация", "Презентация"]
