import json
from datetime import date, datetime

from tests.metrics.memory_engine import lake_of, march, metrics_over
from voronka.domain.scope import Scope
from voronka.metrics.dimensions import Title
from voronka.metrics.question import Filter
from voronka.metrics.records import Part, RecordColumn, Records
from voronka.reports.ask import Ask, Asker
from voronka.reports.findings import Finding, Opened
from voronka.reports.links import RecordLinks
from voronka.reports.plain import opened, plain_ask, plain_block, plain_finding, plain_records

ASK = Ask(("calls",), ("employee",), (Filter("channel", ("ads", None)),), march(), "previous")
LINKS = RecordLinks({("crm", "lead"): "https://crm.example.com/leads/{id}"})


def test_a_question_has_all_that_is_needed_to_ask_it_again() -> None:
    assert plain_ask(ASK) == {
        "metrics": ["calls"],
        "by": ["employee"],
        "where": {"channel": ["ads", None]},
        "from": "2026-03-01",
        "to": "2026-03-31",
        "compare": "previous",
    }
    all_time = plain_ask(Ask(("calls",)))
    assert (all_time["from"], all_time["to"], all_time["compare"], all_time["where"]) == (None, None, None, {})


def test_an_answer_stands_with_its_question_its_columns_and_what_was_left_out() -> None:
    calls = "call_id | employee | started_at | answered | talk_seconds\n1 | Anna | 2026-03-02 10:00 | true | 60"
    metrics = metrics_over(lake_of(fct_calls=calls))
    answer = plain_block(Asker(metrics, Scope.everything()).ask("calls", "meetings", by=["employee"], period=march()))
    assert answer["ask"]["metrics"] == ["calls", "meetings"]
    assert answer["columns"][2] == {
        "name": "calls",
        "title": {"ru": "Звонки", "en": "Calls"},
        "unit": "count",
        "kind": "metric",
        "better": "up",
        "variant": None,
        "since": None,
    }
    assert answer["rows"] == [{"employee": "Anna", "employee_id": "name:anna", "calls": 1, "meetings": None}]
    assert answer["totals"] == {"calls": 1, "meetings": None}
    assert (answer["data_version"], answer["as_of"]) == ("1", "2026-03-31")
    assert answer["left_out"] == [{"metric": "meetings", "reason": "not loaded: meetings", "rows": 0}]


def test_records_carry_local_times_and_their_own_addresses() -> None:
    columns = (RecordColumn("created_at", Title("Создан", "Created"), "time"),)
    made = datetime(2026, 3, 2, 10, 5, 0, 123456)  # noqa: DTZ001 - a local time
    rows: list[dict[str, object]] = [
        {"id": "crm:1", "url": None, "created_at": made, "closes_on": date(2026, 3, 9)},
        {"id": "site:2", "url": "https://site.example.com/2", "created_at": None},
    ]
    parts = (Part("leads", Title("Лиды", "Leads")),)
    listed = Records("leads", "leads", parts, "lead", columns, rows, 7, 50, 0, "1")
    shown = plain_records(listed, LINKS)
    assert shown["rows"] == [
        {
            "id": "crm:1",
            "created_at": "2026-03-02T10:05:00",
            "closes_on": "2026-03-09",
            "open": "https://crm.example.com/leads/1",
        },
        {"id": "site:2", "created_at": None, "open": "https://site.example.com/2"},
    ]
    assert shown["parts"] == [{"name": "leads", "title": {"ru": "Лиды", "en": "Leads"}}]
    assert shown["columns"] == [{"name": "created_at", "title": {"ru": "Создан", "en": "Created"}, "kind": "time"}]
    assert (shown["entity"], shown["total"], shown["limit"], shown["offset"]) == ("lead", 7, 50, 0)
    assert json.dumps(shown)


def test_a_row_that_says_what_it_is_is_opened_as_that() -> None:
    assert opened({"id": "crm:1", "entity": "lead"}, "quality_issue", LINKS) == "https://crm.example.com/leads/1"
    assert opened({"id": "crm:1", "entity": "stage"}, "quality_issue", LINKS) is None


def test_a_row_without_an_id_is_opened_nowhere() -> None:
    assert opened({"id": None}, "lead", LINKS) is None


def test_a_finding_says_which_records_stand_behind_it() -> None:
    finding = Finding("leads_unanswered", "bad", {"count": 4}, ASK, Opened("leads_unanswered", ASK), 5.0)
    assert plain_finding(finding) == {
        "kind": "leads_unanswered",
        "tone": "bad",
        "values": {"count": 4},
        "ask": plain_ask(ASK),
        "open": {"metric": "leads_unanswered", "ask": plain_ask(ASK)},
    }
    assert plain_finding(Finding("no_deals", "neutral", {}))["open"] is None
