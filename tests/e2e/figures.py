"""Reads the figures of a page and asks the same of the command line."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from playwright.sync_api import Page

from voronka.cli.main import main

READ = """
() => [...document.querySelectorAll('[data-ask]')].flatMap(block =>
  [...block.querySelectorAll('[data-name]')]
    .filter(figure => figure.closest('[data-ask]') === block)
    .map(figure => ({
      block: block.closest('[data-block]')?.dataset.block ?? '',
      ask: block.dataset.ask, name: figure.dataset.name, key: figure.dataset.key, value: figure.dataset.value,
      text: figure.textContent.trim(),
    })))
"""


@dataclass(frozen=True)
class Figure:
    """One number on the page: in which block, of which question, which column and row, and its value."""

    block: str
    ask: str
    name: str
    key: tuple[tuple[str, Any], ...]
    value: float | None
    text: str


def figures(page: Page) -> list[Figure]:
    """Return every figure that the page shows."""
    return [
        Figure(
            found["block"],
            found["ask"],
            found["name"],
            tuple(sorted(json.loads(found["key"] or "{}").items())),
            json.loads(found["value"]),
            found["text"],
        )
        for found in page.evaluate(READ)
    ]


def answers(company: Path, asks: set[str]) -> dict[str, dict[str, Any]]:
    """Return what `voronka query` says to each question, its rows and totals."""
    return {ask: _asked(company, json.loads(ask)) for ask in asks}


def _asked(company: Path, ask: dict[str, Any]) -> dict[str, Any]:
    done = CliRunner().invoke(main, ["query", *_arguments(ask), "--envelope", "--company", str(company)])
    assert done.exit_code == 0, done.output
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _arguments(ask: dict[str, Any]) -> Iterator[str]:
    yield from ask["metrics"]
    for name in ask["by"]:
        yield from ("--by", name)
    for name, values in ask["where"].items():
        for value in values:
            yield from ("--where", f"{name}={value or ''}")
    for option, value in (("--from", ask["from"]), ("--to", ask["to"]), ("--compare", ask["compare"])):
        yield from (option, value) if value else ()


def near(expected: Any) -> Any:  # noqa: ANN401 - what pytest compares with
    """Return what equals a value but for the order of summing: threads add fractions of hours up in any order."""
    return None if expected is None else pytest.approx(expected, rel=1e-9)


def value_in(answer: dict[str, Any], figure: Figure) -> object:
    """Return the value of a figure in the answer of the command line."""
    if not figure.key:
        return answer["totals"][figure.name]
    found = [row for row in answer["rows"] if all(row[name] == value for name, value in figure.key)]
    assert len(found) == 1, f"{len(found)} rows have {figure.key}"
    return found[0][figure.name]
