"""A small company opened for its people, and a browser over the application."""

import gzip
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.company import CompanyFolder
from voronka import bootstrap
from voronka.bootstrap import OpenCompany
from voronka.web.app import create_app
from voronka.web.visitor import cookie_name

HERE = "http://localhost:8765"
NOW = datetime.fromisoformat("2026-03-02 09:00")  # noon of a Monday in Moscow
PASSWORD = "семь раз отмерь"  # noqa: S105 - nobody's
PAGE = "<!doctype html><title>Voronka</title>"
SCRIPT = "console.log('воронка')"

LEADS = """\
id;who;channel;made
1;Анна;Сайт;2026-02-27 10:00
2;Анна;Avito;2026-02-28 10:00
3;Ёлкин;Сайт;2026-04-01 10:00
"""
PEOPLE = """\
who;team;left
Анна;Север;
Ёлкин;Юг;
Яна;Север;2026-01-31
"""


@pytest.fixture(scope="session")
def built_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a company's folder that is loaded and built; tests work on copies of it."""
    company = CompanyFolder(
        tmp_path_factory.mktemp("web") / "company", settings='name = "Северный ветер"\n', now=NOW - timedelta(hours=1)
    )
    columns = {"lead_id": "id", "employee": "who", "channel": "channel", "created_at": "made"}
    company.stream("crm", "leads", LEADS, into="leads", key="id", columns=columns)
    columns = {"name": "who", "team": "team", "left_on": "left"}
    company.stream("crm", "people", PEOPLE, into="employees", columns=columns)
    company.load_and_build()
    return company.folder


@pytest.fixture
def static(tmp_path: Path) -> Path:
    """Return a built front end: a page, a script with a hash in its name, and an icon."""
    folder = tmp_path / "static"
    (folder / "assets").mkdir(parents=True)
    for name, text in (("index.html", PAGE), ("assets/app-1a2b3c.js", SCRIPT)):
        (folder / name).write_text(text, "utf-8")
        (folder / f"{name}.gz").write_bytes(gzip.compress(text.encode()))
    (folder / "icon.svg").write_text("<svg/>", "utf-8")
    (tmp_path / "secret.txt").write_text("not for you", "utf-8")
    return folder


Opener = Callable[..., OpenCompany]


@pytest.fixture
def open_company(built_folder: Path, tmp_path: Path) -> Iterator[Opener]:
    """Return a function that opens a copy of the company, with more lines of settings where they are given."""
    opened: list[OpenCompany] = []

    def open_copy(settings: str = "", *, demo: bool = False) -> OpenCompany:
        folder = tmp_path / "company"
        shutil.copytree(built_folder, folder)
        with (folder / "voronka.toml").open("a", encoding="utf-8") as file:
            file.write(settings)
        if demo:
            (folder / "demo.json").write_text("{}", "utf-8")
        opened.append(bootstrap.open_for_people(str(folder), lambda: NOW))
        return opened[-1]

    yield open_copy
    for each in opened:
        each.close()


@pytest.fixture(scope="session")
def shared(built_folder: Path) -> Iterator[OpenCompany]:
    """Return the company opened once: its figures are only asked."""
    opened = bootstrap.open_for_people(str(built_folder), lambda: NOW)
    yield opened
    opened.close()


@pytest.fixture
def company(shared: OpenCompany, tmp_path: Path) -> Iterator[OpenCompany]:
    """Return the company with people of its own, nobody at first."""
    people = bootstrap.people_of(tmp_path, shared.settings, shared.clock)
    yield replace(shared, people=people)
    people.database.close()


@pytest.fixture
def browser(company: OpenCompany, static: Path) -> Iterator[TestClient]:
    """Return a browser in which nobody is signed in."""
    with TestClient(create_app(company, static=static), base_url=HERE) as client:
        yield client


@pytest.fixture
def signed_in(browser: TestClient, company: OpenCompany) -> TestClient:
    """Return the browser with an administrator signed in."""
    sign_in(browser, company)
    return browser


def sign_in(
    browser: TestClient,
    company: OpenCompany,
    name: str = "Анна",
    role: str = "admin",
    employee_id: str | None = None,
) -> str:
    """Begin a session of a new user without a password, and return its token."""
    user = company.people.accounts.add_user(name, None, role, employee_id=employee_id)
    token = company.people.sessions.start(user.user_id)
    browser.cookies.set(cookie_name(company), token, domain="localhost.local")
    return token
