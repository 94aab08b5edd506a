"""Which metrics are in force: those of the company's files, or the last good ones while a file is broken."""

import json
import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from threading import Lock

from voronka.domain.errors import DefinitionError, SettingsError, VoronkaError
from voronka.metrics.catalogue import Catalogue
from voronka.metrics.definition import Choice
from voronka.metrics.examples import Analyses, MakeEngine, check_example
from voronka.settings import text_of

FOLDER = "metrics"
KEPT = Path("lake") / "definitions.json"
"""The texts of the definitions that were last found whole."""

LOOK_SECONDS = 1.0
"""How long a running server goes without looking whether a file has changed."""

Texts = tuple[tuple[str, str], ...]
Choices = Mapping[str, Choice]


@dataclass(frozen=True)
class OwnDefinitions:
    """A company's definitions: the files of its folder, the variants that it chose, the numbers that formulas name."""

    folder: Path
    choices: Choices
    constants: Mapping[str, float]

    def texts(self) -> Texts:
        """Return (path, text) of the company's files; SettingsError where one cannot be read."""
        paths = sorted((self.folder / FOLDER).glob("*.y*ml"))
        return tuple(
            (where, text_of(path, where)) for path in paths for where in [path.relative_to(self.folder).as_posix()]
        )

    def checked(self) -> Catalogue:
        """Return the metrics as the files say now; DefinitionError or SettingsError names what is wrong."""
        return self._catalogue(self.texts(), self.choices)

    def example_faults(self, make_engine: MakeEngine, analyses: Analyses) -> tuple[int, list[str]]:
        """Return how many worked examples the company's files have, and what is wrong with those that do not come out.

        They are worked out with the company's own numbers and variants, an example's own variants over these. A line
        reads `metrics/own.yml:12: NAME: what differs`. DefinitionError or SettingsError where a file is broken.
        """
        texts = self.texts()
        own = {path for path, _ in texts}
        found = [each for each in self._catalogue(texts, self.choices).examples if each.path in own]
        faults = []
        for example in found:
            try:
                said = check_example(
                    example, lambda chosen: self._catalogue(texts, {**self.choices, **chosen}), make_engine, analyses
                )
            except VoronkaError as fault:
                said = [str(fault).removeprefix(f"{example.place}: ")]
            faults += [f"{example.place}: {example.entry.name}: {each}" for each in said]
        return len(found), faults

    def in_force(self, now: datetime) -> Catalogue:
        """Return the metrics as the files say, and keep their texts; else the last good ones, with a notice.

        `now` is the company's local time, told in a later notice. Where a file is broken and nothing good was ever
        kept, its error is raised.
        """
        try:
            texts = self.texts()
            found = self._catalogue(texts, self.choices)
        except (DefinitionError, SettingsError) as fault:
            return self._last_good(fault)
        self._keep(texts, now)
        return found

    def _catalogue(self, texts: Texts, choices: Choices) -> Catalogue:
        return Catalogue.load(texts, choices, self.constants)

    def _last_good(self, fault: VoronkaError) -> Catalogue:
        kept = _read(self.folder / KEPT)
        if kept is None:
            raise fault
        try:
            found = self._catalogue(kept.texts, kept.choices)
        except VoronkaError:  # another version of Voronka refuses them now
            raise fault from None
        return replace(found, notice=f"{_ended(fault)} Until it is mended, the definitions of {kept.at} hold")

    def _keep(self, texts: Texts, now: datetime) -> None:
        kept = _Kept(texts, dict(self.choices), now.isoformat(" ", "minutes"))
        before = _read(self.folder / KEPT)
        if before is not None and (before.texts, before.choices) == (kept.texts, kept.choices):
            return
        with suppress(OSError):  # a folder that may only be read is asked all the same; nothing can break there
            kept.write(self.folder / KEPT)


@dataclass(frozen=True)
class _Kept:
    texts: Texts
    choices: Choices
    at: str

    def write(self, path: Path) -> None:
        """Put it in the place of what was kept before, in one step."""
        choices = {name: [c.variant, c.since.isoformat() if c.since else None] for name, c in self.choices.items()}
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_suffix(f".{os.getpid()}")
        beside.write_text(json.dumps([self.at, choices, self.texts], ensure_ascii=False), encoding="utf-8")
        beside.replace(path)


def _read(path: Path) -> _Kept | None:
    """Return what was kept, None where nothing was or it cannot be read."""
    try:
        at, choices, texts = json.loads(path.read_text(encoding="utf-8"))
        chosen = {
            name: Choice(use, date.fromisoformat(since) if since else None) for name, (use, since) in choices.items()
        }
        return _Kept(tuple((where, text) for where, text in texts), chosen, at)
    except (OSError, ValueError, TypeError, AttributeError):
        return None


def _ended(fault: VoronkaError) -> str:
    said = str(fault)
    return said if said.endswith((".", "?")) else f"{said}."


class LiveDefinitions:
    """The metrics in force of a running server: read again when a file changes, looked at now and then."""

    def __init__(self, own: OwnDefinitions, local_now: Callable[[], datetime], seconds: Callable[[], float]) -> None:
        """Read them; `local_now` is the company's time, `seconds` any clock that only goes on."""
        self._own, self._local_now, self._seconds = own, local_now, seconds
        self._lock = Lock()
        self._looked = seconds()
        self._seen = _state(own.folder)
        self._catalogue = own.in_force(local_now())

    def now(self) -> Catalogue:
        """Return the metrics in force; those of before where another thread is reading the changed files."""
        if self._seconds() - self._looked >= LOOK_SECONDS and self._lock.acquire(blocking=False):
            try:
                self._looked = self._seconds()
                self._look()
            finally:
                self._lock.release()
        return self._catalogue

    def _look(self) -> None:
        state = _state(self._own.folder)
        if state == self._seen:
            return
        self._seen = state
        try:
            self._catalogue = self._own.in_force(self._local_now())
        except VoronkaError as fault:  # what was good could not be kept: this server still has it
            notice = f"{_ended(fault)} Until it is mended, the definitions from before hold"
            self._catalogue = replace(self._catalogue, notice=notice)


def _state(folder: Path) -> Sequence[tuple[str, int, int]]:
    """Return the names, times and sizes of the company's definition files."""
    found = []
    for path in sorted((folder / FOLDER).glob("*.y*ml")):
        with suppress(OSError):  # gone meanwhile, as editors do that write a file anew
            told = path.stat()
            found.append((path.name, told.st_mtime_ns, told.st_size))
    return found
