"""Serves a demo company to fifty people who look through the pages, and measures how long they wait.

A person asks for what a page asks for, thinks for three seconds, and asks for the next. Each has a session of their
own, listens for news, keeps what it was told by its tag, and is of a role that sees all, a team, or itself.
"""

import asyncio
import random
import re
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import quote, urlencode

import httpx

from benchmarks.pages import TICKS, served
from voronka import bootstrap
from voronka.domain.scope import Scope
from voronka.web.visitor import cookie_name

ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")
USERS, SECONDS, THINK_SECONDS = 50, 60.0, 3.0
ROLES = ("head", "team_lead", "manager", "manager", "manager", "team_lead", "manager", "marketing", "manager", "head")
"""Who looks, by turns."""
FIRST = ("/api/session", "/api/metrics", "/api/views")
"""What an opened page asks for beside its own figures."""
PAGES = (
    *("/api/overview",) * 4,
    *("/api/pages/team", "/api/pages/manager", "/api/pages/manager", "/api/pages/calls", "/api/pages/leads"),
    *("/api/pages/activity", "/api/pages/channels", "/api/pages/accounts", "/api/pages/plan"),
    *("/api/funnel", "/api/path", "/api/lateness", "/api/records?metric=revenue", "/api/records?metric=calls"),
    "/api/search",
)
"""The pages, those looked at more often more than once."""
TYPED = ("иван", "стро", "марк", "групп", "новый", "91612", "90371", "49501", "техно", "промо")
ALONE = 3
"""How often each page is asked for by one person alone, of days that nobody asked for, to tell what it costs."""
STEPS = 21
"""How many pages one person gets through at most."""


@dataclass(frozen=True)
class Asker:
    """One of the fifty: their session and the addresses they ask for, a list for each page."""

    cookie: str
    steps: tuple[tuple[str, ...], ...]


@dataclass
class Waits:
    """How long answers took, in seconds, by route; those known to the browser already (304) and faults among them."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    known: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def all(self) -> list[float]:
        """Return all of them, the shortest first."""
        return sorted(each for of_route in self.seconds.values() for each in of_route)


@dataclass(frozen=True)
class Reached:
    """What one run came to: milliseconds by route and of all, bytes of each worker, processors' share."""

    asked: int
    known: int
    middle: float
    p95: float
    most: float
    faults: tuple[str, ...]
    memory: tuple[int, ...]
    processors: float
    by_route: tuple[tuple[str, int, float, float], ...]


@dataclass(frozen=True)
class Load:
    """What fifty people waited: of the usual days when nothing is kept yet, when all is, and of days of their own.

    `costs` is the milliseconds of processors that a page takes of which nothing is kept, by its address.
    """

    activities: int
    fresh: Reached
    cached: Reached
    uncached: Reached
    costs: tuple[tuple[str, float], ...]


def measure_load(folder: Path, managers: int, workers: int, seconds: float = SECONDS) -> Load:
    """Serve a demo company of so many managers, made where it is not there yet, and let people look at it."""
    with served(folder, managers) as demo:
        told = httpx.get(f"{demo.address}/api/query?metric=activities", cookies=dict([demo.cookie]), timeout=60)
        activities = int(told.json()["totals"]["activities"])
    name, tokens, people = _sign_in(folder)
    with _served(folder, workers) as (process, address):
        cached = [_asker(number, token, people, is_new=False) for number, token in enumerate(tokens)]
        fresh = _reached(process, address, name, cached, seconds)  # as after data came: the first asks for all
        asyncio.run(_warm(address, name, cached))
        reached = _reached(process, address, name, cached, seconds)
        uncached = [_asker(number, token, people, is_new=True) for number, token in enumerate(tokens)]
        own_days = _reached(process, address, name, uncached, seconds)
        return Load(activities, fresh, reached, own_days, tuple(_costs(process, address, (name, tokens[0]), people)))


