"""What is found wrong with records, each check by an example that it finds and one that it passes over."""

from datetime import date
from pathlib import Path

import pytest

from tests.company import AskedCompany, CompanyFolder
from tests.core_model.test_laws import random_company

NEVER = date(9999, 12, 31)
LEADS = {
    "lead_id": "id", "created_at": "made", "employee": "who", "channel": "from", "phone": "phone", "email": "mail",
    "outcome": "how",
}  # fmt: skip
DEALS = {
    "deal_id": "id", "created_at": "made", "closed_at": "closed", "expected_close_at": "due", "outcome": "how",
    "amount": "sum", "employee": "who", "account": "client", "channel": "from", "loss_reason": "why",
    "probability": "sure", "updated_at": "changed",
}  # fmt: skip
DEAL_HEAD = "id,made,closed,due,how,sum,who,client,from,why,sure,changed\n"
CALLS = {
    "activity_id": "id", "employee": "who", "started_at": "at", "client_phone": "phone", "answered": "ok",
    "talk_seconds": "talk", "deal_id": "deal", "subject": "about",
}  # fmt: skip
SALES = """\
pipeline: sales
stages:
  - { id: New }
  - { id: Talks }
  - { id: Won, outcome: won }
  - { id: Lost, outcome: lost }
"""


def day(text: str) -> date:
    return date.fromisoformat(text)


def found(company: CompanyFolder, check: str, columns: str = "entity_id") -> list[object]:
    """Return what a check found, one value per record where one column is asked for."""
    rows = company.table("fct_quality_issues", columns, f"check_name = '{check}'")
    return [row[0] for row in rows] if " " not in columns else list(rows)


@pytest.fixture(scope="module")
def deals(tmp_path_factory: pytest.TempPathFactory) -> CompanyFolder:
    """Return a company of nine deals, each wrong in its own way but the first; received on 2 March 2026."""
    company = AskedCompany(tmp_path_factory.mktemp("deals") / "c")
    rows = [
        "1,2026-01-10,2026-01-20,2026-01-25,won,100,Anna,Acme,site,,1,2026-01-20",
        "2,2026-01-10,2026-01-05,,won,0,Anna,Bolt,site,,,2026-01-20",
        "3,2026-01-10,,,lost,50,Boris,Bolt,site,,,2026-01-20",
        "4,2026-02-01,,2026-02-20,open,70,Boris,,,,1,2026-02-10",
        "5,2026-02-01,,,open,80,,Cart,site,,0.5,2026-02-11",
        "6,2026-02-01,2026-02-05,2026-03-31,open,90,Leo,Cart,site,,0.5,2026-02-12",
        "7,2026-02-03,2026-02-10,,lost,,Anna,Dart,site,price,,2026-02-12",
        "8,2026-01-10,2026-01-21,,won,100,Anna,Acme,site,,1,2026-01-21",
        "9,2026-01-11,2026-01-21,,won,100,Anna,Acme,site,,1,2026-01-21",
    ]
    company.stream("crm", "deals", DEAL_HEAD + "\n".join(rows) + "\n", into="deals", columns=DEALS)
    people = "who,team,left\nAnna,North,\nBoris,South,\nLeo,South,2026-02-15\n"
    columns = {"name": "who", "team": "team", "left_on": "left"}
    company.stream("crm", "people", people, into="employees", columns=columns)
    company.load_and_build()
    return company


@pytest.mark.parametrize(
    ("check", "ids"),
    [
        ("deal_without_amount", ["crm:7"]),
        ("deal_without_client", ["crm:4"]),
        ("deal_without_channel", ["crm:4"]),
        ("deal_without_employee", ["crm:5"]),
        ("deal_without_expected_close", ["crm:5"]),  # of the open ones
        ("deal_without_loss_reason", ["crm:3"]),  # of the lost ones
        ("closed_before_created", ["crm:2"]),
        ("closed_without_date", ["crm:3"]),
        ("won_without_amount", ["crm:2"]),
        ("open_with_closing_date", ["crm:6"]),
        ("open_at_full_probability", ["crm:4"]),  # a won one may well be at 100 %
        ("left_but_owns", ["crm:6"]),
        ("duplicate_deal", ["crm:8"]),  # 9 was created on another day
        ("close_on_last_day_of_month", []),  # one of two open deals: too few to tell a habit from chance
    ],
)
def test_a_check_of_deals_finds_what_is_wrong_and_nothing_else(
    deals: CompanyFolder, check: str, ids: list[str]
) -> None:
    assert found(deals, check) == ids


