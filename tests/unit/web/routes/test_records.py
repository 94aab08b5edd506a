from io import BytesIO
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from openpyxl import load_workbook

from tests.unit.web.routes.conftest import said
from voronka.web.routes import records
from voronka.web.shapes import RecordsShown

WON = "/api/records?metric=revenue&from=2026-02-01&to=2026-02-28"


def test_the_rows_behind_a_figure_are_shown_with_their_addresses(asking: TestClient) -> None:
    shown = asking.get(f"{WON}&sort=amount&order=desc").json()
    RecordsShown.model_validate(shown)
    assert (shown["metric"], shown["part"], shown["entity"], shown["total"]) == ("revenue", "revenue", "deal", 2)
    assert [(row["id"], row["amount"], row["open"]) for row in shown["rows"]] == [
        ("crm:1", 1000.5, "https://crm.example.com/deals/1"),
        ("crm:2", 500, "https://crm.example.com/deals/2"),
    ]
    assert shown["rows"][0]["closed_at"] == "2026-02-20T12:00:00"
    assert shown["rows"][0]["title"] == "=Склад"


def test_a_page_of_them_is_asked_for(asking: TestClient) -> None:
    shown = asking.get(f"{WON}&sort=amount&order=asc&limit=1&offset=1").json()
    assert [row["id"] for row in shown["rows"]] == ["crm:1"]
    assert (shown["total"], shown["limit"], shown["offset"]) == (2, 1, 1)


def test_the_part_of_a_formula_is_chosen(asking: TestClient) -> None:
    shown = asking.get("/api/records?metric=win_rate&part=deals_lost").json()
    assert [part["name"] for part in shown["parts"]] == ["deals_won", "deals_lost"]
    assert [row["id"] for row in shown["rows"]] == ["crm:3"]


def test_a_system_without_a_pattern_opens_nothing(asking: TestClient) -> None:
    shown = asking.get("/api/records?metric=calls&where=employee%3DБорис").json()
    assert [(row["id"], row["open"]) for row in shown["rows"]] == [("pbx:call:3", None)]


@pytest.mark.parametrize(
    ("address", "what"),
    [
        ("metric=revenu", "Unknown metric: revenu"),
        ("metric=win_rate&part=calls", "win_rate has no part: calls"),
        ("metric=revenue&sort=nothing", "These records have no column: nothing"),
        ("metric=revenue&limit=501", "limit: Input should be less than or equal to 500"),
        ("metric=revenue&offset=-1", "offset: Input should be greater than or equal to 0"),
        (f"metric=revenue&offset={10**24}", "offset: Input should be less than or equal to 1000000000000"),
        ("metric=revenue&order=up", "order: Input should be 'asc' or 'desc'"),
        ("where=team%3D", "metric: Field required"),
    ],
)
def test_what_cannot_be_asked_is_told(asking: TestClient, address: str, what: str) -> None:
    assert what in said(asking, f"/api/records?{address}", 400)["what"]


def test_all_of_them_are_in_the_files(asking: TestClient) -> None:
    address = WON.replace("/api/records", "/api/records.csv") + "&sort=amount"
    file = asking.get(address)
    assert file.headers["content-disposition"].endswith(quote("Сумма продаж, записи, 2026-02-01—2026-02-28.csv"))
    lines = file.content.decode("utf-8-sig").splitlines()
    assert [line.split(";")[0] for line in lines] == ["Сделка", "'=Склад", "Офис"]
    book = load_workbook(BytesIO(asking.get(address.replace(".csv", ".xlsx")).content))
    page = book["Данные"]
    assert [row[0].value for row in page.rows] == ["Сделка", "=Склад", "Офис"]
    assert page["A2"].data_type == "s"
    links = [cell.hyperlink.target for cell in next(iter(page.iter_rows(min_row=2))) if cell.hyperlink]
    assert links == ["https://crm.example.com/deals/1"]
    assert ["Показано записей", "2 из 2"] in [[cell.value for cell in row] for row in book["Срез"].rows]


def test_a_file_is_in_the_words_of_the_page(asking: TestClient) -> None:
    lines = asking.get("/api/records.csv?metric=revenue&sort=amount").content.decode("utf-8-sig").splitlines()
    columns = lines[0].split(";")
    cells = [dict(zip(columns, line.split(";"), strict=True)) for line in lines[1:]]
    assert [(row["Сумма"], row["Исход"]) for row in cells] == [("1000,50", "продажа"), ("500,00", "продажа")]
    assert cells[0]["Закрыта"] == "2026-02-20 12:00:00"
    english = asking.get("/api/records.csv?metric=win_rate&part=deals_lost&lang=en")
    assert ",lost," in english.content.decode("utf-8-sig").splitlines()[1]
    assert quote("Win rate, Deals lost, records.csv") in english.headers["content-disposition"]


def test_a_file_that_does_not_hold_them_all_says_so(asking: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "MOST", 1)
    address = "/api/records.csv?metric=revenue&sort=amount&lang="
    assert asking.get(address + "ru").content.decode().splitlines()[-1].startswith("Показано 1 из 2")
    assert asking.get(address + "en").content.decode().splitlines()[-1].startswith("Shown 1 of 2")
    book = load_workbook(BytesIO(asking.get("/api/records.xlsx?metric=revenue&sort=amount&order=asc").content))
    assert ["Показано записей", "1 из 2"] in [[cell.value for cell in row] for row in book["Срез"].rows]
