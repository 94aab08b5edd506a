"""What is proposed for the real tables of ../shared/data is right, column by column, and what has no place is refused.

Right is what people wrote for the companies of `real_companies` (the second way), and for the other files what their
columns are by the data's own descriptions.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.real_companies import MAVEN_DEALS, PEOPLE
from voronka.bootstrap import trial_place
from voronka.domain.errors import InputError
from voronka.pipeline.proposing import propose_mapping
from voronka.transform.proposal import Proposal

Proposing = Callable[[str], Proposal]
VARIANTS = ("excel-ddmmyy.ThomasKieny", "kisaraF", "shwezin", "soliloquy")
ZOHO_CALLS = {
    "activity_id": "TASKID",
    "started_at": "Call Start Time",
    "created_at": "Created Time",
    "employee": "Call Owner",
    "employee_id": "Call Owner Id",
    "direction": "Call Type",
    "talk_seconds": "Call Duration (in seconds)",
    "subject": "Subject",
    "contact_id": "CONTACTID",
    "account_id": "ACCOUNTID",
    "deal_id": "= nullif(text(\"POTENTIALID\"), '0')",
    "lead_id": "LEADID",
}
ZOHO_DEALS = {
    "title": "Potential Name",
    "employee": "Potential Owner",
    "created_at": "Created Time",
    "closed_at": "Closing Date",
    "amount": "Amount",
    "stage": "Stage",
    "probability": "Probability",
    "outcome": "Forecast Type",
    "kind": "Type",
    "channel": "Lead Source",
    "campaign_id": "Campaign Id",
    "lead_id": "LEADID",
}
ZOHO_LEADS = {
    "lead_id": "LEADID",
    "contact": "Last Name",
    "account": "Company",
    "employee": "Lead Owner",
    "email": "Email",
    "phone": "Mobile",
    "segment": "Industry",
    "channel": "Lead Source",
    "stage": "Lead Status",
    "created_at": "Created Time",
}
ZOHO_EVENTS = {
    "activity_id": "EVENTID",
    "employee": "Event Owner",
    "employee_id": "Event Owner Id",
    "subject": "Subject",
    "started_at": "Start DateTime",
    "ended_at": "End DateTime",
    "created_at": "Created Time",
    "contact_id": "CONTACTID",
    "account_id": "ACCOUNTID",
    "deal_id": "POTENTIALID",
    "lead_id": "LEADID",
}
OLIST_LEADS = {"lead_id": "mql_id", "created_at": "first_contact_date", "channel": "origin"}
OLIST_DEALS = {
    "lead_id": "mql_id",
    "employee_id": "sr_id",
    "handed_by_id": "sdr_id",
    "closed_at": "won_date",
    "kind": "lead_type",
    "outcome": "= CASE WHEN text(\"won_date\") IS NOT NULL THEN 'won' END",
}
RIGHT: dict[str, tuple[str, tuple[str, ...], dict[str, Any]]] = {
    "maven-crm/sales_pipeline.csv": ("deals", ("opportunity_id",), MAVEN_DEALS["columns"]),
    "maven-crm/sales_teams.csv": ("employees", ("sales_agent",), PEOPLE["columns"]),
    "maven-crm/products.csv": (
        "products",
        ("product",),
        {"name": "product", "series": "series", "price": "sales_price"},
    ),
    "maven-crm/accounts.csv": (
        "accounts",
        ("account",),
        {"name": "account", "industry": "sector", "size": "employees", "region": "office_location"},
    ),
    "olist-funnel/olist_marketing_qualified_leads_dataset.csv": ("leads", ("mql_id",), OLIST_LEADS),
    "olist-funnel/variants/mql.mohith.csv": ("leads", ("mql_id",), OLIST_LEADS),
    "olist-funnel/variants/mql.vinuthna.csv": ("leads", ("mql_id",), OLIST_LEADS),
    "olist-funnel/olist_closed_deals_dataset.csv": ("deals", ("mql_id",), OLIST_DEALS),
    "olist-funnel/variants/closed_deals.trimmed-mdY.PixarJunkie.csv": ("deals", ("mql_id",), OLIST_DEALS),
    "callcenter-pwc/01 Call-Center-Dataset.xlsx": (
        "calls",
        ("Call Id",),
        {
            "activity_id": "Call Id",
            "employee": "Agent",
            "started_at": '= time("Date" || \' \' || "Time")',
            "answered": "Answered (Yes/No)",
            "wait_seconds": "Speed of answer in seconds",
            "talk_seconds": "AvgTalkDuration",
            "subject": "Topic",
        },
    ),
    "zoho-crm-demo/Calls.csv": ("calls", ("TASKID",), ZOHO_CALLS),
    "zoho-crm-demo/Potentials.csv": ("deals", ("LEADID",), ZOHO_DEALS),
    "zoho-crm-demo/Leads.csv": ("leads", ("LEADID",), ZOHO_LEADS),
    "zoho-crm-demo/Events.csv": ("meetings", ("EVENTID",), ZOHO_EVENTS),
    "zoho-crm-demo/Users.csv": (
        "employees",
        ("USER_ID",),
        {"employee_id": "USER_ID", "name": "Last Name", "email": "Email"},
    ),
    "zoho-crm-demo/Contacts.csv": (
        "contacts",
        ("CONTACTID",),
        {
            "contact_id": "CONTACTID",
            "name": "Last Name",
            "account_id": "Account Id",
            "email": "Email",
            "phone": "Mobile",
            "created_at": "Created Time",
        },
    ),
    "zoho-crm-demo/Accounts.csv": (
        "accounts",
        ("ACCOUNTID",),
        {
            "account_id": "ACCOUNTID",
            "name": "Account Name",
            "employee": "Account Owner",
            "employee_id": "Account Owner Id",
            "segment": "Account Type",
            "industry": "Industry",
        },
    ),
    "zoho-crm-demo/Tasks.csv": (
        "tasks",
        (),
        {
            "employee": "Task Owner",
            "subject": "Subject",
            "created_at": "Created Time",
            "due_at": "Due Date",
            "status": "Status",
        },
    ),
    "zoho-crm-demo/Quotes.csv": (
        "proposals",
        ("QUOTEID",),
        {"activity_id": "QUOTEID", "subject": "Subject", "created_at": "Created Time", "employee": "Quote Owner"},
    ),
    "zoho-crm-demo/Products.csv": (
        "products",
        ("PRODUCTID",),
        {"product_id": "PRODUCTID", "name": "Product Name", "series": "Product Category"},
    ),
    "zoho-crm-demo/Campaigns.csv": (
        "campaigns",
        ("CAMPAIGNID",),
        {"campaign_id": "CAMPAIGNID", "name": "Campaign Name", "channel": "Type"},
    ),
    **{
        f"maven-crm/variants/sales_pipeline.{name}.csv": ("deals", ("opportunity_id",), MAVEN_DEALS["columns"])
        for name in VARIANTS
    },
    "maven-crm/variants/sales_pipeline.huda001.csv": (
        "deals",
        (),
        {ours: theirs for ours, theirs in MAVEN_DEALS["columns"].items() if ours != "deal_id"},
    ),
}
"""By file: the table, the key's headers (none: the rows are known by their content), the columns."""
NO_PLACE = (
    *(
        "Cases",
        "Invoices",
        "Invoice_Line_Items",
        "Purchase_Orders",
        "Purchase_Order_Line_Items",
        "Price_Books",
        "Vendors",
    ),
    *("Sales_Order_Line_Items", "Campaign_Lead_Status"),
)
"""Tables of the CRM that are nothing of ours."""


