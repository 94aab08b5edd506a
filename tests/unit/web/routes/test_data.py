import csv
import io
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.company import CompanyFolder
from tests.unit.web.conftest import HERE, NOW, sign_in
from tests.unit.web.routes.conftest import ended
from voronka import bootstrap
from voronka.pipeline.mending import import_mended
from voronka.web.app import create_app

DEALS = """\
No;Sum;Created
1;100;2026-02-10
2;=1+1;2026-02-11
3;300
4;400;2026-02-12
"""


@pytest.fixture
def folder(tmp_path: Path) -> CompanyFolder:
    company = CompanyFolder(tmp_path / "company", now=NOW - timedelta(hours=1))
    columns = {"deal_id": "No", "amount": "Sum", "created_at": "Created"}
    company.stream("crm", "deals", DEALS, into="deals", columns=columns)
    company.load_and_build()
    return company


def test_the_page_tells_what_is_loaded_and_how_fresh_it_is(client: TestClient) -> None:
    page = client.get("/api/data").json()
    (stream,) = page.pop("streams")
    assert (stream["source"], stream["stream"], stream["into"]) == ("crm", "deals", "deals")
    assert (stream["rows"], stream["aside"], stream["loads"]) == (2, 2, 1)
    assert stream["loaded_at"] == "2026-03-02T11:00:00"  # eight in UTC
    assert stream["last_event_at"].startswith("2026-02-12")
    assert page == {
        "may_change": True,
        "waiting": [],
        "jobs": [],
        "loads": 1,
        "aside": 2,
        "built_at": "2026-03-02T12:00:00",
        "is_behind": False,
        "fault": "",
        "largest": 2_000_000_000,
    }


def test_loads_that_are_not_built_are_told(client: TestClient, folder: CompanyFolder) -> None:
    folder.export("crm", "deals", DEALS.replace("400", "500"), "-2")
    folder.now += timedelta(hours=5)
    folder.load()
    assert client.get("/api/data").json()["is_behind"] is True
    assert [row["is_built"] for row in client.get("/api/data/loads").json()["rows"]] == [False, True]


def test_a_broken_file_of_a_source_is_told_and_the_rest_stands(client: TestClient, folder: CompanyFolder) -> None:
    folder.write("sources/crm.yml", "source: crm\nstreams: {\n")
    page = client.get("/api/data").json()
    assert "sources/crm.yml" in page["fault"]
    assert (page["streams"], page["loads"]) == ([], 1)


def test_the_ledger_comes_by_pages_the_newest_first(client: TestClient, folder: CompanyFolder) -> None:
    folder.export("crm", "deals", DEALS.replace("400", "500"), "-2")
    folder.load()
    first = client.get("/api/data/loads?limit=1").json()
    assert (first["total"], [row["files"] for row in first["rows"]]) == (2, [["exports/crm/deals-2.csv"]])
    second = client.get("/api/data/loads?limit=1&offset=1").json()["rows"][0]
    assert (second["state"], second["rows"], second["good"], second["aside"]) == ("active", 4, 2, 2)
    assert second["loaded_at"] == "2026-03-02T11:00:00"


def test_a_load_is_undone_and_brought_back(client: TestClient) -> None:
    load = client.get("/api/data/loads").json()["rows"][0]["load_id"]
    job = ended(client, client.post(f"/api/data/loads/{load}", json={"state": "undone"}).json())
    assert job["state"] == "done", job
    assert client.get("/api/data/loads").json()["rows"][0]["state"] == "undone"
    assert client.get("/api/data").json()["streams"][0]["rows"] == 0
    ended(client, client.post(f"/api/data/loads/{load}", json={"state": "active"}).json())
    assert client.get("/api/data").json()["streams"][0]["rows"] == 2


def test_only_loads_that_are_there_are_changed(client: TestClient) -> None:
    assert client.post("/api/data/loads/nothing", json={"state": "undone"}).status_code == 400
    load = client.get("/api/data/loads").json()["rows"][0]["load_id"]
    assert client.post(f"/api/data/loads/{load}", json={"state": "superseded"}).status_code == 400


def test_rows_put_aside_come_by_pages_with_what_stood_in_them(client: TestClient) -> None:
    told = client.get("/api/data/aside").json()
    assert told["total"] == 2
    assert {(each["reason"], each["rows"], each["file"]) for each in told["reasons"]} == {
        ("bad_money", 1, "exports/crm/deals.csv"),
        ("too_few_fields", 1, "exports/crm/deals.csv"),
    }
    money, short = sorted(told["rows"], key=lambda row: row["reason"])
    assert (money["key"], money["cells"]["Sum"]) == ("2", "=1+1")
    assert (short["cells"], short["text"]) == (None, "3;300")
    only = client.get("/api/data/aside?reason=bad_money&limit=1").json()
    assert (only["total"], [row["reason"] for row in only["rows"]]) == (1, ["bad_money"])
    assert client.get("/api/data/aside?load=nothing").json()["total"] == 0


