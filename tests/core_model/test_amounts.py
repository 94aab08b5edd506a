"""What an open deal was worth on each day, from the changes that a source tells of."""

from datetime import date
from decimal import Decimal

from tests.company import CompanyFolder

CHANGES = {"deal_id": "deal", "field": "field", "old": "old", "new": "new", "changed_at": "at"}
COLUMNS = {
    "deal_id": "id",
    "amount": "sum",
    "currency": "in",
    "created_at": "made",
    "closed_at": "closed",
    "outcome": "how",
}


def states(company: CompanyFolder) -> list[tuple[object, ...]]:
    return company.ask("SELECT deal_id, from_day, to_day, amount_home FROM fct_deal_states ORDER BY deal_id, from_day")


def test_an_open_deal_is_worth_what_it_was_then_and_now_what_it_says_itself(company: CompanyFolder) -> None:
    deals = (
        "id,sum,in,made,closed,how\n1,300,RUB,2026-01-05 10:00,2026-02-20 10:00,won\n2,50,RUB,2026-01-05 10:00,,open\n"
    )
    company.stream("crm", "deals", deals, into="deals", columns=COLUMNS)
    changes = (
        "deal,field,old,new,at\n"
        "1,Сумма,100.00,120.00,2026-01-10 10:00\n"
        '1,Сумма,120.00,"1 200,50 ₽",2026-01-10 12:00\n'  # the last word of the day holds at its end
        '1,amount,"1,200.50",250,2026-02-01 10:00\n'
        "1,Комментарий,7,8,2026-02-02 10:00\n"
    )
    company.stream("crm", "changes", changes, into="changes", key="auto", columns=CHANGES)
    company.load_and_build()
    assert states(company) == [
        ("crm:1", date(2026, 1, 5), date(2026, 1, 10), Decimal(100)),
        ("crm:1", date(2026, 1, 10), date(2026, 2, 1), Decimal("1200.50")),
        ("crm:1", date(2026, 2, 1), date(2026, 2, 20), Decimal(300)),  # 250 was changed again by nobody knows whom
        ("crm:2", date(2026, 1, 5), date(9999, 12, 31), Decimal(50)),
    ]


def test_an_amount_in_another_currency_is_by_the_rate_of_its_deal(company: CompanyFolder) -> None:
    company.stream(
        "bank",
        "rates",
        "day,currency,rate\n2026-01-01,USD,90\n",
        into="rates",
        key="auto",
        columns={name: name for name in ("day", "currency", "rate")},
    )
    company.stream(
        "crm", "deals", "id,sum,in,made,closed,how\n1,10,USD,2026-01-05 10:00,,open\n", into="deals", columns=COLUMNS
    )
    company.stream(
        "crm",
        "changes",
        "deal,field,old,new,at\n1,Бюджет,20,10,2026-01-10 10:00\n",
        into="changes",
        key="auto",
        columns=CHANGES,
    )
    company.load_and_build()
    assert states(company) == [
        ("crm:1", date(2026, 1, 5), date(2026, 1, 10), Decimal(1800)),
        ("crm:1", date(2026, 1, 10), date(9999, 12, 31), Decimal(900)),
    ]


def test_what_is_no_number_leaves_the_amount_of_then_unknown(company: CompanyFolder) -> None:
    company.stream(
        "crm", "deals", "id,sum,in,made,closed,how\n1,10,RUB,2026-01-05 10:00,,open\n", into="deals", columns=COLUMNS
    )
    company.stream(
        "crm",
        "changes",
        "deal,field,old,new,at\n1,Сумма,,10,2026-01-10 10:00\n",
        into="changes",
        key="auto",
        columns=CHANGES,
    )
    company.load_and_build()
    assert states(company) == [
        ("crm:1", date(2026, 1, 5), date(2026, 1, 10), None),
        ("crm:1", date(2026, 1, 10), date(9999, 12, 31), Decimal(10)),
    ]


def test_what_an_amount_was_before_it_was_first_entered_is_not_told_by_a_later_change(company: CompanyFolder) -> None:
    company.stream(
        "crm", "deals", "id,sum,in,made,closed,how\n1,20,RUB,2026-01-05 10:00,,open\n", into="deals", columns=COLUMNS
    )
    changes = "deal,field,old,new,at\n1,Сумма,,10,2026-01-10 10:00\n1,Сумма,10,20,2026-02-01 10:00\n"
    company.stream("crm", "changes", changes, into="changes", key="auto", columns=CHANGES)
    company.load_and_build()
    assert states(company) == [
        ("crm:1", date(2026, 1, 5), date(2026, 1, 10), None),
        ("crm:1", date(2026, 1, 10), date(2026, 2, 1), Decimal(10)),
        ("crm:1", date(2026, 2, 1), date(9999, 12, 31), Decimal(20)),
    ]
