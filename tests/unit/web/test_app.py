from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, RouteContext, iter_route_contexts
from fastapi.testclient import TestClient

from tests.unit.web.conftest import HERE
from voronka.bootstrap import OpenCompany
from voronka.domain.errors import RetryError
from voronka.web.app import create_app
from voronka.web.visitor import cookie_name, visitor

OPEN_TO_ALL = {
    ("POST", "/api/session"),
    ("DELETE", "/api/session"),
    ("GET", "/api/setup"),
    ("POST", "/api/setup"),
    ("POST", "/api/invitation"),
    ("POST", "/api/invitation/look"),
}
"""Getting in and out: the only routes under /api that ask for nobody."""


def routes(app: FastAPI) -> Iterator[RouteContext]:
    return (route for route in iter_route_contexts(app.routes) if isinstance(route.original_route, APIRoute))


def asks_for_a_visitor(dependant: Dependant) -> bool:
    return dependant.call is visitor or any(asks_for_a_visitor(inner) for inner in dependant.dependencies)


def without_a_visitor(app: FastAPI) -> set[tuple[str, str]]:
    return {
        (method, route.path or "")
        for route in routes(app)
        for method in route.methods or ()
        if (route.path or "").startswith("/api") and not asks_for_a_visitor(route.dependant)
    }


def test_every_route_under_api_asks_for_a_visitor(company: OpenCompany) -> None:
    app = create_app(company)
    assert ("GET", "/api/session") in {(m, r.path) for r in routes(app) for m in r.methods or ()}
    assert without_a_visitor(app) == OPEN_TO_ALL


def test_a_route_that_asks_for_nobody_is_noticed(company: OpenCompany) -> None:
    app = create_app(company)

    @app.get("/api/leak")
    def leak() -> str:
        return "all of it"

    assert ("GET", "/api/leak") in without_a_visitor(app)


def test_no_route_under_api_answers_one_who_is_not_signed_in(browser: TestClient, company: OpenCompany) -> None:
    for route in routes(create_app(company)):
        for method in route.methods or ():
            if (route.path or "").startswith("/api") and (method, route.path) not in OPEN_TO_ALL:
                answer = browser.request(method, route.path or "")
                assert (answer.status_code, answer.json()["error"]["kind"]) == (401, "sign_in"), route.path


@pytest.mark.parametrize("token", ["", "x", "x" * 43, "\x01", '"; DROP TABLE sessions'])
def test_a_forged_cookie_is_nobodys(browser: TestClient, company: OpenCompany, token: str) -> None:
    answer = browser.get("/api/session", headers={"cookie": f"{cookie_name(company)}={token}"})
    assert answer.status_code == 401
    assert answer.json() == {"error": {"what": "Nobody is signed in", "where": "", "do": "Sign in", "kind": "sign_in"}}


@pytest.mark.parametrize("path", ["/api", "/api/", "/api/nothing", "/api/../api/x", "/api/session/x"])
def test_an_unknown_address_under_api_is_told_in_json(signed_in: TestClient, path: str) -> None:
    answer = signed_in.get(path)
    assert answer.status_code == 404
    assert answer.json()["error"]["kind"] == "not_found"


def test_a_method_that_an_address_does_not_take_is_told_in_json(signed_in: TestClient) -> None:
    answer = signed_in.put("/api/session", json={})
    assert answer.status_code == 405
    assert answer.json()["error"]["kind"] == "not_found"


def test_the_description_is_for_those_signed_in(browser: TestClient, company: OpenCompany) -> None:
    assert browser.get("/api/openapi.json").status_code == 401
    for path in ("/docs", "/redoc", "/openapi.json"):
        assert "swagger" not in browser.get(path).text.lower()
    token = company.people.sessions.start(company.people.accounts.add_user("Анна", None).user_id)
    described = browser.get("/api/openapi.json", headers={"cookie": f"{cookie_name(company)}={token}"}).json()
    assert "/api/session" in described["paths"]


