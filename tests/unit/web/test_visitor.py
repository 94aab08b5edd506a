from dataclasses import replace

from fastapi.testclient import TestClient

from tests.unit.web.conftest import sign_in
from voronka.bootstrap import OpenCompany
from voronka.domain.scope import Scope
from voronka.web.app import create_app
from voronka.web.visitor import Visitor, VisitorNow, cookie_name


def seen(company: OpenCompany, path: str = "/api/who") -> Visitor:
    app = create_app(company)
    found: list[Visitor] = []

    def who(visitor: VisitorNow) -> None:
        found.append(visitor)

    app.router.add_api_route("/api/who", who)
    app.router.routes.insert(0, app.router.routes.pop())
    browser = TestClient(app, base_url="http://localhost")
    sign_in(browser, company)
    assert browser.get(path).status_code == 200
    return found[0]


def test_a_local_account_sees_every_row(company: OpenCompany) -> None:
    visitor = seen(company)
    assert (visitor.name, visitor.role, visitor.scope) == ("Анна", "admin", Scope.everything())
    assert visitor.company is company


def test_the_language_is_the_companys_unless_the_address_says_another(company: OpenCompany) -> None:
    visitor = seen(company, "/api/who?lang=en")
    assert visitor.language == "en"


def test_the_cookies_of_two_companies_on_one_host_are_two(company: OpenCompany) -> None:
    other = replace(company, folder=company.folder.with_name("other"))
    assert cookie_name(company) == cookie_name(replace(company)) != cookie_name(other)