def test_a_fault_is_there_from_the_day_on_which_it_came_to_be(deals: CompanyFolder) -> None:
    columns = "entity_id employee_id from_day to_day"
    boris, leo = "name:boris", "name:leo"
    assert found(deals, "expected_close_passed", columns) == [
        ("crm:4", boris, day("2026-02-21"), NEVER),
        ("crm:6", leo, day("2026-04-01"), NEVER),  # not yet
    ]
    assert found(deals, "deal_untouched", columns) == [
        ("crm:4", boris, day("2026-03-12"), NEVER),  # 30 days after the last change
        ("crm:5", None, day("2026-03-13"), NEVER),
        ("crm:6", leo, day("2026-03-14"), NEVER),
    ]
    assert found(deals, "left_but_owns", columns) == [("crm:6", leo, day("2026-02-15"), NEVER)]
    assert found(deals, "won_without_amount", columns) == [("crm:2", "name:anna", day("2026-01-10"), NEVER)]


def test_a_fault_stands_with_its_owners_team_and_says_what_was_found(deals: CompanyFolder) -> None:
    columns = "class severity entity record_id team_id detail"
    assert found(deals, "duplicate_deal", columns) == [
        ("duplicate", "medium", "deal", "deal crm:8", "name:north", "crm:1")
    ]
    assert found(deals, "closed_before_created", columns)[0] == (
        "contradictory", "high", "deal", "deal crm:2", "name:north", "2026-01-10 > 2026-01-05"
    )  # fmt: skip


def test_what_no_source_gives_is_not_checked_and_is_named(deals: CompanyFolder) -> None:
    made = dict(deals.ask("SELECT check_name, lacks FROM dim_check WHERE NOT is_made"))
    assert made["lead_without_channel"] == "fct_leads.channel_id"
    assert made["lead_untouched"] == "fct_leads.is_answered, fct_leads.outcome"
    assert made["call_without_employee"] == "fct_activities.employee_id@call"
    assert "deal_without_channel" not in made
    assert found(deals, "deal_without_next_step") == []
    assert made["deal_without_next_step"] == "fct_deal_states.has_next_step"


def test_all_records_of_the_kinds_looked_at_are_counted_with_their_owners(deals: CompanyFolder) -> None:
    rows = deals.ask(
        "SELECT employee_id, sum(records), bool_and(for_empty), bool_or(for_duplicate) FROM fct_checked_records "
        "WHERE entity = 'deal' GROUP BY employee_id ORDER BY employee_id NULLS LAST"
    )
    assert rows == [
        ("name:anna", 5, True, True), ("name:boris", 2, True, True), ("name:leo", 1, True, True), (None, 1, True, True)
    ]  # fmt: skip


