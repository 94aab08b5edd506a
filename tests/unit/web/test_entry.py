from threading import BoundedSemaphore

import pytest
from starlette.requests import Request

from voronka.domain.errors import RetryError
from voronka.web import entry


def test_more_than_there_are_places_are_turned_away_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entry, "SIGNING_IN", BoundedSemaphore(1))
    with entry.hashing(), pytest.raises(RetryError, match="Too many people"), entry.hashing():
        pass
    with entry.hashing():  # a place is given back
        pass


def test_whoever_tried_too_often_is_told_when_to_come_again() -> None:
    answer = entry.too_many(Request({"type": "http", "headers": [(b"accept-language", b"ru")]}), 1.5)
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "2")
    assert "Слишком много попыток" in bytes(answer.body).decode()


def test_a_request_from_nowhere_has_no_address() -> None:
    assert entry.address_of(Request({"type": "http", "headers": []})) == ""
    assert entry.address_of(Request({"type": "http", "headers": [], "client": ("192.0.2.7", 1)})) == "192.0.2.7"
