"""Puts all of a company into one file while it is worked on, and makes a company of such a file again."""

import hashlib
import io
import json
import os
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from fnmatch import fnmatch
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path, PurePosixPath
from typing import IO

from voronka.domain.errors import InputError, RetryError, SettingsError
from voronka.lake.delta import DeltaStore
from voronka.lake.ledger import TABLE as LEDGER
from voronka.lake.manifest import MANIFEST, read_manifest
from voronka.lake.session import Session
from voronka.operations import FILE as DATABASE
from voronka.pipeline.chronicle import ENDING as CHANGES
from voronka.settings import FILE as SETTINGS

FORMAT = 1
ABOUT = "backup.json"
"""What a backup says of itself: the last of its files, since it holds the sums of all others."""
SECRETS = (".env", "*.key", "*.pem", "*.p12", ".netrc")
"""Files that stay where they are: a backup is carried to places where a key must not be."""
_PIECE = 2**20
_LOG = "_delta_log"
_LAKE = "lake"
_TRIES = 5


@dataclass(frozen=True)
class Kept:
    """One file of a backup: its bytes and their SHA-256."""

    bytes: int
    sha256: str


@dataclass(frozen=True)
class Backup:
    """What a backup holds: the version of each table of the lake, the files with their sums, and what was left out."""

    made_at: str
    voronka: str
    tables: Mapping[str, int]
    files: Mapping[str, Kept]
    left_out: tuple[str, ...]
    format: int = FORMAT

    @property
    def bytes(self) -> int:
        """Return how much it holds."""
        return sum(each.bytes for each in self.files.values())


def back_up(folder: Path, store: DeltaStore, session: Session, target: Path, now: datetime) -> Backup:
    """Write a company into a new file and return what is in it; loads, builds and people go on meanwhile.

    The figures are those of the last finished build, the loads those that the ledger knew then; the database is copied
    after the lake, so that nothing people entered is older than the rows made of it. RetryError where the lake is
    tidied up meanwhile, SettingsError where the file is there already.
    """
    if target.exists():
        raise SettingsError("there is a file of this name already", where=str(target), do="Give another name")
    versions = _versions(store, session)
    with _new_file(target) as file, closing(tarfile.open(fileobj=file, mode="w")) as archive:
        writer = _Writer(archive)
        for name, number in versions.items():
            for path in _files_of(store, name, number):
                writer.add(path, f"{_LAKE}/{path.relative_to(store.root.resolve()).as_posix()}")
        writer.add_database(folder / DATABASE)
        left_out = []
        for path in _own_files(folder, {target.resolve(), Path(file.name).resolve()}):
            name = path.relative_to(folder).as_posix()
            if any(fnmatch(path.name, each) for each in SECRETS):
                left_out.append(name)
            else:
                writer.add(path, name)
        made = Backup(now.isoformat(timespec="seconds"), _installed(), versions, writer.files, tuple(left_out))
        writer.add_text(ABOUT, json.dumps(asdict(made), ensure_ascii=False, indent=1))
    return made


def look_into(source: Path) -> Backup:
    """Return what a backup holds; InputError where the file is none, or not a whole one."""
    try:
        with tarfile.open(source, "r:") as archive:
            found = archive.extractfile(ABOUT)
            read = json.loads(found.read() if found else b"")
            number = read["format"]
    except (tarfile.TarError, KeyError, TypeError, ValueError) as fault:
        what = "this is no backup of Voronka's, or not a whole one"
        raise InputError(what, where=str(source), do="Take another one") from fault
    if number != FORMAT:
        raise InputError("the backup was made by a newer version of Voronka", where=str(source), do="Update Voronka")
    files = {name: Kept(**each) for name, each in read["files"].items()}
    return Backup(read["made_at"], read["voronka"], read["tables"], files, tuple(read["left_out"]), read["format"])


def restore(source: Path, folder: Path, *, over: bool, now: datetime) -> tuple[Backup, Path | None]:
    """Make a company's folder of a backup; return what it holds and where the folder that was there has gone.

    Every sum is checked before anything is changed: InputError names the file that is not as it was. A folder that
    holds anything is refused with a SettingsError, unless it is to be put aside (`over`).
    """
    backup = look_into(source)
    is_taken = folder.exists() and (not folder.is_dir() or any(folder.iterdir()))
    if is_taken and not over:
        what = "this folder holds something already, and a backup is not mixed with it"
        raise SettingsError(what, where=str(folder), do="Name a new folder, or put this one aside with --over")
    folder.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}-"))
    try:
        _unpack(source, backup, made)
        aside = folder.with_name(f"{folder.name}.before-{now:%Y%m%d-%H%M%S}") if is_taken else None
        if aside is not None:
            folder.rename(aside)
        made.replace(folder)
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise
    return backup, aside


def _versions(store: DeltaStore, session: Session) -> dict[str, int]:
    """Return which version of each table belongs together.

    What is put into a table before the ledger knows of it does not count; so the ledger is looked at first. The core is
    as the manifest says, which names what one build made.
    """
    for _ in range(_TRIES):
        build = store.version(MANIFEST)
        core = read_manifest(store, session).versions
        if store.version(MANIFEST) == build:
            break
    else:
        raise RetryError("builds end faster than they can be looked at", do="Try again in a minute")
    found = {LEDGER: store.version(LEDGER)}
    found |= {name: store.version(name) for name in store.names("") if name not in {LEDGER, MANIFEST}}
    found |= {f"core/{name}": number for name, number in core.items()}
    found[MANIFEST] = build
    return {name: number for name, number in sorted(found.items()) if number is not None}


