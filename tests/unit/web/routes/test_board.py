"""The board and contests over HTTP: who sees what, who may hold what, and what is kept of it."""

import pytest
from fastapi.testclient import TestClient

from tests.unit.web.conftest import HERE
from voronka.bootstrap import OpenCompany
from voronka.web.visitor import cookie_name

FEBRUARY = "from=2026-02-01&to=2026-02-28"
GIVEN = {"title": "Февраль", "prize": "Торт", "metric": "leads", "from": "2026-02-01", "to": "2026-02-28"}


def other(browser: TestClient, company: OpenCompany, role: str) -> TestClient:
    user = company.people.accounts.add_user(f"another {role}", None, role)
    made = TestClient(browser.app, base_url=HERE)
    made.cookies.set(cookie_name(company), company.people.sessions.start(user.user_id), domain="localhost.local")
    return made


def test_a_manager_who_sees_no_row_sees_everybodys_totals(signed_in: TestClient, company: OpenCompany) -> None:
    assert signed_in.post("/api/board/metrics", json={"metrics": ["leads"]}).status_code == 200
    manager = other(signed_in, company, "manager")
    tables = manager.get(f"/api/board?{FEBRUARY}").json()["tables"]
    found = {row["employee"]: (row["leads"], row["opens"]) for row in tables["places::leads"]["rows"]}
    assert found["Анна"] == (2, False)  # two leads of February; Яна left before it began
    assert set(found) == {"Анна", "Ёлкин"}
    assert manager.get(f"/api/query?metric=leads&{FEBRUARY}&by=employee").json()["rows"] == []


def test_the_metrics_of_the_board_are_chosen_among_those_that_add_up(signed_in: TestClient) -> None:
    refused = signed_in.post("/api/board/metrics", json={"metrics": ["win_rate"]})
    assert (refused.status_code, "has no places" in refused.text) == (400, True)
    chosen = signed_in.post("/api/board/metrics", json={"metrics": ["leads", "calls"]}).json()["offers"]["chosen"]
    assert chosen == ["leads", "calls"]
    assert signed_in.post("/api/board/metrics", json={"metrics": []}).json()["offers"]["chosen"] == []


def test_a_contest_is_held_changed_and_deleted_and_each_is_noted(signed_in: TestClient, company: OpenCompany) -> None:
    made = signed_in.post("/api/board/contests", json=GIVEN)
    assert made.status_code == 201
    [contest] = made.json()["contests"]
    number = contest["contest_id"]
    assert (contest["state"], contest["said"]["kind"], contest["said"]["values"]["names"]) == ("over", "leader", "Анна")
    assert contest["kept_at"] == "2026-03-02T12:00:00"  # noon in Moscow: the data were built after the last day
    changed = signed_in.post(f"/api/board/contests/{number}", json=GIVEN | {"to": "2026-03-31"}).json()
    assert (changed["contests"][0]["state"], changed["contests"][0]["kept_at"]) == ("running", None)
    ended = signed_in.post(f"/api/board/contests/{number}/end").json()["contests"][0]
    assert (ended["state"], ended["ended_on"], ended["kept_at"]) == ("over", "2026-03-02", "2026-03-02T12:00:00")
    assert signed_in.post(f"/api/board/contests/{number}/end").status_code == 400
    assert signed_in.delete(f"/api/board/contests/{number}").status_code == 204
    assert signed_in.get("/api/board/contests").json()["contests"] == []
    entries, _ = company.people.access.audit.entries(action="change")
    assert {f"contest {number} {done}: Февраль" for done in ("made", "changed", "ended", "deleted")} <= {
        each.what for each in entries
    }


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"metric": "win_rate"}, "has no places"),
        ({"members": ["a", "b"]}, "nobody has the id a"),
        ({"to": "2026-01-31"}, "ends before it begins"),
        ({"from": None}, "a first and a last day"),
        ({"title": "  "}, "title is empty"),
    ],
)
def test_what_is_no_contest_is_refused(signed_in: TestClient, change: dict[str, object], said: str) -> None:
    answer = signed_in.post("/api/board/contests", json=GIVEN | change)
    assert (answer.status_code, said in answer.text) == (400, True)
    assert signed_in.get("/api/board/contests").json()["contests"] == []


def test_a_file_of_a_contest_follows_the_contest(signed_in: TestClient) -> None:
    number = signed_in.post("/api/board/contests", json=GIVEN).json()["contests"][0]["contest_id"]
    address = f"/api/board/table.csv?table=contest:{number}"
    assert "Анна;" in signed_in.get(address).text
    signed_in.post(f"/api/board/contests/{number}", json=GIVEN | {"from": "2026-05-01", "to": "2026-05-31"})
    assert "Анна;" not in signed_in.get(address).text
    assert signed_in.get("/api/board/table.csv?table=contest:x").status_code == 400


def test_a_screen_opens_the_board_and_nothing_else(signed_in: TestClient, company: OpenCompany) -> None:
    screen = other(signed_in, company, "screen")
    opened = ("/api/board", "/api/board/contests", "/api/session", "/api/metrics", "/api/news?seconds=0")
    assert {screen.get(path).status_code for path in opened} == {200}
    shut = ("/api/overview", "/api/account", "/api/records?metric=leads", "/api/query?metric=leads", "/api/boards")
    assert {screen.get(path).status_code for path in shut} <= {403, 404}
    assert screen.post("/api/account/tokens", json={}).status_code == 403
    assert screen.get("/api/session").json()["user"]["start"] == "board"
