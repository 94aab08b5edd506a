"""What followed a call, an e-mail or a message of ours in its journey, within fourteen days."""

from tests.company import CompanyFolder

ACTS = {
    "activity_id": "id",
    "kind": "kind",
    "lead_id": "lead",
    "deal_id": "deal",
    "contact_id": "contact",
    "started_at": "at",
    "created_at": "made",
    "completed_at": "done",
    "direction": "dir",
    "thread_id": "thread",
    "status": "status",
    "answered": "= CASE WHEN kind = 'call' THEN talk > 0 END",
}
HEAD = "id,kind,lead,deal,contact,at,made,done,dir,thread,status,talk\n"
OUTCOMES = "is_answered has_meeting has_opportunity has_won next_event"


def activities(company: CompanyFolder, text: str) -> None:
    company.stream("crm", "acts", HEAD + text, into="activities", columns=ACTS)


def deals(company: CompanyFolder, text: str) -> None:
    columns = {"deal_id": "id", "lead_id": "lead", "created_at": "made", "closed_at": "closed", "outcome": "outcome"}
    columns |= {"deleted_at": "gone"}
    company.stream("crm", "deals", "id,lead,made,closed,outcome,gone\n" + text, into="deals", columns=columns)


def outcomes(company: CompanyFolder, columns: str = OUTCOMES) -> dict[int, tuple[object, ...]]:
    rows = company.table("fct_outgoing_touches", f"activity_id {columns}")
    return {int(str(row[0]).rpartition(":")[2]): row[1:] for row in rows}


def test_a_chain_from_the_first_call_to_the_sale(company: CompanyFolder) -> None:
    deals(company, "1,7,2026-03-10 10:00,2026-03-20 10:00,won,\n")
    activities(
        company,
        "1,call,7,,,2026-03-02 10:00,,,out,,,0\n"  # the sale is 18 days later
        "2,email,7,,,2026-03-03 10:00,,,out,a,,\n"
        "3,email,7,,,2026-03-04 10:00,,,in,a,,\n"
        "4,meeting,7,,,2026-03-09 10:00,2026-03-05 10:00,,,,done,\n"
        "5,call,,1,,2026-03-11 10:00,,,out,,,60\n"  # the deal's own: the journey is the same
        "6,email,,1,,2026-03-21 10:00,,,out,,,\n",
    )
    company.load_and_build()
    assert outcomes(company) == {
        1: (True, True, True, False, "email_out"),
        2: (True, True, True, False, "email_in"),
        5: (True, False, False, True, "won"),
        6: (False, False, False, False, "nothing"),
    }


def test_the_window_ends_fourteen_days_after_the_touch_and_is_a_setting(company: CompanyFolder) -> None:
    activities(
        company,
        "1,call,1,,,2026-03-02 10:00,,,out,,,0\n2,message,1,,,2026-03-16 09:59,,,in,,,\n"
        "3,call,2,,,2026-03-02 10:00,,,out,,,0\n4,message,2,,,2026-03-16 10:00,,,in,,,\n",
    )
    company.load_and_build()
    assert outcomes(company, "is_answered next_event") == {1: (True, "message_in"), 3: (False, "nothing")}
    company.write("voronka.toml", 'time_zone = "Europe/Moscow"\n[touches]\nwindow_days = 15\n')
    company.build()
    assert outcomes(company, "is_answered next_event") == {1: (True, "message_in"), 3: (True, "message_in")}


def test_what_came_before_a_touch_did_not_follow_it(company: CompanyFolder) -> None:
    deals(company, "1,1,2026-03-01 10:00,,open,\n2,2,2026-03-04 10:00,,open,2026-03-05 10:00\n")
    activities(
        company,
        "1,meeting,1,,,2026-03-01 12:00,2026-03-01 11:00,,,,done,\n"
        "2,message,1,,,2026-03-01 13:00,,,in,,,\n"
        "3,call,1,,,2026-03-02 10:00,,,out,,,0\n"
        "4,call,2,,,2026-03-02 10:00,,,out,,,0\n",  # the deal of its lead is deleted
    )
    company.load_and_build()
    nothing = (False, False, False, False, "nothing")
    assert outcomes(company) == {3: nothing, 4: nothing}


def test_a_meeting_that_was_booked_counts_though_it_was_called_off_and_one_only_planned_long_ago_does_not(
    company: CompanyFolder,
) -> None:
    activities(
        company,
        "1,call,1,,,2026-03-02 10:00,,,out,,,0\n2,demo,1,,,2026-05-01 10:00,2026-03-03 10:00,,,,cancelled,\n"
        "3,call,2,,,2026-03-02 10:00,,,out,,,0\n4,meeting,2,,,2026-03-05 10:00,2026-02-01 10:00,,,,cancelled,\n"
        "5,call,3,,,2026-03-02 10:00,,,out,,,0\n6,meeting,3,,,2026-03-05 10:00,2026-02-01 10:00,,,,done,\n",
    )
    company.load_and_build()
    assert outcomes(company, "has_meeting next_event") == {
        1: (True, "demo"), 3: (False, "nothing"), 5: (True, "meeting")
    }  # fmt: skip


