"""Who owned a record when, and how it is shared."""

from tests.company import CompanyFolder, at
from tests.core_model.test_people import NEVER, day

DEALS = {"deal_id": "id", "employee_id": "who", "created_at": "made", "closed_at": "won", "outcome": "result"}
CHANGES = {"deal_id": "deal", "field": "field", "old": "old", "new": "new", "changed_at": "at"}
PEOPLE = {"employee_id": "id", "name": "name"}


def people(company: CompanyFolder) -> None:
    company.stream("crm", "people", "id,name\n7,Anna\n8,Boris\n", into="employees", columns=PEOPLE)


def test_each_time_of_a_deal_has_the_owner_of_then(company: CompanyFolder) -> None:
    people(company)
    company.stream(
        "crm", "deals", "id,who,made,won,result\n1,8,2026-01-01,2026-02-01,won\n", into="deals", columns=DEALS
    )
    company.stream(
        "crm",
        "log",
        "deal,field,old,new,at\n1,owner,7,8,2026-01-15 12:00\n",
        into="changes",
        key="auto",
        columns=CHANGES,
    )
    company.load_and_build()
    assert company.table("fct_deals", "employee_id created_employee_id closed_employee_id") == [
        ("crm:8", "crm:7", "crm:8")
    ]
    assert company.table("record_owner", "employee_id valid_from valid_to") == [
        ("crm:7", at("1900-01-01"), at("2026-01-15 09:00")),
        ("crm:8", at("2026-01-15 09:00"), at("9999-12-31")),
    ]


def test_a_past_owner_known_by_name_alone_is_a_person_too(company: CompanyFolder) -> None:
    people(company)
    company.stream("crm", "deals", "id,who,made,won,result\n1,8,2026-01-01,,open\n", into="deals", columns=DEALS)
    log = "deal,field,old,new,at\n1,Ответственный,Олег Ветров,анна ,2026-01-15\n1,Ответственный,Анна,Boris,2026-01-20\n"
    company.stream("crm", "log", log, into="changes", key="auto", columns=CHANGES)
    company.load_and_build()
    assert company.table("record_owner", "employee_id valid_from") == [
        ("crm:8", at("2026-01-19 21:00")),
        ("name:анна", at("2026-01-14 21:00")),
        ("name:олег ветров", at("1900-01-01")),
    ]
    assert company.table("fct_deals", "created_employee_id") == [("name:олег ветров",)]


def test_changes_may_name_the_record_by_entity_and_id(company: CompanyFolder) -> None:
    people(company)
    company.stream("crm", "deals", "id,who,made,won,result\n1,8,2026-01-01,,open\n", into="deals", columns=DEALS)
    columns = {"entity": "kind", "entity_id": "id", "field": "field", "old": "old", "new": "new", "changed_at": "at"}
    log = "kind,id,field,old,new,at\nDeals,1,Owner,7,8,2026-01-15\nDeals,1,Stage,New,Talks,2026-01-16\n"
    company.stream("crm", "log", log, into="changes", key="auto", columns=columns)
    company.load_and_build()
    assert company.table("fct_deals", "created_employee_id") == [("crm:7",)]
    assert company.table("fct_stage_entries", "entity entity_id stage_id entered_at") == [
        ("deal", "crm:1", "Talks", at("2026-01-15 21:00"))
    ]
    assert company.table("fct_changes", "entity entity_id field new") == [
        ("deal", "crm:1", "owner", "8"),
        ("deal", "crm:1", "stage", "Talks"),
    ]


def test_a_lead_and_a_deal_of_one_number_change_hands_each_for_itself(company: CompanyFolder) -> None:
    people(company)
    company.stream("crm", "deals", "id,who,made,won,result\n1,8,2026-01-01,,open\n", into="deals", columns=DEALS)
    company.stream(
        "crm", "leads", "id,who,made\n1,8,2026-01-01\n", into="leads",
        columns={"lead_id": "id", "employee_id": "who", "created_at": "made"},
    )  # fmt: skip
    columns = {"entity": "kind", "entity_id": "id", "field": "field", "old": "old", "new": "new", "changed_at": "at"}
    log = "kind,id,field,old,new,at\ndeal,1,owner,7,8,2026-01-15\nlead,1,owner,8,7,2026-01-15\n"
    company.stream("crm", "log", log, into="changes", key="auto", columns=columns)
    company.load_and_build()
    assert company.table("fct_deals", "created_employee_id") == [("crm:7",)]
    assert company.table("fct_leads", "created_employee_id employee_id") == [("crm:8", "crm:8")]
    assert company.ask("SELECT count(*) FROM record_owner") == [(4,)]


def split(company: CompanyFolder, shares: str) -> None:
    people(company)
    company.stream(
        "crm", "deals", "id,who,made,won,result\n1,8,2026-01-01,2026-02-01,won\n", into="deals", columns=DEALS
    )
    company.stream(
        "crm", "split", shares, into="owners", key="auto",
        columns={"deal_id": "deal", "employee_id": "who", "share": "share"},
    )  # fmt: skip
    company.load_and_build()


def credit(company: CompanyFolder) -> list[tuple[str | None, float]]:
    rows = company.table("split_credit", "employee_id share", "axis = 'closed'")
    assert sum(share for _, share in rows) == 1
    return [(who, round(share, 9)) for who, share in rows]