def _costs(process: int, address: str, cookie: tuple[str, str], people: list[str]) -> Iterator[tuple[str, float]]:
    """Give what each page costs the head's first look at days that nobody asked for, the dearest first."""
    found = []
    with httpx.Client(base_url=address, cookies=dict([cookie]), timeout=60) as client:
        for path in (each for each in dict.fromkeys(PAGES) if each.startswith("/api/") and each != "/api/search"):
            used = _processors(process)
            for step in range(ALONE):
                first, last = _days(USERS * STEPS + step)
                query = f"from={first}&to={last}"
                query += f"&employee={quote(people[0])}" if path.endswith("/manager") else ""
                client.get(f"{path}{'&' if '?' in path else '?'}{query}").raise_for_status()
            found.append((path, 1000 * (_processors(process) - used) / ALONE))
    yield from sorted(found, key=lambda each: -each[1])


def _sign_in(folder: Path) -> tuple[str, list[str], list[str]]:
    """Return the cookie's name, a token of a session for each who asks, and the ids of the company's people."""
    with closing(bootstrap.open_for_people(str(folder))) as company:
        table = company.metrics.rows("dim_employee", Scope.everything(), columns=("employee_id",))
        people = sorted(str(each) for each in table.column("employee_id").to_pylist())
        accounts, tokens = company.people.accounts, []
        for number in range(USERS):
            role, named = ROLES[number % len(ROLES)], f"load {time.time_ns()} {number}"
            user = accounts.add_user(named, None, role, employee_id=people[number % len(people)])
            tokens.append(company.people.sessions.start(user.user_id))
        return cookie_name(company), tokens, people


def _asker(number: int, token: str, people: list[str], *, is_new: bool) -> Asker:
    """Return a person's way through the pages; `is_new`: with days that nobody else asks about, one cut in three."""
    chance = random.Random(f"{number} {is_new}")  # noqa: S311 - the same with every run
    steps: list[tuple[str, ...]] = [FIRST]
    for step in range(STEPS):
        path = chance.choice(PAGES)
        if path == "/api/search":
            typed = chance.choice(TYPED)
            steps.append(tuple(f"{path}?{urlencode({'q': typed[:count]})}" for count in range(3, len(typed) + 1)))
            continue
        first, last = _days(number * STEPS + step) if is_new else _usual_days(chance)
        query = f"from={first}&to={last}"
        if "records" not in path:
            query += "&compare=previous"
        if path.endswith("/manager"):
            query += f"&employee={quote(people[number % len(people)])}"
        elif is_new and chance.random() < 1 / 3:
            query += f"&{'where=employee%3D' if 'records' in path else 'employee='}{quote(chance.choice(people))}"
        steps.append((f"{path}{'&' if '?' in path else '?'}{query}",))
    return Asker(token, tuple(steps))


def _usual_days(chance: random.Random) -> tuple[date, date]:
    """Return this month, the last one, or thirty days."""
    today = date.today()  # noqa: DTZ011 - any recent days will do
    first = today.replace(day=1)
    before = first - timedelta(days=1)
    return chance.choice(((first, today), (before.replace(day=1), before), (today - timedelta(days=29), today)))


