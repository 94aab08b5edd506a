from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from threading import BoundedSemaphore

import pytest
from fastapi.testclient import TestClient

from tests.unit.web.conftest import HERE, NOW, PASSWORD, Opener, sign_in
from voronka import bootstrap
from voronka.bootstrap import OpenCompany
from voronka.domain.access import Right
from voronka.domain.errors import SettingsError
from voronka.domain.scope import Scope
from voronka.web import entry
from voronka.web.app import create_app
from voronka.web.visitor import Visitor, cookie_name, visitor

RIGHT = {"name": "анна", "password": PASSWORD}


@pytest.fixture
def anna(company: OpenCompany) -> None:
    company.people.accounts.add_user("Анна", PASSWORD)


@pytest.fixture
def demo(open_company: Opener) -> OpenCompany:
    return open_company(demo=True)


@pytest.fixture
def demo_browser(demo: OpenCompany, static: Path) -> Iterator[TestClient]:
    with TestClient(create_app(demo, static=static), base_url=HERE, follow_redirects=False) as client:
        yield client


def test_the_page_is_told_who_which_company_how_fresh_and_what_to_filter_by(
    signed_in: TestClient, company: OpenCompany
) -> None:
    answer = signed_in.get("/api/session")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    told = answer.json()
    roles = {role.pop("code"): role for role in told.pop("roles")}
    assert roles["am"]["title"] == {"ru": "Аккаунт-менеджер", "en": "AM"}
    assert "revenue" in roles["am"]["metrics"]
    assert told == {
        "user": {
            "name": "Анна",
            "role": "admin",
            "own_role": "admin",
            "employee_id": None,
            "reach": "all",
            "rights": sorted(Right),
            "start": "overview",
            "own_start": None,
            "may_look_as": True,
        },
        "company": {
            "name": "Северный ветер",
            "currency": "RUB",
            "time_zone": "Europe/Moscow",
            "language": "ru",
            "today": "2026-03-02",
            "now": "2026-03-02T12:00:00",
            "is_demo": False,
        },
        "data": {
            "version": company.data_version(),
            "built_at": "2026-03-02T12:00:00",  # loaded at eight, built an hour later, in UTC
            "definitions": None,
            "sources": [
                {
                    "source": "crm",
                    "stream": "leads",
                    "rows": 3,
                    "loaded_at": "2026-03-02T11:00:00",
                    "last_event_at": "2026-02-28T10:00:00",  # that of April has not happened yet
                },
                {
                    "source": "crm",
                    "stream": "people",
                    "rows": 3,
                    "loaded_at": "2026-03-02T11:00:00",
                    "last_event_at": None,
                },
            ],
        },
        "filters": {
            "teams": [{"id": "name:север", "name": "Север"}, {"id": "name:юг", "name": "Юг"}],
            "employees": [
                {"id": "name:анна", "name": "Анна", "team_id": "name:север", "is_active": True},
                {"id": "name:елкин", "name": "Ёлкин", "team_id": "name:юг", "is_active": True},
                {"id": "name:яна", "name": "Яна", "team_id": "name:север", "is_active": False},
            ],
            "channels": [{"id": "name:avito", "name": "Avito"}, {"id": "name:сайт", "name": "Сайт"}],
        },
    }


def test_one_who_sees_one_person_filters_by_that_person_and_their_team(company: OpenCompany, static: Path) -> None:
    app = create_app(company, static=static)

    def narrow() -> Visitor:
        request = None
        return Visitor("Анна", "ae", Scope.of("name:анна"), "ru", company, request)  # type: ignore[arg-type]

    app.dependency_overrides[visitor] = narrow
    with TestClient(app, base_url=HERE) as browser:
        told = browser.get("/api/session").json()
    filters = told["filters"]
    assert [each["name"] for each in filters["employees"]] == ["Анна"]
    assert [each["name"] for each in filters["teams"]] == ["Север"]
    assert [(each["stream"], each["rows"]) for each in told["data"]["sources"]] == [("leads", None), ("people", None)]


