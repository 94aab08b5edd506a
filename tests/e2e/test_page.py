"""What a head of sales does on the Overview: filters, follows a link, opens records, exports, changes the language."""

import csv
import io
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlparse

import openpyxl
import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

from tests.e2e.figures import figures
from tests.e2e.served import Demo, opened


def calls(page: Page) -> float | None:
    return next(figure.value for figure in figures(page) if (figure.block, figure.name) == ("tiles", "calls"))


def asked_of(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlparse(page.url).query)


def team_filter(page: Page) -> Locator:
    return page.get_by_role("group", name="Фильтры").get_by_role("button", name="Команда")


def choose_first_team(page: Page) -> str:
    team_filter(page).click()
    option = page.get_by_role("option").first
    name = option.inner_text().strip()
    option.click()
    page.keyboard.press("Escape")
    return name


def test_a_filter_stands_in_the_address_and_back_takes_it_away(page: Page, demo: Demo) -> None:
    opened(page, demo.address + "/")
    everyone = calls(page)
    choose_first_team(page)
    expect(page).to_have_url(re.compile("team="))
    page.wait_for_function(
        "before => document.querySelector('[data-block=tiles] [data-name=calls]')?.dataset.value !== before",
        arg=json.dumps(everyone),
    )
    assert calls(page) != everyone
    page.go_back()
    expect(page).to_have_url(re.compile("^(?!.*team=)"))
    expect(page.locator("[data-block=tiles] [data-name=calls]").first).to_have_attribute(
        "data-value", json.dumps(everyone)
    )


def test_a_link_shows_another_person_the_same_cut(page: Page, demo: Demo, context: BrowserContext) -> None:
    opened(page, demo.address + "/")
    name = choose_first_team(page)
    expect(page).to_have_url(re.compile("team="))
    page.wait_for_load_state("networkidle")
    other = opened(context.new_page(), page.url)
    expect(team_filter(other)).to_contain_text(name)
    assert calls(other) == calls(page)


def test_nothing_is_asked_of_another_machine(page: Page, demo: Demo) -> None:
    hosts = set()
    page.on("request", lambda request: hosts.add(urlparse(request.url).hostname))
    opened(page, demo.address + "/")
    page.wait_for_load_state("networkidle")
    assert hosts <= {"127.0.0.1", None}


def test_no_error_is_logged_by_the_page(page: Page, demo: Demo) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    opened(page, demo.address + "/")
    page.wait_for_load_state("networkidle")
    assert said == []


def test_the_language_changes_at_once_and_is_kept(page: Page, demo: Demo) -> None:
    opened(page, demo.address + "/?lang=ru")
    expect(page.locator("html")).to_have_attribute("lang", "ru")
    expect(page.get_by_role("heading", level=1)).to_have_text("Обзор")
    page.get_by_role("button", name="EN").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("heading", level=1)).to_have_text("Overview")
    expect(page).to_have_url(re.compile("lang=en"))
    opened(page, demo.address + "/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Overview")


def test_a_figure_opens_exactly_the_records_it_counts(page: Page, demo: Demo) -> None:
    opened(page, demo.address + "/")
    won = page.locator("[data-block=tiles] [data-name=deals_won]").first
    count = json.loads(won.get_attribute("data-value") or "null")
    with page.expect_response(re.compile("/api/records")) as answer:
        won.click()
    assert answer.value.json()["total"] == count
    drawer = page.get_by_role("dialog")
    expect(drawer.locator("tbody tr")).to_have_count(min(int(count), 50))
    page.keyboard.press("Escape")
    expect(drawer).to_have_count(0)


@pytest.mark.parametrize("title", ["Download CSV", "Download Excel"])
def test_an_exported_table_holds_the_figures_of_the_page(page: Page, demo: Demo, tmp_path: Path, title: str) -> None:
    opened(page, demo.address + "/?lang=en")
    card = page.locator("[data-block=daily]")
    shown = {f.key[0][1]: f.value for f in figures(page) if f.block == "daily" and f.name == "calls" and f.key}
    card.get_by_role("button", name="Actions:").click()
    with page.expect_download() as download:
        page.get_by_role("menuitem", name=title).click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    rows = read_csv(path) if path.suffix == ".csv" else read_xlsx(path)
    exported = {row["Employee, id"]: float(row["Calls"]) for row in rows if row["Employee, id"]}
    assert exported == {key: value for key, value in shown.items() if value is not None}
    assert len(exported) > 5


def read_csv(path: Path) -> list[dict[str, Any]]:
    text = path.read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";" if text.split("\n", 1)[0].count(";") else ","))


def read_xlsx(path: Path) -> list[dict[str, Any]]:
    sheet = openpyxl.load_workbook(path).worksheets[0]
    head, *rows = list(sheet.iter_rows(values_only=True))
    return [dict(zip(map(str, head), row, strict=True)) for row in rows]


@pytest.mark.usefixtures("signed_in")
def test_a_used_link_opens_nothing(browser: Browser, demo: Demo) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(demo.link)
    expect(page.get_by_label("Пароль").or_(page.get_by_label("Password"))).to_be_visible()
    assert context.request.get(demo.address + "/api/overview").status == 401
    context.close()


def test_a_new_build_is_told_and_shown_only_when_it_is_wanted(page: Page, demo: Demo) -> None:
    seen: list[str] = []

    def session(route: Route) -> None:
        answer = route.fetch().json()
        if seen:
            answer["data"]["version"] = "999-new"
        seen.append(answer["data"]["version"])
        route.fulfill(json=answer)

    told = 'event: version\ndata: {"version": "999-new"}\n\n'
    page.route("**/api/session", session)
    page.route("**/api/news", lambda route: route.fulfill(content_type="text/event-stream", body=told))
    opened(page, demo.address + "/")
    before = [request for request in _asked(page) if "/api/overview" in request]
    wanted = page.get_by_role("status").get_by_role("button", name="Показать", exact=True)
    expect(wanted).to_be_visible()
    assert [request for request in _asked(page) if "/api/overview" in request] == before
    with page.expect_request("**/api/overview*"):
        wanted.click()
    expect(wanted).to_have_count(0)


def _asked(page: Page) -> list[str]:
    found: list[str] = page.evaluate("performance.getEntriesByType('resource').map(each => each.name)")
    return found
