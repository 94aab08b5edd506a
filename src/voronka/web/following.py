"""Keeps a running server at the settings that the company's file holds: each process looks for itself."""

import logging
from collections.abc import Callable
from pathlib import Path
from threading import Lock

from voronka.bootstrap import OpenCompany
from voronka.domain.errors import VoronkaError
from voronka.settings import FILE

log = logging.getLogger("voronka.web")


class Following:
    """The company under the settings of the moment; safe to share between threads."""

    def __init__(self, company: OpenCompany, then: Callable[[OpenCompany], None]) -> None:
        """Begin with the company as it was opened; `then` hears of it under other settings before anybody is served."""
        self._company = company
        self._then = then
        self._seen = _state(company.folder)
        self._lock = Lock()

    def now(self) -> OpenCompany:
        """Return the company under what the file says now; what is broken is in the log, and the last good holds."""
        if _state(self._company.folder) != self._seen:
            with self._lock:  # whoever saved is shown what they saved: the rest wait the moment that it takes
                self._look()
        return self._company

    def _look(self) -> None:
        state = _state(self._company.folder)
        if state == self._seen:
            return
        try:
            found = self._company.as_set_now()
        except VoronkaError as fault:
            log.warning("The settings from before hold: %s", fault)
        else:
            if found is not self._company:
                self._company = found
                self._then(found)
        self._seen = state


def _state(folder: Path) -> tuple[int, int, int] | None:
    """Return what tells one writing of the file from another, None where it is not there."""
    try:
        told = (folder / FILE).stat()
    except OSError:
        return None
    return told.st_mtime_ns, told.st_size, told.st_ino