def test_before_the_first_build_there_is_nothing_to_filter_by(tmp_path: Path) -> None:
    (tmp_path / "voronka.toml").write_text("", "utf-8")
    opened = bootstrap.open_for_people(str(tmp_path), lambda: NOW)
    with TestClient(create_app(opened), base_url=HERE) as browser:
        sign_in(browser, opened)
        told = browser.get("/api/session").json()
    opened.close()
    assert told["data"] == {"version": "", "built_at": None, "definitions": None, "sources": []}
    assert told["filters"] == {"teams": [], "employees": [], "channels": []}


@pytest.mark.usefixtures("anna")
def test_signing_in_gives_a_cookie_that_scripts_and_other_sites_do_not_get(
    browser: TestClient, company: OpenCompany
) -> None:
    answer = browser.post("/api/session", json=RIGHT)
    assert answer.status_code == 204
    name, _, rest = answer.headers["set-cookie"].partition("=")
    assert name == cookie_name(company)
    assert {part.strip().lower() for part in rest.split(";")[1:]} == {
        "httponly",
        "max-age=1209600",  # 14 days
        "path=/",
        "samesite=lax",
    }
    assert browser.get("/api/session").json()["user"]["name"] == "Анна"


def test_where_people_come_by_https_the_cookie_goes_by_https_only(open_company: Opener, static: Path) -> None:
    opened = open_company('[web]\npublic_url = "https://sales.example.com"\nsession_days = 1\n')
    opened.people.accounts.add_user("Анна", PASSWORD)
    with TestClient(create_app(opened, static=static), base_url="https://sales.example.com") as browser:
        answer = browser.post("/api/session", json=RIGHT)
        assert "; secure" in answer.headers["set-cookie"].lower()
        assert "max-age=86400" in answer.headers["set-cookie"].lower()
        assert answer.headers["strict-transport-security"]
        assert "; secure" in browser.delete("/api/session").headers["set-cookie"].lower()


@pytest.mark.usefixtures("anna")
@pytest.mark.parametrize(
    "wrong", [{"name": "Анна", "password": "другой пароль"}, {"name": "Борис", "password": PASSWORD}]
)
def test_a_wrong_password_and_an_unknown_name_are_told_alike(browser: TestClient, wrong: dict[str, str]) -> None:
    answer = browser.post("/api/session", json=wrong)
    assert answer.status_code == 401
    assert answer.json()["error"]["what"] == "The name or the password is wrong"
    assert answer.json()["error"]["kind"] == "sign_in"
    assert "set-cookie" not in answer.headers


def test_whoever_stands_outside_is_told_the_language_of_the_company(browser: TestClient, company: OpenCompany) -> None:
    answer = browser.get("/api/session")
    assert (answer.status_code, answer.headers["content-language"]) == (401, company.settings.language)


@pytest.mark.usefixtures("anna")
def test_whoever_tries_passwords_has_to_wait_and_nobody_else_does(browser: TestClient, company: OpenCompany) -> None:
    company.people.accounts.add_user("Борис", PASSWORD)
    for _ in range(5):
        assert browser.post("/api/session", json={**RIGHT, "password": "guess"}).status_code == 401
    refused = browser.post("/api/session", json=RIGHT)
    assert refused.status_code == 429
    assert refused.headers["retry-after"] == "2"
    assert refused.json()["error"]["kind"] == "sign_in"
    assert browser.post("/api/session", json={"name": "Борис", "password": PASSWORD}).status_code == 204
    elsewhere = TestClient(browser.app, base_url=HERE, client=("192.0.2.7", 50000))
    assert elsewhere.post("/api/session", json=RIGHT).status_code == 204


def test_a_crowd_at_the_door_is_turned_away_at_once_and_leaves_threads_to_those_inside(
    signed_in: TestClient, company: OpenCompany, monkeypatch: pytest.MonkeyPatch
) -> None:
    company.people.accounts.add_user("Борис", PASSWORD)
    places = BoundedSemaphore(1)
    monkeypatch.setattr(entry, "SIGNING_IN", places)
    places.acquire()
    refused = signed_in.post("/api/session", json={"name": "Борис", "password": PASSWORD})
    assert refused.status_code == 503
    assert refused.json()["error"]["what"] == "Too many people are signing in at once"
    places.release()
    for _ in range(2):  # a place is given back
        assert signed_in.post("/api/session", json={"name": "Борис", "password": PASSWORD}).status_code == 204


