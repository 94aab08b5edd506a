from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.unit.web.conftest import NOW
from voronka.web import attempts as module
from voronka.web.attempts import Attempts
from voronka.web.joint import Joint

HERE, THERE = "192.0.2.1", "192.0.2.2"


class Clock:
    """A clock that goes when it is told to."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        """Return the time."""
        return self.now


def after(failures: int) -> tuple[Attempts, Clock]:
    clock = Clock()
    attempts = Attempts(clock)
    for _ in range(failures):
        attempts.failed("анна", HERE)
    return attempts, clock


@pytest.mark.parametrize(
    ("failures", "seconds"), [(0, 0), (4, 0), (5, 1), (6, 2), (7, 4), (10, 32), (11, 60), (40, 60), (2000, 60)]
)
def test_the_wait_doubles_with_each_failure_to_a_minute(failures: int, seconds: float) -> None:
    attempts, _ = after(failures)
    assert attempts.wait_seconds("анна", HERE) == seconds


def test_the_wait_passes() -> None:
    attempts, clock = after(7)
    clock.now += timedelta(seconds=3)
    assert attempts.wait_seconds("анна", HERE) == 1
    clock.now += timedelta(seconds=1)
    assert attempts.wait_seconds("анна", HERE) == 0


def test_neither_another_name_nor_another_address_waits() -> None:
    attempts, _ = after(20)
    assert attempts.wait_seconds("анна", THERE) == 0
    assert attempts.wait_seconds("борис", HERE) == 0


def test_signing_in_clears_the_count() -> None:
    attempts, _ = after(4)
    attempts.succeeded("анна", HERE)
    attempts.failed("анна", HERE)
    assert attempts.wait_seconds("анна", HERE) == 0


def test_failures_of_a_quarter_of_an_hour_ago_are_forgotten() -> None:
    attempts, clock = after(10)
    clock.now += timedelta(minutes=15)
    attempts.failed("анна", HERE)
    assert attempts.wait_seconds("анна", HERE) == 0


def test_no_more_is_kept_than_fits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MOST", 2)
    attempts, _ = after(5)
    attempts.failed("борис", HERE)
    assert attempts.wait_seconds("анна", HERE) == 1
    attempts.failed("вера", HERE)
    assert attempts.wait_seconds("анна", HERE) == 0


def test_the_processes_of_a_server_count_together(tmp_path: Path) -> None:
    clock = Clock()
    joint, other = Joint(tmp_path), Joint(tmp_path)
    first, second = Attempts(clock, joint), Attempts(clock, other)
    for each in (first, second, first, second, first):
        each.failed("анна", HERE)
    assert first.wait_seconds("анна", HERE) == second.wait_seconds("анна", HERE) == 1
    second.succeeded("анна", HERE)
    assert first.wait_seconds("анна", HERE) == 0
    joint.close()
    other.close()


def test_what_was_typed_as_a_name_is_nowhere_on_the_disk(tmp_path: Path) -> None:
    joint = Joint(tmp_path)
    Attempts(Clock(), joint).failed("my-password-in-the-wrong-field", HERE)
    kept = b"".join(each.read_bytes() for each in tmp_path.iterdir())
    assert b"failures" in kept
    assert b"wrong-field" not in kept
    assert HERE.encode() not in kept
    joint.close()
