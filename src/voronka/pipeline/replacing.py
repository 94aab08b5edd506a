"""Replaces files that people write: one writer at a time, and a file is the old one or the new one, never half."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from voronka.domain.disk_faults import disk_told

_MARK = "\ufeff"


def turn_at_pipelines(folder: Path) -> AbstractContextManager[None]:
    """Wait until nobody else changes the files of pipelines/; the turn is given back however this ends."""
    return _turn(folder / "lake" / ".pipelines.lock")


def turn_at_settings(folder: Path) -> AbstractContextManager[None]:
    """Wait until nobody else changes voronka.toml from a page; the turn is given back however this ends."""
    return _turn(folder / "lake" / ".settings.lock")


@contextmanager
def _turn(place: Path) -> Iterator[None]:
    with disk_told(str(place)):
        place.parent.mkdir(parents=True, exist_ok=True)
        lock = place.open("w")
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def raw_text(path: Path) -> str:
    """Return what a file says, byte for byte."""
    return path.read_bytes().decode("utf-8")


def plain_text(raw: str) -> str:
    """Return a file's text without its mark, its lines ended as in Unix."""
    return raw.removeprefix(_MARK).replace("\r\n", "\n")


def as_it_was(text: str, raw: str) -> str:
    """Return a plain text with the ends of lines and the mark of the file that it is of."""
    ended = text.replace("\n", "\r\n") if "\r\n" in raw else text
    return f"{_MARK}{ended}" if raw.startswith(_MARK) else ended


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
