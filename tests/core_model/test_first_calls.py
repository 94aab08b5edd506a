"""Which calls are cold, and how many it took to reach a client."""

from tests.company import CompanyFolder

COLUMNS = {
    "activity_id": "id",
    "kind": "kind",
    "started_at": "at",
    "direction": "dir",
    "client_phone": "phone",
    "contact_id": "contact",
    "account_id": "account",
    "lead_id": "lead",
    "status": "status",
    "answered": "= CASE WHEN kind = 'call' THEN talk > 0 END",
    "talk_seconds": "talk",
}
HEAD = "id,kind,at,dir,phone,contact,account,lead,status,talk\n"


def activities(company: CompanyFolder, text: str) -> None:
    company.stream("crm", "acts", HEAD + text, into="activities", columns=COLUMNS)


def told(company: CompanyFolder, column: str) -> dict[int, object]:
    rows = company.table("fct_activities", f"activity_id {column}", "kind = 'call' AND direction = 'out'")
    return {int(str(key).rpartition(":")[2]): value for key, value in rows}


def test_a_call_is_cold_where_nothing_was_before_it(company: CompanyFolder) -> None:
    activities(
        company,
        "1,call,2026-03-02 10:00,out,+79000000001,,,,,0\n"
        "2,call,2026-03-02 11:00,out,+79000000001,,,,,9\n"  # called before
        "3,email,2026-03-02 09:00,in,,5,,,,\n"
        "4,call,2026-03-02 10:00,out,,5,,,,0\n"  # they wrote first
        "5,call,2026-03-02 09:00,in,+79000000002,,,,,0\n"
        "6,call,2026-03-02 10:00,out,+79000000002,,,,,0\n"  # they called first, though we missed it
        "7,task,2026-03-02 09:00,,,6,,,done,\n"
        "8,call,2026-03-02 10:00,out,,6,,,,0\n"  # a task of ours is nothing that the client has seen
        "9,meeting,2026-03-02 09:00,,,7,,,planned,\n"
        "10,call,2026-03-02 10:00,out,,7,,,,0\n"  # nor is a plan
        "11,call,2026-03-02 10:00,out,,,,,,0\n"  # to whom is not known
        "12,call,2026-03-03 10:00,out,,8,9,,,0\n"
        "13,call,2026-03-02 10:00,out,,,9,,,0\n",  # of a company whose person was called later
    )
    company.load_and_build()
    assert told(company, "is_cold") == {
        1: True, 2: False, 4: False, 6: False, 8: True, 10: True, 11: None, 12: True, 13: True
    }  # fmt: skip


def test_of_two_calls_of_one_second_one_is_cold(company: CompanyFolder) -> None:
    activities(
        company,
        "1,call,2026-03-02 10:00,out,+79000000001,,,,,0\n2,call,2026-03-02 10:00,out,+79000000001,,,,,0\n",
    )
    company.load_and_build()
    assert told(company, "is_cold") == {1: True, 2: False}


def test_a_client_is_one_by_number_contact_and_lead(company: CompanyFolder) -> None:
    company.stream(
        "crm", "contacts", "id,phone\n5,+79000000005\n", into="contacts", columns={"contact_id": "id", "phone": "phone"}
    )
    company.stream(
        "crm", "leads", "id,contact,phone\n1,5,\n2,,+79000000007\n", into="leads",
        columns={"lead_id": "id", "contact_id": "contact", "phone": "phone"},
    )  # fmt: skip
    activities(
        company,
        "1,email,2026-03-02 09:00,out,,,,1,,\n"  # to lead 1, whose contact is 5
        "2,call,2026-03-02 10:00,out,+79000000005,,,,,0\n"
        "3,email,2026-03-02 09:00,out,,,,2,,\n"  # to lead 2, who has a number and is no contact
        "4,call,2026-03-02 10:00,out,+79000000007,,,,,0\n",
    )
    company.load_and_build()
    assert told(company, "is_cold") == {2: False, 4: False}
    assert company.ask("SELECT DISTINCT client_id FROM fct_activities ORDER BY 1") == [
        ("contact:crm:5",), ("phone:+79000000007",)
    ]  # fmt: skip


def test_attempts_are_counted_up_to_the_first_that_reached_the_client(company: CompanyFolder) -> None:
    activities(
        company,
        "1,call,2026-03-02 10:00,out,+79000000001,,,,,0\n"
        "2,call,2026-03-02 11:00,out,+79000000001,,,,,0\n"
        "3,call,2026-03-02 12:00,in,+79000000001,,,,,60\n"  # they called: no attempt of ours, and none that reached
        "4,call,2026-03-02 13:00,out,+79000000001,,,,,60\n"  # the third attempt
        "5,call,2026-03-02 14:00,out,+79000000001,,,,,60\n"  # reached already
        "6,call,2026-03-02 10:00,out,+79000000002,,,,,60\n"
        "7,call,2026-03-02 10:00,out,+79000000003,,,,,0\n"  # never reached
        "8,call,2026-03-02 10:00,out,+79000000004,,,,,0\n"  # in one second: in the order of their ids
        "9,call,2026-03-02 10:00,out,+79000000004,,,,,60\n",
    )
    company.load_and_build()
    found = {key: value for key, value in told(company, "attempts_until_reached").items() if value is not None}
    assert found == {4: 3, 6: 1, 9: 2}
