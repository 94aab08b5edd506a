"""Who gets what by which exit: every role, every route, JSON, CSV and XLSX, answers kept rendered included.

Every record of every person holds a marker of theirs, a number and a mail address of a client. Pictures and print are
made by the browser of what the routes of JSON give.
"""

import io
import zipfile
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

import pytest
from fastapi.routing import APIRoute, iter_route_contexts
from fastapi.testclient import TestClient

from tests.acceptance.guarded_company import ANNA, OLGA, PLANTED, guarded_company
from tests.company import NOW
from voronka import bootstrap
from voronka.bootstrap import OpenCompany
from voronka.domain.access import ACCESS_ROLES, GIVEN_ROLES, SCREEN, Right
from voronka.metrics.record_columns import RECORDS
from voronka.reports.pages import PAGES
from voronka.web.app import create_app
from voronka.web.visitor import ON_SCREEN, cookie_name

HERE = "http://localhost:8765"
PASSWORD = "семь раз отмерь"  # noqa: S105 - nobody's
OPEN = frozenset[Right]()
EVERYBODY = OPEN
DATA, LOADS, AUDIT = frozenset({Right.DATA}), frozenset({Right.LOADS}), frozenset({Right.AUDIT})
PEOPLE, HYPOTHESES, EXPORT = frozenset({Right.PEOPLE}), frozenset({Right.HYPOTHESES}), frozenset({Right.EXPORT})
PLANS = frozenset({Right.PLANS})
BOARD, CONTESTS = frozenset({Right.BOARD}), frozenset({Right.BOARD, Right.CONTESTS})
REGULATIONS = frozenset({Right.REGULATIONS})
STAFF = frozenset({Right.STAFF})
SETTINGS = frozenset({Right.SETTINGS})
ONE_TO_ONE = frozenset({Right.ONE_TO_ONE})

