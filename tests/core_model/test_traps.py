"""Traps of existing systems that are the build's to avoid: what is won or lost later, and how a share is written."""

import pytest

from tests.company import CompanyFolder
from voronka import open_company

LEADS = """
    pipeline: leads
    entity: leads
    stages:
      - { id: New }
      - { id: Qualified, milestone: qualified }
      - { id: Talks }
      - { id: Lost, outcome: lost }
"""


def test_a_lead_lost_later_stays_among_the_qualified_and_one_that_came_back_counts_once(company: CompanyFolder) -> None:
    company.pipeline(LEADS, "leads")
    leads = "id,stage,made\n1,Lost,2026-01-05 10:00\n2,Lost,2026-01-05 10:00\n3,Talks,2026-01-05 10:00\n"
    columns = {"lead_id": "id", "stage": "stage", "created_at": "made"}
    company.stream("crm", "leads", leads, into="leads", columns=columns)
    moves = (
        "lead,to,at\n"
        "1,New,2026-01-05 10:00\n1,Qualified,2026-01-06 10:00\n1,Lost,2026-01-07 10:00\n"  # qualified, lost now
        "2,New,2026-01-05 10:00\n2,Lost,2026-01-06 10:00\n"  # lost without having been qualified
        "3,Qualified,2026-01-06 10:00\n3,New,2026-01-07 10:00\n3,Qualified,2026-01-08 10:00\n3,Talks,2026-01-09 10:00\n"
    )
    columns = {"lead_id": "lead", "stage": "to", "changed_at": "at"}
    company.stream("crm", "moves", moves, into="stage_changes", key="auto", columns=columns)
    company.load()
    company.build()
    with open_company(company.folder) as opened:
        total = opened.query("leads", "leads_qualified").totals
    assert (total["leads"], total["leads_qualified"]) == (3, 2)


@pytest.mark.parametrize("written", ["20,100,5", "20%,100%,5%", "0.2,1,0.05", "20 %,100 %,5 %"])
def test_a_probability_of_20_is_a_fifth_however_it_is_written(company: CompanyFolder, written: str) -> None:
    deals = "id,sum,chance\n" + "".join(f"{n},1000,{text}\n" for n, text in enumerate(written.split(",")))
    columns = {"deal_id": "id", "amount": "sum", "probability": "chance"}
    company.stream("crm", "deals", deals, into="deals", columns=columns)
    company.load_and_build()
    assert company.table("fct_deals", "probability") == [(0.05,), (0.2,), (1.0,)]
