"""What the page of plans is told of edits: in whose words, of whom, which of them can be undone."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.unit.web.conftest import HERE, NOW, sign_in
from voronka import bootstrap
from voronka.bootstrap import OpenCompany
from voronka.domain.period import Period
from voronka.domain.plans import Planned, PlanScope, Wished
from voronka.web.app import create_app
from voronka.web.plans_told import CHANGES, EDITS

MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))
FAR = date(2030, 1, 1)


def planned(value: int, scope: PlanScope = "employee", key: str | None = "name:анна", metric: str = "leads") -> Planned:
    return Planned(metric, scope, key, MARCH, Decimal(value))


@pytest.fixture
def company(shared: OpenCompany, tmp_path: Path) -> Iterator[OpenCompany]:
    """Return the company whose people state plans one minute after another."""
    minutes = iter(range(1000))
    people = bootstrap.people_of(tmp_path, shared.settings, lambda: NOW + timedelta(minutes=next(minutes)))
    yield replace(shared, people=people)
    people.database.close()


@pytest.fixture
def looking(company: OpenCompany, static: Path) -> TestClient:
    client = TestClient(create_app(company, static=static), base_url=HERE)
    sign_in(client, company)
    return client


def test_commands_stand_among_the_edits_the_newest_first(looking: TestClient, company: OpenCompany) -> None:
    plans = company.people.plans
    plans.state(planned(1), "Олег")
    stated = plans.state(planned(2), "Олег")
    plans.edit("type", [Wished(planned(3), stated.plan_id)], "Анна")
    plans.state(planned(4, metric="calls"), "Олег")
    told = looking.get("/api/plans?metric=leads").json()["edits"]
    assert [(each["action"], each["by"], each["can_undo"], each["is_mine"]) for each in told] == [
        ("type", "Анна", True, True),
        ("command", "Олег", False, False),
        ("command", "Олег", False, False),
    ]
    assert [(each["changes"][0]["before"], each["changes"][0]["after"]) for each in told] == [(2, 3), (1, 2), (None, 1)]
    assert {each["changes"][0]["name"] for each in told} == {"Анна"}


def test_of_many_edits_and_of_a_large_one_the_first_are_told(looking: TestClient, company: OpenCompany) -> None:
    days = [Period(FAR + timedelta(days=n), FAR + timedelta(days=n)) for n in range(CHANGES + 1)]
    wished = [Wished(replace(planned(1), period=each), 0) for each in days]
    company.people.plans.edit("paste", wished, "Анна")
    for n in range(EDITS):
        company.people.plans.state(planned(n), "Олег")
    assert [each["action"] for each in looking.get("/api/plans?metric=leads").json()["edits"]] == ["command"] * EDITS
    company.people.plans.undo(1, "Анна")
    told = looking.get("/api/plans?metric=leads").json()["edits"]
    assert (len(told), told[0]["count"], len(told[0]["changes"])) == (EDITS, CHANGES + 1, CHANGES)


def test_the_metrics_to_choose_from_say_which_are_planned(looking: TestClient, company: OpenCompany) -> None:
    company.people.plans.state(planned(1), "Олег")
    told = {each["name"]: each for each in looking.get("/api/plans?metric=leads&lang=en").json()["choices"]}
    assert (told["leads"]["is_planned"], told["calls"]["is_planned"], told["revenue"]["unit"]) == (True, False, "money")
    assert told["calls"]["title"] == "Calls"
