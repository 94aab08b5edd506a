import sys
import time
from collections.abc import Callable
from dataclasses import replace

import pytest

from voronka.bootstrap import OpenCompany
from voronka.domain.errors import QuestionError, RetryError
from voronka.operations.jobs import Job
from voronka.web import workers
from voronka.web.workers import Workers

TELLS = """
import sqlite3, sys, os
file = sqlite3.connect(os.environ["APP_DB"])
told = '{"by": "%s"}' % os.environ["LOGNAME"]
file.execute("UPDATE jobs SET state = 'done', result = ? WHERE job_id = ?", (told, sys.argv[2]))
file.commit()
"""
PATIENCE_SECONDS = 30


def program(text: str) -> tuple[str, ...]:
    return sys.executable, "-c", text


def until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        assert time.monotonic() < end, "it did not come to be so"
        time.sleep(0.02)


def ended(company: OpenCompany, job_id: int) -> Job:
    until(lambda: company.people.jobs.of_id(job_id).is_ended)
    return company.people.jobs.of_id(job_id)


def test_a_process_does_the_job_in_the_name_of_who_asked(company: OpenCompany, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("APP_DB", str(company.people.database.path))
    working = Workers(company, program(TELLS))
    job = ended(company, working.ask("build", {"a": 1}, "Анна"))
    assert (job.state, job.asked, job.result) == ("done", {"a": 1}, {"by": "Анна"})
    working.stop()


def test_a_process_that_ends_without_a_word_is_told(company: OpenCompany) -> None:
    working = Workers(company, program("import sys; sys.exit(3)"))
    job = ended(company, working.ask("build", {}, "Анна"))
    assert job.state == "failed"
    assert "code 3" in job.result["what"]
    working.stop()


def test_a_process_that_is_killed_is_told(company: OpenCompany) -> None:
    working = Workers(company, program("import os, signal; os.kill(os.getpid(), signal.SIGKILL)"))
    job = ended(company, working.ask("build", {}, "Анна"))
    assert "signal 9" in job.result["what"]
    working.stop()


def test_a_program_that_cannot_be_started_is_told(company: OpenCompany) -> None:
    working = Workers(company, ("/no/such/program",))
    assert ended(company, working.ask("build", {}, "Анна")).state == "failed"
    working.stop()


def test_when_the_server_stops_its_jobs_end_and_say_so(company: OpenCompany) -> None:
    working = Workers(company, program("import time; time.sleep(600)"))
    first, second = (working.ask("build", {}, "Анна") for _ in range(2))
    working.stop()
    for job_id in (first, second):
        assert ended(company, job_id).result["what"] == workers.STOPPED["what"]
    with pytest.raises(RetryError, match="being stopped"):
        working.ask("build", {}, "Анна")


def test_jobs_are_not_piled_up_without_end(company: OpenCompany, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "MOST", 1)
    working = Workers(company, program("import time; time.sleep(600)"))
    working.ask("build", {}, "Анна")
    with pytest.raises(QuestionError, match="wait already"):
        working.ask("look", {}, "Анна")
    working.stop()


def test_a_company_is_known_by_its_folder(company: OpenCompany) -> None:
    """The program is given the company's folder and the number of the job, and nothing else."""
    text = "import sys, pathlib; sys.exit(0 if len(sys.argv) == 3 and pathlib.Path(sys.argv[1]).is_dir() else 7)"
    working = Workers(replace(company), program(text))
    job = ended(company, working.ask("build", {}, "Анна"))
    assert "code 0" in job.result["what"]
    working.stop()
