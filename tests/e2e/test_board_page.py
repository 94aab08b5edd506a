"""The board: places without records, contests, the screen on a wall."""

import re
from datetime import date

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.looks import AXE
from tests.e2e.served import Demo, shown

TITLE = "Марафон звонков"
TURNED_TO_THE_CONTEST = """() => {
  const screen = document.querySelector('[data-block="tv"]');
  if (screen.dataset.slide?.startsWith('contest:')) return true;
  screen.querySelector('button').click();
  return false;
}"""


def places(page: Page, block: str) -> list[str]:
    """Return what stands in the first column of a list."""
    rows = page.locator(f'[data-block="{block}"] tbody tr')
    return [row.locator("b").first.inner_text() for row in rows.all()]


@pytest.mark.parametrize("period", ["this_month", "last_month"])
def test_places_follow_the_figures_and_the_total_is_the_one_of_the_query(page: Page, demo: Demo, period: str) -> None:
    shown(page, f"{demo.address}/board?lang=en&period={period}", "places:ae")
    figures = page.locator('[data-block="places:ae"] tbody [data-name="deals_won"]')
    values = [float(each.get_attribute("data-value") or 0) for each in figures.all()]
    assert values == sorted(values, reverse=True)
    expected = [1 + sum(other > value for other in values) for value in values]
    assert [int(text.rstrip("=")) for text in places(page, "places:ae")] == expected
    # the total of the teams, people who have no place included, is the company's own figure
    total = page.locator('[data-block="places:@teams"] tfoot [data-name]').first
    name = total.get_attribute("data-name")
    days = page.evaluate("fetch('/api/board?' + new URLSearchParams({})).then(r => r.json()).then(p => p.period)")
    if period == "this_month":
        address = f"{demo.address}/api/query?metric={name}&from={days['from']}&to={days['to']}"
        told = page.request.get(address).json()["totals"][name]
        assert float(total.get_attribute("data-value") or 0) == pytest.approx(told)


def test_another_metric_and_period_are_kept_in_the_address(page: Page, demo: Demo) -> None:
    shown(page, f"{demo.address}/board?lang=en&period=last_month", "places:ae")
    card = page.locator('[data-block="places:ae"]')
    card.get_by_role("group", name="Metric").get_by_role("button", name="Revenue").click()
    expect(page).to_have_url(re.compile("show=ae%3Arevenue"))
    expect(card.locator('[data-name="revenue"]').first).to_be_visible()
    page.get_by_role("group", name="Period").get_by_role("button", name="This quarter").click()
    expect(page).to_have_url(re.compile("period=this_quarter"))
    card.get_by_role("button", name=re.compile("^Actions")).click()
    href = page.get_by_role("menuitem", name="Download CSV").get_attribute("href")
    assert href is not None
    assert page.request.get(f"{demo.address}{href}").status == 200


def test_a_contest_is_held_and_shown_on_the_screen_and_deleted(page: Page, demo: Demo) -> None:
    shown(page, f"{demo.address}/board?lang=en", "contests")
    page.get_by_role("button", name="Hold a contest").click()
    form = page.get_by_role("form", name="Hold a contest")
    form.get_by_label("Title").fill(TITLE)
    form.get_by_label("Prize").fill("Торт")
    form.get_by_label("First day").fill(date.today().replace(day=1).isoformat())  # noqa: DTZ011 - the demo's own day
    form.get_by_role("button", name="Save").click()
    card = page.locator('[data-block^="contest:"]').filter(has_text=TITLE)
    expect(card).to_be_visible()
    expect(card.locator("tbody tr").first).to_be_visible()
    page.goto(f"{demo.address}/board?lang=en&tv=1")
    screen = page.locator('[data-block="tv"]')
    expect(screen.locator("li").first).to_be_visible()
    page.wait_for_function(TURNED_TO_THE_CONTEST)  # they may come after the places
    expect(screen.get_by_role("heading")).to_contain_text(TITLE)
    expect(screen).to_contain_text("Торт")
    page.keyboard.press("Escape")
    page.on("dialog", lambda dialog: dialog.accept())
    card.get_by_role("button", name="Delete").click()
    expect(card).to_have_count(0)


def test_the_screen_turns_has_no_menu_and_says_how_fresh_it_is(context: BrowserContext, demo: Demo) -> None:
    page = context.new_page()
    page.clock.install()
    page.goto(f"{demo.address}/board?lang=ru&tv=1&period=last_month")
    screen = page.locator('[data-block="tv"]')
    expect(screen.locator("li").first).to_be_visible()
    expect(page.get_by_role("navigation")).to_have_count(0)
    expect(screen).to_contain_text(re.compile(r"Данные|данные"))
    first = screen.get_attribute("data-slide")
    page.clock.run_for(15_500)
    expect(screen).not_to_have_attribute("data-slide", first or "")
    page.get_by_role("button", name="Остановить").click()
    stopped = screen.get_attribute("data-slide") or ""
    page.clock.run_for(31_000)
    expect(screen).to_have_attribute("data-slide", stopped)
    size = screen.locator(".value").first.evaluate("each => parseFloat(getComputedStyle(each).fontSize)")
    assert size >= 900 * 0.035  # readable from the other side of a room


def test_the_screen_can_be_read_by_everybody(page: Page, demo: Demo) -> None:
    shown(page, f"{demo.address}/board?lang=ru&tv=1&period=last_month", "tv")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    assert page.evaluate("() => axe.run().then(r => r.violations.map(v => [v.id, v.nodes[0].html]))") == []
