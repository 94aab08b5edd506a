from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from voronka.demo.clients import Clients
from voronka.demo.contacts import PLANNED, Past
from voronka.demo.people import AM, SDR
from voronka.demo.routine import Stretch, make_routine
from voronka.demo.rows import Rows

OCTOBER = Stretch(2, (date(2026, 10, 1) - date(1970, 1, 1)).days, (date(2026, 10, 31) - date(1970, 1, 1)).days)


@pytest.fixture(scope="module")
def busy(past: Past) -> Past:
    return replace(past, plan=replace(past.plan, volume=1.0))


@pytest.fixture(scope="module")
def october(busy: Past, clients: Clients) -> dict[str, Rows]:
    return make_routine(busy, clients, OCTOBER)


def test_a_person_of_the_first_line_makes_some_fifty_calls_a_day(busy: Past, october: dict[str, Rows]) -> None:
    calls = october["call"]
    ordinary = calls.where((busy.roles[calls["owner"]] == SDR) & (calls["owner"] != busy.plot.fiver))
    days = [
        (person, day)
        for person in set(ordinary["owner"].tolist())
        for day in range(OCTOBER.first, OCTOBER.last + 1)
        if busy.staff.present[person, day - busy.staff.first] > 0.5
    ]
    assert 39 < len(ordinary) / len(days) < 57


def test_all_of_it_is_done_by_people_at_work(busy: Past, october: dict[str, Rows]) -> None:
    own = october["call"].where(october["call"]["owner"] != busy.plot.fiver)
    assert busy.staff.at_work(own["owner"], own["at"] // 86_400).all()
    assert not (own["owner"] == busy.plot.callless).any()


def test_series_of_calls_of_some_seconds_are_one_persons(busy: Past, october: dict[str, Rows]) -> None:
    calls = october["call"]
    short = (calls["talk"] >= 3) & (calls["talk"] <= 7)
    mostly = np.bincount(calls["owner"][short], minlength=len(busy.staff.people))
    assert mostly.argmax() == busy.plot.fiver
    assert mostly.max() > 3 * 14  # at least three series, of fourteen calls or more each
    assert mostly.max() > 10 * np.sort(mostly)[-2]


def test_the_laggard_does_less_than_others_of_the_role(busy: Past, october: dict[str, Rows]) -> None:
    mails = october["email"].where(october["email"]["is_out"])
    days = (busy.staff.present[:, OCTOBER.first - busy.staff.first : OCTOBER.last + 1 - busy.staff.first]).sum(axis=1)
    per_day = np.bincount(mails["owner"], minlength=len(days)) / np.maximum(days, 1)
    others = [place for place in busy.staff.of_role(1) if place != busy.plot.laggard]
    assert per_day[busy.plot.laggard] < 0.8 * np.mean(per_day[others])


def test_key_accounts_are_called_by_those_who_keep_them(busy: Past, clients: Clients, october: dict[str, Rows]) -> None:
    calls = october["call"].where(october["call"]["account"] >= 0)
    assert set(busy.roles[calls["owner"]].tolist()) == {AM}
    assert (
        (clients.keeper[calls["account"]] == calls["owner"]) | (clients.heir[calls["account"]] == calls["owner"])
    ).all()


def test_volume_scales_it(past: Past, clients: Clients, october: dict[str, Rows]) -> None:
    few = make_routine(past, clients, OCTOBER)
    assert len(few["email"]) < 0.1 * len(october["email"])


def test_what_lies_ahead_is_planned_by_now(busy: Past, clients: Clients) -> None:
    ahead = make_routine(busy, clients, Stretch(3, busy.plan.today + 1, busy.plan.today + 10))
    assert len(ahead["call"]) == len(ahead["email"]) == 0
    assert len(ahead["meeting"]) > 0
    assert (ahead["meeting"]["created"] <= busy.plan.now).all()
    assert PLANNED in ahead["meeting"]["status"].tolist()