DOORS = {
    ("POST", "/api/session"),
    ("DELETE", "/api/session"),
    ("GET", "/api/setup"),
    ("POST", "/api/setup"),
    ("POST", "/api/invitation"),
    ("POST", "/api/invitation/look"),
}
"""The ways in and out, which ask for nobody and show no data."""
NEEDS: dict[tuple[str, str], frozenset[Right]] = {
    ("GET", "/api/session"): EVERYBODY,
    ("GET", "/api/news"): EVERYBODY,
    ("GET", "/api/overview"): EVERYBODY,
    ("GET", "/api/pages/{name}"): EVERYBODY,
    ("GET", "/api/pages/{name}/table.csv"): EXPORT,
    ("GET", "/api/pages/{name}/table.xlsx"): EXPORT,
    ("GET", "/api/funnel"): EVERYBODY,
    ("GET", "/api/funnel/cohorts"): EVERYBODY,
    ("GET", "/api/funnel/table.csv"): EXPORT,
    ("GET", "/api/funnel/table.xlsx"): EXPORT,
    ("GET", "/api/funnel/cases"): EVERYBODY,
    ("GET", "/api/funnel/cases.csv"): EXPORT,
    ("GET", "/api/funnel/cases.xlsx"): EXPORT,
    ("GET", "/api/regulations"): EVERYBODY,
    ("GET", "/api/regulations/written"): EVERYBODY,
    ("GET", "/api/regulations/table.csv"): EXPORT,
    ("GET", "/api/regulations/table.xlsx"): EXPORT,
    ("POST", "/api/regulations"): REGULATIONS,
    ("POST", "/api/regulations/drop"): REGULATIONS,
    ("POST", "/api/regulations/undo"): REGULATIONS,
    ("GET", "/api/settings"): DATA,
    ("PUT", "/api/settings"): SETTINGS,
    ("POST", "/api/settings/undo"): SETTINGS,
    ("POST", "/api/settings/preview"): SETTINGS,
    ("GET", "/api/settings/pipelines"): DATA,
    ("PUT", "/api/settings/pipelines"): SETTINGS,
    ("POST", "/api/settings/pipelines/undo"): SETTINGS,
    ("POST", "/api/settings/pipelines/preview"): SETTINGS,
    ("GET", "/api/lateness"): EVERYBODY,
    ("GET", "/api/lateness/table.csv"): EXPORT,
    ("GET", "/api/lateness/table.xlsx"): EXPORT,
    ("GET", "/api/plans"): EVERYBODY,
    ("GET", "/api/plans/days"): EVERYBODY,
    ("POST", "/api/plans"): PLANS,
    ("POST", "/api/plans/paste"): PLANS,
    ("POST", "/api/plans/file"): PLANS,
    ("POST", "/api/plans/copy"): PLANS,
    ("POST", "/api/plans/undo"): PLANS,
    ("GET", "/api/plans/table.csv"): EXPORT,
    ("GET", "/api/plans/table.xlsx"): EXPORT,
    ("GET", "/api/staff"): EVERYBODY,
    ("GET", "/api/staff/table.csv"): EXPORT,
    ("GET", "/api/staff/table.xlsx"): EXPORT,
    ("POST", "/api/staff/newcomers"): STAFF,
    ("POST", "/api/staff/people"): STAFF,
    ("POST", "/api/staff/move"): STAFF,
    ("POST", "/api/staff/unmove"): STAFF,
    ("POST", "/api/staff/teams"): STAFF,
    ("POST", "/api/staff/times"): STAFF,
    ("POST", "/api/staff/times/paste"): STAFF,
    ("POST", "/api/staff/untime"): STAFF,
    ("POST", "/api/staff/undo"): STAFF,
    ("GET", "/api/board"): BOARD,
    ("GET", "/api/board/table.csv"): BOARD | EXPORT,
    ("GET", "/api/board/table.xlsx"): BOARD | EXPORT,
    ("GET", "/api/board/contests"): BOARD,
    ("POST", "/api/board/contests"): CONTESTS,
    ("POST", "/api/board/contests/{contest_id}"): CONTESTS,
    ("POST", "/api/board/contests/{contest_id}/end"): CONTESTS,
    ("DELETE", "/api/board/contests/{contest_id}"): CONTESTS,
    ("POST", "/api/board/metrics"): CONTESTS,
    ("GET", "/api/query"): EVERYBODY,
    ("GET", "/api/query.csv"): EXPORT,
    ("GET", "/api/query.xlsx"): EXPORT,
    ("GET", "/api/records"): EVERYBODY,
    ("GET", "/api/records.csv"): EXPORT,
    ("GET", "/api/records.xlsx"): EXPORT,
    ("GET", "/api/search"): EVERYBODY,
    ("GET", "/api/views"): EVERYBODY,
    ("GET", "/api/views/{view_id}"): EVERYBODY,
    ("POST", "/api/views"): EVERYBODY,
    ("POST", "/api/views/{view_id}"): EVERYBODY,
    ("DELETE", "/api/views/{view_id}"): EVERYBODY,
    ("GET", "/api/metrics"): EVERYBODY,
    ("GET", "/api/metrics/{name}/sql"): EVERYBODY,
    ("GET", "/api/data"): DATA,
    ("GET", "/api/data/loads"): DATA,
    ("POST", "/api/data/loads/{load_id}"): LOADS,
    ("POST", "/api/data/build"): LOADS,
    ("GET", "/api/data/aside"): DATA,
    ("POST", "/api/data/aside/let-go"): LOADS,
    ("GET", "/api/data/aside.csv"): LOADS | EXPORT | {Right.PERSONAL},
    ("GET", "/api/data/checks"): DATA,
    ("POST", "/api/data/uploads"): LOADS,
    ("DELETE", "/api/data/uploads/{upload_id}"): LOADS,
    ("POST", "/api/data/uploads/{upload_id}/look"): LOADS,
    ("POST", "/api/data/uploads/{upload_id}/load"): LOADS,
    ("GET", "/api/data/jobs/{job_id}"): LOADS,
    ("GET", "/api/data/tables"): DATA,
    ("GET", "/api/data/alike"): LOADS,
    ("POST", "/api/data/alike"): LOADS,
    ("POST", "/api/data/alike/apart"): LOADS,
    ("GET", "/api/data/reconcile/{kind}"): LOADS,
    ("GET", "/api/path"): EVERYBODY,
    ("GET", "/api/path/grey"): EVERYBODY,
    ("GET", "/api/path/against"): EVERYBODY,
    ("GET", "/api/path/handovers"): EVERYBODY,
    ("GET", "/api/path/table.csv"): EXPORT,
    ("GET", "/api/path/table.xlsx"): EXPORT,
    ("GET", "/api/path/cases"): EVERYBODY,
    ("GET", "/api/path/cases.csv"): EXPORT,
    ("GET", "/api/path/cases.xlsx"): EXPORT,
    ("GET", "/api/path/logs"): EVERYBODY,
    ("GET", "/api/path/log"): EVERYBODY,
    ("GET", "/api/path/log/table.csv"): EXPORT,
    ("GET", "/api/path/log/table.xlsx"): EXPORT,
    ("GET", "/api/path/log/cases"): EVERYBODY,
    ("GET", "/api/path/log/cases.csv"): EXPORT,
    ("GET", "/api/path/log/cases.xlsx"): EXPORT,
    ("GET", "/api/path/hypotheses"): EVERYBODY,
    ("POST", "/api/path/hypotheses"): HYPOTHESES,
    ("POST", "/api/path/hypotheses/{number}/end"): HYPOTHESES,
    ("GET", "/api/one-to-one"): EVERYBODY,
    ("GET", "/api/one-to-one/held"): EVERYBODY,
    ("POST", "/api/one-to-one"): ONE_TO_ONE,
    ("POST", "/api/one-to-one/{number}/mark"): EVERYBODY,
    ("GET", "/api/account"): EVERYBODY,
    ("POST", "/api/account/password"): EVERYBODY,
    ("DELETE", "/api/account/sessions/{session_id}"): EVERYBODY,
    ("POST", "/api/account/tokens"): EVERYBODY,
    ("DELETE", "/api/account/tokens/{token_id}"): EVERYBODY,
    ("POST", "/api/account/start"): EVERYBODY,
    ("POST", "/api/account/look-as"): PEOPLE,
    ("GET", "/api/access"): PEOPLE,
    ("POST", "/api/access/users"): PEOPLE,
    ("POST", "/api/access/users/{user_id}"): PEOPLE,
    ("DELETE", "/api/access/users/{user_id}"): PEOPLE,
    ("POST", "/api/access/users/{user_id}/invitation"): PEOPLE,
    ("DELETE", "/api/access/users/{user_id}/invitation"): PEOPLE,
    ("DELETE", "/api/access/sessions/{session_id}"): PEOPLE,
    ("DELETE", "/api/access/tokens/{token_id}"): PEOPLE,
    ("GET", "/api/access/audit"): AUDIT,
    ("GET", "/api/openapi.json"): EVERYBODY,
}
"""Which rights each route asks for, beside being signed in. A route that stands nowhere here fails the test."""

