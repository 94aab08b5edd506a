"""Keeps what people changed on the pages, a line each: what is written stays, and half a line is no line."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Generic, TypeVar

from voronka.domain.disk_faults import disk_told
from voronka.domain.errors import QuestionError

FOLDER = "lake"
ENDING = "_changes.jsonl"
"""How the files of changes are called: a backup takes them along."""


@dataclass(frozen=True)
class Made:
    """Who changes something, and when (UTC without a zone)."""

    by: str
    at: datetime


def place_of(subject: str) -> Path:
    """Return where the changes of a subject are kept, seen from the company's folder."""
    return Path(FOLDER) / f"{subject}{ENDING}"


@dataclass(frozen=True)
class Line:
    """A change: the number that it is called by, when it was made (UTC without a zone), and by whom."""

    number: int
    at: datetime
    by: str


Kept = TypeVar("Kept", bound=Line)


@dataclass(frozen=True)
class Chronicle(Generic[Kept]):
    """The changes of a subject; `read` makes one of what a line tells, TypeError or KeyError where it cannot."""

    subject: str
    read: Callable[[dict[str, Any]], Kept]

    @property
    def place(self) -> Path:
        """Return where they are kept, seen from the company's folder."""
        return place_of(self.subject)

    def changes(self, folder: Path) -> list[Kept]:
        """Return all of them, oldest first."""
        found = []
        for told in written_down(folder / self.place):
            with suppress(TypeError, KeyError):  # a line of another version
                found.append(self.read(told))
        return found

    def numbered(self, folder: Path, number: int) -> Kept:
        """Return a change by its number; QuestionError where there is none."""
        found = next((each for each in self.changes(folder) if each.number == number), None)
        if found is None:
            raise QuestionError(f"no change has the number {number}", do="Look at the page again")
        return found

    def next_number(self, folder: Path) -> int:
        """Return a number that no change has."""
        return max((each.number for each in self.changes(folder)), default=0) + 1

    def keep(self, folder: Path, change: Kept) -> None:
        """Add a change; StorageError where the disk refuses."""
        write_down(folder / self.place, asdict(change))


def write_down(place: Path, told: Mapping[str, object]) -> None:
    """Add a line; StorageError where the disk refuses."""
    line = json.dumps(told, ensure_ascii=False, default=str)
    with disk_told(str(place)):
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("a", encoding="utf-8") as kept:
            kept.write("\n" * _is_torn(place) + line + "\n")


def written_down(place: Path) -> Iterator[dict[str, Any]]:
    """Give the lines, oldest first, `at` of each as a moment; a line that was not written to its end is none."""
    if not place.is_file():
        return
    for line in place.read_text(encoding="utf-8").split("\n"):
        try:
            told = json.loads(line)
            yield {**told, "at": datetime.fromisoformat(told["at"])}
        except (ValueError, TypeError, KeyError):
            continue


def _is_torn(place: Path) -> bool:
    """Say whether the last line was not written to its end."""
    text = place.read_bytes()
    return bool(text) and not text.endswith(b"\n")
