"""Charts as pictures: every block that draws something gives a PNG and an SVG that can be read away from the page."""

import base64
import re
import struct
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, StorageState, expect

from tests.e2e.served import DESKTOP, Demo
from tests.e2e.test_print import stands

READ = """text => {
  const root = new DOMParser().parseFromString(text, 'image/svg+xml').documentElement;
  const all = [...root.querySelectorAll('*')];
  const texts = [...root.querySelectorAll('text')];
  return {
    tag: root.tagName, width: Number(root.getAttribute('width')), height: Number(root.getAttribute('height')),
    texts: texts.map(each => each.textContent), inks: [...new Set(texts.map(each => each.getAttribute('fill')))],
    links: all.flatMap(each => each.getAttributeNames()).filter(name => name === 'src' || name.endsWith('href')),
  };
}"""
DRAWN = {
    "/": {"tiles", "activity", "funnel", "calls_by_hour", "revenue_by_month", "without_task"},
    "/team": {"role:sdr", "role:ae", "compared:sdr"},
    "/activity": {"course", "activity", "next"},
    "/calls": {"lengths", "talk_per_day", "calls_by_hour"},
    "/funnel": {"steps", "losses"},
    "/path": {"map", "hands"},
    "/leads": {"hours", "why_late", "temperature", "pairs"},
    "/channels": {"months"},
    "/accounts": {"bridge", "quadrant"},
    "/plan": {"course"},
}
COLOURS = """async text => {
  const bytes = Uint8Array.from(atob(text), letter => letter.charCodeAt(0));
  const picture = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
  const canvas = new OffscreenCanvas(picture.width, picture.height), brush = canvas.getContext('2d');
  brush.drawImage(picture, 0, 0);
  const { data } = brush.getImageData(0, 0, picture.width, picture.height), found = new Set();
  for (let at = 0; at < data.length; at += 4) found.add((data[at] << 16) | (data[at + 1] << 8) | data[at + 2]);
  return { count: found.size, corner: [...data.slice(0, 4)] };
}"""


def saved(page: Page, card: Locator, kind: str, to: Path) -> Path:
    card.get_by_role("button", name=re.compile("^Actions:")).first.click()
    with page.expect_download() as download:
        page.get_by_role("menuitem", name=f"Download {kind}").click()
    path = to / download.value.suggested_filename
    download.value.save_as(path)
    return path


@pytest.mark.parametrize("path", DRAWN)
def test_every_chart_is_saved_as_a_picture(page: Page, demo: Demo, tmp_path: Path, path: str) -> None:
    page.goto(f"{demo.address}{path}?lang=en&period=last_month")
    for block in sorted(DRAWN[path]):
        card = page.locator(f'[data-block="{block}"]')
        expect(card).to_be_visible()
        stands(page)
        drawing, picture = (saved(page, card, kind, tmp_path) for kind in ("SVG", "PNG"))
        title = card.locator("h2").first.inner_text()
        read = page.evaluate(READ, drawing.read_text(encoding="utf-8"))
        texts = read["texts"]
        assert read["tag"] == "svg", block
        assert title.split()[0] in texts[0], block
        assert any("All teams, managers and channels" in text for text in texts), block
        assert any(re.search(r"\b20\d\d\b", text) for text in texts[1:4]), block
        assert len(texts) > 6, block
        assert read["links"] == [], block
        assert re.search(r", \d{4}-\d\d-\d\d(—\d{4}-\d\d-\d\d)?$", drawing.stem), drawing.name
        content = picture.read_bytes()
        assert struct.unpack(">II", content[16:24]) == (2 * round(read["width"]), 2 * round(read["height"])), block
        told = page.evaluate(COLOURS, base64.b64encode(content).decode())
        assert told["count"] > 8, block
        assert told["corner"] == [255, 255, 255, 255], block


def test_a_picture_is_light_in_the_dark_theme_and_the_page_stays_dark(
    browser: Browser, signed_in: StorageState, demo: Demo, tmp_path: Path
) -> None:
    context = browser.new_context(storage_state=signed_in, viewport=DESKTOP, color_scheme="dark")
    page = context.new_page()
    page.goto(f"{demo.address}/?lang=en&period=last_month")
    card = page.locator("[data-block=activity]")
    expect(card).to_be_visible()
    stands(page)
    read = page.evaluate(READ, saved(page, card, "SVG", tmp_path).read_text(encoding="utf-8"))
    assert read["inks"]
    assert set(read["inks"]) <= {"#1b2433", "#5a6678", "#ffffff"}
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    context.close()
