"""What is worth a look in how work is recorded: each check by an example that it finds and ones that it passes over."""

from pathlib import Path

import pytest

from tests.company import AskedCompany, CompanyFolder
from tests.core_model.test_quality import day, found

CALLS = {
    "activity_id": "id", "employee": "who", "started_at": "at", "ended_at": "end", "client_phone": "phone",
    "direction": "way", "answered": "ok", "talk_seconds": "talk",
}  # fmt: skip
HEAD = "id,who,at,end,phone,way,ok,talk\n"


def calls(company: CompanyFolder, *rows: str) -> None:
    company.stream("crm", "calls", HEAD + "\n".join(rows) + "\n", into="calls", columns=CALLS)


def short(first: int, who: str, *minutes: str, talk: int = 5) -> list[str]:
    """Return answered outgoing calls of some seconds of one person on 10 February 2026."""
    return [
        f"{first + place},{who},2026-02-10 {minute},,7900000{first + place:04d},out,yes,{talk}"
        for place, minute in enumerate(minutes)
    ]


@pytest.fixture
def company(tmp_path: Path) -> CompanyFolder:
    return AskedCompany(tmp_path / "c")


def test_five_short_calls_in_a_row_are_one_series_with_its_evidence(company: CompanyFolder) -> None:
    calls(
        company,
        *short(1, "Anna", "10:00", "10:01", "10:02", "10:03", talk=3),
        *short(5, "Anna", "10:10", talk=9),  # the tenth minute: still within ten of the first
        *short(6, "Anna", "10:30"),  # long after: of no series
    )
    company.load_and_build()
    assert found(company, "short_call_series", "entity_id employee_id from_day detail title") == [
        ("crm:call:1", "name:anna", day("2026-02-10"), "5 × 3–9 s, 10:00–10:10", "+79000000001")
    ]
    columns = "class severity record_id"
    assert found(company, "short_call_series", columns) == [("odd", "medium", "call crm:call:1")]


def test_a_longer_call_between_them_ends_a_series(company: CompanyFolder) -> None:
    calls(
        company,
        *short(1, "Anna", "10:00", "10:01", "10:02", "10:03"),
        *short(5, "Anna", "10:04", talk=10),  # ten seconds are not under ten
        *short(6, "Anna", "10:05", "10:06", "10:07", "10:08"),
    )
    company.load_and_build()
    assert found(company, "short_call_series") == []


def test_short_calls_of_two_people_or_too_far_apart_are_no_series(company: CompanyFolder) -> None:
    calls(
        company,
        *short(1, "Anna", "10:00", "10:01", "10:02"),
        *short(4, "Boris", "10:00", "10:01", "10:02"),
        *short(7, "Clara", "11:00", "11:03", "11:06", "11:09", "11:12"),  # twelve minutes
    )
    company.load_and_build()
    assert found(company, "short_call_series") == []


def test_unanswered_calls_count_by_how_long_they_rang_where_that_is_known(company: CompanyFolder) -> None:
    known = [f"{n},Anna,2026-02-10 10:0{n}:00,2026-02-10 10:0{n}:04,79001,out,no," for n in range(5)]
    unknown = [f"1{n},Boris,2026-02-10 10:0{n}:00,,79001,out,no," for n in range(5)]
    ringing = [f"2{n},Clara,2026-02-10 10:0{n}:00,2026-02-10 10:0{n}:30,79001,out,no," for n in range(5)]
    coming = [f"3{n},Dina,2026-02-10 10:0{n}:00,,79001,in,yes,4" for n in range(5)]
    calls(company, *known, *unknown, *ringing, *coming)
    company.load_and_build()
    assert found(company, "short_call_series", "entity_id detail") == [("crm:call:0", "5 × 4–4 s, 10:00–10:04")]


def test_two_series_of_a_day_are_two_and_the_company_sets_the_limits(tmp_path: Path) -> None:
    limits = "[quality]\nshort_call_seconds = 5\nshort_call_series = 3\nshort_call_minutes = 2\n"
    company = AskedCompany(tmp_path / "c", settings=limits)
    calls(
        company,
        *short(1, "Anna", "10:00", "10:01", "10:02", talk=4),
        *short(4, "Anna", "15:00", "15:01", "15:02", "15:03", talk=4),
        *short(8, "Anna", "18:00", "18:01", "18:02", talk=5),
    )
    company.load_and_build()
    assert found(company, "short_call_series", "entity_id detail") == [
        ("crm:call:1", "3 × 4–4 s, 10:00–10:02"),
        ("crm:call:4", "4 × 4–4 s, 15:00–15:03"),
    ]


