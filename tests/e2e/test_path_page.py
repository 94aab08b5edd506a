"""The page of the customer's path: its numbers, its map by mouse and keyboard, the cases behind, its looks."""

import json
import re
import subprocess
import sys

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.served import Demo, shown


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
    path.get_by_role("button", name="Stages and everything between").click()
    slider = path.get_by_role("slider", name=re.compile("Detail"))
    slider.fill("100")
    edges = path.locator("[data-block=map] g.edge")
    expect(path.locator("[data-block=map]")).to_contain_text(re.compile(r"100%: (\d+) of \1 links"))
    whole = edges.count()
    slider.fill("0")
    expect(edges).not_to_have_count(whole)
    assert 0 < edges.count() < whole
    assert "detail=0" in path.url
    assert "events=all" in path.url


def test_the_finding_opens_the_cases_it_counts(path: Page) -> None:
    finding = path.locator("[data-block=finding]").first
    with path.expect_response(re.compile("/api/path/cases")) as answer:
        finding.get_by_role("button", name="Open the list").click()
    deviations = path.locator("[data-block=deviations] [data-name=path_cases]").first
    assert deviations.get_attribute("data-value") == str(answer.value.json()["total"])


def test_two_cuts_are_chosen_in_words_marked_on_the_map_and_lead_to_their_cases(path: Page) -> None:
    card = path.locator("[data-block=against]")
    card.get_by_role("button", name="Compare").click()
    with path.expect_response(re.compile("/api/path/against")) as answered:
        path.get_by_role("menuitemradio", name="Won and lost").click()
    found = answered.value.json()
    assert "against=outcome" in path.url
    assert found["is_enough"]
    differing = {
        row["target"] if row["source"] is None else f"{row['source']} → {row['target']}"
        for row in found["shares"]
        if row["differs"]
    }
    expect(card.locator(".said li").first).to_be_visible()
    # a sign stands beside the figures, so that colour is not all that tells
    marked = path.locator("[data-block=map] g.step.marked").evaluate_all("all => all.map(e => e.dataset.item)")
    assert set(marked) == {each for each in differing if " → " not in each}
    expect(path.locator("[data-block=map] text.count", has_text=re.compile("[▲▼●]"))).to_have_count(len(marked))
    expect(path.locator("[data-block=map] .legend")).to_contain_text("won")
    share = card.locator("button[data-name=path_one]").first
    with path.expect_response(re.compile("/api/path/cases.*side=one")) as listed:
        share.click()
    assert listed.value.json()["total"] == int(share.get_attribute("data-value") or -1)
    expect(path.get_by_role("dialog").locator("tbody tr").first).to_be_visible()


def test_what_there_is_too_little_of_is_said(page: Page, demo: Demo) -> None:
    shown(page, f"{demo.address}/path?lang=en&period=last_12_months&against=employee", "map")
    expect(page.locator("[data-block=against]")).to_contain_text("Choose whom")
    page.goto(f"{demo.address}/path?lang=en&period=last_12_months&against=since&whom=2001-01-01")
    expect(page.locator("[data-block=against]")).to_contain_text("does not cut the period in two")


def test_hand_overs_are_told_by_people_and_roles_and_lead_to_their_cases(path: Page) -> None:
    card = path.locator("[data-block=hands]")
    cell = card.locator("table.matrix button").first
    expect(cell).to_be_visible()
    with path.expect_response(re.compile("/api/path/cases.*which=handed")) as listed:
        cell.click()
    assert listed.value.json()["total"] == int(cell.get_attribute("data-value") or -1) > 0
    path.go_back()
    with path.expect_response(re.compile("/api/path/handovers.*by=roles")) as answered:
        card.get_by_role("button", name="Roles").click()
    roles = answered.value.json()
    assert "hands=roles" in path.url
    expect(card.locator("table.matrix button")).to_have_count(len(roles["rows"]))
    # roles are called by their titles, not by the codes of the settings
    heads = card.locator("table.matrix th").all_inner_texts()
    assert heads
    assert not {each.lower() for each in heads} & {"first_line", "lead", "head"}
    with path.expect_response(re.compile("/api/path/handovers.*within=1&|/api/path/handovers.*within=1$")) as sooner:
        card.get_by_role("spinbutton").fill("1")
        card.get_by_role("spinbutton").press("Enter")
    late = [sum(row["without_contact"] for row in told["rows"]) for told in (roles, sooner.value.json())]
    assert late[0] < late[1]


@pytest.mark.parametrize("table", ["edges", "deviations", "zones", "shares", "handovers", "ways"])
def test_every_table_is_saved_as_a_workbook(path: Page, table: str) -> None:
    block = {"edges": "map", "zones": "grey", "shares": "against", "handovers": "hands"}.get(table, table)
    if table == "shares":
        path.goto(f"{path.url}&against=outcome")
    card = path.locator(f"[data-block={block}]")
    expect(card.locator("tbody tr").first).to_be_attached()
    card.get_by_role("button", name=re.compile("^Actions:")).click()
    with path.expect_download() as saved:
        path.get_by_role("menuitem", name="Download Excel").click()
    assert saved.value.suggested_filename.endswith(".xlsx")
    assert f"table={table}" in saved.value.url
