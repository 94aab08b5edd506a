"""On which days an open deal has stalled: nothing done for fourteen days, and nothing planned."""

from datetime import date

from tests.company import CompanyFolder

NEVER = date(9999, 12, 31)
STATES = "deal_id from_day to_day has_next_step is_stalled"


def day(text: str) -> date:
    return date.fromisoformat(f"2026-{text}")


def deals(company: CompanyFolder, text: str) -> None:
    columns = {"deal_id": "id", "lead_id": "lead", "created_at": "made", "closed_at": "won"}
    outcome = "= CASE WHEN won IS NULL THEN 'open' ELSE 'won' END"
    company.stream("crm", "deals", "id,lead,made,won\n" + text, into="deals", columns={**columns, "outcome": outcome})


def activities(company: CompanyFolder, text: str) -> None:
    columns = {
        "activity_id": "id", "kind": "kind", "deal_id": "deal", "lead_id": "lead", "created_at": "made",
        "started_at": "at", "completed_at": "done", "status": "status",
    }  # fmt: skip
    head = "id,kind,deal,lead,made,at,done,status\n"
    company.stream("crm", "acts", head + text, into="activities", columns=columns)


def test_a_deal_stalls_fourteen_days_after_it_was_created_or_something_was_done(company: CompanyFolder) -> None:
    deals(company, "1,,2026-01-05,\n2,,2026-01-05,2026-01-15\n3,,2026-01-05,\n")
    activities(
        company,
        "1,call,1,,,2026-02-01,,\n"
        "2,call,1,,,2026-02-15,,\n"  # on the very day on which it would have stalled
        "3,call,2,,,2026-01-06,,\n"
        "4,call,3,,,2026-01-06,,planned\n",  # a plan, and nothing done
    )
    company.load_and_build()
    assert company.table("fct_deal_states", STATES) == [
        ("crm:1", day("01-05"), day("01-19"), None, False),
        ("crm:1", day("01-19"), day("02-01"), None, True),
        ("crm:1", day("02-01"), day("03-01"), None, False),
        ("crm:1", day("03-01"), NEVER, None, True),
        ("crm:2", day("01-05"), day("01-15"), None, False),
        ("crm:3", day("01-05"), day("01-19"), None, False),
        ("crm:3", day("01-19"), NEVER, None, True),
    ]


def test_a_deal_with_something_planned_does_not_stall(company: CompanyFolder) -> None:
    deals(company, "1,,2026-01-05,\n")
    activities(company, "1,task,1,,2026-01-10,2026-02-20,2026-02-20,done\n")
    company.load_and_build()
    assert company.table("fct_deal_states", STATES) == [
        ("crm:1", day("01-05"), day("01-10"), False, False),
        ("crm:1", day("01-10"), day("02-20"), True, False),
        ("crm:1", day("02-20"), day("03-06"), False, False),
        ("crm:1", day("03-06"), NEVER, False, True),
    ]


def test_what_is_done_with_the_lead_is_done_about_its_deals_but_not_what_is_done_about_another(
    company: CompanyFolder,
) -> None:
    deals(company, "1,7,2026-01-05,\n2,7,2026-01-05,\n")
    activities(company, "1,call,,7,,2026-01-12,,\n2,call,2,7,,2026-01-20,,\n")
    company.load_and_build()
    assert company.table("fct_deal_states", "deal_id from_day to_day is_stalled") == [
        ("crm:1", day("01-05"), day("01-26"), False),
        ("crm:1", day("01-26"), NEVER, True),
        ("crm:2", day("01-05"), day("02-03"), False),
        ("crm:2", day("02-03"), NEVER, True),
    ]


def test_where_nobody_tells_of_anything_done_nothing_is_known_and_no_span_is_cut(company: CompanyFolder) -> None:
    deals(company, "1,,2026-01-05,\n")
    activities(company, "1,call,,,,2026-01-12,,\n")
    company.load_and_build()
    assert company.table("fct_deal_states", "deal_id from_day to_day is_stalled") == [
        ("crm:1", day("01-05"), NEVER, None)
    ]


def test_the_days_are_a_setting_and_spans_lose_no_day(company: CompanyFolder) -> None:
    company.write("voronka.toml", 'time_zone = "Europe/Moscow"\n[regulations]\nstalled_days = 3\n')
    deals(company, "1,,2026-01-05,2026-01-20\n")
    activities(company, "1,call,1,,,2026-01-10,,\n")
    company.load_and_build()
    assert company.table("fct_deal_states", "from_day to_day is_stalled") == [
        (day("01-05"), day("01-08"), False),
        (day("01-08"), day("01-10"), True),
        (day("01-10"), day("01-13"), False),
        (day("01-13"), day("01-20"), True),
    ]
