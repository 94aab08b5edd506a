"""The path of other processes over HTTP: what there is, the page, the cases behind, and nothing to who sees a part."""

from dataclasses import replace
from pathlib import Path

import pytest
from fastapi import Request
from fastapi.testclient import TestClient

from tests.reports.processes import metrics_of_processes
from tests.unit.web.conftest import HERE
from tests.unit.web.routes.conftest import said
from voronka.bootstrap import OpenCompany
from voronka.domain.access import ACCESS_ROLES
from voronka.domain.scope import Scope
from voronka.web.app import create_app
from voronka.web.log_shapes import LogPathShown
from voronka.web.visitor import Visitor, visitor

LOG = "/api/path/log?log=desk"
MODEL = "model=open&model=take&model=close"


def seeing(selling: OpenCompany, static: Path, scope: Scope) -> TestClient:
    app = create_app(replace(selling, metrics=metrics_of_processes()), static=static)

    def narrow(request: Request) -> Visitor:
        rights = ACCESS_ROLES["head"].rights
        return Visitor("Somebody", "head", scope, "en", request.app.state.company, request, rights=rights)

    app.dependency_overrides[visitor] = narrow
    return TestClient(app, base_url=HERE)


@pytest.fixture
def whole(selling: OpenCompany, tmp_path: Path) -> TestClient:
    return seeing(selling, tmp_path, Scope.everything())


def test_the_page_has_the_shape_that_is_told_of_it(whole: TestClient) -> None:
    assert whole.get("/api/path/logs").json() == {"logs": ["desk", "shop"]}
    for more in ("", f"&{MODEL}&exits=wait&may_stop=true&window=14d"):
        LogPathShown.model_validate(whole.get(LOG + more).json())


def test_behind_each_figure_stand_as_many_cases(whole: TestClient) -> None:
    shown = whole.get(f"{LOG}&{MODEL}").json()

    def listed(**part: object) -> int:
        asked = {"log": "desk", "model": ["open", "take", "close"], **part}
        return int(whole.get("/api/path/log/cases", params=asked).json()["total"])  # type: ignore[arg-type]

    assert listed() == shown["cases"]
    assert listed(as_meant=True) == shown["conforming"]
    for step in shown["steps"]:
        assert listed(step=step["key"]) == step["cases"]
    for edge in shown["edges"]:
        assert listed(source=edge["source"], target=edge["target"]) == edge["cases"]
    for way in shown["ways"]:
        assert listed(way=way["steps"]) == way["cases"]
    for each in shown["deviations"]:
        assert listed(deviation=each["kind"], step=each["step"]) == each["cases"]
    for stop in shown["funnel"]:
        assert listed(stop="reached", place=stop["place"]) == stop["cases"]
        assert listed(stop="dropped", place=stop["place"]) == stop["dropped"]


def test_cases_are_listed_with_their_days_and_sorted(whole: TestClient) -> None:
    rows = whole.get("/api/path/log/cases?log=desk&sort=days&order=desc&limit=2").json()["rows"]
    assert [(row["title"], row["events"], row["days"]) for row in rows] == [("2", 2, 10), ("3", 4, 4)]


@pytest.mark.parametrize(
    "address",
    [
        "/api/path/log",
        "/api/path/log?log=dsk",
        f"{LOG}&model=gone",
        f"{LOG}&{MODEL}&window=soon",
        "/api/path/log/cases?log=desk&as_meant=true",
        "/api/path/log/cases?log=desk&stop=reached",
        "/api/path/log/cases?log=desk&sort=amount",
        "/api/path/log/table.csv?log=desk&table=zones",
    ],
)
def test_what_is_not_there_is_told(whole: TestClient, address: str) -> None:
    assert said(whole, address, 400)["what"]


def test_files_have_the_tables_and_the_cases(whole: TestClient) -> None:
    assert "open" in whole.get("/api/path/log/table.csv?log=desk&table=edges").text
    assert whole.get("/api/path/log/table.xlsx?log=desk&table=ways").content.startswith(b"PK")
    assert whole.get("/api/path/log/cases.csv?log=desk").text.count("2026") >= 4
    assert whole.get("/api/path/log/cases.xlsx?log=desk").content.startswith(b"PK")


def test_who_sees_only_a_part_of_the_company_sees_no_other_process(selling: OpenCompany, tmp_path: Path) -> None:
    narrow = seeing(selling, tmp_path, Scope.of("Anna"))
    assert narrow.get("/api/path/logs").json() == {"logs": []}
    for address in (LOG, "/api/path/log/cases?log=desk", "/api/path/log/table.csv?log=desk&table=edges"):
        assert "desk" not in str(said(narrow, address, 400))
