"""Pipelines, stages, milestones, outcomes, and the journey of a lead and its deals."""

from decimal import Decimal

from tests.company import CompanyFolder, at
from tests.core_model.test_people import NEVER, day

SALES = """
    pipeline: sales
    match: { source: crm, pipeline: 3121 }
    stages:
      - { id: New }
      - { id: Talks, milestone: accepted, probability: 0.3, forecast_category: commit }
      - { id: Won, outcome: won, match: [142, " Paid "] }
      - { id: Lost, outcome: lost }
"""
DEALS = {"deal_id": "id", "pipeline": "pipe", "stage": "stage", "outcome": "result", "closed_at": "closed"}


def deals(company: CompanyFolder, *rows: str) -> None:
    text = "id,pipe,stage,result,closed\n" + "".join(f"{row}\n" for row in rows)
    company.stream("crm", "deals", text, into="deals", columns=DEALS)


def test_a_stage_is_met_by_source_pipeline_and_any_of_its_texts(company: CompanyFolder) -> None:
    company.pipeline(SALES)
    deals(company, "1,3121,won,,2026-02-01", "2,3121,142,,2026-02-01", "3,3121,PAID,,2026-02-01", "4,9,Won,,2026-02-01")
    company.load_and_build()
    assert company.table("fct_deals", "deal_id pipeline_id stage_id outcome") == [
        ("crm:1", "sales", "Won", "won"),
        ("crm:2", "sales", "Won", "won"),
        ("crm:3", "sales", "Won", "won"),
        ("crm:4", "crm:9", "Won", "open"),
    ]


def test_a_stage_that_is_not_configured_is_open_and_outside_the_model(company: CompanyFolder) -> None:
    company.pipeline(SALES)
    deals(company, "1,3121,Legal,,", "2,3121,,,", "3,3121,Talks,,")
    company.load_and_build()
    assert company.table("fct_deals", "deal_id stage_id outcome probability forecast_category") == [
        ("crm:1", "Legal", "open", None, None),
        ("crm:2", None, "open", None, None),
        ("crm:3", "Talks", "open", 0.3, "commit"),
    ]
    assert company.table("dim_stage", "position stage_id outcome in_model") == [
        (1, "New", "open", True),
        (2, "Talks", "open", True),
        (3, "Won", "won", True),
        (4, "Lost", "lost", True),
        (None, "Legal", "open", False),
    ]
    assert company.table("fct_quality_issues", "check_name entity_id detail") == [
        ("stage_outside_model", "Legal", "sales"),
    ]


def test_every_pipeline_and_stage_stands_once_whatever_a_pipeline_is_called(company: CompanyFolder) -> None:
    company.pipeline("pipeline: crm\nmatch: { source: crm, pipeline: 5 }\nstages:\n  - { id: New }\n")
    deals(company, "1,5,New,,", "2,,New,,")
    company.load_and_build()
    assert company.ask("SELECT count(*), count(DISTINCT (pipeline_id, stage_id)) FROM dim_stage") == [(1, 1)]


def test_a_mapped_outcome_beats_the_stages(company: CompanyFolder) -> None:
    company.pipeline(SALES)
    rows = ["1,3121,New, WON ,2026-02-01", "2,3121,Won,lost,2026-02-01", "3,3121,Won,maybe,2026-02-01"]
    deals(company, *rows)
    company.load_and_build()
    assert company.table("fct_deals", "deal_id outcome") == [("crm:1", "won"), ("crm:2", "lost"), ("crm:3", "won")]
    assert company.table("fct_quality_issues", "check_name entity_id detail") == [("unknown_outcome", "crm:3", "maybe")]


def test_an_open_deals_close_is_only_expected(company: CompanyFolder) -> None:
    company.pipeline(SALES)
    deals(company, "1,3121,Talks,,2026-02-01", "2,3121,Won,,2026-02-01")
    company.load_and_build()
    assert company.table("fct_deals", "deal_id closed_at expected_close_at closed_day") == [
        ("crm:1", None, at("2026-01-31 21:00"), None),
        ("crm:2", at("2026-01-31 21:00"), None, day("2026-02-01")),
    ]