ALL_TIME = "from=2026-01-01&to=2026-03-02"
COUNTED = ("leads", "revenue", "calls", "deals_lost")
CUTS = "".join(f"&by={name}" for name in ("employee", "contact"))
FILLED = {
    "name": "leads",
    "load_id": "x",
    "upload_id": "x",
    "job_id": "1",
    "kind": "payments",
    "number": "1",
    "session_id": "x",
    "token_id": "1",
    "user_id": "999",
    "view_id": "1",
    "contest_id": "1",
}
FILES = {
    "/api/query": [f"metric={COUNTED[0]}&{ALL_TIME}{CUTS}"],
    "/api/records": [f"metric=revenue&{ALL_TIME}"],
    "/api/funnel/table": [f"{ALL_TIME}&table=groups&by=employee&pipeline=sales"],
    "/api/funnel/cases": [f"{ALL_TIME}&pipeline=sales"],
    "/api/path/cases": [f"{ALL_TIME}&pipeline=sales&axis=created"],
    "/api/path/log/cases": ["log=desk"],
    "/api/path/log/table": ["log=desk&table=edges"],
    "/api/path/table": [f"{ALL_TIME}&pipeline=sales&axis=created&table={name}" for name in ("handovers", "zones")],
    "/api/lateness/table": [f"{ALL_TIME}&table=queues"],
    "/api/regulations/table": [f"{ALL_TIME}&table=due"],
    "/api/pages/team/table": [f"{ALL_TIME}&table=standing"],
    "/api/board/table": [f"{ALL_TIME}&table=places::{name}" for name in ("revenue", "deals_won")],
    "/api/staff/table": ["table=people", "table=teams"],
}
NO_ANSWERS = {
    *("/api/funnel/table", "/api/path/table", "/api/path/log/table"),
    *("/api/lateness/table", "/api/pages/team/table", "/api/regulations/table", "/api/board/table", "/api/staff/table"),
}
"""What is a file only: a page's own answer holds the table."""
READ: dict[str, list[str]] = {
    "/api/session": [""],
    "/api/news": ["seconds=0"],
    "/api/overview": [ALL_TIME],
    "/api/regulations": [ALL_TIME],
    "/api/regulations/written": [""],
    "/api/lateness": [ALL_TIME],
    "/api/settings": [""],
    "/api/settings/pipelines": [""],
    "/api/plans": [""],
    "/api/staff": [""],
    "/api/plans/days": ["scope=company&at=2026-01-01"],
    "/api/plans/table.csv": [""],
    "/api/plans/table.xlsx": [""],
    "/api/funnel": [f"{ALL_TIME}&pipeline=sales&by=employee"],
    "/api/funnel/cohorts": [f"{ALL_TIME}&pipeline=sales"],
    "/api/search": [f"q={each}" for each in ("zq", "lead zq", "firm", "client", "91600000", "9160000021", "@client")],
    "/api/views": [""],
    "/api/metrics": [""],
    "/api/metrics/leads/sql": [f"{ALL_TIME}&by=employee"],
    "/api/data": [""],
    "/api/data/loads": [""],
    "/api/data/aside": [""],
    "/api/data/checks": [""],
    "/api/data/tables": [""],
    "/api/data/alike": [""],
    "/api/data/reconcile/payments": [""],
    "/api/path": [f"{ALL_TIME}&pipeline=sales&axis=created"],
    "/api/path/grey": [f"{ALL_TIME}&pipeline=sales&axis=created"],
    "/api/path/against": [f"{ALL_TIME}&pipeline=sales&axis=created&against=outcome"],
    "/api/path/handovers": [f"{ALL_TIME}&pipeline=sales&axis=created"],
    "/api/path/logs": [""],
    "/api/path/log": ["log=desk"],
    "/api/path/hypotheses": [""],
    "/api/one-to-one": ["employee=crm:2"],
    "/api/one-to-one/held": [""],
    "/api/board": [ALL_TIME],
    "/api/board/contests": [""],
    "/api/account": [""],
    "/api/access": [""],
    "/api/access/audit": [""],
    "/api/openapi.json": [""],
    "/api/data/aside.csv": [""],
    **{f"/api/pages/{name}": [ALL_TIME] for name in PAGES},
    "/api/pages/manager": [ALL_TIME, f"{ALL_TIME}&employee=crm:2", f"{ALL_TIME}&employee=crm:3"],
    **{path: asked for path, asked in FILES.items() if path not in NO_ANSWERS},
    **{f"{path}.{ending}": asked for path, asked in FILES.items() for ending in ("csv", "xlsx")},
}
"""What is asked at each address that only reads; those of a page's tables and of records are found beside."""


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenCompany]:
    made = guarded_company(tmp_path_factory.mktemp("guarded") / "company")
    opened = bootstrap.open_for_people(str(made.folder), lambda: NOW)
    yield opened
    opened.close()


