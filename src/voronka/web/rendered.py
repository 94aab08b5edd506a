"""Answers as bytes: the same question about the same data, asked by one of the same scope, is written out once."""

import gzip
import json
import os
import secrets
import sqlite3
from collections import OrderedDict
from collections.abc import Callable, Mapping
from contextlib import nullcontext, suppress
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from hashlib import sha256
from threading import BoundedSemaphore, Lock
from typing import Self

from fastapi import Response
from pydantic import BaseModel

from voronka.domain.access import Right
from voronka.domain.errors import OurMistakeError, RetryError
from voronka.domain.personal import masked_text
from voronka.reports.files_out import CsvFile, XlsxFile
from voronka.reports.json_values import finite, number_of
from voronka.web.among import Among
from voronka.web.asked import CSV, XLSX
from voronka.web.joint import Joint
from voronka.web.visitor import Visitor

JSON = "application/json"
FILES = (CSV, XLSX)
"""The types of the tables that are taken out."""
MOST = 64 * 2**20
JOINT_MOST = 256 * 2**20
AT_ONCE = max(2, os.cpu_count() or 2)
"""How many answers one process puts together at a time: more of them would only make each other late."""
_TRIES = 3
_LARGE = 1000
"""Bytes from which an answer is compressed."""


class _ChangedMeanwhileError(Exception):
    """A build ended, or a day, while an answer was put together."""


@dataclass(frozen=True)
class Body:
    """An answer's bytes, and the same compressed where that is worth it."""

    plain: bytes
    packed: bytes | None

    @property
    def size(self) -> int:
        """Return the bytes it takes."""
        return len(self.plain) + len(self.packed or b"")


