"""Every page on paper: told by title, period and cut, light in either theme, no chart for a sheet's end to cut."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, StorageState, ViewportSize, expect

from tests.e2e.served import DESKTOP, Demo, shown

LISTED = Path(__file__).resolve().parents[2] / "frontend" / "src" / "pages" / "pages.ts"
SHEET: ViewportSize = {"width": 1047, "height": 703}
"""Pixels of A4 lying, less 10 mm at the sides and 10 + 13 mm above and below."""
UPRIGHT = 1035
"""Pixels of the height of A4 standing, less the same: a drawing that is higher than wide is printed so."""
POINTS_8 = 8 * 96 / 72 - 0.01
"""The least that is read on paper, in pixels."""
UNCUT = ("settings", "account", "data", "board")
"""Pages that are cut by nothing; of these the board alone has a period, which it says itself."""

CUT = """([lying, upright]) => {
  const whole = [...document.querySelectorAll('main .chart, main [data-block=map] svg, main table.matrix tr, main tr')];
  return whole.filter(each => {
    if (!each.getClientRects().length || each.closest('.visually-hidden')) return false;
    let keeper = each;
    while (keeper && getComputedStyle(keeper).breakInside !== 'avoid') keeper = keeper.parentElement;
    return !keeper || each.getBoundingClientRect().height > (each.closest('.upright') ? upright : lying);
  }).map(each => [each.tagName, each.closest('[data-block]')?.dataset.block, each.getBoundingClientRect().height]);
}"""
WIDE = """() => [...document.querySelectorAll('main table, main .chart svg')]
  .filter(each => !each.closest('.visually-hidden') && each.getBoundingClientRect().right > innerWidth + 1)
  .map(each => [each.tagName, each.closest('[data-block]')?.dataset.block, each.getBoundingClientRect().right])"""
SHRUNK = """() => {
  document.querySelectorAll('main .chart svg').forEach(each => each.setAttribute('width', 2000));
  return document.documentElement.scrollWidth > innerWidth;
}"""
"""Whether charts, while they are as wide as the window still, would make the browser shrink all that is printed."""
SMALL = """least => {
  const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT), found = [];
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !element.getClientRects().length) continue;
    if (element.closest('.visually-hidden, svg')) continue;
    let size = parseFloat(getComputedStyle(element).fontSize);
    for (let up = element; up; up = up.parentElement) size *= Number(getComputedStyle(up).zoom) || 1;
    if (size < least) found.push([element.className, walker.currentNode.data.trim().slice(0, 30), size]);
  }
  return found;
}"""


def paths() -> list[str]:
    """Return the addresses of all pages, as the list of the menu has them."""
    text = LISTED.read_text(encoding="utf-8")
    named = [f"/{name}" for name in re.findall(r"page\('(\w+)'", text)]
    return sorted({*named, *re.findall(r"path: '(/\w*)'", text)})


def stands(page: Page) -> Page:
    """Wait until the cards of a page and the charts in them are drawn."""
    expect(page.locator("main .card, main section").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    page.wait_for_function("[...document.querySelectorAll('.chart')].every(each => each.querySelector('svg'))")
    return page


def test_the_list_of_pages_is_read_whole() -> None:
    assert {"/", "/team", "/funnel", "/path", "/leads", "/plan", "/data", "/account"} <= set(paths())


@pytest.mark.parametrize("path", paths())
def test_a_page_prints_whole(page: Page, demo: Demo, path: str) -> None:
    page.set_viewport_size(SHEET)
    stands(_opened(page, f"{demo.address}{path}?lang=en&period=last_month"))
    page.emulate_media(media="print")
    assert page.evaluate(CUT, [SHEET["height"], UPRIGHT]) == []
    assert page.evaluate(WIDE) == []
    assert page.evaluate(SMALL, POINTS_8) == []
    assert not page.evaluate(SHRUNK)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    for unseen in ("nav", "main .filters", "main .card .menu", "main form:not(.on-paper)", "main .corner"):
        assert not any(each.is_visible() for each in page.locator(unseen).all()), unseen
    said = page.locator("main header .only-print").inner_text()
    assert "Data as of" in said
    if path.removeprefix("/") not in UNCUT:
        assert "Last month" in said
        assert "All teams, managers and channels" in said
    if path == "/board":
        days = re.compile(r"\b1\b.*\b(?:28|29|30|31)\b.* 20\d\d")
        expect(page.locator("[data-block=headline]")).to_contain_text(days)
    page.emulate_media(media="screen")
    assert len(re.findall(rb"/Type /Page\b(?!s)", page.pdf(prefer_css_page_size=True))) > 0


def test_settings_are_printed_with_their_values_and_without_their_fields(page: Page, demo: Demo) -> None:
    address = f"{demo.address}/settings?section=company&lang=en"
    block = shown(page, address, "settings-company").locator("[data-block=settings-company]")
    currency = block.locator("[data-setting='currency'] .said")
    expect(currency).to_be_hidden()
    page.emulate_media(media="print")
    expect(currency).to_have_text("RUB")
    assert not any(each.is_visible() for each in block.locator("input, select, textarea").all())


def test_paper_is_light_in_the_dark_theme(browser: Browser, signed_in: StorageState, demo: Demo) -> None:
    context: BrowserContext = browser.new_context(storage_state=signed_in, viewport=DESKTOP, color_scheme="dark")
    page = stands(_opened(context.new_page(), f"{demo.address}/activity?lang=ru"))
    page.emulate_media(media="print", color_scheme="dark")
    expect(page.locator("html")).to_have_attribute("data-theme", "light")
    ground = "element => getComputedStyle(document.querySelector(element)).backgroundColor"
    assert page.evaluate(ground, "body") == "rgb(255, 255, 255)"
    assert page.evaluate(ground, "main .card") == "rgb(255, 255, 255)"
    ink = "() => [...document.querySelectorAll('.chart text')].map(each => each.getAttribute('fill'))"
    inks: list[Any] = page.evaluate(ink)
    assert inks
    assert set(inks) <= {"#1b2433", "#5a6678", "#444", "#444444", "#fff", "#ffffff"}
    context.close()


def test_the_filters_stand_on_paper_in_words(page: Page, demo: Demo) -> None:
    stands(_opened(page, f"{demo.address}/?lang=ru&period=last_month&compare=year"))
    page.get_by_role("group", name="Фильтры").get_by_role("button", name="Команда").click()
    option = page.get_by_role("option").first
    name = option.inner_text().strip()
    option.click()
    page.keyboard.press("Escape")
    page.emulate_media(media="print")
    said = page.locator("main header .only-print")
    expect(said).to_contain_text(f"Команда: {name}")
    expect(said).to_contain_text("Сравнение с прошлым годом")


def _opened(page: Page, address: str) -> Page:
    page.goto(address)
    return page
