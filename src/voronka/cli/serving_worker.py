"""One of the processes that serve a company together: `python -m voronka.cli.serving_worker WORK`, WORK as JSON."""

import json
import os
import signal
import socket
import sys
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from pkgutil import resolve_name
from threading import Thread

from voronka import bootstrap
from voronka.cli.serving import APPLICATION, run, stopped_as_by_ctrl_c

AMONG = "voronka.web.among:Among"


@dataclass(frozen=True)
class Work:
    """What one process is told: the company, the names it is asked by, the socket, and its place among the others.

    It writes a byte to `ready` when it answers, and ends when nothing can come from `alive` any more: whoever started
    it has ended.
    """

    folder: str
    host: str
    socket: int
    ready: int
    alive: int
    place: str
    number: int
    processes: int

    def text(self) -> str:
        """Return it as one word of a command."""
        return json.dumps(asdict(self))


def main(arguments: Sequence[str]) -> int:
    """Serve until a signal comes, or until the server that started this process has gone."""
    work = Work(**json.loads(arguments[0]))
    Thread(target=_end_with_the_server, args=(work.alive,), daemon=True).start()
    taken = socket.socket(fileno=work.socket)
    with (
        suppress(KeyboardInterrupt),
        stopped_as_by_ctrl_c(),
        closing(bootstrap.open_for_people(work.folder, sharers=work.processes)) as company,
    ):
        among = resolve_name(AMONG)(Path(work.place), work.number, work.processes)
        app = resolve_name(APPLICATION)(company, hosts=(work.host,) if work.host else (), among=among)
        run(app, company, taken, lambda: _say(work.ready))
    return 0


def _say(ready: int) -> None:
    os.write(ready, b".")
    os.close(ready)


def _end_with_the_server(alive: int) -> None:
    os.read(alive, 1)
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    code = main(sys.argv[1:])
    sys.stderr.flush()
    os._exit(code)  # all is closed, and the thread that waits for the server's end never ends by itself
