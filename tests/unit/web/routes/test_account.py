import pytest
from fastapi.testclient import TestClient

from tests.unit.web.conftest import HERE, PASSWORD, sign_in
from voronka.bootstrap import OpenCompany
from voronka.web.visitor import cookie_name

LEADS = "/api/query?metric=leads&by=employee"


def test_another_password_ends_ones_other_sessions_and_leaves_the_one_it_was_taken_in(
    browser: TestClient, company: OpenCompany
) -> None:
    company.people.accounts.add_user("Анна", PASSWORD, "manager")
    browser.post("/api/session", json={"name": "Анна", "password": PASSWORD}, headers={"user-agent": "Firefox"})
    elsewhere = company.people.sessions.start(company.people.accounts.named("Анна").user_id)
    (here,) = [each for each in browser.get("/api/account").json()["sessions"] if each["is_this"]]
    assert (here["agent"], here["address"]) == ("Firefox", "testclient")
    given = {"old": "не тот пароль", "new": "совсем другой пароль"}
    assert browser.post("/api/account/password", json=given).status_code == 403
    assert browser.post("/api/account/password", json=given | {"old": PASSWORD, "new": "short"}).status_code == 400
    assert browser.post("/api/account/password", json=given | {"old": PASSWORD}).status_code == 204
    assert company.people.sessions.of_token(elsewhere) is None
    assert [each["is_this"] for each in browser.get("/api/account").json()["sessions"]] == [True]
    assert company.people.accounts.check_password("Анна", "совсем другой пароль")


def test_a_session_elsewhere_is_ended_and_that_of_another_is_not(signed_in: TestClient, company: OpenCompany) -> None:
    sessions = company.people.sessions
    foreign = sessions.start(company.people.accounts.add_user("Борис", None).user_id)
    elsewhere = sessions.start(company.people.accounts.named("Анна").user_id)
    assert signed_in.delete(f"/api/account/sessions/{sessions.id_of(foreign)}").status_code == 400
    assert signed_in.delete(f"/api/account/sessions/{sessions.id_of(elsewhere)}").status_code == 204
    assert [sessions.of_token(token) is None for token in (foreign, elsewhere)] == [False, True]


@pytest.mark.parametrize(
    ("reach", "query", "records"), [("figures", 200, 403), ("records", 200, 200), ("personal", 200, 200)]
)
def test_a_program_reads_as_far_as_its_token_reaches_and_changes_nothing(
    signed_in: TestClient, reach: str, query: int, records: int
) -> None:
    made = signed_in.post("/api/account/tokens", json={"name": "1С", "reach": reach, "days": 30})
    number, token = made.json()["token_id"], made.json()["token"]
    assert token not in signed_in.get("/api/account").text
    program = TestClient(signed_in.app, base_url=HERE, headers={"authorization": f"Bearer {token}"})
    assert program.get(LEADS).status_code == query
    assert program.get("/api/records?metric=leads").status_code == records
    for method, path in (("POST", "/api/data/build"), ("DELETE", "/api/account/tokens/1"), ("GET", "/api/account")):
        assert program.request(method, path).status_code == 403
    assert program.get("/api/access").status_code == 403
    assert signed_in.delete(f"/api/account/tokens/{number}").status_code == 204
    assert program.get(LEADS).status_code == 401


def test_a_wrong_token_is_nobody_though_a_session_stands_beside_it(signed_in: TestClient) -> None:
    assert signed_in.get(LEADS, headers={"authorization": "Bearer vor_x"}).status_code == 401


def test_an_administrator_looks_through_other_eyes_and_back(signed_in: TestClient) -> None:
    assert len(signed_in.get(LEADS).json()["rows"]) == 2
    looked = {"role": "manager", "employee_id": "name:анна"}
    assert signed_in.post("/api/account/look-as", json=looked).status_code == 204
    user = signed_in.get("/api/session").json()["user"]
    assert (user["role"], user["own_role"], user["reach"], user["may_look_as"]) == ("manager", "admin", "own", True)
    assert [row["employee"] for row in signed_in.get(LEADS).json()["rows"]] == ["Анна"]
    assert signed_in.get("/api/access").status_code == 403
    assert signed_in.post("/api/account/look-as", json={"role": None}).status_code == 204
    assert len(signed_in.get(LEADS).json()["rows"]) == 2


def test_nobody_else_looks_through_other_eyes(browser: TestClient, company: OpenCompany) -> None:
    sign_in(browser, company, "Ольга", "head")
    refused = browser.post("/api/account/look-as", json={"role": "admin"})
    assert refused.status_code == 403
    token = browser.cookies[cookie_name(company)]
    company.people.sessions.look_as(token, "admin", None)  # written by hand, it still opens nothing
    assert browser.get("/api/session").json()["user"]["role"] == "head"


def test_one_begins_at_the_page_one_chose(signed_in: TestClient) -> None:
    def told() -> tuple[str, str | None]:
        user = signed_in.get("/api/session").json()["user"]
        return user["start"], user["own_start"]

    assert told() == ("overview", None)
    assert signed_in.post("/api/account/start", json={"page": "funnel"}).status_code == 204
    assert told() == ("overview", "funnel")
    assert signed_in.post("/api/account/start", json={"page": "../x"}).status_code == 400
    assert signed_in.post("/api/account/start", json={"page": None}).status_code == 204
    assert told() == ("overview", None)
