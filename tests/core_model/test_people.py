"""Who is who, and who was in which team."""

from datetime import date, timedelta

from tests.company import CompanyFolder

EVER, NEVER = date(1900, 1, 1), date(9999, 12, 31)
TEAM = "employee_id team_id role valid_from valid_to"
PEOPLE = {"employee_id": "id", "name": "name", "team": "team"}


def day(text: str) -> date:
    return date.fromisoformat(text)


def test_dated_rows_are_spans_and_a_later_one_cuts_an_earlier_one(company: CompanyFolder) -> None:
    text = "id,team,from,to\n1,West,2026-01-01,\n1,East,2026-03-01,\n2,West,2026-01-01,2026-02-01\n"
    columns = {"employee_id": "id", "team": "team", "valid_from": "from", "valid_to": "to"}
    company.stream("hr", "people", text, into="employees", columns=columns)
    company.load_and_build()
    assert company.table("employee_team", TEAM) == [
        ("hr:1", "name:east", None, day("2026-03-01"), NEVER),
        ("hr:1", "name:west", None, day("2026-01-01"), day("2026-03-01")),
        ("hr:2", "name:west", None, day("2026-01-01"), day("2026-02-01")),
    ]


def test_after_a_span_inside_another_the_outer_one_goes_on(company: CompanyFolder) -> None:
    text = "id,team,from,to\n1,West,2026-01-01,2026-12-31\n1,East,2026-03-01,2026-04-01\n"
    columns = {"employee_id": "id", "team": "team", "valid_from": "from", "valid_to": "to"}
    company.stream("hr", "people", text, into="employees", columns=columns)
    company.load_and_build()
    assert company.table("employee_team", "team_id valid_from valid_to") == [
        ("name:east", day("2026-03-01"), day("2026-04-01")),
        ("name:west", day("2026-01-01"), day("2026-03-01")),
        ("name:west", day("2026-04-01"), day("2026-12-31")),
    ]


def test_a_movers_past_stays_with_the_old_team(company: CompanyFolder) -> None:
    deals = "id,who,won\n1,7,2026-03-01\n2,7,2026-03-10\n"
    columns = {"deal_id": "id", "employee_id": "who", "closed_at": "won", "outcome": "= 'won'"}
    company.stream("crm", "deals", deals, into="deals", columns=columns)
    company.stream("crm", "people", "id,name,team\n7,Anna,West\n", into="employees", columns=PEOPLE)
    company.load()
    company.now += timedelta(days=3)
    company.export("crm", "people", "id,name,team\n7,Anna,East\n", suffix="_2")
    company.load_and_build()
    assert company.table("employee_team", TEAM) == [
        ("crm:7", "name:east", None, day("2026-03-05"), NEVER),
        ("crm:7", "name:west", None, EVER, day("2026-03-05")),
    ]
    assert company.table("fct_deals", "deal_id closed_team_id team_id") == [
        ("crm:1", "name:west", "name:east"),
        ("crm:2", "name:east", "name:east"),
    ]


def test_a_role_left_and_taken_again_is_held_only_then(company: CompanyFolder) -> None:
    columns = {**PEOPLE, "role": "role"}
    company.stream("crm", "people", "id,name,team,role\n7,Anna,West,sdr\n", into="employees", columns=columns)
    company.load()
    for number, role in enumerate(["ae", "sdr"]):
        company.now += timedelta(days=1)
        company.export(
            "crm", "people", f"id,name,team,role\n7,Anna,West,{role}\n{number},X,,\n", suffix=f"_{number + 2}"
        )
        company.load()
    company.build()
    assert company.table("employee_team", "role valid_from valid_to", "employee_id = 'crm:7'") == [
        ("ae", day("2026-03-03"), day("2026-03-04")),
        ("sdr", EVER, day("2026-03-03")),
        ("sdr", day("2026-03-04"), NEVER),
    ]


def test_whoever_leaves_the_team_in_a_later_export_is_in_none_from_then_on(company: CompanyFolder) -> None:
    company.stream("crm", "people", "id,name,team\n7,Anna,West\n", into="employees", columns=PEOPLE)
    company.load()
    company.now += timedelta(days=1)
    company.export("crm", "people", "id,name,team\n7,Anna,\n", suffix="_2")
    company.load_and_build()
    assert company.table("employee_team", TEAM) == [("crm:7", "name:west", None, EVER, day("2026-03-03"))]


def test_of_two_exports_of_one_day_the_last_one_holds(company: CompanyFolder) -> None:
    company.stream("crm", "people", "id,name,team\n7,Anna,West\n", into="employees", columns=PEOPLE)
    company.export("crm", "people", "id,name,team\n7,Anna,East\n", suffix="_2")
    company.load("people")
    company.export("crm", "people", "id,name,team\n7,Anna,North\n", suffix="_3")
    company.load_and_build()
    assert company.table("employee_team", TEAM) == [("crm:7", "name:north", None, EVER, NEVER)]


def test_a_person_is_one_row_with_the_last_word_on_each_thing(company: CompanyFolder) -> None:
    columns = {**PEOPLE, "email": "mail", "left_on": "left"}
    company.stream(
        "crm", "people", "id,name,team,mail,left\n7,Anna,W,a@x.ru,2026-01-05\n", into="employees", columns=columns
    )
    company.load()
    company.export("crm", "people", "id,name,team,mail,left\n7,Anna B,W,b@x.ru,\n", suffix="_2")
    company.load_and_build()
    assert company.table("dim_employee", "employee_id name email left_on is_active") == [
        ("crm:7", "Anna B", "b@x.ru", None, True)
    ]


def test_a_team_is_led_by_the_manager_its_people_name(company: CompanyFolder) -> None:
    text = "agent,manager,office\nAnna,Maria,West\nBoris,Maria,West\nCarl,Nina,East\n"
    columns = {"name": "agent", "manager": "manager", "team": "office"}
    company.stream("crm", "people", text, into="employees", columns=columns)
    company.load_and_build()
    assert company.table("dim_team", "team_id name lead_employee_id") == [
        ("name:east", "East", "name:nina"),
        ("name:west", "West", "name:maria"),
    ]
    assert [row[0] for row in company.table("dim_employee", "name")] == ["Anna", "Boris", "Carl", "Maria", "Nina"]


def test_members_gather_what_several_streams_say_of_them(company: CompanyFolder) -> None:
    company.stream(
        "crm", "a", "id,name,seg\n1,Acme,big\n", into="accounts",
        columns={"account_id": "id", "name": "name", "segment": "seg"},
    )  # fmt: skip
    company.stream("crm", "b", "id,city\n1,Omsk\n", into="accounts", columns={"account_id": "id", "region": "city"})
    company.load_and_build()
    assert company.table("dim_account", "account_id name segment region") == [("crm:1", "Acme", "big", "Omsk")]


def test_phones_and_mails_identify_people_and_clients(company: CompanyFolder) -> None:
    company.stream(
        "crm", "contacts", "id,phone,mail\n5,8 999 123-45-67,A@x.ru\n", into="contacts",
        columns={"contact_id": "id", "phone": "phone", "email": "mail"},
    )  # fmt: skip
    company.load_and_build()
    assert company.table("identity", "kind value entity entity_id") == [
        ("email", "a@x.ru", "contact", "crm:5"),
        ("phone", "+79991234567", "contact", "crm:5"),
    ]
