"""The build hook builds the pages when they are stale, and says what to do when it cannot."""

import gzip
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

import hatch_build


class Steps:
    """Takes the place of node: writes what vite would, or fails as it would."""

    def __init__(self, failing: str = "") -> None:
        self.calls: list[str] = []
        self.failing = failing

    def __call__(self, program: str, arguments: Sequence[str], folder: Path) -> "subprocess.CompletedProcess[str]":
        """Note the call and do as the program would."""
        self.calls.append(program)
        if program == self.failing:
            return subprocess.CompletedProcess([program, *arguments], 1, stdout="npm error ENOTFOUND")
        if program == "node":
            static = folder.parent / hatch_build.STATIC
            (static / "assets").mkdir(parents=True, exist_ok=True)
            (static / "index.html").write_text("<!doctype html>", "utf-8")
            (static / "assets" / "index-1.js").write_text("let a = 1;" * 100, "utf-8")
        return subprocess.CompletedProcess([program, *arguments], 0, stdout="")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    source = tmp_path / hatch_build.FRONTEND / "src"
    source.mkdir(parents=True)
    (source / "main.ts").write_text("let a = 1;", "utf-8")
    (source.parent / "package.json").write_text("{}", "utf-8")
    (source.parent / "package-lock.json").write_text("{}", "utf-8")
    return tmp_path


def test_pages_are_built_once_and_then_fresh(tree: Path) -> None:
    steps = Steps()
    assert hatch_build.build(tree, steps)
    assert not hatch_build.build(tree, steps)
    assert steps.calls == ["npm", "node"]


def test_a_changed_source_is_built_without_fetching_again(tree: Path) -> None:
    steps = Steps()
    hatch_build.build(tree, steps)
    (tree / "frontend/src/main.ts").write_text("let a = 2;", "utf-8")
    assert hatch_build.build(tree, steps)
    assert steps.calls == ["npm", "node", "node"]


def test_a_changed_lock_file_is_fetched_again(tree: Path) -> None:
    steps = Steps()
    hatch_build.build(tree, steps)
    (tree / "frontend/package-lock.json").write_text('{"lockfileVersion": 3}', "utf-8")
    hatch_build.build(tree, steps)
    assert steps.calls == ["npm", "node", "npm", "node"]


def test_pages_that_were_removed_are_built_again(tree: Path) -> None:
    hatch_build.build(tree, Steps())
    (tree / hatch_build.STATIC / "index.html").unlink()
    assert hatch_build.build(tree, Steps())


def test_a_changed_test_leaves_the_pages_fresh(tree: Path) -> None:
    hatch_build.build(tree, Steps())
    (tree / "frontend/src/main.test.ts").write_text("test()", "utf-8")
    assert not hatch_build.build(tree, Steps())


def test_a_file_renamed_with_the_same_contents_is_a_change(tree: Path) -> None:
    before = hatch_build.digest(tree / "frontend")
    (tree / "frontend/src/main.ts").rename(tree / "frontend/src/first.ts")
    assert hatch_build.digest(tree / "frontend") != before


def test_each_text_file_has_its_packed_twin(tree: Path) -> None:
    hatch_build.build(tree, Steps())
    script = tree / hatch_build.STATIC / "assets" / "index-1.js"
    assert gzip.decompress(script.with_name("index-1.js.gz").read_bytes()) == script.read_bytes()


@pytest.mark.parametrize(("failing", "step"), [("npm", "npm ci"), ("node", "vite build")])
def test_a_failed_step_is_named_with_its_last_words_and_leaves_nothing_fresh(
    tree: Path, failing: str, step: str
) -> None:
    with pytest.raises(SystemExit) as refused:
        hatch_build.build(tree, Steps(failing))
    assert step in str(refused.value)
    assert "npm error ENOTFOUND" in str(refused.value)
    assert hatch_build.build(tree, Steps())