def _days(number: int) -> tuple[date, date]:
    """Return days that no other number has: from a week to three months, within the last year."""
    today = date.today()  # noqa: DTZ011 - any recent days will do
    last = today - timedelta(days=number % 300)
    return last - timedelta(days=7 + (number // 300 * 29 + number * 11) % 84), last


@contextmanager
def _served(folder: Path, workers: int) -> Iterator[tuple[int, str]]:
    """Serve a company as in production; give the server's process and its address."""
    program = "from voronka.cli.main import main; main()"
    options = ["--company", str(folder), "--port", "0", "--workers", str(workers)]
    command = [sys.executable, "-c", program, "serve", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:  # noqa: S603 - our own program
        address = next((found.group() for line in server.stdout or () if (found := ADDRESS.search(line))), None)
        try:
            if address is None:
                message = "voronka serve ended without an address"
                raise RuntimeError(message)
            yield server.pid, address
        finally:
            server.terminate()


async def _warm(address: str, name: str, askers: list[Asker]) -> None:
    """Ask for all that will be asked for, each once, four at a time."""
    turns = asyncio.Semaphore(4)

    async def ask(asker: Asker) -> None:
        async with turns, _client(address, name, asker) as client:
            for paths in asker.steps:
                for path in paths:
                    await client.get(path)

    await asyncio.gather(*(ask(asker) for asker in askers))


def _client(address: str, name: str, asker: Asker) -> httpx.AsyncClient:
    return httpx.AsyncClient(base_url=address, cookies={name: asker.cookie}, timeout=60)


def _reached(process: int, address: str, name: str, askers: list[Asker], seconds: float) -> Reached:
    waits = Waits()
    used, began = _processors(process), time.monotonic()
    asyncio.run(_look(address, name, askers, seconds, waits))
    used, took = _processors(process) - used, time.monotonic() - began
    of_all = waits.all
    by_route = sorted(
        (
            (route, len(found), _part(sorted(found), 0.5), _part(sorted(found), 0.95))
            for route, found in waits.seconds.items()
        ),
        key=lambda each: -each[3],
    )
    memory = tuple(_bytes(each) for each in _below(process)) or (_bytes(process),)
    return Reached(
        len(of_all), waits.known, _part(of_all, 0.5), _part(of_all, 0.95), 1000 * of_all[-1],
        tuple(waits.faults), memory, used / took, tuple(by_route),
    )  # fmt: skip


def _part(ordered: list[float], share: float) -> float:
    """Return the milliseconds that this share of the answers took at most."""
    return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))]


async def _look(address: str, name: str, askers: list[Asker], seconds: float, waits: Waits) -> None:
    until = time.monotonic() + seconds

    async def walk(number: int, asker: Asker) -> None:  # all come within the first three seconds
        await asyncio.sleep(THINK_SECONDS * number / USERS)
        async with _client(address, name, asker) as client:
            await _walk(client, asker, random.Random(number), until, waits)  # noqa: S311 - the same with every run

    await asyncio.gather(*(walk(number, asker) for number, asker in enumerate(askers)))


async def _walk(client: httpx.AsyncClient, asker: Asker, chance: random.Random, until: float, waits: Waits) -> None:
    """Walk through the pages until the time is over."""
    listening = asyncio.create_task(_listen(client))
    tags: dict[str, str] = {}
    for paths in asker.steps:
        if time.monotonic() > until:
            break
        await asyncio.gather(*(_ask(client, path, tags, waits) for path in paths))
        await asyncio.sleep(THINK_SECONDS * chance.uniform(0.5, 1.5))
    listening.cancel()


async def _listen(client: httpx.AsyncClient) -> None:
    with suppress(httpx.HTTPError):
        async with client.stream("GET", "/api/news", timeout=None) as news:
            async for _ in news.aiter_bytes():
                pass


async def _ask(client: httpx.AsyncClient, path: str, tags: dict[str, str], waits: Waits) -> None:
    began = time.perf_counter()
    try:
        answer = await client.get(path, headers={"If-None-Match": tags[path]} if path in tags else {})
    except httpx.HTTPError as fault:
        waits.faults.append(f"{path}: {fault!r}")
        return
    waits.seconds[path.partition("&from")[0].partition("?from")[0].partition("?q")[0]].append(
        time.perf_counter() - began
    )
    if answer.status_code >= 400:  # noqa: PLR2004 - HTTP's own
        waits.faults.append(f"{path}: {answer.status_code} {answer.text[:200]}")
    waits.known += answer.status_code == 304  # noqa: PLR2004 - HTTP's own
    if "etag" in answer.headers:
        tags[path] = answer.headers["etag"]


def _below(process: int) -> list[int]:
    """Return the processes that a process has started and that still run."""
    found = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()
    return [int(each) for each in found]


def _processors(process: int) -> float:
    """Return the seconds of processors that a server and its workers have used."""
    ticks = 0
    for each in (process, *_below(process)):
        fields = Path(f"/proc/{each}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / TICKS


def _bytes(process: int) -> int:
    """Return the bytes a process holds, shared pages by share."""
    lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()
    return 1024 * int(next(line for line in lines if line.startswith("Pss:")).split()[1])
