"""Imports go one way: data walk from the left to the right and never back."""

from graphlib import CycleError, TopologicalSorter

import pytest

from tests.house.tree import Import, Module, all_imports, imports, modules

# Each line is one step; rooms on one line stand side by side and do not know each other.
ORDER = (
    ("domain",),
    ("settings",),
    ("operations",),
    ("connectors", "lake"),
    ("transform",),
    ("metrics",),
    ("analyses",),
    ("reports",),
    ("pipeline",),
    ("demo",),
    ("bootstrap",),
    ("web", "cli", "mcp"),
    ("__init__", "__main__"),
)
STEP = {room: step for step, rooms in enumerate(ORDER) for room in rooms}
DOORS = ("web", "cli", "mcp")
OPEN_TO_DOORS = ("domain", "settings", "metrics", "analyses", "reports", "pipeline", "bootstrap")


def may_import(room: str, other: str) -> bool:
    """Say whether a module of `room` may import one of `other`."""
    return room == other or STEP[other] < STEP[room]


def against_the_order(found: Import, room: str) -> bool:
    """Say whether an import goes back, or to a room that stands side by side."""
    return found.room not in STEP or not may_import(room, found.room)


def said(found: Import) -> str:
    return f"{found.module}:{found.line} imports {found.target}"


def test_every_module_stands_in_a_room_of_the_order() -> None:
    assert [m.name for m in modules().values() if m.room not in STEP] == []


def test_imports_go_one_way() -> None:
    rooms = {m.name: m.room for m in modules().values()}
    assert [said(f) for f in all_imports() if against_the_order(f, rooms[f.module])] == []


def test_doors_reach_the_engine_the_store_and_the_sources_only_through_bootstrap() -> None:
    rooms = {m.name: m.room for m in modules().values()}
    wrong = [
        said(f)
        for f in all_imports()
        if rooms[f.module] in DOORS and f.room != rooms[f.module] and f.room not in OPEN_TO_DOORS
    ]
    assert wrong == []


def test_modules_import_each_other_in_no_circle() -> None:
    graph: dict[str, set[str]] = {name: set() for name in modules()}
    for found in all_imports():
        if found.target != found.module:
            graph[found.module].add(found.target)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as circle:
        pytest.fail(" -> ".join(circle.args[1]))


@pytest.mark.parametrize(
    "text",
    [
        "import voronka.metrics.query",
        "from voronka.metrics import query",
        "from voronka.metrics.query import Query",
        "def f():\n    from voronka.metrics import query",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from voronka.metrics import query",
        "import importlib\nimportlib.import_module('voronka.metrics.query')",
        "from ..metrics import query",
    ],
)
def test_an_import_is_seen_wherever_it_stands(text: str) -> None:
    module = Module("voronka.lake.tables", text)
    found = imports(module, frozenset({"voronka.metrics", "voronka.metrics.query"}))
    assert [f.target for f in found] == ["voronka.metrics.query"]
    assert against_the_order(found[0], "lake")


def test_rooms_side_by_side_may_not_import_each_other() -> None:
    assert not may_import("connectors", "lake")
    assert not may_import("lake", "connectors")
    assert not may_import("cli", "web")
    assert may_import("transform", "lake")
    assert may_import("lake", "lake")
