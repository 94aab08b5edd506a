from fastapi.testclient import TestClient

from tests.unit.web.conftest import sign_in
from voronka.bootstrap import OpenCompany


def test_the_version_of_the_data_is_told_and_nothing_else(signed_in: TestClient, company: OpenCompany) -> None:
    answer = signed_in.get("/api/news?seconds=0")
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert answer.headers["x-accel-buffering"] == "no"
    told = f'event: version\ndata: {{"version": "{company.data_version()}"}}\n\n'
    assert answer.text == f"retry: 5000\n{told}"


def test_who_signed_out_is_told_so_and_heard_no_more(signed_in: TestClient, company: OpenCompany) -> None:
    token = sign_in(signed_in, company, "Борис")
    company.people.sessions.end(token)
    assert signed_in.get("/api/news?seconds=0").status_code == 401


def test_nobody_listens_for_ever(signed_in: TestClient) -> None:
    assert signed_in.get("/api/news?seconds=601").status_code == 400
