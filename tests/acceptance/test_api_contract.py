"""Whatever the API's description allows, and what it does not: every answer is one that the description tells of.

The questions are made from the description by schemathesis, the same in every run, now and then with values that mean
something in the company; they are asked by people of several roles.
"""

import copy
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import pytest
import schemathesis
from fastapi.testclient import TestClient
from httpx2 import Response
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from hypothesis.strategies import SearchStrategy
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.acceptance.guarded_company import ANNA, PLANTED, guarded_company
from tests.company import NOW
from voronka import bootstrap
from voronka.bootstrap import OpenCompany
from voronka.domain.access import ACCESS_ROLES, Right
from voronka.web.app import create_app
from voronka.web.visitor import cookie_name
from voronka.web.workers import Workers

HERE = "http://localhost:8765"
OF_EACH_MODE = {GenerationMode.POSITIVE: 2, GenerationMode.NEGATIVE: 1}
"""How many questions of each operation are made: such as the description allows, and such as it does not."""
TOLD = [
    *(not_a_server_error, status_code_conformance, content_type_conformance),
    *(response_headers_conformance, response_schema_conformance),
]
DOORS = {("get", "/api/setup"), ("post", "/api/setup"), ("post", "/api/session"), ("delete", "/api/session")}
DOORS |= {("post", "/api/invitation"), ("post", "/api/invitation/look")}
MEANT: Mapping[str, Sequence[object]] = {
    "employee": ("crm:2", "crm:3", "crm:4"),
    "employee_id": ("crm:2", "crm:3"),
    "team": ("crm:north", "crm:south"),
    "channel": ("Site",),
    "from": ("2026-01-01",),
    "to": ("2026-03-02",),
    "compare": ("previous",),
    "metric": ("leads", "revenue", "calls", "deals_lost"),
    "by": ("employee", "contact", "month"),
    "where": ("employee=crm:3", "employee=crm:4", "employee=crm:2"),
    "pipeline": ("sales",),
    "axis": ("created",),
    "against": ("outcome",),
    "q": ("zqvera", "client", "9160000031", "@client", "lead zq"),
    "table": ("standing", "groups", "handovers", "queues", "due", "edges", "places::revenue"),
    "kind": ("payments",),
    "log": ("desk",),
    "at": ("2026-02-01",),
    "scope": ("employee", "company"),
    "id": ("crm:3", "crm:2"),
    "grain": ("month",),
    "sort": ("",),
    **dict.fromkeys(("view_id", "contest_id", "number", "job_id", "user_id"), (1, 2)),
}
"""What means something in the company, by the parameter's or the field's name."""


@dataclass(frozen=True)
class Asked:
    """A question and to which operation: it is asked again by each role."""

    method: str
    path: str
    case: Case[Any]

    def ask(self, browser: TestClient) -> Response:
        """Ask it."""
        told = self.case.as_transport_kwargs(base_url=HERE)
        sent = {name: told[name] for name in ("params", "json", "headers", "files") if told.get(name) is not None}
        if self.path == "/api/news":
            sent["params"] = {"seconds": "0"}  # it listens for ten minutes else
        if told.get("data") is not None:
            sent["content"] = told["data"]
        return browser.request(told["method"], told["url"], follow_redirects=False, **sent)


def with_what_means_something(described: Mapping[str, Any]) -> dict[str, Any]:
    """Return the description in which a parameter or a field is one of the company's own values, where it has such."""
    made = copy.deepcopy(dict(described))
    for methods in made["paths"].values():
        for told in methods.values():
            for each in told.get("parameters", ()):
                each["schema"] = _meant(each["name"], each["schema"])
    return made


