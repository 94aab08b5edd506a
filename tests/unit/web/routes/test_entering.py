import pytest
from fastapi.testclient import TestClient

from tests.unit.web.conftest import PASSWORD
from voronka.bootstrap import OpenCompany
from voronka.web.access_told import INVITATION

WEEK = 7


def test_the_first_user_comes_in_by_the_code_and_the_door_is_closed_behind(
    browser: TestClient, company: OpenCompany
) -> None:
    assert browser.get("/api/setup").json() == {"is_open": True, "shortest_password": 10}
    code = company.people.access.first_user.new_code()
    given = {"code": code, "name": "Анна", "password": PASSWORD}
    wrong = browser.post("/api/setup", json=given | {"code": "AAAA-AAAA-AAAA"})
    assert (wrong.status_code, wrong.json()["error"]["what"]) == (403, "The code is wrong")
    assert browser.post("/api/setup", json=given | {"password": "short"}).status_code == 400
    assert browser.post("/api/setup", json=given).status_code == 204
    assert browser.get("/api/session").json()["user"]["role"] == "admin"
    assert browser.get("/api/setup").json()["is_open"] is False
    assert browser.post("/api/setup", json=given | {"name": "Борис"}).status_code == 403
    actions = [each.action for each in company.people.access.audit.entries()[0]]
    assert actions == ["sign_in", "access", "sign_in_failed"]  # knocking twice within a minute is one line


def test_codes_are_not_tried_one_after_another(browser: TestClient) -> None:
    given = {"code": "AAAA-AAAA-AAAA", "name": "Чужой", "password": PASSWORD}
    assert [browser.post("/api/setup", json=given).status_code for _ in range(6)] == [403] * 5 + [429]


@pytest.fixture
def invitation(signed_in: TestClient) -> str:
    asked = {"name": "Борис", "email": "boris@firm.ru", "role": "manager", "employee_id": "name:елкин"}
    path = str(signed_in.post("/api/access/users", json=asked).json()["path"])
    signed_in.cookies.clear()
    return path.removeprefix("/accept#")


def test_whoever_is_invited_takes_a_password_and_is_in_as_who_they_are(browser: TestClient, invitation: str) -> None:
    told = browser.post("/api/invitation/look", json={"token": invitation}).json()
    assert (told["name"], told["email"], told["company"]) == ("Борис", "boris@firm.ru", "Северный ветер")
    short = browser.post("/api/invitation", json={"token": invitation, "password": "short"})
    assert short.status_code == 400
    assert browser.post("/api/invitation", json={"token": invitation, "password": PASSWORD}).status_code == 204
    user = browser.get("/api/session").json()["user"]
    assert (user["name"], user["role"], user["employee_id"], user["reach"]) == ("Борис", "manager", "name:елкин", "own")
    assert browser.post("/api/invitation", json={"token": invitation, "password": PASSWORD}).status_code == 401
    assert browser.post("/api/invitation/look", json={"token": invitation}).status_code == 401
    browser.cookies.clear()
    assert browser.post("/api/session", json={"name": "Boris@firm.ru", "password": PASSWORD}).status_code == 204


def test_an_invitation_that_was_taken_back_lets_nobody_in(
    browser: TestClient, company: OpenCompany, invitation: str
) -> None:
    company.people.links.void(company.people.accounts.named("Борис").user_id, INVITATION)
    answer = browser.post("/api/invitation", json={"token": invitation, "password": PASSWORD})
    assert (answer.status_code, answer.json()["error"]["do"]) == (401, "Ask for a new one")
    assert [
        browser.post("/api/invitation", json={"token": "x", "password": PASSWORD}).status_code for _ in "12345"
    ] == [
        *[401] * 4,
        429,
    ]
