"""How somebody gets in: passwords checked a few at a time, a session begun, its cookie set, the coming noted."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from fastapi import Request, Response

from voronka.bootstrap import OpenCompany
from voronka.domain.errors import RetryError, SignInError
from voronka.web.attempts import Attempts
from voronka.web.faults import language_of, refusal
from voronka.web.visitor import cookie_name, token_of

HASHING = BoundedSemaphore(2)
"""How many passwords are hashed at once: each takes 64 MB for a moment."""
SIGNING_IN = BoundedSemaphore(16)
"""How many are let in to wait for that: each holds a thread, and whoever is signed in needs some of the forty."""
_PATIENCE_SECONDS = 10.0


@contextmanager
def hashing() -> Iterator[None]:
    """Hold a place among those whose password is hashed; RetryError where too many wait already."""
    with _turn(SIGNING_IN, 0.0), _turn(HASHING, _PATIENCE_SECONDS):
        yield


@contextmanager
def _turn(places: BoundedSemaphore, seconds: float) -> Iterator[None]:
    if not places.acquire(timeout=seconds):
        raise RetryError("Too many people are signing in at once", do="Try again in a moment")
    try:
        yield
    finally:
        places.release()


def address_of(request: Request) -> str:
    """Return from where a request comes, '' where that is not known."""
    return request.client.host if request.client else ""


def attempts_of(request: Request) -> Attempts:
    """Return what slows down those who try."""
    attempts: Attempts = request.app.state.attempts
    return attempts


def too_many(request: Request, wait_seconds: float) -> Response:
    """Return the answer to one who has tried too often: when to try again."""
    whole = int(wait_seconds) + 1
    told = SignInError("Too many attempts", do=f"Try again in {whole} seconds")
    answer = refusal(429, "sign_in", told, language_of(request.headers))
    answer.headers["Retry-After"] = str(whole)
    return answer


def entered(request: Request, company: OpenCompany, user_id: int, answer: Response) -> Response:
    """Return the answer with a new session's cookie; the session that the browser had until now ends."""
    sessions, people = company.people.sessions, company.people
    before = token_of(request, company)
    if before:
        sessions.end(before)
    user = people.accounts.of_id(user_id)
    people.access.audit.note("sign_in", user.name, user_id=user_id, address=address_of(request))
    answer.set_cookie(
        cookie_name(company),
        sessions.start(user_id, address_of(request), request.headers.get("user-agent", "")),
        max_age=int(sessions.lasting.total_seconds()),
        path="/",
        secure=is_https(company),
        httponly=True,
        samesite="lax",
    )
    return answer


def is_https(company: OpenCompany) -> bool:
    """Say whether people come by https, so that the cookie goes by nothing else."""
    return company.settings.web.public_url.startswith("https:")
