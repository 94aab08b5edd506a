"""Reads the tree as the house rules see it: modules, what each imports, files under version control."""

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src"
PACKAGE = SOURCE / "voronka"
UNIT = ROOT / "tests" / "unit"


@dataclass(frozen=True)
class Module:
    """A module of the product: its dotted name and its text."""

    name: str
    text: str
    is_package: bool = False

    @property
    def room(self) -> str:
        """Return the part after `voronka.`: `lake` of voronka.lake.engine, `__init__` of voronka itself."""
        parts = self.name.split(".")
        return parts[1] if len(parts) > 1 else "__init__"


@dataclass(frozen=True)
class Import:
    """One import statement's target, wherever in the module the statement stands."""

    module: str
    line: int
    target: str

    @property
    def room(self) -> str:
        """Return the room that the target lies in."""
        parts = self.target.split(".")
        return parts[1] if len(parts) > 1 else "__init__"


def sources() -> list[Path]:
    """Return the Python files of the product."""
    return sorted(PACKAGE.rglob("*.py"))


def dotted(path: Path) -> str:
    """Return the module name of a file of the product."""
    parts = path.relative_to(SOURCE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def modules() -> dict[str, Module]:
    """Return the product's modules by name."""
    found = (Module(dotted(p), p.read_text("utf-8"), p.name == "__init__.py") for p in sources())
    return {module.name: module for module in found}


def imports(module: Module, known: frozenset[str]) -> list[Import]:
    """Return what a module imports of the product: at the top, inside functions and under TYPE_CHECKING alike.

    `from voronka.lake import engine` means the module voronka.lake.engine where `known` has it, else voronka.lake.
    """
    return [
        Import(module.name, getattr(node, "lineno", 0), target)
        for node in ast.walk(ast.parse(module.text))
        for target in _targets(node, module, known)
        if target.split(".")[0] == "voronka"
    ]


def _targets(node: ast.AST, module: Module, known: frozenset[str]) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        origin = _origin(node, module)
        for alias in node.names:
            inner = f"{origin}.{alias.name}"
            yield inner if inner in known else origin
    elif isinstance(node, ast.Call) and ast.unparse(node.func) in {
        "importlib.import_module",
        "import_module",
        "__import__",
    }:
        yield from (a.value for a in node.args[:1] if isinstance(a, ast.Constant) and isinstance(a.value, str))


def _origin(node: ast.ImportFrom, module: Module) -> str:
    """Return the absolute name that `from X import` starts from; `from . import` is read too, though ruff bans it."""
    if not node.level:
        return node.module or ""
    parts = module.name.split(".")
    up = node.level - (1 if module.is_package else 0)
    base = parts[: len(parts) - up] if up else parts
    return ".".join([*base, *((node.module or "").split(".") if node.module else [])])


@cache
def all_imports() -> tuple[Import, ...]:
    """Return every import of the product by the product."""
    known = frozenset(modules())
    return tuple(found for module in modules().values() for found in imports(module, known))


@cache
def tracked() -> tuple[Path, ...]:
    """Return the files under version control and the new ones that are not ignored."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    names = listed.stdout.decode().split("\0")
    return tuple(ROOT / name for name in sorted(set(names)) if name and (ROOT / name).is_file())


def shown(path: Path) -> str:
    """Return a path as a person would type it at the repository's root."""
    return path.relative_to(ROOT).as_posix()
