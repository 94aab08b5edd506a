"""Calls, mails and all else that people do."""

from tests.company import CompanyFolder, at

CALLS = {"activity_id": "id", "started_at": "at", "employee": "who", "talk_seconds": "talk"}


def test_the_first_response_is_the_first_contact_after_the_lead_came(company: CompanyFolder) -> None:
    leads = "id,made\n1,2026-01-01 10:00\n2,2026-01-01 10:00\n3,2026-01-01 10:00\n"
    company.stream("crm", "leads", leads, into="leads", columns={"lead_id": "id", "created_at": "made"})
    text = (
        "id,kind,lead,at,dir,talk,status\n"
        "1,call,1,2026-01-01 09:00,out,60,\n"  # before the lead
        "2,call,1,2026-01-01 10:05,in,0,\n"  # a missed one
        "3,email,1,2026-01-01 10:10,out,,planned\n"  # not sent yet
        "4,call,1,2026-01-01 10:15,out,0,\n"  # an attempt
        "5,call,2,2026-01-01 10:20,in,30,\n"  # taken
        "6,task,3,2026-01-01 10:20,out,,done\n"  # not a contact
    )
    columns = {"activity_id": "id", "kind": "kind", "lead_id": "lead", "started_at": "at", "direction": "dir"}
    columns |= {"talk_seconds": "talk", "status": "status"}
    company.stream("crm", "acts", text, into="activities", columns=columns)
    company.load_and_build()
    assert company.table("fct_leads", "lead_id first_response_at first_response_seconds") == [
        ("crm:1", at("2026-01-01 07:15"), 900),
        ("crm:2", at("2026-01-01 07:20"), 1200),
        ("crm:3", None, None),
    ]


def test_a_delay_that_the_source_reports_is_kept_and_is_no_moment(company: CompanyFolder) -> None:
    company.stream(
        "crm", "leads", "id,made,wait\n1,2026-01-01 10:00,0:02:00\n", into="leads",
        columns={"lead_id": "id", "created_at": "made", "first_response_seconds": "wait"},
    )  # fmt: skip
    company.load_and_build()
    assert company.table("fct_leads", "first_response_at first_response_seconds") == [(None, 120)]


def test_a_call_is_to_an_existing_client_once_a_deal_was_won(company: CompanyFolder) -> None:
    company.stream(
        "crm", "deals", "id,acc,won\n1,5,2026-01-10\n", into="deals",
        columns={"deal_id": "id", "account_id": "acc", "closed_at": "won", "outcome": "= 'won'"},
    )  # fmt: skip
    calls = "id,at,who,talk,acc\n1,2026-01-05,A,1,5\n2,2026-01-15,A,1,5\n3,2026-01-15,A,1,6\n4,2026-01-15,A,1,\n"
    company.stream("crm", "calls", calls, into="calls", columns={**CALLS, "account_id": "acc"})
    company.load_and_build()
    assert [row[1] for row in company.table("fct_calls", "activity_id potential")] == ["new", "existing", "new", None]


def test_an_account_and_a_contact_of_one_number_are_two_and_double_nothing(company: CompanyFolder) -> None:
    company.stream(
        "crm", "deals", "id,acc,con,won\n1,5,6,2026-01-10\n2,6,5,2026-01-20\n", into="deals",
        columns={
            "deal_id": "id", "account_id": "acc", "contact_id": "con", "closed_at": "won", "outcome": "= 'won'",
        },
    )  # fmt: skip
    calls = "id,at,who,talk,acc,con\n1,2026-01-15,A,1,5,\n2,2026-01-15,A,1,,5\n"
    columns = {**CALLS, "account_id": "acc", "contact_id": "con"}
    company.stream("crm", "calls", calls, into="calls", columns=columns)
    company.load_and_build()
    assert company.table("fct_calls", "activity_id potential") == [("crm:call:1", "existing"), ("crm:call:2", "new")]


