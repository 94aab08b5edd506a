"""Makes a folder hold the made company that was wished for: whole, of today, built by this very program."""

import json
import os
import shutil
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from voronka.domain.errors import SettingsError
from voronka.pipeline.building import Progress, build_core
from voronka.pipeline.importing import import_source
from voronka.pipeline.workplace import Workplace
from voronka.settings import load_settings

DEMO_FILE = "demo.json"
"""What a made company's folder holds and no other does: the plan it was made by."""
_BUILT_BY = Path("lake") / ".built_by"
_PROGRAM = Path(__file__).parents[1]


@dataclass(frozen=True)
class DemoWish:
    """What a made company should be; None: as it is already, else the generator's own choice."""

    managers: int | None = None
    months: int | None = None
    seed: int | None = None

    def given(self) -> dict[str, int]:
        """Return what was asked for."""
        return {name: value for name, value in vars(self).items() if value is not None}


@dataclass(frozen=True)
class DemoFolder:
    """A folder for a made company; `open_workplace` opens a folder for imports, `additive` names its additive metrics.

    `clock` gives the time in UTC without a zone.
    """

    path: Path
    wish: DemoWish
    clock: Callable[[], datetime]
    open_workplace: Callable[[Path], AbstractContextManager[Workplace]]
    additive: Callable[[Workplace], list[str]]

    def ready(self, say: Callable[[str], None], progress: Progress, *, fresh: bool, keep: bool) -> None:
        """Make the company where it is not the one wished for or `fresh` is, and say so; else leave it as it is.

        With `keep`, one of an earlier day will do. SettingsError where the folder holds something else.
        """
        why = self.why_made(keep=keep) or ("a fresh one was asked for" if fresh else "")
        if why:
            say(f"The demo company is made: {why}. This takes about a minute.")
            self.make(say, progress)
        else:
            self.freshen(say, progress)

    def why_made(self, *, keep: bool) -> str:
        """Return why the company is to be made (anew), '' where the folder holds the one wished for.

        With `keep`, one of an earlier day will do. SettingsError where the folder holds something else, which is
        never touched.
        """
        known = self._plan()
        if known is None:
            if self.path.exists() and (not self.path.is_dir() or any(self.path.iterdir())):
                what = "the folder is not empty and holds no demo company"
                raise SettingsError(what, where=str(self.path), do="Name another folder")
            return "there is none in this folder yet"
        if any(known.get(name) != value for name, value in self.wish.given().items()):
            return "another one was asked for"
        zone = load_settings(self.path).zone()
        made, today = (at.replace(tzinfo=UTC).astimezone(zone).date() for at in (_until(known), self.clock()))
        return "" if keep or made == today else f"it was made on {made}, and its days end there"

    def make(self, say: Callable[[str], None], progress: Progress) -> None:
        """Make the company beside the folder, load and build it, and put it in its place when it is whole.

        What an interrupted making left is removed. What the wish does not say stays as it was in an earlier company.
        """
        # numpy and the generator are loaded where a company is made only: another start should take a moment
        from voronka.demo.company import DemoPlan, make_company  # noqa: PLC0415

        _remove_left_behind(self.path)
        before = {name: value for name, value in (self._plan() or {}).items() if name in vars(DemoWish())}
        making = _beside(self.path, "making")
        try:
            say("Making the company's exports ...")
            make_company(making, DemoPlan(until=self.clock(), **{**before, **self.wish.given()}))
            self._load(making, say, progress)
            _put(making, self.path)
        finally:
            shutil.rmtree(making, ignore_errors=True)

    def freshen(self, say: Callable[[str], None], progress: Progress) -> None:
        """Build anew what another version of this program built."""
        if _text(self.path / _BUILT_BY) == _program():
            return
        say("Voronka has changed since the tables were built: they are built anew ...")
        with self.open_workplace(self.path) as work:
            build_core(work, self.additive(work), progress)
        (self.path / _BUILT_BY).write_text(_program(), "utf-8")

    def _load(self, folder: Path, say: Callable[[str], None], progress: Progress) -> None:
        with self.open_workplace(folder) as work:
            for source in work.sources.values():
                say(f"Importing {source.source} ...")
                for outcome in import_source(work, source):
                    if outcome.error is not None:
                        raise outcome.error
            say("Building the tables ...")
            build_core(work, self.additive(work), progress)
        (folder / _BUILT_BY).write_text(_program(), "utf-8")

    def _plan(self) -> dict[str, Any] | None:
        """Return what the company was asked to be, None where the folder holds none."""
        try:
            plan = json.loads(_text(self.path / DEMO_FILE))
            _until(plan)
        except (ValueError, KeyError, TypeError):
            return None
        return dict(plan)


def _until(plan: Mapping[str, Any]) -> datetime:
    return datetime.fromisoformat(plan["until"]).replace(tzinfo=None)


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except OSError:
        return ""


def _beside(folder: Path, what: str) -> Path:
    return folder.with_name(f".{folder.name}.{what}-{os.getpid()}")


def _put(making: Path, folder: Path) -> None:
    """Move a whole company to its place; an earlier one is there until the moment before."""
    if not folder.exists():
        making.rename(folder)
        return
    old = _beside(folder, "old")
    folder.rename(old)
    making.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def _remove_left_behind(folder: Path) -> None:
    """Remove what makings that were interrupted left beside the folder; one that is under way is let be."""
    for what in ("making", "old"):
        for left in folder.parent.glob(f".{folder.name}.{what}-*"):
            number = left.name.rpartition("-")[2]
            if number.isdecimal() and not _is_alive(int(number)):
                shutil.rmtree(left, ignore_errors=True)


def _is_alive(process: int) -> bool:
    if process == os.getpid():
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _program() -> str:
    """Return a text that changes with this program's files: told by their sizes and times, which takes a moment."""
    told = sha256()
    for path in sorted(_PROGRAM.rglob("*")):
        if path.suffix in {".py", ".sql", ".yml"}:
            known = path.stat()
            told.update(f"{path.relative_to(_PROGRAM)} {known.st_size} {known.st_mtime_ns}\n".encode())
    return told.hexdigest()
