from datetime import date
from typing import Any

import pytest

from voronka.domain.scope import Scope, Span
from voronka.metrics.search import Found
from voronka.reports.found import plain_found, whole_number
from voronka.reports.links import RecordLinks

TODAY, MADE, CLOSED = date(2026, 3, 31), date(2026, 1, 10), date(2026, 3, 5)
LINKS = RecordLinks({("crm", "deal"): "https://crm.example/{id}"})
DEAL = {"kind": "deal", "id": "crm:1", "rank": 0, "title": None, "created_day": MADE, "created_employee_id": "boris"}


def lists(scope: Scope, **found: Any) -> list[Any]:  # noqa: ANN401 - Found's own
    told: list[Any] = plain_found(Found(**found), scope, LINKS, TODAY)["lists"]
    return told


def test_a_record_without_a_title_is_called_by_its_id_and_opened_in_its_system() -> None:
    told = plain_found(Found(**DEAL, person="Пётр"), Scope.everything(), LINKS, TODAY)  # type: ignore[arg-type]
    assert (told["title"], told["client"], told["open"]) == ("1", "Пётр", "https://crm.example/1")


def test_a_record_stands_in_its_clients_list_of_the_day_it_was_made() -> None:
    (told,) = lists(Scope.everything(), **DEAL, account_id="a1", contact_id="c1")
    assert told == {"metric": "deals_created", "where": {"account": ["a1"]}, "from": MADE, "to": MADE}
    (told,) = lists(Scope.everything(), **DEAL | {"kind": "lead", "created_employee_id": None})
    assert told == {"metric": "leads", "where": {"employee": [None]}, "from": MADE, "to": MADE}


@pytest.mark.parametrize(
    ("more", "metric", "employee", "day"),
    [
        ({"outcome": "open", "employee_id": "anna"}, "deals_open", "anna", TODAY),
        ({"outcome": "won", "closed_day": CLOSED, "closed_employee_id": "anna"}, "deals_won", "anna", CLOSED),
        ({"outcome": "lost", "closed_day": CLOSED, "closed_employee_id": "anna"}, "deals_lost", "anna", CLOSED),
    ],
)
def test_one_who_took_a_deal_over_is_shown_the_list_that_they_see(
    more: dict[str, object], metric: str, employee: str, day: date
) -> None:
    (told,) = lists(Scope.of("anna"), **DEAL, **more)
    assert told == {"metric": metric, "where": {"employee": [employee]}, "from": day, "to": day}


def test_a_record_in_no_list_of_the_visitors_has_none() -> None:
    february = Scope(spans=(Span("anna", date(2026, 2, 1), date(2026, 3, 1)),))
    assert lists(february, **DEAL, outcome="won", closed_day=CLOSED, closed_employee_id="anna") == []


def test_a_client_has_lists_of_deals_and_leads_and_a_person_none() -> None:
    told = lists(Scope.of("anna"), kind="contact", id="crm:c1", rank=1, title="Пётр")
    assert [(each["metric"], each["where"], each["from"]) for each in told] == [
        ("deals_created", {"contact": ["crm:c1"]}, None),
        ("leads", {"contact": ["crm:c1"]}, None),
    ]
    assert lists(Scope.everything(), kind="employee", id="anna", rank=1, title="Анна") == []


def test_a_whole_number_is_read_as_identity_has_it_however_it_is_written() -> None:
    written = ["8 (916) 000-00-33", "+7 916 000 00 33", "9160000033"]
    assert {whole_number(text, "RU") for text in written} == {"79160000033"}
    assert [whole_number(text, "RU") for text in ("0033", "склад 7", "", "Анна")] == ["", "", "", ""]
