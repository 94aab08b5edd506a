"""The funnel over HTTP: four deals without stages, so that it goes from the deal to its win."""

import pytest
from fastapi.testclient import TestClient

from tests.unit.web.routes.conftest import said
from voronka.web.funnel_shapes import FunnelCohortsShown, FunnelPageShown
from voronka.web.shapes import RecordsShown

FEBRUARY = "from=2026-02-01&to=2026-02-28"


def test_the_page_has_the_shape_that_is_told_of_it(asking: TestClient) -> None:
    page = asking.get(f"/api/funnel?{FEBRUARY}&by=employee").json()
    FunnelPageShown.model_validate(page)
    assert [(row["step"], row["cases"]) for row in page["tables"]["steps"]["rows"]] == [
        ("deal_created", 4),
        ("deal_won", 2),
    ]
    assert [(row["employee"], row["finished"]) for row in page["tables"]["groups"]["rows"]] == [
        ("Анна", 2),
        ("Борис", 0),
    ]
    assert page["headline"]["values"]["percent"] == 50


def test_months_have_the_shape_that_is_told_of_them(asking: TestClient) -> None:
    told = asking.get(f"/api/funnel/cohorts?{FEBRUARY}").json()
    FunnelCohortsShown.model_validate(told)
    assert [(row["month"], row["cases"], row["finished"]) for row in told["cohorts"]["rows"]] == [("2026-02", 4, 2)]


@pytest.mark.parametrize(("behind", "ids"), [("reached", "1 2 3 4"), ("went_on", "1 2"), ("lost", "3"), ("open", "4")])
def test_cases_behind_a_number_are_records_with_their_addresses(asking: TestClient, behind: str, ids: str) -> None:
    listed = asking.get(f"/api/funnel/cases?{FEBRUARY}&place=0&behind={behind}&sort=created_at&order=asc").json()
    RecordsShown.model_validate(listed)
    assert [row["open"] for row in listed["rows"]] == [
        f"https://crm.example.com/deals/{number}" for number in ids.split()
    ]


def test_cases_and_tables_are_files_too(asking: TestClient) -> None:
    cases = asking.get(f"/api/funnel/cases.csv?{FEBRUARY}&lang=ru")
    assert len(cases.text.splitlines()) == 1 + 4
    for address in ("cases.xlsx?", "table.xlsx?table=steps&", "table.csv?table=losses&"):
        answer = asking.get(f"/api/funnel/{address}{FEBRUARY}")
        assert (answer.status_code, "attachment" in answer.headers["content-disposition"]) == (200, True), address


def test_what_cannot_be_asked_is_told(asking: TestClient) -> None:
    assert "there is no step deals" in said(asking, "/api/funnel?step=deals", 400)["what"]
    assert "no pipeline sale is configured" in said(asking, "/api/funnel?pipeline=sale", 400)["what"]
    assert said(asking, "/api/funnel?sequence=backwards", 400)
