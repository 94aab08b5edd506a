import numpy as np

from voronka.demo.contacts import Past
from voronka.demo.leads import (
    COLD,
    CONVERTED,
    HANDED,
    HOT,
    IN_WORK,
    NEVER,
    NEW,
    NURTURED,
    QUALIFIED,
    REJECTED,
    WARM,
    make_leads,
    stage_of,
)
from voronka.demo.plan import DemoPlan
from voronka.demo.rows import Rows
from voronka.demo.stories import Plot
from voronka.demo.worktime import DAY, weekday


def of(plan: DemoPlan, past: Past, plot: Plot) -> Rows:
    return make_leads(plan, past.staff, past.work, plot, plan.first_day)


def test_leads_come_in_order_until_now_and_fewer_on_weekends(past: Past) -> None:
    created = past.leads["created"]
    assert (np.diff(created) >= 0).all()
    assert created.max() <= past.plan.now
    days = weekday(created // DAY)
    assert (days >= 5).sum() / 2 < 0.5 * (days < 5).sum() / 5


def test_steps_follow_each_other(past: Past) -> None:
    leads = past.leads
    for before, after in (("created", "response"), ("response", "qualified"), ("qualified", "handed")):
        both = (leads[before] < NEVER) & (leads[after] < NEVER)
        assert (leads[before][both] < leads[after][both]).all()
    assert not ((leads["accepted"] < NEVER) & (leads["refused"] < NEVER)).any()
    assert not ((leads["accepted"] < NEVER) & (leads["rejected"] < NEVER)).any()


def test_some_who_are_turned_down_are_put_off_first_and_some_of_them_come_back(past: Past) -> None:
    leads = past.leads
    put_off, returned = leads["nurtured"] < NEVER, leads["returned"] < NEVER
    assert 0 < returned.sum() < put_off.sum() < 0.2 * len(leads)
    assert not (returned & ~put_off).any()
    assert (leads["response"][put_off] < leads["nurtured"][put_off]).all()
    assert (leads["nurtured"][returned] < leads["returned"][returned]).all()
    assert (leads["returned"][returned] < leads["rejected"][returned]).all()
    assert (leads["qualified"][put_off] == NEVER).all()


def test_the_hotter_a_lead_the_surer_it_is_qualified(past: Past) -> None:
    leads = past.leads
    qualified = leads["qualified"] < NEVER
    shares = [qualified[leads["temperature"] == each].mean() for each in (COLD, WARM, HOT)]
    assert shares[0] < 0.3 < shares[1] < 0.8 < shares[2]


def test_busy_days_are_answered_late_where_that_story_is_told(plan: DemoPlan, past: Past) -> None:
    leads = of(plan, past, Plot(late_days=(1,)))
    waited = past.work.worked(leads["response"]) - past.work.worked(leads["created"])
    answered = leads["response"] < NEVER
    on = weekday(leads["created"] // DAY)
    late, others = (np.median(waited[answered & chosen]) for chosen in (on == 1, (on != 1) & (on < 5)))
    assert late > 3 * others


def test_labels_are_right_but_for_the_one_who_shuffles_them(plan: DemoPlan, past: Past) -> None:
    leads = of(plan, past, Plot(shuffler=past.plot.shuffler))
    own = leads["sdr"] == past.plot.shuffler
    wrong = leads["label"] != leads["temperature"]
    assert not wrong[~own].any()
    assert wrong[own].mean() > 0.3
    assert np.bincount(leads["label"][own]).tolist() == np.bincount(leads["temperature"][own]).tolist()


def test_a_lead_stands_in_the_last_stage_it_reached_by_now() -> None:
    steps = {
        "response": [5, 5, 5, 5, 5, 5],
        "qualified": [NEVER, NEVER, 6, 6, 6, 20],
        "handed": [NEVER, NEVER, 11, 7, 7, 21],
        "accepted": [NEVER, NEVER, 12, NEVER, 8, 22],
        "nurtured": [6, 6, NEVER, NEVER, NEVER, NEVER],
        "returned": [8, 20, NEVER, NEVER, NEVER, NEVER],
        "rejected": [9, NEVER, NEVER, NEVER, NEVER, NEVER],
    }
    leads = Rows({name: np.array(values) for name, values in steps.items()})
    assert stage_of(leads, 10).tolist() == [REJECTED, NURTURED, QUALIFIED, HANDED, CONVERTED, IN_WORK]
    assert stage_of(leads, 8).tolist() == [IN_WORK, NURTURED, QUALIFIED, HANDED, CONVERTED, IN_WORK]
    assert stage_of(leads, 4).tolist() == [NEW] * 6
