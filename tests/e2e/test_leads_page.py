"""The page of leads: its numbers, its looks, and what a head of sales does on it."""

import re

from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.looks import compare_with_the_command_line
from tests.e2e.served import Demo, shown
from tests.e2e.tables import compare_with_the_server

BUILT = 120_000
"""Milliseconds that a build may take."""


def test_every_number_equals_the_one_of_voronka_query(page: Page, demo: Demo) -> None:
    shown(page, f"{demo.address}/leads?lang=en", "nurture")
    blocks = compare_with_the_command_line(page, demo, 200)
    assert blocks >= {"totals", "response", "weekdays", "hours", "channels", "handed", "taken", "pairs", "reasons"}


def test_the_temperatures_are_those_that_the_server_judged(page: Page, demo: Demo, context: BrowserContext) -> None:
    shown(page, f"{demo.address}/leads?lang=en", "temperature")
    tables = compare_with_the_server(page, context, f"{demo.address}/api/pages/leads", 20)
    assert tables >= {"temperature", "temperature_people"}
    verdicts = page.locator("[data-block=temperature] .verdict")
    expect(verdicts).to_have_count(3)


def test_leads_that_wait_open_with_the_oldest_first(page: Page, demo: Demo) -> None:
    shown(page, f"{demo.address}/leads?lang=en", "response")
    finding = page.locator("[data-block=finding][data-kind=leads_unanswered]")
    finding.get_by_role("button", name="Open the list").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.locator("tbody tr").first).to_be_visible()
    expect(dialog.locator("th[aria-sort=ascending]")).to_have_count(1)


def test_the_matrix_shows_one_figure_at_a_time(page: Page, demo: Demo) -> None:
    shown(page, f"{demo.address}/leads?lang=en", "pairs")
    card = page.locator("[data-block=pairs]")
    expect(card.locator("td [data-name=leads_handed]").first).to_be_visible()
    card.get_by_role("button", name="Acceptance rate").click()
    expect(card.locator("td [data-name=acceptance_rate]").first).to_be_visible()
    expect(card.locator("td [data-name=leads_handed]")).to_have_count(0)


def test_a_regulation_is_set_for_a_stage_and_taken_back(page: Page, demo: Demo) -> None:
    file = demo.folder / "pipelines" / "sales.yml"
    before = file.read_text("utf-8")
    card = shown(page, f"{demo.address}/leads?lang=en", "register").locator("[data-block=register]")
    card.get_by_role("button", name="Presentation: set one").click()
    form = card.get_by_role("form")
    form.get_by_label("At most").fill("3")
    form.get_by_label("Clock").select_option("calendar")
    form.get_by_label("Unit").select_option("days")
    form.get_by_label("Owner").fill("Head of sales")
    form.get_by_role("button", name="Keep it").click()
    expect(card.get_by_role("row", name=re.compile("Presentation.*Head of sales"))).to_be_visible()
    expect(card.get_by_role("status")).to_have_count(0, timeout=BUILT)  # the figures are built
    expect(card).not_to_contain_text("from before")
    expect(card.get_by_role("button", name="Presentation: set one")).to_have_count(0)
    written = file.read_text("utf-8")
    assert written.startswith(before)
    assert "stop: left:shown" in written
    assert "minutes: 4320" in written

    card.get_by_role("button", name="Bring back what was before").click()
    expect(card.get_by_role("row", name=re.compile("Head of sales"))).to_have_count(0)
    expect(card.get_by_role("status")).to_have_count(0, timeout=BUILT)
    expect(card.get_by_role("button", name="Presentation: set one")).to_be_visible()
    assert file.read_text("utf-8") == before
