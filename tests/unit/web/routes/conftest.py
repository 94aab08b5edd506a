"""A company with calls and deals, opened once, or one of a file's own, and a browser signed in to it."""

import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.company import CompanyFolder
from tests.unit.web.conftest import HERE, NOW, sign_in
from voronka import bootstrap
from voronka.bootstrap import OpenCompany
from voronka.web.app import create_app

DEALS = """\
id;who;channel;made;closed;sum;state;name
1;Анна;Сайт;2026-02-02 10:00;2026-02-20 12:00;1000,50;won;=Склад
2;Анна;Сайт;2026-02-03 10:00;2026-02-25 12:00;500;won;Офис
3;Борис;Avito;2026-02-04 10:00;2026-02-26 12:00;700;lost;Цех
4;Борис;Avito;2026-02-05 10:00;;900;open;Лавка
"""
CALLS = """\
no;who;at;seconds
1;Анна;2026-02-27 10:00;600
2;Анна;2026-02-27 11:00;0
3;Борис;2026-02-27 12:00;1200
"""
COLUMNS = {
    "deal_id": "id",
    "employee": "who",
    "channel": "channel",
    "created_at": "made",
    "closed_at": "closed",
    "amount": "sum",
    "outcome": "state",
    "title": "name",
}
PATIENCE_SECONDS = 60


@pytest.fixture(scope="session")
def selling(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenCompany]:
    """Return a company that sells, opened once: its figures are only asked."""
    company = CompanyFolder(
        tmp_path_factory.mktemp("routes") / "company",
        settings='name = "Северный ветер"\n',
        now=NOW - timedelta(hours=2),
    )
    company.stream("crm", "deals", DEALS, into="deals", key="id", columns=COLUMNS)
    calls = {"activity_id": "no", "employee": "who", "started_at": "at", "talk_seconds": "seconds"}
    company.stream("pbx", "calls", CALLS, into="calls", key="no", columns=calls)
    company.sources["crm"]["urls"] = {"deal": "https://crm.example.com/deals/{id}"}
    company.stream("crm", "deals", into="deals", key="id", columns=COLUMNS)
    company.load_and_build()
    opened = bootstrap.open_for_people(str(company.folder), lambda: NOW)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def asking(selling: OpenCompany, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Return a browser signed in to the company that sells."""
    app = create_app(selling, static=tmp_path_factory.mktemp("static"))
    with TestClient(app, base_url=HERE) as client:
        sign_in(client, selling)
        yield client


@pytest.fixture
def opened(folder: CompanyFolder) -> Iterator[OpenCompany]:
    """Return the company of `folder`, which the test file gives, opened for its people."""
    company = bootstrap.open_for_people(str(folder.folder), lambda: NOW)
    yield company
    company.close()


@pytest.fixture
def client(opened: OpenCompany, static: Path) -> Iterator[TestClient]:
    """Return a browser signed in to the company of `opened`."""
    with TestClient(create_app(opened, static=static), base_url=HERE) as browser:
        sign_in(browser, opened)
        yield browser


def ended(client: TestClient, job: dict[str, Any]) -> dict[str, Any]:
    """Return a job as it is when it has come to its end."""
    end = time.monotonic() + PATIENCE_SECONDS
    while job["state"] not in {"done", "failed"}:
        assert time.monotonic() < end, job
        time.sleep(0.05)
        job = client.get(f"/api/data/jobs/{job['job_id']}").json()
    return job


def said(client: TestClient, address: str, status: int) -> dict[str, str]:
    """Return what the error at an address says."""
    answer = client.get(address)
    assert answer.status_code == status
    error: dict[str, str] = answer.json()["error"]
    return error