def test_that_it_runs_is_told_to_all_and_nothing_else_is(browser: TestClient, company: OpenCompany) -> None:
    assert browser.get("/healthz").json() == {"ok": True}
    told = browser.get("/health")
    assert (told.status_code, told.headers["cache-control"]) == (200, "no-store")
    assert told.json() == {
        "live": True,
        "ready": True,
        "data_version": company.data_version(),
        "built_at": "2026-03-02T09:00:00",
        "data_age_seconds": 0.0,
    }


def test_it_is_not_ready_where_accounts_cannot_be_read(
    company: OpenCompany, static: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked() -> None:
        raise RetryError("another process holds the file", where="app.db")

    browser = TestClient(create_app(company, static=static), base_url=HERE)
    monkeypatch.setattr(company.people.database, "check", locked)
    answer = browser.get("/health")
    assert (answer.status_code, answer.json()["live"], answer.json()["ready"]) == (503, True, False)
    assert "app.db" not in answer.text


def test_expired_sessions_are_purged_when_the_application_starts(company: OpenCompany, static: Path) -> None:
    with TestClient(create_app(company, static=static), base_url=HERE):
        assert company.people.sessions.purge() == 0


def test_an_answer_over_a_thousand_bytes_is_compressed_and_a_short_one_is_not(signed_in: TestClient) -> None:
    long = signed_in.get("/api/openapi.json", headers={"accept-encoding": "gzip"})
    assert long.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in signed_in.get("/healthz", headers={"accept-encoding": "gzip"}).headers
    assert "content-encoding" not in signed_in.get("/api/openapi.json", headers={"accept-encoding": ""}).headers


def test_a_workbook_is_not_packed_a_second_time(signed_in: TestClient) -> None:
    answer = signed_in.get("/api/query.xlsx?metric=leads&by=channel", headers={"accept-encoding": "gzip"})
    assert answer.content[:2] == b"PK"
    assert len(answer.content) > 1000
    assert "content-encoding" not in answer.headers


def test_whatever_fails_in_working_ahead_is_logged_and_the_server_runs(
    company: OpenCompany, static: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(_company: OpenCompany) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("voronka.web.routes.overview.work_ahead", fails)
    with TestClient(create_app(company, static=static), base_url=HERE) as client:
        assert client.get("/healthz").json() == {"ok": True}
    assert [record.message for record in caplog.records] == ["The page opened first could not be worked out ahead"]
    assert "ZeroDivisionError" in caplog.text


def test_what_is_worked_out_ahead_does_not_keep_the_server_from_stopping(
    company: OpenCompany, static: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []

    def works(company: OpenCompany) -> None:
        try:
            company.metrics._engine.execute("SELECT count(*) AS n FROM range(1000000000000) AS r(i) WHERE i % 7 = 3")  # noqa: SLF001
        except RetryError as fault:
            told.append(fault.what)

    monkeypatch.setattr("voronka.web.routes.overview.work_ahead", works)
    with TestClient(create_app(company, static=static), base_url=HERE):
        assert told == []
    assert told == ["the work was stopped before it was done"]


def test_a_database_that_is_locked_at_the_start_does_not_keep_it_from_starting(
    company: OpenCompany, static: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def locked() -> int:
        raise RetryError("another process holds the file", where="app.db")

    monkeypatch.setattr(company.people.sessions, "purge", locked)
    with TestClient(create_app(company, static=static), base_url=HERE) as client:
        assert client.get("/healthz").json() == {"ok": True}
    told = "Expired sessions are left until the next start: app.db: another process holds the file"
    assert [record.message for record in caplog.records] == [told]


def test_a_browsers_copy_of_figures_is_checked_without_sending_them_again(signed_in: TestClient) -> None:
    path = "/api/query?metric=leads&by=channel"
    first = signed_in.get(path, headers={"accept-encoding": "gzip"})
    assert {row["channel"]: row["leads"] for row in first.json()["rows"]} == {"Сайт": 2, "Avito": 1}
    again = signed_in.get(path, headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = signed_in.get(f"{path}&by=team", headers={"if-none-match": first.headers["etag"]})
    assert other.status_code == 200
