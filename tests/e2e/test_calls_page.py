"""The page of calls: its numbers, its looks, and what a head of sales does on it."""

import json
import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.looks import as_tables, compare_with_the_command_line
from tests.e2e.served import Demo, shown

READ_ROWS = """
() => [...document.querySelectorAll('[data-table=talk_per_day] tbody tr')].map(row =>
  Object.fromEntries([...row.querySelectorAll('[data-name]')].map(cell => [cell.dataset.name, +cell.dataset.value])))
"""


def test_every_number_equals_the_one_of_voronka_query(page: Page, demo: Demo) -> None:
    shown(page, f"{demo.address}/calls?lang=en", "people")
    as_tables(page, "lengths", "course")
    blocks = compare_with_the_command_line(page, demo, 200)
    assert blocks >= {"figures", "people", "lengths", "course", "calls_by_hour"}


def test_hours_of_talk_add_up_to_those_of_the_people(page: Page, demo: Demo) -> None:
    shown(page, f"{demo.address}/calls?lang=en", "talk_per_day")
    as_tables(page, "talk_per_day")
    rows = page.evaluate(READ_ROWS)
    assert len(rows) > 5
    for row in rows:
        assert row["talk_per_day"] == pytest.approx(row["talk_time"] / row["worked_days"], rel=1e-9)
    whole = page.locator("[data-block=figures] [data-name=talk_time]").get_attribute("data-value")
    assert sum(row["talk_time"] for row in rows) == pytest.approx(json.loads(whole or "null"), rel=1e-6)


def test_a_missed_call_leads_to_its_list(page: Page, demo: Demo) -> None:
    shown(page, f"{demo.address}/calls?lang=en", "people")
    finding = page.locator("[data-block=finding][data-kind=not_called_back]")
    with page.expect_response(re.compile("/api/records")) as answer:
        finding.get_by_role("button", name="Open the list").click()
    count = re.match(r"[\d,]+", finding.get_by_role("heading").inner_text())
    assert count is not None
    assert answer.value.json()["total"] == int(count.group().replace(",", ""))
    expect(page.get_by_role("dialog").locator("tbody tr").first).to_be_visible()