@pytest.fixture(scope="module")
def calls(tmp_path_factory: pytest.TempPathFactory) -> CompanyFolder:
    """Return a company of leads, contacts, companies, calls, tasks, plans and spend; received on 2 March 2026."""
    company = AskedCompany(tmp_path_factory.mktemp("calls") / "c")
    leads = """id,made,who,from,phone,mail,how
    1,2026-01-10,Anna,site,+7 900 000-00-01,,open
    2,2026-02-05,Anna,site,8 900 000 00 01,,open
    3,2026-02-20,Boris,site,,a@x.ru,won
    4,2026-02-21,Boris,,,,open
    5,2026-04-20,Boris,site,,a@x.ru,open
    """.replace("    ", "")
    company.stream("crm", "leads", leads, into="leads", columns=LEADS)
    contacts = (
        "id,phone,mail,made\n1,79000000001,,2026-01-01\n2,,b@x.ru,2026-01-02\n3,,B@x.ru,2026-01-03\n4,,,2026-01-04\n"
    )
    company.stream(
        "crm", "contacts", contacts, into="contacts",
        columns={"contact_id": "id", "phone": "phone", "email": "mail", "created_at": "made"},
    )  # fmt: skip
    company.stream(
        "crm", "accounts", "id,inn,made\n1,77,2026-01-01\n2,77,2026-01-02\n3,78,2026-01-02\n", into="accounts",
        columns={"account_id": "id", "tax_number": "inn", "created_at": "made"},
    )  # fmt: skip
    rows = """id,who,at,phone,ok,talk,deal,about
    1,Anna,2026-02-02 10:00,+79000000001,yes,60,,a
    2,Anna,2026-02-02 10:00,+79000000001,yes,60,,a
    3,Anna,2026-02-02 10:00,+79000000001,yes,60,,b
    4,Boris,2026-02-03 10:00,,yes,0,,c
    5,Boris,2026-02-03 11:00,+79000000005,no,0,,c
    6,,2026-02-03 12:00,+79000000005,yes,10,,c
    7,Boris,2026-05-03 12:00,+79000000005,yes,10,5,c
    """.replace("    ", "")
    company.stream("pbx", "calls", rows, into="calls", columns=CALLS)
    company.stream(
        "crm", "tasks", "id,who,due,done\n1,Anna,2026-02-10,no\n2,Anna,2026-02-10,yes\n", into="tasks",
        columns={"activity_id": "id", "employee": "who", "due_at": "due", "done": "done"},
    )  # fmt: skip
    plans = """metric,who,from,to,value
    revenue,Anna,2026-01-01,2026-01-31,5
    revenue,Anna,2026-01-01,2026-01-31,6
    revenue,Anna,2026-02-01,2026-02-28,5
    revenue,Anna,2026-02-15,2026-03-15,5
    calls,Anna,2026-01-01,2026-12-31,5
    calls,Anna,2026-01-01,2026-01-31,5
    """.replace("    ", "")
    columns = {"metric": "metric", "employee": "who", "starts_on": "from", "ends_on": "to", "value": "value"}
    columns["revision"] = "= 1"
    company.stream("plans", "plans", plans, into="plans", columns=columns)
    spend = "day,on,cost\n2026-02-01,K,5\n2026-02-01,K,5\n2026-02-01,L,5\n2026-02-02,K,5\n"
    company.stream(
        "ads", "spend", spend, into="ad_spend", key="auto", columns={"day": "day", "channel": "on", "cost": "cost"}
    )
    handed = (
        "lead,made,taken\n1,2026-01-11 10:00,2026-01-11 09:00\n2,2026-02-06 10:00,2026-02-06 11:00\n9,2026-02-07,\n"
    )
    company.stream(
        "crm", "handed", handed, into="handovers",
        columns={"lead_id": "lead", "handed_at": "made", "accepted_at": "taken"},
    )  # fmt: skip
    company.load_and_build()
    return company


@pytest.mark.parametrize(
    ("check", "ids"),
    [
        ("lead_without_reached_by", ["crm:4"]),
        ("lead_without_channel", ["crm:4"]),
        ("contact_without_reached_by", ["crm:4"]),
        ("call_without_client", ["pbx:call:4"]),
        ("call_without_employee", ["pbx:call:6"]),
        ("answered_call_of_no_length", ["pbx:call:4"]),  # an unanswered one has none
        ("done_in_the_future", ["pbx:call:7"]),
        ("accepted_before_handed", ["crm:1"]),
        ("plan_stated_twice", [
            "revenue name:anna 2026-01-01..2026-01-31",  # a month within a year is its part, not another plan
            "revenue name:anna 2026-02-01..2026-02-28",
        ]),
        ("task_long_overdue", ["crm:task:1"]),
        ("duplicate_lead", ["crm:2"]),  # 5 came two months after 3: a new wish of an old client
        ("duplicate_contact", ["crm:3"]),
        ("duplicate_account", ["crm:2"]),
        ("duplicate_call", ["pbx:call:2"]),  # 3 was about another matter
        ("duplicate_spend", ["2026-02-01 name:k #2"]),
        ("record_not_loaded", ["lead crm:9"]),  # no deal is loaded: that a call names one says nothing
    ],
)  # fmt: skip
def test_a_check_of_clients_and_actions_finds_what_is_wrong_and_nothing_else(
    calls: CompanyFolder, check: str, ids: list[str]
) -> None:
    assert found(calls, check) == ids


def test_a_lead_nobody_turned_to_and_a_task_not_done_are_out_of_date_after_the_days_set(calls: CompanyFolder) -> None:
    columns = "entity_id employee_id from_day"
    assert found(calls, "task_long_overdue", columns) == [("crm:task:1", "name:anna", day("2026-02-17"))]
    # calls of the first lead's number tell that something is done for leads: the others wait a week after they came
    assert found(calls, "lead_untouched", columns) == [
        ("crm:2", "name:anna", day("2026-02-12")),
        ("crm:4", "name:boris", day("2026-02-28")),
        ("crm:5", "name:boris", day("2026-04-27")),
    ]


def test_a_contact_without_a_day_is_taken_to_be_there_from_the_first_day_of_the_data(calls: CompanyFolder) -> None:
    assert calls.ask("SELECT min(from_day), max(to_day) FROM fct_checked_records") == [(day("2026-01-01"), NEVER)]


