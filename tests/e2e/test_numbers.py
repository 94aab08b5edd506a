"""Every number on the page is the one that the command line gives to the same question."""

import json
import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.figures import answers, figures, near, value_in
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
        assert figure.value == near(expected), figure
    assert {figure.block for figure in shown} >= BLOCKS - {"headline"}
    assert len(shown) > 300


def test_what_is_written_is_the_value_behind_it(page: Page, demo: Demo) -> None:
    opened(page, f"{demo.address}/?lang=en")
    counts = [figure for figure in figures(page) if re.fullmatch(r"[\d,]+", figure.text)]
    wrong = [figure for figure in counts if float(figure.text.replace(",", "")) != pytest.approx(figure.value, abs=0.5)]
    assert wrong == []
    assert len(counts) > 100


def test_the_conclusion_says_what_voronka_query_says(context: BrowserContext, demo: Demo) -> None:
    shown = context.request.get(f"{demo.address}/api/overview").json()
    headline = shown["headline"]
    assert headline["kind"] in {"revenue_behind", "revenue_on_pace"}
    ask = json.dumps(headline["ask"])
    told = answers(demo.folder, {ask})[ask]["totals"]
    names = {
        "revenue": "revenue_covered",
        "plan": "revenue_plan",
        "pace": "revenue_pace",
        "attainment": "revenue_attainment",
    }
    for value, name in names.items():
        assert headline["values"][value] == pytest.approx(told[name], rel=1e-9), name
    # what is missing to what is due by now: revenue / due = pace
    due = 100 * told["revenue_covered"] / told["revenue_pace"]
    assert headline["values"]["gap"] == pytest.approx(max(0.0, due - told["revenue_covered"]), rel=1e-6)
    waiting = [each for each in shown["findings"] if each["kind"] in {"leads_unanswered", "deals_without_task"}]
    for finding in waiting:
        ask = json.dumps(finding["ask"])
        assert finding["values"]["count"] == answers(demo.folder, {ask})[ask]["totals"][finding["kind"]]
    assert waiting
