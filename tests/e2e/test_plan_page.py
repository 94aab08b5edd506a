"""The page of plans: its numbers, its looks, and what a head of sales does on it."""

import json

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, StorageState, expect

from tests.e2e.looks import SOME_LOOKS, as_tables, compare_with_the_command_line, looked_at
from tests.e2e.served import Demo, Look, shown
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


@pytest.mark.parametrize("look", SOME_LOOKS, ids=str)
def test_it_can_be_read_by_everybody(browser: Browser, signed_in: StorageState, demo: Demo, look: Look) -> None:
    assert looked_at(browser, signed_in, f"{demo.address}/plan", "company", look) == []