def test_three_mails_and_one_reply_are_one_mail_answered(company: CompanyFolder) -> None:
    text = (
        "id,thread,dir,at\n1,t,out,2026-01-01\n2,t,out,2026-01-02\n3,t,out,2026-01-03\n4,t,in,2026-01-04\n"
        "5,t,in,2026-01-05\n6,t,out,2026-01-06\n7,u,in,2026-01-07\n8,,out,2026-01-07\n"
    )
    columns = {"activity_id": "id", "thread_id": "thread", "direction": "dir", "started_at": "at"}
    company.stream("crm", "mail", text, into="emails", columns=columns)
    company.load_and_build()
    assert company.table("fct_emails", "activity_id replied_at", "replied_at IS NOT NULL") == [
        ("crm:email:3", at("2026-01-03 21:00"))
    ]


def test_legs_of_one_call_are_put_together(company: CompanyFolder) -> None:
    text = (
        "id,conv,at,who,talk,wait\n"
        "1,c1,2026-01-01 10:00:00,,0,\n"  # the machine
        "2,c1,2026-01-01 10:00:10,Anna,20,10\n"
        "3,c1,2026-01-01 10:00:40,Boris,300,40\n"
        "4,,2026-01-01 11:00:00,Carl,5,3\n"
    )
    columns = {**CALLS, "conversation_id": "conv", "wait_seconds": "wait"}
    company.stream("pbx", "calls", text, into="calls", columns=columns)
    company.load_and_build()
    assert company.table("fct_calls", "activity_id started_at employee_id answered talk_seconds wait_seconds") == [
        ("pbx:call:1", at("2026-01-01 07:00"), "name:boris", True, 320, 10),
        ("pbx:call:4", at("2026-01-01 08:00"), "name:carl", True, 5, 3),
    ]
    assert company.table("fct_call_legs", "activity_id employee_id answered is_human talk_seconds") == [
        ("pbx:call:1", "name:anna", True, True, 20),
        ("pbx:call:1", "name:boris", True, True, 300),
        ("pbx:call:1", None, False, False, None),
    ]


def test_legs_of_a_stream_of_their_own_belong_to_their_call(company: CompanyFolder) -> None:
    company.stream("pbx", "calls", "id,at,who,talk\n1,2026-01-01,Anna,20\n", into="calls", columns=CALLS)
    company.stream(
        "pbx", "legs", "call,who,talk\n1,Anna,20\n1,Boris,0\n", into="call_legs", key="auto",
        columns={"activity_id": "call", "employee": "who", "talk_seconds": "talk"},
    )  # fmt: skip
    company.load_and_build()
    assert company.table("fct_call_legs", "activity_id employee_id answered talk_seconds") == [
        ("pbx:call:1", "name:anna", True, 20),
        ("pbx:call:1", "name:boris", False, None),
    ]


def test_zeros_of_an_unanswered_call_are_nothing(company: CompanyFolder) -> None:
    columns = {**CALLS, "wait_seconds": "wait"}
    text = "id,at,who,talk,wait\n1,2026-01-01,A,0,0\n2,2026-01-01,A,10,0\n"
    company.stream("pbx", "calls", text, into="calls", columns=columns)
    company.load_and_build()
    assert company.table("fct_calls", "answered talk_seconds wait_seconds") == [(False, None, None), (True, 10, 0)]


def test_an_activity_of_a_deal_is_its_leads_and_its_clients_too(company: CompanyFolder) -> None:
    columns = {"lead_id": "id", "deal_id": "deal", "channel": "channel"}
    company.stream("crm", "leads", "id,deal,channel\n1,10,ads\n", into="leads", columns=columns)
    company.stream("crm", "deals", "id,acc\n10,5\n", into="deals", columns={"deal_id": "id", "account_id": "acc"})
    company.stream("crm", "calls", "id,deal\n1,10\n", into="calls", columns={"activity_id": "id", "deal_id": "deal"})
    company.load_and_build()
    assert company.table("fct_calls", "lead_id account_id channel_id") == [("crm:1", "crm:5", "name:ads")]


