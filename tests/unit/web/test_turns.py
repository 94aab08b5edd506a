import os
from pathlib import Path

import pytest

from voronka.web.turns import Turn


@pytest.mark.parametrize("is_of_all", [True, False])
def test_a_turn_is_taken_by_one_and_given_on(tmp_path: Path, *, is_of_all: bool) -> None:
    turn = Turn(tmp_path / "load" if is_of_all else None)
    assert turn.acquire(0)
    assert not turn.acquire(0)
    turn.release()
    assert turn.acquire(0)
    turn.release()


def test_processes_take_turns_by_a_file(tmp_path: Path) -> None:
    # a second opening of the file holds a lock of its own, as that of another process does
    first, second, other = Turn(tmp_path / "load"), Turn(tmp_path / "load"), Turn(tmp_path / "look")
    assert first.acquire(0)
    assert not second.acquire(0.2)
    assert other.acquire(0)
    first.release()
    assert second.acquire(0)
    second.release()
    other.release()
    assert os.fstat(os.open(tmp_path / "load", os.O_RDONLY)).st_mode & 0o077 == 0
