"""The data page: sources and how fresh they are, the ledger, rows put aside, what the checks found."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Annotated, Any

from fastapi import APIRouter, Response
from fastapi import Query as Parameter

from voronka import bootstrap
from voronka.bootstrap import OpenCompany
from voronka.domain.access import Right
from voronka.domain.errors import QuestionError, VoronkaError, did_you_mean
from voronka.domain.flags import Flag
from voronka.metrics.answer import Row, records
from voronka.pipeline.checking import by_employee, checks, in_language, summary
from voronka.pipeline.mending import rows_to_mend, write_to_mend
from voronka.pipeline.streams import mendings, remarked, rows_aside, rows_let_go, settled
from voronka.web.asked import AS_CSV, CSV, Language, file_headers, language_of
from voronka.web.data_shapes import (
    AsideRowShown,
    AsideShown,
    CheckPersonShown,
    CheckShown,
    ChecksShown,
    DataPageShown,
    FlagShown,
    JobShown,
    LetGoGiven,
    LoadShown,
    LoadsShown,
    MendingShown,
    NotMadeShown,
    ReasonShown,
    RemarkedShown,
    SettledShown,
    StateGiven,
    StreamStateShown,
    UploadShown,
)
from voronka.web.rendered import cached
from voronka.web.routes.uploads import job_shown, upload_shown, workers_of
from voronka.web.visitor import DataVisitorNow, LoaderNow, MenderNow, Visitor

router = APIRouter(prefix="/api/data", tags=["data"])

Limit = Annotated[int, Parameter(ge=1, le=200)]
Offset = Annotated[int, Parameter(ge=0, le=10**9)]
LoadId = Annotated[str, Parameter(max_length=100)]
COUNTED = 300_000
"""Rows put aside that are counted by their reasons; the ledger counts all of them."""


@router.get("")
def page(visitor: DataVisitorNow) -> DataPageShown:
    """Return what is loaded, what waits, and what is under way."""
    company = visitor.company
    loads = company.loads()
    built = company.built_at()
    fault, streams = _streams(company)
    uploads = company.people.uploads
    waiting = [each for each in uploads.all() if uploads.is_new(each) and (company.folder / each.path).is_file()]
    return DataPageShown(
        may_change=visitor.may(Right.LOADS),
        streams=streams,
        waiting=[_waiting(company, each.upload_id) for each in waiting],
        jobs=[job_shown(company, each.job_id) for each in company.people.jobs.unended()],
        loads=len(loads),
        aside=sum(rows_aside(loads).values()),
        built_at=_local(company, built) if built else None,
        is_behind=bool(loads) and (built is None or max(load.at for load in loads) > built),
        fault=fault,
        largest=company.settings.limits.file_bytes,
    )


@router.get("/loads")
def ledger(visitor: DataVisitorNow, limit: Limit = 25, offset: Offset = 0) -> LoadsShown:
    """Return a page of the ledger of loads, the newest first."""
    company = visitor.company
    loads = company.loads()[::-1]
    names, left = _names(company), rows_aside(loads)
    mended, out = mendings(loads[::-1]), mendings(loads[::-1], taken_out=True)
    built = company.built_at()
    rows = [
        LoadShown(
            load_id=load.load_id,
            source=load.source,
            stream=load.stream,
            state=load.state,
            is_built=built is not None and load.at <= built,
            loaded_at=_local(company, load.loaded_at or load.at),
            by=load.by,
            files=[names.get(file.name, file.name) for file in load.files],
            rows=load.rows_read,
            good=load.rows_good,
            repeated=load.rows_repeated,
            aside=left.get(load.load_id, load.rows_quarantined),
            deleted=load.rows_deleted,
            note=load.note,
            flags=_flags(load.flags),
            mended=_mendings(mended.get(load.load_id, []), names),
            mended_out=_mendings(out.get(load.load_id, []), names),
            let_go=rows_let_go(load),
        )
        for load in loads[offset : offset + limit]
    ]
    return LoadsShown(rows=rows, total=len(loads), limit=limit, offset=offset)


@router.post("/loads/{load_id}", status_code=202)
def change(load_id: str, given: StateGiven, visitor: LoaderNow) -> JobShown:
    """Take a load out of the figures, or bring it back; nothing is deleted, and the figures are built anew."""
    known = [load.load_id for load in visitor.company.loads()]
    if load_id not in known:
        raise QuestionError(f"no load has the id {load_id}", do=did_you_mean(load_id, known))
    number = workers_of(visitor).ask("change", {"load": load_id, **given.model_dump()}, visitor.name)
    return job_shown(visitor.company, number)


@router.post("/build", status_code=202)
def build(visitor: LoaderNow) -> JobShown:
    """Build the figures from all loads that count."""
    return job_shown(visitor.company, workers_of(visitor).ask("build", {}, visitor.name))


@router.get("/aside", response_model=AsideShown)
def aside(
    visitor: DataVisitorNow,
    load: LoadId = "",
    reason: Annotated[str, Parameter(max_length=100)] = "",
    limit: Limit = 25,
    offset: Offset = 0,
) -> Response:
    """Return a page of the rows put aside as of the last build, and how many there are of each reason."""

    def made() -> AsideShown:
        reasons = _reasons(visitor, load)
        rows = _aside(visitor, _where(load, reason), limit, offset)
        total = sum(each.rows for each in reasons if reason in {"", each.reason})
        gone = _settled(visitor.company)
        return AsideShown(rows=rows, reasons=reasons, settled=gone, total=total, limit=limit, offset=offset)

    newest = max((load.at for load in visitor.company.loads()), default=None)
    return cached(visitor, made, key=str(newest))  # what is settled follows from the ledger, not from the build


@router.post("/aside/let-go", status_code=202)
def let_go(given: LetGoGiven, visitor: LoaderNow) -> JobShown:
    """Take rows off the list that nobody wants to mend; that is a line of the ledger, and can be undone."""
    known = [load.load_id for load in visitor.company.loads()]
    if given.load not in known:
        raise QuestionError(f"no load has the id {given.load}", do=did_you_mean(given.load, known))
    return job_shown(visitor.company, workers_of(visitor).ask("let_go", given.model_dump(), visitor.name))


@router.get("/aside.csv", **AS_CSV)
def aside_csv(visitor: MenderNow, load: LoadId = "", lang: Language | None = None) -> Response:
    """Return the rows put aside of a load (of all, where they are of one stream) as a file to mend and send back."""
    company = visitor.company
    language = language_of(lang, company.settings.language)
    with bootstrap.workplace(str(company.folder), company.clock) as work, TemporaryDirectory() as folder:
        found = rows_to_mend(work, load or None)
        place = Path(folder) / "rows.csv"
        write_to_mend(found, place, language)
        content = place.read_bytes()
    headers = file_headers(_to_mend(company, load, found.stream, language), "rows-set-aside.csv")
    return Response(content, media_type=CSV, headers=headers)


def _to_mend(company: OpenCompany, load_id: str, stream: str, language: str) -> str:
    """Return what the file of rows to mend is called: by the file that they were put aside of, that of a load alone."""
    title = "Отложенные строки" if language == "ru" else "Rows set aside"
    loads = {load.load_id: load for load in company.loads()}
    files = [file.name for file in loads[load_id].files] if load_id in loads else []
    names = _names(company)
    stem = PurePosixPath(names.get(files[0], files[0])).stem if len(files) == 1 else stream
    return f"{stem}.csv" if stem.startswith(title) else f"{title} {stem}.csv"


@router.get("/checks", response_model=ChecksShown)
def found(visitor: DataVisitorNow, lang: Language | None = None) -> Response:
    """Return what the checks of the data found as of today, and whose records they are."""
    settings = visitor.company.settings

    def said(rows: Sequence[Row]) -> list[Row]:
        return in_language(rows, settings.quality, language_of(lang, settings.language))

    def made() -> ChecksShown:
        if visitor.company.built_at() is None:
            return ChecksShown(checks=[], people=[], not_made=[])
        metrics = visitor.company.metrics
        return ChecksShown(
            checks=[CheckShown.model_validate(_only(row, CheckShown)) for row in said(summary(metrics))],
            people=[
                CheckPersonShown.model_validate(_only(row, CheckPersonShown)) for row in said(by_employee(metrics))
            ],
            not_made=[
                NotMadeShown(title=str(row["title"]), lacks=str(row["lacks"] or "").split(", "))
                for row in said(checks(metrics))
                if not row["is_made"]
            ],
        )

    return cached(visitor, made)


def _only(row: Mapping[str, Any], shape: type[CheckShown] | type[CheckPersonShown]) -> dict[str, Any]:
    return {name: row.get(name) for name in shape.model_fields}


def _waiting(company: OpenCompany, upload_id: str) -> UploadShown:
    """Return an uploaded file with what it came to when it was last looked at, where nothing can be done with it."""
    shown = upload_shown(company, upload_id)
    look = company.people.jobs.last_of("look", upload_id)
    found = look.result if look else {}
    codes = {flag["code"] for flag in found.get("flags", ())} if found.get("stream") else set()
    if found.get("outcome") == "refuse" and (not found["headers"] or found["mended"]):
        return shown.model_copy(update={"end": "refused", "message": found["message"]})
    end = "undone" if "already_undone" in codes else "loaded" if "already_loaded" in codes else ""
    return shown.model_copy(update={"end": end})


def _streams(company: OpenCompany) -> tuple[str, list[StreamStateShown]]:
    """Return what is wrong with the files of sources, '' for nothing, and the streams."""
    try:
        states = company.streams()
    except VoronkaError as fault:
        return fault.sentence(), []
    fresh = {(each.source, each.stream): each.last_event_at for each in company.freshness()} if states else {}
    doubts = _doubts(company)
    found = []
    for state in states:
        event = fresh.get((state.source, state.stream))
        found.append(
            StreamStateShown(
                source=state.source,
                stream=state.stream,
                into=state.into,
                rows=state.rows,
                aside=state.aside,
                loads=state.loads,
                loaded_at=_local(company, state.loaded_at) if state.loaded_at else None,
                last_event_at=_local(company, event) if isinstance(event, datetime) else event,
                last_load=state.last_load,
                remarks=doubts.get((state.source, state.stream), []),
            )
        )
    return "", found


def _mendings(loads: Iterable[Any], names: Mapping[str, str]) -> list[MendingShown]:
    return [
        MendingShown(load_id=load.load_id, file=_named((file.name for file in load.files), names), rows=load.rows_good)
        for load in loads
    ]


def _local(company: OpenCompany, moment: datetime) -> datetime:
    return company.local(moment).replace(microsecond=0)


def _flags(flags: Iterable[Flag]) -> list[FlagShown]:
    return [FlagShown.model_validate(flag.shown()) for flag in flags]


def _where(load: str, reason: str) -> dict[str, object]:
    return {name: value for name, value in (("load_id", load), ("reason", reason)) if value}


def _rows(
    visitor: Visitor, where: Mapping[str, object], columns: Sequence[str], limit: int, offset: int = 0
) -> list[dict[str, Any]]:
    company = visitor.company
    if company.built_at() is None:
        return []
    found = company.metrics.rows("quarantine", visitor.scope, where, columns, limit=limit, offset=offset)
    return records(found)


def _aside(visitor: Visitor, where: Mapping[str, object], limit: int, offset: int) -> list[AsideRowShown]:
    columns = (*("load_id", "source", "stream", "file", "row_number"), *("key", "reason", "message", "payload"))
    found = _rows(visitor, where, columns, limit, offset)
    names = _names(visitor.company)
    rows = []
    for row in found:
        cells, text = _cells(row.pop("payload"))
        row["file"] = names.get(row["file"], row["file"])
        rows.append(AsideRowShown(**row, cells=cells, text=text))
    return rows


def _cells(payload: str) -> tuple[dict[str, Any] | None, str]:
    """Return what stood in a row: its cells by header, or its text where it could not be split."""
    try:
        read = json.loads(payload)
    except ValueError:
        return None, payload
    return (read, "") if isinstance(read, dict) else (None, payload)


def _reasons(visitor: Visitor, load: str) -> list[ReasonShown]:
    """Return how many rows of each load were put aside for each reason, the most first."""
    columns = ("load_id", "source", "stream", "file", "reason", "message")
    found = _rows(visitor, _where(load, ""), columns, COUNTED)
    counts = Counter(tuple(row[name] for name in columns[:-1]) for row in found)
    example = {tuple(row[name] for name in columns[:-1]): row["message"] for row in reversed(found)}
    names = _names(visitor.company)
    return [
        ReasonShown(
            load_id=key[0],
            source=key[1],
            stream=key[2],
            file=names.get(key[3], key[3]),
            reason=key[4],
            rows=rows,
            message=example[key],
        )
        for key, rows in counts.most_common()
    ]


def _doubts(company: OpenCompany) -> dict[tuple[str, str], list[RemarkedShown]]:
    """Return what is doubtful about the loads of each stream, those whose records came anew left out."""
    names = _names(company)
    found: dict[tuple[str, str], list[RemarkedShown]] = {}
    for load in remarked(company.loads()):
        at = _local(company, load.loaded_at or load.at)
        shown = RemarkedShown(
            load_id=load.load_id,
            file=_named((file.name for file in load.files), names),
            loaded_at=at,
            flags=_flags(load.flags),
        )
        found.setdefault((load.source, load.stream), []).append(shown)
    return found


def _settled(company: OpenCompany) -> list[SettledShown]:
    names = _names(company)
    return [
        SettledShown(
            file=_named((file.name for file in each.load.files), names),
            rows=each.rows,
            by_load=each.by.load_id,
            by_file=_named((file.name for file in each.by.files), names),
            by=each.by.by,
            at=_local(company, each.by.loaded_at or each.by.at),
            is_let_go=not each.by.files,
            is_mended=each.is_mended,
        )
        for each in settled(company.loads())
    ]


def _named(files: Iterable[str], names: Mapping[str, str]) -> str:
    return ", ".join(names.get(name, name) for name in files)


def _names(company: OpenCompany) -> dict[str, str]:
    """Return what people called the files that they uploaded, by where these lie."""
    return {each.path: each.name for each in company.people.uploads.all()}
