"""The page of the customer's path: its numbers, its map by mouse and keyboard, the cases behind, its looks."""

import json
import re
import subprocess
import sys

import pytest
from playwright.sync_api import Browser, Page, StorageState, expect

from tests.e2e.looks import SOME_LOOKS, looked_at
from tests.e2e.served import Demo, Look, shown


@pytest.fixture
def path(page: Page, demo: Demo) -> Page:
    """Return the page of the path of all that was closed this year."""
    return shown(page, f"{demo.address}/path?lang=en&period=last_12_months", "map")


def test_its_numbers_are_those_of_voronka_path(path: Page, demo: Demo) -> None:
    with path.expect_response(re.compile(r"/api/path\?")) as answered:
        path.reload()
    made = answered.value.json()
    program = "from voronka.cli.main import main; main()"
    asked = ["path", "--company", str(demo.folder), "--pipeline", "sales", "--kind", "stage", "--axis", "closed"]
    asked += ["--from", made["facts"]["from"], "--to", made["facts"]["to"], "--format", "json"]
    ran = subprocess.run([sys.executable, "-c", program, *asked], check=True, capture_output=True, text=True)
    told = json.loads(ran.stdout)
    expect(path.locator("[data-block=map] [data-cases]").first).to_be_visible()
    drawn = path.evaluate(
        "() => Object.fromEntries([...document.querySelectorAll('[data-block=map] [data-cases]')]"
        ".map(item => [item.dataset.item, +item.dataset.cases]))"
    )
    assert {key: cases for key, cases in drawn.items() if cases} == {row["step"]: row["cases"] for row in told["steps"]}
    fitness = float(path.locator("[data-name=fitness]").get_attribute("data-value") or "nan")
    assert fitness == pytest.approx(100 * told["fitness"])
    assert path.locator("[data-name=conforming]").get_attribute("data-value") == str(told["conforming"])
    ways = path.locator("[data-block=ways] [data-name=path_cases]").evaluate_all(
        "all => all.map(e => +e.dataset.value)"
    )
    assert ways == [row["cases"] for row in told["variants"]][: len(ways)]


def test_a_step_leads_to_its_cases_and_back_returns(path: Page) -> None:
    first = path.locator("[data-block=map] [data-cases]").first
    count = int(first.get_attribute("data-cases") or 0)
    with path.expect_response(re.compile("/api/path/cases")) as answer:
        first.click()
    assert answer.value.json()["total"] == count > 0
    expect(path.get_by_role("dialog").locator("tbody tr").first).to_be_visible()
    path.go_back()
    expect(path.get_by_role("dialog")).to_be_hidden()


def test_the_map_is_walked_by_keyboard(path: Page) -> None:
    first = path.locator("[data-block=map] [data-cases]").first
    first.focus()
    said = path.locator("[data-block=map] .said")
    expect(said).to_contain_text("cases")
    before = said.inner_text()
    path.keyboard.press("ArrowRight")
    expect(said).to_contain_text("→")
    assert said.inner_text() != before
    with path.expect_response(re.compile("/api/path/cases.*source=")):
        path.keyboard.press("Enter")
    expect(path.get_by_role("dialog").locator("tbody tr").first).to_be_visible()


def test_less_detail_shows_fewer_edges_and_stays_in_the_address(path: Page) -> None:
    path.get_by_role("button", name="Stages and all between").click()
    slider = path.get_by_role("slider", name=re.compile("Detail"))
    slider.fill("100")
    edges = path.locator("[data-block=map] g.edge")
    expect(path.locator("[data-block=map]")).to_contain_text("100%")
    whole = edges.count()
    slider.fill("0")
    expect(path.locator("[data-block=map]")).to_contain_text("0%:")
    assert 0 < edges.count() < whole
    assert "detail=0" in path.url
    assert "events=all" in path.url


def test_the_finding_opens_the_cases_it_counts(path: Page) -> None:
    finding = path.locator("[data-block=finding]").first
    with path.expect_response(re.compile("/api/path/cases")) as answer:
        finding.get_by_role("button", name="Open the list").click()
    deviations = path.locator("[data-block=deviations] [data-name=path_cases]").first
    assert deviations.get_attribute("data-value") == str(answer.value.json()["total"])


@pytest.mark.parametrize("look", SOME_LOOKS, ids=str)
def test_it_can_be_read_by_everybody(browser: Browser, signed_in: StorageState, demo: Demo, look: Look) -> None:
    address = f"{demo.address}/path?period=last_12_months"
    assert looked_at(browser, signed_in, address, "ways", look) == []
