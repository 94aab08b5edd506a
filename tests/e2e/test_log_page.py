"""The page of another process: a log that a source keeps, its steps as they are meant, what is repeated, its looks."""

import subprocess
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, StorageState, expect

from tests.e2e.looks import looked_at
from tests.e2e.served import DESKTOP, PROGRAM, Demo, as_anna, founded, serving, shown

TICKETS = """case_id,activity,timestamp
1,open,2026-03-02 10:00
1,take,2026-03-02 11:00
1,take,2026-03-02 11:00
1,close,2026-03-03 10:00
2,open,2026-03-02 12:00
2,close,2026-03-02 15:00
3,open,2026-03-04 09:00
3,take,2026-03-04 09:30
3,close,2026-03-05 09:00
4,open,2026-03-05 10:00
,take,2026-03-05 11:00
"""
"""Four tickets: 1 and 3 are taken (1 twice in one minute), 2 is closed untaken, 4 is only opened; a row of none."""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """Return a company that keeps the log of a desk, served."""
    folder = founded(tmp_path_factory.mktemp("desk") / "company")
    file = folder.parent / "tickets.csv"
    file.write_text(TICKETS)
    into = ["--into", "events", "--source", "desk", "--write"]
    for command in (["map", str(file), *into], ["import"], ["build"]):
        subprocess.run([*PROGRAM, *command, "--company", str(folder)], check=True, capture_output=True)
    with serving(folder) as company:
        yield company


@pytest.fixture(scope="module")
def inside(desk: Demo, browser: Browser) -> StorageState:
    return as_anna(browser, desk)


@pytest.fixture
def visit(desk: Demo, browser: Browser, inside: StorageState) -> Iterator[Callable[[str], Page]]:
    contexts: list[BrowserContext] = []

    def opened(path: str) -> Page:
        contexts.append(browser.new_context(storage_state=inside, viewport=DESKTOP))
        return shown(contexts[-1].new_page(), f"{desk.address}{path}", "map")

    yield opened
    for context in contexts:
        context.close()


def test_what_is_repeated_and_what_is_no_event_is_told(visit: Callable[[str], Page]) -> None:
    page = visit("/path?log=desk&lang=ru")
    told = page.locator("[data-block=headline]")
    expect(told).to_contain_text("4 случая")
    expect(told).to_contain_text("10 событий")
    expect(told.locator("[data-name=repeated_events]")).to_have_attribute("data-value", "1")
    expect(told.locator("[data-name=repeated_events]")).to_contain_text("1 событие повторяет")


def test_a_step_of_the_map_leads_to_its_cases_and_back(visit: Callable[[str], Page]) -> None:
    page = visit("/path?log=desk&lang=en")
    counts = page.locator("[data-block=map] [data-cases]").evaluate_all("all => all.map(e => +e.dataset.cases)")
    assert max(counts) == 4
    page.locator('[data-block=map] [data-cases="3"]').first.click()
    expect(page.get_by_role("dialog").locator("tbody tr")).to_have_count(3)
    page.go_back()
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_the_steps_as_they_are_meant_make_a_funnel(visit: Callable[[str], Page]) -> None:
    page = visit("/path?log=desk&model=open&model=take&model=close&lang=en")
    # of four opened two are taken, and both of them closed; ticket 4 ends early, 2 leaves a step out
    expect(page.locator("[data-block=headline]")).to_have_attribute("data-kind", "log_conforming")
    stops = page.locator("[data-block=stops] tbody tr")
    expect(stops).to_have_count(3)
    assert [row.split()[1] for row in stops.all_inner_texts()] == ["4", "2", "2"]


def test_what_is_shown_stays_while_the_server_changes_over_and_is_asked_for_again(visit: Callable[[str], Page]) -> None:
    page = visit("/path?log=desk&lang=en")
    page.get_by_role("link", name="Data", exact=True).click()
    page.wait_for_url("**/data*")
    failed: list[str] = []

    def twice(route: Route) -> None:
        if len(failed) == 2:
            route.fallback()
            return
        failed.append(route.request.url)
        route.fulfill(status=503, json={"error": {"what": "the data change over", "kind": "later"}})

    page.route("**/api/path/log?*", twice)
    with page.expect_response(lambda response: "/api/path/log?" in response.url and response.ok):
        page.go_back()
        expect(page.get_by_text("Could not refresh: the data change over")).to_be_visible()
        expect(page.locator("[data-block=map]")).to_be_visible()
        expect(page.get_by_role("alert")).to_have_count(0)
    expect(page.locator("[data-block=map]")).to_be_visible()


def test_it_stands_in_every_look(browser: Browser, inside: StorageState, desk: Demo) -> None:
    address = f"{desk.address}/path?log=desk&model=open&model=take&model=close"
    assert looked_at(browser, inside, address, "map") == []
