import asyncio
import os
import signal
import socket
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import uvicorn
from fastapi import FastAPI

from tests.company import CompanyFolder
from voronka import bootstrap
from voronka.bootstrap import OpenCompany
from voronka.cli import serving
from voronka.cli.serving import (
    address_of,
    asked_by_whom,
    listening,
    listening_at,
    open_browser,
    serve,
)
from voronka.domain.errors import RetryError, SettingsError

ALL = "0.0.0.0"  # noqa: S104 - nothing is bound to it


@pytest.fixture
def company(tmp_path: Path) -> Iterator[OpenCompany]:
    folder = CompanyFolder(tmp_path / "company", settings='[web]\nhosts = ["sales.local"]\n').folder
    opened = bootstrap.open_for_people(str(folder))
    yield opened
    opened.close()


def test_a_port_that_is_taken_is_told_with_another_to_try() -> None:
    with listening("127.0.0.1", 0) as first:
        port = first.getsockname()[1]
        with pytest.raises(RetryError, match=f"port {port} is taken.*--port {port + 1}"), listening("127.0.0.1", port):
            pass
    with listening("127.0.0.1", port) as again:
        assert again.getsockname()[1] == port


def test_an_address_that_is_not_this_machines_is_told() -> None:
    with (
        pytest.raises(SettingsError, match=r"192\.0\.2\.1 is not an address of this machine"),
        listening("192.0.2.1", 0),
    ):
        pass


def test_a_name_without_an_address_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(SettingsError, match="no address is known for the host nowhere"), listening("nowhere", 0):
        pass


@pytest.mark.parametrize(
    ("bound", "shown"), [("127.0.0.1", "127.0.0.1"), (ALL, "127.0.0.1"), ("::1", "[::1]"), ("::", "[::1]")]
)
def test_the_address_shown_is_one_that_can_be_opened(bound: str, shown: str) -> None:
    class Taken:
        family = socket.AF_INET

        def getsockname(self) -> tuple[str, int]:
            return bound, 8765

    assert address_of(Taken()) == f"http://{shown}:8765"  # type: ignore[arg-type]


def test_behind_a_proxy_the_address_shown_is_the_public_one(tmp_path: Path) -> None:
    settings = '[web]\npublic_url = "https://sales.example.com/"\n'
    opened = bootstrap.open_for_people(str(CompanyFolder(tmp_path / "c", settings=settings).folder))
    with listening("127.0.0.1", 0) as taken:
        assert address_of(taken, opened) == "https://sales.example.com"
    opened.close()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_answers_until_it_is_stopped_by_a_signal(
    company: OpenCompany, capsys: pytest.CaptureFixture[str], number: signal.Signals
) -> None:
    answers: list[bytes] = []

    async def ask_and_stop(port: int) -> None:
        for host in (b"localhost", b"sales.local", b"10.9.8.7", b"evil.example.com"):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(b"GET /healthz HTTP/1.1\r\nHost: " + host + b"\r\nConnection: close\r\n\r\n")
            answers.append(await reader.read())
            writer.close()
        os.kill(os.getpid(), number)

    with listening("127.0.0.1", 0) as taken:
        tasks: list[asyncio.Task[None]] = []

        def ready() -> None:
            tasks.append(asyncio.get_running_loop().create_task(ask_and_stop(taken.getsockname()[1])))

        before = signal.getsignal(signal.SIGTERM)
        serve(company, taken, ready, "10.9.8.7")
    assert [answer.split(b" ")[1] for answer in answers] == [b"200", b"200", b"200", b"400"]
    assert all(b"server:" not in answer.lower() for answer in answers)
    assert capsys.readouterr().err == "Stopped.\n"
    assert signal.getsignal(signal.SIGTERM) is before


LONG = "SELECT count(*) AS n FROM range(1000000000) AS a(i), range(1000) AS b(j) WHERE (i * j) % 7 = 3"
"""Takes hours, wherever it runs."""