Door = Callable[..., TestClient]


@pytest.fixture(scope="module")
def door(company: OpenCompany, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    """Return what gives a browser of somebody of a role, over one application: what it keeps is there for all."""
    app = create_app(company, static=tmp_path_factory.mktemp("static"))
    users: dict[str, int] = {}

    def enter(role: str, employee_id: str | None = None) -> TestClient:
        name = f"{role} {employee_id}"
        if name not in users:
            users[name] = company.people.accounts.add_user(name, None, role, employee_id=employee_id).user_id
        browser = TestClient(app, base_url=HERE)
        browser.cookies.set(cookie_name(company), company.people.sessions.start(users[name]), domain="localhost.local")
        return browser

    with TestClient(app, base_url=HERE):
        yield enter


def routes(door: Door) -> set[tuple[str, str]]:
    app = door("admin").app
    contexts = iter_route_contexts(app.routes)  # type: ignore[attr-defined]
    found = [each for each in contexts if isinstance(each.original_route, APIRoute)]
    return {(m, each.path or "") for each in found for m in each.methods or () if (each.path or "").startswith("/api/")}


def text_of(content: bytes) -> str:
    """Return all that an answer says, that of a workbook from all of its sheets."""
    if content[:2] != b"PK":
        return content.decode()
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return "".join(book.read(name).decode() for name in book.namelist() if name.endswith((".xml", ".rels")))


def reads(company: OpenCompany) -> list[str]:
    """Return the addresses of all that is read: each route, each page and the records of each kind of facts."""
    addresses = [f"{path}?{asked}" for path, several in READ.items() for asked in several]
    known = company.metrics.settled()
    of_fact: dict[str, str] = {}
    for metric in known.listed():
        if metric.subject is not None and metric.subject.fact in RECORDS:
            of_fact.setdefault(metric.subject.fact, metric.name)
    of_records = [f"/api/records?metric={name}&{ALL_TIME}&limit=500" for name in of_fact.values()]
    of_figures = [f"/api/query?metric={name}&{ALL_TIME}&by=employee" for name in of_fact.values()]
    others = [f"/api/records?metric=leads&where={quote(f'employee=crm:{number}')}" for number in (3, 4)]
    return [*addresses, *of_records, *of_figures, *others]


def test_every_route_stands_in_the_matrix(door: Door) -> None:
    assert routes(door) - DOORS == set(NEEDS)
    read = {path for method, path in NEEDS if method == "GET" and "{" not in path}
    assert read - set(READ) == set()


@pytest.mark.parametrize("role", GIVEN_ROLES)
def test_a_role_is_let_through_to_what_it_has_the_right_to_and_to_nothing_else(door: Door, role: str) -> None:
    browser, rights = door(role), ACCESS_ROLES[role].rights
    for (method, path), needed in NEEDS.items():
        address = path.format(**FILLED | ({"name": "team"} if "/pages/" in path else {}))
        may = needed <= rights and (role != SCREEN or path.startswith(ON_SCREEN))
        if method != "GET" and may:
            continue  # what it does is tested where it is done
        # whoever may is asked for a day that is none: that is told after the rights are looked at, and costs nothing
        asked = "from=never&limit=never&seconds=never" if may else READ.get(address, [""])[0]
        answer = browser.request(method, f"{address}?{asked}", json=None if method == "GET" else {})
        assert answer.status_code < 500, (role, address, answer.text)
        assert (answer.status_code == 403) is not may, (role, method, address, answer.text)


@pytest.mark.parametrize(
    ("role", "employee_id", "seen"),
    [
        ("manager", ANNA, {"zqannaold", "zqannanew"}),
        ("team_lead", OLGA, {"zqannaold", "zqboris"}),
        ("manager", None, set()),
        ("team_lead", None, set()),
    ],
)
def test_no_exit_gives_a_record_of_another_though_the_head_asked_the_same_before(
    company: OpenCompany, door: Door, role: str, employee_id: str | None, seen: set[str]
) -> None:
    head, browser = door("head"), door(role, employee_id)
    all_seen, head_saw = "", ""
    # one who sees little is asked every page; the others the rest, which stands on the same ways to the rows
    whole_pages = (role, employee_id) == ("manager", ANNA)
    for address in reads(company):
        if not whole_pages and address.startswith("/api/pages/"):
            continue
        whole = head.get(address)
        head_saw += text_of(whole.content)
        again = {"if-none-match": whole.headers["etag"]} if "etag" in whole.headers else {}
        answer = browser.get(address, headers=again)
        assert answer.status_code in {200, 400, 403}, (address, answer.status_code, answer.text)
        said = text_of(answer.content)
        foreign = {each.marker for each in PLANTED} - seen
        assert {marker for marker in foreign if marker in said} == set(), address
        all_seen += said
    assert {each.marker for each in PLANTED if each.marker in head_saw} == {each.marker for each in PLANTED}
    assert {each.marker for each in PLANTED if each.marker in all_seen} == seen


@pytest.mark.parametrize("role", [name for name in GIVEN_ROLES if Right.PERSONAL not in ACCESS_ROLES[name].rights])
def test_numbers_and_addresses_of_clients_leave_by_no_exit_to_those_who_may_not_see_them(
    company: OpenCompany, door: Door, role: str
) -> None:
    admin, browser = door("admin"), door(role)
    personal = {each.phone[-10:] for each in PLANTED} | {f"{each.marker}@" for each in PLANTED}
    shown: set[str] = set()
    for address in reads(company):
        shown |= {each for each in personal if each in text_of(admin.get(address).content)}
        said = text_of(browser.get(address).content)
        assert {each for each in personal if each in said} == set(), (role, address)
    assert shown == personal


def test_what_is_asked_of_pages_is_answered_to_those_who_see_little(door: Door) -> None:
    browser = door("manager", ANNA)
    pages = ["/api/overview", "/api/path", "/api/funnel", "/api/regulations", *(f"/api/pages/{name}" for name in PAGES)]
    asked = {address: READ[address][0] for address in pages}
    found = {address: browser.get(f"{address}?{query}").status_code for address, query in asked.items()}
    assert found == dict.fromkeys(pages, 200)


def answered(browser: TestClient, **more: Any) -> dict[int, set[str]]:  # noqa: ANN401 - httpx's own arguments
    """Ask every route, reads, files, news and changes alike, and return by which status each answered."""
    found: dict[int, set[str]] = {}
    for method, path in NEEDS:
        body: Any = (
            {} if method == "GET" else {"json": {"role": 1}}
        )  # such as nothing is done by where it is let through
        address = path.format(**FILLED | ({"name": "team"} if "/pages/" in path else {}))
        status = browser.request(method, f"{address}?seconds=0", **body, **more).status_code
        found.setdefault(status, set()).add(f"{method} {path}")
    return found


@pytest.mark.parametrize("end", ["sign_out", "ended", "password", "role", "bar", "remove"])
def test_an_old_cookie_opens_nothing(company: OpenCompany, door: Door, end: str) -> None:
    name, accounts = f"passing {end}", company.people.accounts
    user = accounts.add_user(name, None, "manager", employee_id=ANNA)
    browser = door("manager", ANNA)
    token = company.people.sessions.start(user.user_id)
    browser.cookies.set(cookie_name(company), token, domain="localhost.local")
    session = browser.get("/api/account").json()["sessions"][0]["session_id"]
    acts: dict[str, Callable[[], object]] = {
        "sign_out": lambda: browser.delete("/api/session"),
        "ended": lambda: door("admin").delete(f"/api/access/sessions/{session}"),
        "password": lambda: accounts.set_password(name, PASSWORD),
        "role": lambda: accounts.set_role(name, "marketing"),
        "bar": lambda: accounts.set_active(name, is_active=False),
        "remove": lambda: accounts.remove(name),
    }
    acts[end]()
    browser.cookies.set(cookie_name(company), token, domain="localhost.local")
    assert set(answered(browser)) == {401}


@pytest.mark.parametrize("end", ["revoke", "password", "bar", "remove"])
def test_an_old_token_of_a_program_opens_nothing(company: OpenCompany, door: Door, end: str) -> None:
    name, accounts, tokens = f"program {end}", company.people.accounts, company.people.access.tokens
    user = accounts.add_user(name, None, "head")
    number, token = tokens.add(user.user_id, "table", "personal", 30)
    browser, headers = door("admin"), {"authorization": f"Bearer {token}"}  # the token counts, not the cookie beside it
    assert browser.get("/api/metrics", headers=headers).status_code == 200
    acts: dict[str, Callable[[], object]] = {
        "revoke": lambda: tokens.revoke(number, user.user_id),
        "password": lambda: accounts.set_password(name, PASSWORD),
        "bar": lambda: accounts.set_active(name, is_active=False),
        "remove": lambda: accounts.remove(name),
    }
    acts[end]()
    assert set(answered(browser, headers=headers)) == {401}


def test_an_administrator_who_looks_as_a_screen_sees_the_board_alone_and_comes_back(door: Door) -> None:
    browser, screen = door("admin"), door(SCREEN)
    assert browser.post("/api/account/look-as", json={"role": SCREEN}).status_code == 204
    as_screen, by_itself = answered(browser), answered(screen)
    assert by_itself[403] - as_screen[403] == {"POST /api/account/look-as"}  # the way back
    assert as_screen[200] == by_itself[200]
    assert browser.post("/api/account/look-as", json={"role": None}).status_code == 204
    assert browser.get("/api/access").status_code == 200


def test_a_shared_view_shows_each_what_is_theirs(door: Door) -> None:
    """The head shares a look at Vera; her own records come to nobody but those whose she is."""
    head, lead, manager = door("head"), door("team_lead", OLGA), door("manager", ANNA)
    made = head.post("/api/views", json={"name": "Вера", "address": "/manager?employee=crm:4", "is_shared": True})
    view = f"/api/views/{made.json()['view_id']}"
    of_vera = f"{ALL_TIME}&employee=crm:4"
    shown = [f"/api/pages/manager?{of_vera}", f"/api/funnel/cases?{of_vera}&pipeline=sales"]
    shown += [f"/api/records?metric=revenue&{ALL_TIME}&where=employee=crm:4"]
    files = [f"/api/funnel/cases.{ending}?{of_vera}&pipeline=sales" for ending in ("csv", "xlsx")]
    files += [f"/api/records.{ending}?metric=revenue&{ALL_TIME}&where=employee=crm:4" for ending in ("csv", "xlsx")]
    assert all(any("zqvera" in text_of(head.get(each).content) for each in several) for several in (shown, files))
    for browser, of_files in ((lead, 200), (manager, 403)):
        assert browser.get(view).json()["address"] == "/manager?employee=crm:4"
        answers = {address: browser.get(address) for address in (*shown, *files)}
        assert {each.status_code for address, each in answers.items() if address in files} == {of_files}
        assert [address for address, each in answers.items() if "zqvera" in text_of(each.content)] == []


def test_no_other_site_rides_on_a_session_by_any_route(door: Door) -> None:
    browser, elsewhere = door("admin"), "https://elsewhere.example"
    strange = ({"origin": elsewhere}, {"sec-fetch-site": "cross-site"})
    for method, path in sorted(routes(door)):
        if method != "GET":
            for headers in (*strange, {"origin": elsewhere, "x-forwarded-host": "elsewhere.example"}):
                answer = browser.request(method, path.format(**FILLED), headers=headers, json={})
                assert (answer.status_code, "another site" in answer.text) == (403, True), path
