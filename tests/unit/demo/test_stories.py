from datetime import date

import numpy as np

from voronka.demo.contacts import Past
from voronka.demo.people import make_staff
from voronka.demo.plan import DemoPlan
from voronka.demo.stories import DIP, NOBODY, Plot, draw_plot, told
from voronka.demo.words import CHANNELS, PAID
from voronka.demo.worktime import WorkTime
from voronka.settings import Calendar


def day(text: str) -> int:
    return (date.fromisoformat(text) - date(1970, 1, 1)).days


def test_no_two_stories_are_of_one_person(past: Past) -> None:
    plot = past.plot
    people = [plot.leader, plot.lucky, plot.laggard, plot.callless, plot.shuffler, plot.fiver, plot.churner]
    assert NOBODY not in people
    assert len(set(people)) == 7


def test_the_barren_channel_costs_money(past: Past) -> None:
    assert CHANNELS[past.plot.barren][1] == PAID


def test_the_late_days_are_the_two_busiest(past: Past) -> None:
    busiest = np.argsort(past.plot.week)[-2:]
    assert set(past.plot.late_days) == set(busiest.tolist())


def test_a_dip_is_a_whole_month_with_a_third_of_the_leads() -> None:
    plot = Plot(dip=(day("2026-03-01"), day("2026-03-31")))
    days = np.array([day("2026-02-28"), day("2026-03-01"), day("2026-03-31"), day("2026-04-01")])
    assert plot.demand(days).tolist() == [1.0, DIP, DIP, 1.0]


def test_a_company_of_three_months_has_no_month_for_a_dip(plan: DemoPlan) -> None:
    short = DemoPlan(months=3, until=plan.until)
    work = WorkTime.of(Calendar(), short.first_day - 200, short.today + 200)
    staff = make_staff(short, work, short.first_day - 130, short.today + 60)
    plot = draw_plot(short, staff)
    assert "lead_dip" not in {story.kind for story in told(short, staff, plot)}
    assert plot.demand(np.array([day("2026-09-01")])) == plot.season[8]


def test_a_control_company_has_no_story_but_busy_days(past: Past) -> None:
    control = DemoPlan(seed=past.plan.seed, months=12, until=past.plan.until, stories=False)
    plot = draw_plot(control, past.staff)
    assert (plot.leader, plot.barren, plot.late_days, plot.has_grey_zone) == (NOBODY, NOBODY, (), False)
    assert set(plot.season.tolist()) == {1.0}
    assert sorted(plot.week.tolist())[-2:] == [1.5, 1.5]
    assert told(control, past.staff, plot) == []


def test_a_story_names_the_person_as_the_exports_do(past: Past) -> None:
    stories = {story.kind: story for story in told(past.plan, past.staff, past.plot)}
    leader = past.staff.people[past.plot.leader]
    assert stories["true_leader"].who == f"crm:{leader.id}"
    assert stories["true_leader"].name == leader.name
    assert stories["late_on_busy_days"].effect["weekdays"] == [weekday + 1 for weekday in past.plot.late_days]