@pytest.mark.parametrize("body", [b"", b"{}", b"[]", b'{"name": "a"}', b"\xff", b'{"name": 1, "password": 2}'])
def test_a_body_that_is_no_sign_in_is_told(browser: TestClient, body: bytes) -> None:
    answer = browser.post("/api/session", content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 400
    assert answer.json()["error"]["kind"] == "question"


@pytest.mark.usefixtures("anna")
def test_a_sign_in_that_is_not_sent_as_json_is_not_read(browser: TestClient) -> None:
    text = '{"name": "анна", "password": "' + PASSWORD + '"}'
    for headers in ({"content-type": "text/plain"}, {}):
        assert browser.post("/api/session", content=text.encode(), headers=headers).status_code == 400


def test_signing_out_ends_the_session_on_the_server_too(signed_in: TestClient, company: OpenCompany) -> None:
    token = signed_in.cookies[cookie_name(company)]
    answer = signed_in.delete("/api/session")
    assert answer.status_code == 204
    assert "max-age=0" in answer.headers["set-cookie"].lower()
    signed_in.cookies.set(cookie_name(company), token, domain="localhost.local")
    assert signed_in.get("/api/session").status_code == 401


def test_signing_out_without_a_session_is_no_error(browser: TestClient) -> None:
    assert browser.delete("/api/session").status_code == 204


@pytest.mark.usefixtures("anna")
def test_signing_in_gives_a_new_token_and_ends_the_old_session(browser: TestClient, company: OpenCompany) -> None:
    browser.post("/api/session", json=RIGHT)
    first = browser.cookies[cookie_name(company)]
    browser.post("/api/session", json=RIGHT)
    assert browser.cookies[cookie_name(company)] != first
    assert company.people.sessions.of_token(first) is None


def test_a_token_that_was_planted_before_is_not_taken_over(browser: TestClient, company: OpenCompany) -> None:
    company.people.accounts.add_user("Анна", PASSWORD)
    browser.cookies.set(cookie_name(company), "planted", domain="localhost.local")
    browser.post("/api/session", json=RIGHT)
    assert company.people.sessions.of_token("planted") is None


def test_a_link_into_the_demo_lets_in_once(demo: OpenCompany, demo_browser: TestClient) -> None:
    token = bootstrap.demo_link(demo)
    answer = demo_browser.get(f"/enter/{token}")
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert demo_browser.get("/api/session").json()["user"]["role"] == "demo"
    assert demo_browser.get("/api/session").json()["company"]["is_demo"] is True
    demo_browser.cookies.clear()
    again = demo_browser.get(f"/enter/{token}")
    assert (again.status_code, again.headers["location"]) == (303, "/?entered=no")
    assert demo_browser.get("/api/session").status_code == 401


@pytest.mark.parametrize("token", ["x", "%00", "..%2F..%2Fapi", "a" * 5000])
def test_a_forged_link_lets_nobody_in(demo_browser: TestClient, token: str) -> None:
    answer = demo_browser.get(f"/enter/{token}")
    assert "set-cookie" not in answer.headers
    assert demo_browser.get("/api/session").status_code == 401


def test_looking_at_a_link_without_opening_it_does_not_use_it_up(demo: OpenCompany, demo_browser: TestClient) -> None:
    token = bootstrap.demo_link(demo)
    demo_browser.head(f"/enter/{token}")
    assert demo_browser.get(f"/enter/{token}").headers["location"] == "/"


def test_links_lead_into_a_demo_only(company: OpenCompany, browser: TestClient) -> None:
    with pytest.raises(SettingsError, match="demo company only"):
        bootstrap.demo_link(company)
    anna = company.people.accounts.add_user("Анна", PASSWORD)
    token = company.people.links.issue(anna.user_id, "demo", timedelta(days=1))
    assert browser.get(f"/enter/{token}", follow_redirects=False).headers["location"] == "/?entered=no"
