"""What is looked at: the demo company as it is served, and the sizes of the windows."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import Page, ViewportSize, expect

DESKTOP: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}


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


LOOKS = [
    Look(lang, theme, size) for lang in ("ru", "en") for theme in ("light", "dark") for size in ("desktop", "phone")
]


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