def test_a_milestone_is_reached_by_an_entry_else_by_where_the_deal_stands(company: CompanyFolder) -> None:
    company.pipeline(SALES)
    rows = [
        "1,3121,Lost,,2026-02-01",
        "2,3121,Won,,2026-02-01",
        "3,3121,New,,",
        "4,3121,Lost,,2026-02-01",
        "5,3121,Talks,,",
    ]
    deals(company, *rows)
    columns = {"deal_id": "deal", "stage": "to", "from_stage": "from", "changed_at": "at"}
    moves = "deal,from,to,at\n1,New,Talks,2026-01-10\n1,Talks,Lost,2026-02-01\n"
    company.stream("crm", "moves", moves, into="stage_changes", key="auto", columns=columns)
    company.load_and_build()
    assert company.table("fct_deals", "deal_id reached_accepted accepted_at") == [
        ("crm:1", True, at("2026-01-09 21:00")),
        ("crm:2", True, None),
        ("crm:3", False, None),
        ("crm:4", None, None),
        ("crm:5", True, None),
    ]


def test_stage_changes_without_a_pipeline_are_in_their_records(company: CompanyFolder) -> None:
    company.pipeline(SALES)
    company.stream(
        "crm", "deals", "id,pipe,stage,t,w\n1,3121,Won,2026-01-05,2026-01-09\n", into="deals",
        columns={"deal_id": "id", "pipeline": "pipe", "stage": "stage"}, stage_dates={"Talks": "t", "Won": "w"},
    )  # fmt: skip
    log = "deal,field,new,at\n1,stage,New,2026-01-01\n"
    columns = {"deal_id": "deal", "field": "field", "new": "new", "changed_at": "at"}
    company.stream("crm", "log", log, into="changes", key="auto", columns=columns)
    company.load_and_build()
    assert company.table("fct_stage_entries", "position stage_id pipeline_id entered_at left_at source") == [
        (1, "New", "sales", at("2025-12-31 21:00"), at("2026-01-04 21:00"), "changelog"),
        (2, "Talks", "sales", at("2026-01-04 21:00"), at("2026-01-08 21:00"), "property"),
        (3, "Won", "sales", at("2026-01-08 21:00"), None, "property"),
    ]
    assert company.table("fct_deals", "accepted_at") == [(at("2026-01-04 21:00"),)]


def test_stage_changes_of_another_source_are_in_their_records_pipeline(company: CompanyFolder) -> None:
    company.pipeline(SALES)
    deals(company, "1,3121,Talks,,")
    company.space("history", "crm")
    columns = {"deal_id": "deal", "stage": "to", "changed_at": "at"}
    company.stream(
        "history", "moves", "deal,to,at\n1,Talks,2026-01-10\n", into="stage_changes", key="auto", columns=columns
    )
    company.load_and_build()
    assert company.table("fct_stage_entries", "pipeline_id stage_id position") == [("sales", "Talks", 2)]


def test_leads_have_pipelines_of_their_own(company: CompanyFolder) -> None:
    company.pipeline(
        "pipeline: leads\nentity: leads\nstages:\n  - { id: New }\n  - { id: Good, milestone: qualified }\n", "leads"
    )
    company.stream(
        "crm", "leads", "id,stage,made\n1,good,2026-01-01\n2,New,2026-01-01\n", into="leads",
        columns={"lead_id": "id", "stage": "stage", "created_at": "made"},
    )  # fmt: skip
    company.load_and_build()
    assert company.table("fct_leads", "lead_id pipeline_id stage_id outcome reached_qualified") == [
        ("crm:1", "leads", "Good", "open", True),
        ("crm:2", "leads", "New", "open", False),
    ]


