"""Leads handed from one person to another: in time or late, by the criteria or not, and what became of them."""

from decimal import Decimal

import pytest

from tests.company import CompanyFolder, at

pytestmark = pytest.mark.usefixtures("both_stagings")

LEADS = {
    "lead_id": "id",
    "employee_id": "who",
    "segment": "segment",
    "phone": "phone",
    "is_target": "target",
    "created_at": "made",
    "stage": "stage",
    "reject_reason": "why",
}
HANDOVERS = {
    "lead_id": "lead",
    "from_employee_id": "from",
    "to_employee_id": "to",
    "handed_at": "handed",
    "accepted_at": "accepted",
    "rejected_at": "rejected",
    "reason": "why",
}
CHANGES = {"lead_id": "lead", "field": "field", "old": "old", "new": "new", "changed_at": "at"}
STAGES = """
    pipeline: leads
    entity: leads
    stages:
      - { id: New }
      - { id: Handed, milestone: handed }
      - { id: Taken, milestone: accepted }
      - { id: Refused, outcome: lost }
"""


def leads(company: CompanyFolder, *rows: str) -> None:
    text = "id,who,segment,phone,target,made,stage,why\n" + "".join(f"{row}\n" for row in rows)
    company.stream("crm", "leads", text, into="leads", columns=LEADS)


def handovers(company: CompanyFolder, *rows: str) -> None:
    text = "lead,from,to,handed,accepted,rejected,why\n" + "".join(f"{row}\n" for row in rows)
    company.stream("crm", "handovers", text, into="handovers", key="auto", columns=HANDOVERS)


def stages(company: CompanyFolder, *rows: str) -> None:
    columns = {"lead_id": "lead", "stage": "stage", "changed_at": "at"}
    text = "lead,stage,at\n" + "".join(f"{row}\n" for row in rows)
    company.stream("crm", "stages", text, into="stage_changes", key="auto", columns=columns)


def owners(company: CompanyFolder, *rows: str) -> None:
    text = "lead,field,old,new,at\n" + "".join(f"{row}\n" for row in rows)
    company.stream("crm", "log", text, into="changes", key="auto", columns=CHANGES)


def test_a_lead_is_accepted_late_by_the_working_clock(company: CompanyFolder) -> None:
    leads(company, "1,7,,,,2026-02-20,,", "2,7,,,,2026-02-20,,", "3,7,,,,2026-02-20,,")
    handovers(
        company,
        "1,7,8,2026-02-27 17:30,2026-03-02 09:30,,",  # half an hour on Friday and half an hour on Monday
        "2,7,8,2026-02-27 17:30,2026-03-02 09:31,,",
        "3,7,8,2026-02-27 17:30,,,",
    )
    company.load_and_build()
    columns = "lead_id accept_working_seconds accept_due_at is_accepted is_accepted_late"
    due = at("2026-03-02 06:30")
    assert company.table("fct_handovers", columns) == [
        ("crm:1", 3600, due, True, False),
        ("crm:2", 3660, due, True, True),
        ("crm:3", None, due, False, False),
    ]


def test_where_nobody_tells_of_answers_it_is_not_known_who_was_accepted(company: CompanyFolder) -> None:
    leads(company, "1,7,,,,2026-02-20,,")
    handovers(company, "1,7,8,2026-02-27 17:30,,,")
    company.load_and_build()
    assert company.table("fct_handovers", "is_accepted is_rejected is_accepted_late has_won") == [
        (None, None, None, None)
    ]


def test_off_profile_is_what_was_rejected_for_such_a_reason_or_is_not_wanted(company: CompanyFolder) -> None:
    company.write("voronka.toml", '[profile]\noff_profile_reasons = ["Wrong region"]\n')
    leads(company, *(f"{n},7,,,{target},2026-02-20,," for n, target in enumerate(["", "", "no", "yes"], start=1)))
    handovers(
        company,
        "1,7,8,2026-02-27 10:00,,2026-02-27 10:30,wrong region ",
        "2,7,8,2026-02-27 10:00,,2026-02-27 10:30,No budget",
        "3,7,8,2026-02-27 10:00,2026-02-27 10:30,,",
        "4,7,8,2026-02-27 10:00,2026-02-27 10:30,,",
    )
    company.load_and_build()
    assert company.table("fct_handovers", "lead_id is_rejected is_off_profile") == [
        ("crm:1", True, True),
        ("crm:2", True, False),
        ("crm:3", False, True),
        ("crm:4", False, False),
    ]


