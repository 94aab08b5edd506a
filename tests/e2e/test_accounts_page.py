"""The page of accounts: its numbers, its looks, and what a head of sales does on it."""

import json

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.figures import figures
from tests.e2e.looks import as_tables, compare_with_the_command_line
from tests.e2e.served import Demo, shown
from tests.e2e.tables import compare_with_the_server

LAST_MONTH = "period=last_month"


def test_every_number_equals_the_one_of_voronka_query(page: Page, demo: Demo) -> None:
    shown(page, f"{demo.address}/accounts?lang=en&{LAST_MONTH}", "base")
    as_tables(page, "bridge")
    blocks = compare_with_the_command_line(page, demo, 80)
    assert blocks >= {"totals", "bridge", "people", "kept", "months", "base"}


def test_the_bridge_adds_up(page: Page, demo: Demo) -> None:
    shown(page, f"{demo.address}/accounts?lang=en&{LAST_MONTH}", "bridge")
    as_tables(page, "bridge")
    parts = {figure.name: figure.value or 0.0 for figure in figures(page) if figure.block == "bridge"}
    changes = parts["upsell"] + parts["purchase_effect"] + parts["frequency_effect"] - parts["portfolio_lost"]
    assert parts["portfolio_end"] == pytest.approx(parts["portfolio_start"] + changes, abs=0.01)


def test_accounts_are_those_that_the_server_listed(page: Page, demo: Demo, context: BrowserContext) -> None:
    shown(page, f"{demo.address}/accounts?lang=en", "lost")
    tables = compare_with_the_server(page, context, f"{demo.address}/api/pages/accounts", 10)
    assert tables >= {"quadrant", "lost"}


def test_an_account_leads_to_its_payments(page: Page, demo: Demo) -> None:
    shown(page, f"{demo.address}/accounts?lang=en&{LAST_MONTH}", "lost")
    row = page.locator("[data-block=lost] tbody tr").first
    name = row.locator("strong").inner_text()
    row.get_by_role("button", name="payments").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("heading")).to_contain_text(name)
    expect(dialog.locator("tbody tr").first).to_contain_text(name)


def test_the_page_is_of_account_managers_until_all_are_asked_for(page: Page, demo: Demo) -> None:
    shown(page, f"{demo.address}/accounts?lang=en&{LAST_MONTH}", "totals")
    block = page.locator("[data-block=totals]")
    assert json.loads(block.get_attribute("data-ask") or "{}")["where"] == {"role": ["am"]}
    page.get_by_role("button", name="Everyone with clients").click()
    expect(page.locator("[data-block=totals][data-ask*='\"where\":{}']")).to_be_visible()
