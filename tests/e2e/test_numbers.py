"""Every number on the page is the one that the command line gives to the same question."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.figures import answers, figures, value_in
from tests.e2e.served import Demo, opened

BLOCKS = {
    "headline",
    "tiles",
    "daily",
    "activity",
    "calls_by_hour",
    "funnel",
    "revenue_by_month",
    "unanswered",
    "without_task",
}
SHAPES = {  # a block drawn as a chart shows its figures in its table
    "activity",
    "revenue_by_month",
}


def as_tables(page: Page) -> None:
    for block in sorted(SHAPES):
        card = page.locator(f"[data-block={block}]")
        card.get_by_role("button", name=re.compile("Действия|Actions")).click()
        page.get_by_role("menuitem", name=re.compile("таблицей|as a table")).click()
        expect(card.locator("table")).to_be_visible()


@pytest.mark.parametrize("query", ["", "?lang=en&compare=year"])
def test_every_number_equals_the_one_of_voronka_query(page: Page, demo: Demo, query: str) -> None:
    opened(page, f"{demo.address}/{query}")
    as_tables(page)
    shown = figures(page)
    told = answers(demo.folder, {figure.ask for figure in shown})
    for figure in shown:
        expected = value_in(told[figure.ask], figure)
        assert figure.value == (None if expected is None else pytest.approx(expected, rel=1e-9)), figure
    assert {figure.block for figure in shown} >= BLOCKS - {"headline"}
    assert len(shown) > 300
