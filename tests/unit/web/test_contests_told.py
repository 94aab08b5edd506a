from fastapi.testclient import TestClient

from tests.unit.web.conftest import sign_in
from voronka.bootstrap import OpenCompany
from voronka.domain.contests import Contest, Wished
from voronka.domain.period import Period
from voronka.web.contests_told import stamps_of

GIVEN = {"title": "Февраль", "prize": "Торт", "metric": "leads", "from": "2026-02-01", "to": "2026-02-28"}


def test_contests_on_their_way_come_first(signed_in: TestClient) -> None:
    for title, first, last in (
        ("прошлый", "02-01", "02-28"),
        ("будущий", "04-01", "04-30"),
        ("этот", "03-01", "03-31"),
    ):
        given = GIVEN | {"title": title, "from": f"2026-{first}", "to": f"2026-{last}"}
        assert signed_in.post("/api/board/contests", json=given).status_code == 201
    told = signed_in.get("/api/board/contests").json()["contests"]
    assert [(each["title"], each["state"]) for each in told] == [
        ("этот", "running"),
        ("будущий", "ahead"),
        ("прошлый", "over"),
    ]


def test_what_a_contest_may_be_made_of_is_told_to_whoever_may_hold_it(
    browser: TestClient, company: OpenCompany
) -> None:
    sign_in(browser, company, "Ольга", "head")
    offers = browser.get("/api/board/contests").json()["offers"]
    assert [each["name"] for each in offers["people"]] == ["Анна", "Ёлкин"]  # Яна has left
    assert [each["name"] for each in offers["teams"]] == ["Север", "Юг"]
    sign_in(browser, company, "Вера", "owner")  # sees the same rows, and holds no contests
    assert browser.get("/api/board/contests").json()["offers"] is None


def test_a_stamp_changes_with_every_change(company: OpenCompany) -> None:
    at, period = company.clock(), Period(company.clock().date(), company.clock().date())
    one = Contest(1, Wished("a", "", "calls", period), "x", at, at)
    assert stamps_of([one]) != stamps_of([])
