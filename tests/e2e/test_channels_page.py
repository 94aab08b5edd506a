"""The page of channels: its numbers, its looks, and what a head of marketing does on it."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.looks import compare_with_the_command_line
from tests.e2e.served import Demo, shown


def test_every_number_equals_the_one_of_voronka_query(page: Page, demo: Demo) -> None:
    shown(page, f"{demo.address}/channels?lang=en&period=last_month", "months")
    blocks = compare_with_the_command_line(page, demo, 200)
    assert blocks >= {"totals", "channels", "campaigns", "profile", "handed", "months"}


def test_a_channel_that_spends_and_sells_nothing_is_named_and_its_leads_open(page: Page, demo: Demo) -> None:
    shown(page, f"{demo.address}/channels?lang=en", "channels")
    finding = page.locator("[data-block=finding][data-kind=channel_without_return]")
    expect(finding.get_by_role("heading")).to_contain_text("spending without sales")
    finding.get_by_role("button", name="Open the list").click()
    expect(page.get_by_role("dialog").locator("tbody tr").first).to_be_visible()


def test_a_channel_filters_the_page(page: Page, demo: Demo) -> None:
    shown(page, f"{demo.address}/channels?lang=en&period=last_month", "channels")
    rows = page.locator("[data-block=channels] tbody tr")
    before = rows.count()
    rows.first.get_by_role("button").first.click()
    expect(page).to_have_url(re.compile("channel="))
    expect(rows).to_have_count(1)
    assert before > 1


def test_what_cannot_be_cut_by_a_person_is_told(page: Page, demo: Demo) -> None:
    shown(page, f"{demo.address}/leads?lang=en", "response")
    page.locator("[data-block=response] tbody tr").first.get_by_role("button").first.click()
    expect(page).to_have_url(re.compile("employee="))
    page.get_by_role("link", name="Channels").click()
    expect(page.locator("[data-block=channels]")).to_contain_text("not known by manager")
