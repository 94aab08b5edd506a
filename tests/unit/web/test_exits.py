import pytest
from fastapi import Response
from fastapi.testclient import TestClient

from tests.unit.web.conftest import HERE, sign_in
from voronka.bootstrap import OpenCompany
from voronka.domain.errors import RetryError
from voronka.web.app import create_app
from voronka.web.asked import CSV
from voronka.web.visitor import VisitorNow

NUMBER = {"client": "89161234512"}


@pytest.fixture
def outside(company: OpenCompany) -> TestClient:
    """Return a browser over the application with routes that take no care of what they give."""
    app = create_app(company)

    def careless(_visitor: VisitorNow) -> dict[str, str]:
        return NUMBER

    def table(_visitor: VisitorNow) -> Response:
        return Response("client\n1", media_type=CSV)

    def change(visitor: VisitorNow) -> None:
        visitor.note("access", "Борис: manager → head")

    app.router.add_api_route("/api/careless", careless)
    app.router.add_api_route("/api/table", table)
    app.router.add_api_route("/api/change", change, methods=["POST"])
    for _ in range(3):
        app.router.routes.insert(0, app.router.routes.pop())
    return TestClient(app, base_url=HERE)


def noted(company: OpenCompany) -> list[tuple[str, str, str]]:
    return [(each.user, each.action, each.what) for each in company.people.access.audit.entries()[0]]


def test_whatever_route_gives_a_number_it_is_hidden_from_those_who_may_not_see_it(
    outside: TestClient, company: OpenCompany
) -> None:
    sign_in(outside, company, "Мария", "marketing")
    answer = outside.get("/api/careless")
    assert answer.json() == {"client": "8 ••• ••12"}
    assert int(answer.headers["content-length"]) == len(answer.content)
    sign_in(outside, company)
    assert outside.get("/api/careless").json() == NUMBER


def test_a_table_is_noted_or_refused_whatever_route_gives_it(outside: TestClient, company: OpenCompany) -> None:
    sign_in(outside, company, "Мария", "marketing")
    assert outside.get("/api/table?where=phone%3D89161234512").text == "client\n1"
    sign_in(outside, company, "Пётр", "manager")
    refused = outside.get("/api/table")
    assert (refused.status_code, "take tables out" in refused.text) == (403, True)
    assert noted(company) == [
        ("Пётр", "refused", "GET /api/table"),
        ("Мария", "export", "GET /api/table?where=phone=8 ••• ••12"),
    ]


def test_a_change_is_noted_in_the_words_of_who_made_it(outside: TestClient, company: OpenCompany) -> None:
    sign_in(outside, company)
    outside.post("/api/change")
    outside.get("/api/careless")
    assert noted(company) == [("Анна", "access", "Борис: manager → head")]


def test_what_cannot_be_noted_is_not_given_out(
    outside: TestClient, company: OpenCompany, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_: object, **__: object) -> None:
        raise RetryError("another process holds the file")

    sign_in(outside, company)
    monkeypatch.setattr(type(company.people.access.audit), "note", locked)
    answer = outside.get("/api/table")
    assert (answer.status_code, "client" in answer.text) == (503, False)
