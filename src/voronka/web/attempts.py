"""Slows down whoever tries passwords, without locking anybody else out."""

from collections.abc import Callable
from datetime import datetime, timedelta

from voronka.web.joint import Joint

FREE = 5
"""Failures after which one has to wait."""
_LONGEST = timedelta(minutes=1)
_FORGOTTEN = timedelta(minutes=15)
_MOST = 10_000

_FOUND = "SELECT count, at FROM failures WHERE who = ?"
_KEPT = "INSERT OR REPLACE INTO failures (who, count, at) VALUES (?, ?, ?)"
_DROPPED = "DELETE FROM failures WHERE rowid NOT IN (SELECT rowid FROM failures ORDER BY rowid DESC LIMIT ?)"


class Attempts:
    """Failed attempts to sign in, by name and address: one address cannot bar a name for another.

    All processes of a server count together. What was typed as a name is kept as a hash alone: it may be a password.
    """

    def __init__(self, clock: Callable[[], datetime], joint: Joint | None = None) -> None:
        """Begin with what `joint` knows, with nothing where there is none; `clock` gives UTC without a zone."""
        self._clock = clock
        self._joint = joint or Joint()

    def wait_seconds(self, name: str, address: str) -> float:
        """Return for how long no attempt is taken, 0 where one is; it doubles with each failure, to a minute."""
        with self._joint.reading() as connection:
            found = connection.execute(_FOUND, (self._who(name, address),)).fetchone()
        if found is None or found[0] < FREE:
            return 0
        pause = min(timedelta(seconds=2.0 ** min(found[0] - FREE, 10)), _LONGEST)
        return max((datetime.fromisoformat(found[1]) + pause - self._clock()).total_seconds(), 0)

    def failed(self, name: str, address: str) -> None:
        """Note a failure; those of a quarter of an hour ago are forgotten, and the oldest where there are too many."""
        now, who = self._clock(), self._who(name, address)
        with self._joint.writing() as connection:
            before = connection.execute(_FOUND, (who,)).fetchone()
            is_fresh = before is not None and now - datetime.fromisoformat(before[1]) < _FORGOTTEN
            connection.execute(_KEPT, (who, (before[0] if is_fresh else 0) + 1, now.isoformat()))
            connection.execute(_DROPPED, (_MOST,))

    def succeeded(self, name: str, address: str) -> None:
        """Forget the failures of one who has signed in."""
        with self._joint.writing() as connection:
            connection.execute("DELETE FROM failures WHERE who = ?", (self._who(name, address),))

    def _who(self, name: str, address: str) -> str:
        return self._joint.secret(name, address)
