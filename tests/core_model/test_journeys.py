"""A lead and its deals are one journey: what happened to it stands in one order, and whose it was is known by days."""

from datetime import date

from tests.company import CompanyFolder, at

LEADS = {
    "lead_id": "id",
    "employee_id": "who",
    "created_at": "made",
    "deleted_at": "gone",
    "stage": "stage",
    "merged_into": "into",
    "segment": "segment",
}
DEALS = {
    "deal_id": "id",
    "lead_id": "lead",
    "employee_id": "who",
    "created_at": "made",
    "closed_at": "closed",
    "outcome": "outcome",
    "amount": "sum",
    "deleted_at": "gone",
}
ACTS = {
    "activity_id": "id",
    "kind": "kind",
    "lead_id": "lead",
    "deal_id": "deal",
    "employee_id": "who",
    "started_at": "at",
    "completed_at": "done",
    "direction": "dir",
    "status": "status",
}
PIPELINES = {
    "leads": "pipeline: leads\nentity: leads\nstages:\n  - { id: New }\n  - { id: Passed, outcome: won }\n"
    "  - { id: Junk, outcome: lost }\n",
    "sales": "pipeline: sales\nentity: deals\nstages:\n  - { id: Talks }\n  - { id: Offer }\n"
    "  - { id: Won, outcome: won }\n  - { id: Lost, outcome: lost }\n",
}


def leads(company: CompanyFolder, text: str) -> None:
    company.stream("crm", "leads", "id,who,made,gone,stage,into,segment\n" + text, into="leads", columns=LEADS)


def deals(company: CompanyFolder, text: str) -> None:
    company.stream("crm", "deals", "id,lead,who,made,closed,outcome,sum,gone\n" + text, into="deals", columns=DEALS)


def activities(company: CompanyFolder, text: str) -> None:
    head = "id,kind,lead,deal,who,at,done,dir,status\n"
    company.stream("crm", "acts", head + text, into="activities", columns=ACTS)


def entries(company: CompanyFolder, text: str) -> None:
    for name, pipeline in PIPELINES.items():
        company.pipeline(pipeline, name)
    columns = {"lead_id": "lead", "deal_id": "deal", "stage": "stage", "changed_at": "at", "employee_id": "who"}
    head = "lead,deal,stage,at,who\n"
    company.stream("crm", "log", head + text, into="stage_changes", key="auto", columns=columns)


def changes(company: CompanyFolder, text: str) -> None:
    columns = {"lead_id": "lead", "deal_id": "deal", "field": "field", "old": "old", "new": "new", "changed_at": "at"}
    head = "lead,deal,field,old,new,at\n"
    company.stream("crm", "changes", head + text, into="changes", key="auto", columns=columns)


def path(company: CompanyFolder, number: int = 1) -> list[str]:
    found = company.table("fct_events", "position step", f"number = {number}")
    assert [position for position, _ in found] == list(range(1, len(found) + 1))
    return [str(step) for _, step in found]


