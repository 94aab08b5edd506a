"""A function without a home means that a word is missing from the domain, not that a drawer is."""

from tests.house.tree import PACKAGE, shown

DRAWERS = {"util", "utils", "common", "core", "helper", "helpers", "misc", "manager", "managers", "base", "shared"}
# transform/core/ holds the SQL of the core model: the trade's own word, and a folder, not a module.


def test_no_module_is_a_drawer_for_odds_and_ends() -> None:
    drawers = [
        shown(path)
        for path in sorted(PACKAGE.rglob("*"))
        if (path.suffix == ".py" and DRAWERS & set(path.stem.split("_")))
        or (path.is_dir() and path.name in DRAWERS - {"core"} and any(path.rglob("*.py")))
    ]
    assert drawers == []
