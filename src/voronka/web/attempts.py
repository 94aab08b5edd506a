"""Slows down whoever tries passwords, without locking anybody else out."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

FREE = 5
"""Failures after which one has to wait."""
_LONGEST = timedelta(minutes=1)
_FORGOTTEN = timedelta(minutes=15)
_MOST = 10_000


@dataclass(frozen=True)
class _Failures:
    count: int
    at: datetime


class Attempts:
    """Failed attempts to sign in, by name and address: one address cannot bar a name for another."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        """Begin with none; `clock` gives the time in UTC without a zone."""
        self._clock = clock
        self._failures: OrderedDict[tuple[str, str], _Failures] = OrderedDict()
        self._lock = Lock()

    def wait_seconds(self, name: str, address: str) -> float:
        """Return for how long no attempt is taken, 0 where one is; it doubles with each failure, to a minute."""
        with self._lock:
            found = self._failures.get((name, address))
        if found is None or found.count < FREE:
            return 0
        pause = min(timedelta(seconds=2.0 ** min(found.count - FREE, 10)), _LONGEST)
        return max((found.at + pause - self._clock()).total_seconds(), 0)

    def failed(self, name: str, address: str) -> None:
        """Note a failure; those of a quarter of an hour ago are forgotten, and the oldest where there are too many."""
        now, key = self._clock(), (name, address)
        with self._lock:
            before = self._failures.pop(key, None)
            count = before.count if before and now - before.at < _FORGOTTEN else 0
            self._failures[key] = _Failures(count + 1, now)
            while len(self._failures) > _MOST:
                self._failures.popitem(last=False)

    def succeeded(self, name: str, address: str) -> None:
        """Forget the failures of one who has signed in."""
        with self._lock:
            self._failures.pop((name, address), None)
