from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.unit.web.conftest import HERE, PAGE, SCRIPT
from voronka.bootstrap import OpenCompany
from voronka.web.app import create_app

ASSET = "/assets/app-1a2b3c.js"


@pytest.mark.parametrize("path", ["/", "/overview", "/people/17?from=2026-01-01", "/index.html", "/apiary", "/docs"])
def test_every_address_that_is_no_file_gives_the_page(browser: TestClient, path: str) -> None:
    answer = browser.get(path)
    assert (answer.status_code, answer.text) == (200, PAGE)
    assert answer.headers["content-type"] == "text/html; charset=utf-8"


def test_the_page_is_asked_for_each_time_and_sent_when_it_changed(browser: TestClient, static: Path) -> None:
    first = browser.get("/")
    assert first.headers["cache-control"] == "no-cache"
    known = {"if-none-match": first.headers["etag"]}
    again = browser.get("/", headers=known)
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    (static / "index.html").write_text("<!doctype html>new", "utf-8")
    (static / "index.html.gz").unlink()
    assert browser.get("/", headers=known).text == "<!doctype html>new"


def test_a_file_with_a_hash_in_its_name_is_kept_for_good(browser: TestClient) -> None:
    answer = browser.get(ASSET)
    assert (answer.status_code, answer.text) == (200, SCRIPT)
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"


@pytest.mark.parametrize("path", ["/", ASSET])
def test_the_compressed_file_is_sent_to_those_who_take_it(browser: TestClient, path: str) -> None:
    packed = browser.get(path, headers={"accept-encoding": "br, gzip"})
    plain = browser.get(path, headers={"accept-encoding": "identity"})
    refused = browser.get(path, headers={"accept-encoding": "gzip;q=0, br"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert "content-encoding" not in refused.headers
    assert packed.text == plain.text == refused.text
    assert packed.headers["content-type"] == plain.headers["content-type"]
    assert packed.headers["vary"] == plain.headers["vary"] == "Accept-Encoding"


def test_a_file_beside_the_page_is_sent_as_what_it_is(browser: TestClient) -> None:
    answer = browser.get("/icon.svg")
    assert (answer.text, answer.headers["content-type"]) == ("<svg/>", "image/svg+xml")
    assert answer.headers["cache-control"] == "no-cache"


def test_an_asset_that_is_not_there_is_not_the_page(browser: TestClient) -> None:
    assert browser.get("/assets/app-000000.js").status_code == 404
    assert browser.get(f"{ASSET}.gz").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/..%2Fsecret.txt",
        "/%2e%2e/secret.txt",
        "/assets/../../secret.txt",
        "/assets/..%2F..%2Fsecret.txt",
        "/assets/%2e%2e%2f%2e%2e%2fsecret.txt",
        "/..%5Csecret.txt",
        "//etc/passwd",
        "/%2Fetc%2Fpasswd",
        "/%00",
        "/assets/%00",
    ],
)
def test_no_path_leads_out_of_the_folder(browser: TestClient, path: str) -> None:
    answer = browser.get(path)
    assert answer.status_code in {200, 404}
    assert "not for you" not in answer.text
    assert "root:" not in answer.text


def test_a_link_in_the_folder_does_not_lead_out_of_it(browser: TestClient, static: Path) -> None:
    (static / "out.txt").symlink_to(static.parent / "secret.txt")
    assert browser.get("/out.txt").text == PAGE


def test_a_head_request_has_the_headers_and_no_body(browser: TestClient) -> None:
    answer = browser.head("/")
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["etag"]


def test_pages_that_are_not_built_are_told_with_what_to_do(company: OpenCompany, tmp_path: Path) -> None:
    browser = TestClient(create_app(company, static=tmp_path / "nothing"), base_url=HERE)
    for path in ("/", "/overview", ASSET):
        answer = browser.get(path)
        assert answer.status_code == 503
        assert "<code>make</code>" in answer.text
    assert browser.get("/api/session").status_code == 401
