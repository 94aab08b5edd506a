"""Headings of tables: what each figure means is read by keyboard, and a long table shows that it goes on."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.served import PHONE, Demo, shown

BLOCKS = {"leads": "response", "calls": "people", "activity": "emails", "plan": "company", "accounts": "people"}
SILENT = """async () => {
  const frame = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const panel = document.getElementById('definition');
  const silent = [];
  for (const head of document.querySelectorAll('main thead th.number, main thead th.group')) {
    const stop = head.querySelector('button, [tabindex]');
    stop?.focus();
    await frame();
    if (!panel.matches(':popover-open') || !panel.querySelector('p')) silent.push(head.innerText);
    stop?.blur();
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    await frame();
  }
  return silent;
}"""


@pytest.mark.parametrize(("name", "block"), BLOCKS.items())
def test_a_heading_over_figures_says_what_they_mean(page: Page, demo: Demo, name: str, block: str) -> None:
    shown(page, f"{demo.address}/{name}?lang=ru", block)
    assert page.locator("main thead th.number").count() > 0
    with page.expect_response(lambda answer: answer.url.endswith("/api/metrics")):
        page.reload()
    page.wait_for_load_state("networkidle")
    page.keyboard.press("Tab")
    assert page.evaluate(SILENT) == []


def test_the_first_column_stays_where_a_table_is_moved_sideways(page: Page, demo: Demo) -> None:
    page.set_viewport_size(PHONE)
    shown(page, f"{demo.address}/leads?lang=ru", "response")
    frame = page.locator('[data-block="response"] .edges')
    expect(frame).to_have_attribute("data-cut", "right")
    name = frame.locator("tbody th").first
    before = name.bounding_box()
    frame.evaluate("frame => { frame.scrollLeft = 40 }")
    expect(frame).to_have_attribute("data-cut", re.compile("left"))
    after = name.bounding_box()
    assert before is not None
    assert after is not None
    assert abs(before["x"] - after["x"]) < 2
