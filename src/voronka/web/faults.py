"""Turns errors into answers: what happened, where, what to do, and of which kind it is."""

import logging
import secrets
from typing import Literal

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException

from voronka.domain.errors import (
    DefinitionError,
    InputError,
    NotAllowedError,
    OurMistakeError,
    QuestionError,
    RetryError,
    SettingsError,
    SignInError,
    StorageError,
    VoronkaError,
)
from voronka.pipeline.sentences import refusal_in

Kind = Literal["question", "settings", "input", "sign_in", "not_found", "ours"]

_CLASSES: dict[type[VoronkaError], tuple[int, Kind]] = {
    QuestionError: (400, "question"),
    InputError: (400, "input"),
    SettingsError: (409, "settings"),
    DefinitionError: (409, "settings"),
    SignInError: (401, "sign_in"),
    NotAllowedError: (403, "question"),
    RetryError: (503, "ours"),
    StorageError: (507, "ours"),
}
_STATUSES: dict[int, tuple[Kind, str]] = {
    404: ("not_found", "There is nothing at this address"),
    405: ("not_found", "This address takes no such request"),
    413: ("question", "The request is too large"),
}
log = logging.getLogger("voronka.web")


class FaultSaid(BaseModel):
    """An error for people; `kind` says who can do something about it."""

    what: str
    where: str
    do_: str = Field(alias="do")
    kind: Kind


class Fault(BaseModel):
    """The body of every answer that is an error."""

    error: FaultSaid


def language_of(headers: Headers) -> str:
    """Return the language of who asks: pages name theirs first; whatever names none, as programs do, reads English."""
    return "ru" if headers.get("accept-language", "").strip().lower().startswith("ru") else "en"


def refusal(status: int, kind: Kind, fault: VoronkaError, language: str = "en") -> JSONResponse:
    """Return an answer that is an error, in a language; no cache keeps it."""
    what, do = refusal_in(language, fault.what), refusal_in(language, fault.do)
    said = {"what": what, "where": fault.where, "do": do, "kind": kind}
    return JSONResponse({"error": said}, status, headers={"Cache-Control": "no-store"})


def unforeseen(fault: Exception, path: str, language: str = "en") -> JSONResponse:
    """Return the answer to a fault of ours: a number to quote, under which the log has the rest."""
    number = secrets.token_hex(4)
    log.error("fault %s at %s", number, path, exc_info=fault, extra={"told": {"number": number}})
    what = f"Something went wrong in Voronka itself (number {number})"
    do = "Try again; if it comes back, give this number to whoever runs Voronka"
    return refusal(500, "ours", OurMistakeError(what, do=do), language)


def add_faults(app: FastAPI) -> None:
    """Make an application answer every error in this form."""
    app.add_exception_handler(VoronkaError, _foreseen)
    app.add_exception_handler(RequestValidationError, _badly_asked)
    app.add_exception_handler(HTTPException, _plain)


def _foreseen(request: Request, fault: Exception) -> JSONResponse:
    found = next((_CLASSES[kind] for kind in type(fault).__mro__ if kind in _CLASSES), None)
    if found is None or isinstance(fault, OurMistakeError) or not isinstance(fault, VoronkaError):
        return unforeseen(fault, request.url.path, language_of(request.headers))
    answer = refusal(*found, fault, language_of(request.headers))
    company = getattr(request.app.state, "company", None)
    if isinstance(fault, SignInError) and company is not None:  # whoever stands outside is spoken to as those inside
        answer.headers["Content-Language"] = company.settings.language
    return answer


def _badly_asked(request: Request, fault: Exception) -> JSONResponse:
    first = fault.errors()[0] if isinstance(fault, RequestValidationError) else {}
    place = ".".join(str(part) for part in first.get("loc", ())[1:])
    said = str(first.get("msg", "cannot be understood")).removeprefix("Value error, ")
    told = refusal_in(language_of(request.headers), said)
    where = str(first.get("loc", [""])[0])
    return refusal(400, "question", QuestionError(f"{place}: {told}" if place else told, where=where))


def _plain(request: Request, fault: Exception) -> JSONResponse:
    status = fault.status_code if isinstance(fault, HTTPException) else 500
    kind, what = _STATUSES.get(status, ("question", fault.detail if isinstance(fault, HTTPException) else ""))
    answer = refusal(status, kind, QuestionError(what), language_of(request.headers))
    answer.headers.update(getattr(fault, "headers", None) or {})
    return answer
