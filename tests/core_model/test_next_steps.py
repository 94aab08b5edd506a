"""On which days an open deal has something planned."""

from datetime import date

import pytest

from tests.company import CompanyFolder

NEVER = date(9999, 12, 31)
STATES = "deal_id from_day to_day has_next_step"


@pytest.fixture(autouse=True)
def never_stalls(company: CompanyFolder) -> None:
    """Let no deal stall in thousands of years, so that spans are cut by plans alone."""
    company.write("voronka.toml", 'time_zone = "Europe/Moscow"\n[regulations]\nstalled_days = 3000000\n')


def day(text: str) -> date:
    return date.fromisoformat(f"2026-{text}")


def deals(company: CompanyFolder, text: str) -> None:
    columns = {"deal_id": "id", "lead_id": "lead", "created_at": "made", "closed_at": "won"}
    outcome = "= CASE WHEN won IS NULL THEN 'open' ELSE 'won' END"
    company.stream("crm", "deals", "id,lead,made,won\n" + text, into="deals", columns={**columns, "outcome": outcome})


def activities(company: CompanyFolder, text: str) -> None:
    columns = {
        "activity_id": "id", "kind": "kind", "deal_id": "deal", "lead_id": "lead", "created_at": "made",
        "due_at": "due", "completed_at": "done", "status": "status",
    }  # fmt: skip
    head = "id,kind,deal,lead,made,due,done,status\n"
    company.stream("crm", "acts", head + text, into="activities", columns=columns)


def test_a_task_is_there_from_the_day_it_was_put_down_until_it_was_done(company: CompanyFolder) -> None:
    deals(company, "1,,2026-01-05,\n2,,2026-01-05,2026-01-20\n")
    activities(
        company,
        "1,task,1,,2026-01-07,2026-01-08,2026-01-10,done\n"
        "2,task,1,,2026-01-09,2026-01-09,2026-01-12,done\n"  # overlaps the first: one stretch
        "3,task,1,,2026-01-12,2026-01-13,2026-01-13,done\n"  # put down on the day the last was done: the same stretch
        "4,meeting,1,,2026-02-01,2026-02-03,,planned\n"  # its time is long past, and it still is planned
        "5,task,2,,2026-01-01,2026-01-10,,cancelled\n"  # when it was called off is not known: until it was due
        "6,call,2,,2026-01-12,2026-01-12,,done\n",  # a call that was made is no plan
    )
    company.load_and_build()
    assert company.table("fct_deal_states", STATES) == [
        ("crm:1", day("01-05"), day("01-07"), False),
        ("crm:1", day("01-07"), day("01-13"), True),
        ("crm:1", day("01-13"), day("02-01"), False),
        ("crm:1", day("02-01"), NEVER, True),
        ("crm:2", day("01-05"), day("01-10"), True),
        ("crm:2", day("01-10"), day("01-20"), False),
    ]


def test_what_a_lead_has_planned_is_planned_for_its_deals_but_not_what_another_deal_has(company: CompanyFolder) -> None:
    deals(company, "1,7,2026-01-05,\n2,7,2026-01-05,\n3,8,2026-01-05,\n")
    activities(
        company,
        "1,task,,7,2026-01-06,2026-01-08,2026-01-08,done\n2,task,2,7,2026-01-09,2026-01-10,,planned\n",
    )
    company.load_and_build()
    assert company.table("fct_deal_states", STATES) == [
        ("crm:1", day("01-05"), day("01-06"), False),
        ("crm:1", day("01-06"), day("01-08"), True),
        ("crm:1", day("01-08"), NEVER, False),
        ("crm:2", day("01-05"), day("01-06"), False),
        ("crm:2", day("01-06"), day("01-08"), True),
        ("crm:2", day("01-08"), day("01-09"), False),
        ("crm:2", day("01-09"), NEVER, True),
        ("crm:3", day("01-05"), NEVER, False),
    ]


def test_what_is_planned_without_a_beginning_is_planned_all_the_time(company: CompanyFolder) -> None:
    deals(company, "1,,2026-01-05,\n2,,2026-01-05,\n3,,2026-01-05,\n")
    activities(company, "1,task,1,,,2026-12-01,,planned\n2,task,2,,,,,planned\n3,task,3,,,2026-01-07,2026-01-09,done\n")
    company.load_and_build()
    assert company.table("fct_deal_states", STATES) == [
        ("crm:1", day("01-05"), NEVER, True),
        ("crm:2", day("01-05"), NEVER, True),
        ("crm:3", day("01-05"), day("01-07"), False),
        ("crm:3", day("01-07"), day("01-09"), True),
        ("crm:3", day("01-09"), NEVER, False),
    ]


def test_a_call_is_a_next_step_while_it_is_only_planned(company: CompanyFolder) -> None:
    deals(company, "1,,2026-01-05,\n")
    activities(company, "1,call,1,,2026-01-06,2026-01-08,,planned\n2,task,9,,2026-01-06,2026-01-08,,planned\n")
    company.load_and_build()
    assert company.table("fct_deal_states", STATES) == [
        ("crm:1", day("01-05"), day("01-06"), False),
        ("crm:1", day("01-06"), NEVER, True),
    ]


def test_where_nobody_tells_of_tasks_or_appointments_nothing_is_known(company: CompanyFolder) -> None:
    deals(company, "1,,2026-01-05,\n")
    activities(company, "1,call,1,,2026-01-06,2026-01-06,,done\n")
    company.load_and_build()
    assert company.table("fct_deal_states", STATES) == [("crm:1", day("01-05"), NEVER, None)]


def test_where_tasks_are_told_but_not_whose_they_are_nothing_is_known(company: CompanyFolder) -> None:
    deals(company, "1,,2026-01-05,\n")
    activities(company, "1,task,,,2026-01-06,2026-01-08,,planned\n2,meeting,,,2026-01-06,2026-01-08,,planned\n")
    company.load_and_build()
    assert company.table("fct_deal_states", STATES) == [("crm:1", day("01-05"), NEVER, None)]


def test_spans_of_owners_and_of_plans_cut_each_other_and_lose_no_day(company: CompanyFolder) -> None:
    deals(company, "1,,2026-01-05,2026-01-25\n")
    company.stream(
        "crm", "log", "deal,field,old,new,at\n1,owner,Anna,Boris,2026-01-15\n", into="changes", key="auto",
        columns={"deal_id": "deal", "field": "field", "old": "old", "new": "new", "changed_at": "at"},
    )  # fmt: skip
    people = "id,name\n1,Anna\n2,Boris\n"
    company.stream("crm", "people", people, into="employees", columns={"employee_id": "id", "name": "name"})
    activities(company, "1,task,1,,2026-01-10,2026-01-20,2026-01-20,done\n")
    company.load_and_build()
    assert company.table("fct_deal_states", "employee_id from_day to_day has_next_step") == [
        ("crm:1", day("01-05"), day("01-10"), False),
        ("crm:1", day("01-10"), day("01-15"), True),
        ("crm:2", day("01-15"), day("01-20"), True),
        ("crm:2", day("01-20"), day("01-25"), False),
    ]
