"""While a file is loaded and the figures are built, pages are answered with the figures as they were before."""

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.company import NOW, CompanyFolder
from voronka import bootstrap
from voronka.web.app import create_app
from voronka.web.visitor import cookie_name
from voronka.web.workers import Workers

COLUMNS = {"deal_id": "no", "amount": "sum", "closed_at": "won", "outcome": "= 'won'"}
MORE = "no,sum,won\n" + "".join(f"{n},10,2026-02-20\n" for n in range(100, 500))
WISH = {"into": "deals", "columns": {"no": "deal_id", "sum": "amount", "won": "closed_at"}, "source": "shop"}
REVENUE = "/api/query?metric=revenue&from=2026-02-01&to=2026-02-28"
PAGES = (REVENUE, "/api/data", "/api/data/loads", "/api/session", "/api/overview?from=2026-02-01&to=2026-02-28")
PATIENCE_SECONDS = 120
WORKING = """
import sys, time
from pathlib import Path
from voronka.lake.delta import DeltaStore
from voronka.web.working import main

HELD = {"append": "raw/shop", "replace": "core/fct_deals"}
place = Path(sys.argv[1])

def held(method):
    # The first write of the load and that of the build tell that they are reached, and wait until they may go on.
    called = getattr(DeltaStore, method)

    def call(self, name, *given, **named):
        if name.startswith(HELD[method]):
            (place / f"{method} is reached").touch()
            while not (place / f"{method} may go on").exists():
                time.sleep(0.01)
        return called(self, name, *given, **named)

    setattr(DeltaStore, method, call)

for method in HELD:
    held(method)
sys.exit(main(sys.argv[2:]))
"""


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    """Return a browser signed in to a small company whose jobs are done by WORKING."""
    company = CompanyFolder(tmp_path / "company")
    company.stream("crm", "deals", "no,sum,won\n1,1000,2026-02-10\n", into="deals", key="no", columns=COLUMNS)
    company.load_and_build()
    opened = bootstrap.open_for_people(str(company.folder), lambda: NOW)
    app = create_app(opened, static=tmp_path)
    app.state.workers = Workers(opened, (sys.executable, "-c", WORKING, str(tmp_path)))
    token = opened.people.sessions.start(opened.people.accounts.add_user("Анна", None).user_id)
    with TestClient(app, base_url="http://localhost:8765") as browser:
        browser.cookies.set(cookie_name(opened), token, domain="localhost.local")
        yield browser
    app.state.workers.stop()
    opened.close()


def until(is_so: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.02)


def revenue(client: TestClient) -> float:
    return float(client.get(REVENUE).json()["rows"][0]["revenue"])


def test_pages_are_answered_while_a_file_is_loaded_and_built(client: TestClient, tmp_path: Path) -> None:
    upload = client.post("/api/data/uploads?name=more.csv", content=MORE).json()["upload_id"]
    number = client.post(f"/api/data/uploads/{upload}/load", json=WISH).json()["job_id"]

    def job() -> Any:  # noqa: ANN401 - JSON
        return client.get(f"/api/data/jobs/{number}").json()

    for held, step in (("append", "load"), ("replace", "build")):
        until(lambda held=held: (tmp_path / f"{held} is reached").exists() or job()["state"] in {"done", "failed"})  # type: ignore[misc]
        assert job()["state"] == "running", job()
        assert job()["progress"]["step"] == step
        assert [client.get(page).status_code for page in PAGES] == [200] * len(PAGES)
        assert revenue(client) == 1000
        (tmp_path / f"{held} may go on").touch()
    until(lambda: job()["state"] in {"done", "failed"})
    assert job()["state"] == "done", job()
    loads = client.get("/api/data/loads").json()["rows"]
    assert {row["source"]: row["good"] for row in loads} == {"shop": 400, "crm": 1}
