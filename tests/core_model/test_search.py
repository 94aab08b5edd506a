"""By which words people, leads, deals, client companies and contacts are found."""

from datetime import date

from tests.company import CompanyFolder

FOUND_BY = "entity entity_id number words day"


def test_a_record_is_found_by_its_own_words_and_those_of_its_client(company: CompanyFolder) -> None:
    company.stream(
        "crm", "people", "id,name\n7,Алёна Ёж\n", into="employees", columns={"employee_id": "id", "name": "name"}
    )
    company.stream(
        "crm", "firms", "id,name\nA,ООО «Ёлка-2»\n", into="accounts", columns={"account_id": "id", "name": "name"}
    )
    leads = "id,title,firm,at,gone\nL-1,Монтаж: 2-й этаж,A,2026-02-03,\nL-2,Gone,A,2026-02-03,2026-02-04\nL-3,,,,\n"
    named = {"lead_id": "id", "title": "title", "account_id": "firm", "created_at": "at", "deleted_at": "gone"}
    company.stream("crm", "leads", leads, into="leads", columns=named)
    company.load_and_build()
    assert company.table("dim_search", FOUND_BY) == [
        ("account", "crm:A", "a", " ооо елка 2", None),
        ("employee", "crm:7", "7", " алена еж", None),
        ("lead", "crm:L-1", "l-1", " монтаж 2 й этаж ооо елка 2", date(2026, 2, 3)),
        ("lead", "crm:L-3", "l-3", " ", None),
    ]
