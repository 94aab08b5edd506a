"""What every page has to stand: its numbers are those of the command line, nothing is cut, nobody is kept out."""

import re
from pathlib import Path

from playwright.sync_api import Browser, Page, StorageState, ViewportSize, expect

from tests.e2e.figures import answers, figures, near, value_in
from tests.e2e.served import DESKTOP, PHONE, Demo, Look, shown

AXE = Path(__file__).resolve().parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
LOOKS = (
    Look("ru", "light", "desktop"),
    Look("en", "dark", "desktop"),
    Look("en", "light", "phone"),
    Look("ru", "dark", "phone"),
)
"""Each language, theme and window beside each other one."""
VIOLATIONS = "() => axe.run().then(r => r.violations.map(v => [v.id, v.nodes.length, v.nodes[0].html]))"


def as_tables(page: Page, *blocks: str) -> None:
    """Show blocks that are drawn as charts as their tables."""
    for block in blocks:
        card = page.locator(f'[data-block="{block}"]')
        card.get_by_role("button", name=re.compile("Действия:|Actions:")).click()
        page.get_by_role("menuitem", name=re.compile("таблицей|as a table")).click()
        expect(card.locator("table")).to_be_visible()


def compare_with_the_command_line(page: Page, demo: Demo, least: int) -> set[str]:
    """Compare every figure with `voronka query`; return the blocks that had any. Fails under `least` figures."""
    found = figures(page)
    told = answers(demo.folder, {figure.ask for figure in found})
    for figure in found:
        expected = value_in(told[figure.ask], figure)
        assert figure.value == near(expected), figure
    assert len(found) >= least
    return {figure.block for figure in found}


def looked_at(browser: Browser, state: StorageState, address: str, block: str) -> list[object]:
    """Return what is wrong with a page in any look: logged errors, axe's violations, a page wider than its window.

    The page is loaded once: language, theme and window change on the page that stands, as they do for a reader.
    """
    context = browser.new_context(storage_state=state, viewport=DESKTOP)
    wrong: list[object] = []
    page = context.new_page()
    page.on("console", lambda said: wrong.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    shown(page, f"{address}{'&' if '?' in address else '?'}lang={LOOKS[0].lang}", block)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    for look in LOOKS:
        _look(page, look)
        wrong += [[str(look), *found] for found in page.evaluate(VIOLATIONS)]
        width = page.evaluate("document.documentElement.scrollWidth")
        wrong += [f"{look}: {width} pixels wide"] if width > _size(look)["width"] else []
    context.close()
    return wrong


def _look(page: Page, look: Look) -> None:
    """Look at a page that stands in another language, theme and window, and wait until it is drawn so."""
    page.emulate_media(color_scheme=look.theme, reduced_motion="reduce")
    page.set_viewport_size(_size(look))
    page.get_by_role("button", name=look.lang.upper(), exact=True).click()
    expect(page.locator("html")).to_have_attribute("lang", look.lang)
    expect(page.locator("html")).to_have_attribute("data-theme", look.theme)
    page.wait_for_load_state("networkidle")
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


def _size(look: Look) -> ViewportSize:
    return PHONE if look.size == "phone" else DESKTOP
