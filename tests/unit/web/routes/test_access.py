import pytest
from fastapi.testclient import TestClient

from voronka.bootstrap import OpenCompany

BORIS = {"name": "Борис", "email": "", "role": "manager", "employee_id": "name:елкин"}


@pytest.fixture
def boris(signed_in: TestClient) -> int:
    made: int = signed_in.post("/api/access/users", json=BORIS).json()["user"]["user_id"]
    return made


def test_who_gets_in_is_told_with_what_each_role_may_do(signed_in: TestClient, boris: int) -> None:
    told = signed_in.get("/api/access").json()
    assert [(user["user_id"], user["role"], user["employee"]) for user in told["users"]][1] == (
        boris,
        "manager",
        "Ёлкин",
    )
    assert [each["id"] for each in told["employees"]] == ["name:анна", "name:яна", "name:елкин"]
    roles = {role["code"]: role for role in told["roles"]}
    assert (roles["manager"]["reach"], roles["manager"]["rights"]) == ("own", ["personal", "board"])
    assert "demo" not in roles


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"role": "wizard"}, "no role is named wizard"),
        ({"role": "demo"}, "no role is named demo"),
        ({"employee_id": "name:никто"}, "no employee has the id"),
        ({"name": "анна"}, "there is a user named"),
        ({"email": "нет"}, "not a mail address"),
    ],
)
def test_who_cannot_be_invited_is_told(signed_in: TestClient, change: dict[str, str], what: str) -> None:
    refused = signed_in.post("/api/access/users", json=BORIS | change)
    assert (refused.status_code, what in refused.json()["error"]["what"]) == (400, True)


def test_a_role_an_employee_and_a_bar_are_given_and_taken(
    signed_in: TestClient, company: OpenCompany, boris: int
) -> None:
    token = company.people.sessions.start(boris)
    address = f"/api/access/users/{boris}"
    assert signed_in.post(address, json={"employee_id": None}).json()["employee_id"] is None
    assert company.people.sessions.of_token(token)
    assert signed_in.post(address, json={"role": "team_lead", "employee_id": "name:анна"}).json()["role"] == "team_lead"
    assert company.people.sessions.of_token(token) is None
    assert signed_in.post(address, json={"is_active": False}).json()["is_active"] is False
    assert signed_in.post(f"{address}/invitation").status_code == 400
    signed_in.post(address, json={"is_active": True})
    assert signed_in.post(f"{address}/invitation").json()["path"].startswith("/accept#")
    assert signed_in.delete(f"{address}/invitation").status_code == 204
    assert signed_in.delete(address).status_code == 204
    assert signed_in.post(address, json={}).status_code == 400
    assert [each.what for each in company.people.access.audit.entries()[0]] == [
        "Борис removed",
        "invitation of Борис taken back",
        "Борис invited again",
        "Борис: let in",
        "Борис: barred",
        "Борис: manager → team_lead; employee name:анна",
        "Борис: employee none",
        "Борис invited as manager",
    ]


def test_a_change_of_which_a_part_cannot_be_is_not_done_by_halves(
    signed_in: TestClient, company: OpenCompany, boris: int
) -> None:
    asked = {"role": "head", "employee_id": "name:никто"}
    assert signed_in.post(f"/api/access/users/{boris}", json=asked).status_code == 400
    assert company.people.accounts.of_id(boris).role == "manager"  # else a new head would stand in no log


def test_nobody_changes_their_own_role_bars_or_removes_themselves(signed_in: TestClient, company: OpenCompany) -> None:
    me = company.people.accounts.named("Анна").user_id
    for answer in (
        signed_in.post(f"/api/access/users/{me}", json={"role": "head"}),
        signed_in.post(f"/api/access/users/{me}", json={"is_active": False}),
        signed_in.delete(f"/api/access/users/{me}"),
    ):
        assert (answer.status_code, "another administrator" in answer.text) == (400, True)


def test_anybodys_session_and_token_are_ended(signed_in: TestClient, company: OpenCompany, boris: int) -> None:
    people = company.people
    token, (number, key) = people.sessions.start(boris), people.access.tokens.add(boris, "x", "figures", 1)
    assert signed_in.delete(f"/api/access/sessions/{people.sessions.id_of(token)}").status_code == 204
    assert signed_in.delete("/api/access/sessions/nothing").status_code == 400
    assert signed_in.delete(f"/api/access/tokens/{number}").status_code == 204
    assert (people.sessions.of_token(token), people.access.tokens.of_token(key)) == (None, None)
    assert [each["is_open"] for each in signed_in.get("/api/access").json()["tokens"]] == [False]


def test_the_audit_log_is_read_page_by_page(signed_in: TestClient, boris: int) -> None:
    signed_in.get("/api/query.csv?metric=leads")
    told = signed_in.get("/api/access/audit?limit=1").json()
    assert (told["total"], told["rows"][0]["action"], told["rows"][0]["user"]) == (2, "export", "Анна")
    assert told["rows"][0]["at"] == "2026-03-02T12:00:00"
    said = {"en": "Борис invited as manager", "ru": "приглашён пользователь Борис (менеджер)"}
    for language, what in said.items():
        (invited,) = signed_in.get(f"/api/access/audit?action=access&lang={language}").json()["rows"]
        assert invited["what"] == what
    assert boris
