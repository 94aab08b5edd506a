"""Hypotheses over HTTP: entered, looked at, ended; and who may do so."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.unit.web.conftest import HERE, sign_in
from voronka import bootstrap
from voronka.bootstrap import OpenCompany
from voronka.web.app import create_app
from voronka.web.visitor import cookie_name

ADDRESS = "/api/path/hypotheses"
REACH = {
    "kind": "reach",
    "step": "deal_created",
    "to": "deal_won",
    "bound": "least",
    "value": 40,
    "entity": "deal",
    "why": "half of them buy",
}


@pytest.fixture
def company(selling: OpenCompany, tmp_path: Path) -> Iterator[OpenCompany]:
    """Return the company that sells, with people and hypotheses of its own, none at first."""
    people = bootstrap.people_of(tmp_path, selling.settings, selling.clock)
    yield replace(selling, people=people)
    people.database.close()


@pytest.fixture
def bench(company: OpenCompany, static: Path) -> TestClient:
    """Return a browser signed in to it."""
    client = TestClient(create_app(company, static=static), base_url=HERE)
    sign_in(client, company, "Bench")
    return client


def test_a_hypothesis_is_entered_looked_at_and_ended_once(bench: TestClient) -> None:
    made = bench.post(f"{ADDRESS}?lang=en", json=REACH)
    assert made.status_code == 201
    told = made.json()
    assert told["statement"] == "Of those at deal created at least 40% reach deal won"
    # two of the four deals were won, one is open still
    assert (told["now"]["value"], told["now"]["cases"], told["now"]["open_cases"]) == (50, 4, 1)
    assert (told["now"]["verdict"], told["now"]["reason"]) == ("not_established", "few")
    assert told["then"] == told["now"]
    assert (told["by"], told["state"], told["why"]) == ("Bench", "open", "half of them buy")

    listed = bench.get(ADDRESS).json()
    assert [row["id"] for row in listed["rows"]] == [told["id"]]
    assert listed["may_enter"] is True
    assert {"deal_created", "deal_won"} <= {step["key"] for step in listed["steps"]}
    assert {"Сайт", "Avito"} == {channel["name"] for channel in listed["channels"]}

    ended = bench.post(f"{ADDRESS}/{told['id']}/end", json={"ending": "closed", "words": "so it is"})
    assert (ended.status_code, ended.json()["state"]) == (200, "closed")
    assert (ended.json()["now"], ended.json()["ended"]["found"]["value"]) == (None, 50)
    again = bench.post(f"{ADDRESS}/{told['id']}/end", json={"ending": "withdrawn"})
    assert again.status_code == 400
    assert "ended already" in again.json()["error"]["what"]
    assert bench.get(ADDRESS).json()["rows"] == []
    assert [row["state"] for row in bench.get(f"{ADDRESS}?ended=true").json()["rows"]] == ["closed"]


def test_a_cut_is_given_by_id_and_a_period_by_its_days(bench: TestClient) -> None:
    channel = next(each for each in bench.get(ADDRESS).json()["channels"] if each["name"] == "Сайт")
    days = {"first": "2026-02-03", "last": "2026-02-28"}
    told = bench.post(f"{ADDRESS}?lang=ru", json=REACH | days | {"channel": [channel["key"]]}).json()
    assert told["now"]["cases"] == 1
    assert told["of"] == "сделки, созданы 03.02.2026 – 28.02.2026, канал: Сайт"
    assert bench.post(f"{ADDRESS}/{told['id']}/end", json={"ending": "withdrawn"}).json()["state"] == "withdrawn"


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"step": "deal_wun"}, "there is no step deal_wun"),
        ({"value": 140}, "not 140"),
        ({"value": -1}, "value"),
        ({"team": "nobody's"}, "no such team"),
        ({"kind": "skip", "to": ""}, "a stage of a pipeline"),
        ({"pipeline": "none"}, "no pipeline none"),
        ({"why": ""}, "why"),
        ({"why": "   "}, "words of why"),
        ({"kind": "guess"}, "kind"),
        ({"first": "yesterday"}, "2026-01-31"),
        ({"found": {}}, "found"),
    ],
)
def test_what_cannot_be_looked_at_is_refused(bench: TestClient, more: dict[str, object], said: str) -> None:
    refused = bench.post(ADDRESS, json=REACH | more)
    assert refused.status_code == 400
    assert said in refused.text
    assert bench.get(ADDRESS).json()["rows"] == []


def test_only_who_may_change_enters_and_ends(company: OpenCompany, bench: TestClient, static: Path) -> None:
    guest = TestClient(create_app(company, static=static), base_url=HERE)
    assert guest.get(ADDRESS).status_code == 401
    assert guest.post(ADDRESS, json=REACH).status_code == 401
    token = company.people.sessions.start(company.people.accounts.add_user("Guest", None, "manager").user_id)
    guest.cookies.set(cookie_name(company), token, domain="localhost.local")
    assert guest.get(ADDRESS).json()["may_enter"] is False
    assert guest.post(ADDRESS, json=REACH).status_code == 403
    assert guest.post(f"{ADDRESS}/1/end", json={"ending": "closed"}).status_code == 403
    foreign = {"origin": "https://elsewhere.example"}
    assert bench.post(ADDRESS, json=REACH, headers=foreign).status_code == 403
    assert bench.post(f"{ADDRESS}/999/end", json={"ending": "closed"}).status_code == 400