@pytest.fixture(scope="module")
def proposing(real_tables: Path) -> Any:  # noqa: ANN401 - a function from a fixture that yields
    """Return a function that proposes for a file of the real tables, each once."""
    found: dict[str, Proposal] = {}
    with trial_place() as work:

        def propose(name: str) -> Proposal:
            if name not in found:
                found[name] = propose_mapping(work, str(real_tables / name))
            return found[name]

        yield propose


@pytest.mark.parametrize("name", RIGHT)
def test_every_column_of_a_real_table_is_proposed_for_what_it_is(name: str, proposing: Proposing) -> None:
    into, key, columns = RIGHT[name]
    found = proposing(name)
    assert (found.into, found.mapping, found.key) == (into, columns, key)


@pytest.mark.parametrize("name", NO_PLACE)
def test_a_real_table_that_has_no_place_is_not_taken_for_another(name: str, proposing: Proposing) -> None:
    with pytest.raises(InputError, match="--into"):
        proposing(f"zoho-crm-demo/{name}.csv")


def test_the_vendor_is_told_by_the_headers_alone(proposing: Proposing) -> None:
    found = {name: proposing(name).vendor for name in RIGHT if "variants" not in name}
    assert {vendor for name, vendor in found.items() if "zoho" not in name} == {""}
    told = {name for name, vendor in found.items() if vendor == "Zoho"}
    assert told == {
        f"zoho-crm-demo/{name}.csv"
        for name in ("Calls", "Potentials", "Leads", "Events", "Contacts", "Accounts", "Tasks")
    }


def test_the_lead_of_a_deal_is_no_key_of_its_own_and_it_is_said(proposing: Proposing) -> None:
    (said,) = proposing("zoho-crm-demo/Potentials.csv").warnings
    assert said.startswith("«LEADID» is the id of the lead, and no column is one of the deals themselves")


def test_another_column_that_could_be_meant_makes_a_proposal_less_sure(proposing: Proposing) -> None:
    sure = {column.ours: column for column in proposing("zoho-crm-demo/Products.csv").columns}
    assert sure["product_id"].confidence < 0.8 < sure["name"].confidence
    assert "«Product Code» could be it too" in sure["product_id"].reason
