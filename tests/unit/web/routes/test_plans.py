"""Plans over HTTP: looked at, edited, pasted, copied, undone, taken out and given back; by whom, and of whom."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.unit.web.conftest import HERE, sign_in
from voronka import bootstrap
from voronka.bootstrap import OpenCompany
from voronka.web.app import create_app

YEAR = {"metric": "revenue", "grain": "month", "first": "2026-01-01", "last": "2026-12-31"}
ANNA, BORIS = ({"scope": "employee", "id": f"name:{name}"} for name in ("анна", "борис"))


@pytest.fixture
def company(selling: OpenCompany, tmp_path: Path) -> Iterator[OpenCompany]:
    """Return the company that sells, with people of its own, and a build that waits: no other one is begun."""
    people = bootstrap.people_of(tmp_path, selling.settings, selling.clock)
    people.jobs.ask("build", {}, "Анна")
    yield replace(selling, people=people)
    people.database.close()


@pytest.fixture
def planning(company: OpenCompany, static: Path) -> TestClient:
    """Return a browser signed in to it."""
    client = TestClient(create_app(company, static=static), base_url=HERE)
    sign_in(client, company)
    return client


def shown(client: TestClient, query: str = "") -> dict[str, Any]:
    answer = client.get(f"/api/plans?lang=ru{query}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def values(client: TestClient, month: int = 3, query: str = "") -> dict[str, float | None]:
    """Return the plans of a month by name."""
    rows = shown(client, query)["rows"]
    cells = {row["name"]: row["cells"][month - 1]["stood"] for row in rows}
    return {name: stood and stood["value"] for name, stood in cells.items()}


def act(client: TestClient, path: str = "", **body: Any) -> dict[str, Any]:  # noqa: ANN401 - what JSON can say
    given = {**YEAR, "latest": shown(client)["latest"], **body}
    answer = client.post(f"/api/plans{path}?lang=ru", json=given, headers={"accept-language": "ru"})
    return {"status": answer.status_code, **answer.json()}


def cell(owner: dict[str, str], text: str, at: str = "2026-03-01") -> dict[str, str]:
    return {**owner, "at": at, "text": text}


def test_a_plan_is_edited_taken_back_and_undone(planning: TestClient) -> None:
    told = shown(planning)
    assert [row["name"] for row in told["rows"]] == ["Северный ветер", "Анна", "Борис"]
    assert (told["unit"], told["may_edit"], told["latest"], len(told["columns"])) == ("money", True, 0, 12)
    made = act(planning, cells=[cell(ANNA, "1 200,50"), cell(BORIS, "7", "2026-04-01")])
    assert (made["status"], made["changed"], made["misfits"]) == (200, 2, [])
    assert values(planning) == {"Северный ветер": None, "Анна": 1200.5, "Борис": None}
    told = shown(planning)
    assert (told["is_behind"], told["is_building"], told["rows"][0]["below"][2]) == (True, True, 1200.5)
    stood = told["rows"][1]["cells"][2]["stood"]
    assert (stood["origin"], stood["by"], stood["at"]) == ("entered", "Анна", "2026-03-02T12:00:00")
    assert act(planning, cells=[cell(ANNA, "1200.5")])["edit"] is None  # nothing differs
    emptied = act(planning, cells=[cell(ANNA, "")])
    assert values(planning)["Анна"] is None
    assert planning.post("/api/plans/undo", json={"edit": emptied["edit"]}).json()["changed"] == 1
    assert values(planning)["Анна"] == 1200.5
    edits = shown(planning)["edits"]
    assert [(each["action"], each["can_undo"], each["is_undone"], each["is_mine"]) for each in edits] == [
        ("undo", True, False, True),
        ("type", False, True, True),
        ("type", True, False, True),
    ]
    assert [(one["name"], one["before"], one["after"]) for one in edits[1]["changes"]] == [("Анна", 1200.5, None)]


def test_a_block_is_pasted_whole_or_told_cell_by_cell(planning: TestClient) -> None:
    made = act(planning, "/paste", text="Имя\tМарт\tАпрель\nАнна\t1 000\tмного\nГлеб\t5\t", owners=[], at=None)
    assert (made["edit"], values(planning)["Анна"]) == (None, None)
    assert [(each["row"], each["column"], each["what"]) for each in made["misfits"]] == [
        (2, 3, "это не число: много"),
        (3, 1, "здесь нет никого по имени «Глеб»"),
    ]
    made = act(planning, "/paste", text="1 000\t2\n30\t4", owners=[ANNA, BORIS], at="2026-03-01")
    assert made["changed"] == 4
    assert (values(planning)["Анна"], values(planning, 4)["Борис"]) == (1000, 4)
    assert planning.post("/api/plans/undo", json={"edit": made["edit"]}).status_code == 200
    assert set(values(planning).values()) == {None}


def test_the_period_before_is_copied_where_there_is_no_plan(planning: TestClient) -> None:
    act(planning, cells=[cell(ANNA, "5", "2026-01-01"), cell(BORIS, "6", "2026-01-01"), cell(BORIS, "9", "2026-02-01")])
    assert act(planning, "/copy", owners=[ANNA, BORIS], at="2026-02-01")["changed"] == 1
    assert values(planning, 2) == {"Северный ветер": None, "Анна": 5, "Борис": 9}
    again = act(planning, "/copy", owners=[ANNA, BORIS], at="2026-02-01")
    assert (again["status"], again["error"]["what"]) == (400, "в предыдущем периоде нет планов, которых нет в этом")


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("language", ["ru", "en"])
def test_a_file_comes_back_unchanged_and_with_what_was_changed_in_it(
    planning: TestClient, form: str, language: str
) -> None:
    act(planning, cells=[cell(ANNA, "1234,567"), cell({"scope": "company"}, "-20000"), cell(BORIS, "0", "2026-05-01")])
    before = shown(planning)
    out = planning.get(f"/api/plans/table.{form}?lang={language}")
    assert out.status_code == 200
    address = f"/api/plans/file?name=plans.{form}&lang=ru&latest={before['latest']}"
    back = planning.post(address, content=out.content)
    assert back.json() == {"edit": None, "changed": 0, "misfits": []}
    assert shown(planning)["rows"] == before["rows"]
    if form == "csv":
        changed = out.content.replace(b"1234,567", b"2345,678").replace(b"1234.567", b"2345.678")
        assert planning.post(address, content=changed).json()["changed"] == 1
        assert values(planning)["Анна"] == 2345.678


def test_nobodys_edit_is_overwritten_unseen(planning: TestClient) -> None:
    act(planning, cells=[cell(ANNA, "5")])
    stale = act(planning, cells=[cell(ANNA, "6")], latest=0)
    assert (stale["status"], stale["error"]["what"]) == (400, "план тем временем изменил кто-то ещё")
    assert act(planning, cells=[cell(BORIS, "6")], latest=0)["changed"] == 1  # another plan


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (cell(ANNA, "много"), "это не число: много"),
        (cell(ANNA, "1,234"), "1,234 — это 1234 или 1.234?"),
        (
            cell({"scope": "employee", "id": "name:глеб"}, "5"),
            "такого плана, который можно посмотреть или поправить, нет",
        ),
        (cell(ANNA, "5", "2026-03-02"), "такого плана, который можно посмотреть или поправить, нет"),
        (cell({"scope": "company", "id": "x"}, "5"), "такого плана, который можно посмотреть или поправить, нет"),
    ],
)
def test_what_cannot_be_planned_is_refused_and_nothing_of_it_is_stated(
    planning: TestClient, given: dict[str, str], said: str
) -> None:
    refused = act(planning, cells=[cell(BORIS, "5"), given])
    assert (refused["status"], refused["error"]["what"]) == (400, said)
    assert set(values(planning).values()) == {None}


def test_a_person_sees_their_own_plan_alone_and_edits_none(
    planning: TestClient, company: OpenCompany, static: Path
) -> None:
    act(planning, cells=[cell(ANNA, "5"), cell(BORIS, "6"), cell({"scope": "company"}, "100")])
    other = TestClient(create_app(company, static=static), base_url=HERE)
    sign_in(other, company, "Борис", "manager", "name:борис")
    assert values(other) == {"Борис": 6}
    told = shown(other)
    assert (told["may_edit"], told["rows"][0]["cells"][2]["may_edit"]) == (False, False)
    assert [one["name"] for each in told["edits"] for one in each["changes"]] == ["Борис"]
    assert "анна" not in other.get("/api/plans").text.casefold().replace('"by":"анна"', "")
    for owner in ("scope=employee&id=name:анна", "scope=company"):
        assert other.get(f"/api/plans/days?{owner}&at=2026-03-01").status_code == 400
    edit = told["edits"][0]["id"]
    for path, body in (("", {"cells": [cell(BORIS, "9")]}), ("/undo", {"edit": edit})):
        assert other.post(f"/api/plans{path}", json={**YEAR, "latest": 9, **body}).status_code == 403
    assert other.get("/api/plans/table.csv").status_code == 403


def test_the_days_of_a_plan_are_told_before_it_is_built(planning: TestClient) -> None:
    act(planning, cells=[cell(ANNA, "5")])
    told = planning.get("/api/plans/days?scope=employee&id=name:анна&at=2026-03-01").json()
    assert (len(told["days"]), told["is_behind"]) == (31, True)
    assert told["days"][0] == {"day": "2026-03-01", "value": None, "kind": "off", "share": 100.0}  # a Sunday
    assert told["days"][1]["kind"] == "working"


def test_what_was_edited_is_noted(planning: TestClient, company: OpenCompany) -> None:
    made = act(planning, cells=[cell(ANNA, "5")])["edit"]
    assert company.people.access.audit.entries()[0][0].what == f"plans of revenue: 1 changed (type), edit {made}"
