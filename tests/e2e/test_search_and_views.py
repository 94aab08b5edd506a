"""What is found by a word, and pages that are saved and opened again by a link."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.looks import AXE
from tests.e2e.served import Demo, shown


def faults(page: Page) -> list[object]:
    """Return what axe finds on the page as it stands."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[object] = page.evaluate("() => axe.run().then(r => r.violations.map(v => [v.id, v.nodes[0].html]))")
    return found


def test_a_person_and_a_deal_are_found_by_the_keyboard(page: Page, demo: Demo) -> None:
    shown(page, f"{demo.address}/team?lang=en", "role:ae")
    told = page.request.get(f"{demo.address}/api/session").json()
    person = next(each for each in told["filters"]["employees"] if each["is_active"])
    page.keyboard.press("Control+k")
    box = page.get_by_role("combobox", name="Search people")
    box.fill(person["name"])
    expect(page.get_by_role("option", selected=True)).to_contain_text(person["name"])
    assert faults(page) == []
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"employee={person['id'].split(':')[0]}"))
    rows = page.request.get(f"{demo.address}/api/records?metric=deals_created&limit=1").json()["rows"]
    page.locator("h1").click()
    page.keyboard.press("/")
    box.fill(rows[0]["id"].partition(":")[2])
    expect(page.get_by_role("option").filter(has_text=rows[0]["title"]).first).to_be_visible()
    page.get_by_role("option").filter(has_text=rows[0]["title"]).first.click()
    drawer = page.get_by_role("dialog")
    expect(drawer.get_by_role("cell", name=rows[0]["title"], exact=True).first).to_be_visible()
    page.go_back()
    expect(drawer).to_have_count(0)


def test_a_view_is_saved_and_opened_by_its_link_and_says_what_is_gone(page: Page, demo: Demo) -> None:
    page.goto(f"{demo.address}/team?lang=en&period=last_month&team=gone%3A1")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("gone:1")
    page.get_by_role("button", name="Saved views").click()
    panel = page.get_by_role("dialog", name="Saved views")
    panel.get_by_label("Save this page").fill("Last month")
    panel.get_by_label("Show it to the whole company").check()
    panel.get_by_role("button", name="Save", exact=True).click()
    link = panel.get_by_role("link", name="Last month")
    expect(link).to_be_visible()
    assert faults(page) == []
    address = link.get_attribute("href")
    page.goto(f"{demo.address}{address}")
    expect(page).to_have_url(re.compile(r"/team\?period=last_month$"))
    expect(page.get_by_text("is open without what is not there any more")).to_be_visible()
    expect(alert).to_have_count(0)
    page.get_by_role("button", name="Saved views").click()
    panel.get_by_role("button", name="Delete “Last month”").click()
    panel.get_by_role("button", name="Delete", exact=True).click()
    expect(link).to_have_count(0)
    page.goto(f"{demo.address}{address}")
    expect(page.get_by_text("no saved view has the number")).to_be_visible()


def test_one_begins_where_one_chose(page: Page, demo: Demo) -> None:
    page.goto(f"{demo.address}/account?lang=en")
    chosen = page.locator('[data-block="start"] select')
    chosen.select_option(label="Leads")
    expect(page.get_by_text("The page to begin at is chosen")).to_be_visible()
    page.evaluate("sessionStorage.clear()")
    page.goto(f"{demo.address}/")
    expect(page).to_have_url(re.compile("/leads$"))
    page.goto(f"{demo.address}/account?lang=en")
    chosen.select_option("")
    expect(page.get_by_text("The page to begin at is chosen")).to_be_visible()
