"""Serves a demo company and looks at its first page: bytes, requests, time until drawn, cost of a changed filter."""

import os
import re
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import httpx
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

LINK = re.compile(r"http://127\.0\.0\.1:\d+/enter/\S+")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
DRAWN = """() => document.querySelector('[data-block=tiles] [data-name]') !== null
  && document.querySelector('[data-block=revenue_by_month] svg') !== null
  && document.querySelector('[aria-busy=true]') === null"""
ANSWERS = """first => JSON.parse(document.querySelector('[data-block=tiles]')?.dataset.ask ?? '{}').from === first
  && document.querySelector('[aria-busy=true]') === null"""
TICKS = os.sysconf("SC_CLK_TCK")
VISITS, CHANGES = 3, 9


@dataclass(frozen=True)
class Server:
    """A program that serves a company: its process, its address, the cookie of somebody who is let in."""

    process: int
    address: str
    cookie: tuple[str, str]
    seconds: float

    def cpu(self) -> float:
        """Return the milliseconds of processors used so far."""
        fields = Path(f"/proc/{self.process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return 1000.0 * (int(fields[11]) + int(fields[12])) / TICKS

    def memory(self) -> int:
        """Return the bytes held now, shared pages by share."""
        lines = Path(f"/proc/{self.process}/smaps_rollup").read_text(encoding="ascii").splitlines()
        return 1024 * int(next(line for line in lines if line.startswith("Pss:")).split()[1])


@dataclass(frozen=True)
class Visit:
    """A first visit in a fresh browser: bytes over the wire, requests, seconds until it is drawn."""

    bytes: int
    requests: int
    drawn: float


@dataclass(frozen=True)
class Asked:
    """What one overview costs: milliseconds of wall and of the server's processors, by the middle of several."""

    wall: float
    cpu: float


@dataclass(frozen=True)
class Pages:
    """What was reached with one company."""

    activities: int
    start: float
    visits: list[Visit]
    changed_uncached: float
    changed_cached: float
    uncached: Asked
    cached: Asked
    memory: int


def measure_pages(folder: Path, managers: int) -> Pages:
    """Serve a demo company, made where it is not there yet, and look at it."""
    with served(folder, managers) as server, _browser() as browser:
        visits = [_visit(browser, server) for _ in range(VISITS)]
        changed_uncached, changed_cached = _changes(browser, server)
        uncached, cached = _asked(server)
        activities = _client(server).get("/api/query?metric=activities").json()["totals"]["activities"]
        return Pages(
            activities, server.seconds, visits, changed_uncached, changed_cached, uncached, cached, server.memory()
        )


@contextmanager
def served(folder: Path, managers: int) -> Iterator[Server]:
    """Give a server of a demo company, made where it is not there yet; it ends afterwards."""
    size = ["--managers", str(managers), "--months", "24", "--seed", "1", "--keep"]
    program = "from voronka.cli.main import main; main()"
    command = [sys.executable, "-c", program, "demo", str(folder), "--no-open", "--port", "0", *size]
    started = time.perf_counter()
    folder.parent.mkdir(parents=True, exist_ok=True)
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:  # noqa: S603 - our own program
        link = next((found.group() for line in server.stdout or () if (found := LINK.search(line))), None)
        if link is None:
            message = "voronka demo ended without a link"
            raise RuntimeError(message)
        seconds = time.perf_counter() - started
        entered = httpx.get(link)
        cookie = next(iter(entered.cookies.items()))
        try:
            yield Server(server.pid, link.split("/enter/", maxsplit=1)[0], cookie, seconds)
        finally:
            server.terminate()


@contextmanager
def _browser() -> Iterator[Browser]:
    path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


def _context(browser: Browser, server: Server) -> BrowserContext:
    context = browser.new_context(
        viewport={"width": 1440, "height": 900}, bypass_csp=True
    )  # conditions are waited for by eval
    name, value = server.cookie
    context.add_cookies([{"name": name, "value": value, "url": server.address}])
    return context


def _visit(browser: Browser, server: Server) -> Visit:
    context = _context(browser, server)
    page = context.new_page()
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    sizes: list[float] = []
    network.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    started = time.perf_counter()
    page.goto(server.address)
    page.wait_for_function(DRAWN)
    drawn = time.perf_counter() - started
    page.wait_for_load_state("networkidle")
    context.close()
    return Visit(int(sum(sizes)), len(sizes), drawn)


def _periods(count: int, days: int) -> list[str]:
    """Return the queries of so many periods that nobody asked about before, a day apart."""
    today = date.today()  # noqa: DTZ011 - any recent days will do
    lasts = [today - timedelta(days=n + 1) for n in range(count)]
    return [f"from={last - timedelta(days=days - 1)}&to={last}" for last in lasts]


def _changes(browser: Browser, server: Server) -> tuple[float, float]:
    """Return the milliseconds between a changed period and the new figures on the page: not cached, cached.

    The period is changed through the history, as the filter bar does, so that the page is not loaded again.
    """
    context = _context(browser, server)
    found = []
    for _ in ("not cached", "cached"):  # a page of its own each: a page keeps what it was told
        page = context.new_page()
        page.goto(server.address)
        page.wait_for_function(DRAWN)
        found.append(statistics.median(_changed(page, query) for query in _periods(CHANGES, 31)))
    context.close()
    return found[0], found[1]


def _changed(page: Page, query: str) -> float:
    """Change the address as the filter bar does, and wait until the tiles answer the new question."""
    change = "query => { history.pushState(null, '', '?' + query); dispatchEvent(new PopStateEvent('popstate')) }"
    first = query.removeprefix("from=").partition("&")[0]
    started = time.perf_counter()
    page.evaluate(change, query)
    page.wait_for_function(ANSWERS, arg=first)
    return 1000.0 * (time.perf_counter() - started)


def _client(server: Server) -> httpx.Client:
    return httpx.Client(base_url=server.address, cookies=dict([server.cookie]), timeout=60)


def _asked(server: Server) -> tuple[Asked, Asked]:
    """Return what overviews of 30-day periods cost: asked for the first time, and again."""
    with _client(server) as client:
        paths = [f"/api/overview?{query}&compare=previous" for query in _periods(CHANGES, 30)]
        return _cost(server, client.get, paths), _cost(server, client.get, paths * 20)


def _cost(server: Server, get: Callable[[str], httpx.Response], paths: list[str]) -> Asked:
    before, walls = server.cpu(), []
    for path in paths:
        started = time.perf_counter()
        get(path).raise_for_status()
        walls.append(1000.0 * (time.perf_counter() - started))
    return Asked(statistics.median(walls), (server.cpu() - before) / len(paths))
