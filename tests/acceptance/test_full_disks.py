"""A disk that is full, or takes no larger file, at any write: it is told, earlier data stay, the next run completes."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import ANY

import pytest

from benchmarks.crashes import Company

ROWS = 1500
"""Of a part; its raw rows take some 30 kB."""
PROGRAM = """
import resource, sys
from voronka.cli.main import main
limit, *arguments = sys.argv[1:]
if limit != "none":
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(limit), int(limit)))
main(arguments)
"""
MOUNTED = "mount -t tmpfs -o size=8m tmpfs"


def run(company: Company, limit: str = "none") -> tuple[bool, str]:
    """Import and build by the commands; return whether both came to their end, and what was said on stderr."""
    said = ""
    for what in ("import", "build"):
        command = [sys.executable, "-c", PROGRAM, limit, what, "--company", str(company.folder)]
        done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=300)
        said += done.stdout + done.stderr
        if done.returncode:
            return False, said
    return True, said


def is_told(said: str, what: str) -> bool:
    """Say whether a message tells what happened, where, and what to do, and no traceback does."""
    return what in said and "then run it again" in said and "lake" in said and "Traceback" not in said


@pytest.mark.slow
@pytest.mark.parametrize("limit", ["3000", "9000"])
def test_a_file_that_may_not_become_larger_costs_nothing_that_was_loaded(tmp_path: Path, limit: str) -> None:
    company = Company(tmp_path / "company", ROWS)
    company.add()
    assert run(company) == (True, ANY)
    before = company.expected(1)
    assert company.figures() == before
    company.add()
    came, said = run(company, limit)
    assert not came
    assert is_told(said, "a file would become larger than this disk or account allows"), said
    assert company.figures() == before
    assert run(company) == (True, ANY)
    assert company.figures() == company.expected(2)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Return a folder on a disk of a few megabytes of its own; only root can have one."""
    place = tmp_path / "disk"
    place.mkdir()
    is_root = sys.platform == "linux" and os.geteuid() == 0
    if not is_root or subprocess.run([*MOUNTED.split(), str(place)], check=False, capture_output=True).returncode:
        pytest.skip("no small disk can be mounted")
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


def fill(disk: Path, free: int) -> None:
    """Fill a disk but for so many bytes."""
    state = os.statvfs(disk)
    (disk / "ballast").write_bytes(bytes(max(0, state.f_bavail * state.f_frsize - free)))


@pytest.mark.slow
def test_a_disk_that_fills_up_costs_nothing_that_was_loaded(small_disk: Path) -> None:
    company = Company(small_disk / "company", ROWS)
    company.add()
    assert run(company) == (True, ANY)
    company.add()
    for free in (0, 24_000, 72_000, 200_000):  # among the raw rows, at the ledger, in the build
        fill(small_disk, free)
        came, said = run(company)
        assert not came
        assert is_told(said, "the disk is full"), said
        (small_disk / "ballast").unlink()
        assert company.figures() == company.expected(1)
    assert run(company) == (True, ANY)
    assert company.figures() == company.expected(2)
