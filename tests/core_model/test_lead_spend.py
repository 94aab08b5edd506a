"""What was spent on each lead, and spend that stands twice."""

from decimal import Decimal

from tests.company import CompanyFolder
from tests.core_model.test_people import day

SPEND = {"day": "day", "channel": "src", "campaign": "camp", "cost": "cost", "clicks": "clicks"}
LEADS = {"lead_id": "id", "channel": "src", "campaign": "camp", "created_at": "at"}


def spent(company: CompanyFolder, *rows: str, stream: str = "spend") -> None:
    text = "day,src,camp,cost,clicks\n" + "\n".join(rows) + "\n"
    company.stream("ads", stream, text, into="ad_spend", key=[], columns=SPEND)


def came(company: CompanyFolder, *rows: str) -> None:
    company.stream("crm", "leads", "id,src,camp,at\n" + "\n".join(rows) + "\n", into="leads", columns=LEADS)


def test_a_campaigns_month_is_shared_by_its_leads_and_the_rest_by_the_channels(company: CompanyFolder) -> None:
    spent(
        company,
        "2026-01-05,Direct,Brand,60,",
        "2026-01-25,Direct,Brand,30,",
        "2026-01-07,Direct,Retail,40,",
        "2026-01-08,Direct,,20,",
        "2026-02-01,Direct,Brand,500,",
    )
    came(
        company,
        "1,Direct,Brand,2026-01-03 10:00:00",
        "2,Direct,Brand,2026-01-20 10:00:00",
        "3,Direct,,2026-01-21 10:00:00",
        "4,Referral,,2026-01-22 10:00:00",
        "5,Direct,Brand,2026-01-31 20:59:59",
    )
    company.load_and_build()
    # Brand's 90 on three leads; 40 of the campaign without leads and 20 without one on all four of Direct.
    # In Moscow the fifth came in January; February's 500 met no lead
    assert company.table("fct_leads", "lead_id spend_home") == [
        ("crm:1", Decimal(45)),
        ("crm:2", Decimal(45)),
        ("crm:3", Decimal(15)),
        ("crm:4", Decimal(0)),
        ("crm:5", Decimal(45)),
    ]


def test_where_no_spend_is_loaded_it_is_not_known_what_a_lead_cost(company: CompanyFolder) -> None:
    came(company, "1,Direct,Brand,2026-01-03 10:00:00")
    company.load_and_build()
    assert company.table("fct_leads", "lead_id spend_home") == [("crm:1", None)]


def test_spend_that_another_source_tells_too_is_counted_as_repeated(company: CompanyFolder) -> None:
    spent(company, "2026-01-05,Direct,Brand,60,5", "2026-01-06,Direct,Brand,30,5", "2026-01-07,Direct,Brand,0,")
    spent(
        company, "2026-01-05,Direct,Brand,60,", "2026-01-06,Direct,Brand,31,", "2026-01-07,Direct,Brand,0,", stream="2"
    )
    company.load_and_build()
    assert company.table("fct_ad_spend", "day cost repeated_rows") == [
        (day("2026-01-05"), Decimal(120), 1),
        (day("2026-01-06"), Decimal(61), 0),
        (day("2026-01-07"), Decimal(0), 0),
    ]
