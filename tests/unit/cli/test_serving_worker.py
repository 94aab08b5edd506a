import os
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from tests.company import CompanyFolder
from voronka.cli.serving import listening
from voronka.cli.serving_processes import PROGRAM
from voronka.cli.serving_worker import Work


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return CompanyFolder(tmp_path / "company").folder


@pytest.mark.parametrize("end", ["signal", "server gone"])
def test_a_process_answers_by_the_socket_it_is_given_until_it_is_to_end(folder: Path, tmp_path: Path, end: str) -> None:
    (alive, held), (heard, ready) = os.pipe(), os.pipe()
    with listening("127.0.0.1", 0) as taken:
        work = Work(str(folder), "", taken.fileno(), ready, alive, str(tmp_path), 1, 2)
        command = [sys.executable, "-W", "error", *PROGRAM[1:], work.text()]
        with subprocess.Popen(command, pass_fds=(taken.fileno(), ready, alive), stderr=subprocess.PIPE) as process:
            try:
                os.close(ready)
                assert os.read(heard, 1) == b".", process.communicate()[1]
                answer = httpx.get(f"http://127.0.0.1:{taken.getsockname()[1]}/health")
                assert answer.json()["ready"] is True
                if end == "signal":
                    process.send_signal(signal.SIGTERM)
                else:
                    os.close(held)
                assert process.wait() == 0
                assert process.stderr is not None
                assert process.stderr.read() == b""
            finally:
                process.kill()
    for each in (alive, heard):
        os.close(each)
    if end == "signal":
        os.close(held)