@pytest.mark.parametrize("is_gone", [True, False])
def test_a_question_under_way_does_not_keep_it_from_stopping(
    company: OpenCompany, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *, is_gone: bool
) -> None:
    told: list[str] = []

    def create_app(company: OpenCompany, **_: object) -> FastAPI:
        app = FastAPI()

        @app.get("/long")
        def long() -> str:
            asyncio.run_coroutine_threadsafe(stop(), loops[0])
            for _ in range(3):  # an answer asks several statements
                try:
                    company.metrics._engine.execute(LONG)  # noqa: SLF001
                except RetryError as fault:
                    told.append(fault.what)
            return "stopped"

        return app

    async def ask(port: int) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writers.append(writer)
        writer.write(b"GET /long HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        return await reader.read()

    async def stop() -> None:
        if is_gone:
            writers[0].close()
        os.kill(os.getpid(), signal.SIGINT)

    loops: list[asyncio.AbstractEventLoop] = []
    writers: list[asyncio.StreamWriter] = []
    asked: list[asyncio.Task[bytes]] = []
    monkeypatch.setattr(serving, "APPLICATION", f"{__name__}:made")
    monkeypatch.setattr(f"{__name__}.made", create_app, raising=False)
    monkeypatch.setattr(serving, "_QUESTION_SECONDS", 0.05)
    with listening("127.0.0.1", 0) as taken:

        def ready() -> None:
            loops.append(asyncio.get_running_loop())
            asked.append(loops[0].create_task(ask(taken.getsockname()[1])))

        serve(company, taken, ready)
    assert told == ["the work was stopped before it was done"] * 3
    assert capsys.readouterr().err == "Stopped.\n"
    if not is_gone:
        assert asked[0].result().endswith(b'"stopped"')


def test_who_a_proxy_says_is_asking_is_believed_only_where_one_stands(
    company: OpenCompany, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[uvicorn.Config] = []

    class Server:
        def __init__(self, config: uvicorn.Config, *_: object) -> None:
            seen.append(config)

        def run(self, sockets: object) -> None:
            assert sockets

    monkeypatch.setattr(serving, "_Server", Server)
    with listening("127.0.0.1", 0) as taken:
        serve(company, taken, lambda: None)
    (config,) = seen
    assert (config.proxy_headers, config.access_log, config.server_header) == (False, False, False)


def test_no_browser_is_opened_where_nobody_sits(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []

    def open_page(address: str) -> bool:
        opened.append(address)
        return True

    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr("webbrowser.open", open_page)
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    assert open_browser("http://localhost") is False
    assert opened == []
    monkeypatch.setenv("DISPLAY", ":0")
    assert open_browser("http://localhost") is True
    assert opened == ["http://localhost"]


class Shows:
    """An application that notes from where it is asked."""

    def __init__(self) -> None:
        self.state = SimpleNamespace()
        self.seen: list[tuple[str, str]] = []

    async def __call__(self, scope: Any, _receive: Any, _send: Any) -> None:  # noqa: ANN401 - ASGI's own
        """Note the address and the scheme."""
        self.seen.append((scope["client"][0] if scope["client"] else "", scope["scheme"]))


FORWARDED = [(b"x-forwarded-for", b"9.9.9.9, 203.0.113.7"), (b"x-forwarded-proto", b"https")]
PROXIED = '[web]\npublic_url = "https://sales.example.com"\n'


@pytest.mark.parametrize(
    ("settings", "client", "seen"),
    [
        ("", ("127.0.0.1", 1), ("127.0.0.1", "http")),  # no proxy is stated
        (PROXIED, ("127.0.0.1", 1), ("203.0.113.7", "https")),  # what a client wrote before it is not believed
        (PROXIED, ("10.0.0.2", 1), ("10.0.0.2", "http")),  # another machine is not the proxy
        (PROXIED + 'proxies = ["10.0.0.0/24"]\n', ("10.0.0.2", 1), ("203.0.113.7", "https")),
        (PROXIED + 'proxies = ["10.0.0.0/24"]\n', ("127.0.0.1", 1), ("127.0.0.1", "http")),
        (PROXIED + "proxies = []\n", ("127.0.0.1", 1), ("127.0.0.1", "http")),
    ],
)
def test_only_a_stated_proxy_is_believed_about_who_asks(
    tmp_path: Path, settings: str, client: tuple[str, int], seen: tuple[str, str]
) -> None:
    opened = bootstrap.open_for_people(str(CompanyFolder(tmp_path / "c", settings=settings).folder))
    shows = Shows()
    with listening("127.0.0.1", 0) as taken:
        app = asked_by_whom(shows, opened, taken)
    scope = {"type": "http", "client": client, "scheme": "http", "headers": FORWARDED}
    asyncio.run(app(scope, None, None))
    assert shows.seen == [seen]
    opened.close()


def test_what_comes_by_a_socket_comes_from_the_proxy_of_this_machine(tmp_path: Path) -> None:
    opened = bootstrap.open_for_people(str(CompanyFolder(tmp_path / "c", settings=PROXIED).folder))
    shows, path = Shows(), tmp_path / "voronka.sock"
    with listening_at(path) as taken:
        assert path.stat().st_mode & 0o777 == 0o660
        assert address_of(taken) == str(path)
        app = asked_by_whom(shows, opened, taken)
        with pytest.raises(RetryError, match="another program listens here"), listening_at(path):
            pass
    asyncio.run(app({"type": "http", "client": None, "scheme": "http", "headers": FORWARDED}, None, None))
    assert shows.seen == [("203.0.113.7", "https")]
    assert not path.exists()
    opened.close()


def test_a_socket_that_a_killed_server_left_is_taken_over_and_a_file_is_not(tmp_path: Path) -> None:
    path = tmp_path / "voronka.sock"
    with socket.socket(socket.AF_UNIX) as left:
        left.bind(str(path))
    with listening_at(path):
        pass
    path.write_text("mine", "utf-8")
    with pytest.raises(SettingsError, match="no socket can be made here"), listening_at(path):
        pass
    assert path.read_text("utf-8") == "mine"