def test_stages_that_do_not_fit_the_days_of_a_deal_are_found(tmp_path: Path) -> None:
    company = AskedCompany(tmp_path / "c")
    company.pipeline(SALES)
    deals = (
        "id,made,closed,stage\n1,2026-01-10,2026-01-20,Won\n2,2026-01-10,2026-01-20,Won\n3,2026-01-10,2026-01-20,Won\n"
    )
    columns = {"deal_id": "id", "created_at": "made", "closed_at": "closed", "stage": "stage"}
    company.stream("crm", "deals", deals, into="deals", columns=columns)
    moves = """deal,stage,at
    1,New,2026-01-09 10:00
    1,Won,2026-01-20 10:00
    2,New,2026-01-10 10:00
    2,Talks,2026-01-22 10:00
    3,Talks,2026-01-12 10:00
    3,New,2026-01-13 10:00
    3,Won,2026-01-20 10:00
    9,New,2026-01-12 10:00
    9,Won,2026-01-13 10:00
    """.replace("    ", "")
    company.stream(
        "crm", "moves", moves, into="stage_changes", columns={"deal_id": "deal", "stage": "stage", "changed_at": "at"}
    )
    company.load_and_build()
    assert found(company, "stage_before_created", "entity entity_id detail") == [
        ("deal", "crm:1", "2026-01-10 > 2026-01-09")
    ]
    assert found(company, "record_not_loaded", "entity entity_id title detail") == [
        ("stage_change", "deal crm:9", "crm.moves", "2 ×")
    ]
    assert found(company, "stage_after_closing") == ["crm:2"]  # 3 went back and forth while it was open


def test_the_last_day_of_the_month_is_a_habit_where_many_deals_stand_there(tmp_path: Path) -> None:
    company = AskedCompany(tmp_path / "c")
    days = ["2026-04-30", "2026-05-31", *(f"2026-04-{n:02}" for n in range(1, 19))]
    rows = "".join(f"{n},open,{day}\n" for n, day in enumerate(days, start=1))
    columns = {"deal_id": "id", "outcome": "how", "expected_close_at": "due"}
    company.stream("crm", "deals", "id,how,due\n" + rows, into="deals", columns=columns)
    company.load_and_build()
    assert found(company, "close_on_last_day_of_month") == ["crm:1", "crm:2"]  # 2 of 20: one in ten


def test_a_deal_with_a_next_step_or_something_done_is_not_forgotten(tmp_path: Path) -> None:
    company = AskedCompany(tmp_path / "c")
    deals = "id,how,made\n1,open,2026-01-01\n2,open,2026-01-01\n"
    company.stream(
        "crm", "deals", deals, into="deals", columns={"deal_id": "id", "outcome": "how", "created_at": "made"}
    )
    tasks = "id,deal,made,due,done\n1,1,2026-02-01,2026-05-01,no\n2,2,2026-01-10,2026-01-15,yes\n"
    columns = {"activity_id": "id", "deal_id": "deal", "created_at": "made", "due_at": "due", "done": "done"}
    company.stream("crm", "tasks", tasks, into="tasks", columns=columns)
    company.load_and_build()
    assert found(company, "deal_without_next_step", "entity_id from_day") == [("crm:2", day("2026-01-15"))]
    assert found(company, "deal_untouched", "entity_id from_day") == [
        ("crm:1", day("2026-01-31")),  # what is only planned is not done
        ("crm:2", day("2026-02-14")),
    ]


def test_what_is_done_with_its_lead_keeps_a_deal_from_being_forgotten(tmp_path: Path) -> None:
    company = AskedCompany(tmp_path / "c")
    deals = "id,how,made,lead\n1,open,2026-01-01,7\n2,open,2026-01-01,\n"
    columns = {"deal_id": "id", "outcome": "how", "created_at": "made", "lead_id": "lead"}
    company.stream("crm", "deals", deals, into="deals", columns=columns)
    called = {"activity_id": "id", "lead_id": "lead", "deal_id": "deal", "started_at": "at"}
    calls = "id,lead,deal,at\n1,7,,2026-03-01\n2,,2,2026-01-03\n"
    company.stream("crm", "calls", calls, into="calls", columns=called)
    company.load_and_build()
    assert found(company, "deal_untouched", "entity_id from_day") == [
        ("crm:1", day("2026-03-31")),
        ("crm:2", day("2026-02-02")),
    ]


