import json
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from voronka.cli.serving import listening
from voronka.cli.serving_processes import TRIES, Processes
from voronka.domain.errors import SettingsError

ANSWERS = """
import json, os, sys
work = json.loads(sys.argv[1])
open(os.path.join(work["place"], f"{work['number']}-{os.getpid()}"), "w").close()
os.write(work["ready"], b".")
os.read(work["alive"], 1)
"""
"""Leaves its number, says that it answers, and ends when whoever started it has gone."""
PATIENCE_SECONDS = 60


def until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        assert time.monotonic() < end, "it did not come to be so"
        time.sleep(0.02)


Starter = Callable[[str, int], Processes]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Starter]:
    made: list[Processes] = []
    with listening("127.0.0.1", 0) as taken:

        def started(program: str, count: int) -> Processes:
            processes = Processes(tmp_path, "", taken, tmp_path, count, (sys.executable, "-c", program))
            processes.start()
            made.append(processes)
            return processes

        yield started
        for each in made:
            each.stop()


def all_answer(processes: Processes) -> bool:
    processes.look()
    return all(each.answers for each in processes.running)


def numbers(place: Path) -> list[str]:
    return sorted(each.name.partition("-")[0] for each in place.iterdir())


def test_it_is_told_once_of_each_that_answers(start: Starter, tmp_path: Path) -> None:
    processes = start(ANSWERS, 2)
    until(processes.look)
    until(lambda: all_answer(processes))
    assert processes.look() is False
    until(lambda: numbers(tmp_path) == ["0", "1"])


def test_another_is_started_for_one_that_was_killed(
    start: Starter, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    processes = start(ANSWERS, 2)
    until(lambda: all_answer(processes))
    first = processes.running[0].running
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    until(processes.look)
    until(lambda: numbers(tmp_path) == ["0", "0", "1"])
    assert "Worker 0 ended (code -9) and is started again." in capfd.readouterr().err


def test_those_that_never_answer_are_given_up(start: Starter) -> None:
    processes = start("import sys; sys.exit(7)", 1)

    def look() -> bool:
        return processes.look()

    with pytest.raises(SettingsError, match=rf"ended {TRIES} times before it answered \(code 7\)"):
        until(look)


def test_they_end_when_whoever_started_them_has_gone(start: Starter) -> None:
    processes = start(ANSWERS, 1)
    until(processes.look)
    os.close(processes._held)  # noqa: SLF001 - as the system does when a process is killed
    assert processes.running[0].running.wait(PATIENCE_SECONDS) == 0


def test_what_a_process_is_told_is_json_of_plain_values(start: Starter) -> None:
    processes = start(ANSWERS, 1)
    told = json.loads(str(processes.running[0].running.args[-1]))  # type: ignore[index]
    assert (told["number"], told["processes"], told["socket"]) == (0, 1, processes.taken.fileno())