def test_a_lead_and_its_deals_are_one_journey(company: CompanyFolder) -> None:
    leads = "id,deal,channel,made\n1,,ads,2026-01-01\n2,11,seo,2026-01-02\n3,,ads,2026-01-03\n"
    columns = {"lead_id": "id", "deal_id": "deal", "channel": "channel", "created_at": "made"}
    company.stream("crm", "leads", leads, into="leads", columns=columns)
    text = "id,lead,won\n10,1,2026-02-03\n11,,2026-02-02\n12,,2026-02-01\n13,1,2026-02-01\n"
    columns = {"deal_id": "id", "lead_id": "lead", "closed_at": "won", "outcome": "= 'won'"}
    company.stream("crm", "deals", text, into="deals", columns=columns)
    company.load_and_build()
    assert company.table("fct_deals", "deal_id lead_id journey_id channel_id") == [
        ("crm:10", "crm:1", "lead:crm:1", "name:ads"),
        ("crm:11", "crm:2", "lead:crm:2", "name:seo"),
        ("crm:12", None, "deal:crm:12", None),
        ("crm:13", "crm:1", "lead:crm:1", "name:ads"),
    ]
    assert company.table("fct_leads", "lead_id is_won won_at won_day") == [
        ("crm:1", True, at("2026-01-31 21:00"), day("2026-02-01")),
        ("crm:2", True, at("2026-02-01 21:00"), day("2026-02-02")),
        ("crm:3", False, None, None),
    ]


def test_a_lead_merged_into_another_is_that_one(company: CompanyFolder) -> None:
    leads = "id,into\n1,2\n2,3\n3,\n"
    company.stream("crm", "leads", leads, into="leads", columns={"lead_id": "id", "merged_into": "into"})
    columns = {"deal_id": "id", "lead_id": "lead"}
    company.stream("crm", "deals", "id,lead\n10,1\n11,3\n", into="deals", columns=columns)
    company.load_and_build()
    assert company.table("fct_leads", "lead_id") == [("crm:3",)]
    assert company.table("fct_deals", "deal_id lead_id") == [("crm:10", "crm:3"), ("crm:11", "crm:3")]


def test_handing_over_tells_a_leads_first_times(company: CompanyFolder) -> None:
    company.stream("crm", "leads", "id\n1\n", into="leads", columns={"lead_id": "id"})
    text = "lead,from,to,at,ok,no,why\n1,A,B,2026-01-02,,2026-01-03,rude\n1,A,C,2026-01-05,2026-01-06,,\n"
    company.stream(
        "crm", "hand", text, into="handovers", key="auto",
        columns={
            "lead_id": "lead", "from_employee": "from", "to_employee": "to", "handed_at": "at", "accepted_at": "ok",
            "rejected_at": "no", "reason": "why",
        },
    )  # fmt: skip
    company.load_and_build()
    assert company.table("fct_leads", "handed_at accepted_at rejected_at reject_reason") == [
        (at("2026-01-01 21:00"), at("2026-01-05 21:00"), at("2026-01-02 21:00"), "rude")
    ]
    assert company.table("fct_handovers", "to_employee_id handed_employee_id") == [
        ("name:b", "name:a"),
        ("name:c", "name:a"),
    ]


def test_an_open_state_lasts_till_the_close(company: CompanyFolder) -> None:
    company.stream(
        "crm", "deals", "id,made,sum,won\n1,2026-01-05,100,2026-01-09\n2,2026-01-06,50,\n3,,70,\n", into="deals",
        columns={
            "deal_id": "id", "created_at": "made", "amount": "sum", "closed_at": "won",
            "outcome": "= CASE WHEN won IS NULL THEN 'open' ELSE 'won' END",
        },
    )  # fmt: skip
    company.load_and_build()
    assert company.table("fct_deal_states", "deal_id from_day to_day amount_home") == [
        ("crm:1", day("2026-01-05"), day("2026-01-09"), Decimal(100)),
        ("crm:2", day("2026-01-06"), NEVER, Decimal(50)),
        ("crm:3", day("2026-03-02"), NEVER, Decimal(70)),  # open since it was received: more is not known
    ]