def test_calls_to_ones_own_number_and_to_colleagues_are_named(company: CompanyFolder) -> None:
    people = (
        "id,name,phone,ext\n1,Anna,8 (903) 111-11-11,101\n2,Boris,89032222222,102\n3,Clara,84950000000,103\n"
        "4,Dina,84950000000,104\n"
    )
    columns = {"employee_id": "id", "name": "name", "phone": "phone", "extension": "ext"}
    company.stream("crm", "people", people, into="employees", columns=columns)
    calls(
        company,
        "1,Anna,2026-02-10 10:00,,+7 903 111 11 11,out,yes,60",  # her own
        "2,Anna,2026-02-10 11:00,,102,out,yes,60",  # Boris's extension
        "3,Boris,2026-02-10 11:00,,8 903 111-11-11,in,yes,60",  # not made by him
        "4,Boris,2026-02-10 12:00,,84950000000,out,yes,60",  # the office's: two people have it
        "5,Boris,2026-02-10 13:00,,89031234567,out,yes,60",
    )
    company.load_and_build()
    assert found(company, "call_to_own_people", "entity_id employee_id detail from_day") == [
        ("crm:call:1", "crm:1", "= Anna", day("2026-02-10")),
        ("crm:call:2", "crm:1", "→ Boris", day("2026-02-10")),
    ]


DONE = {
    "activity_id": "id", "employee": "who", "kind": "what", "deal_id": "deal", "created_at": "made",
    "completed_at": "closed", "started_at": "at", "status": "how",
}  # fmt: skip
DONE_HEAD = "id,who,what,deal,made,closed,at,how\n"


def done(company: CompanyFolder, *rows: str) -> None:
    company.stream("crm", "done", DONE_HEAD + "\n".join(rows) + "\n", into="activities", columns=DONE)


def test_a_task_closed_without_a_contact_with_its_client_is_found(company: CompanyFolder) -> None:
    done(
        company,
        "c0,Anna,call,9,,,2026-02-01 09:00,done",  # Anna's contacts are known from here on
        "c1,Boris,call,1,,,2026-02-03 12:00,done",  # somebody else's call does
        "c2,Anna,call,2,,,2026-02-05 17:00,done",  # within a day after the closing
        "c3,Anna,call,3,,,2026-02-05 19:00,done",  # a day and an hour after it
        "c4,Anna,call,4,,,2026-02-02 08:59,done",  # before the task was there
        "c5,Anna,call,5,,,2026-02-04 17:30,planned",  # not done
        *(
            f"t{deal},Anna,task,{deal},2026-02-02 09:00,2026-02-04 18:00,,done"
            for deal in (1, 2, 3, 4, 5)
        ),
        "t6,Anna,task,,2026-02-02 09:00,2026-02-04 12:00,,done",  # about no client
        "t7,Anna,task,7,2026-02-02 09:00,,,planned",
        "t8,Anna,task,8,2026-01-31 09:00,2026-02-04 12:00,,done",  # from before any contact was known
        "t9,Dina,task,7,2026-02-02 09:00,2026-02-04 12:00,,done",  # of whom no contact is known at all
    )  # fmt: skip
    company.load_and_build()
    evidence = "2026-02-02 09:00 → 2026-02-04 18:00 (× 5)"
    assert found(company, "task_closed_without_contact", "entity_id employee_id detail from_day") == [
        (f"crm:t{deal}", "name:anna", evidence, day("2026-02-04")) for deal in (3, 4, 5)
    ]


def test_a_task_entered_after_the_talk_and_closed_at_once_had_its_contact(tmp_path: Path) -> None:
    company = AskedCompany(tmp_path / "c", settings="[quality]\nbulk_tasks = 2\n")
    done(
        company,
        "c1,Anna,call,1,,,2026-02-02 10:00,done",
        "c2,Anna,call,2,,,2026-02-02 10:00,done",
        *(f"t{deal},Anna,task,{deal},2026-02-02 10:30,2026-02-02 10:31,,done" for deal in (1, 2)),
        *(f"u{deal},Anna,task,{deal},2026-02-03 11:30,2026-02-03 11:31,,done" for deal in (1, 2)),
    )
    company.load_and_build()
    assert found(company, "task_closed_without_contact", "entity_id detail") == [
        ("crm:u1", "2026-02-03 11:30 → 2026-02-03 11:31 (× 2)"),
        ("crm:u2", "2026-02-03 11:30 → 2026-02-03 11:31 (× 2)"),
    ]


