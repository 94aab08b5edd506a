"""Replaces files that people write: one writer at a time, and a file is the old one or the new one, never half."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from voronka.domain.disk_faults import disk_told

_LOCK = Path("lake") / ".pipelines.lock"


@contextmanager
def turn_at_pipelines(folder: Path) -> Iterator[None]:
    """Wait until nobody else changes the files of pipelines/; the turn is given back however this ends."""
    place = folder / _LOCK
    with disk_told(str(place)):
        place.parent.mkdir(parents=True, exist_ok=True)
        lock = place.open("w")
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def replace_text(path: Path, text: str) -> None:
    """Put a text, ends of lines as they are in it, in the place of a file's; StorageError where the disk refuses."""
    target = path.resolve()
    half = target.with_name(f".{target.name}.{os.getpid()}.half")
    with disk_told(str(path)):
        try:
            half.write_bytes(text.encode("utf-8"))
            if target.exists():
                shutil.copymode(target, half)
            half.replace(target)
        finally:
            half.unlink(missing_ok=True)
