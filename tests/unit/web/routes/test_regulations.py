"""Regulations over HTTP: looked at by everybody, set, dropped and brought back by who may."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.unit.web.conftest import HERE, sign_in
from voronka import bootstrap
from voronka.bootstrap import OpenCompany
from voronka.web.app import create_app
from voronka.web.regulation_shapes import RegulationsShown
from voronka.web.visitor import cookie_name

WRITTEN = "/api/regulations/written"
SALES = "pipeline: sales\nstages: [{ id: New }, { id: Talks }]  # ours\n"
STAY = {
    "pipeline": "sales",
    "entity": "deals",
    "start": "stage:New",
    "stop": "left:New",
    "minutes": 90,
    "clock": "working",
    "owner": "Вера",
    "title": "Новая: полтора часа",
    "is_reviewed": True,
}


@pytest.fixture
def company(selling: OpenCompany, tmp_path: Path) -> Iterator[OpenCompany]:
    """Return the company that sells, with people and a pipeline of its own."""
    (tmp_path / "pipelines").mkdir()
    (tmp_path / "pipelines/sales.yml").write_text(SALES, "utf-8")
    people = bootstrap.people_of(tmp_path, selling.settings, selling.clock)
    yield replace(selling, people=people, folder=tmp_path)
    people.database.close()


@pytest.fixture
def setting(company: OpenCompany, static: Path) -> TestClient:
    """Return a browser signed in to it."""
    client = TestClient(create_app(company, static=static), base_url=HERE)
    sign_in(client, company)
    return client


def test_regulations_have_the_shape_that_is_told_of_them(asking: TestClient) -> None:
    told = asking.get("/api/regulations?from=2026-02-01&to=2026-02-28").json()
    RegulationsShown.model_validate(told)
    assert len(told["in_force"]["rows"]) == 4  # those that every company has
    assert (told["waiting"], told["overdue"]) == (0, 0)
    assert told["kept"]["ask"]["by"] == ["regulation"]


def test_a_regulation_is_set_changed_dropped_and_brought_back(setting: TestClient, company: OpenCompany) -> None:
    path = company.folder / "pipelines/sales.yml"
    made = setting.post("/api/regulations", json=STAY)
    assert made.status_code == 200
    assert path.read_text("utf-8").startswith(SALES)
    placed = made.json()["placed"][-1]
    assert (placed["regulation"], placed["minutes"], placed["reviewed_on"]) == ("New", 90, "2026-03-02")
    assert made.json()["is_behind"] is True
    assert setting.get(WRITTEN).json() == made.json()

    named = {name: placed[name] for name in ("pipeline", "entity", "regulation", "seen")}
    changed = setting.post("/api/regulations", json={**STAY, **named, "minutes": 45, "title": None})
    placed = changed.json()["placed"][-1]
    assert (placed["title"], placed["minutes"], placed["version"]) == ("Новая: полтора часа", 45, "2")
    old = setting.post("/api/regulations/drop", json=named, headers={"accept-language": "ru"})
    assert (old.status_code, old.json()["error"]["what"]) == (400, "регламент New тем временем изменили")

    gone = setting.post("/api/regulations/drop", json={**named, "seen": placed["seen"]}).json()
    assert len(gone["placed"]) == 4
    assert [(each["action"], each["by"], each["can_undo"]) for each in gone["changes"]] == [
        ("drop", "Анна", True),
        ("set", "Анна", False),
        ("set", "Анна", False),
    ]
    back = setting.post("/api/regulations/undo", json={"number": gone["changes"][0]["number"]}).json()
    assert back["placed"][-1] == placed


@pytest.mark.parametrize(
    ("more", "status", "said"),
    [
        ({"minutes": 0}, 400, "minutes"),
        ({"minutes": "inf"}, 400, "minutes"),
        ({"clock": "moon"}, 400, "clock"),
        ({"entity": "people"}, 400, "entity"),
        ({"pipeline": "salse"}, 400, "Did you mean sales?"),
        ({"stop": "left:Nwe"}, 409, "no stage here is Nwe"),
        ({"title": ""}, 400, "no name"),
        ({"file": "voronka.toml"}, 400, "file"),
    ],
)
def test_what_cannot_be_is_refused_and_the_file_stays(
    setting: TestClient, company: OpenCompany, more: dict[str, object], status: int, said: str
) -> None:
    refused = setting.post("/api/regulations", json=STAY | more)
    assert refused.status_code == status
    assert said in refused.text
    assert (company.folder / "pipelines/sales.yml").read_text("utf-8") == SALES


def test_who_may_only_look_changes_nothing(setting: TestClient, company: OpenCompany, static: Path) -> None:
    named = {"pipeline": "sales", "entity": "deals", "regulation": "New", "seen": ""}
    asked = [("", STAY), ("/drop", named), ("/undo", {"number": 1})]
    guest = TestClient(create_app(company, static=static), base_url=HERE)
    assert [guest.post(f"/api/regulations{each}", json=body).status_code for each, body in asked] == [401] * 3
    token = company.people.sessions.start(company.people.accounts.add_user("Guest", None, "marketing").user_id)
    guest.cookies.set(cookie_name(company), token, domain="localhost.local")
    assert guest.get(WRITTEN).json()["may_change"] is False
    assert [guest.post(f"/api/regulations{each}", json=body).status_code for each, body in asked] == [403] * 3
    foreign = {"origin": "https://elsewhere.example"}
    assert setting.post("/api/regulations", json=STAY, headers=foreign).status_code == 403
    assert (company.folder / "pipelines/sales.yml").read_text("utf-8") == SALES
