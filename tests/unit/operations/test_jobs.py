from datetime import timedelta

import pytest

from tests.unit.operations.conftest import Operations
from voronka.domain.errors import InputError, QuestionError
from voronka.operations.jobs import KEPT, LOST, SILENT, Jobs


@pytest.fixture
def jobs(operations: Operations) -> Jobs:
    return Jobs(operations.database, operations.clock)


def test_a_job_waits_is_worked_on_and_ends(jobs: Jobs) -> None:
    asked = jobs.ask("load", {"upload": "1a"}, "Анна")
    assert (asked.state, asked.asked, asked.asked_by) == ("waiting", {"upload": "1a"}, "Анна")
    assert jobs.begin(asked.job_id).state == "running"
    jobs.tell(asked.job_id, {"step": "build", "done": 3, "of": 10})
    assert jobs.of_id(asked.job_id).progress == {"step": "build", "done": 3, "of": 10}
    jobs.end(asked.job_id, {"rows": 12})
    ended = jobs.of_id(asked.job_id)
    assert (ended.state, ended.result, ended.is_ended) == ("done", {"rows": 12}, True)


def test_the_last_job_about_a_file_that_came_to_something_is_found(jobs: Jobs) -> None:
    numbers = [jobs.ask(kind, {"upload": file}, "Анна").job_id for kind, file in (("look", "1a"), ("look", "2b"))]
    assert jobs.last_of("look", "1a") is None
    for job_id, rows in zip(numbers, (1, 2), strict=True):
        jobs.begin(job_id)
        jobs.end(job_id, {"rows": rows})
    jobs.fail(jobs.ask("look", {"upload": "1a"}, "Анна").job_id, InputError("no rows"))
    again = jobs.last_of("look", "1a")
    assert again is not None
    assert (again.job_id, again.result) == (numbers[0], {"rows": 1})
    assert (jobs.last_of("load", "1a"), jobs.last_of("look", "a")) == (None, None)


def test_of_two_processes_one_takes_a_job(jobs: Jobs, second: Operations) -> None:
    job = jobs.ask("build", {}, "Анна")
    jobs.begin(job.job_id)
    with pytest.raises(QuestionError, match="does not wait"):
        Jobs(second.database, second.clock).begin(job.job_id)


def test_a_job_that_failed_says_what_where_and_what_to_do(jobs: Jobs) -> None:
    job = jobs.ask("load", {}, "Анна")
    jobs.fail(job.job_id, InputError("no rows", where="deals.csv", do="Export it again"))
    assert jobs.of_id(job.job_id).result == {"what": "no rows", "where": "deals.csv", "do": "Export it again"}


def test_what_has_ended_stays_as_it_ended(jobs: Jobs) -> None:
    job = jobs.ask("load", {}, "Анна")
    jobs.end(job.job_id, {"rows": 1})
    jobs.fail(job.job_id, LOST)
    jobs.tell(job.job_id, {"step": "late"})
    assert (jobs.of_id(job.job_id).state, jobs.of_id(job.job_id).progress) == ("done", {})


def test_a_job_of_which_nothing_is_heard_any_more_has_failed(jobs: Jobs, operations: Operations) -> None:
    job = jobs.ask("load", {}, "Анна")
    jobs.begin(job.job_id)
    operations.clock.on(seconds=SILENT.total_seconds())
    assert [each.job_id for each in jobs.unended()] == [job.job_id]
    jobs.tell(job.job_id)
    operations.clock.on(seconds=SILENT.total_seconds() + 1)
    assert jobs.unended() == []
    lost = jobs.of_id(job.job_id)
    assert (lost.state, lost.result) == ("failed", LOST)


def test_a_job_nobody_knows_is_told_so(jobs: Jobs) -> None:
    with pytest.raises(QuestionError, match="no job 7"):
        jobs.of_id(7)


def test_jobs_that_ended_long_ago_are_forgotten(jobs: Jobs, operations: Operations) -> None:
    old = jobs.ask("build", {}, "Анна")
    jobs.end(old.job_id, {})
    operations.clock.on(seconds=(KEPT + timedelta(days=1)).total_seconds())
    jobs.ask("build", {}, "Анна")
    with pytest.raises(QuestionError):
        jobs.of_id(old.job_id)
