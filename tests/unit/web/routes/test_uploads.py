import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from tests.unit.web.conftest import HERE, Opener
from tests.unit.web.routes.conftest import ended
from voronka.bootstrap import OpenCompany
from voronka.web.app import create_app
from voronka.web.visitor import cookie_name

DEALS = "No;Sum;Stage;Created\n" + "".join(f"{n};{n}00;Won;2026-02-{n}\n" for n in range(10, 28))
SMALL = "\n[limits]\nfile_bytes = 1_500_000\n"


@pytest.fixture
def opened(open_company: Opener) -> OpenCompany:
    return open_company(SMALL)


def sent(client: TestClient, text: str | bytes = DEALS, name: str = "Сделки.csv") -> Any:  # noqa: ANN401 - JSON
    answer = client.post(f"/api/data/uploads?name={quote(name)}", content=text)
    assert answer.status_code == 201, answer.text
    return answer.json()


def test_a_file_is_kept_under_a_name_of_our_own(client: TestClient, opened: OpenCompany) -> None:
    told = sent(client, name="../../Сделки*.csv")
    assert (told["name"], told["size"], told["uploaded_by"]) == ("Сделки*.csv", len(DEALS), "Анна")
    (file,) = (opened.folder / "uploads/new").iterdir()
    assert file.name == f"{told['upload_id']}_Сделки.csv"
    assert file.read_text("utf-8") == DEALS


def test_a_large_file_comes_through_and_one_over_the_limit_does_not(client: TestClient, opened: OpenCompany) -> None:
    assert sent(client, b"x" * 1_200_000)["size"] == 1_200_000  # more than any other request may have
    answer = client.post("/api/data/uploads?name=x.csv", content=b"x" * 1_500_001)
    assert answer.status_code == 413
    assert len(list((opened.folder / "uploads/new").iterdir())) == 1


def test_a_body_without_a_length_is_stopped_at_the_limit(client: TestClient, opened: OpenCompany) -> None:
    def blocks() -> Iterator[bytes]:
        for _ in range(16):
            yield b"x" * 100_000

    assert client.post("/api/data/uploads?name=x.csv", content=blocks()).status_code in {400, 413}
    assert list((opened.folder / "uploads/new").iterdir()) == []


def test_an_empty_file_is_refused_and_leaves_nothing(client: TestClient, opened: OpenCompany) -> None:
    answer = client.post("/api/data/uploads?name=x.csv", content=b"")
    assert (answer.status_code, answer.json()["error"]["what"]) == (400, "the file is empty")
    assert list((opened.folder / "uploads/new").iterdir()) == []


def test_a_full_disk_is_told_before_anything_is_written(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    class Usage:
        free = 1000

    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: Usage)
    answer = client.post("/api/data/uploads?name=x.csv", content=b"x")
    assert "1,000 bytes left" in answer.json()["error"]["what"]


def test_a_file_is_looked_at_and_loaded_by_processes_of_their_own(client: TestClient, opened: OpenCompany) -> None:
    upload = sent(client)["upload_id"]
    columns = {"No": "deal_id", "Sum": "amount", "Stage": "stage", "Created": "created_at"}
    wish = {"into": "deals", "columns": columns, "source": "shop"}
    looked = ended(client, client.post(f"/api/data/uploads/{upload}/look", json=wish).json())
    assert looked["state"] == "done", looked
    assert (looked["result"]["outcome"], looked["result"]["rows_in"]) == ("accept", 18)
    loaded = ended(client, client.post(f"/api/data/uploads/{upload}/load", json=wish).json())
    assert loaded["state"] == "done", loaded
    assert (loaded["result"]["source"], loaded["result"]["good"], loaded["result"]["built"]) == ("shop", 18, True)
    page = client.get("/api/data").json()
    assert ("shop", "deals", 18) in {(each["source"], each["stream"], each["rows"]) for each in page["streams"]}
    assert page["waiting"] == []
    assert client.get("/api/data/loads").json()["rows"][0]["files"] == ["Сделки.csv"]
    assert client.get("/api/data/loads").json()["rows"][0]["by"] == "Анна"
    client.delete(f"/api/data/uploads/{upload}")
    assert list((opened.folder / "uploads/shop.deals").iterdir())  # a file that was loaded stays with its load


