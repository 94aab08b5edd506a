"""A demo company served by the program itself, and a real Chromium that looks at it."""

import fcntl
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, StorageState, expect, sync_playwright

from tests.e2e.served import DESKTOP, Demo

LINK = re.compile(r"http://127\.0\.0\.1:\d+/enter/\S+")
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PATIENCE = 30_000
"""How long a condition is waited for, in milliseconds; a page that stands is not waited for at all."""


def _chromium() -> str:
    """Return where Chromium is; as root on Debian it is installed when it is missing."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None and os.geteuid() == 0 and shutil.which("apt-get"):
        _install_chromium()
        found = shutil.which("chromium")
    if found is None:
        message = "No Chromium was found: install it (Debian, Ubuntu: sudo apt-get install chromium)"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return found


def _install_chromium() -> None:
    """Install it once, however many processes of the tests find it missing at the same time."""
    asks_nothing = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    with (Path(tempfile.gettempdir()) / "chromium-install.lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if shutil.which("chromium") is None:
            subprocess.run(["apt-get", "update", "-qq"], check=True)
            subprocess.run(["apt-get", "install", "-y", "-qq", "chromium"], check=True, env=asks_nothing)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Return Chromium, closed before other tests of the same process: while it is open, its event loop runs."""
    path = _chromium()
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="package")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    folder = tmp_path_factory.mktemp("e2e") / "demo"
    program = "from voronka.cli.main import main; main()"
    command = [sys.executable, "-c", program, "demo", str(folder), "--no-open", "--port", "0"]
    size = ["--managers", "12", "--months", "14", "--seed", "5"]
    log = folder.parent / "served.log"
    with (
        log.open("w") as said,
        subprocess.Popen([*command, *size], stdout=subprocess.PIPE, stderr=said, text=True) as server,
    ):
        link = _link(server, log)
        try:
            yield Demo(folder, link.split("/enter/", 1)[0], link)
        finally:
            server.terminate()


def _link(server: subprocess.Popen[str], log: Path) -> str:
    """Return the link that the program prints when it is ready; whatever else it prints is left to it."""
    printed = []
    for line in server.stdout or ():
        printed.append(line)
        if found := LINK.search(line):
            return found.group()
    pytest.fail(f"voronka demo ended without a link\n{''.join(printed)}{log.read_text()}")


@pytest.fixture(scope="package")
def signed_in(demo: Demo, browser: Browser) -> StorageState:
    """Return the state of a browser that went through the one-time link."""
    context = browser.new_context(viewport=DESKTOP)
    page = context.new_page()
    page.goto(demo.link)
    expect(page.locator("[data-block=tiles]")).to_be_visible()
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture
def context(browser: Browser, signed_in: StorageState) -> Iterator[BrowserContext]:
    opened = browser.new_context(storage_state=signed_in, viewport=DESKTOP, locale="ru-RU", timezone_id="Asia/Tokyo")
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()
