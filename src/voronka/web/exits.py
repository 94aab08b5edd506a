"""The one way out: what leaves is fit for who asked, and what was done, taken out or refused is noted."""

import json
from typing import Any
from urllib.parse import unquote_plus

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from voronka.domain.access import MEANINGS, Right
from voronka.domain.errors import NotAllowedError, RetryError, VoronkaError
from voronka.web.faults import language_of, refusal
from voronka.web.rendered import FILES, JSON, as_json
from voronka.web.visitor import SAFE, Visitor

_FILES = tuple(each.partition(";")[0] for each in FILES)
_DONE = 400
_REFUSED = 403


class Exits:
    """Stands between the routes and the packing: no answer gets around it, of whatever route."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before the routes."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        scope.setdefault("state", {})
        await self.app(scope, receive, _Leaving(scope, receive, send))


class _Leaving:
    """One answer on its way out."""

    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._scope = scope
        self._receive = receive
        self._send = send
        self._start: Message | None = None
        """The beginning of an answer that is held back until all of it is there."""
        self._body = bytearray()
        self._is_replaced = False

    async def __call__(self, message: Message) -> None:
        if self._is_replaced:
            return
        visitor: Visitor | None = self._scope["state"].get("visitor")
        if visitor is None:
            await self._send(message)
        elif message["type"] == "http.response.start":
            await self._begin(visitor, message)
        elif self._start is not None and message["type"] == "http.response.body":
            await self._go_on(visitor, message)
        else:
            await self._send(message)

    async def _begin(self, visitor: Visitor, message: Message) -> None:
        kind = Headers(raw=message["headers"]).get("content-type", "").partition(";")[0]
        if kind in _FILES and not visitor.may(Right.EXPORT):
            told = NotAllowedError(f"Your role does not let you {MEANINGS[Right.EXPORT]}", do="Ask an administrator")
            await self._replace(refusal(_REFUSED, "question", told, self._language()))
            message = {**message, "status": _REFUSED}
        noted = self._noted(message["status"], kind)
        if noted:
            try:
                await run_in_threadpool(self._note, visitor, *noted)
            except VoronkaError as fault:  # what cannot be noted is not given out
                again = RetryError(fault.what, where="audit", do="Try again in a minute")
                await self._replace(refusal(503, "ours", again, self._language()))
        if self._is_replaced:
            return
        is_shown = visitor.may(Right.PERSONAL) or self._scope["state"].get("is_fit")
        if kind == JSON and not is_shown:
            self._start = message
            return
        await self._send(message)

    async def _go_on(self, visitor: Visitor, message: Message) -> None:
        self._body += message.get("body", b"")
        if message.get("more_body") or self._start is None:
            return
        body = await run_in_threadpool(_masked, visitor, bytes(self._body)) if self._body else b""
        headers = MutableHeaders(raw=list(self._start["headers"]))
        headers["content-length"] = str(len(body))
        await self._send({**self._start, "headers": headers.raw})
        await self._send({"type": "http.response.body", "body": body})

    def _language(self) -> str:
        return language_of(Headers(scope=self._scope))

    def _noted(self, status: int, kind: str) -> tuple[str, str] | None:
        method, path = self._scope["method"], self._scope["path"]
        asked = unquote_plus(self._scope.get("query_string", b"").decode("latin-1"))
        address = f"{method} {path}" + (f"?{asked}" if asked else "")
        if status == _REFUSED:
            return "refused", address
        if status >= _DONE:
            return None
        if kind in _FILES:
            return "export", address
        if method in SAFE:
            return None
        noted: tuple[str, str] = self._scope["state"].get("noted", ("change", address))
        return noted

    def _note(self, visitor: Visitor, action: Any, what: str) -> None:  # noqa: ANN401 - one of the log's words
        client = self._scope.get("client")
        visitor.company.people.access.audit.note(
            action, visitor.name, what, user_id=visitor.user_id, address=client[0] if client else ""
        )

    async def _replace(self, answer: Response) -> None:
        """Give another answer instead of what the route gave."""
        self._is_replaced = True
        await answer(self._scope, self._receive, self._send)


def _masked(visitor: Visitor, body: bytes) -> bytes:
    return as_json(visitor.shown(json.loads(body)))