def test_a_lead_and_its_deals_are_one_journey_in_the_order_of_their_events(company: CompanyFolder) -> None:
    leads(company, "1,7,2026-03-02 10:00,,Passed,,\n")
    deals(
        company,
        "5,1,8,2026-03-04 10:00,2026-03-10 10:00,lost,100,\n6,1,8,2026-03-11 10:00,2026-03-20 10:00,won,200,\n",
    )
    activities(
        company,
        "1,call,1,,7,2026-03-02 11:00,,out,\n2,email,,5,8,2026-03-05 10:00,,in,\n"
        "3,task,,6,8,2026-03-12 10:00,2026-03-13 10:00,,done\n4,task,,6,8,2026-03-12 10:00,,,planned\n"
        "5,meeting,,6,8,2026-03-14 10:00,,,no_show\n6,inspection,,6,8,2026-03-15 10:00,,,done\n",
    )
    entries(company, "1,,New,2026-03-02 10:00,7\n,6,Offer,2026-03-14 10:00,8\n")
    company.stream(
        "bank", "payments", "id,deal,at,sum\n1,6,2026-03-21,200\n2,6,2026-03-22,-50\n", into="payments",
        columns={"payment_id": "id", "deal_id": "= 'crm:' || text(deal)", "paid_at": "at", "amount": "sum"},
    )  # fmt: skip
    company.space("bank", "bank")
    company.load_and_build()
    assert path(company)[:10] == [
        "lead_created", "stage:leads:New", "call_out", "deal_created", "email_in", "deal_lost", "deal_created",
        "task", "stage:sales:Offer", "activity:inspection",
    ]  # fmt: skip
    assert company.table(
        "fct_journeys",
        "number entity lead_id deal_id deals outcome closed_at won_amount_home open_amount_home lost_amount_home",
    ) == [(1, "lead", "crm:1", "crm:6", 2, "won", at("2026-03-20 07:00"), 200, 0, 100)]
    assert company.table("fct_events", "happened_at employee_id entity entity_id deal_id", "step = 'task'") == [
        (at("2026-03-13 07:00"), "crm:8", "activity", "crm:3", "crm:6")
    ]
    assert company.table("fct_events", "stage_id pipeline_id amount_home", "step = 'stage:sales:Offer'") == [
        ("Offer", "sales", 200)
    ]


def test_events_of_one_moment_stand_in_the_stated_order(company: CompanyFolder) -> None:
    leads(company, "1,7,2026-03-02,,Passed,,\n")
    deals(company, "5,1,8,2026-03-02,2026-03-02,won,100,\n")
    activities(company, "2,call,,5,8,2026-03-02,,out,\n1,email,1,,8,2026-03-02,,out,\n")
    entries(
        company,
        ",5,Won,2026-03-02,8\n,5,Offer,2026-03-02,8\n,5,Talks,2026-03-02,8\n"
        "1,,Passed,2026-03-02,7\n1,,New,2026-03-02,7\n1,,Junk,2026-03-02,7\n",
    )
    changes(company, ",5,Сумма,90,100,2026-03-02\n,5,owner,7,8,2026-03-02\n")
    columns = {"payment_id": "id", "deal_id": "deal", "paid_at": "at", "amount": "sum"}
    company.stream("crm", "payments", "id,deal,at,sum\n1,5,2026-03-02,100\n", into="payments", columns=columns)
    company.load_and_build()
    assert path(company) == [
        "lead_created", "stage:leads:New", "stage:leads:Passed", "deal_created", "stage:sales:Talks",
        "stage:sales:Offer", "owner", "email_out", "call_out", "change:сумма", "stage:leads:Junk", "stage:sales:Won",
        "deal_won", "payment",
    ]  # fmt: skip


def test_journeys_are_numbered_as_they_began_and_events_stand_by_number_and_position(company: CompanyFolder) -> None:
    leads(company, "1,7,2026-03-05,,New,,\n2,7,2026-03-02,,New,,\n3,7,,,New,,\n")
    deals(company, "9,,8,2026-03-03,,open,,\n")
    entries(company, "")
    company.load_and_build()
    assert company.table("fct_journeys", "number journey_id") == [
        (1, "lead:crm:2"), (2, "deal:crm:9"), (3, "lead:crm:1"), (4, "lead:crm:3")
    ]  # fmt: skip
    found = company.ask("SELECT number, step FROM fct_events")
    assert found == [(1, "lead_created"), (2, "deal_created"), (3, "lead_created")]
    assert company.table("fct_journeys", "number events first_event_at") == [
        (1, 1, at("2026-03-01 21:00")), (2, 1, at("2026-03-02 21:00")), (3, 1, at("2026-03-04 21:00")), (4, 0, None)
    ]  # fmt: skip


