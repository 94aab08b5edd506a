import pytest
from fastapi.testclient import TestClient

from tests.unit.web.conftest import HERE
from voronka.bootstrap import OpenCompany
from voronka.web.visitor import cookie_name

MARCH = {"name": "Март", "address": "/funnel?period=last_month"}


def other(browser: TestClient, company: OpenCompany, role: str) -> TestClient:
    user = company.people.accounts.add_user(f"another {role}", None, role)
    made = TestClient(browser.app, base_url=HERE)
    made.cookies.set(cookie_name(company), company.people.sessions.start(user.user_id), domain="localhost.local")
    return made


def test_a_view_is_saved_opened_by_its_number_changed_and_deleted(signed_in: TestClient) -> None:
    made = signed_in.post("/api/views", json=MARCH)
    assert made.status_code == 201
    number = made.json()["view_id"]
    assert made.json() == MARCH | {
        "view_id": number,
        "owner": "Анна",
        "is_mine": True,
        "is_shared": False,
        "may_change": True,
        "changed_at": "2026-03-02T12:00:00",
    }
    assert signed_in.get(f"/api/views/{number}").json() == made.json()
    changed = signed_in.post(f"/api/views/{number}", json={"name": "Апрель"}).json()
    assert (changed["name"], changed["address"]) == ("Апрель", MARCH["address"])
    assert [each["name"] for each in signed_in.get("/api/views").json()["views"]] == ["Апрель"]
    assert signed_in.delete(f"/api/views/{number}").status_code == 204
    assert signed_in.get("/api/views").json() == {"views": [], "may_share": True}
    assert signed_in.get(f"/api/views/{number}").status_code == 400


def test_a_shared_view_is_opened_by_all_and_changed_by_who_may_share(
    signed_in: TestClient, company: OpenCompany
) -> None:
    number = signed_in.post("/api/views", json=MARCH | {"is_shared": True}).json()["view_id"]
    manager, head = other(signed_in, company, "manager"), other(signed_in, company, "head")
    seen = manager.get(f"/api/views/{number}").json()
    assert (seen["owner"], seen["is_mine"], seen["may_change"]) == ("Анна", False, False)
    for act in (manager.post(f"/api/views/{number}", json={"name": "Моё"}), manager.delete(f"/api/views/{number}")):
        assert (act.status_code, "belongs to somebody else" in act.text) == (403, True)
    assert head.post(f"/api/views/{number}", json={"is_shared": False}).status_code == 200
    assert manager.get(f"/api/views/{number}").status_code == 400
    entries, _ = company.people.access.audit.entries(action="change")
    noted = {each.what for each in entries}
    assert {f"view {number} shared: Март", f"view {number} shared no more: Март"} <= noted


def test_a_manager_saves_for_themselves_alone(signed_in: TestClient, company: OpenCompany) -> None:
    manager = other(signed_in, company, "manager")
    assert manager.post("/api/views", json=MARCH | {"is_shared": True}).status_code == 403
    number = manager.post("/api/views", json=MARCH).json()["view_id"]
    assert manager.post(f"/api/views/{number}", json={"is_shared": True}).status_code == 403
    assert signed_in.get(f"/api/views/{number}").status_code == 400
    assert manager.get("/api/views").json()["may_share"] is False


@pytest.mark.parametrize("address", ["https://elsewhere.example", "//elsewhere.example/x", "javascript:alert(1)"])
def test_a_view_leads_nowhere_else(signed_in: TestClient, address: str) -> None:
    assert signed_in.post("/api/views", json=MARCH | {"address": address}).status_code == 400
