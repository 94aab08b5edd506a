"""The real tables of ../shared/data as companies: mapped as ARCHITECTURE.md's files say, imported and built."""

from pathlib import Path
from typing import Any

from tests.company import CompanyFolder

SALES = """
    pipeline: sales
    title: { ru: Продажи, en: Sales }
    entity: deals
    match: { source: crm }
    stages:
      - { id: Prospecting }
      - { id: Engaging, milestone: accepted, probability: 0.3 }
      - { id: Won, outcome: won, match: ["Won", "142"] }
      - { id: Lost, outcome: lost }
    regulations:
      - { id: first_response, entity: leads, start: created, stop: first_outgoing, minutes: 15, clock: working }
"""
MAVEN_DEALS: dict[str, Any] = {
    "into": "deals",
    "key": "opportunity_id",
    "columns": {
        "deal_id": "opportunity_id",
        "employee": "sales_agent",
        "account": "account",
        "product": "product",
        "created_at": "engage_date",
        "closed_at": "close_date",
        "amount": "close_value",
        "stage": "deal_stage",
    },
    "values": {"product": {"GTXPro": "GTX Pro"}},
    "nulls": ["", "Select", "-"],
}
WITHOUT_ID = {
    **MAVEN_DEALS,
    "key": "auto",
    "columns": {ours: theirs for ours, theirs in MAVEN_DEALS["columns"].items() if ours != "deal_id"},
}
PEOPLE: dict[str, Any] = {
    "into": "employees",
    "columns": {"name": "sales_agent", "team": "regional_office", "manager": "manager"},
}


def maven(folder: Path, file: Path, tables: Path, **mapping: Any) -> CompanyFolder:  # noqa: ANN401 - YAML
    """Return a company with the deals of one file and the people of sales_teams.csv, imported and built."""
    company = CompanyFolder(folder, currency="USD")
    company.pipeline(SALES)
    company.stream("crm", "deals", **{**MAVEN_DEALS, "path": str(file), **mapping})
    company.stream("crm", "people", **PEOPLE, path=str(tables / "maven-crm" / "sales_teams.csv"))
    company.load_and_build()
    return company


def olist(folder: Path, tables: Path, zone: str = "America/Sao_Paulo") -> CompanyFolder:
    """Return the company whose leads came by channels and whose deals are all won."""
    settings = '[calendar]\ncountry = "BR"'
    company = CompanyFolder(folder, zone=zone, currency="BRL", settings=settings)
    leads = {"lead_id": "mql_id", "created_at": "first_contact_date", "channel": "origin"}
    path = str(tables / "olist-funnel" / "olist_marketing_qualified_leads_dataset.csv")
    company.stream("crm", "leads", path=path, into="leads", columns=leads)
    deals = {
        "lead_id": "mql_id",
        "account_id": "seller_id",
        "employee_id": "sr_id",
        "handed_by_id": "sdr_id",
        "closed_at": "won_date",
        "kind": "lead_type",
        "outcome": "= 'won'",
    }
    path = str(tables / "olist-funnel" / "olist_closed_deals_dataset.csv")
    company.stream("crm", "deals", path=path, into="deals", key="mql_id", columns=deals)
    company.load_and_build()
    return company


def zoho(folder: Path, tables: Path) -> CompanyFolder:
    """Return the company with calls, deals and users of one CRM."""
    company = CompanyFolder(folder, currency="USD")
    company.pipeline("""
        pipeline: sales
        stages:
          - { id: Qualification }
          - { id: Needs Analysis }
          - { id: Initial Offer }
          - { id: Proposal/Price Quote, milestone: proposal }
          - { id: Negotiation/Review }
          - { id: Closed Won, outcome: won }
          - { id: Closed Lost, outcome: lost }
    """)
    users = {"employee_id": "USER_ID", "name": "Last Name", "email": "Email"}
    company.stream("crm", "users", path=str(tables / "zoho-crm-demo" / "Users.csv"), into="employees", columns=users)
    calls = {
        "activity_id": "TASKID",
        "started_at": "Call Start Time",
        "created_at": "Created Time",
        "employee": "Call Owner",
        "employee_id": "Call Owner Id",
        "direction": "Call Type",
        "talk_seconds": "Call Duration (in seconds)",
        "subject": "Subject",
    }
    company.stream(
        "crm", "calls", path=str(tables / "zoho-crm-demo" / "Calls.csv"), into="calls", columns=calls, nulls=["", "0"]
    )
    deals = {
        "title": "Potential Name",
        "employee": "Potential Owner",
        "created_at": "Created Time",
        "closed_at": "Closing Date",
        "amount": "Amount",
        "stage": "Stage",
        "probability": "Probability",
    }
    company.stream(
        "crm", "deals", path=str(tables / "zoho-crm-demo" / "Potentials.csv"), into="deals", key="auto", columns=deals
    )
    company.load_and_build()
    return company


def call_centre(folder: Path, tables: Path) -> CompanyFolder:
    """Return the call centre: calls of a workbook."""
    company = CompanyFolder(folder, currency="USD")
    columns = {
        "activity_id": "Call Id",
        "employee": "Agent",
        "started_at": "= time(Date || ' ' || Time)",
        "answered": "Answered (Y/N)",
        "wait_seconds": "Speed of answer in seconds",
        "talk_seconds": "AvgTalkDuration",
        "subject": "Topic",
    }
    path = str(tables / "callcenter-pwc" / "01 Call-Center-Dataset.xlsx")
    company.stream("pbx", "calls", path=path, into="calls", columns=columns)
    company.load_and_build()
    return company
