"""Counts what the server does, for Prometheus: requests by route and status, how long they took, answers known already.

Labels are routes as they are written in the code, never the addresses asked for: nothing in them is about anybody.
"""

import logging
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import suppress
from threading import Lock
from time import monotonic

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from voronka.web.joint import Joint

BOUNDS = (0.005, 0.025, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
"""The seconds up to which durations are counted together."""
REQUESTS, SECONDS, KNOWN = "voronka_requests_total", "voronka_request_seconds", "voronka_answers_total"
TELL_SECONDS = 2.0
"""How often a process tells the others what it has counted."""
_METHODS = ("GET", "HEAD", "POST", "DELETE", "OPTIONS", "PUT", "PATCH")
_OTHER = "other"
_TELLS = {
    REQUESTS: ("counter", "Requests answered, by method, route and status"),
    SECONDS: ("histogram", "Seconds until an answer was sent whole"),
    KNOWN: ("counter", "Answers of figures: known already, or made anew"),
    "voronka_listening": ("gauge", "Pages that wait for news of a build"),
    "voronka_ready": ("gauge", "1 where accounts and figures can be read"),
    "voronka_build_age_seconds": ("gauge", "Seconds since the figures were built"),
    "voronka_rows_aside": ("gauge", "Rows of the loads in force that were put aside"),
    "voronka_jobs": ("gauge", "Jobs that wait or are under way"),
}

log = logging.getLogger("voronka.requests")

Labels = tuple[tuple[str, str], ...]


class Counts:
    """What one process has counted; what the others of the server have stands in the joint file."""

    def __init__(self, joint: Joint, worker: str = "") -> None:
        """Begin at nothing; `worker` is a name that no other process of the server has had."""
        self._joint = joint
        self._worker = worker
        self._counts: defaultdict[tuple[str, Labels], float] = defaultdict(float)
        self._lock = Lock()

    def request(self, route: str, method: str, status: int, seconds: float | None) -> None:
        """Count a request that was answered; None: one that takes as long as somebody listens."""
        labels = (("method", method if method in _METHODS else _OTHER), ("route", route))
        with self._lock:
            self._counts[REQUESTS, (*labels, ("status", str(status)))] += 1
            if seconds is not None:
                within = next((f"{bound:g}" for bound in BOUNDS if seconds <= bound), "+Inf")
                self._counts[f"{SECONDS}_bucket", (*labels, ("le", within))] += 1
                self._counts[f"{SECONDS}_sum", labels] += seconds
                self._counts[f"{SECONDS}_count", labels] += 1

    def tell(self, more: Mapping[tuple[str, Labels], float]) -> None:
        """Write down what was counted so far, for whichever process is asked; `more` is counted elsewhere."""
        with self._lock:
            counted = {**self._counts, **more}
        rows = [(self._worker, name, written(labels), value) for (name, labels), value in counted.items()]
        with suppress(sqlite3.Error), self._joint.writing() as connection:  # without it they are told later
            connection.executemany("INSERT OR REPLACE INTO counts VALUES (?, ?, ?, ?)", rows)

    def text(self, gauges: Mapping[tuple[str, Labels], float]) -> str:
        """Return what all processes have counted, and what is so now, in Prometheus' own form."""
        asked = "SELECT name, labels, sum(value) FROM counts GROUP BY name, labels"
        with self._joint.reading() as connection:
            found = list(connection.execute(asked))
        found += [(name, written(labels), value) for (name, labels), value in gauges.items()]
        lines = []
        for name, (kind, told) in _TELLS.items():
            of_it = [each for each in found if each[0] == name or each[0].startswith(f"{name}_")]
            if of_it:
                lines += [f"# HELP {name} {told}", f"# TYPE {name} {kind}"]
                lines += _histogram(name, of_it) if kind == "histogram" else [_line(*each) for each in sorted(of_it)]
        return "\n".join(lines) + "\n"


def written(labels: Iterable[tuple[str, str]]) -> str:
    """Return labels as Prometheus writes them."""
    return ",".join(f'{name}="{_escaped(value)}"' for name, value in labels)


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def _line(name: str, labels: str, value: float) -> str:
    shown = f"{value:.6f}".rstrip("0").rstrip(".")
    return f"{name}{{{labels}}} {shown}" if labels else f"{name} {shown}"


def _histogram(name: str, found: Iterable[tuple[str, str, float]]) -> list[str]:
    """Return the lines of a histogram: each bucket holds those before it too."""
    parts: dict[str, dict[str, float]] = defaultdict(dict)
    for part, labels, value in found:
        within = labels.rpartition(',le="')
        base = within[0] if part.endswith("_bucket") else labels
        parts[base][within[2].rstrip('"') if part.endswith("_bucket") else part] = value
    lines = []
    for base, values in sorted(parts.items()):
        so_far = 0.0
        for bound in (*(f"{each:g}" for each in BOUNDS), "+Inf"):
            so_far += values.get(bound, 0)
            lines.append(_line(f"{name}_bucket", f'{base},le="{bound}"', so_far))
        lines += [_line(f"{name}_{part}", base, values.get(f"{name}_{part}", 0)) for part in ("sum", "count")]
    return lines


class Counting:
    """The outermost part of the application: counts and logs every request, refused ones too."""

    def __init__(self, app: ASGIApp, counts: Counts) -> None:
        """Stand before all else."""
        self.app = app
        self._counts = counts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, and count it when its answer has been sent."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun, told = monotonic(), {"status": 500, "is_stream": False}

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                kind = Headers(raw=message["headers"]).get("content-type", "")
                told.update(status=message["status"], is_stream=kind.startswith("text/event-stream"))
            await send(message)

        try:
            await self.app(scope, receive, sent)
        finally:
            took = monotonic() - begun
            route = getattr(scope.get("route"), "path", _OTHER)
            self._counts.request(route, scope["method"], told["status"], None if told["is_stream"] else took)
            visitor = scope.get("state", {}).get("visitor")
            line = {"route": route, "method": scope["method"], "status": told["status"], "ms": round(took * 1000, 1)}
            log.info("request", extra={"told": line | {"user": visitor.user_id if visitor else None}})