def test_a_file_that_was_not_loaded_is_deleted(client: TestClient, opened: OpenCompany) -> None:
    upload = sent(client)["upload_id"]
    assert [each["upload_id"] for each in client.get("/api/data").json()["waiting"]] == [upload]
    assert client.delete(f"/api/data/uploads/{upload}").status_code == 204
    assert client.get("/api/data").json()["waiting"] == []
    assert list((opened.folder / "uploads/new").iterdir()) == []
    assert client.post(f"/api/data/uploads/{upload}/look", json={}).status_code == 400


def test_a_file_that_nothing_can_come_of_says_so_while_it_waits(client: TestClient) -> None:
    page = sent(client, "<!doctype html><html><body><input type=password></body></html>", "вход.csv")["upload_id"]
    fresh = sent(client)["upload_id"]
    ended(client, client.post(f"/api/data/uploads/{page}/look", json={}).json())
    waiting = {each["upload_id"]: each for each in client.get("/api/data").json()["waiting"]}
    assert (waiting[page]["end"], waiting[fresh]["end"], waiting[fresh]["message"]) == ("refused", "", "")
    assert "web page" in waiting[page]["message"]
    loaded = ended(client, client.post(f"/api/data/uploads/{fresh}/load", json={"build": False}).json())
    again = sent(client)["upload_id"]
    for state, end in (("active", "loaded"), ("undone", "undone")):
        given = {"state": state}
        ended(client, client.post(f"/api/data/loads/{loaded['result']['load']}", json=given).json())
        ended(client, client.post(f"/api/data/uploads/{again}/look", json={}).json())
        waiting = {each["upload_id"]: each for each in client.get("/api/data").json()["waiting"]}
        assert waiting[again]["end"] == end


@pytest.mark.parametrize("wish", [{"source": "../x"}, {"source": "A b"}, {"unknown": 1}, {"columns": {"a": 1}}])
def test_a_wish_that_cannot_be_is_refused(client: TestClient, wish: dict[str, Any]) -> None:
    upload = sent(client)["upload_id"]
    assert client.post(f"/api/data/uploads/{upload}/load", json=wish).status_code == 400


def test_another_site_cannot_send_a_file(client: TestClient) -> None:
    answer = client.post("/api/data/uploads?name=x.csv", content=b"x", headers={"origin": "https://evil.example.com"})
    assert answer.status_code == 403


def test_nobody_sends_a_file_without_signing_in(opened: OpenCompany, static: Path) -> None:
    with TestClient(create_app(opened, static=static), base_url=HERE) as browser:
        assert browser.post("/api/data/uploads?name=x.csv", content=b"x").status_code == 401
    assert not (opened.folder / "uploads").exists()


def test_whoever_may_only_look_changes_nothing(client: TestClient, opened: OpenCompany) -> None:
    upload = sent(client)["upload_id"]
    user = opened.people.accounts.add_user("Гость", None, "owner")
    client.cookies.set(cookie_name(opened), opened.people.sessions.start(user.user_id), domain="localhost.local")
    assert client.get("/api/data").json()["may_change"] is False
    answers = [
        client.post("/api/data/uploads?name=x.csv", content=b"x"),
        client.delete(f"/api/data/uploads/{upload}"),
        client.post(f"/api/data/uploads/{upload}/look", json={}),
        client.post(f"/api/data/uploads/{upload}/load", json={}),
        client.post("/api/data/build"),
        client.get("/api/data/jobs/1"),
        client.post("/api/data/loads/x", json={"state": "undone"}),
        client.get("/api/data/aside.csv"),
    ]
    assert [answer.status_code for answer in answers] == [403] * len(answers)


def test_what_a_file_can_become_is_told(client: TestClient) -> None:
    tables = {table["name"]: table for table in client.get("/api/data/tables").json()}
    assert tables["deals"]["key"] == "deal_id"
    assert {"name": "amount", "reader": "money"} in tables["deals"]["columns"]
