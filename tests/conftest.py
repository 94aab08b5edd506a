"""What tests of several rooms need."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FIRST = "demo"
"""The folder whose tests run before all others: a worker alone with the longest file would keep all waiting."""
LAST = "e2e"
"""The folder whose tests run after all others: the browser's own event loop lives until the end."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: (LAST in item.path.parts, item.path.parent != ROOT / "tests" / FIRST))


@pytest.fixture(scope="session")
def real_tables() -> Path:
    """Return the folder of real tables that nobody here made; skip where there is none."""
    folder = Path(os.environ.get("VORONKA_TEST_DATA") or ROOT.parent / "shared" / "data")
    if not folder.is_dir():
        pytest.skip("the real tables are not here: name their folder in VORONKA_TEST_DATA")
    return folder
