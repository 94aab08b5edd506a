"""One-to-ones over HTTP: the head and the manager of one person, and those who are neither."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from tests.unit.web.conftest import HERE
from voronka import bootstrap
from voronka.bootstrap import OpenCompany
from voronka.web.app import create_app
from voronka.web.visitor import cookie_name

ADDRESS = "/api/one-to-one"
SECRET = "устала, ищет работу"  # noqa: S105 - what a manager must not read
Door = Callable[..., TestClient]


@pytest.fixture(scope="module")
def company(selling: OpenCompany, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenCompany]:
    people = bootstrap.people_of(tmp_path_factory.mktemp("ones"), selling.settings, selling.clock)
    yield replace(selling, people=people)
    people.database.close()


@pytest.fixture(scope="module")
def door(company: OpenCompany, tmp_path_factory: pytest.TempPathFactory) -> Door:
    """Return what gives a browser of a new user of a role."""
    app = create_app(company, static=tmp_path_factory.mktemp("static"))
    made: list[int] = []

    def enter(role: str, employee_id: str | None = None) -> TestClient:
        made.append(1)
        user = company.people.accounts.add_user(f"{role} {len(made)}", None, role, employee_id=employee_id)
        client = TestClient(app, base_url=HERE)
        client.cookies.set(cookie_name(company), company.people.sessions.start(user.user_id), domain="localhost.local")
        return client

    return enter


@pytest.fixture(scope="module")
def ids(door: Door) -> dict[str, str]:
    """Return the ids of the people by name."""
    rows = door("head").get("/api/query?metric=revenue&by=employee").json()["rows"]
    return {row["employee"]: row["employee_id"] for row in rows}


def kept(browser: TestClient, employee: str) -> dict[str, object]:
    answer = browser.get(ADDRESS, params={"employee": employee})
    assert answer.status_code == 200, answer.text
    found: dict[str, object] = answer.json()
    return found


def give(browser: TestClient, employee: str, **more: object) -> dict[str, object]:
    answer = browser.post(ADDRESS, json={"employee": employee, **more})
    assert answer.status_code == 201, answer.text
    entry: dict[str, object] = answer.json()["entries"][0]
    return entry


def test_a_one_to_one_is_held_and_what_was_hidden_reaches_the_manager_by_no_exit(
    company: OpenCompany, door: Door, ids: dict[str, str]
) -> None:
    anna = ids["Анна"]
    head, manager = door("head"), door("manager", anna)
    assert kept(head, anna) | {"employee_id": ""} == {
        "employee_id": "", "is_own": False, "reads": True, "may_write": True,
        "last_held": None, "days_since": None, "entries": [],
    }  # fmt: skip
    give(head, anna, kind="meeting", day="2026-02-27")
    note = give(head, anna, kind="note", words=SECRET, is_visible=False)
    agreed = give(head, anna, kind="agreement", words="перезвонить троим", due_on="2026-03-09")
    seen = kept(manager, anna)
    assert [each["kind"] for each in seen["entries"]] == ["agreement", "meeting"]  # type: ignore[attr-defined]
    assert (seen["is_own"], seen["may_write"], seen["last_held"], seen["days_since"]) == (True, False, "2026-02-27", 3)

    done = manager.post(f"{ADDRESS}/{agreed['id']}/mark", json={"mark": "done"})
    assert done.status_code == 200
    (ticked,) = [each for each in kept(head, anna)["entries"] if each["id"] == agreed["id"]]  # type: ignore[attr-defined]
    assert (ticked["is_done"], str(ticked["done_by"]).startswith("manager")) == (True, True)

    # what the manager may not read is answered as what there is not, and nothing tells them apart
    hidden = manager.post(f"{ADDRESS}/{note['id']}/mark", json={"mark": "done"})
    absent = manager.post(f"{ADDRESS}/999/mark", json={"mark": "done"})
    assert (hidden.status_code, absent.status_code) == (400, 400)
    assert hidden.text.replace(str(note["id"]), "999") == absent.text
    assert manager.post(f"{ADDRESS}/{agreed['id']}/mark", json={"mark": "withdrawn"}).status_code == 403
    assert manager.post(ADDRESS, json={"employee": anna, "kind": "note", "words": "x"}).status_code == 403
    said = [manager.get(path).text for path in (f"{ADDRESS}/held", f"{ADDRESS}?employee={anna}", "/api/account")]
    assert SECRET not in "".join(said)
    entries, _ = company.people.access.audit.entries()
    assert SECRET not in json.dumps([each.what for each in entries], ensure_ascii=False)
    assert f"1:1 {anna}: note {note['id']}" in [each.what for each in entries]

    head.post(f"{ADDRESS}/{note['id']}/mark", json={"mark": "shown"})
    assert SECRET in manager.get(f"{ADDRESS}?employee={anna}").text
    head.post(f"{ADDRESS}/{note['id']}/mark", json={"mark": "withdrawn"})
    assert SECRET not in manager.get(f"{ADDRESS}?employee={anna}").text + head.get(f"{ADDRESS}?employee={anna}").text


def test_who_neither_leads_nor_is_the_person_is_told_nothing(door: Door, ids: dict[str, str]) -> None:
    boris, anna = ids["Борис"], ids["Анна"]
    head = door("head")
    give(head, boris, kind="meeting")
    give(head, boris, kind="note", words="только о нём")
    others = [door("manager", anna), door("team_lead", anna), door("team_lead"), door("analyst"), door("marketing")]
    for browser in others:
        found = kept(browser, boris)
        assert (found["reads"], found["entries"], found["last_held"]) == (False, [], None)
        assert boris not in [each["employee_id"] for each in browser.get(f"{ADDRESS}/held").json()]
        assert browser.post(ADDRESS, json={"employee": boris, "kind": "note", "words": "x"}).status_code == 403
    assert [each["days_since"] for each in head.get(f"{ADDRESS}/held").json() if each["employee_id"] == boris] == [0]


def test_a_head_who_is_the_person_sits_on_the_persons_side(door: Door, ids: dict[str, str]) -> None:
    boris = ids["Борис"]
    give(door("head"), boris, kind="note", words=SECRET, is_visible=False)
    himself = door("head", boris)
    assert SECRET not in himself.get(f"{ADDRESS}?employee={boris}").text
    assert himself.post(ADDRESS, json={"employee": boris, "kind": "note", "words": "x"}).status_code == 403


def test_a_goal_is_measured_before_it_and_now(door: Door, ids: dict[str, str]) -> None:
    anna = ids["Анна"]
    goal = {"kind": "goal", "metric": "revenue", "target": 700, "from": "2026-02-22", "to": "2026-03-03"}
    entry = give(door("head"), anna, **goal)
    found = entry["goal"]
    assert isinstance(found, dict)
    # ten days before it she sold for 1000.50, and from 22 February on for 500, of the 700 that are wanted
    assert (found["before_from"], found["before_to"], found["before"]) == ("2026-02-12", "2026-02-21", 1000.5)
    assert (found["now"], found["is_met"], found["is_over"], found["unit"]) == (500, False, False, "money")
    assert kept(door("manager", anna), anna)["entries"][0]["goal"] == found  # type: ignore[index]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"kind": "note", "words": " "}, "words"),
        ({"kind": "meeting", "day": "2026-03-03"}, "still to come"),
        ({"kind": "goal", "metric": "revenue"}, "names its metric"),
        ({"kind": "goal", "metric": "revenu", "target": 1, "from": "2026-03-02", "to": "2026-03-03"}, "revenue"),
        ({"kind": "goal", "metric": "ad_spend", "target": 1, "from": "2026-03-02", "to": "2026-03-03"}, "by person"),
        (
            {"kind": "goal", "metric": "calls", "target": 1, "from": "2026-03-03", "to": "2026-03-02"},
            "before it begins",
        ),
        ({"kind": "joke", "words": "x"}, "kind"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_why(
    door: Door, ids: dict[str, str], more: dict[str, object], said: str
) -> None:
    answer = door("head").post(ADDRESS, json={"employee": ids["Анна"], **more})
    assert answer.status_code == 400
    assert said in answer.text


def test_nobody_is_met_whom_the_data_do_not_know(door: Door) -> None:
    answer = door("head").post(ADDRESS, json={"employee": "crm:nobody", "kind": "meeting"})
    assert (answer.status_code, "no such person" in answer.text) == (400, True)


def test_a_program_in_the_heads_name_reads_nothing_of_a_one_to_one(
    company: OpenCompany, door: Door, ids: dict[str, str]
) -> None:
    give(door("head"), ids["Анна"], kind="note", words=SECRET)
    user = company.people.accounts.add_user("Robot", None, "head")
    token = company.people.access.tokens.add(user.user_id, "report", "records", 7)
    program = TestClient(door("head").app, base_url=HERE)
    answer = program.get(f"{ADDRESS}?employee={ids['Анна']}", headers={"authorization": f"Bearer {token[1]}"})
    assert (answer.status_code, SECRET in answer.text) == (200, False)
