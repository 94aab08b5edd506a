"""Who is known by a number, an address, an extension; what people merged; what may be one and the same."""

from pathlib import Path

import pytest

from tests.company import AskedCompany, CompanyFolder
from voronka.bootstrap import people_of, workplace
from voronka.pipeline.entering import bring_entered
from voronka.settings import load_settings

pytestmark = pytest.mark.usefixtures("both_stagings")

LEAD = {"lead_id": "id", "phone": "phone", "created_at": "at"}
CONTACT = {"contact_id": "id", "name": "name", "phone": "phone", "email": "mail"}
CALL = {"activity_id": "id", "client_phone": "phone", "started_at": "at", "talk_seconds": "s", "direction": "= 'out'"}


@pytest.fixture
def company(tmp_path: Path) -> CompanyFolder:
    """Return an empty company."""
    return AskedCompany(tmp_path / "company")


def merge(company: CompanyFolder, entity: str, entity_id: str, into_id: str | None) -> None:
    """State that a record is another one, or (None) its own again; brought in with the next load."""
    people = people_of(company.folder, load_settings(company.folder), lambda: company.now)
    if into_id is None:
        people.merges.undo(entity, entity_id, "anna")  # type: ignore[arg-type]
    else:
        people.merges.merge(entity, entity_id, into_id, "anna")  # type: ignore[arg-type]
    people.database.close()
    with workplace(str(company.folder), lambda: company.now) as work:
        assert [outcome.state for outcome in bring_entered(work)] == ["loaded"]


def test_all_numbers_of_a_field_are_known_however_they_are_written(company: CompanyFolder) -> None:
    text = "id;name;phone;mail\n1;Ann;8 (903) 123-45-67, +7 495 223-45-67 доб. 101;Ann@x.ru, ann.b@y.ru\n"
    company.stream("crm", "contacts", text + "2;Bob;+49 (0) 30 1234567;\n", into="contacts", columns=CONTACT)
    company.load_and_build()
    assert company.table("identity", "entity_id kind value") == [
        ("crm:1", "email", "ann.b@y.ru"),
        ("crm:1", "email", "ann@x.ru"),
        ("crm:1", "phone", "+74952234567"),
        ("crm:1", "phone", "+79031234567"),
        ("crm:2", "phone", "+49301234567"),
    ]


def test_a_call_belongs_to_the_newest_lead_of_its_number_that_came_before_it(company: CompanyFolder) -> None:
    leads = (
        "id,phone,at\n"
        "1,+79031234567,2026-01-01 10:00\n"
        "2,89031234567,2026-02-01 10:00\n"
        "3,495 223 45 67,2026-01-01 10:00\n"
    )
    calls = (
        "id,phone,at,s\n"
        "1,8 903 123 45 67,2026-01-01 09:00,5\n"  # before any lead
        "2,89031234567,2026-01-05 09:00,5\n"
        "3,79031234567,2026-02-05 09:00,5\n"
        "4,84952234567,2026-02-05 09:00,5\n"
    )
    company.stream("crm", "leads", leads, into="leads", columns=LEAD)
    company.stream("pbx", "calls", calls, into="calls", columns=CALL)
    company.load_and_build()
    assert company.table("fct_calls", "activity_id lead_id journey_id") == [
        ("pbx:call:1", None, None),
        ("pbx:call:2", "crm:1", "lead:crm:1"),
        ("pbx:call:3", "crm:2", "lead:crm:2"),
        ("pbx:call:4", "crm:3", "lead:crm:3"),
    ]


def test_a_switchboard_is_no_clients_number(company: CompanyFolder) -> None:
    rows = [f"{n},+74952234567,2026-01-0{n} 10:00\n" for n in range(1, 7)]
    calls = "id,phone,at,s\n1,+74952234567,2026-01-09 09:00,5\n"
    company.stream("crm", "leads", "id,phone,at\n" + "".join(rows), into="leads", columns=LEAD)
    company.stream("pbx", "calls", calls, into="calls", columns=CALL)
    company.load_and_build()
    assert company.table("fct_calls", "lead_id") == [(None,)]
    assert company.table("fct_merge_candidates", "entity_id") == []


def test_a_lead_and_a_mail_are_of_the_only_contact_with_their_number_or_address(company: CompanyFolder) -> None:
    contacts = "id,name,phone,mail\n1,Ann,+79031234567,ann@x.ru\n2,Bob,+79160000001,\n3,Bea,+79160000001,\n"
    leads = "id,phone,at\n1,8-903-123-45-67,2026-01-01 10:00\n2,+79160000001,2026-01-01 10:00\n"
    mails = "id,mail,at\n1,ANN@x.ru,2026-02-01 10:00\n"
    company.stream("crm", "contacts", contacts, into="contacts", columns=CONTACT)
    company.stream("crm", "leads", leads, into="leads", columns=LEAD)
    columns = {"activity_id": "id", "email": "mail", "started_at": "at"}
    company.stream("mail", "mails", mails, into="emails", columns=columns)
    company.load_and_build()
    assert company.table("fct_leads", "lead_id contact_id") == [("crm:1", "crm:1"), ("crm:2", None)]
    assert company.table("fct_emails", "contact_id lead_id client_id") == [("crm:1", "crm:1", "contact:crm:1")]


