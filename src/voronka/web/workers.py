"""Starts a process for each job and watches it, so that pages are answered while files are read and figures built."""

import logging
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import Event, Lock, Thread, current_thread
from typing import Any

from voronka.bootstrap import OpenCompany
from voronka.domain.errors import QuestionError, RetryError
from voronka.web.turns import Turn

PROGRAM = (sys.executable, "-P", "-m", "voronka.web.working")
"""What is started, with the folder and the job's number behind: another program of the same interpreter."""
LANES: Mapping[str, str] = {"look": "look"}
"""Which jobs go one after another beside the others: files are looked at while another is loaded."""
MOST = 24
"""How many jobs may wait."""
_TURN_SECONDS = 5.0
_STOP_SECONDS = 10.0
_TAIL = 2000

log = logging.getLogger("voronka.jobs")


class Workers:
    """The processes that do a company's jobs, of each lane one at a time."""

    def __init__(self, company: OpenCompany, program: Sequence[str] = PROGRAM, place: Path | None = None) -> None:
        """Start nothing yet. `place` is the folder by which the processes of a server take turns."""
        self._company = company
        self._program = program
        self._place = place
        self._turns: dict[str, Turn] = {}
        self._lock = Lock()
        self._running: set[subprocess.Popen[bytes]] = set()
        self._threads: set[Thread] = set()
        self._stopping = Event()

    def ask(self, kind: str, asked: Mapping[str, Any], asked_by: str) -> int:
        """Have a job done in a process of its own and return its number at once; QuestionError where too many wait."""
        jobs = self._company.people.jobs
        if self._stopping.is_set():
            raise RetryError("Voronka is being stopped", do="Try again in a minute")
        if len(jobs.unended()) >= MOST:
            raise QuestionError(f"{MOST} jobs wait already", do="Wait until some of them are done")
        job = jobs.ask(kind, asked, asked_by)
        with self._lock:
            lane = LANES.get(kind, "load")
            turn = self._turns.setdefault(lane, Turn(self._place and self._place / f"turn-{lane}"))
            thread = Thread(
                target=self._see_done, args=(job.job_id, asked_by, turn), name=f"job {job.job_id}", daemon=True
            )
            self._threads.add(thread)
        thread.start()
        return job.job_id

    def stop(self) -> None:
        """End the processes under way: a load is in whole or not at all."""
        self._stopping.set()
        with self._lock:
            running, threads = list(self._running), list(self._threads)
        for process in running:
            process.terminate()
        for thread in threads:
            thread.join(_STOP_SECONDS)

    def _see_done(self, job_id: int, asked_by: str, turn: Turn) -> None:
        try:
            if self._has_turn(job_id, turn):
                try:
                    self._run(job_id, asked_by)
                finally:
                    turn.release()
        except Exception:
            log.exception("job %s could not be done", job_id)
            self._company.people.jobs.fail(job_id, _ended(""))
        finally:
            with self._lock:
                self._threads.discard(current_thread())

    def _has_turn(self, job_id: int, turn: Turn) -> bool:
        while not turn.acquire(timeout=_TURN_SECONDS):
            if self._stopping.is_set():
                break
            self._company.people.jobs.tell(job_id)
        else:
            if not self._stopping.is_set():
                return True
            turn.release()
        self._company.people.jobs.fail(job_id, STOPPED)
        return False

    def _run(self, job_id: int, asked_by: str) -> None:
        command = [*self._program, str(self._company.folder), str(job_id)]
        with tempfile.TemporaryFile() as said:
            process = subprocess.Popen(  # noqa: S603 - our own program, a folder of the settings and a number
                command,
                env={**os.environ, "LOGNAME": asked_by},  # the ledger tells who loaded, as for a person at the machine
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=said,
                start_new_session=True,  # Ctrl-C is the server's: it tells its processes itself
            )
            with self._lock:
                self._running.add(process)
            if self._stopping.is_set():
                process.terminate()
            code = process.wait()
            with self._lock:
                self._running.discard(process)
            said.seek(0)
            told = said.read().decode(errors="replace").strip()
        if told:
            log.warning("job %s said: %s", job_id, told[-_TAIL:])
        self._company.people.jobs.fail(job_id, STOPPED if self._stopping.is_set() else _ended(_cause(code)))


STOPPED = {
    "what": "Voronka was stopped before this was done",
    "where": "",
    "do": "Start it again: a load is in whole or not at all, so nothing is in twice",
}


def _cause(code: int) -> str:
    return f"signal {-code}, as when memory runs out" if code < 0 else f"code {code}"


def _ended(cause: str) -> dict[str, str]:
    what = "The process that worked on this ended before it was done" + (f" ({cause})" if cause else "")
    return {"what": what, "where": "", "do": "Start it again; if it comes back, tell whoever runs Voronka"}
