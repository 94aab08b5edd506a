import pytest
from fastapi.testclient import TestClient

from tests.unit.web.conftest import HERE
from voronka.bootstrap import OpenCompany
from voronka.web.visitor import cookie_name


def found(browser: TestClient, text: str) -> list[tuple[str, str]]:
    answer = browser.get("/api/search", params={"q": text})
    assert answer.status_code == 200, answer.text
    return [(each["kind"], each["title"]) for each in answer.json()["found"]]


def test_people_and_deals_are_found_with_their_list_and_their_place_in_the_crm(asking: TestClient) -> None:
    assert found(asking, "анн") == [("employee", "Анна")]
    (deal,) = asking.get("/api/search", params={"q": "склад"}).json()["found"]
    assert deal == {
        "kind": "deal",
        "id": "crm:1",
        "title": "=Склад",
        "client": None,
        "employee_id": "name:анна",
        "employee": "Анна",
        "outcome": "won",
        "amount": 1000.5,
        "created_day": "2026-02-02",
        "open": "https://crm.example.com/deals/1",
        "lists": [
            {"metric": "deals_created", "where": {"employee": ["name:анна"]}, "from": "2026-02-02", "to": "2026-02-02"}
        ],
    }
    asked = {"metric": "deals_created", "where": "employee=name:анна", "from": "2026-02-02", "to": "2026-02-02"}
    rows = asking.get("/api/records", params=asked).json()["rows"]
    assert "crm:1" in [each["id"] for each in rows]


def test_who_sees_little_finds_little(asking: TestClient, selling: OpenCompany) -> None:
    user = selling.people.accounts.add_user("Борис ищет", None, "manager", employee_id="name:борис")
    browser = TestClient(asking.app, base_url=HERE)
    browser.cookies.set(cookie_name(selling), selling.people.sessions.start(user.user_id), domain="localhost.local")
    assert found(browser, "склад") == []
    assert found(browser, "цех") == [("deal", "Цех")]
    assert found(browser, "анна") == []


@pytest.mark.parametrize("text", ["", " ", "ц", "«»", "%", "_"])
def test_too_little_to_look_for_finds_nothing(asking: TestClient, text: str) -> None:
    assert found(asking, text) == []


def test_a_long_question_is_refused(asking: TestClient) -> None:
    assert asking.get("/api/search", params={"q": "x" * 201}).status_code in {400, 422}