def test_a_touch_of_no_journey_has_no_outcome_though_its_contact_has_journeys(company: CompanyFolder) -> None:
    company.stream(
        "crm", "leads", "id,contact,made\n1,5,2026-01-01\n2,5,2026-01-01\n", into="leads",
        columns={"lead_id": "id", "contact_id": "contact", "created_at": "made"},
    )  # fmt: skip
    activities(
        company,
        "1,call,,,5,2026-03-02 10:00,,,out,,,60\n"
        "2,call,1,,,2026-03-02 10:00,,,out,,,0\n"
        "3,message,2,,,2026-03-03 10:00,,,in,,,\n",  # of the contact's other journey
    )
    company.load_and_build()
    assert outcomes(company, "journey_id is_answered next_event") == {
        1: (None, False, None), 2: ("lead:crm:1", False, "nothing")
    }  # fmt: skip


def test_what_stands_at_the_same_second_came_after_the_touch(company: CompanyFolder) -> None:
    deals(company, "1,1,2026-03-02 10:00,,open,\n")
    activities(company, "1,call,1,,,2026-03-02 10:00,,,out,,,0\n2,email,1,,,2026-03-02 10:00,,,out,,,\n")
    company.load_and_build()
    assert outcomes(company, "has_opportunity next_event") == {1: (True, "email_out"), 2: (True, "deal_created")}


def test_a_stage_further_on_follows_and_one_back_does_not(company: CompanyFolder) -> None:
    company.pipeline(
        "pipeline: sales\nentity: deals\nstages:\n  - { id: A }\n  - { id: B }\n  - { id: C }\n"
        "  - { id: Won, outcome: won }\n  - { id: Lost, outcome: lost }\n"
    )
    deals(
        company, "1,,2026-03-01 10:00,,open,\n2,,2026-03-01 10:00,,open,\n3,,2026-03-01 10:00,2026-03-04 10:00,lost,\n"
    )
    log = (
        "deal,stage,at\n1,A,2026-03-01 10:00\n1,B,2026-03-04 10:00\n"
        "2,B,2026-03-01 10:00\n2,A,2026-03-03 10:00\n3,A,2026-03-01 10:00\n3,Lost,2026-03-04 10:00\n"
    )
    columns = {"deal_id": "deal", "stage": "stage", "changed_at": "at"}
    company.stream("crm", "log", log, into="stage_changes", key="auto", columns=columns)
    activities(
        company,
        "1,call,,1,,2026-03-02 10:00,,,out,,,0\n2,call,,2,,2026-03-02 10:00,,,out,,,0\n"
        "3,call,,3,,2026-03-02 10:00,,,out,,,0\n",
    )
    company.load_and_build()
    assert outcomes(company, "next_event") == {1: ("stage_forward",), 2: ("nothing",), 3: ("lost",)}


def test_touches_before_a_deal_was_closed_are_those_of_its_journey(company: CompanyFolder) -> None:
    deals(company, "1,7,2026-03-10 10:00,2026-03-20 10:00,won,\n2,,2026-03-10 10:00,2026-03-20 10:00,won,\n")
    company.stream(
        "shop", "deals", "id,closed\n1,2026-03-20 10:00\n", into="deals",
        columns={"deal_id": "id", "closed_at": "closed", "outcome": "= 'won'"},
    )  # fmt: skip
    activities(
        company,
        "1,call,7,,,2026-03-02 10:00,,,out,,,0\n"
        "2,call,7,,,2026-03-03 10:00,,,in,,,60\n"  # theirs
        "3,email,7,,,2026-03-04 10:00,,,out,,,\n"
        "4,meeting,7,,,2026-03-05 10:00,,,,,done,\n"
        "5,meeting,7,,,2026-03-06 10:00,,,,,no_show,\n"
        "6,task,7,,,2026-03-06 10:00,,2026-03-06 11:00,,,done,\n"
        "7,proposal,,1,,2026-03-15 10:00,,,,,,\n"
        "8,call,,1,,2026-03-21 10:00,,,out,,,0\n",  # after it
    )
    company.load_and_build()
    assert company.table("fct_deals", "deal_id touches_before_close") == [("crm:1", 4), ("crm:2", 0), ("shop:1", None)]
