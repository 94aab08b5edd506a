from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.unit.web.conftest import HERE, Opener, sign_in
from voronka.bootstrap import OpenCompany
from voronka.web.app import create_app
from voronka.web.shapes import MetricShown


def test_every_metric_in_force_is_told_with_its_meaning(asking: TestClient, selling: OpenCompany) -> None:
    shown = asking.get("/api/metrics").json()
    assert [metric["name"] for metric in shown] == list(selling.metrics.catalogue.names)
    for metric in shown:
        MetricShown.model_validate(metric)
    by_name = {metric["name"]: metric for metric in shown}
    talk_time = by_name["talk_time"]
    assert talk_time["meaning"] == "sum: talk_seconds / 3600.0 where answered"
    assert (talk_time["unit"], talk_time["better"], talk_time["fact"]) == ("hours", "up", "fct_calls")
    assert talk_time["target"] == {"per": "employee and working day", "from": 2.0, "to": 6.0}
    assert (talk_time["axis"], talk_time["additive"], talk_time["verb"]) == ("started", True, "sum")
    win_rate = by_name["win_rate"]
    assert (win_rate["variant"], [v["name"] for v in win_rate["variants"]]) == (
        "by_count",
        ["by_count", "from_accepted"],
    )
    assert win_rate["variants"][1]["definition"]["en"].startswith("The same over deals only that reached the milestone")
    assert win_rate["formula"] == {
        "ru": "100 × «Продажи» / («Продажи» + «Отказы»)",
        "en": "100 × “Deals won” / (“Deals won” + “Deals lost”)",
    }
    assert talk_time["formula"] is None
    assert talk_time["definition"]["ru"].startswith("Часы самих разговоров")
    assert by_name["leads"]["source"] == {"ru": "собственное", "en": "own"}
    assert (win_rate["fact"], win_rate["target"], win_rate["additive"]) == (None, None, False)
    assert win_rate["file"] == "metrics/definitions/closed_deals.yml"


def test_the_statement_of_a_figure_is_told_for_the_cut_asked(asking: TestClient) -> None:
    answer = asking.get("/api/metrics/leads/sql?by=employee&where=channel=Сайт&from=2026-02-01&to=2026-02-28")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert "FROM fct_leads" in answer.text
    assert "created_employee_id" in answer.text
    assert "datetime.date(2026, 2, 28)" in answer.text


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("lead/sql", "Unknown metric: lead"),
        ("leads/sql?by=product", "leads cannot be cut by product"),
        ("first_response_median/sql", "is worked out by an analysis"),
    ],
)
def test_a_statement_that_there_is_not_is_told(asking: TestClient, path: str, said: str) -> None:
    answer = asking.get(f"/api/metrics/{path}")
    assert answer.status_code == 400
    assert said in answer.json()["error"]["what"]


def test_definitions_that_change_are_taken_over_while_the_server_runs(
    open_company: Opener, static: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("voronka.pipeline.defining.LOOK_SECONDS", 0.0)
    company = open_company()
    asking = TestClient(create_app(company, static=static), base_url=HERE)
    sign_in(asking, company)
    own = company.folder / "metrics" / "own.yml"
    own.parent.mkdir()
    own.write_text("metrics:\n  twice: { title: { ru: Вдвое, en: Twice }, formula: 2 * leads }\n", "utf-8")
    assert "twice" in {metric["name"] for metric in asking.get("/api/metrics").json()}
    assert asking.get("/api/query?metric=twice").json()["totals"] == {"twice": 6}
    assert asking.get("/api/session").json()["data"]["definitions"] is None
    own.write_text("metrics:\n  twice: { title: { ru: Вдвое, en: Twice }, formula: 2 * lead }\n", "utf-8")
    assert asking.get("/api/query?metric=twice").json()["totals"] == {"twice": 6}
    assert "own.yml:2: Unknown metric: lead" in asking.get("/api/session").json()["data"]["definitions"]
