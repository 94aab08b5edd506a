from dataclasses import replace
from pathlib import Path

import pytest
from fastapi import Request
from fastapi.testclient import TestClient

from tests.reports.two_cuts import metrics_of_cuts
from tests.unit.web.conftest import HERE
from tests.unit.web.routes.conftest import said
from voronka.bootstrap import OpenCompany
from voronka.domain.scope import Scope
from voronka.web.app import create_app
from voronka.web.path_shapes import AgainstShown, GreyZonesShown, HandsShown, PathPageShown
from voronka.web.visitor import Visitor, visitor

FEBRUARY = "from=2026-02-01&to=2026-02-28"
ALL = f"{FEBRUARY}&entity=deal&events=all"


def test_the_page_has_the_shape_that_is_told_of_it(asking: TestClient) -> None:
    page = asking.get(f"/api/path?{FEBRUARY}").json()
    PathPageShown.model_validate(page)
    assert page["name"] == "path"
    assert page["facts"] == {"from": "2026-02-01", "to": "2026-02-28"}


def test_behind_each_figure_stand_as_many_cases(asking: TestClient) -> None:
    path = asking.get(f"/api/path?{ALL}").json()["path"]
    whole = asking.get(f"/api/path/cases?{ALL}").json()
    assert whole["total"] == path["cases"] == len(whole["rows"])
    for step in path["steps"]:
        listed = asking.get(f"/api/path/cases?{ALL}", params={"step": step["key"]}).json()
        assert listed["total"] == step["cases"]
    for way in path["ways"]:
        listed = asking.get(f"/api/path/cases?{ALL}", params={"way": way["steps"]}).json()
        assert listed["total"] == way["cases"]


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/api/path?entity=company", 400),
        ("/api/path?pipeline=nowhere", 400),
        ("/api/path?axis=paid", 400),
        ("/api/path/cases?deviation=late", 400),
        ("/api/path/cases?stuck=somewhere", 400),
        (f"/api/path/cases?{ALL}&sort=nothing", 400),
        (f"/api/path/cases?{FEBRUARY}&as_meant=true&pipeline=*", 400),
        (f"/api/path/against?{FEBRUARY}", 400),
        (f"/api/path/against?{FEBRUARY}&against=everything", 400),
        (f"/api/path/against?{FEBRUARY}&against=employee", 400),
        (f"/api/path/against?{FEBRUARY}&against=channel&whom=nowhere", 400),
        (f"/api/path/handovers?{FEBRUARY}&within=0", 400),
        (f"/api/path/table.csv?{FEBRUARY}&table=nothing", 400),
    ],
)
def test_what_is_not_there_is_told(asking: TestClient, address: str, status: int) -> None:
    assert said(asking, address, status)["what"]


def test_grey_zones_have_the_shape_that_is_told_of_them(asking: TestClient) -> None:
    found = asking.get(f"/api/path/grey?{FEBRUARY}").json()
    GreyZonesShown.model_validate(found)
    for zone in found["zones"]:
        asked = {"stuck": zone["kind"], "step": zone["step"] or ""}
        assert asking.get(f"/api/path/cases?{FEBRUARY}", params=asked).json()["total"] == zone["now_cases"]


def test_the_answer_is_not_put_together_again(asking: TestClient) -> None:
    first = asking.get("/api/path")
    assert asking.get("/api/path", headers={"If-None-Match": first.headers["etag"]}).status_code == 304


def test_two_cuts_have_the_shape_that_is_told_of_them(asking: TestClient) -> None:
    found = asking.get(f"/api/path/against?{ALL}&against=outcome").json()
    AgainstShown.model_validate(found)
    assert (found["is_enough"], found["refused"]) == (False, None)
    beyond = AgainstShown.model_validate(asking.get(f"/api/path/against?{ALL}&against=since&whom=2025-01-01").json())
    assert beyond.refused == "day"
    listed = asking.get(f"/api/path/cases?{ALL}&against=outcome&side=one").json()
    assert listed["total"] == found["one"]["cases"]


def test_hand_overs_have_the_shape_that_is_told_of_them(asking: TestClient) -> None:
    for by in ("people", "roles"):
        found = asking.get(f"/api/path/handovers?{ALL}&by={by}").json()
        HandsShown.model_validate(found)
        listed = asking.get(f"/api/path/cases?{ALL}&by={by}&which=handed").json()
        assert listed["total"] == found["handed_cases"]


def test_cases_whose_stages_nobody_tells_are_listed(asking: TestClient) -> None:
    path = asking.get(f"/api/path?{FEBRUARY}&entity=deal&pipeline=*").json()["path"]
    listed = asking.get(f"/api/path/cases?{FEBRUARY}&entity=deal&pipeline=*&untold=true").json()
    assert listed["total"] == path["untold"]


MARCH = "from=2026-03-01&to=2026-03-31&pipeline=sales&events=all"
"""The days of the cases of two cuts: 24 won ones of Anna, 30 lost ones that Boris owned, 20 of them handed to him."""


def seeing(selling: OpenCompany, static: Path, scope: Scope) -> TestClient:
    """Return a browser of somebody who sees so much of the cases of two cuts."""
    app = create_app(replace(selling, metrics=metrics_of_cuts()), static=static)

    def narrow(request: Request) -> Visitor:
        return Visitor("Somebody", "ae", scope, "en", request.app.state.company, request)

    app.dependency_overrides[visitor] = narrow
    return TestClient(app, base_url=HERE)


def test_a_manager_never_sees_the_cases_of_another(selling: OpenCompany, tmp_path: Path) -> None:
    owned = {"Anna": {f"d:{number}" for number in range(1, 25)}, "Boris": {f"d:{number}" for number in range(25, 55)}}
    parts = (
        "against=outcome&side=one",
        "against=outcome&side=other",
        "which=handed",
        "source=demo&target=stage:sales:Talk",
    )
    whole = seeing(selling, tmp_path, Scope.everything())
    everything = [whole.get(f"/api/path/cases?{MARCH}&{part}").json()["total"] for part in parts]
    assert everything == [24, 30, 20, 34]
    for person, ids in owned.items():
        browser = seeing(selling, tmp_path, Scope.of(person))
        for part in parts:
            listed = browser.get(f"/api/path/cases?{MARCH}&{part}&limit=100").json()
            assert {row["id"] for row in listed["rows"]} <= ids
        told = browser.get(f"/api/path/against?{MARCH}&against=outcome").json()
        assert (told["one"]["cases"], told["other"]["cases"]) == ((24, 0) if person == "Anna" else (0, 30))
        handed = browser.get(f"/api/path/handovers?{MARCH}").json()
        assert handed["handed_cases"] == (0 if person == "Anna" else 20)
        other = "Boris" if person == "Anna" else "Anna"
        said(browser, f"/api/path/against?{MARCH}&against=employee&whom={other}", 400)
        assert {"Anna": "Анна", "Boris": "Борис"}[other] not in browser.get(
            f"/api/path/table.csv?{MARCH}&table=handovers"
        ).text