def test_what_stands_for_a_persons_name_may_be_their_extension_or_address(company: CompanyFolder) -> None:
    people = (
        "id,name,mail,phone,ext\n1,Anna,anna@co.ru,+7 495 223-45-67 доб. 17,\n2,Boris,,,18\n3,Vera,,,19\n4,Gleb,,,19\n"
    )
    columns = {"employee_id": "id", "name": "name", "email": "mail", "phone": "phone", "extension": "ext"}
    company.stream("crm", "people", people, into="employees", columns=columns)
    called = ("17", "18", "Anna@co.ru", "19", "77")
    calls = "id,who,at\n" + "".join(f"{n},{who},2026-01-05 09:00\n" for n, who in enumerate(called, start=1))
    company.stream(
        "pbx", "calls", calls, into="calls", columns={"activity_id": "id", "employee": "who", "started_at": "at"}
    )
    company.load_and_build()
    assert company.table("fct_calls", "activity_id employee_id") == [
        ("pbx:call:1", "crm:1"),
        ("pbx:call:2", "crm:2"),
        ("pbx:call:3", "crm:1"),
        ("pbx:call:4", "ambiguous"),
        ("pbx:call:5", "name:77"),
    ]


def test_what_people_merged_is_one_after_the_next_build_and_two_again_when_it_is_undone(company: CompanyFolder) -> None:
    contacts = "id,name,phone,mail\n1,Ann,+79031234567,ann@x.ru\n2,Ann B.,+79160000001,\n"
    company.stream("crm", "contacts", contacts, into="contacts", columns=CONTACT)
    deals = "id,who\n7,1\n8,2\n"
    company.stream("crm", "deals", deals, into="deals", columns={"deal_id": "id", "contact_id": "who"})
    company.load_and_build()
    before = [("crm:7", "crm:1"), ("crm:8", "crm:2")]
    assert company.table("fct_deals", "deal_id contact_id") == before
    merge(company, "contact", "crm:2", "crm:1")
    company.build()
    assert company.table("fct_deals", "deal_id contact_id") == [("crm:7", "crm:1"), ("crm:8", "crm:1")]
    assert company.table("dim_contact", "contact_id name") == [("crm:1", "Ann")]
    assert company.table("identity", "entity_id value") == [
        ("crm:1", "+79031234567"),
        ("crm:1", "+79160000001"),
        ("crm:1", "ann@x.ru"),
    ]
    merge(company, "contact", "crm:2", None)
    company.build()
    assert company.table("fct_deals", "deal_id contact_id") == before
    assert company.table("dim_contact", "contact_id name") == [("crm:1", "Ann"), ("crm:2", "Ann B.")]


def test_a_merged_lead_gives_its_calls_and_its_number_to_the_other(company: CompanyFolder) -> None:
    leads = "id,phone,at\n1,+79031234567,2026-01-01 10:00\n2,+79160000001,2026-01-02 10:00\n"
    calls = "id,phone,at,s\n1,+79160000001,2026-01-09 09:00,5\n"
    company.stream("crm", "leads", leads, into="leads", columns=LEAD)
    company.stream("pbx", "calls", calls, into="calls", columns=CALL)
    company.load()
    merge(company, "lead", "crm:2", "crm:1")
    company.build()
    assert company.table("fct_leads", "lead_id") == [("crm:1",)]
    assert company.table("fct_calls", "lead_id") == [("crm:1",)]


def test_leads_that_a_source_says_became_each_other_are_one(company: CompanyFolder) -> None:
    company.stream(
        "crm", "leads", "id,into\n1,2\n2,1\n3,2\n", into="leads", columns={"lead_id": "id", "merged_into": "into"}
    )
    company.load_and_build()
    assert company.table("fct_leads", "lead_id") == [("crm:1",)]


def test_candidates_are_told_with_what_they_have_in_common(company: CompanyFolder) -> None:
    contacts = (
        "id,name,phone,mail,co\n1,Ann,+79031234567,ann@x.ru,5\n2,Ann B.,+79160000001,ann@x.ru,5\n3,ann,,,5\n4,Ann,,,6\n"
    )
    company.stream("crm", "contacts", contacts, into="contacts", columns={**CONTACT, "account_id": "co"})
    accounts = 'id,name,inn,city\n5,ООО «Ромашка»,77,Москва\n6,"Ромашка, ООО",,\n7,Ромашка,,Пермь\n8,Лютик,77,\n'
    columns = {"account_id": "id", "name": "name", "tax_number": "inn", "region": "city"}
    company.stream("crm", "accounts", accounts, into="accounts", columns=columns)
    leads = (
        "id,phone,at\n"
        "1,+79031234567,2026-01-01 10:00\n"
        "2,89031234567,2026-01-20 10:00\n"
        "3,+79031234567,2026-03-01 10:00\n"
    )
    company.stream("crm", "leads", leads, into="leads", columns=LEAD)
    company.load_and_build()
    assert company.table("fct_merge_candidates", "entity entity_id into_id reasons") == [
        ("account", "crm:6", "crm:5", "name"),
        ("account", "crm:8", "crm:5", "tax_number"),
        ("contact", "crm:2", "crm:1", "email"),
        ("contact", "crm:3", "crm:1", "name"),
        ("lead", "crm:2", "crm:1", "phone"),
    ]
