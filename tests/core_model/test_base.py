"""The base: companies and contacts of whoever looks after them, and the days on which something was done."""

from datetime import date

from tests.company import CompanyFolder

EVER, NEVER = date(1900, 1, 1), date(9999, 12, 31)


def people(company: CompanyFolder, text: str) -> None:
    company.stream(
        "crm", "people", "id,name,team\n" + text, into="employees",
        columns={"employee_id": "id", "name": "name", "team": "team"},
    )  # fmt: skip


def accounts(company: CompanyFolder, text: str) -> None:
    company.stream(
        "crm", "accounts", "id,owner,made,segment\n" + text, into="accounts",
        columns={"account_id": "id", "employee_id": "owner", "created_at": "made", "segment": "segment"},
    )  # fmt: skip


def contacts(company: CompanyFolder, text: str) -> None:
    company.stream(
        "crm", "contacts", "id,account,made,phone,mail\n" + text, into="contacts",
        columns={
            "contact_id": "id", "account_id": "account", "created_at": "made", "phone": "phone", "email": "mail",
        },
    )  # fmt: skip


def test_an_account_is_in_the_base_from_the_local_day_it_was_created(company: CompanyFolder) -> None:
    people(company, "1,Anna,West\n")
    accounts(company, "1,1,2026-01-10 23:30Z,small\n2,1,,\n3,,2026-01-10,\n")
    company.load_and_build()
    assert company.table("fct_account_states", "account_id employee_id from_day to_day segment") == [
        ("crm:1", "crm:1", date(2026, 1, 11), NEVER, "small"),
        ("crm:2", "crm:1", EVER, NEVER, None),
        ("crm:3", None, date(2026, 1, 10), NEVER, None),
    ]


def test_a_mover_takes_the_base_along_and_no_day_of_it_is_lost_or_doubled(company: CompanyFolder) -> None:
    people(company, "1,Anna,West\n")
    company.load()
    company.export("crm", "people", "id,name,team\n1,Anna,East\n", "_2")
    company.now = company.now.replace(month=5, day=4)
    accounts(company, "1,1,2026-01-10,\n")
    company.load_and_build()
    spans = company.table("fct_account_states", "from_day to_day team_id")
    assert [team for _, _, team in spans][-1] == "name:east"
    assert spans[0][0] == date(2026, 1, 10)
    assert spans[-1][1] == NEVER
    assert [end for _, end, _ in spans][:-1] == [start for start, _, _ in spans][1:]


def test_what_was_done_with_a_contact_was_done_with_their_company(company: CompanyFolder) -> None:
    people(company, "1,Anna,West\n2,Boris,West\n")
    accounts(company, "1,1,2026-01-10,\n2,2,2026-01-10,\n")
    contacts(company, "5,1,,,\n6,,,,\n")
    columns = {
        "activity_id": "id", "kind": "kind", "employee_id": "who", "account_id": "account", "contact_id": "contact",
        "started_at": "at", "status": "status",
    }  # fmt: skip
    text = (
        "id,kind,who,account,contact,at,status\n"
        "1,call,2,1,,2026-03-02 10:00,\n"  # Boris calls Anna's client: it is her base that was worked with
        "2,call,1,,5,2026-03-02 12:00,\n"  # the same day of the same company
        "3,email,1,,5,2026-03-03 12:00,\n"
        "4,meeting,1,2,,2026-03-03 12:00,planned\n"  # not held
        "5,call,1,,6,2026-03-03 12:00,\n"  # of no company
        "6,call,1,1,,2026-03-03 23:30Z,\n"  # the next local day
    )
    company.stream("crm", "acts", text, into="activities", columns=columns)
    company.load_and_build()
    assert company.table("fct_account_days", "account_id touched_day touched_employee_id") == [
        ("crm:1", date(2026, 3, 2), "crm:1"),
        ("crm:1", date(2026, 3, 3), "crm:1"),
        ("crm:1", date(2026, 3, 4), "crm:1"),
    ]


def test_a_contact_has_a_number_or_an_address_that_can_be_read_as_one(company: CompanyFolder) -> None:
    people(company, "1,Anna,West\n")
    accounts(company, "1,1,2026-01-10,big\n")
    contacts(company, "5,1,2026-02-01,+79000000005,\n6,1,,,anna@example.com\n7,1,,,\n")
    company.load_and_build()
    assert company.table("fct_contact_states", "contact_id employee_id from_day has_phone has_email segment") == [
        ("crm:5", "crm:1", date(2026, 2, 1), True, False, "big"),
        ("crm:6", "crm:1", EVER, False, True, "big"),
        ("crm:7", "crm:1", EVER, False, False, "big"),
    ]


def test_where_no_contact_has_a_number_or_an_address_nobody_told(company: CompanyFolder) -> None:
    contacts(company, "5,,,,\n")
    company.load_and_build()
    assert company.table("fct_contact_states", "contact_id has_phone has_email") == [("crm:5", None, None)]