def test_rows_put_aside_are_downloaded_to_be_mended_and_run_no_formula(client: TestClient) -> None:
    load = client.get("/api/data/loads").json()["rows"][0]["load_id"]
    answer = client.get(f"/api/data/aside.csv?load={load}&lang=en")
    assert answer.headers["content-disposition"].startswith("attachment")
    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert {row["_reason"] for row in rows} == {"bad_money", "too_few_fields"}
    assert all(not (value or "").startswith("=") for row in rows for value in row.values())


def test_rows_to_mend_are_called_by_the_file_that_they_were_put_aside_of(
    client: TestClient, folder: CompanyFolder
) -> None:
    folder.export("crm", "deals", DEALS.replace("400", "500"), "-2")
    folder.load()
    loads = [row["load_id"] for row in client.get("/api/data/loads").json()["rows"]]
    answers = [client.get(f"/api/data/aside.csv?load={load}&lang=en") for load in loads]
    names = [answer.headers["content-disposition"] for answer in answers]
    assert ("Rows%20set%20aside%20deals-2.csv" in names[0], "Rows%20set%20aside%20deals.csv" in names[1]) == (
        True,
        True,
    )


def test_what_the_checks_found_is_told(client: TestClient) -> None:
    told, english = (client.get(f"/api/data/checks{asked}").json() for asked in ("", "?lang=en"))
    assert [check["check"] for check in told["checks"]] == [check["check"] for check in english["checks"]]
    said = [check["title"] for check in english["checks"]] + [each["title"] for each in english["not_made"]]
    assert all(title.isascii() for title in [*said, *(person["title"] for person in english["people"])])
    assert not any(each["title"].isascii() for each in told["not_made"])
    assert all(check["records"] > 0 and check["title"] for check in told["checks"])
    assert told["not_made"]
    assert sum(person["records"] for person in told["people"]) == sum(check["records"] for check in told["checks"])


def test_before_the_first_build_there_is_nothing_to_tell(tmp_path: Path, static: Path) -> None:
    company = bootstrap.open_for_people(str(CompanyFolder(tmp_path / "empty").folder), lambda: NOW)
    with TestClient(create_app(company, static=static), base_url=HERE) as browser:
        sign_in(browser, company)
        page = browser.get("/api/data").json()
        assert (page["streams"], page["loads"], page["built_at"], page["is_behind"]) == ([], 0, None, False)
        assert browser.get("/api/data/aside").json()["total"] == 0
        assert browser.get("/api/data/checks").json() == {"checks": [], "people": [], "not_made": []}
    company.close()


def test_rows_that_nobody_wants_leave_the_list_by_a_line_of_the_ledger(client: TestClient) -> None:
    load = client.get("/api/data/loads").json()["rows"][0]["load_id"]
    job = ended(client, client.post("/api/data/aside/let-go", json={"load": load, "reason": "bad_money"}).json())
    assert job["state"] == "done", job
    told = client.get("/api/data/aside").json()
    assert (told["total"], client.get("/api/data").json()["aside"]) == (1, 1)
    (gone,) = told["settled"]
    assert (gone["file"], gone["rows"], gone["is_let_go"]) == ("exports/crm/deals.csv", 1, True)
    line = client.get("/api/data/loads").json()["rows"][0]
    assert (line["files"], line["let_go"], line["by"]) == ([], 1, gone["by"])
    assert client.post("/api/data/aside/let-go", json={"load": "nothing"}).status_code == 400


def test_a_load_is_undone_with_its_mended_rows_or_without_them(client: TestClient, folder: CompanyFolder) -> None:
    load = client.get("/api/data/loads").json()["rows"][0]["load_id"]
    folder.write("mend.csv", f"No,Sum,Created,_load,_row,_reason\n2,200,2026-02-11,{load},3,bad_money\n")
    with bootstrap.workplace(str(folder.folder), lambda: folder.now) as work:
        import_mended(work, folder.folder / "mend.csv")
    mending, first = client.get("/api/data/loads").json()["rows"]
    assert first["mended"] == [{"load_id": mending["load_id"], "file": mending["files"][0], "rows": 1}]
    ended(client, client.post(f"/api/data/loads/{load}", json={"state": "undone"}).json())
    assert client.get("/api/data").json()["streams"][0]["rows"] == 1
    ended(client, client.post(f"/api/data/loads/{load}", json={"state": "undone", "with_mended": True}).json())
    assert client.get("/api/data").json()["streams"][0]["rows"] == 0
    (out,) = [each for each in client.get("/api/data/loads").json()["rows"] if each["load_id"] == load]
    assert (out["mended"], out["mended_out"]) == ([], first["mended"])
    ended(client, client.post(f"/api/data/loads/{load}", json={"state": "active", "with_mended": True}).json())
    assert client.get("/api/data").json()["streams"][0]["rows"] == 3
