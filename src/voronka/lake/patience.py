"""Interrupts statements that take longer than somebody waits for an answer."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from weakref import finalize

import duckdb

from voronka.domain.errors import QuestionError

AGAIN_SECONDS = 0.02
"""How soon a statement is interrupted again: the engine forgets an interrupt that comes just before it starts."""


@dataclass
class _Running:
    cursor: duckdb.DuckDBPyConnection
    due: float
    is_late: bool = False


class Patience:
    """Lets statements take so many seconds each (0: however long); safe to share between threads.

    One thread watches over all of them, so that a short statement costs nothing more; it ends some time after the last.
    """

    def __init__(self, seconds: float) -> None:
        """Watch over nothing yet."""
        self._seconds = seconds
        self._lock = threading.Lock()
        self._running: list[_Running] = []
        self._watchers: list[threading.Thread] = []
        self._is_over = threading.Event()
        # at the program's end too: a thread that sleeps on keeps the engine's module from being taken down
        self._end = finalize(self, _ended, self._is_over, self._watchers)

    def close(self) -> None:
        """End the watching; what is asked from then on may take however long."""
        self._end()

    @contextmanager
    def over(self, cursor: duckdb.DuckDBPyConnection) -> Iterator[None]:
        """Interrupt what the cursor does inside once it takes too long, which is told by a QuestionError."""
        if not self._seconds or self._is_over.is_set():
            yield
            return
        running = self._begun(cursor)
        try:
            yield
        except duckdb.InterruptException as fault:
            if not running.is_late:
                raise
            message = f"the answer took longer than {self._seconds:g} s"
            raise QuestionError(message, do="Ask for a shorter period or fewer cuts") from fault
        finally:
            with self._lock:
                self._running[:] = [each for each in self._running if each is not running]

    def _begun(self, cursor: duckdb.DuckDBPyConnection) -> _Running:
        running = _Running(cursor, time.monotonic() + self._seconds)
        with self._lock:
            self._running.append(running)
            if not self._watchers:
                self._watchers.append(threading.Thread(target=self._watch, name="voronka patience", daemon=True))
                self._watchers[0].start()
        return running

    def _watch(self) -> None:
        wait = self._seconds
        while not self._is_over.wait(wait):  # nothing begun meanwhile is due any sooner
            with self._lock:
                if not self._running:
                    self._watchers.clear()
                    return
                wait = self._interrupted_late(time.monotonic())

    def _interrupted_late(self, now: float) -> float:
        """Interrupt what is late and return the seconds until there is more to do."""
        for running in self._running:
            if running.due <= now:
                running.is_late = True
                running.cursor.interrupt()
        return max(min(running.due for running in self._running) - now, AGAIN_SECONDS)


def _ended(is_over: threading.Event, watchers: list[threading.Thread]) -> None:
    is_over.set()
    for watcher in list(watchers):
        watcher.join()
