"""The page of plans: its numbers, its looks, and what a head of sales does on it."""

import json

from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.looks import as_tables, compare_with_the_command_line
from tests.e2e.served import Demo, shown
from tests.e2e.tables import compare_with_the_server


def test_every_number_equals_the_one_of_voronka_query(page: Page, demo: Demo) -> None:
    shown(page, f"{demo.address}/plan?lang=en", "breakdown")
    as_tables(page, "course")
    blocks = compare_with_the_command_line(page, demo, 200)
    assert blocks >= {"company", "teams", "course", "role:ae"}


def test_the_breakdown_is_the_one_that_the_server_made(page: Page, demo: Demo, context: BrowserContext) -> None:
    shown(page, f"{demo.address}/plan?lang=en", "breakdown")
    assert compare_with_the_server(page, context, f"{demo.address}/api/pages/plan", 100) == {"breakdown"}


def test_another_metric_is_chosen_for_the_teams(page: Page, demo: Demo) -> None:
    shown(page, f"{demo.address}/plan?lang=en", "teams")
    card = page.locator("[data-block=teams]")
    expect(card.locator("[data-name=revenue_plan]").first).to_be_visible()
    card.get_by_role("button", name="Calls", exact=True).click()
    expect(card.locator("[data-name=calls_plan]").first).to_be_visible()
    expect(card.locator("[data-name=revenue_plan]")).to_have_count(0)


def test_a_period_that_is_over_has_no_forecast(page: Page, demo: Demo) -> None:
    shown(page, f"{demo.address}/plan?lang=en&period=last_month", "company")
    card = page.locator("[data-block=company]")
    assert json.loads(card.locator("[data-name=revenue_attainment]").get_attribute("data-value") or "null") > 0
    expect(card.locator("[data-name=revenue_forecast]")).to_have_count(0)


PASTED = """text => {
  const clipboardData = new DataTransfer();
  clipboardData.setData('text/plain', text);
  const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
  document.activeElement.dispatchEvent(event);
}"""


def test_plans_are_pasted_typed_and_undone(page: Page, demo: Demo) -> None:
    shown(page, f"{demo.address}/plan?lang=en", "plans")
    card = page.locator("[data-block=plans]")
    card.get_by_label("Metric").select_option("calls")
    first = card.locator("thead th").nth(1)
    next_year = int(first.inner_text().split()[-1]) + 1  # of which no other test asks
    card.get_by_role("button", name="Later", exact=True).click()
    expect(first).to_have_text(f"Jan {next_year}")
    people = card.locator("tr.employee")
    names = people.locator("th").all_inner_texts()[:2]
    cells = [people.nth(line).get_by_role("gridcell") for line in (0, 1)]
    cells[0].nth(0).click()
    page.evaluate(PASTED, f"Who\tJan {next_year}\tFeb {next_year}\n{names[0]}\t120\t30\n{names[1]}\tmany\t40")
    expect(card.get_by_role("alert")).to_contain_text("Line 3, column 2: not a number: many")
    expect(cells[0].nth(0)).to_have_text("")
    page.evaluate(PASTED, f"{names[1]}\t40\n{names[0]}\t120\t30")
    expect(cells[0].nth(0)).to_have_text("120")
    expect(cells[0].nth(1)).to_have_text("30")
    expect(cells[1].nth(0)).to_have_text("40")
    cells[0].nth(0).press("Control+z")
    expect(cells[0].nth(0)).to_have_text("")
    expect(cells[1].nth(0)).to_have_text("")
    page.keyboard.press("7")
    page.keyboard.type("5")
    page.keyboard.press("Tab")
    expect(cells[0].nth(0)).to_have_text("75")
    expect(cells[0].nth(1)).to_be_focused()
    card.get_by_role("button", name="Undo", exact=True).first.click()
    expect(cells[0].nth(0)).to_have_text("")
    built = "fetch('/api/plans?metric=calls').then(r => r.json()).then(r => !r.is_building && !r.is_behind)"
    page.wait_for_function(built, timeout=300_000, polling=1000)  # the figures are as before for other tests
