"""Runs the application on a port of this machine until it is stopped."""

import asyncio
import errno
import os
import signal
import socket
import sys
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from pkgutil import resolve_name
from typing import Any

import uvicorn

from voronka.bootstrap import OpenCompany
from voronka.cli.printing import note
from voronka.domain.errors import RetryError, SettingsError

APPLICATION = "voronka.web.app:create_app"
"""The door for browsers, named as servers name applications: doors do not import each other."""

_GRACE_SECONDS = 5
"""How long answers under way are waited for at the end."""
_QUESTION_SECONDS = 3
"""After how much of that the questions under way are stopped, so that whoever asked is still told so."""
_AGAIN_SECONDS = 0.05


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
    host, port = taken.getsockname()[:2]
    shown = "127.0.0.1" if host == "0.0.0.0" else "::1" if host == "::" else host  # noqa: S104 - compared, not bound
    return f"http://[{shown}]:{port}" if ":" in shown else f"http://{shown}:{port}"


def serve(company: OpenCompany, taken: socket.socket, ready: Callable[[], None], host: str = "") -> None:
    """Serve a company on a port until Ctrl-C or SIGTERM; `ready` is called when it answers."""
    app = resolve_name(APPLICATION)(company, hosts=(host,) if host else ())
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,  # one-time links would stand in it
        server_header=False,
        ws="none",
        proxy_headers=bool(company.settings.web.public_url),  # else anybody could say where they come from
        timeout_graceful_shutdown=_GRACE_SECONDS,
    )
    try:
        with _stopped_as_by_ctrl_c():
            _Server(config, ready, company.interrupt).run(sockets=[taken])
    except KeyboardInterrupt:
        note("Stopped.")


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, ready: Callable[[], None], interrupt: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready
        self._interrupt = interrupt

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        if self.started:
            self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
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
def _stopped_as_by_ctrl_c() -> Iterator[None]:
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


def is_reachable_from_outside(host: str) -> bool:
    """Say whether an address to listen on can be reached from other machines."""
    try:
        return not ip_address(host).is_loopback
    except ValueError:
        return host != "localhost"


def open_browser(address: str) -> bool:
    """Open an address in the browser of whoever sits at this machine; False where nobody does."""
    has_screen = sys.platform in {"darwin", "win32"} or any(os.environ.get(n) for n in ("DISPLAY", "WAYLAND_DISPLAY"))
    if not has_screen:
        return False
    try:
        return webbrowser.open(address)
    except webbrowser.Error:
        return False
