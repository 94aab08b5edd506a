"""Keeps what people changed on the pages, a line each: what is written stays, and half a line is no line."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from voronka.domain.disk_faults import disk_told

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
