"""Faults of the disk, by whatever library they are raised, told as what happened, where, and what to do."""

import errno
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager

from voronka.domain.errors import StorageError, VoronkaError

_AGAIN = "run it again; what was loaded before is untouched"
_TOLD = {
    errno.ENOSPC: ("the disk is full", f"Free some space, then {_AGAIN}"),
    errno.EDQUOT: ("the space that this account may use is full", f"Free some space, then {_AGAIN}"),
    errno.EFBIG: (
        "a file would become larger than this disk or account allows",
        f"Have the limit raised, then {_AGAIN}",
    ),
    errno.EIO: ("the disk could not be read or written", f"Have the disk checked, then {_AGAIN}"),
    errno.EROFS: ("the disk may only be read", f"Make it writable, then {_AGAIN}"),
    errno.EACCES: ("Voronka may not write or read this", f"Give it the right, then {_AGAIN}"),
}
_NUMBER = re.compile(r"\(os error (\d+)\)")
_WORDS = {os.strerror(code): code for code in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EROFS)} | {
    "database or disk is full": errno.ENOSPC,
    "disk I/O error": errno.EIO,
}
"""How libraries write the number of a fault: Rust's as (os error 28), the engine's and SQLite's in words."""


def disk_fault(fault: BaseException, where: str = "") -> StorageError | None:
    """Return a fault of the disk told for people, None where it is another."""
    if isinstance(fault, VoronkaError):
        return None
    code = fault.errno if isinstance(fault, OSError) and fault.errno is not None else _code(str(fault))
    if code not in _TOLD:
        return None
    what, do = _TOLD[code]
    return StorageError(what, where=str(getattr(fault, "filename", "") or where), do=do)


@contextmanager
def disk_told(where: str = "") -> Iterator[None]:
    """Raise faults of the disk as StorageError; `where` is the place that is told where the fault names none."""
    try:
        yield
    except Exception as fault:
        told = disk_fault(fault, where)
        if told is None:
            raise
        raise told from fault


def _code(text: str) -> int | None:
    found = _NUMBER.search(text)
    if found is not None:
        return int(found[1])
    return next((code for words, code in _WORDS.items() if words in text), None)
