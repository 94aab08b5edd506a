"""Runs the application on a port of this machine until it is stopped."""

import asyncio
import errno
import logging
import os
import signal
import socket
import sys
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from pkgutil import resolve_name
from typing import Any

import uvicorn
from uvicorn.config import LOGGING_CONFIG
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from voronka.bootstrap import OpenCompany
from voronka.cli.printing import note
from voronka.domain.errors import RetryError, SettingsError
from voronka.domain.log_lines import JsonLine

APPLICATION = "voronka.web.app:create_app"
"""The door for browsers, named as servers name applications: doors do not import each other."""

_GRACE_SECONDS = 5
"""How long answers under way are waited for at the end."""
_QUESTION_SECONDS = 3
"""After how much of that the questions under way are stopped, so that whoever asked is still told so."""
_AGAIN_SECONDS = 0.05
_IDLE_SECONDS = 75
"""How long an idle connection is kept: longer than proxies keep theirs, so that none asks while it is being closed."""


@contextmanager
def listening(host: str, port: int) -> Iterator[socket.socket]:
    """Take a port; RetryError where another program has it, SettingsError where the address is not this machine's."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except socket.gaierror as fault:
        raise SettingsError(f"no address is known for the host {host}", do="Give --host 127.0.0.1") from fault
    with socket.socket(family, kind, protocol) as taken:
        if os.name == "posix":
            taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            taken.bind(address)
            taken.listen(128)
        except OSError as fault:
            raise _refused(fault, host, port) from fault
        yield taken


@contextmanager
def listening_at(path: Path) -> Iterator[socket.socket]:
    """Take a socket of this machine, which the owner and the group may speak to; it is gone afterwards.

    RetryError where another program listens there, SettingsError where none can be made there. One that a killed server
    left is taken over.
    """
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as taken:
        try:
            _remove_left(path)
            taken.bind(str(path))
            path.chmod(0o660)
            taken.listen(128)
        except OSError as fault:
            why = fault.strerror or str(fault)
            raise SettingsError(
                f"no socket can be made here ({why})", where=str(path), do="Give another path"
            ) from fault
        try:
            yield taken
        finally:
            path.unlink(missing_ok=True)


def _remove_left(path: Path) -> None:
    if not path.is_socket():
        return
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as asking:
        try:
            asking.connect(str(path))
        except ConnectionRefusedError:
            path.unlink()
            return
    raise RetryError("another program listens here, perhaps a Voronka that runs already", where=str(path), do="Stop it")


def _refused(fault: OSError, host: str, port: int) -> RetryError | SettingsError:
    if fault.errno == errno.EADDRINUSE:
        return RetryError(
            f"port {port} is taken by another program, perhaps a Voronka that runs already",
            do=f"Stop it, or choose another port: --port {port + 1}",
        )
    if fault.errno == errno.EACCES:
        return SettingsError(f"port {port} is not open to you", do="Choose one above 1023, such as --port 8765")
    return SettingsError(f"{host} is not an address of this machine", do="Give --host 127.0.0.1, or 0.0.0.0 for all")


def address_of(taken: socket.socket, company: OpenCompany | None = None) -> str:
    """Return the address that people open: the public one where a proxy stands before this server."""
    if company is not None and company.settings.web.public_url:
        return company.settings.web.public_url
    if taken.family == socket.AF_UNIX:
        return str(taken.getsockname())
    host, port = taken.getsockname()[:2]
    shown = "127.0.0.1" if host == "0.0.0.0" else "::1" if host == "::" else host  # noqa: S104 - compared, not bound
    return f"http://[{shown}]:{port}" if ":" in shown else f"http://{shown}:{port}"


def serve(company: OpenCompany, taken: socket.socket, ready: Callable[[], None], host: str = "") -> None:
    """Serve a company on a port until Ctrl-C or SIGTERM; `ready` is called when it answers."""
    app = resolve_name(APPLICATION)(company, hosts=(host,) if host else ())
    try:
        with stopped_as_by_ctrl_c():
            run(app, company, taken, ready)
    except KeyboardInterrupt:
        note("Stopped.")


def run(app: Any, company: OpenCompany, taken: socket.socket, ready: Callable[[], None]) -> None:  # noqa: ANN401
    """Answer by an application until a signal ends it, which is then raised again."""
    is_json = company.settings.web.log == "json"
    if is_json:
        log_json_lines()
    config = uvicorn.Config(
        asked_by_whom(app, company, taken),
        log_level="warning",
        log_config=None if is_json else LOGGING_CONFIG,
        access_log=False,  # one-time links would stand in it
        server_header=False,
        ws="none",
        proxy_headers=False,  # see asked_by_whom
        timeout_graceful_shutdown=_GRACE_SECONDS,
        timeout_keep_alive=_IDLE_SECONDS,
    )

    def stop() -> None:
        news = getattr(app.state, "news", None)
        if news is not None:
            news.stop()

    _Server(config, ready, company.interrupt, stop).run(sockets=[taken])


def log_json_lines() -> None:
    """Log on stderr, a line of JSON for each request and each thing worth telling; see JsonLine for what is in it."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLine())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    logging.getLogger("voronka").setLevel(logging.INFO)


