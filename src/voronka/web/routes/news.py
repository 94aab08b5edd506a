"""The stream of events by which an open page learns that there are new data."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import StreamingResponse
from starlette.concurrency import run_in_threadpool

from voronka.domain.errors import VoronkaError
from voronka.web.news import News
from voronka.web.visitor import Visitor, VisitorNow, visitor

router = APIRouter(tags=["session"])

LONGEST_SECONDS = 600
"""After how long a stream ends, and the browser comes again."""


@router.get(
    "/api/news",
    response_class=StreamingResponse,
    responses={200: {"content": {"text/event-stream": {}}, "description": "Events: version, over"}},
)
async def news(
    asking: VisitorNow,
    seconds: Annotated[float, Query(ge=0, le=LONGEST_SECONDS, description="How long to listen")] = LONGEST_SECONDS,
) -> StreamingResponse:
    """Tell which version of the data there is, and each later one as soon as it is built.

    `event: version` carries `{"version"}`; `event: over` says that the session has ended.
    """
    known: News = asking.request.app.state.news
    stream = known.stream(asking.user_id, lambda: run_in_threadpool(_is_inside, asking), seconds)
    first = await anext(stream)  # a refusal is told before the answer begins

    async def events() -> AsyncIterator[str]:
        yield first
        async for event in stream:
            yield event

    headers = {"X-Accel-Buffering": "no", "Cache-Control": "no-store"}
    return StreamingResponse(events(), media_type="text/event-stream", headers=headers)


def _is_inside(asking: Visitor) -> bool:
    try:
        return visitor(asking.request).user_id == asking.user_id
    except VoronkaError:
        return False
