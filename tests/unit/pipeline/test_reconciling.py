"""What two places say of the same, held against each other: differences counted by hand."""

from decimal import Decimal
from pathlib import Path

import pytest

from tests.company import CompanyFolder
from voronka.bootstrap import workplace
from voronka.domain.errors import QuestionError
from voronka.pipeline.mending import import_mended
from voronka.pipeline.reconciling import Reconciled, reconcile

CALL = {"activity_id": "id", "employee": "who", "client_phone": "phone", "started_at": "at", "talk_seconds": "s"}
PEOPLE = {"employee_id": "id", "name": "name"}


@pytest.fixture
def company(tmp_path: Path) -> CompanyFolder:
    """Return a company with two people."""
    made = CompanyFolder(tmp_path / "company")
    made.stream("crm", "people", "id,name\n1,Anna\n2,Boris\n", into="employees", columns=PEOPLE)
    return made


def found(company: CompanyFolder, kind: str, here: str = "", there: str = "", seconds: int | None = None) -> Reconciled:
    """Reconcile what is built, and hold the sums of the differences against those of the two places."""
    with workplace(str(company.folder), lambda: company.now) as work:
        made = reconcile(work, kind, here, there, seconds)
    whole = made.summary[-1]
    assert whole["state"] == "all"
    assert whole["difference"] == whole["here_value"] - whole["there_value"]
    assert whole["difference"] == sum(row["difference"] for row in made.records)
    return made


def told(made: Reconciled, *names: str) -> list[tuple[object, ...]]:
    return [tuple(row[name] for name in names) for row in made.records]


def test_calls_of_the_crm_and_the_telephony_are_paired_one_to_one(company: CompanyFolder) -> None:
    company.stream("crm", "deals", "no\n1\n", into="deals", columns={"deal_id": "no"})
    crm = (
        "id,who,phone,at,s\n"
        "1,Anna,8 903 123-45-67,2026-01-05 10:00:00,60\n"  # alike
        "2,Anna,8 903 123-45-67,2026-01-05 10:02:00,30\n"  # 20 seconds of talk more there
        "3,Boris,+79160000001,2026-01-05 11:00:00,15\n"  # nobody called then
        "4,Anna,+79160000002,2026-01-05 12:00:00,40\n"  # Boris did
        "5,Anna,,2026-01-05 13:00:00,10\n"  # without a number
    )
    pbx = (
        "id,who,phone,at,s\n"
        "a,Anna,79031234567,2026-01-05 10:00:20,63\n"
        "b,Anna,79031234567,2026-01-05 10:02:10,50\n"
        "c,Boris,79160000001,2026-01-05 11:05:00,15\n"
        "d,Boris,79160000002,2026-01-05 12:00:05,40\n"
    )
    company.stream("crm", "calls", crm, into="calls", columns=CALL)
    company.stream("pbx", "calls", pbx, into="calls", columns=CALL)
    company.load_and_build()
    made = found(company, "calls")
    assert (made.here, made.there) == ("crm", "pbx")
    assert told(made, "state", "here_id", "there_id", "difference", "detail") == [
        ("differs", "crm:call:2", "pbx:call:b", -20, "value"),
        ("here", "crm:call:3", None, 15, None),
        ("there", None, "pbx:call:c", -15, None),
        ("differs", "crm:call:4", "pbx:call:d", 0, "employee"),
        ("here", "crm:call:5", None, 10, "no_key"),
        ("both", "crm:call:1", "pbx:call:a", -3, None),
    ]
    assert [(row["state"], row["records"], row["difference"]) for row in made.summary] == [
        ("both", 1, -3),
        ("differs", 2, -20),
        ("here", 2, 25),
        ("there", 1, -15),
        ("all", 6, -13),
    ]
    assert told(made, "here_at", "there_at")[0] == ("2026-01-05 10:02:00", "2026-01-05 10:02:10")  # Moscow's clocks
    wider = found(company, "calls", seconds=600)
    assert ("both", "crm:call:3", "pbx:call:c") in told(wider, "state", "here_id", "there_id")
    turned = found(company, "calls", "pbx", "crm")
    assert turned.summary[-1]["difference"] == 13


