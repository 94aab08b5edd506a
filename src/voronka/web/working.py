"""Does one job of a company in a process of its own: `python -m voronka.web.working FOLDER JOB`.

The server starts it and goes on answering. What the job came to stands in app.db; a process that ends without having
told anything is noticed by the server, and by whoever asks for the job later.
"""

import logging
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from threading import Event, Thread
from time import monotonic
from typing import Any

from voronka import bootstrap
from voronka.bootstrap import People
from voronka.domain.disk_faults import disk_fault
from voronka.domain.errors import InputError, OurMistakeError, VoronkaError
from voronka.pipeline.building import build_core
from voronka.pipeline.entering import bring_entered
from voronka.pipeline.mending import let_go
from voronka.pipeline.streams import mendings
from voronka.pipeline.uploading import Wish, look_at, take_in
from voronka.settings import load_settings

SEEN_SECONDS = 5.0
"""How often a process says that it still works."""
_TOLD_SECONDS = 0.4
"""How often at most progress is written down."""

Tell = Callable[[Mapping[str, Any]], None]
Clock = Callable[[], datetime]

log = logging.getLogger("voronka.jobs")


def main(arguments: Sequence[str]) -> int:
    """Do the job named by the arguments, a folder and a number; 0 where it came to something."""
    folder, job_id = arguments
    return do_job(Path(folder), int(job_id))


def do_job(folder: Path, job_id: int, clock: Clock = bootstrap.utc_now) -> int:
    """Do a waiting job and note what came of it; 0 where it came to something."""
    people = bootstrap.people_of(folder, load_settings(folder), clock)
    try:
        job = people.jobs.begin(job_id)
        with _seen(people, job_id):
            try:
                result = WORK[job.kind](folder, people, job.asked, _telling(people, job_id), clock)
            except VoronkaError as fault:
                people.jobs.fail(job_id, fault)
                return 1
            except Exception as fault:
                log.exception("job %s: %s", job_id, job.kind)
                people.jobs.fail(job_id, disk_fault(fault, str(folder)) or _ours(job_id, job.kind))
                return 1
            people.jobs.end(job_id, result)
            return 0
    finally:
        people.database.close()


def _ours(job_id: int, kind: str) -> dict[str, str]:
    what = f"Something went wrong in Voronka itself (job {job_id})"
    kept = "The figures are as before" if kind == "build" else "Nothing was loaded or changed"
    return {"what": what, "where": "", "do": f"{kept}. Give this number to whoever runs Voronka"}


@contextmanager
def _seen(people: People, job_id: int) -> Iterator[None]:
    """Say from time to time that the job is still worked on."""
    over = Event()

    def say() -> None:
        while not over.wait(SEEN_SECONDS):
            people.jobs.tell(job_id)

    thread = Thread(target=say, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _telling(people: People, job_id: int) -> Tell:
    """Return what writes progress down, a step at once, what goes on within a step now and then."""
    told: dict[str, Any] = {"step": "", "at": 0.0}

    def tell(progress: Mapping[str, Any]) -> None:
        is_new = progress["step"] != told["step"]
        if is_new or monotonic() - told["at"] > _TOLD_SECONDS:
            told.update(step=progress["step"], at=monotonic())
            people.jobs.tell(job_id, progress)

    return tell


def _look(folder: Path, people: People, asked: Mapping[str, Any], tell: Tell, clock: Clock) -> dict[str, Any]:
    tell({"step": "read"})
    upload = people.uploads.of_id(asked["upload"])
    with bootstrap.workplace(str(folder), clock) as work:
        return look_at(work, _file(folder, upload.path), upload.name, Wish.of(asked))


def _load(folder: Path, people: People, asked: Mapping[str, Any], tell: Tell, clock: Clock) -> dict[str, Any]:
    tell({"step": "load"})
    upload = people.uploads.of_id(asked["upload"])
    with bootstrap.workplace(str(folder), clock) as work:
        path = _file(folder, upload.path)
        taken = take_in(work, path, upload.name, Wish.of(asked), lambda: bootstrap.reread(work))
    people.uploads.move(upload.upload_id, taken.path)
    return {**taken.shown(), **_built_after(folder, asked, tell, clock)}


def _change(folder: Path, _people: People, asked: Mapping[str, Any], tell: Tell, clock: Clock) -> dict[str, Any]:
    tell({"step": "load"})
    with bootstrap.workplace(str(folder), clock) as work:
        is_back = asked["state"] == "active"
        found = mendings(work.ledger.loads(), taken_out=is_back) if asked.get("with_mended") else {}
        load = work.ledger.set_state(asked["load"], asked["state"])
        for each in found.get(asked["load"], []):
            work.ledger.set_state(each.load_id, asked["state"])
    return {"load": load.load_id, "state": load.state, **_built_after(folder, asked, tell, clock)}


def _let_go(folder: Path, _people: People, asked: Mapping[str, Any], tell: Tell, clock: Clock) -> dict[str, Any]:
    tell({"step": "load"})
    with bootstrap.workplace(str(folder), clock) as work:
        load = let_go(work, asked["load"], asked["reason"])
    return {"load": load.load_id, "state": load.state, **_built_after(folder, asked, tell, clock)}


def _build(folder: Path, _people: People, asked: Mapping[str, Any], tell: Tell, clock: Clock) -> dict[str, Any]:
    return _built(folder, asked, tell, clock)


WORK: Mapping[str, Callable[[Path, People, Mapping[str, Any], Tell, Clock], dict[str, Any]]] = {
    "look": _look,
    "load": _load,
    "change": _change,
    "let_go": _let_go,
    "build": _build,
}
"""What each kind of job does; it returns what JSON can say."""


def _built_after(folder: Path, asked: Mapping[str, Any], tell: Tell, clock: Clock) -> dict[str, Any]:
    """Build the figures after a change that stands: where that fails the change is no failure, and `fault` says why."""
    try:
        return _built(folder, asked, tell, clock)
    except VoronkaError as fault:
        told = fault
    except Exception as fault:
        log.exception("the figures could not be built")
        told = disk_fault(fault, str(folder)) or OurMistakeError(
            "something went wrong in Voronka itself while the figures were built",
            do="Build them once more; where that fails too, the reason is in the log of whoever runs Voronka",
        )
    return {"built": False, "remarks": [], "fault": {"what": told.what, "where": told.where, "do": told.do}}


def _built(folder: Path, asked: Mapping[str, Any], tell: Tell, clock: Clock) -> dict[str, Any]:
    """Build the figures, and say what should be looked at after it."""
    if asked.get("build") is False:
        return {"built": False, "remarks": []}
    tell({"step": "build"})

    def advance(table: str, done: int, of: int) -> None:
        tell({"step": "build", "table": table, "done": done, "of": of})

    with bootstrap.workplace(str(folder), clock) as work:
        for outcome in bring_entered(work):
            if outcome.error is not None:
                raise outcome.error
        built = build_core(work, bootstrap.additive_metrics(work.folder, work.settings), advance)
        remarks = [{"subject": remark.subject, "text": remark.text} for remark in bootstrap.remarks_of(work)]
    return {"built": True, "tables": sum(each.rebuilt for each in built), "remarks": remarks}


def _file(folder: Path, path: str) -> Path:
    """Return where an uploaded file lies; InputError where it does not, as after somebody removed it."""
    file = folder / path
    if not file.is_file():
        raise InputError("the uploaded file is not there any more", where=file.name, do="Upload it again")
    return file


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
