import numpy as np
import pytest

from voronka.demo.contacts import Past
from voronka.demo.people import AE, AM, FOREVER, SDR, make_staff
from voronka.demo.plan import DemoPlan
from voronka.demo.worktime import WorkTime
from voronka.settings import Calendar


def held(past: Past, day: int) -> list[tuple[int, int]]:
    return [(s.person, s.role) for s in past.staff.spans if s.first <= day < s.until]


def test_there_are_as_many_people_as_asked_but_for_seats_that_wait_for_a_newcomer(past: Past) -> None:
    people = [person for person, _ in held(past, past.plan.first_day)]
    assert len(people) == len(set(people)) == 24
    assert 22 <= len(held(past, past.plan.today)) <= 24


@pytest.mark.parametrize("managers", [5, 8, 12, 60])
def test_a_company_of_any_size_has_somebody_in_every_selling_role(managers: int, plan: DemoPlan) -> None:
    small = DemoPlan(seed=3, managers=managers, months=3, until=plan.until)
    work = WorkTime.of(Calendar(), small.first_day - 200, small.today + 200)
    staff = make_staff(small, work, small.first_day, small.today + 30)
    roles = [s.role for s in staff.spans if s.first <= small.first_day]
    assert len(roles) == managers
    assert {SDR, AE, AM} <= set(roles)


def test_nobody_is_in_two_teams_on_one_day(past: Past) -> None:
    for day in range(past.plan.first_day, past.plan.today, 7):
        people = [person for person, _ in held(past, day)]
        assert len(people) == len(set(people))


def test_two_people_of_different_teams_share_a_name(past: Past) -> None:
    names = past.staff.names()
    twins = [place for place, name in enumerate(names) if names.count(name) > 1]
    assert len(twins) == 2
    teams = {s.team for s in past.staff.spans if s.person in twins}
    assert len(teams) == 2


def test_who_left_or_is_on_vacation_is_not_at_work(past: Past) -> None:
    staff = past.staff
    absence = next(a for a in staff.absences if not a.is_sick)
    days = np.arange(absence.first, absence.last + 1)
    assert not staff.at_work(np.full(len(days), absence.person), days).any()
    left = [(place, person.left) for place, person in enumerate(staff.people) if person.left < FOREVER]
    assert left
    for place, day in left:
        after = np.arange(day, past.plan.today + 1)
        assert not staff.at_work(np.full(len(after), place), after).any()


def test_what_one_left_behind_goes_to_somebody_who_stays(past: Past) -> None:
    for place, person in enumerate(past.staff.people):
        if person.left < FOREVER:
            assert past.staff.people[past.staff.heir(place)].left == FOREVER


def test_leads_are_given_to_people_of_the_role_who_are_there(past: Past) -> None:
    days = np.arange(past.plan.first_day, past.plan.today)
    days = days[past.work.is_working(days)]
    drawn = past.staff.drawn(np.random.default_rng(1), SDR, days)
    assert set(past.roles[drawn].tolist()) == {SDR}
    assert past.staff.at_work(drawn, days).all()


def test_the_steady_ones_of_a_role_never_left(past: Past) -> None:
    sellers = past.staff.of_role(AE)
    assert len(sellers) >= 4
    assert all(past.staff.people[place].left == FOREVER for place in sellers)