def test_what_was_done_with_a_merged_lead_happened_to_the_one_it_became(company: CompanyFolder) -> None:
    leads(company, "1,7,2026-03-02,,New,,\n2,7,2026-03-03,,New,1,\n")
    activities(company, "1,call,2,,7,2026-03-04,,out,\n2,call,1,,7,2026-03-05,,in,\n")
    entries(company, "2,,New,2026-03-03,7\n")
    changes(company, "2,,phone,,1,2026-03-06\n")
    company.load_and_build()
    assert company.table("fct_journeys", "number journey_id") == [(1, "lead:crm:1")]
    assert path(company) == ["lead_created", "stage:leads:New", "call_out", "call_in", "change:phone"]


def test_a_deleted_record_has_no_events_of_its_own_and_a_journey_of_deleted_ones_says_so(
    company: CompanyFolder,
) -> None:
    leads(company, "1,7,2026-03-02,,New,,\n2,7,2026-03-03,2026-03-09,New,,\n")
    deals(company, "5,1,8,2026-03-04,2026-03-08,won,100,2026-03-09\n6,2,8,2026-03-04,,open,100,\n")
    activities(company, "1,call,,5,8,2026-03-05,,out,\n2,call,2,,8,2026-03-05,,out,\n")
    entries(company, ",5,Talks,2026-03-04,8\n2,,New,2026-03-03,7\n,6,Talks,2026-03-04,8\n")
    deals_gone = "7,,8,2026-03-10,,open,1,2026-03-11\n"
    company.export("crm", "deals", "id,lead,who,made,closed,outcome,sum,gone\n" + deals_gone, "_later")
    company.load_and_build()
    assert path(company, 1) == ["lead_created", "call_out"]
    assert path(company, 2) == ["deal_created", "stage:sales:Talks", "call_out"]
    assert company.table("fct_journeys", "number outcome deals won_amount_home deleted_at") == [
        (1, "open", 0, 0, None), (2, "open", 1, 0, None), (3, "open", 0, 0, at("2026-03-10 21:00"))
    ]  # fmt: skip


def test_a_journey_without_deals_ends_as_its_lead_does(company: CompanyFolder) -> None:
    leads(company, "1,7,2026-03-02,,Junk,,A\n2,7,2026-03-03,,Passed,,\n")
    entries(company, "1,,New,2026-03-02,7\n1,,Junk,2026-03-05,8\n2,,Passed,2026-03-06,8\n")
    company.load_and_build()
    wanted = "number outcome closed_at closed_employee_id segment"
    lost = (1, "lost", at("2026-03-04 21:00"), "crm:8", "A")
    assert company.table("fct_journeys", wanted) == [lost, (2, "won", at("2026-03-05 21:00"), "crm:8", None)]
    deals(company, "5,,8,2026-03-20,,open,1,\n")  # where there are deals, a lead taken over is won by one of them
    company.load_and_build()
    assert company.table("fct_journeys", wanted)[:2] == [lost, (2, "open", None, "crm:7", None)]


def test_steps_of_two_pipelines_with_one_word_stay_two_and_foreign_ones_are_outside_the_model(
    company: CompanyFolder,
) -> None:
    leads(company, "1,7,2026-03-02,,Talks,,\n")
    deals(company, "5,1,8,2026-03-04,,open,,\n")
    entries(company, "1,,Talks,2026-03-02,7\n,5,Talks,2026-03-04,8\n,5,a:b%,2026-03-05,8\n")
    company.load_and_build()
    assert path(company) == [
        "lead_created", "stage:leads:Talks", "deal_created", "stage:sales:Talks", "stage:sales:a%3Ab%25"
    ]  # fmt: skip
    told = company.table("dim_step", "step stage_id title in_model", "kind = 'stage' AND step LIKE '%s:%a%'")
    assert ("stage:leads:Talks", "Talks", "Talks", False) in told
    assert ("stage:sales:Talks", "Talks", "Talks", True) in told
    assert ("stage:sales:a%3Ab%25", "a:b%", "a:b%", False) in told
    numbers = company.table("dim_step", "step_number")
    assert numbers == [(number,) for number in range(1, len(numbers) + 1)]


