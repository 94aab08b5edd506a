"""The page of activity: its numbers, its looks, and what a head of sales does on it."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.figures import figures, near
from tests.e2e.looks import as_tables, compare_with_the_command_line
from tests.e2e.served import Demo, opened, shown


def test_every_number_equals_the_one_of_voronka_query(page: Page, demo: Demo) -> None:
    shown(page, f"{demo.address}/activity?lang=en", "tasks")
    as_tables(page, "activity", "course")
    blocks = compare_with_the_command_line(page, demo, 400)
    named = {"figures", "daily", "activity", "course", "emails", "templates", "meetings", "tasks", "touches", "next"}
    assert blocks >= named


def test_the_day_is_the_same_one_as_on_the_overview(page: Page, demo: Demo) -> None:
    def daily() -> dict[tuple[object, ...], float | None]:
        return {(figure.name, figure.key): figure.value for figure in figures(page) if figure.block == "daily"}

    opened(page, f"{demo.address}/?lang=en")
    overview = daily()
    shown(page, f"{demo.address}/activity?lang=en", "daily")
    assert daily() == {key: near(value) for key, value in overview.items()}
    page.get_by_role("button", name="Previous working day").click()
    expect(page).to_have_url(re.compile("day=20"))
    page.wait_for_load_state("networkidle")
    assert set(daily()) != set() != set(overview)
