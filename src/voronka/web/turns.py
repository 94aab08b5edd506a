"""One thing at a time, among the threads of a process and among the processes of a server."""

import fcntl
import os
import time
from pathlib import Path
from threading import Lock

_AGAIN_SECONDS = 0.1


class Turn:
    """A lock that ends with the process that holds it; `file` is locked too where other processes take turns by it."""

    def __init__(self, file: Path | None = None) -> None:
        """Hold nothing yet."""
        self._file = file
        self._lock = Lock()
        self._held: int | None = None

    def acquire(self, timeout: float) -> bool:
        """Take the turn, waiting for so many seconds at most; say whether it was taken."""
        until = time.monotonic() + timeout
        if not self._lock.acquire(timeout=timeout):
            return False
        if self._file is None or self._is_taken_of_all(self._file, until):
            return True
        self._lock.release()
        return False

    def release(self) -> None:
        """Give the turn to whoever waits."""
        if self._held is not None:
            os.close(self._held)
            self._held = None
        self._lock.release()

    def _is_taken_of_all(self, file: Path, until: float) -> bool:
        held = os.open(file, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        while True:
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() > until:
                    os.close(held)
                    return False
                time.sleep(_AGAIN_SECONDS)
            else:
                self._held = held
                return True
