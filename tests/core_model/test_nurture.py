"""Leads put off to be nurtured: how long, under whom, and what they came back to."""

from tests.company import CompanyFolder, at
from tests.core_model.test_people import NEVER, day

STAGES = """
    pipeline: leads
    entity: leads
    stages:
      - { id: New }
      - { id: Letters, milestone: nurture }
      - { id: Calls, milestone: nurture }
      - { id: Sold, outcome: won }
      - { id: Gone, outcome: lost }
"""


def leads(company: CompanyFolder, *rows: str) -> None:
    columns = {"lead_id": "id", "employee_id": "who", "stage": "stage", "deleted_at": "deleted"}
    text = "id,who,stage,deleted\n" + "".join(f"{row}\n" for row in rows)
    company.stream("crm", "leads", text, into="leads", columns=columns)
    company.pipeline(STAGES, "leads")


def stages(company: CompanyFolder, *rows: str) -> None:
    columns = {"lead_id": "lead", "stage": "stage", "changed_at": "at"}
    text = "lead,stage,at\n" + "".join(f"{row}\n" for row in rows)
    company.stream("crm", "stages", text, into="stage_changes", key="auto", columns=columns)


def test_a_stay_lasts_through_all_stages_of_nurture_and_comes_back_or_not(company: CompanyFolder) -> None:
    leads(company, "1,7,New,", "2,7,Gone,", "3,7,Letters,", "4,7,Letters,2026-02-20", "5,7,Sold,", "6,7,New,")
    stages(
        company,
        *("1,New,2026-01-10", "1,Letters,2026-01-12", "1,Calls,2026-01-20", "1,New,2026-02-01", "1,Letters,2026-02-10"),
        *("1,New,2026-02-12", "2,Letters,2026-01-12", "2,Gone,2026-01-13", "3,Letters,2026-01-12"),
        *("4,Letters,2026-01-12", "5,Letters,2026-01-12", "5,Sold,2026-01-15", "6,New,2026-01-15"),
    )
    company.load_and_build()
    midnight = "2026-{} 21:00".format
    assert company.table("fct_nurtures", "lead_id entered_at left_at is_returned stage_id") == [
        ("crm:1", at(midnight("01-11")), at(midnight("01-31")), True, "Letters"),
        ("crm:1", at(midnight("02-09")), at(midnight("02-11")), True, "Letters"),
        ("crm:2", at(midnight("01-11")), at(midnight("01-12")), False, "Letters"),
        ("crm:3", at(midnight("01-11")), None, False, "Letters"),
        ("crm:5", at(midnight("01-11")), at(midnight("01-14")), True, "Letters"),
    ]


def test_a_lead_is_in_nurture_at_the_end_of_its_days_there_under_whoever_held_it_then(company: CompanyFolder) -> None:
    leads(company, "1,8,Letters,", "2,8,New,")
    stages(company, "1,Letters,2026-01-12", "2,Letters,2026-01-12", "2,New,2026-01-12 15:00")
    columns = {"lead_id": "lead", "field": "field", "old": "old", "new": "new", "changed_at": "at"}
    company.stream(
        "crm", "log", "lead,field,old,new,at\n1,owner,7,8,2026-02-01\n", into="changes", key="auto", columns=columns
    )
    people = "id,name,team,from\n7,Anna,West,2026-01-01\n8,Boris,East,2026-01-01\n8,Boris,West,2026-02-15\n"
    columns = {"employee_id": "id", "name": "name", "team": "team", "valid_from": "from"}
    company.stream("crm", "people", people, into="employees", columns=columns, key=["id", "from"])
    company.load_and_build()
    assert company.table("fct_nurture_states", "from_day to_day employee_id team_id entered_day") == [
        (day("2026-01-12"), day("2026-02-01"), "crm:7", "name:west", day("2026-01-12")),
        (day("2026-02-01"), day("2026-02-15"), "crm:8", "name:east", day("2026-01-12")),
        (day("2026-02-15"), NEVER, "crm:8", "name:west", day("2026-01-12")),
    ]


def test_a_lead_without_a_history_is_in_nurture_since_it_was_received(company: CompanyFolder) -> None:
    leads(company, "1,7,Letters,", "2,7,New,")
    company.load_and_build()
    assert company.table("fct_nurture_states", "lead_id from_day to_day entered_day") == [
        ("crm:1", day("2026-03-02"), NEVER, None)
    ]
