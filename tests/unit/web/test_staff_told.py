"""What the settings page is told of people and teams; edits are tested with their routes."""

from datetime import date
from pathlib import Path

from fastapi.testclient import TestClient

from tests.company import CompanyFolder
from tests.unit.web.conftest import HERE, NOW, sign_in
from voronka import bootstrap
from voronka.bootstrap import OpenCompany
from voronka.domain.staff import StaffEntry, TimeSaid
from voronka.web.app import create_app


def test_the_head_is_shown_everybody_with_team_and_who_signs_in_as_them(
    signed_in: TestClient, company: OpenCompany
) -> None:
    company.people.accounts.add_user("anna@", None, "manager", employee_id="name:анна")
    told = signed_in.get("/api/staff").json()
    people = [(each["name"], each["team_id"], each["has_left"], each["users"]) for each in told["people"]]
    assert people == [
        ("Анна", "name:север", False, ["anna@"]),
        ("Ёлкин", "name:юг", False, []),
        ("Яна", "name:север", True, []),
    ]
    assert [(each["name"], each["people"]) for each in told["teams"]] == [("Север", 1), ("Юг", 1)]
    assert [(row["person"], row["team"]) for row in told["people_table"]["rows"]][:2] == [
        ("Анна", "Север"),
        ("Ёлкин", "Юг"),
    ]
    assert (told["may_change"], told["is_behind"], told["latest"], told["edits"]) == (True, False, 0, [])


def test_a_manager_is_shown_themselves_and_changes_nothing(browser: TestClient, company: OpenCompany) -> None:
    sign_in(browser, company, "Ёлкин", "manager", "name:елкин")
    told = browser.get("/api/staff").json()
    assert [each["name"] for each in told["people"]] == ["Ёлкин"]
    assert [each["name"] for each in told["teams"]] == ["Юг"]
    assert told["may_change"] is False
    assert browser.post("/api/staff/undo", json={"edit": 1}).status_code == 403


def test_a_team_lead_is_shown_the_people_of_the_team_and_when_they_are_away(
    browser: TestClient, company: OpenCompany
) -> None:
    for number, who in enumerate(("name:анна", "name:елкин"), start=1):
        away = TimeSaid(employee_id=who, kind="absence", first=date(2026, 3, 2), last=date(2026, 3, 3))
        company.people.staff.edit("time", [StaffEntry("time", str(number), away)], number, "Анна")
    sign_in(browser, company, "Анна", "team_lead", "name:анна")
    told = browser.get("/api/staff").json()
    assert [each["name"] for each in told["people"]] == ["Анна", "Яна"]
    assert [each["person_id"] for each in told["times"]] == ["name:анна"]
    assert (told["may_change"], told["edits"]) == (False, [])


def test_who_sees_figures_alone_is_not_told_who_is_ill(browser: TestClient, company: OpenCompany) -> None:
    away = TimeSaid(
        employee_id="name:анна", kind="absence", reason="sick", first=date(2026, 3, 2), last=date(2026, 3, 3)
    )
    company.people.staff.edit("time", [StaffEntry("time", "1", away)], 0, "Анна")
    sign_in(browser, company, "Марк", "marketing")
    told = browser.get("/api/staff").json()
    assert (len(told["people"]), told["times"], told["times_table"]["rows"]) == (3, [], [])


def test_before_the_first_build_people_and_teams_that_are_added_stand_there_alone(tmp_path: Path, static: Path) -> None:
    company = bootstrap.open_for_people(str(CompanyFolder(tmp_path / "new").folder), lambda: NOW)
    company.people.jobs.ask("build", {}, "Анна")  # one waits: no other one is begun
    with TestClient(create_app(company, static=static), base_url=HERE) as browser:
        sign_in(browser, company, role="head")
        told = browser.get("/api/staff").json()
        assert (told["people"], told["teams"], told["may_change"]) == ([], [], True)
        team = {"latest": 0, "id": None, "name": "Запад", "lead_id": None, "parent_id": None, "closed_on": None}
        assert browser.post("/api/staff/teams", json=team).json()["edit"] == 1
        known = {"email": "vera@north.example", "phone": None, "extension": None, "same_as": None}
        vera = {"name": "Вера", "known": known, "team_id": "voronka:team1", "role": "ae", "first": "2026-03-02"}
        assert browser.post("/api/staff/newcomers", json={"latest": 1, **vera}).json()["edit"] == 2
        days = {"first": "2026-03-03", "last": "2026-03-03", "opens": "14:00", "closes": "18:00", "weekdays": []}
        away = {"person_id": "voronka:person1", "kind": "absence", "reason": "other", **days}
        assert browser.post("/api/staff/times", json={"latest": 2, **away}).json()["edit"] == 3
        told = browser.get("/api/staff").json()
        assert [(each["person_id"], each["opens"]) for each in told["times"]] == [("voronka:person1", "14:00:00")]
        assert [(each["name"], each["team_id"]) for each in told["people"]] == [("Вера", "voronka:team1")]
        assert [(each["name"], each["people"]) for each in told["teams"]] == [("Запад", 1)]
        assert told["is_behind"] is True
        sign_in(browser, company, "Пётр", "manager")
        assert browser.get("/api/staff").json()["people"] == []
    company.close()
