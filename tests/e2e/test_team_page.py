"""The page of the team: its numbers, its looks, and what a head of sales does on it."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.looks import compare_with_the_command_line
from tests.e2e.served import Demo, shown


def people(page: Page, role: str) -> set[str]:
    """Return who stands in the table of a role."""
    found = page.evaluate(
        'role => [...document.querySelectorAll(`[data-block="role:${role}"] [data-key*=employee_id]`)]'
        ".map(figure => JSON.parse(figure.dataset.key).employee_id)",
        role,
    )
    return set(found)


@pytest.mark.parametrize("query", ["?lang=en", "?lang=en&period=last_month&compare=year"])
def test_every_number_equals_the_one_of_voronka_query(page: Page, demo: Demo, query: str) -> None:
    shown(page, f"{demo.address}/team{query}", "role:sdr")
    assert compare_with_the_command_line(page, demo, 100) >= {"role:sdr", "role:ae", "role:am"}


def test_people_of_two_roles_never_stand_in_one_list(page: Page, demo: Demo) -> None:
    shown(page, f"{demo.address}/team?lang=en", "role:sdr")
    search, sell = people(page, "sdr"), people(page, "ae")
    assert search
    assert sell
    assert not search & sell
    heads = page.locator('[data-block="role:sdr"] thead').inner_text()
    assert "Revenue" not in heads


def test_one_role_is_chosen_and_kept_in_the_address(page: Page, demo: Demo) -> None:
    shown(page, f"{demo.address}/team?lang=en", "role:sdr")
    page.get_by_role("group", name="Role").get_by_role("button", name="AE").click()
    expect(page).to_have_url(re.compile("role=ae"))
    expect(page.locator('[data-block="role:sdr"]')).to_have_count(0)
    expect(page.locator('[data-block="role:ae"]')).to_be_visible()
    page.go_back()
    expect(page.locator('[data-block="role:sdr"]')).to_be_visible()


def test_it_is_said_whether_people_differ_and_each_figure_has_its_funnel(page: Page, demo: Demo) -> None:
    shown(page, f"{demo.address}/team?lang=en&role=ae&period=last_quarter", "compared:ae")
    card = page.locator('[data-block="compared:ae"]')
    expect(card.locator("[data-said]")).to_contain_text(re.compile("beyond chance|within chance"))
    expect(card.locator(".chart svg")).to_be_visible()
    card.get_by_role("button", name="Average deal").click()
    expect(card.locator("[data-said]")).to_have_attribute("data-said", "compared:ae:average_deal")
    expect(card.locator("tbody tr").first).to_contain_text(re.compile(r"between \d+ and \d+|\d"))
    card.get_by_role("button", name=re.compile("^Actions")).click()
    href = page.get_by_role("menuitem", name="Download CSV").get_attribute("href")
    assert href is not None
    assert "table=compared%3Aae%3Aaverage_deal" in href
    assert page.request.get(f"{demo.address}{href}").status == 200
