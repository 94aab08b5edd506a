import io
import logging
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.unit.web.conftest import HERE, Opener, sign_in
from voronka.bootstrap import OpenCompany
from voronka.domain.log_lines import JsonLine
from voronka.web.app import create_app

PLANTED = "zqplanted"


def test_counts_are_for_the_stated_addresses_and_for_those_who_may_see_what_is_loaded(
    company: OpenCompany, browser: TestClient
) -> None:
    assert browser.get("/metrics").status_code == 401
    sign_in(browser, company, "Борис", "manager", "crm:1")
    assert browser.get("/metrics").status_code == 403
    sign_in(browser, company, "Анна", "admin")
    assert browser.get("/metrics").status_code == 200
    assert TestClient(browser.app, base_url=HERE, client=("10.0.0.5", 1)).get("/metrics").status_code == 401


def test_a_stated_address_needs_nothing_else(open_company: Opener, static: Path) -> None:
    opened = open_company('[web]\nmetrics_from = ["10.0.0.0/24"]\n')
    app = create_app(opened, static=static)
    assert TestClient(app, base_url=HERE, client=("10.0.1.5", 1)).get("/metrics").status_code == 401
    said = TestClient(app, base_url=HERE, client=("10.0.0.5", 1)).get("/metrics")
    assert said.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert 'voronka_requests_total{method="GET",route="/metrics",status="401"} 1' in said.text
    assert "voronka_rows_aside 0" in said.text
    assert 'voronka_jobs{state="running"} 0' in said.text
    assert "voronka_build_age_seconds 0" in said.text


def test_neither_counts_nor_the_log_tell_what_was_asked_or_of_whom(
    company: OpenCompany, signed_in: TestClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(*_: object) -> None:
        raise ValueError(PLANTED)

    said, logger = io.StringIO(), logging.getLogger("voronka")
    handler = logging.StreamHandler(said)
    handler.setFormatter(JsonLine())
    caplog.set_level(logging.INFO, "voronka")
    logger.addHandler(handler)
    try:
        signed_in.get(f"/api/query?metric=leads&where=employee={PLANTED}")
        signed_in.get(f"/api/records?metric={PLANTED}")
        signed_in.get(f"/{PLANTED}")
        signed_in.get(f"/enter/{PLANTED}", follow_redirects=False)
        signed_in.post("/api/session", json={"name": PLANTED, "password": PLANTED})
        monkeypatch.setattr(company.people.accounts.__class__, "check_password", fails)
        assert signed_in.post("/api/session", json={"name": PLANTED, "password": PLANTED}).status_code == 500
    finally:
        logger.removeHandler(handler)
    counts = signed_in.get("/metrics").text
    lines = said.getvalue()
    assert lines.count('"event": "request"') == 6
    assert '"fault": "ValueError"' in lines
    assert 'route="/api/query"' in counts
    assert PLANTED not in lines + counts
    assert "Анна" not in lines + counts
