"""Serves a company by several processes, and starts another for one that ends."""

import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from voronka.bootstrap import serving_place
from voronka.cli.printing import note
from voronka.cli.serving import stopped_as_by_ctrl_c
from voronka.cli.serving_worker import Work
from voronka.domain.errors import SettingsError

PROGRAM = (sys.executable, "-P", "-m", "voronka.cli.serving_worker")
"""What is started: another program of the same interpreter. The engine must not be used in a forked process."""
TRIES = 3
"""How often in a row a process may end before it answers; then all are stopped."""
_LOOK_SECONDS = 0.2
_STOP_SECONDS = 20.0
"""How long the processes may take to end: they wait five seconds for answers under way."""


@dataclass
class _Process:
    """A process that serves, and the pipe by which it says that it answers."""

    number: int
    running: subprocess.Popen[bytes]
    ready: int
    answers: bool = False


@dataclass
class Processes:
    """The processes of one server."""

    folder: Path
    host: str
    taken: socket.socket
    place: Path
    count: int
    program: Sequence[str] = PROGRAM
    running: list[_Process] = field(default_factory=list)
    failures: int = 0

    def start(self) -> None:
        """Start all of them."""
        self.alive, self._held = os.pipe()
        self.running = [self._started(number) for number in range(self.count)]

    def look(self) -> bool:
        """Start another for each that has ended, and say whether one answers that did not before.

        SettingsError where they end again and again before they answer: what keeps them from it stands in the log.
        """
        begun = [self._has_begun(each) for each in self.running]
        for at, each in enumerate(self.running):
            code = each.running.poll()
            if code is None:
                continue
            self.failures = 0 if each.answers else self.failures + 1
            self._forget(each)
            if self.failures >= TRIES:
                raise SettingsError(
                    f"a worker ended {TRIES} times before it answered (code {code})",
                    where=str(self.folder),
                    do="Look at what it wrote above, or try `voronka doctor`",
                )
            note(f"Worker {each.number} ended (code {code}) and is started again.")
            self.running[at] = self._started(each.number)
        return any(begun)

    def stop(self) -> None:
        """End all of them: each ends the answers under way as one alone does."""
        for each in self.running:
            each.running.terminate()
        until = time.monotonic() + _STOP_SECONDS
        for each in self.running:
            try:
                each.running.wait(max(until - time.monotonic(), 0))
            except subprocess.TimeoutExpired:
                each.running.kill()
                each.running.wait()
            self._forget(each)
        for end in (self.alive, self._held):
            with suppress(OSError):
                os.close(end)

    def _started(self, number: int) -> _Process:
        heard, ready = os.pipe()
        work = Work(
            str(self.folder),
            self.host,
            self.taken.fileno(),
            ready,
            self.alive,
            str(self.place),
            number,
            self.count,
        )
        running = subprocess.Popen(  # noqa: S603 - our own program
            [*self.program, work.text()],
            pass_fds=(self.taken.fileno(), ready, self.alive),
            stdin=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C is the server's: it tells its processes itself
        )
        os.close(ready)
        return _Process(number, running, heard)

    def _has_begun(self, process: _Process) -> bool:
        if process.answers or not select.select([process.ready], [], [], 0)[0]:
            return False
        process.answers = bool(os.read(process.ready, 1))  # nothing comes from one that has ended
        return process.answers

    def _forget(self, process: _Process) -> None:
        with suppress(OSError):
            os.close(process.ready)


def serve_by_several(folder: Path, taken: socket.socket, ready: Callable[[], None], host: str, count: int) -> None:
    """Serve a company by so many processes until Ctrl-C or SIGTERM; `ready` is called when the first answers."""
    is_told = False
    try:
        with stopped_as_by_ctrl_c(), serving_place(folder) as place, _ended(folder, taken, place, host, count) as found:
            while True:
                if found.look() and not is_told:
                    is_told = True
                    ready()
                time.sleep(_LOOK_SECONDS)  # a signal ends it
    except KeyboardInterrupt:
        note("Stopped.")


@contextmanager
def _ended(folder: Path, taken: socket.socket, place: Path, host: str, count: int) -> Iterator[Processes]:
    processes = Processes(folder, host, taken, place, count)
    processes.start()
    try:
        yield processes
    finally:
        with _unbroken():
            processes.stop()


@contextmanager
def _unbroken() -> Iterator[None]:
    """Let no second Ctrl-C leave processes behind."""
    before = {number: signal.signal(number, signal.SIG_IGN) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
