"""Stages over HTTP: looked at, tried, set, taken back; the funnel follows with the next build."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.company import CompanyFolder
from tests.unit.web.conftest import HERE, NOW, sign_in
from voronka import bootstrap
from voronka.bootstrap import OpenCompany
from voronka.pipeline.building import build_core
from voronka.web.app import create_app
from voronka.web.visitor import cookie_name

ADDRESS = "/api/settings/pipelines"
SALES = """\
pipeline: sales
title: { ru: Продажи, en: Sales }
match: { source: crm, pipeline: main }
stages:
  - { id: New }  # fresh
  - { id: Talks }
  - { id: Offer, milestone: proposal }
  - { id: Won, outcome: won }
  - { id: Lost, outcome: lost }
"""
DEALS = """\
no;line;st;who;made
1;main;New;Анна;2026-02-01
2;main;Talks;Анна;2026-02-01
3;main;Offer;Анна;2026-02-01
4;main;Won;Анна;2026-02-01
5;side;Ждём;Анна;2026-02-01
6;side;Оплачено;Анна;2026-02-01
"""
MOVES = """\
no;line;to;at
1;main;New;2026-02-01 10:00
2;main;New;2026-02-01 10:00
2;main;Talks;2026-02-02 10:00
3;main;Talks;2026-02-02 10:00
3;main;Offer;2026-02-03 10:00
4;main;Talks;2026-02-02 10:00
4;main;Offer;2026-02-03 10:00
4;main;Won;2026-02-04 10:00
"""


@pytest.fixture(scope="module")
def staged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    company = CompanyFolder(tmp_path_factory.mktemp("staged") / "company", now=NOW - timedelta(hours=4))
    columns = {"deal_id": "no", "pipeline": "line", "stage": "st", "employee": "who", "created_at": "made"}
    company.stream("crm", "deals", DEALS, into="deals", key="no", columns=columns)
    moved = {"deal_id": "no", "pipeline": "line", "stage": "to", "changed_at": "at"}
    company.stream("crm", "moves", MOVES, into="stage_changes", columns=moved)
    company.pipeline(SALES)
    company.load_and_build()
    return company.folder


@pytest.fixture
def company(staged: Path, tmp_path: Path) -> Iterator[OpenCompany]:
    shutil.copytree(staged, tmp_path / "company")
    opened = bootstrap.open_for_people(str(tmp_path / "company"), lambda: NOW)
    yield opened
    opened.close()


@pytest.fixture
def setting(company: OpenCompany, static: Path) -> Iterator[TestClient]:
    with TestClient(create_app(company, static=static), base_url=HERE) as client:
        sign_in(client, company)
        yield client


def told(client: TestClient, name: str) -> dict[str, Any]:
    """Return a pipeline as it is shown."""
    found = client.get(ADDRESS).json()["pipelines"]
    return dict(next(each for each in found if each["pipeline"] == name))


def given(pipeline: dict[str, Any], **stages: dict[str, Any]) -> dict[str, Any]:
    """Return what a page gives back, some stages otherwise."""
    kept = ("id", "title", "outcome", "milestone", "probability", "match")
    listed = [{key: each[key] for key in kept} | stages.get(each["id"], {}) for each in pipeline["stages"]]
    return {"stages": listed, **{key: pipeline[key] for key in ("pipeline", "seen", "title")}}


def test_a_stage_made_a_milestone_moves_the_funnel_as_worked_by_hand(setting: TestClient, company: OpenCompany) -> None:
    """Deals 3 and 4 came to the offer, deal 4 was won; where the talks are the milestone, deal 2 came there too."""

    def reached() -> object:
        with bootstrap.workplace(str(company.folder), company.clock) as work:
            build_core(work, bootstrap.additive_metrics(work.folder, work.settings), lambda *_: None)
        asked = "/api/funnel?pipeline=sales&step=milestone%3Aproposal&step=Won&from=2026-02-01&to=2026-02-28"
        return setting.get(asked).json()["funnel"]["began"]

    assert reached() == 2
    wanted = given(told(setting, "sales"), Talks={"milestone": "proposal"}, Offer={"milestone": ""})
    foreseen = setting.post(f"{ADDRESS}/preview", json=wanted).json()
    (milestone,) = (each for each in foreseen["figures"] if each["group"] == "milestone")
    assert (foreseen["rebuilds"], milestone["name"], milestone["before"], milestone["after"]) == (
        True,
        "proposal",
        2,
        3,
    )
    done = setting.put(ADDRESS, json=wanted)
    assert (done.status_code, done.json()["is_behind"]) == (200, True)
    text = SALES.replace("id: Talks", "id: Talks, milestone: proposal").replace(
        "id: Offer, milestone: proposal", "id: Offer"
    )
    assert (company.folder / "pipelines/sales.yml").read_text("utf-8") == text
    assert reached() == 3
    back = setting.post(f"{ADDRESS}/undo", json={"number": done.json()["changes"][0]["number"]})
    assert back.status_code == 200
    assert (company.folder / "pipelines/sales.yml").read_text("utf-8") == SALES
    assert reached() == 2


def test_a_name_changed_by_hand_leaves_the_figures_behind_until_they_are_built(
    setting: TestClient, company: OpenCompany
) -> None:
    path = company.folder / "pipelines/sales.yml"
    assert not setting.get(ADDRESS).json()["is_behind"]
    path.write_text(SALES.replace("id: Talks", "id: Talks, title: Переговоры"), "utf-8")
    assert setting.get(ADDRESS).json()["is_behind"]


def test_a_pipeline_of_the_data_alone_is_proposed_and_gets_a_file(setting: TestClient, company: OpenCompany) -> None:
    proposed = told(setting, "crm:side")
    assert (proposed["has_file"], proposed["entity"], proposed["source_pipeline"]) == (False, "deals", "side")
    assert sorted(each["match"][0] for each in proposed["stages"]) == ["Ждём", "Оплачено"]
    wanted = given(proposed) | {"title": {"ru": "Счета", "en": ""}}
    for each in wanted["stages"]:
        each["outcome"] = "won" if each["match"] == ["Оплачено"] else "open"
    figures = setting.post(f"{ADDRESS}/preview", json=wanted).json()["figures"]
    outcomes = {each["name"]: (each["before"], each["after"]) for each in figures if each["group"] == "outcome"}
    assert outcomes == {"open": (2, 1), "won": (0, 1), "lost": (0, 0)}
    assert setting.put(ADDRESS, json=wanted).status_code == 200
    kept = told(setting, "crm:side")
    assert (kept["has_file"], kept["title"]) == (True, {"ru": "Счета", "en": ""})
    assert "match: { source: crm, pipeline: side }" in (company.folder / "pipelines/crm_side.yml").read_text("utf-8")
    assert setting.put(ADDRESS, json=wanted).status_code == 400


def test_what_cannot_be_is_refused_in_the_readers_language(setting: TestClient) -> None:
    pipeline = told(setting, "sales")
    twice = given(pipeline, Talks={"match": ["offer"]})
    refused = setting.put(ADDRESS, json=twice, headers={"accept-language": "ru"})
    assert (refused.status_code, refused.json()["error"]["what"]) == (400, "на название offer отзываются два этапа")
    wanted = given(pipeline, Talks={"milestone": "accepted"})
    assert setting.put(ADDRESS, json=wanted).status_code == 200
    late = setting.put(ADDRESS, json=wanted, headers={"accept-language": "ru"})
    assert (late.status_code, late.json()["error"]["what"]) == (409, "этапы воронки sales тем временем изменили")


def test_an_analyst_looks_and_does_not_change(setting: TestClient, company: OpenCompany) -> None:
    user = company.people.accounts.add_user("Аня", None, "analyst")
    with TestClient(setting.app, base_url=HERE) as client:
        client.cookies.set(cookie_name(company), company.people.sessions.start(user.user_id), domain="localhost.local")
        assert not client.get(ADDRESS).json()["may_change"]
        wanted = given(told(client, "sales"), Talks={"milestone": "accepted"})
        asked = (client.put(ADDRESS, json=wanted), client.post(f"{ADDRESS}/preview", json=wanted))
        assert [each.status_code for each in asked] == [403, 403]
