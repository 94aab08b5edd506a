from io import BytesIO
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from openpyxl import load_workbook

from tests.unit.web.routes.conftest import said
from voronka.bootstrap import OpenCompany
from voronka.domain.scope import Scope
from voronka.metrics.query import Query
from voronka.web.shapes import AnswerShown

FEBRUARY = "from=2026-02-01&to=2026-02-28"


def test_a_question_is_answered_with_its_cut_and_totals(asking: TestClient) -> None:
    answer = asking.get(f"/api/query?metric=revenue&metric=deals_won&by=employee&{FEBRUARY}&compare=previous")
    assert answer.headers["content-type"] == "application/json"
    shown = answer.json()
    AnswerShown.model_validate(shown)
    assert shown["ask"] == {
        "metrics": ["revenue", "deals_won"],
        "by": ["employee"],
        "where": {},
        "from": "2026-02-01",
        "to": "2026-02-28",
        "compare": "previous",
    }
    assert [(row["employee"], row["revenue"], row["deals_won"]) for row in shown["rows"]] == [
        ("Анна", 1500.5, 2),
        ("Борис", 0, 0),
    ]
    assert shown["totals"] == {"revenue": 1500.5, "revenue_previous": 0, "deals_won": 2, "deals_won_previous": 0}


def test_values_of_one_dimension_are_any_of_them_and_are_not_split(asking: TestClient) -> None:
    both = asking.get(f"/api/query?metric=revenue&where=channel%3DСайт&where=channel%3DAvito&{FEBRUARY}")
    assert both.json()["totals"] == {"revenue": 1500.5}
    assert both.json()["ask"]["where"] == {"channel": ["Сайт", "Avito"]}
    nobody = asking.get(f"/api/query?metric=deals_created&where=team%3D&{FEBRUARY}")
    assert (nobody.json()["totals"], nobody.json()["ask"]["where"]) == ({"deals_created": 4}, {"team": [None]})


def test_without_a_period_all_time_is_meant(asking: TestClient) -> None:
    ask = asking.get("/api/query?metric=deals_created").json()["ask"]
    assert (ask["from"], ask["to"]) == (None, None)


def test_a_first_day_alone_means_until_today(asking: TestClient) -> None:
    ask = asking.get("/api/query?metric=calls&from=2026-02-27").json()["ask"]
    assert (ask["from"], ask["to"]) == ("2026-02-27", "2026-03-02")


def test_the_answer_is_the_one_that_everybody_gets(asking: TestClient, selling: OpenCompany) -> None:
    shown = asking.get("/api/query?metric=talk_time&by=employee").json()
    answer = selling.metrics.query(Query(metrics=("talk_time",), by=("employee",), scope=Scope.everything()))
    assert shown["rows"] == answer.rows
    assert shown["data_version"] == answer.data_version


@pytest.mark.parametrize(
    ("address", "what", "do"),
    [
        ("metric=revenu", "Unknown metric: revenu", "Did you mean revenue"),
        ("metric=revenue&by=chanel", "Unknown dimension: chanel", "Did you mean channel"),
        ("metric=revenue&where=channel", "not a filter: channel", "Write dimension=value"),
        ("metric=revenue&to=2026-01-01", "a period needs its first day", "from"),
        ("metric=revenue&from=2026-02-02&to=2026-02-01", "the period ends before it begins", ""),
        ("metric=revenue&where=channel%3DRadio", "No such channel: Radio", ""),
        ("metric=revenue&compare=year", "A comparison needs a period", "first and last day"),
        ("metric=revenue&from=2026", "from: not a day: 2026. Write it as 2026-01-31", ""),
        ("metric=revenue&compare=week", "compare: Input should be 'previous' or 'year'", ""),
        ("by=employee", "metric: Field required", ""),
    ],
)
def test_what_cannot_be_asked_is_told_with_what_to_do(asking: TestClient, address: str, what: str, do: str) -> None:
    error = said(asking, f"/api/query?{address}", 400)
    assert error["kind"] == "question"
    assert what in error["what"]
    assert do in error["do"]


def test_the_same_question_is_not_answered_twice_to_one_browser(asking: TestClient) -> None:
    first = asking.get("/api/query?metric=calls")
    again = asking.get("/api/query?metric=calls", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_separated_values_are_for_the_spreadsheet_of_the_language(asking: TestClient) -> None:
    russian = asking.get(f"/api/query.csv?metric=revenue&by=channel&{FEBRUARY}")
    assert russian.headers["content-type"] == "text/csv; charset=utf-8"
    name = quote("Сумма продаж, 2026-02-01—2026-02-28.csv")
    plain = "revenue-2026-02-01-2026-02-28.csv"
    assert russian.headers["content-disposition"] == f"attachment; filename=\"{plain}\"; filename*=UTF-8''{name}"
    lines = russian.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "Канал;Сумма продаж;Канал, id"
    assert [line.split(";")[:2] for line in lines[1:]] == [["Сайт", "1500,50"], ["Avito", "0,00"], ["Итого", "1500,50"]]
    english = asking.get(f"/api/query.csv?metric=revenue&by=channel&{FEBRUARY}&lang=en")
    assert english.content.decode("utf-8-sig").splitlines()[0] == 'Channel,Revenue,"Channel, id"'
    assert quote("Revenue, 2026-02-01—2026-02-28.csv") in english.headers["content-disposition"]
    assert said(asking, "/api/query.csv?metric=revenue&lang=fr", 400)["kind"] == "question"
    assert "Did you mean revenue" in said(asking, "/api/query.csv?metric=revenu", 400)["do"]


def test_a_workbook_has_the_table_the_definitions_and_the_cut(asking: TestClient) -> None:
    answer = asking.get(f"/api/query.xlsx?metric=revenue&metric=calls&by=employee&{FEBRUARY}")
    assert answer.headers["content-disposition"].endswith(quote("Сумма продаж, Звонки, 2026-02-01—2026-02-28.xlsx"))
    book = load_workbook(BytesIO(answer.content))
    table = [[cell.value for cell in row] for row in book["Данные"].rows]
    assert table[0][:3] == ["Сотрудник", "Сумма продаж", "Звонки"]
    assert [row[:3] for row in table[1:]] == [["Анна", 1500.5, 2], ["Борис", 0, 1], ["Итого", 1500.5, 3]]
    assert [row[0].value for row in book["Определения"].rows] == ["Название", "Сумма продаж", "Звонки"]
    cut = {row[0].value: row[1].value for row in book["Срез"].rows}
    assert cut["Период"] == "2026-02-01 – 2026-02-28"
    assert (cut["Компания"], cut["Составлено"]) == ("Северный ветер", "2026-03-02 12:00")


def test_a_plan_that_nobody_made_is_no_column_of_a_file(asking: TestClient) -> None:
    asked = f"metric=revenue&metric=revenue_plan&by=employee&{FEBRUARY}&compare=previous"
    lines = asking.get(f"/api/query.csv?{asked}").content.decode("utf-8-sig").splitlines()
    assert lines[0] == "Сотрудник;Сумма продаж;Сумма продаж, до этого;Сотрудник, id"
    book = load_workbook(BytesIO(asking.get(f"/api/query.xlsx?{asked}").content))
    assert [row[0].value for row in book["Определения"].rows] == ["Название", "Сумма продаж"]
    cut = [[cell.value for cell in row] for row in book["Срез"].rows]
    assert ["Не учтено", "План: Сумма продаж: плана нет"] in cut
