from datetime import timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.company import CompanyFolder
from tests.unit.web.conftest import NOW
from tests.unit.web.routes.conftest import ended

CONTACTS = "id,name,phone\n1,Ann,+79031234567\n2,Ann B.,8 903 123-45-67\n"
DEALS = "no,who,state,sum\n7,1,won,100\n8,2,won,50\n"
PAID = "id,deal,sum,at\n1,7,100,2026-02-06\n2,8,20,2026-02-06\n"


@pytest.fixture
def folder(tmp_path: Path) -> CompanyFolder:
    company = CompanyFolder(tmp_path / "company", now=NOW - timedelta(hours=1))
    columns = {"contact_id": "id", "name": "name", "phone": "phone"}
    company.stream("crm", "contacts", CONTACTS, into="contacts", columns=columns)
    columns = {"deal_id": "no", "contact_id": "who", "outcome": "state", "amount": "sum"}
    company.stream("crm", "deals", DEALS, into="deals", columns=columns)
    columns = {"payment_id": "id", "deal_id": "deal", "amount": "sum", "paid_at": "at"}
    company.stream("crm", "payments", PAID, into="payments", columns=columns)
    company.load_and_build()
    return company


def test_a_candidate_is_merged_built_and_taken_apart_again(client: TestClient, folder: CompanyFolder) -> None:
    found = client.get("/api/data/alike").json()
    assert [(row["entity_id"], row["into_id"], row["reasons"]) for row in found["rows"]] == [
        ("crm:2", "crm:1", "phone")
    ]
    asked = {"entity": "contact", "entity_id": "crm:2", "into_id": "crm:1"}
    job = client.post("/api/data/alike", json=asked)
    assert job.status_code == 202
    assert ended(client, job.json())["state"] == "done"
    assert folder.table("fct_deals", "deal_id contact_id") == [("crm:7", "crm:1"), ("crm:8", "crm:1")]
    left = client.get("/api/data/alike").json()
    assert (left["rows"], [each["entity_id"] for each in left["merges"]]) == ([], ["crm:2"])
    again = client.post("/api/data/alike", json=asked)
    assert again.status_code == 400
    job = client.post("/api/data/alike", json=asked | {"into_id": None})
    assert ended(client, job.json())["state"] == "done"
    assert folder.table("fct_deals", "deal_id contact_id") == [("crm:7", "crm:1"), ("crm:8", "crm:2")]


def test_a_pair_that_is_two_is_proposed_no_more_until_that_is_undone(client: TestClient) -> None:
    asked = {"entity": "contact", "entity_id": "crm:2", "other_id": "crm:1"}
    assert client.post("/api/data/alike/apart", json=asked).status_code == 200
    found = client.get("/api/data/alike").json()
    assert (found["rows"], found["total"]) == ([], 0)
    assert [(each["entity_id"], each["other_id"]) for each in found["apart"]] == [("crm:2", "crm:1")]
    assert client.post("/api/data/alike/apart", json=asked).status_code == 400
    assert client.post("/api/data/alike/apart", json=asked | {"other_id": "crm:99"}).status_code == 400
    assert client.post("/api/data/alike/apart", json=asked | {"holds": False}).status_code == 200
    found = client.get("/api/data/alike").json()
    assert (found["total"], found["apart"]) == (1, [])


def test_the_difference_of_two_places_is_shown_record_by_record(client: TestClient) -> None:
    found = client.get("/api/data/reconcile/payments").json()
    assert (found["here"], found["there"], found["total"]) == ("deals", "payments", 1)
    assert [(row["here_id"], row["difference"], row["detail"]) for row in found["rows"]] == [("crm:8", 30, "amount")]
    assert [(row["state"], row["difference"]) for row in found["summary"]] == [
        ("both", 0),
        ("differs", 30),
        ("all", 30),
    ]


@pytest.mark.parametrize(("kind", "lacks"), [("calls", "no source has calls"), ("leads", "there are no leads of two")])
def test_what_one_place_alone_tells_is_an_answer_without_records(client: TestClient, kind: str, lacks: str) -> None:
    answer = client.get(f"/api/data/reconcile/{kind}")
    assert (answer.status_code, answer.json()["rows"], answer.json()["total"]) == (200, [], 0)
    assert lacks in answer.json()["lacks"]
