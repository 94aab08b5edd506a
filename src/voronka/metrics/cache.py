"""Keeps the latest answers: the same question about the same data is not computed twice."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


class AnswerCache(Generic[T]):
    """The answers used last, at most `size` of them; safe to share between threads."""

    def __init__(self, size: int = 512) -> None:
        """Make an empty cache of so many entries; 0 keeps nothing."""
        self._size = size
        self._entries: OrderedDict[Hashable, T] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        """Return how many answers are kept."""
        return len(self._entries)

    def get(self, key: Hashable, compute: Callable[[], T]) -> T:
        """Return the answer kept under the key, else the computed one, which is then kept.

        Two threads may compute the same answer at once; neither waits for the other.
        """
        with self._lock:
            if key in self._entries:
                self._entries.move_to_end(key)
                return self._entries[key]
        answer = compute()
        with self._lock:
            self._entries[key] = answer
            self._entries.move_to_end(key)
            while len(self._entries) > self._size:
                self._entries.popitem(last=False)
        return answer