def _meant(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    values = MEANT.get(name)
    if values is None:
        return schema
    if schema.get("type") == "array":
        return {**schema, "items": {"enum": list(values)}, "maxItems": 2}
    return {"enum": list(values)}


def questions(described: Mapping[str, Any]) -> Iterator[Asked]:
    """Give what is asked of each operation."""
    for found in schemathesis.openapi.from_dict(with_what_means_something(described)).get_all_operations():
        assert isinstance(found, Ok)
        operation = found.ok()
        for mode, most in OF_EACH_MODE.items():
            cases = drawn(operation.as_strategy(generation_mode=mode), most)
            yield from (Asked(operation.method, operation.path, each) for each in cases)


def drawn(cases: SearchStrategy[Case[Any]], most: int) -> list[Case[Any]]:
    """Return the first cases, the same in every run; none where there is nothing to be got wrong."""
    found: list[Case[Any]] = []

    @settings(
        derandomize=True,
        max_examples=most,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(cases)
    def collect(case: Case[Any]) -> None:
        found.append(case)

    with suppress(Unsatisfiable):
        collect()
    return found[:most]


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenCompany]:
    made = guarded_company(tmp_path_factory.mktemp("contract") / "company")
    opened = bootstrap.open_for_people(str(made.folder), lambda: NOW)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def app_browser(company: OpenCompany, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Return a browser over the application, whose jobs are asked for and not done."""
    app = create_app(company, static=tmp_path_factory.mktemp("static"))
    app.state.workers = Workers(company, program=("true",))
    with TestClient(app, base_url=HERE) as browser:
        yield browser
        app.state.workers.stop()


@pytest.fixture(scope="module")
def asked(app_browser: TestClient) -> list[Asked]:
    return list(questions(app_browser.app.openapi()))  # type: ignore[attr-defined]


def wrong_of(each: Asked, answer: Response) -> list[str]:
    """Return what of an answer the description does not tell of."""
    try:
        each.case.validate_response(answer, checks=TOLD, transport_kwargs={"base_url": HERE})
    except FailureGroup as found:
        body = str(answer.request.content[:300])
        return [f"{answer.request.method} {answer.url} {body}: {answer.status_code} {one}" for one in found.exceptions]
    return []


@pytest.mark.parametrize(("role", "employee_id"), [("head", None), ("manager", ANNA), ("marketing", None)])
def test_every_answer_is_one_that_the_description_tells_of_and_nobody_else_is_in_it(
    company: OpenCompany, app_browser: TestClient, asked: list[Asked], role: str, employee_id: str | None
) -> None:
    user = company.people.accounts.add_user(role, None, role, employee_id=employee_id)
    wrong, answered = [], set()
    foreign = {one.marker for one in PLANTED if employee_id and one.employee != 2}
    hidden = set() if Right.PERSONAL in ACCESS_ROLES[role].rights else {one.phone[-10:] for one in PLANTED}
    for each in asked:
        app_browser.cookies.set(
            cookie_name(company), company.people.sessions.start(user.user_id), domain="localhost.local"
        )
        answer = each.ask(app_browser)
        wrong += wrong_of(each, answer)
        if answer.status_code < 300:
            answered.add((each.method, each.path))
            wrong += [f"{answer.url} shows {text}" for text in foreign | hidden if text in answer.text]
        if "etag" in answer.headers and answer.status_code == 200:
            again = app_browser.get(str(answer.url), headers={"if-none-match": answer.headers["etag"]})
            wrong += wrong_of(each, again) if again.status_code == 304 else [f"{answer.url} asked again: {again}"]
    assert wrong == []
    assert len(answered) > 20, answered


def test_whoever_is_not_signed_in_is_told_so_by_every_operation(app_browser: TestClient, asked: list[Asked]) -> None:
    app_browser.cookies.clear()
    wrong = []
    for each in asked:
        if (each.method, each.path) not in DOORS:
            answer = each.ask(app_browser)
            is_read = "JSON decode error" not in answer.text  # what is no JSON is refused before anybody is asked for
            wrong += wrong_of(each, answer)
            wrong += [f"{answer.url} {answer}"] if is_read and answer.status_code != 401 else []
    assert wrong == []
