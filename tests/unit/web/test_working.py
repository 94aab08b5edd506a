from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.company import CompanyFolder
from voronka import bootstrap
from voronka.bootstrap import People
from voronka.settings import load_settings
from voronka.web import working
from voronka.web.working import do_job, main

LEADS = "id;who;made\n" + "".join(f"{number};Анна;2026-02-{number:02d}\n" for number in range(10, 28))


@pytest.fixture
def company(tmp_path: Path) -> CompanyFolder:
    return CompanyFolder(tmp_path / "company")


@pytest.fixture
def people(company: CompanyFolder) -> Iterator[People]:
    opened = bootstrap.people_of(company.folder, load_settings(company.folder), lambda: company.now)
    yield opened
    opened.database.close()


def uploaded(company: CompanyFolder, people: People, text: str = LEADS) -> str:
    upload = people.uploads.add("Лиды.csv", len(text), "Анна")
    company.write(upload.path, text)
    return upload.upload_id


def done(company: CompanyFolder, people: People, kind: str, **asked: object) -> int:
    job = people.jobs.ask(kind, asked, "Анна")
    do_job(company.folder, job.job_id, lambda: company.now)
    return job.job_id


def test_a_file_is_looked_at_loaded_and_built(company: CompanyFolder, people: People) -> None:
    upload = uploaded(company, people)
    looked = people.jobs.of_id(done(company, people, "look", upload=upload, into="leads"))
    assert (looked.state, looked.result["outcome"], looked.result["file"]) == ("done", "accept_flag", "Лиды.csv")
    assert [flag["code"] for flag in looked.result["flags"]] == ["little_known"]
    columns = {"id": "lead_id", "who": "employee", "made": "created_at"}
    loaded = people.jobs.of_id(done(company, people, "load", upload=upload, into="leads", columns=columns))
    assert (loaded.state, loaded.result["good"], loaded.result["built"]) == ("done", 18, True)
    assert loaded.progress["step"] == "build"
    assert people.uploads.of_id(upload).path == "uploads/crm.leads/0001_Лиды.csv"
    assert len(company.table("fct_leads", "lead_id")) == 18


def test_a_load_may_leave_the_build_to_the_next(company: CompanyFolder, people: People) -> None:
    upload = uploaded(company, people)
    columns = {"id": "lead_id", "made": "created_at"}
    job = done(company, people, "load", upload=upload, into="leads", columns=columns, build=False)
    assert people.jobs.of_id(job).result["built"] is False
    assert company.data_version() == ""
    assert people.jobs.of_id(done(company, people, "build")).result["built"] is True
    assert company.data_version()


def test_a_load_is_taken_out_and_brought_back(company: CompanyFolder, people: People) -> None:
    company.stream("crm", "leads", LEADS, into="leads", columns={"lead_id": "id", "created_at": "made"})
    company.load_and_build()
    (load,) = company.loads()
    done(company, people, "change", load=load.load_id, state="undone")
    assert company.table("fct_leads", "lead_id") == []
    done(company, people, "change", load=load.load_id, state="active")
    assert len(company.table("fct_leads", "lead_id")) == 18


def test_a_load_stands_where_only_its_build_failed(
    company: CompanyFolder, people: People, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(working, "build_core", broken)
    columns = {"id": "lead_id", "made": "created_at"}
    asked = {"upload": uploaded(company, people), "into": "leads", "columns": columns}
    job = people.jobs.of_id(done(company, people, "load", **asked))
    assert (job.state, job.result["good"], job.result["built"]) == ("done", 18, False)
    assert "figures were built" in job.result["fault"]["what"]
    assert "ZeroDivision" in caplog.text
    assert [load.is_active for load in company.loads()] == [True]


def test_why_a_file_is_refused_is_told_with_the_name_that_people_gave_it(
    company: CompanyFolder, people: People
) -> None:
    upload = uploaded(company, people, "<!doctype html><html><form><input type=password></form></html>")
    job = people.jobs.of_id(done(company, people, "load", upload=upload, into="leads"))
    assert job.state == "failed"
    assert job.result["where"].startswith("Лиды.csv")


def test_a_file_that_somebody_removed_is_told(company: CompanyFolder, people: People) -> None:
    upload = uploaded(company, people)
    (company.folder / people.uploads.of_id(upload).path).unlink()
    job = people.jobs.of_id(done(company, people, "look", upload=upload))
    assert (job.state, job.result["do"]) == ("failed", "Upload it again")


def test_a_fault_of_ours_is_told_without_details(
    company: CompanyFolder, people: People, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> dict[str, object]:
        raise ZeroDivisionError

    monkeypatch.setattr(working, "WORK", {"build": broken})
    job = people.jobs.of_id(done(company, people, "build"))
    assert job.state == "failed"
    assert "ZeroDivision" not in str(job.result)
    assert "ZeroDivision" in caplog.text


def test_the_program_takes_a_folder_and_a_number(company: CompanyFolder, people: People) -> None:
    job = people.jobs.ask("build", {}, "Анна")
    assert main([str(company.folder), str(job.job_id)]) == 0
    assert people.jobs.of_id(job.job_id).state == "done"