def test_the_company_says_which_fields_are_required_and_what_is_out_of_date(tmp_path: Path) -> None:
    settings = """
        [quality]
        stale_days = 5
        [quality.required]
        deals = ["product"]
    """
    company = AskedCompany(tmp_path / "c", settings=settings)
    deals = "id,how,made,what,sum\n1,open,2026-01-01,Box,\n2,open,2026-01-01,,5\n"
    columns = {"deal_id": "id", "outcome": "how", "updated_at": "made", "product": "what", "amount": "sum"}
    company.stream("crm", "deals", deals, into="deals", columns=columns)
    company.load_and_build()
    assert company.table("fct_quality_issues", "check_name entity_id from_day", "class <> 'mapping'") == [
        ("deal_untouched", "crm:1", day("2026-01-06")),
        ("deal_untouched", "crm:2", day("2026-01-06")),
        ("deal_without_product", "crm:2", day("2000-01-01")),
    ]


def test_a_field_that_one_source_never_gives_is_not_empty_in_its_records(tmp_path: Path) -> None:
    company = AskedCompany(tmp_path / "c")
    company.stream("crm", "leads", "id,who\n1,Anna\n2,\n", into="leads", columns={"lead_id": "id", "employee": "who"})
    company.stream("site", "leads", "id,person\n1,Ivan\n", into="leads", columns={"lead_id": "id", "contact": "person"})
    contacts = "id,phone\n1,79000000001\n2,\n"
    columns = {"contact_id": "id", "phone": "phone"}
    company.stream("crm", "contacts", contacts, into="contacts", columns=columns)
    company.load_and_build()
    assert found(company, "lead_without_employee") == ["crm:2"]
    assert found(company, "contact_without_reached_by") == ["crm:2"]  # Ivan is known by his name alone


def test_a_deleted_record_is_not_looked_at(tmp_path: Path) -> None:
    company = AskedCompany(tmp_path / "c")
    deals = "id,how,sum,gone\n1,won,5,\n2,won,0,2026-02-01\n3,won,0,\n"
    columns = {"deal_id": "id", "outcome": "how", "amount": "sum", "deleted_at": "gone"}
    company.stream("crm", "deals", deals, into="deals", columns=columns)
    company.load_and_build()
    assert found(company, "won_without_amount") == ["crm:3"]
    assert company.ask("SELECT sum(records) FROM fct_checked_records") == [(2,)]


@pytest.mark.parametrize("seed", range(6))
def test_each_check_names_a_record_once_and_no_more_records_than_are_there(tmp_path: Path, seed: int) -> None:
    company, _ = random_company(tmp_path / "c", seed)
    company.load_and_build()
    once = "SELECT count(*), count(DISTINCT (check_name, record_id)) FROM fct_quality_issues"
    ((rows, different),) = company.ask(once)
    assert rows == different
    for kind in ("empty", "contradictory", "stale", "duplicate"):
        faulty = (
            f"SELECT entity, employee_id, count(DISTINCT record_id) AS n FROM fct_quality_issues WHERE class = '{kind}'"
        )
        looked = f"SELECT entity, employee_id, sum(records) AS n FROM fct_checked_records WHERE for_{kind}"
        more = (
            f"SELECT * FROM ({faulty} GROUP BY ALL) AS f LEFT JOIN ({looked} GROUP BY ALL) AS l "
            "ON l.entity = f.entity AND l.employee_id IS NOT DISTINCT FROM f.employee_id WHERE f.n > coalesce(l.n, 0)"
        )
        assert company.ask(more) == []


def test_leads_of_one_name_are_no_duplicates_and_what_repeated_leads_share_is_told(tmp_path: Path) -> None:
    company = AskedCompany(tmp_path / "c")
    leads = (
        "id,made,name,contact,phone,mail\n"
        "1,2026-02-01,Boris,,+79000000001,a@x.ru\n"
        "2,2026-02-02,Boris,,+79000000002,b@x.ru\n"  # another Boris: nothing but the name is the same
        "3,2026-02-03,Vera,,+79000000001,A@x.ru\n"  # the first one's number and address under another name
        "4,2026-02-04,Gleb,9,,\n"
        "5,2026-02-05,Gleb,9,,\n"  # a contact that the source knows by its id
        "6,2026-02-06,Dina,,,\n"
        "7,2026-02-07,Dina,,,\n"
    )
    columns = {"lead_id": "id", "created_at": "made", "contact": "name", "contact_id": "contact", "phone": "phone"}
    company.stream("crm", "leads", leads, into="leads", columns={**columns, "email": "mail"})
    company.load_and_build()
    assert found(company, "duplicate_lead", "entity_id detail") == [
        ("crm:3", "crm:1: +79000000001, a@x.ru"),
        ("crm:5", "crm:4: Gleb"),
    ]
