from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.company import CompanyFolder
from tests.unit.web.conftest import HERE, sign_in
from tests.unit.web.routes.conftest import said
from voronka import bootstrap
from voronka.bootstrap import OpenCompany
from voronka.web.app import create_app
from voronka.web.routes.overview import work_ahead
from voronka.web.shapes import OverviewShown

FEBRUARY = "/api/overview?from=2026-02-01&to=2026-02-28"


def test_the_running_month_is_shown_where_nothing_is_asked(asking: TestClient) -> None:
    page = asking.get("/api/overview").json()
    OverviewShown.model_validate(page)
    assert page["period"] == {"from": "2026-03-01", "to": "2026-03-31"}
    assert page["facts"] == {"from": "2026-03-01", "to": "2026-03-02"}
    # it is noon: three of nine hours of Monday are over, so only Sunday counts
    assert page["counted"] == {"from": "2026-03-01", "to": "2026-03-01"}
    assert page["compared"] == {"from": "2026-02-01", "to": "2026-02-01"}
    assert (page["today"], page["day"]) == ("2026-03-02", "2026-02-27")  # Monday; the Friday before
    assert page["headline"]["kind"] == "nothing_sold"
    # 1 March is a Sunday, so is 1 February; the last call was on Friday 27 February
    assert page["working_days"] == {"facts": 1, "counted": 0, "compared": 0}
    assert page["data_until"] == "2026-02-27"


def test_every_figure_of_the_page_is_that_of_its_question(asking: TestClient) -> None:
    page = asking.get(FEBRUARY).json()
    tiles = page["tiles"]
    blocks = [tiles["facts"], tiles["plans"], tiles["trend"]]
    blocks += [page[name] for name in ("daily", "activity", "calls_by_hour", "funnel", "revenue_by_month")]
    blocks += [page[name] for name in ("unanswered", "without_task")]
    for block in blocks:
        ask = block["ask"]
        where = [f"{name}={value or ''}" for name, values in ask["where"].items() for value in values]
        days = {name: ask[name] for name in ("from", "to", "compare") if ask[name]}
        asked = {"metric": ask["metrics"], "by": ask["by"], "where": where, **days}
        answer = asking.get("/api/query", params=asked).json()
        assert (answer["rows"], answer["totals"]) == (block["rows"], block["totals"])
    assert tiles["facts"]["totals"]["revenue"] == 1500.5


def test_filters_hold_by_id(asking: TestClient) -> None:
    rows = asking.get(FEBRUARY).json()["activity"]["rows"]
    boris = next(row["employee_id"] for row in rows if row["employee"] == "Борис")
    page = asking.get("/api/overview", params={"from": "2026-02-01", "employee": boris}).json()
    assert page["tiles"]["facts"]["totals"]["calls"] == 1
    assert page["tiles"]["facts"]["ask"]["where"] == {"employee": [boris]}
    nobody = asking.get("/api/overview?from=2026-02-01&team=").json()
    assert nobody["tiles"]["facts"]["ask"]["where"] == {"team": [None]}


def test_the_comparison_is_chosen(asking: TestClient) -> None:
    assert asking.get(f"{FEBRUARY}&compare=none").json()["compared"] is None
    assert asking.get(f"{FEBRUARY}&compare=year").json()["compared"] == {"from": "2025-02-01", "to": "2025-02-28"}


def test_another_day_is_chosen(asking: TestClient) -> None:
    assert asking.get("/api/overview?day=2026-02-26").json()["daily"]["ask"]["from"] == "2026-02-26"


@pytest.mark.parametrize(
    ("address", "what"),
    [
        ("team=nobody", "No such team: nobody"),
        ("from=yesterday", "from: not a day: yesterday"),
        ("from=0001-01-01&to=9999-12-31", "from: no figures are of this day: 0001-01-01"),
        ("to=2026-03-01", "a period needs its first day"),
        ("compare=week", "compare: Input should be 'previous', 'year' or 'none'"),
    ],
)
def test_what_cannot_be_asked_is_told(asking: TestClient, address: str, what: str) -> None:
    assert what in said(asking, f"/api/overview?{address}", 400)["what"]


def test_the_longest_period_there_is_can_be_asked_about(asking: TestClient) -> None:
    page = asking.get("/api/overview?from=1970-01-01&to=2100-12-31&day=1970-01-01")
    assert (page.status_code, page.json()["tiles"]["grain"]) == (200, "month")
    assert asking.get("/api/overview?from=2100-12-01&to=2100-12-31&day=2100-12-31").status_code == 200


def test_what_is_asked_again_is_not_put_together_again(asking: TestClient) -> None:
    first = asking.get("/api/overview")
    again = asking.get("/api/overview", headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    assert first.headers["cache-control"] == "private, no-cache"


def test_the_page_opened_first_was_worked_out_ahead(
    selling: OpenCompany, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = TestClient(
        create_app(selling, static=tmp_path), base_url=HERE
    )  # not begun: nothing ahead but what follows
    sign_in(client, selling, "Галина")
    work_ahead(selling)
    asked: list[str] = []
    monkeypatch.setattr(selling.metrics, "_answer", lambda query, *_: asked.append(str(query.metrics)))
    assert client.get("/api/overview").json()["period"] == {"from": "2026-03-01", "to": "2026-03-31"}
    assert asked == []


def test_nothing_is_worked_out_ahead_of_the_first_build(tmp_path: Path) -> None:
    company = bootstrap.open_for_people(str(CompanyFolder(tmp_path / "new").folder))
    work_ahead(company)
    assert company.built_at() is None
    company.close()
