"""The application: what is asked of a company over HTTP, and who may ask."""

import asyncio
import logging
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from anyio import to_thread
from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import JSONResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import DEFAULT_EXCLUDED_CONTENT_TYPES, GZipMiddleware

from voronka.bootstrap import OpenCompany
from voronka.domain.errors import RetryError
from voronka.web.among import Among
from voronka.web.asked import XLSX
from voronka.web.attempts import Attempts
from voronka.web.counts import TELL_SECONDS, Counting, Counts
from voronka.web.described import DescribedApp
from voronka.web.exits import Exits
from voronka.web.faults import Fault, add_faults
from voronka.web.following import Following
from voronka.web.frontend import STATIC, page
from voronka.web.guard import Guard
from voronka.web.health import Health, health_of
from voronka.web.joint import Joint
from voronka.web.news import News
from voronka.web.rendered import RenderedAnswers
from voronka.web.routes import (
    access,
    account,
    alike,
    board,
    data,
    entering,
    funnel,
    lateness,
    metrics,
    news,
    one_to_one,
    overview,
    pages,
    path,
    path_logs,
    plans,
    query,
    records,
    regulations,
    search,
    session,
    settings,
    staff,
    stages,
    uploads,
    views,
    watched,
    workshop,
)
from voronka.web.sights import Sights
from voronka.web.visitor import VisitorNow
from voronka.web.workers import Workers

ROUTERS: tuple[APIRouter, ...] = (
    *(session.router, news.router, overview.router, pages.router, funnel.router, regulations.router, lateness.router),
    *(query.router, records.router, metrics.router, search.router, views.router),
    *(data.router, uploads.router, alike.router),
    *(board.router, path.router, path_logs.router, workshop.router, one_to_one.router, plans.router),
    *(entering.router, account.router, access.router, settings.router, stages.router, watched.router, staff.router),
)
"""What can be asked, a router per subject; every route has a visitor (VisitorNow), but for signing in."""

_PACKED = (*DEFAULT_EXCLUDED_CONTENT_TYPES, XLSX)
"""What does not get smaller by being packed a second time."""
_AGAIN_SECONDS = 0.05
THREADS = 120
"""How many may be answered at once: most of those who wait for their turn at figures keep nobody else waiting."""

log = logging.getLogger("voronka.web")

DESCRIPTION = """Figures of a sales department.

Days are those of the company's zone, times are its local times without a zone, numbers are not rounded, money is in the
company's currency, unknown is null. An error says what happened, where, and what to do."""


def described_app(**more: Any) -> FastAPI:  # noqa: ANN401 - FastAPI's own arguments
    """Return the application with its routes, yet without a company: enough to describe it."""
    app = DescribedApp(
        title="Voronka",
        description=DESCRIPTION,
        version="1",
        docs_url=None,  # its pages would come from elsewhere; the description itself is at /api/openapi.json
        redoc_url=None,
        openapi_url=None,
        responses={"4XX": {"model": Fault}, "5XX": {"model": Fault}},
        **more,
    )
    for router in ROUTERS:
        app.include_router(router)
    add_faults(app)
    return app


def create_app(
    company: OpenCompany,
    hosts: tuple[str, ...] = (),
    static: Path = STATIC,
    among: Among = Among(),  # noqa: B008 - frozen
) -> FastAPI:
    """Return the application over a company, which whoever opened it closes afterwards.

    `hosts` are names it may be asked by, beside those of the settings; `static` is the folder of the built pages;
    `among` says which of a server's processes this is.
    """
    web, workers, heard = company.settings.web, Workers(company, place=among.place), News(company.data_version)
    joint = Joint(among.place)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        to_thread.current_default_thread_limiter().total_tokens = THREADS
        await run_in_threadpool(_purge, company)
        ahead = asyncio.create_task(run_in_threadpool(_work_ahead, company, among))
        watching, telling = asyncio.create_task(heard.watch()), asyncio.create_task(_tell_again_and_again(app))
        yield
        heard.stop()
        watching.cancel()
        telling.cancel()
        await run_in_threadpool(workers.stop)
        while not ahead.done():
            company.interrupt()
            await asyncio.wait([ahead], timeout=_AGAIN_SECONDS)

    larger = {uploads.PATH: company.settings.limits.file_bytes}
    guard = Middleware(Guard, hosts=(*web.hosts, *hosts), public_url=web.public_url, larger=larger)
    packing = Middleware(GZipMiddleware, minimum_size=1000, compresslevel=5, exclude_content_types=_PACKED)
    counts = Counts(joint, f"{among.number}-{os.getpid()}")
    counting = Middleware(Counting, counts=counts)
    app = described_app(lifespan=lifespan, middleware=[counting, guard, packing, Middleware(Exits)])
    _serve(app, company)
    app.state.following = Following(company, lambda newer: _serve(app, newer))
    app.state.rendered = RenderedAnswers.of(joint, among)
    app.state.attempts = Attempts(company.clock, joint)
    app.state.workers = workers
    app.state.news = heard
    app.state.counts = counts
    _add_own(app, static)
    return app


def _serve(app: FastAPI, company: OpenCompany) -> None:
    app.state.company = company
    app.state.sights = Sights(company.metrics)


async def _tell_again_and_again(app: FastAPI) -> None:
    while True:
        await asyncio.sleep(TELL_SECONDS)
        await asyncio.to_thread(watched.tell, app.state)


def _purge(company: OpenCompany) -> None:
    try:
        company.people.sessions.purge()
    except RetryError as fault:  # whose time is over is not let in anyway
        log.warning("Expired sessions are left until the next start: %s", fault)


def _work_ahead(company: OpenCompany, among: Among) -> None:
    if not among.is_first:
        return  # one does it, and the others have the machine for whoever asks meanwhile
    try:
        overview.work_ahead(company)
    except Exception:  # whoever opens the page is told; that nobody has opened it yet must not end the server
        log.exception("The page opened first could not be worked out ahead")


def _add_own(app: FastAPI, static: Path) -> None:
    @app.get("/healthz", include_in_schema=False)
    async def healthz() -> dict[str, bool]:  # waits for no thread: they may all be busy with figures
        return {"ok": True}

    @app.get("/health", include_in_schema=False)
    def health(response: Response) -> Health:
        found = health_of(app.state.company)
        response.status_code = 200 if found.ready else 503
        response.headers["Cache-Control"] = "no-store"
        return found

    @app.get("/api/openapi.json", include_in_schema=False)
    def description(_visitor: VisitorNow) -> Response:
        return JSONResponse(app.openapi())

    @app.api_route("/{path:path}", methods=["GET", "HEAD"], include_in_schema=False)
    def pages(request: Request, path: str) -> Response:
        if path == "api" or path.startswith("api/"):
            raise HTTPException(404)
        return page(request, path, static)
