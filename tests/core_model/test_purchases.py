"""Purchases of clients: what was bought, whose client it is, and what of it is new to them."""

from decimal import Decimal

from tests.company import CompanyFolder
from tests.core_model.test_people import day

DEALS = {
    "deal_id": "id",
    "account_id": "acc",
    "employee": "who",
    "amount": "sum",
    "closed_at": "won",
    "product": "what",
    "kind": "kind",
    "outcome": "= 'won'",
}


def sold(company: CompanyFolder, *rows: str) -> None:
    company.stream(
        "crm", "deals", "id,acc,who,sum,won,what,kind\n" + "\n".join(rows) + "\n", into="deals", columns=DEALS
    )


def test_a_client_is_of_who_stands_on_its_card_else_of_who_sold_to_it_last(company: CompanyFolder) -> None:
    company.stream(
        "crm", "accounts", "id,name,who\n5,Alpha,Maria\n6,Beta,\n", into="accounts",
        columns={"account_id": "id", "name": "name", "employee": "who"},
    )  # fmt: skip
    sold(
        company,
        "1,5,Anna,100,2026-01-10,P,",
        "2,6,Anna,100,2026-01-10,P,",
        "3,6,Boris,100,2026-02-10,P,",
        "4,,Boris,7,2026-02-10,P,",
    )
    company.load_and_build()
    sql = "SELECT purchase_id, e.name FROM fct_purchases LEFT JOIN dim_employee AS e USING (employee_id) ORDER BY 1"
    assert company.ask(sql) == [("crm:1", "Maria"), ("crm:2", "Boris"), ("crm:3", "Boris"), ("crm:4", "Boris")]


def test_a_product_is_new_from_the_day_the_client_first_bought_it_and_a_renewal_is_never_new(
    company: CompanyFolder,
) -> None:
    sold(
        company,
        "1,5,Anna,100,2026-01-10,P,new",
        "2,5,Anna,100,2026-02-10,P,new",
        "3,5,Anna,100,2026-02-11,Q,new",
        "4,5,Anna,100,2026-02-12,Q,renewal",
        "5,5,Anna,100,2026-02-13,P,upsell",
        "6,7,Anna,100,2026-02-14,P,",
        "7,7,Anna,100,2026-02-15,,Training",
        "8,7,Anna,100,2026-02-16,,new",
    )
    company.load_and_build()
    assert company.table("fct_purchases", "purchase_id product_since account_since") == [
        ("crm:1", day("2026-01-10"), day("2026-01-10")),
        ("crm:2", day("2026-01-10"), day("2026-01-10")),
        ("crm:3", day("2026-02-11"), day("2026-01-10")),
        ("crm:4", None, day("2026-01-10")),
        ("crm:5", day("2026-02-13"), day("2026-01-10")),
        ("crm:6", day("2026-02-14"), day("2026-02-14")),
        ("crm:7", day("2026-02-15"), day("2026-02-14")),
        ("crm:8", None, day("2026-02-14")),
    ]


def test_a_deal_of_several_products_is_shared_out_to_the_last_kopeck(company: CompanyFolder) -> None:
    sold(company, "1,5,Anna,100,2026-01-10,,")
    company.stream(
        "crm", "lines", "deal,what,sum\n1,P,10\n1,Q,10\n1,R,10\n", into="deal_lines", key="auto",
        columns={"deal_id": "deal", "product": "what", "amount": "sum"},
    )  # fmt: skip
    company.load_and_build()
    found = company.table("fct_purchases", "purchase_id amount_home")
    assert found == [("crm:1", Decimal("33.33")), ("crm:1", Decimal("33.33")), ("crm:1", Decimal("33.34"))]


def test_payments_of_a_deal_are_one_purchase_and_know_its_channel_and_product(company: CompanyFolder) -> None:
    deals = "id,acc,who,src,what\n1,5,Anna,Direct,P\n"
    columns = {"deal_id": "id", "account_id": "acc", "employee": "who", "channel": "src", "product": "what"}
    company.stream("crm", "deals", deals, into="deals", columns=columns)
    text = "id,deal,sum,at\n1,1,60,2026-01-05\n2,1,40,2026-02-06\n3,1,-10,2026-02-07\n4,,7,2026-02-06\n"
    columns = {"payment_id": "id", "deal_id": "deal", "amount": "sum", "paid_at": "at"}
    company.stream("crm", "paid", text, into="payments", columns=columns)
    company.load_and_build()
    assert company.table("fct_purchases", "basis purchase_id account_id amount") == [
        ("payments", "crm:1", "crm:5", Decimal(-10)),
        ("payments", "crm:1", "crm:5", Decimal(40)),
        ("payments", "crm:1", "crm:5", Decimal(60)),
        ("payments", "crm:4", None, Decimal(7)),
    ]
    sql = """
        SELECT p.payment_id, c.name AS channel, g.name AS product
        FROM fct_payments AS p
        LEFT JOIN dim_channel AS c USING (channel_id)
        LEFT JOIN dim_product AS g USING (product_id)
        ORDER BY 1
    """
    named = ("Direct", "P")
    assert company.ask(sql) == [("crm:1", *named), ("crm:2", *named), ("crm:3", *named), ("crm:4", None, None)]
