import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient

from tests.unit.web.conftest import HERE, Opener
from voronka.bootstrap import OpenCompany
from voronka.web.app import create_app
from voronka.web.guard import MOST_BODY

CREDENTIALS = {"name": "a", "password": "b"}


@pytest.mark.parametrize(
    "host", ["evil.example.com", "localhost.evil.example.com", "127.0.0.1.nip.io", "", "192.0.2.1"]
)
def test_the_pages_are_not_served_under_a_name_that_is_not_theirs(browser: TestClient, host: str) -> None:
    for path in ("/", "/api/session", "/healthz", "/enter/x"):
        answer = browser.get(path, headers={"host": host})
        assert (answer.status_code, answer.json()["error"]["kind"]) == (400, "settings")


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8765", "127.0.0.1:8765", "[::1]:8765"])
def test_the_pages_are_served_under_the_names_of_this_machine(browser: TestClient, host: str) -> None:
    assert browser.get("/healthz", headers={"host": host}).status_code == 200


def test_the_pages_are_served_under_the_names_of_the_settings(open_company: Opener) -> None:
    opened = open_company('[web]\nhosts = ["sales.local"]\npublic_url = "https://sales.example.com"\n')
    browser = TestClient(create_app(opened, ("10.1.2.3",)), base_url=HERE)
    for host, status in (
        ("sales.local:8765", 200),
        ("sales.example.com", 200),
        ("10.1.2.3", 200),
        ("other.local", 400),
    ):
        assert browser.get("/healthz", headers={"host": host}).status_code == status


def test_the_pages_are_served_under_the_address_at_which_a_request_came_in(company: OpenCompany) -> None:
    browser = TestClient(create_app(company), base_url="http://192.0.2.9:8765")
    assert browser.get("/healthz").status_code == 200
    assert browser.get("/healthz", headers={"host": "192.0.2.8"}).status_code == 400


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example.com"},
        {"origin": "null"},
        {"origin": "http://localhost:9999"},
        {"origin": HERE, "sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "none"},
    ],
)
def test_another_site_can_change_nothing(signed_in: TestClient, headers: dict[str, str]) -> None:
    for method in ("POST", "DELETE", "PUT"):
        answer = signed_in.request(method, "/api/session", headers=headers)
        assert answer.status_code == 403
    assert signed_in.get("/api/session").status_code == 200


@pytest.mark.parametrize(
    "headers",
    [{"origin": HERE, "sec-fetch-site": "same-origin"}, {"origin": HERE}, {"sec-fetch-site": "same-origin"}, {}],
)
def test_our_own_page_and_a_program_can(signed_in: TestClient, headers: dict[str, str]) -> None:
    assert signed_in.delete("/api/session", headers=headers).status_code == 204


def test_behind_a_proxy_our_own_page_is_that_of_the_public_address(open_company: Opener) -> None:
    opened = open_company('[web]\npublic_url = "https://sales.example.com"\n')
    browser = TestClient(create_app(opened), base_url=HERE)
    assert browser.delete("/api/session", headers={"origin": "https://sales.example.com"}).status_code == 204
    assert browser.delete("/api/session", headers={"origin": "https://sales.example.org"}).status_code == 403


def test_browsers_are_told_what_to_refuse_whatever_the_answer(browser: TestClient) -> None:
    for path in ("/", "/api/session", "/api/nothing", "/assets/nothing.js"):
        headers = browser.get(path).headers
        policy = headers["content-security-policy"].split("; ")
        assert "default-src 'self'" in policy
        assert "frame-ancestors 'none'" in policy
        assert not any("script" in part or "http" in part for part in policy)
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"


def test_what_the_api_says_is_kept_by_no_cache_unless_it_says_so(signed_in: TestClient) -> None:
    assert signed_in.get("/api/session").headers["cache-control"] == "no-store"


def test_a_request_that_is_too_large_is_refused_before_it_is_read(browser: TestClient) -> None:
    answer = browser.post("/api/session", content=b"x" * (MOST_BODY + 1))
    assert (answer.status_code, answer.json()["error"]["kind"]) == (413, "question")


def test_a_request_that_does_not_say_its_length_is_refused_when_it_grows_too_large(browser: TestClient) -> None:
    def parts() -> Iterator[bytes]:
        for _ in range(MOST_BODY // 1000 + 1):
            yield b"x" * 1000

    answer = browser.post("/api/session", content=parts(), headers={"content-type": "application/json"})
    assert (answer.status_code, answer.json()["error"]["kind"]) == (413, "question")


@pytest.mark.parametrize("length", ["-1", "x", "1e3"])
def test_a_length_that_is_no_number_is_refused(browser: TestClient, length: str) -> None:
    assert browser.post("/api/session", content=b"{}", headers={"content-length": length}).status_code == 413


def test_what_was_not_foreseen_is_logged_under_a_number_and_told_without_details(
    company: OpenCompany, static: Path, caplog: pytest.LogCaptureFixture
) -> None:
    app = create_app(company, static=static)

    def broken() -> str:
        raise ZeroDivisionError("the secret ingredient")

    app.router.routes.insert(0, APIRoute("/broken", broken))
    with TestClient(app, base_url=HERE) as browser, caplog.at_level(logging.ERROR, "voronka.web"):
        answer = browser.get("/broken")
    assert answer.status_code == 500
    assert answer.json()["error"]["kind"] == "ours"
    assert "secret" not in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"
    (record,) = caplog.records
    number = answer.json()["error"]["what"].partition("number ")[2].strip(")")
    assert f"fault {number} at /broken" in record.getMessage()
    assert record.exc_info is not None
    assert record.exc_info[0] is ZeroDivisionError