def test_won_deals_are_held_against_what_was_paid(company: CompanyFolder) -> None:
    deals = "no,state,sum,at\n1,won,100,2026-01-05\n2,won,200,2026-01-05\n3,won,300,2026-01-05\n4,open,400,\n"
    columns = {"deal_id": "no", "outcome": "state", "amount": "sum", "closed_at": "at"}
    company.stream("crm", "deals", deals, into="deals", columns=columns)
    paid = (
        "id,deal,sum,at\n1,1,60,2026-01-06\n2,1,40,2026-01-07\n3,2,150,2026-01-06\n4,4,10,2026-01-06\n5,,7,2026-01-08\n"
    )
    columns = {"payment_id": "id", "deal_id": "deal", "amount": "sum", "paid_at": "at"}
    company.stream("crm", "payments", paid, into="payments", columns=columns)
    company.load_and_build()
    made = found(company, "payments")
    assert set(told(made, "state", "here_id", "there_id", "difference", "detail")) == {
        ("both", "crm:1", "crm:1", 0, None),
        ("differs", "crm:2", "crm:2", 50, "amount"),
        ("here", "crm:3", None, 300, "not_paid"),
        ("there", None, "crm:4", -10, "deal_open"),
        ("there", None, "crm:5", -7, "payment_of_no_deal"),
    }
    assert (made.summary[-1]["here_value"], made.summary[-1]["there_value"]) == (600, 267)


def test_money_without_a_rate_is_unknown_and_not_nothing(company: CompanyFolder) -> None:
    deals = "no,state,sum,at,cur\n1,won,100,2026-01-05,EUR\n2,won,200,2026-01-05,RUB\n"
    columns = {"deal_id": "no", "outcome": "state", "amount": "sum", "closed_at": "at", "currency": "cur"}
    company.stream("crm", "deals", deals, into="deals", columns=columns)
    paid = "id,deal,sum,at,cur\n1,1,60,2026-01-06,EUR\n2,2,200,2026-01-06,RUB\n3,,7,2026-01-08,EUR\n"
    columns = {"payment_id": "id", "deal_id": "deal", "amount": "sum", "paid_at": "at", "currency": "cur"}
    company.stream("crm", "payments", paid, into="payments", columns=columns)
    company.load_and_build()
    with workplace(str(company.folder), lambda: company.now) as work:
        made = reconcile(work, "payments")
    assert set(told(made, "state", "there_id", "here_value", "there_value", "difference", "detail")) == {
        ("differs", "crm:1", None, None, None, "amount_unknown"),
        ("both", "crm:2", 200, 200, 0, None),
        ("there", "crm:3", 0, None, None, "payment_of_no_deal, amount_unknown"),
    }
    assert [(row["state"], row["there_value"]) for row in made.summary] == [
        ("both", 200),
        ("differs", None),
        ("there", None),
        ("all", 200),
    ]


def test_leads_are_held_against_the_sites_forms(company: CompanyFolder) -> None:
    columns = {"lead_id": "id", "phone": "phone", "email": "mail", "created_at": "at"}
    crm = (
        "id,phone,mail,at\n"
        "1,+79031234567,,2026-01-05 10:00\n"
        "2,,ann@x.ru,2026-01-05 10:00\n"
        "3,+79160000001,,2026-01-05 10:00\n"
    )
    site = (
        "id,phone,mail,at\n"
        "a,8 (903) 123-45-67,,2026-01-05 09:58\n"
        "b,,ANN@x.ru,2026-01-05 09:59\n"
        "c,+79160000001,,2026-01-01 10:00\n"
    )
    company.stream("crm", "leads", crm, into="leads", columns=columns)
    company.stream("crm", "deals", "no\n1\n", into="deals", columns={"deal_id": "no"})
    company.stream("site", "forms", site, into="leads", columns=columns)
    company.load_and_build()
    made = found(company, "leads")
    assert set(told(made, "state", "here_id", "there_id")) == {
        ("both", "crm:1", "site:a"),
        ("both", "crm:2", "site:b"),
        ("here", "crm:3", None),
        ("there", None, "site:c"),
    }


def test_leads_are_held_against_the_visits_that_name_them(company: CompanyFolder) -> None:
    leads = "id,at\n1,2026-01-05 10:00\n2,2026-01-05 10:00\n"
    company.stream("crm", "leads", leads, into="leads", columns={"lead_id": "id", "created_at": "at"})
    visits = "id,lead,at\n7,1,2026-01-05 09:00\n8,1,2026-01-05 09:30\n9,5,2026-01-05 09:00\n"
    columns = {"touch_id": "id", "lead_id": "lead", "touched_at": "at"}
    company.stream("crm", "visits", visits, into="touches", columns=columns)
    company.load_and_build()
    assert set(told(found(company, "leads"), "state", "here_id", "there_id")) == {
        ("both", "crm:1", "crm:7"),
        ("here", "crm:2", None),
        ("there", None, "crm:9"),
    }


