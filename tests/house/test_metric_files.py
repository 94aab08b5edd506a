"""A metric's file says in both languages what its numbers are called, and shows by example how they come about."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from tests.house.tree import PACKAGE, shown
from voronka.metrics.catalogue import Catalogue

FILES = sorted((PACKAGE / "metrics" / "definitions").glob("*.yml"))
BOTH = {"ru", "en"}
MACHINE = re.compile(r"\b(fct|dim|int|src)_\w+|\bNULL\b|\bSELECT\b")
"""What a head of sales does not read."""


def test_there_are_metric_files() -> None:
    assert FILES


def test_every_metric_has_a_russian_and_an_english_title() -> None:
    wrong = [
        f"{shown(path)}: {name}"
        for path, name, metric in metrics()
        if set(metric.get("title") or {}) != BOTH or not all(str(t).strip() for t in metric["title"].values())
    ]
    assert wrong == []


def test_every_metric_says_in_both_languages_what_it_answers_and_counts_and_whose_definition_it_is() -> None:
    wrong = [
        f"{shown(path)}: {name}: {key}"
        for path, name, metric in metrics()
        for key in ("question", "definition")
        if not _is_said(metric.get(key))
    ]
    assert wrong == []
    assert [f"{shown(path)}: {name}" for path, name, metric in metrics() if not metric.get("source")] == []


def test_every_variant_says_what_it_means() -> None:
    wrong = [
        f"{shown(path)}: {name}: {variant}"
        for path, name, metric in metrics()
        for variant, meant in (metric.get("variants") or {}).items()
        if not _is_said(meant.get("definition"))
    ]
    assert wrong == []


def test_every_metric_has_an_example_in_its_file() -> None:
    known = Catalogue.load()
    assert [name for name in known.names if not known.explain(name).examples] == []


def test_every_subject_and_example_is_told_in_both_languages() -> None:
    files = {shown(path): read(path) for path in FILES}
    keys = ("title", "about")
    assert [f"{path}: {key}" for path, content in files.items() for key in keys if not _is_said(content.get(key))] == []
    untold = [
        f"{path}: {each['name']}"
        for path, content in files.items()
        for each in content["examples"]
        if not each.get("ru")
    ]
    assert untold == []


def _is_said(words: dict[str, str] | None) -> bool:
    """Say whether a text stands in both languages, and is of no language of machines."""
    if set(words or {}) != BOTH:
        return False
    return all(str(text).strip() and not MACHINE.search(str(text)) for text in (words or {}).values())


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
