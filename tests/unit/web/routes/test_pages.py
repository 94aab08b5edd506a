import pytest
from fastapi.testclient import TestClient

from tests.unit.web.routes.conftest import said
from voronka.reports.pages import PAGES
from voronka.web.shapes import PageShown

FEBRUARY = "from=2026-02-01&to=2026-02-28"


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_page_has_the_shape_that_is_told_of_it(asking: TestClient, name: str) -> None:
    people = asking.get(f"/api/query?metric=calls&by=employee&{FEBRUARY}").json()["rows"]
    chosen = f"&employee={people[0]['employee_id']}" if name == "manager" else ""  # it is of one person
    page = asking.get(f"/api/pages/{name}?{FEBRUARY}{chosen}").json()
    PageShown.model_validate(page)
    assert page["name"] == name
    assert page["facts"] == {"from": "2026-02-01", "to": "2026-02-28"}
    assert page["blocks"]


@pytest.mark.parametrize("name", ["team", "activity", "calls"])
def test_every_block_is_the_answer_to_its_question(asking: TestClient, name: str) -> None:
    page = asking.get(f"/api/pages/{name}?{FEBRUARY}").json()
    for block in page["blocks"].values():
        ask = block["ask"]
        if not ask["metrics"]:
            continue
        where = [f"{name}={value or ''}" for name, values in ask["where"].items() for value in values]
        days = {end: ask[end] for end in ("from", "to", "compare") if ask[end]}
        asked = {"metric": ask["metrics"], "by": ask["by"], "where": where, **days}
        answer = asking.get("/api/query", params=asked).json()
        assert (answer["rows"], answer["totals"]) == (block["rows"], block["totals"])


def test_the_hours_of_talk_are_those_of_the_calls(asking: TestClient) -> None:
    # 27 February: Anna talked 600 s, Boris 1200 s; twenty working days less 23 February
    table = asking.get(f"/api/pages/calls?{FEBRUARY}").json()["tables"]["talk_per_day"]
    assert {row["employee"]: row["talk_time"] for row in table["rows"]} == {
        "Анна": pytest.approx(1 / 6),
        "Борис": pytest.approx(1 / 3),
    }
    assert {row["worked_days"] for row in table["rows"]} == {19}


def test_a_page_that_is_not_there_is_told(asking: TestClient) -> None:
    assert "no page is named cals" in said(asking, "/api/pages/cals", 400)["what"]


def test_what_is_asked_again_is_not_put_together_again(asking: TestClient) -> None:
    first = asking.get("/api/pages/calls")
    again = asking.get("/api/pages/calls", headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304


def test_a_table_of_a_page_is_taken_out_as_a_file(asking: TestClient) -> None:
    answer = asking.get(f"/api/pages/team/table.csv?{FEBRUARY}&table=standing&lang=en")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert 'filename="team.csv"' in answer.headers["content-disposition"]
    table = asking.get(f"/api/pages/team?{FEBRUARY}").json()["tables"]["standing"]
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Role,Manager,Metric")
    assert len(lines) == 1 + len(table["rows"])
    assert asking.get(f"/api/pages/team/table.xlsx?{FEBRUARY}&table=standing").content[:2] == b"PK"


def test_a_table_that_a_page_has_not_is_told(asking: TestClient) -> None:
    assert "no table stand" in said(asking, f"/api/pages/team/table.csv?{FEBRUARY}&table=stand", 400)["what"]