def test_tasks_closed_one_by_one_are_listed_where_one_person_stands_apart(company: CompanyFolder) -> None:
    # of Anna's twenty tasks sixteen are without a contact, of the others' forty eight: 80 % against 20 %;
    # together 24 of 60: z = 0.6 / sqrt(0.4 * 0.6 * (1/20 + 1/40)) = 4.5
    rows = [f"c{who},{who},call,900,,,2026-01-02 09:00,done" for who in ("Anna", "Boris", "Clara")]
    without = {"Anna": 16, "Boris": 4, "Clara": 4}
    for number, (who, count) in enumerate(without.items()):
        for place in range(20):
            deal, minute = 100 * number + place, f"{place:02d}"
            rows.append(f"t{deal},{who},task,{deal},2026-02-02 09:00,2026-02-04 18:{minute},,done")
            if place >= count:
                rows.append(f"k{deal},{who},call,{deal},,,2026-02-03 12:00,done")
    done(company, *rows)
    company.load_and_build()
    listed = found(company, "task_closed_without_contact", "employee_id detail")
    assert len(listed) == 16
    assert listed[0] == ("name:anna", "2026-02-02 09:00 → 2026-02-04 18:00 (80 % : 20 %)")
    assert set(found(company, "task_closed_without_contact", "employee_id")) == {"name:anna"}


def test_what_is_entered_days_after_the_moment_it_claims_is_found(company: CompanyFolder) -> None:
    done(
        company,
        "1,Anna,meeting,,2026-02-06 10:00,,2026-02-02 10:00,done",  # four days after
        "2,Anna,meeting,,2026-02-05 10:00,,2026-02-02 10:00,done",  # three: still in time
        "3,Anna,meeting,,2026-02-01 10:00,,2026-02-02 10:00,done",  # planned before it was held
        "4,Anna,meeting,,2026-02-06 10:00,,2026-02-02 10:00,cancelled",
        # a dozen within one minute: no hand has typed them
        *(f"1{n},Boris,call,,2026-02-20 03:00:0{n % 10},,2026-01-0{1 + n % 9} 10:00,done" for n in range(12)),
    )
    company.load_and_build()
    assert found(company, "entered_long_after", "entity entity_id employee_id detail from_day") == [
        ("meeting", "crm:1", "name:anna", "2026-02-02 10:00 < 2026-02-06 10:00", day("2026-02-06"))
    ]


def test_a_deal_closed_in_the_past_is_found_by_when_its_stage_was_entered(company: CompanyFolder) -> None:
    company.pipeline("pipeline: sales\nstages:\n  - { id: New }\n  - { id: Won, outcome: won }\n")
    deals = "id,stage,closed,who\n1,Won,2026-01-31,Anna\n2,Won,2026-02-09,Anna\n3,Won,2026-01-31,Anna\n"
    columns = {"deal_id": "id", "stage": "stage", "closed_at": "closed", "employee": "who"}
    company.stream("crm", "deals", deals, into="deals", columns=columns)
    moves = "deal,to,at\n1,New,2026-01-10\n1,Won,2026-02-10 12:00\n2,Won,2026-02-10 12:00\n3,New,2026-02-20 12:00\n"
    columns = {"deal_id": "deal", "stage": "to", "changed_at": "at"}
    company.stream("crm", "moves", moves, into="stage_changes", key="auto", columns=columns)
    company.load_and_build()
    assert found(company, "entered_long_after", "entity entity_id employee_id detail from_day") == [
        ("deal", "crm:1", "name:anna", "2026-01-31 00:00 < 2026-02-10 12:00", day("2026-02-10"))
    ]


def test_without_lengths_numbers_or_moments_nothing_is_said_and_what_lacks_is_named(company: CompanyFolder) -> None:
    company.stream(
        "crm", "tasks", "id,about\n1,Ring\n", into="tasks", columns={"activity_id": "id", "subject": "about"}
    )
    company.load_and_build()
    lacks = dict(company.ask("SELECT check_name, lacks FROM dim_check WHERE class = 'odd'"))
    assert sorted(lacks) == [
        "call_to_own_people", "entered_long_after", "short_call_series", "task_closed_without_contact"
    ]  # fmt: skip
    assert "fct_activities.talk_seconds@call|fct_activities.ended_at@call" in lacks["short_call_series"]
    assert lacks["call_to_own_people"] == "fct_activities.client_phone@call, identity.value@employee"
    assert all(lacks.values())
