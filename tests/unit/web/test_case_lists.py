"""The cases behind a figure as files, and which page of them an address asks for."""

import csv
import io

import pytest
from fastapi.testclient import TestClient
from openpyxl import load_workbook

CASES = "from=2026-02-01&to=2026-02-28&entity=deal&events=all"


def test_a_page_is_asked_with_its_order(signed_in: TestClient) -> None:
    answer = signed_in.get(f"/api/path/cases?{CASES}&limit=1&offset=0&sort=title&order=asc").json()
    assert (answer["limit"], answer["offset"]) == (1, 0)
    assert [column["name"] for column in answer["columns"]][:3] == ["title", "employee", "amount"]


@pytest.mark.parametrize("part", ["limit=0", "limit=501", "offset=-1", "order=sideways"])
def test_a_page_that_cannot_be_is_refused(signed_in: TestClient, part: str) -> None:
    assert signed_in.get(f"/api/path/cases?{CASES}&{part}").status_code == 400


def test_files_hold_every_case(signed_in: TestClient) -> None:
    leads = "from=2026-02-01&to=2026-02-28&entity=lead&axis=created&events=all"
    total = signed_in.get(f"/api/path/cases?{leads}&limit=1").json()["total"]
    answer = signed_in.get(f"/api/path/cases.csv?{leads}&lang=en&limit=1")
    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert rows[0][:3] == ["Title", "Manager", "Amount"]
    assert len(rows) == 1 + total
    assert "Customer path" in answer.headers["content-disposition"].replace("%20", " ")
    book = load_workbook(io.BytesIO(signed_in.get(f"/api/path/cases.xlsx?{leads}&lang=ru").content))
    assert book.active is not None
    assert [cell.value for cell in book.active[1]][:2] == ["Название", "Менеджер"]
    assert any("2026-02-01" in str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)
