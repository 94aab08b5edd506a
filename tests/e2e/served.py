"""What is looked at: a company as it is served, the demo or a new one, and the sizes of the windows."""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, StorageState, ViewportSize, expect

DESKTOP: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
PASSWORD = "семь раз отмерь"  # noqa: S105 - nobody's
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")
PROGRAM = (sys.executable, "-c", "from voronka.cli.main import main; main()")


@dataclass(frozen=True)
class Demo:
    """A demo company that is being served: its folder, the address, and the link that was printed."""

    folder: Path
    address: str
    link: str


@dataclass(frozen=True)
class Look:
    """In which language, theme and window a page is looked at."""

    lang: Literal["ru", "en"] = "ru"
    theme: Literal["light", "dark"] = "light"
    size: Literal["desktop", "phone"] = "desktop"

    def __str__(self) -> str:
        return f"{self.lang}-{self.theme}-{self.size}"


def opened(page: Page, address: str) -> Page:
    """Open the Overview and wait until its figures stand."""
    page.goto(address)
    expect(page.locator("[data-block=tiles] [data-name]").first).to_be_visible()
    return page


def shown(page: Page, address: str, block: str) -> Page:
    """Open a page of blocks and wait until the figures of a block stand."""
    page.goto(address)
    expect(page.locator(f'[data-block="{block}"]')).to_be_visible()
    page.wait_for_load_state("networkidle")
    return page


def founded(folder: Path) -> Path:
    """Make a new company without data, whose administrator is anna."""
    subprocess.run([*PROGRAM, "init", str(folder), "--name", "Новая"], check=True, capture_output=True)
    user = [*PROGRAM, "user", "add", "anna", "--password-stdin", "--company", str(folder)]
    subprocess.run(user, check=True, capture_output=True, input=f"{PASSWORD}\n", text=True)
    return folder


@contextmanager
def serving(folder: Path) -> Iterator[Demo]:
    """Serve a company for as long as it is looked at."""
    serve = [*PROGRAM, "serve", "--company", str(folder), "--port", "0"]
    with subprocess.Popen(serve, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        found = next((hit for line in server.stdout or () if (hit := ADDRESS.search(line))), None)
        assert found is not None
        try:
            yield Demo(folder, found.group(), found.group())
        finally:
            server.terminate()


def as_anna(browser: Browser, company: Demo) -> StorageState:
    """Return the state of a browser in which the administrator has signed in."""
    context = browser.new_context(viewport=DESKTOP, locale="ru-RU")
    page = context.new_page()
    page.goto(company.address)
    page.locator("input[autocomplete=username]").fill("anna")
    page.locator("input[type=password]").fill(PASSWORD)
    page.locator("button[type=submit]").click()
    expect(page.locator("nav")).to_be_visible()
    state = context.storage_state()
    context.close()
    return state