def test_the_working_clock_of_an_event_is_that_of_its_moment(company: CompanyFolder) -> None:
    # Friday 17:30, Saturday, Monday 09:30 of a calendar of nine to six
    leads(company, "1,7,2026-03-13 17:30,,New,,\n")
    activities(
        company,
        "1,call,1,,7,2026-03-13 17:45,,out,\n2,call,1,,7,2026-03-14 12:00,,out,\n3,call,1,,7,2026-03-16 09:30,,out,\n"
        "4,call,1,,7,1995-05-05 12:00,,out,\n",
    )
    company.load_and_build()
    clocks = [clock for _, clock in company.table("fct_events", "position happened_working_clock")]
    assert clocks[0] == 0  # long before the calendar begins
    assert [clock - clocks[1] for clock in clocks[1:]] == [0, 900, 1800, 3600]
    assert company.table("fct_leads", "created_working_clock") == [(clocks[1],)]


def test_who_had_a_part_is_known_by_days_from_the_record_on_until_it_is_closed(company: CompanyFolder) -> None:
    leads(company, "1,8,2026-03-02 10:00,,New,,\n")
    deals(company, "5,1,9,2026-03-10 10:00,2026-03-12 10:00,won,1,\n")
    changes(company, "1,,owner,7,8,2026-03-05 15:00\n,5,owner,8,9,2026-03-20 10:00\n")
    company.load_and_build()
    assert company.table("fct_journey_owners", "entity entity_id employee_id part from_day to_day") == [
        ("deal", "crm:5", "crm:8", "owner", date(2026, 3, 10), date(2026, 3, 13)),
        ("deal", "crm:5", "crm:9", "owner", date(2026, 3, 20), date(2026, 3, 21)),
        ("lead", "crm:1", "crm:7", "owner", date(2026, 3, 2), date(2026, 3, 6)),
        ("lead", "crm:1", "crm:8", "owner", date(2026, 3, 5), date(2026, 3, 13)),
    ]
    assert company.table("fct_journeys", "created_employee_id closed_employee_id employee_id") == [
        ("crm:7", "crm:8", "crm:9")
    ]
    assert path(company) == ["lead_created", "owner", "deal_created", "deal_won", "owner"]


def test_what_belongs_to_nothing_that_was_loaded_is_of_no_journey(company: CompanyFolder) -> None:
    leads(company, "1,7,2026-03-02,,New,,\n")
    deals(company, "5,77,8,2026-03-04,,open,3,\n")  # its lead is in no export: the deal stands for the journey
    activities(company, "1,call,99,,7,2026-03-05,,out,\n2,call,,98,7,2026-03-05,,out,\n3,call,77,,7,2026-03-06,,out,\n")
    company.load_and_build()
    assert company.table("fct_journeys", "number entity lead_id deal_id created_at") == [
        (1, "lead", "crm:1", None, at("2026-03-01 21:00")),
        (2, "lead", "crm:77", "crm:5", at("2026-03-03 21:00")),
    ]
    assert path(company, 2) == ["deal_created", "call_out"]
    assert len(company.table("fct_events", "number")) == 3


def test_a_build_repeated_gives_the_same_numbers_and_positions(company: CompanyFolder) -> None:
    leads(company, "".join(f"{n},7,2026-03-0{n % 3 + 1},,New,,\n" for n in range(30)))
    activities(company, "".join(f"{n},call,{n % 30},,7,2026-03-05,,out,\n" for n in range(200)))
    company.load_and_build()
    wanted = "number position step entity_id"
    before = company.table("fct_events", wanted)
    (company.folder / "lake" / "core").rename(company.folder / "lake" / "old")
    company.build()
    assert company.table("fct_events", wanted) == before
    assert len(before) == 230
