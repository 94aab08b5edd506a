"""Finds the files that a stream's path means."""

import glob
import hashlib
from pathlib import Path

from voronka.connectors.files.batch import SourceFile
from voronka.connectors.files.limits import DEFAULT_LIMITS, refuse_large
from voronka.domain.errors import InputError, did_you_mean
from voronka.settings import LimitSettings

BLOCK_BYTES = 1 << 20
OFFICE_LOCK = "~$"  # an open workbook leaves such a file beside it
NEIGHBOURS_MAX = 2000  # names looked at for a hint; a folder of exports can be huge


def find_files(pattern: str, base: Path, limits: LimitSettings = DEFAULT_LIMITS) -> list[SourceFile]:
    """Return the files that `pattern` (absolute, or from `base`) means, sorted by name.

    One over the limit of size is refused before it is read. A pattern that is the exact path of a file means this
    file, whatever wildcard letters its name holds.
    """
    exact = base / pattern
    found = [exact] if exact.is_file() else _matching(pattern, base)
    files = sorted(found, key=lambda path: _name(path, base))
    if not files:
        raise _nothing_found(pattern, base)
    return [_source_file(path, base, limits) for path in files]


def _matching(pattern: str, base: Path) -> list[Path]:
    anchored = Path(glob.escape(str(base))) / pattern
    hits = glob.glob(str(anchored), recursive=True)  # noqa: PTH207 - Path.glob refuses absolute patterns
    return [path for path in map(Path, hits) if path.is_file() and not path.name.startswith(OFFICE_LOCK)]


def _name(path: Path, base: Path) -> str:
    return path.relative_to(base).as_posix() if path.is_relative_to(base) else path.as_posix()


def _source_file(path: Path, base: Path, limits: LimitSettings) -> SourceFile:
    name = _name(path, base)
    try:
        refuse_large(SourceFile(path, name, "", path.stat().st_size), limits)
        digest, size = _digest(path)
    except OSError as fault:
        cause = fault.strerror or str(fault)
        raise InputError(f"the file cannot be read ({cause})", where=name, do="Check who may read it") from fault
    return SourceFile(path=path, name=name, sha256=digest, size=size)


def _digest(path: Path) -> tuple[str, int]:
    digest = hashlib.sha256()
    size = 0
    with path.open("rb") as source:
        while block := source.read(BLOCK_BYTES):
            digest.update(block)
            size += len(block)
    return digest.hexdigest(), size


def _nothing_found(pattern: str, base: Path) -> InputError:
    folder = (base / pattern).parent
    what = f"no file matches {pattern} in {base}"
    if glob.has_magic(str(folder)):
        return InputError(what, do="Check the path of the stream")
    if not folder.is_dir():
        return InputError(what, do=f"There is no folder {folder}")
    neighbours = [path.name for path, _ in zip(folder.iterdir(), range(NEIGHBOURS_MAX), strict=False) if path.is_file()]
    return InputError(what, do=did_you_mean(Path(pattern).name, neighbours) or "Check the path of the stream")
