"""Tells open pages that the data were built anew: a stream of events for each, ended when its visitor signs out."""

import asyncio
import json
import logging
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from time import monotonic

from voronka.domain.errors import QuestionError, VoronkaError

MOST_OF_ONE = 20
"""How many streams one user may have open in one process: a stream for each page that is looked at."""
LOOK_SECONDS = 2.0
"""How often one look, for all who listen, is taken at whether there is a new build."""
CHECK_SECONDS = 5.0
"""How often each who listens is checked to be still signed in."""
AGAIN_MS = 5_000
"""After how long a browser whose stream has ended comes again."""

Inside = Callable[[], Awaitable[bool]]

log = logging.getLogger("voronka.web")


class News:
    """The version of the data as it was last seen, and those who wait for the next one."""

    def __init__(self, version: Callable[[], str], look_seconds: float = LOOK_SECONDS) -> None:
        """Know nothing yet; `version` says which data there are, and may take a moment."""
        self._version = version
        self._look_seconds = look_seconds
        self._known = ""
        self._listening: Counter[int] = Counter()
        self._woken = asyncio.Event()
        self._is_over = False

    @property
    def listening(self) -> int:
        """Return how many listen."""
        return self._listening.total()

    async def watch(self) -> None:
        """Look for a new build again and again, as long as anybody listens."""
        while not self._is_over:
            if self.listening:
                await self._look()
            await asyncio.sleep(self._look_seconds)

    def stop(self) -> None:
        """End all streams: a server that stops waits for none of them."""
        self._is_over = True
        self._wake()

    async def stream(self, user_id: int, inside: Inside, seconds: float) -> AsyncIterator[str]:
        """Give the events for one who listens: the version now, and each later one, for so many seconds at most.

        `inside` says whether they are still signed in; where they are not, the stream ends with the event `over`. It
        tells which version there is and nothing of what is in it: that is asked for by the same ways as ever.
        QuestionError where the user has too many streams already.
        """
        if self._listening[user_id] >= MOST_OF_ONE:
            raise QuestionError("too many pages listen for new data already", do="Close some of them")
        self._listening[user_id] += 1
        try:
            async for event in self._events(inside, monotonic() + seconds):
                yield event
        finally:
            self._listening[user_id] -= 1
            self._listening += Counter()  # whoever has none is forgotten

    async def _events(self, inside: Inside, until: float) -> AsyncIterator[str]:
        await self._look()
        told = self._known
        yield f"retry: {AGAIN_MS}\n{_event('version', told)}"
        while not self._is_over and (left := until - monotonic()) > 0:
            woken = self._woken
            with suppress(TimeoutError):
                await asyncio.wait_for(woken.wait(), min(CHECK_SECONDS, left))
            if self._is_over:
                break
            if not await inside():
                yield _event("over", "")
                return
            if self._known != told:
                told = self._known
                yield _event("version", told)
            else:
                yield ": still here\n\n"  # a proxy that hears nothing for long hangs up

    async def _look(self) -> None:
        try:
            known = await asyncio.to_thread(self._version)
        except VoronkaError as fault:
            log.warning("It cannot be seen whether there are new data: %s", fault)
            return
        if known != self._known:
            self._known = known
            self._wake()

    def _wake(self) -> None:
        woken, self._woken = self._woken, asyncio.Event()
        woken.set()


def _event(name: str, version: str) -> str:
    return f"event: {name}\ndata: {json.dumps({'version': version})}\n\n"