def test_what_an_activity_is_about_may_be_the_company_where_ids_are_of_one_space(company: CompanyFolder) -> None:
    deals = "id,acc\n006A00000012345,001A00000012345\n7,5\n"
    company.stream("crm", "deals", deals, into="deals", columns={"deal_id": "id", "account_id": "acc"})
    accounts = "id,name\n001A00000012345,Acme\n9,Bolt\n"
    company.stream("crm", "accounts", accounts, into="accounts", columns={"account_id": "id", "name": "name"})
    # the 9 of the deals is not the 9 of the companies; of 001X nothing is loaded
    text = "id,what\n1,006A00000012345\n2,001A00000012345\n3,9\n4,001X00000012345\n"
    company.stream("crm", "tasks", text, into="tasks", columns={"activity_id": "id", "deal_id": "what"})
    company.load_and_build()
    assert company.table("fct_tasks", "activity_id deal_id account_id") == [
        ("crm:task:1", "crm:006A00000012345", "crm:001A00000012345"),
        ("crm:task:2", None, "crm:001A00000012345"),
        ("crm:task:3", "crm:9", None),
        ("crm:task:4", "crm:001X00000012345", None),
    ]
    assert company.ask(
        "SELECT entity_id FROM fct_quality_issues WHERE check_name = 'record_not_loaded' ORDER BY 1"
    ) == [
        ("deal crm:001X00000012345",),
        ("deal crm:9",),
    ]


def test_directions_and_kinds_are_known_in_both_languages(company: CompanyFolder) -> None:
    text = "id,kind,dir,done\n1,Call,Исходящий,\n2,TASK,,true\n3,task,,false\n4,meeting,in,\n"
    columns = {"activity_id": "id", "kind": "kind", "direction": "dir", "done": "done"}
    company.stream("crm", "acts", text, into="activities", columns=columns)
    company.load_and_build()
    assert company.table("fct_activities", "activity_id kind direction status") == [
        ("crm:1", "call", "out", "done"),
        ("crm:2", "task", None, "done"),
        ("crm:3", "task", None, "planned"),
        ("crm:4", "meeting", "in", None),
    ]


def test_a_call_or_mail_that_its_source_calls_not_done_is_planned_unless_it_took_place(company: CompanyFolder) -> None:
    text = (
        "id,kind,dir,done,talk\n"
        "1,call,out,false,\n"
        "2,call,out,true,\n"
        "3,call,,,\n"  # nothing is said: a call is told of when it was made
        "4,call,out,false,40\n"  # somebody talked
        "5,call,in,false,\n"  # it came: not dealt with yet
        "6,email,out,false,\n"
        "7,email,in,false,\n"
        "8,message,out,false,\n"
        "9,proposal,,false,\n"
    )
    columns = {"activity_id": "id", "kind": "kind", "direction": "dir", "done": "done", "talk_seconds": "talk"}
    company.stream("crm", "acts", text, into="activities", columns=columns)
    company.load_and_build()
    planned = [row[0] for row in company.table("fct_activities", "activity_id status") if row[1] == "planned"]
    assert planned == ["crm:1", "crm:6", "crm:8", "crm:9"]
    assert company.table("fct_calls", "activity_id") == [("crm:2",), ("crm:3",), ("crm:4",), ("crm:5",)]
    assert company.table("fct_emails", "activity_id") == [("crm:7",)]
    assert company.table("fct_messages", "activity_id") == []


def test_an_inbound_mail_is_a_reply_where_one_of_ours_stands_before_it(company: CompanyFolder) -> None:
    mails = (
        "id,thread,dir,at\n"
        "1,a,in,2026-01-01 09:00\n"  # the client wrote first
        "2,a,out,2026-01-01 10:00\n"
        "3,a,in,2026-01-01 11:00\n"
        "4,a,in,2026-01-01 12:00\n"
        "5,b,in,2026-01-01 12:00\n"
        "6,,in,2026-01-01 12:00\n"  # of no thread: not known
    )
    columns = {"activity_id": "id", "thread_id": "thread", "direction": "dir", "started_at": "at"}
    company.stream("mail", "mails", mails, into="emails", columns=columns)
    company.load_and_build()
    assert company.table("fct_emails", "activity_id is_reply replied_at") == [
        ("mail:email:1", False, None),
        ("mail:email:2", None, at("2026-01-01 08:00")),
        ("mail:email:3", True, None),
        ("mail:email:4", True, None),
        ("mail:email:5", False, None),
        ("mail:email:6", None, None),
    ]