class RenderedAnswers:
    """The answers written out last, `most` bytes of them in all; safe to share between threads.

    The processes of one server find what another of them has written out in `joint`, by a tag in which the visitor's
    sight stands: `joint_most` bytes there at most, those written out first go first.
    """

    def __init__(self, most: int = MOST, joint: Joint | None = None, joint_most: int = JOINT_MOST) -> None:
        """Keep nothing yet. What is larger than an eighth of what may be kept is not kept at all."""
        self.salt = secrets.token_hex(8) if joint is None else joint.secret("rendered")
        self.hits = 0
        self.misses = 0
        self._most = most
        self._joint = joint
        self._joint_most = joint_most
        self._kept: OrderedDict[str, Body] = OrderedDict()
        self._size = 0
        self._making: dict[str, Lock] = {}
        self._lock = Lock()
        self._turns = BoundedSemaphore(AT_ONCE)

    @classmethod
    def of(cls, joint: Joint, among: Among) -> Self:
        """Return what one of a server's processes keeps: its part of the memory, and the file that all have."""
        if among.place is None:
            return cls()
        return cls(MOST // among.processes, joint)

    @property
    def size(self) -> int:
        """Return how many bytes this process keeps."""
        return self._size

    def get(self, key: str, make: Callable[[], Body]) -> Body:
        """Return the body kept under a key, else the made one; those who ask for it meanwhile wait for it."""
        with self._lock:
            found = self._found(key)
            if found is not None:
                return found
            making = self._making.setdefault(key, Lock())
        with making:
            with self._lock:
                found = self._found(key)
                if found is not None:
                    return found
            try:
                body = self._of_joint(key)
                if body is None:
                    body = self._made(key, make)
                else:
                    self.hits += 1
                self._keep(key, body)
            finally:
                with self._lock:
                    self._making.pop(key, None)
        return body

    def _made(self, key: str, make: Callable[[], Body]) -> Body:
        """Return an answer that another process may be about to make: then what it makes is waited for."""
        with self._joint.alone(key) if self._joint is not None else nullcontext():
            body = self._of_joint(key)
            if body is not None:
                self.hits += 1
                return body
            self.misses += 1
            with self._turns:
                body = make()
            self._give_to_joint(key, body)
            return body

    def _found(self, key: str) -> Body | None:
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
            self.hits += 1
        return found

    def _keep(self, key: str, body: Body) -> None:
        if body.size > self._most // 8:
            return
        with self._lock:
            self._kept[key] = body
            self._size += body.size
            while self._size > self._most:
                _, dropped = self._kept.popitem(last=False)
                self._size -= dropped.size

    def _of_joint(self, key: str) -> Body | None:
        if self._joint is None:
            return None
        with suppress(sqlite3.Error), self._joint.reading() as connection:  # without it the answer is made once more
            row = connection.execute("SELECT plain, packed FROM answers WHERE tag = ?", (key,)).fetchone()
            return None if row is None else Body(*row)
        return None

    def _give_to_joint(self, key: str, body: Body) -> None:
        if self._joint is None or body.size > self._joint_most // 8:
            return
        with suppress(sqlite3.Error), self._joint.writing() as connection:
            turn, size = connection.execute("SELECT coalesce(max(turn), 0) + 1, total(size) FROM answers").fetchone()
            connection.execute(
                "INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?, ?)", (key, body.plain, body.packed, body.size, turn)
            )
            size += body.size
            while size > self._joint_most:
                oldest = connection.execute("SELECT tag, size FROM answers ORDER BY turn LIMIT 1").fetchone()
                connection.execute("DELETE FROM answers WHERE tag = ?", oldest[:1])
                size -= oldest[1]


def cached(
    visitor: Visitor,
    make: Callable[[], object],
    *,
    key: str = "",
    media_type: str = JSON,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Return the answer to what a visitor asks, made only where it is not known yet.

    `make` gives a file (CsvFile, XlsxFile), bytes without any text of a record as they are, or anything JSON can say
    (models, dataclasses, days, decimals). It must follow from the data, the metrics' definitions, the settings, the
    company's day, what the visitor may see, the address asked for and `key` alone. What is kept is as this visitor may
    see it.
    The browser is told nothing new (304) where its copy is of the same.
    """
    if media_type in FILES:
        visitor.check(Right.EXPORT)
    for _ in range(_TRIES):
        with suppress(_ChangedMeanwhileError):
            answer = _answered(visitor, lambda: _body(visitor, make(), media_type), key, media_type, headers or {})
            visitor.request.state.is_fit = True  # nobody need look for what is to be hidden again
            return answer
    raise RetryError("the data change faster than the answer is put together", do="Try again in a minute")


def _answered(
    visitor: Visitor, make: Callable[[], Body], key: str, media_type: str, headers: Mapping[str, str]
) -> Response:
    request, answers = visitor.request, _answers(visitor)
    etag = _etag(visitor, answers.salt, key)

    def check() -> None:  # kept under this tag, an answer of other data would be taken for it
        if _etag(visitor, answers.salt, key) != etag:
            raise _ChangedMeanwhileError

    def made() -> Body:
        check()  # others may have been waited for
        body = make()
        check()
        return body

    told = {"ETag": etag, "Cache-Control": "private, no-cache", "Vary": "Accept-Encoding, Cookie", **headers}
    if etag in request.headers.get("if-none-match", "").replace("W/", "").split(", "):
        return Response(status_code=304, headers=told)
    body = answers.get(etag, made)
    if body.packed is not None and accepts_gzip(request.headers.get("accept-encoding", "")):
        return Response(body.packed, media_type=media_type, headers={**told, "Content-Encoding": "gzip"})
    return Response(body.plain, media_type=media_type, headers=told)


def accepts_gzip(header: str) -> bool:
    """Say whether an Accept-Encoding header takes gzip."""
    for part in header.lower().split(","):
        coding, _, weight = part.partition(";")
        if coding.strip() in {"gzip", "*"}:
            return weight.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return False


def as_json(value: object) -> bytes:
    """Return JSON in UTF-8: unknown numbers are null, decimals numbers, days and times ISO text."""
    try:
        text = _dumped(value)
    except ValueError:  # a number that is none; looked for only where there is one
        text = _dumped(finite(json.loads(json.dumps(value, default=_plain))))
    return text.encode()


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_plain, allow_nan=False)


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return number_of(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, BaseModel):
        return value.model_dump(by_alias=True)
    if is_dataclass(value):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"JSON has no word for {type(value).__name__}")


def _body(visitor: Visitor, made: object, media_type: str) -> Body:
    plain = _fit(visitor, made, media_type)
    is_text = media_type == JSON or media_type.startswith("text/")
    packed = gzip.compress(plain, 5, mtime=0) if is_text and len(plain) > _LARGE else None
    return Body(plain, packed)


def _fit(visitor: Visitor, made: object, media_type: str) -> bytes:
    """Return what was made as bytes in which this visitor finds nothing that is hidden from them."""
    shows_all = visitor.may(Right.PERSONAL)
    if isinstance(made, CsvFile | XlsxFile):
        return (made if shows_all else made.hidden(partial(masked_text, kept=visitor.own_addresses()))).written()
    if isinstance(made, bytes):
        if media_type in FILES and not shows_all:
            raise OurMistakeError("a table was written before anything in it could be hidden", do="Give a CsvFile")
        return made
    plain = as_json(made)
    return plain if shows_all else as_json(visitor.shown(json.loads(plain)))


def _answers(visitor: Visitor) -> RenderedAnswers:
    answers: RenderedAnswers = visitor.request.app.state.rendered
    return answers


def _etag(visitor: Visitor, salt: str, key: str) -> str:
    company, url = visitor.company, visitor.request.url
    parts = (
        salt,
        company.data_version(),
        company.metrics.catalogue.fingerprint,
        company.settings_mark,
        company.metrics.company.today().isoformat(),
        visitor.sight,
        url.path,
        url.query,
        visitor.language,
        key,
    )
    digest = sha256("\0".join(parts).encode()).hexdigest()
    return f'"{digest[:32]}"'
