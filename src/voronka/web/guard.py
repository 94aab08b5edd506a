"""Stands before every request: who may ask from where, how much they may send, what browsers are told to refuse."""

from collections.abc import Iterable, Mapping
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from voronka.domain.errors import QuestionError
from voronka.web.faults import language_of, refusal, unforeseen

LOCAL = ("127.0.0.1", "localhost", "::1")
MOST_BODY = 1_000_000
"""Bytes of a request's body."""

_SAFE = ("GET", "HEAD", "OPTIONS")
_SOURCES = {
    "default-src": "'self'",
    "style-src": "'self' 'unsafe-inline'",  # charts and their tooltips carry style attributes
    "img-src": "'self' data: blob:",  # a chart saved as a picture
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
_TOLD = {
    "Content-Security-Policy": "; ".join(f"{name} {sources}" for name, sources in _SOURCES.items()),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


class Guard:
    """The outermost part of the application."""

    def __init__(
        self, app: ASGIApp, hosts: Iterable[str] = (), public_url: str = "", larger: Mapping[str, int] | None = None
    ) -> None:
        """`hosts` are the names the pages may be asked by, beside localhost, own addresses and that of `public_url`.

        `larger` are the paths that take a larger body than others: the bytes by the path.
        """
        self.app = app
        public = urlsplit(public_url)
        self._public = public.netloc.lower()
        named = {host.lower() for host in (*LOCAL, *hosts, public.hostname or "") if host}
        self._hosts = {host.strip("[]") for host in named}
        self._larger = larger or {}
        self._told = dict(_TOLD)
        if public.scheme == "https":
            self._told["Strict-Transport-Security"] = "max-age=31536000"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        sent = _Sent(send, self._told, scope["path"])
        refused = self._refused(scope)
        if refused is not None:
            await refused(scope, receive, sent)
            return
        try:
            await self.app(scope, _Counted(receive, self._most_body(scope)), sent)
        except Exception as fault:  # noqa: BLE001 - whatever was not foreseen is logged, and answered without details
            answer = unforeseen(fault, scope["path"], language_of(Headers(scope=scope)))
            if not sent.started:
                await answer(scope, receive, sent)

    def _refused(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        language = language_of(headers)
        host = headers.get("host", "").lower()
        if _name_of(host) not in self._hosts and not _is_own_address(_name_of(host), scope):
            do = "Ask by localhost, or add the name to `hosts` under [web] in voronka.toml"
            what = f"The pages are not served under this name: {_name_of(host)[:100]}"
            return refusal(400, "settings", QuestionError(what, do=do), language)
        if scope["method"] not in _SAFE and not self._from_here(headers, host):
            strange = QuestionError("The request comes from another site", do="Open Voronka's own page")
            return refusal(403, "question", strange, language)
        length = headers.get("content-length", "0")
        most = self._most_body(scope)
        if not length.isdecimal() or int(length) > most:
            return refusal(413, "question", QuestionError(f"The request is larger than {most:,} bytes"), language)
        return None

    def _most_body(self, scope: Scope) -> int:
        return self._larger.get(scope["path"], MOST_BODY)

    def _from_here(self, headers: Headers, host: str) -> bool:
        """Say whether a request that changes something comes from our own page, or from no browser at all.

        Every browser of today sends one of the two headers with such a request; a program that sends neither has no
        cookies of anybody's that it was not given.
        """
        site = headers.get("sec-fetch-site")
        if site is not None and site != "same-origin":
            return False
        origin = headers.get("origin")
        return origin is None or urlsplit(origin).netloc.lower() in {host, self._public} - {""}


def _name_of(host: str) -> str:
    """Return the name or the address of a Host header, without its port."""
    return host[1:].partition("]")[0] if host.startswith("[") else host.partition(":")[0]


def _is_own_address(name: str, scope: Scope) -> bool:
    """Say whether a request names the very address at which it came in; another site's name can never be one."""
    try:
        return bool(scope.get("server")) and ip_address(name) == ip_address(scope["server"][0])
    except ValueError:
        return False


class _Sent:
    """Adds to every answer what browsers are told."""

    def __init__(self, send: Send, told: dict[str, str], path: str) -> None:
        self._send = send
        self._told = told
        self._is_api = path.startswith("/api")
        self.started = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.started = True
            headers = MutableHeaders(scope=message)
            for name, value in self._told.items():
                headers.setdefault(name, value)
            if self._is_api:
                headers.setdefault("Cache-Control", "no-store")
        await self._send(message)


class _Counted:
    """Passes a request's body on as long as it is not too large."""

    def __init__(self, receive: Receive, most: int) -> None:
        self._receive = receive
        self._left = most

    async def __call__(self) -> Message:
        message = await self._receive()
        self._left -= len(message.get("body", b""))
        if self._left < 0:
            raise HTTPException(413)
        return message
