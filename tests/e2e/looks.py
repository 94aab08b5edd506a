"""What every page has to stand: its numbers are those of the command line, nothing is cut, nobody is kept out."""

import re
from pathlib import Path

from playwright.sync_api import Browser, Page, StorageState, expect

from tests.e2e.figures import answers, figures, near, value_in
from tests.e2e.served import DESKTOP, PHONE, Demo, Look, shown

AXE = Path(__file__).resolve().parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
SOME_LOOKS = [Look("ru", "light", "desktop"), Look("en", "dark", "desktop"), Look("ru", "dark", "phone")]
"""Each language, theme and window at least once: the parts of a page are looked at in all of them on the Overview."""


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


def looked_at(browser: Browser, state: StorageState, address: str, block: str, look: Look) -> list[object]:
    """Return what is wrong with a page as somebody looks at it: logged errors, axe's violations, a page too wide."""
    size = PHONE if look.size == "phone" else DESKTOP
    context = browser.new_context(storage_state=state, viewport=size, color_scheme=look.theme)
    wrong: list[object] = []
    page = context.new_page()
    page.on("console", lambda said: wrong.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    shown(page, f"{address}{'&' if '?' in address else '?'}lang={look.lang}", block)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    wrong += page.evaluate("() => axe.run().then(r => r.violations.map(v => [v.id, v.nodes[0].html]))")
    width = page.evaluate("document.documentElement.scrollWidth")
    wrong += [f"{width} pixels wide"] if width > size["width"] else []
    context.close()
    return wrong
