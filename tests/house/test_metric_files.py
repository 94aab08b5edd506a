"""A metric's file says in both languages what its numbers are called, and shows by example how they come about."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from tests.house.tree import PACKAGE, shown

FILES = sorted((PACKAGE / "metrics" / "definitions").glob("*.yml"))
BOTH = {"ru", "en"}


def test_there_are_metric_files() -> None:
    assert FILES


def test_every_metric_has_a_russian_and_an_english_title() -> None:
    wrong = [
        f"{shown(path)}: {name}"
        for path, name, metric in metrics()
        if set(metric.get("title") or {}) != BOTH or not all(str(t).strip() for t in metric["title"].values())
    ]
    assert wrong == []


def test_every_metric_file_has_an_example() -> None:
    assert [shown(path) for path in FILES if not read(path).get("examples")] == []


def test_every_metric_file_opens_with_what_it_is_about() -> None:
    assert [shown(path) for path in FILES if not path.read_text("utf-8").startswith("# ")] == []


def test_a_metric_stands_in_one_file() -> None:
    seen: dict[str, list[str]] = {}
    for path, name, _ in metrics():
        seen.setdefault(name, []).append(shown(path))
    assert {name: files for name, files in seen.items() if len(files) > 1} == {}


def read(path: Path) -> dict[str, Any]:
    """Return a metric file's content."""
    content: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return content


def metrics() -> Iterator[tuple[Path, str, dict[str, Any]]]:
    """Return every metric with its file and name."""
    for path in FILES:
        for name, metric in read(path)["metrics"].items():
            yield path, name, metric