def asked_by_whom(app: Any, company: OpenCompany, taken: socket.socket) -> Any:  # noqa: ANN401 - applications
    """Return the application so that it sees from where people come, not the proxy between.

    A proxy is believed only where the settings say that there is one (`web.public_url`) and only at the addresses that
    they name (`web.proxies`): else anybody could say where they come from. Whoever reaches a socket is on this machine.
    """
    web = company.settings.web
    if not web.public_url:
        return app
    believed = ProxyHeadersMiddleware(app, list(web.proxies))
    return _Local(believed) if taken.family == socket.AF_UNIX else believed


class _Local:
    """Gives what comes by a socket the address of this machine, for which there is none otherwise."""

    def __init__(self, app: Any) -> None:  # noqa: ANN401 - an application
        self._app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:  # noqa: ANN401 - ASGI's own
        if scope["type"] == "http" and not scope.get("client"):
            scope = {**scope, "client": ("127.0.0.1", 0)}
        await self._app(scope, receive, send)


class _Server(uvicorn.Server):
    def __init__(
        self,
        config: uvicorn.Config,
        ready: Callable[[], None],
        interrupt: Callable[[], None],
        stop: Callable[[], None],
    ) -> None:
        super().__init__(config)
        self._ready = ready
        self._interrupt = interrupt
        self._stop = stop

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        if self.started:
            self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._stop()  # what would go on for ever is ended at once
        stopping = asyncio.create_task(self._stop_questions())
        try:
            await super().shutdown(sockets=sockets)
        finally:
            stopping.cancel()

    async def _stop_questions(self) -> None:
        await asyncio.sleep(_QUESTION_SECONDS)
        while True:  # an answer asks several statements one after another
            self._interrupt()
            await asyncio.sleep(_AGAIN_SECONDS)


@contextmanager
def stopped_as_by_ctrl_c() -> Iterator[None]:
    """Make SIGTERM end the program as Ctrl-C does, so that what is open is closed.

    Ctrl-C itself is set too: a shell starts what runs in its background with that signal ignored.
    """

    def stop(*_: Any) -> None:  # noqa: ANN401 - the signal's own
        raise KeyboardInterrupt

    before = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def open_browser(address: str) -> bool:
    """Open an address in the browser of whoever sits at this machine; False where nobody does."""
    has_screen = sys.platform in {"darwin", "win32"} or any(os.environ.get(n) for n in ("DISPLAY", "WAYLAND_DISPLAY"))
    if not has_screen:
        return False
    try:
        return webbrowser.open(address)
    except webbrowser.Error:
        return False
