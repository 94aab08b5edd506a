"""Reads the figures of a page's analyses, which no question gives, and compares them with what the server sent."""

import json
from typing import Any

from playwright.sync_api import BrowserContext, Page

from tests.e2e.figures import near

READ = """
() => [...document.querySelectorAll('[data-table] [data-name]')].map(figure => ({
  table: figure.closest('[data-table]').dataset.table,
  name: figure.dataset.name, key: figure.dataset.key, value: figure.dataset.value,
}))
"""


def compare_with_the_server(page: Page, context: BrowserContext, address: str, least: int) -> set[str]:
    """Compare every figure of a table with the page's answer; return the tables shown. Fails under `least` figures."""
    sent: dict[str, Any] = context.request.get(address).json()["tables"]
    found = page.evaluate(READ)
    for figure in found:
        expected = _value(sent[figure["table"]], json.loads(figure["key"]), figure["name"])
        value = json.loads(figure["value"])
        assert value == near(expected), figure
    assert len(found) >= least
    return {figure["table"] for figure in found}


def _value(table: dict[str, Any], key: dict[str, Any], name: str) -> float | None:
    if not key:
        value: float | None = table["totals"][name]
        return value
    rows = [row for row in table["rows"] if all(row.get(column) == given for column, given in key.items())]
    assert rows, f"no row has {key}"
    assert len({row[name] for row in rows}) == 1, f"rows of {key} differ in {name}"
    found: float | None = rows[0][name]
    return found
