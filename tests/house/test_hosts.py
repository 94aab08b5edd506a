"""Nothing under version control names a machine, its paths or a registry."""

import re
from pathlib import Path

import pytest

from tests.house.tree import ROOT, shown, tracked

FOREIGN = re.compile(
    r"""(?<![\w.~/-])/(?:home|Users|root|work(?:space)?)/[\w.]   # somebody's folder
      | ["']resolved["']\s*:\s*["']https?:                       # a lock file's download address
      | ^\s*--?(?:extra-index-url|index-url|find-links|i)\s+\S   # a registry in a requirements file
      | https?://[\w.-]+/(?:simple|packages|-)/[\w.-]             # a package's own address
    """,
    re.VERBOSE | re.MULTILINE,
)


def foreign(text: str) -> str:
    """Return the first thing in a text that only some machine knows, "" where there is none."""
    found = FOREIGN.search(text)
    return found[0] if found else ""


def test_no_file_names_a_machine_or_a_registry() -> None:
    texts = {path: path.read_text("utf-8", errors="replace") for path in tracked() if path != Path(__file__)}
    assert {shown(path): found for path, text in texts.items() if (found := foreign(text))} == {}


def test_the_lock_holds_names_versions_and_hashes_only() -> None:
    line = re.compile(r"^([\w.\[\]-]+==\S+( ; .*?)?|    --hash=sha256:[0-9a-f]{64})( \\)?$")
    assert [at for at in (ROOT / "requirements.lock").read_text("utf-8").splitlines() if not line.match(at)] == []


@pytest.mark.parametrize(
    "text", ["see /home/anna/x", "at `/root/lake/raw`", '"resolved": "https://a/b.tgz"', "--index-url https://a/simple"]
)
def test_a_machines_own_words_are_noticed(text: str) -> None:
    assert foreign(text)


@pytest.mark.parametrize("text", ["tests/unit/root/a", "https://example.com/home/a", "a rep's work/home"])
def test_ordinary_words_are_let_through(text: str) -> None:
    assert not foreign(text)
