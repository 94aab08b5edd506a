"""Files that people bring: sent to the disk as they come, looked at, loaded; each step is a job."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Request, Response
from fastapi import Query as Parameter
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect

from voronka.bootstrap import OpenCompany
from voronka.domain.errors import InputError, RetryError
from voronka.pipeline.uploading import table_choices
from voronka.web.data_shapes import JobShown, TableColumnShown, TableShownForImport, UploadShown, WishGiven
from voronka.web.described import BYTES_GIVEN
from voronka.web.visitor import DataVisitorNow, LoaderNow, Visitor
from voronka.web.workers import Workers

router = APIRouter(prefix="/api/data", tags=["data"])

PATH = "/api/data/uploads"
"""Where files are sent to: the only address that takes a large body."""
_BLOCK = 1 << 20
_SPARE = 256 * 2**20
"""Bytes of the disk that an upload leaves free."""


@router.post("/uploads", status_code=201, openapi_extra=BYTES_GIVEN)
async def upload(
    request: Request, visitor: LoaderNow, name: Annotated[str, Parameter(min_length=1, max_length=1000)]
) -> UploadShown:
    """Take a file, its bytes as the request's body, under a name of our own; nothing of it is read yet."""
    company = visitor.company
    uploads = company.people.uploads
    upload_id, path = uploads.place(name)
    place = company.folder / path
    size = int(request.headers.get("content-length") or 0)
    await run_in_threadpool(_make_room, place.parent, size)
    try:
        size = await _written(request.stream(), place, company.settings.limits.file_bytes)
        await run_in_threadpool(uploads.add, name, size, visitor.name, upload_id)
    except BaseException as fault:
        place.unlink(missing_ok=True)
        if isinstance(fault, ClientDisconnect):
            raise RetryError("The upload was broken off", do="Send the file again") from fault
        raise
    visitor.note("change", f"file {name} sent")
    return await run_in_threadpool(upload_shown, company, upload_id)


@router.delete("/uploads/{upload_id}", status_code=204, response_class=Response)
def forget(upload_id: str, visitor: LoaderNow) -> Response:
    """Delete an uploaded file that was not loaded; one that was stays with its load."""
    uploads = visitor.company.people.uploads
    found = uploads.of_id(upload_id)
    if uploads.is_new(found):
        (visitor.company.folder / found.path).unlink(missing_ok=True)
        uploads.remove(upload_id)
    visitor.note("change", f"file {found.name} deleted without loading it")
    return Response(status_code=204)


@router.post("/uploads/{upload_id}/look", status_code=202)
def look(upload_id: str, wish: WishGiven, visitor: LoaderNow) -> JobShown:
    """Find out what would become of an uploaded file: the job's result is what `voronka import --dry-run` prints."""
    found = _asked("look", upload_id, wish, visitor)
    visitor.note("change", f"file {found.asked.get('name', '')} looked at before loading")
    return found


@router.post("/uploads/{upload_id}/load", status_code=202)
def load(upload_id: str, wish: WishGiven, visitor: LoaderNow) -> JobShown:
    """Load an uploaded file: its mapping is kept, its rows go in, and the figures are built."""
    found = _asked("load", upload_id, wish, visitor)
    visitor.note("change", f"loading of file {found.asked.get('name', '')} begun")
    return found


@router.get("/jobs/{job_id}")
def job(job_id: int, visitor: LoaderNow) -> JobShown:
    """Return how far a job is, and what came of it: rows of a file are for whoever may load it."""
    return job_shown(visitor.company, job_id)


@router.get("/tables")
def tables(_visitor: DataVisitorNow) -> list[TableShownForImport]:
    """Return what a file can be loaded into."""
    return [
        TableShownForImport(
            name=table.name,
            key=table.key,
            columns=[TableColumnShown(name=name, reader=reader) for name, reader in table.columns.items()],
        )
        for table in table_choices()
    ]


def workers_of(visitor: Visitor) -> Workers:
    """Return what does jobs for the application."""
    workers: Workers = visitor.request.app.state.workers
    return workers


def job_shown(company: OpenCompany, job_id: int) -> JobShown:
    """Return a job as the pages take it; nothing of where files lie is told."""
    found = company.people.jobs.of_id(job_id)
    return JobShown.model_validate({name: getattr(found, name) for name in JobShown.model_fields})


def upload_shown(company: OpenCompany, upload_id: str) -> UploadShown:
    """Return an uploaded file as the pages take it."""
    found = company.people.uploads.of_id(upload_id)
    return UploadShown(
        upload_id=found.upload_id,
        name=found.name,
        size=found.size,
        uploaded_by=found.uploaded_by,
        uploaded_at=company.local(found.uploaded_at).replace(microsecond=0),
    )


def _asked(kind: str, upload_id: str, wish: WishGiven, visitor: Visitor) -> JobShown:
    found = visitor.company.people.uploads.of_id(upload_id)
    asked = {"upload": found.upload_id, "name": found.name, **wish.model_dump()}
    return job_shown(visitor.company, workers_of(visitor).ask(kind, asked, visitor.name))


def _make_room(folder: Path, size: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(folder).free
    if free < size + _SPARE:
        raise InputError(f"the disk has {free:,} bytes left, too few for this file", do="Free some space")


async def _written(stream: AsyncIterator[bytes], place: Path, most: int) -> int:
    """Write what comes to the disk, block by block, and return how many bytes there were."""
    size, held = 0, bytearray()
    with place.open("xb") as file:
        async for part in stream:
            size += len(part)
            if size > most:
                raise InputError(f"the file is larger than {most:,} bytes", do="Send it in parts")
            held += part
            if len(held) >= _BLOCK:
                await run_in_threadpool(file.write, bytes(held))
                held.clear()
        await run_in_threadpool(file.write, bytes(held))
    if not size:
        raise InputError("the file is empty", do="Export it again")
    return size
