import pytest
from fastapi.testclient import TestClient

from tests.unit.web.routes.conftest import said
from voronka.web.path_shapes import GreyZonesShown, PathPageShown

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