def _files_of(store: DeltaStore, name: str, number: int) -> Iterator[Path]:
    """Give the files of one version of a table: its log until then, and the rows' files that it names."""
    table = store.read(name, number)
    if table is None:
        raise RetryError("a table went away while it was backed up", where=name, do="Try again")
    log = store.root.resolve() / name / _LOG
    for path in sorted(log.iterdir()):
        head = path.name.partition(".")[0]
        if path.is_file() and head.isdigit() and int(head) <= number:
            yield path
    yield from (Path(file) for file in table.files)


def _own_files(folder: Path, without: set[Path]) -> Iterator[Path]:
    """Give the company's own files, in order: all but the lake, the database, and the backup being made.

    Of the lake's folder they are the changes that people made on pages: no table knows of them.
    """
    yield from (each for each in sorted((folder / _LAKE).glob(f"*{CHANGES}")) if each.is_file())
    for place, folders, names in os.walk(folder):
        inner = Path(place)
        folders[:] = sorted(each for each in folders if each != ".git" and not (inner == folder and each == _LAKE))
        for name in sorted(names):
            path = inner / name
            is_database = inner == folder and name in {DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm"}
            if not is_database and not path.is_symlink() and path.is_file() and path.resolve() not in without:
                yield path


class _Writer:
    """Puts files into an archive and notes their sums."""

    def __init__(self, archive: tarfile.TarFile) -> None:
        self._archive = archive
        self.files: dict[str, Kept] = {}

    def add(self, path: Path, name: str) -> None:
        """Put a file in; RetryError where it went away or became shorter meanwhile. What is added to it stays out."""
        try:
            with path.open("rb") as file:
                self._put(file, os.fstat(file.fileno()).st_size, name)
        except FileNotFoundError as fault:
            do = "Try again; for the lake, `engine.keep_hours` says how long replaced files are kept"
            raise RetryError("the file was removed while it was backed up", where=name, do=do) from fault

    def add_database(self, path: Path) -> None:
        """Put the database in as it is at one moment, whoever writes to it."""
        if not path.is_file():
            return
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".backup-") as place:
            copy = Path(place, DATABASE)
            with closing(sqlite3.connect(path)) as here, closing(sqlite3.connect(copy)) as there:
                here.backup(there)
            self.add(copy, DATABASE)

    def add_text(self, name: str, text: str) -> None:
        """Put a text in, whose sum nobody notes."""
        content = text.encode()
        self._archive.addfile(_entry(name, len(content)), io.BytesIO(content))

    def _put(self, file: IO[bytes], size: int, name: str) -> None:
        summed = _Summed(file)
        try:
            self._archive.addfile(_entry(name, size), summed)
        except OSError as fault:
            if summed.bytes < size and fault.errno is None:  # the archive's own: the file gave less than it has
                raise RetryError("the file changed while it was backed up", where=name, do="Try again") from fault
            raise
        self.files[name] = Kept(size, summed.digest())


class _Summed:
    """A file that is summed up while it is read."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._sum = hashlib.sha256()
        self.bytes = 0

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes."""
        piece = self._file.read(size)
        self._sum.update(piece)
        self.bytes += len(piece)
        return piece

    def digest(self) -> str:
        """Return the sum of what was read."""
        return self._sum.hexdigest()


def _entry(name: str, size: int) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = size, 0o600
    return entry


@contextmanager
def _new_file(target: Path) -> Iterator[IO[bytes]]:
    """Give a file that takes the name only when it is whole; its owner alone reads it."""
    with tempfile.NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}-", delete=False) as file:
        try:
            yield file
            file.flush()
            os.fsync(file.fileno())
            Path(file.name).replace(target)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise


def _unpack(source: Path, backup: Backup, folder: Path) -> None:
    """Write the files of a backup into a new folder; InputError where one is missing, strange, or not as it was."""
    left = dict(backup.files)
    with tarfile.open(source, "r:") as archive:
        for entry in archive:
            if entry.name == ABOUT:
                continue
            kept = left.pop(entry.name, None)
            content = archive.extractfile(entry) if kept is not None and entry.isreg() else None
            if kept is None or content is None or not _is_inside(entry.name):
                what = "the backup holds a file that it does not name"
                raise InputError(what, where=entry.name, do="Take another one")
            path = folder / entry.name
            path.parent.mkdir(parents=True, exist_ok=True)
            summed = _Summed(content)
            with path.open("wb") as file:
                shutil.copyfileobj(summed, file, _PIECE)
            if (summed.bytes, summed.digest()) != (kept.bytes, kept.sha256):
                raise InputError("the file is not as it was backed up", where=entry.name, do="Take another backup")
    if left:
        raise InputError("the backup lacks a file that it names", where=min(left), do="Take another one")
    if not (folder / SETTINGS).is_file():
        raise InputError("the backup holds no company", where=str(source), do="Take another one")
    if (folder / DATABASE).is_file():
        (folder / DATABASE).chmod(0o600)


def _is_inside(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and "\0" not in name


def _installed() -> str:
    try:
        return version("voronka")
    except PackageNotFoundError:
        return ""