def test_a_files_own_total_is_explained_by_the_rows_put_aside(company: CompanyFolder) -> None:
    deals = "ID;Сделка;Сумма\n1;а;100\n2;б;200\n;без ключа;50\n3;в;300\nИтого;;660\n"
    columns = {"deal_id": "ID", "title": "Сделка", "amount": "Сумма"}
    company.stream("crm", "deals", deals, into="deals", columns=columns)
    company.load_and_build()
    made = found(company, "totals")
    assert told(made, "state", "here_value", "there_value", "difference", "detail") == [
        ("there", Decimal(0), Decimal(50), Decimal(-50), "missing_key"),
        ("differs", Decimal(600), Decimal(610), Decimal(-10), "unexplained"),
    ]
    assert made.summary[-1]["there_value"] == 660


def test_the_amount_of_a_row_put_aside_is_read_as_the_import_reads_it(company: CompanyFolder) -> None:
    deals = (
        "ID;Сделка;Сумма;Дата\n"
        "1;а;34 400,50 руб.;01.09.2026\n"
        "2;б;150 000,00 руб.;31.09.2026\n"
        ";в;(1.250,50) ₽;03.09.2026\n"
        "4;г;12;что;то;лишнее\n"
        "Итого;;183 150,00 руб.;\n"
    )
    columns = {"deal_id": "ID", "title": "Сделка", "amount": "Сумма", "created_at": "Дата"}
    company.stream("crm", "deals", deals, into="deals", columns=columns)
    company.load_and_build()
    made = found(company, "totals")
    assert told(made, "there_value", "difference", "detail") == [
        (Decimal(150_000), Decimal(-150_000), "bad_time"),
        (Decimal("-1250.5"), Decimal("1250.5"), "missing_key"),
        (Decimal(0), Decimal(0), "too_many_fields"),
        (Decimal("34400.5"), Decimal(0), None),
    ]
    assert made.summary[-1]["there_value"] == Decimal(183_150)


def test_an_amount_in_thousands_put_aside_is_told_as_the_total_is(company: CompanyFolder) -> None:
    deals = "ID;Сумма, тыс. руб.\n1;100\n;50,5\nИтого;150,5\n"
    company.stream("crm", "deals", deals, into="deals", columns={"deal_id": "ID", "amount": "Сумма, тыс. руб."})
    company.load_and_build()
    assert told(found(company, "totals"), "there_value", "detail") == [
        (Decimal(50_500), "missing_key"),
        (Decimal(100_000), None),
    ]


def test_rows_that_were_mended_or_came_in_later_are_in_the_total_of_their_file(company: CompanyFolder) -> None:
    deals = "ID;Сделка;Сумма;Дата\n1;а;100;2026-01-01\n2;б;200;когда-то\n;в;60;2026-01-03\nИтого;;360;\n"
    columns = {"deal_id": "ID", "title": "Сделка", "amount": "Сумма", "created_at": "Дата"}
    company.stream("crm", "deals", deals, into="deals", columns=columns)
    company.load_and_build()
    (load,) = (each for each in company.loads() if each.stream == "deals")
    company.write(
        "mend.csv", f"ID,Сделка,Сумма,Дата,_load,_row,_reason\n3,в,60,2026-01-03,{load.load_id},4,missing_key\n"
    )
    with workplace(str(company.folder), lambda: company.now) as work:
        import_mended(work, company.folder / "mend.csv")
    company.export("crm", "deals", "ID;Сделка;Сумма;Дата\n2;б;200;2026-01-02\n", "-2")
    company.load_and_build()
    made = found(company, "totals")
    assert told(made, "state", "here_value", "there_value", "difference", "detail") == [
        ("both", Decimal(200), Decimal(200), Decimal(0), None),
        ("both", Decimal(60), Decimal(60), Decimal(0), None),
        ("both", Decimal(100), Decimal(100), Decimal(0), None),
    ]
    assert made.summary[-1]["here_value"] == 360


def test_where_there_are_not_two_places_it_is_said(company: CompanyFolder) -> None:
    company.stream(
        "pbx", "calls", "id,at\n1,2026-01-05\n", into="calls", columns={"activity_id": "id", "started_at": "at"}
    )
    company.load_and_build()
    for kind, said in (("calls", "only pbx has calls"), ("leads", "no leads of two sources")):
        with pytest.raises(QuestionError, match=said):
            found(company, kind)
    company.stream(
        "crm", "calls", "id,at\n1,2026-01-05\n", into="calls", columns={"activity_id": "id", "started_at": "at"}
    )
    company.load_and_build()
    with pytest.raises(QuestionError, match="the source ats has no calls"):
        found(company, "calls", "pbx", "ats")