def test_two_halves_are_halves(company: CompanyFolder) -> None:
    split(company, "deal,who,share\n1,7,0.5\n1,8,0.5\n")
    assert credit(company) == [("crm:7", 0.5), ("crm:8", 0.5)]


def test_more_than_the_whole_is_cut_to_it(company: CompanyFolder) -> None:
    split(company, "deal,who,share\n1,7,60%\n1,8,60%\n")
    assert credit(company) == [("crm:7", 0.5), ("crm:8", 0.5)]
    assert company.table("fct_deal_states", "employee_id share") == [("crm:7", 0.5), ("crm:8", 0.5)]


def test_what_nobody_was_given_belongs_to_nobody(company: CompanyFolder) -> None:
    split(company, "deal,who,share\n1,7,0.5\n")
    assert credit(company) == [("crm:7", 0.5), (None, 0.5)]
    assert company.table("fct_deal_states", "employee_id share") == [("crm:7", 0.5), (None, 0.5)]
    assert company.table("fct_deals", "closed_employee_id") == [("crm:7",)]


def test_owners_without_shares_own_alike(company: CompanyFolder) -> None:
    split(company, "deal,who,share\n1,7,\n1,8,\n")
    assert credit(company) == [("crm:7", 0.5), ("crm:8", 0.5)]


def test_one_owner_with_the_whole_is_no_split(company: CompanyFolder) -> None:
    split(company, "deal,who,share\n1,7,100%\n")
    assert company.ask("SELECT count(*) FROM split_credit") == [(0,)]
    assert company.table("fct_deals", "closed_employee_id employee_id") == [("crm:7", "crm:8")]


def test_stated_shares_beat_the_history_of_one_owner(company: CompanyFolder) -> None:
    company.stream(
        "crm", "log", "deal,field,old,new,at\n1,owner,7,8,2026-01-15\n", into="changes", key="auto", columns=CHANGES
    )
    split(company, "deal,who,share\n1,7,0.7\n1,8,0.3\n")
    assert credit(company) == [("crm:7", 0.7), ("crm:8", 0.3)]


def test_outside_the_days_of_its_shares_a_deal_is_todays_owners(company: CompanyFolder) -> None:
    people(company)
    company.stream(
        "crm", "deals", "id,who,made,won,result\n1,8,2026-01-01,2026-02-01,won\n", into="deals", columns=DEALS
    )
    text = "deal,who,share,from,to\n1,7,0.5,2026-01-10,2026-01-20\n1,8,0.5,2026-01-10,2026-01-20\n"
    columns = {"deal_id": "deal", "employee_id": "who", "share": "share", "valid_from": "from", "valid_to": "to"}
    company.stream("crm", "split", text, into="owners", key="auto", columns=columns)
    company.load_and_build()
    assert company.table("split_credit", "axis employee_id share") == [("closed", "crm:8", 1), ("created", "crm:8", 1)]
    assert company.table("fct_deal_states", "from_day to_day employee_id share") == [
        (day("2026-01-01"), day("2026-01-10"), "crm:8", 1),
        (day("2026-01-10"), day("2026-01-20"), "crm:7", 0.5),
        (day("2026-01-10"), day("2026-01-20"), "crm:8", 0.5),
        (day("2026-01-20"), day("2026-02-01"), "crm:8", 1),
    ]


def test_states_are_the_days_a_deal_was_open_cut_by_owner_and_team(company: CompanyFolder) -> None:
    text = "id,team,from,to\n7,West,2026-01-05,2026-01-10\n7,East,2026-01-20,\n"
    columns = {"employee_id": "id", "team": "team", "valid_from": "from", "valid_to": "to"}
    company.stream("crm", "people", text, into="employees", columns=columns)
    deals = (
        "id,who,made,won,result\n1,7,2026-01-01,2026-02-01,won\n2,7,2026-01-25,,open\n3,7,2026-01-01,2026-01-01,lost\n"
    )
    company.stream("crm", "deals", deals, into="deals", columns=DEALS)
    company.load_and_build()
    assert company.table("fct_deal_states", "deal_id from_day to_day team_id") == [
        ("crm:1", day("2026-01-01"), day("2026-01-05"), None),
        ("crm:1", day("2026-01-05"), day("2026-01-10"), "name:west"),
        ("crm:1", day("2026-01-10"), day("2026-01-20"), None),
        ("crm:1", day("2026-01-20"), day("2026-02-01"), "name:east"),
        ("crm:2", day("2026-01-25"), NEVER, "name:east"),
    ]


def test_the_state_of_a_deal_turns_on_the_local_day_it_changed_hands(company: CompanyFolder) -> None:
    people(company)
    company.stream("crm", "deals", "id,who,made,won,result\n1,8,2026-01-01,,open\n", into="deals", columns=DEALS)
    log = "deal,field,old,new,at\n1,owner,7,8,2026-01-14T22:00:00Z\n"
    company.stream("crm", "log", log, into="changes", key="auto", columns=CHANGES)
    company.load_and_build()
    assert company.table("fct_deal_states", "from_day to_day employee_id") == [
        (day("2026-01-01"), day("2026-01-15"), "crm:7"),
        (day("2026-01-15"), NEVER, "crm:8"),
    ]
