from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.company import CompanyFolder
from voronka import bootstrap
from voronka.domain.errors import QuestionError
from voronka.domain.scope import Scope
from voronka.reports.page import PageAsked
from voronka.web.framed import frame_of


def test_what_is_asked_of_a_page_stands_in_its_address(signed_in: TestClient) -> None:
    page = signed_in.get(
        "/api/pages/calls?from=2026-02-01&to=2026-02-28&compare=none&role=sdr&role=&day=2026-02-27"
    ).json()
    assert page["period"] == {"from": "2026-02-01", "to": "2026-02-28"}
    assert (page["compared"], page["day"]) == (None, "2026-02-27")
    assert page["blocks"]["people"]["ask"]["where"] == {"role": ["sdr", None]}


def test_an_empty_id_is_not_given(signed_in: TestClient) -> None:
    page = signed_in.get("/api/pages/calls?team=&employee=").json()
    assert page["blocks"]["people"]["ask"]["where"] == {"team": [None], "employee": [None]}


@pytest.mark.parametrize("query", ["compare=week", "day=yesterday", "from=2026-02-30&to=2026-03-01"])
def test_what_cannot_be_meant_is_refused(signed_in: TestClient, query: str) -> None:
    answer = signed_in.get(f"/api/pages/calls?{query}")
    assert (answer.status_code, answer.json()["error"]["kind"]) == (400, "question")


def test_before_the_first_build_there_is_no_page(tmp_path: Path) -> None:
    company = bootstrap.open_for_people(str(CompanyFolder(tmp_path / "new").folder))
    with pytest.raises(QuestionError, match="nothing is built yet"):
        frame_of(company, PageAsked(), Scope.everything())
    company.close()