def test_the_criteria_are_judged_by_what_was_known_when_the_lead_was_handed_over(company: CompanyFolder) -> None:
    company.write(
        "voronka.toml",
        '[profile]\nrule = "segment = \'B2B\'"\n[handover]\nrequired = ["segment", "phone"]\n',
    )
    leads(
        company,
        "1,7,B2B,+79000000001,,2026-02-20,,",  # the segment was put down after it was handed over
        "2,7,B2B,+79000000002,,2026-02-20,,",
        "3,7,B2B,,,2026-02-20,,",
        "4,7,B2C,+79000000004,,2026-02-20,,",
        "5,7,B2C,+79000000005,,2026-02-20,,",  # it was B2B then
    )
    handovers(company, *(f"{n},7,8,2026-02-27 10:00,2026-02-27 10:30,," for n in range(1, 6)))
    owners(
        company,
        "1,segment,,B2B,2026-02-27 11:00",
        "2,segment,,B2B,2026-02-26 11:00",
        "5,segment,B2B,B2D,2026-02-27 11:00",
        "5,segment,B2D,B2C,2026-02-28 11:00",
    )
    company.load_and_build()
    assert company.table("fct_handovers", "lead_id filled_share met_criteria") == [
        ("crm:1", 0.5, False),
        ("crm:2", 1.0, True),
        ("crm:3", 0.5, False),
        ("crm:4", 1.0, False),
        ("crm:5", 1.0, True),
    ]
    assert company.table("fct_leads", "lead_id is_target") == [
        ("crm:1", True),
        ("crm:2", True),
        ("crm:3", True),
        ("crm:4", False),
        ("crm:5", False),
    ]


def test_without_written_criteria_nobody_met_them_or_failed_them(company: CompanyFolder) -> None:
    leads(company, "1,7,B2B,,yes,2026-02-20,,")
    handovers(company, "1,7,8,2026-02-27 10:00,,,")
    company.load_and_build()
    assert company.table("fct_handovers", "met_criteria filled_share") == [(None, None)]


def test_the_money_of_a_lead_handed_twice_is_credited_once(company: CompanyFolder) -> None:
    leads(company, "1,7,,,,2026-02-20,,", "2,7,,,,2026-02-20,,")
    handovers(
        company,
        "1,7,8,2026-02-23 10:00,2026-02-23 10:30,,",
        "1,7,9,2026-02-24 10:00,2026-02-24 10:30,,",
        "1,7,5,2026-02-25 10:00,,2026-02-25 10:30,No",
        "2,7,8,2026-02-25 10:00,2026-02-25 10:30,,",
    )
    columns = {"deal_id": "id", "lead_id": "lead", "outcome": "result", "amount": "sum", "closed_at": "closed"}
    deals = "id,lead,result,sum,closed\n1,1,won,100,2026-02-27\n2,1,won,50,2026-02-27\n3,2,lost,70,2026-02-27\n"
    company.stream("crm", "deals", deals, into="deals", columns=columns)
    company.load_and_build()
    assert company.table("fct_handovers", "lead_id to_employee_id has_won won_amount_home") == [
        ("crm:1", "crm:5", True, None),
        ("crm:1", "crm:8", True, None),
        ("crm:1", "crm:9", True, Decimal(150)),
        ("crm:2", "crm:8", False, None),
    ]


def test_where_no_source_tells_of_handovers_the_stages_and_owners_do(company: CompanyFolder) -> None:
    company.pipeline(STAGES, "leads")
    leads(company, "1,8,,,,2026-02-20,Taken,", "2,9,,,,2026-02-20,Refused,No money", "3,7,,,,2026-02-20,New,")
    stages(
        company,
        "1,New,2026-02-20 10:00",
        "1,Handed,2026-02-23 10:00",
        "1,Taken,2026-02-23 11:00",
        "2,Handed,2026-02-24 10:00",
        "2,Refused,2026-02-24 11:00",
        "2,Handed,2026-02-25 10:00",
        "2,Refused,2026-02-25 11:00",
    )
    owners(
        company,
        "1,owner,7,8,2026-02-23 10:00",
        "2,owner,7,8,2026-02-24 09:59:30",
        "2,owner,8,9,2026-02-25 10:05",
    )
    company.load_and_build()
    columns = "lead_id handed_at from_employee_id to_employee_id accepted_at rejected_at reason"
    assert company.table("fct_handovers", columns) == [
        ("crm:1", at("2026-02-23 07:00"), "crm:7", "crm:8", at("2026-02-23 08:00"), None, None),
        ("crm:2", at("2026-02-24 07:00"), "crm:7", "crm:8", None, at("2026-02-24 08:00"), "No money"),
        ("crm:2", at("2026-02-25 07:00"), "crm:8", "crm:9", None, at("2026-02-25 08:00"), "No money"),
    ]
    assert company.table("fct_leads", "lead_id handed_at accepted_at") == [
        ("crm:1", at("2026-02-23 07:00"), at("2026-02-23 08:00")),
        ("crm:2", at("2026-02-24 07:00"), None),
        ("crm:3", None, None),
    ]


def test_where_no_stage_tells_either_an_owner_of_another_role_does(company: CompanyFolder) -> None:
    people = "id,name,role\n7,Anna,sdr\n8,Boris,ae\n9,Vera,ae\n"
    columns = {"employee_id": "id", "name": "name", "role": "role"}
    company.stream("crm", "people", people, into="employees", columns=columns)
    leads(company, "1,9,,,,2026-02-20,,", "2,7,,,,2026-02-20,,")
    owners(company, "1,owner,7,8,2026-02-23 10:00", "1,owner,8,9,2026-02-24 10:00")
    company.load_and_build()
    assert company.table("fct_handovers", "lead_id from_employee_id to_employee_id handed_at is_accepted") == [
        ("crm:1", "crm:7", "crm:8", at("2026-02-23 07:00"), None)
    ]
    assert company.table("fct_handovers", "handed_employee_id handed_role") == [("crm:7", "sdr")]
