"""What the company's rules say of a lead, and whether it was answered by its deadline."""

from tests.company import CompanyFolder, at

LEADS = {
    "lead_id": "id",
    "temperature": "heat",
    "segment": "segment",
    "channel": "channel",
    "account": "account",
    "created_at": "made",
    "first_response_at": "answered",
    "first_response_seconds": "delay",
}


def leads(company: CompanyFolder, *rows: str) -> None:
    text = "id,heat,segment,channel,account,made,answered,delay\n" + "".join(f"{row}\n" for row in rows)
    company.stream("crm", "leads", text, into="leads", columns=LEADS)


def test_the_first_rule_that_is_true_tells_how_warm_a_lead_is(company: CompanyFolder) -> None:
    company.write(
        "voronka.toml",
        '[temperature]\nhot = "segment = \'B2B\' AND size >= 50"\nwarm = "channel = \'Site\'"\ncold = "true"\n',
    )
    accounts = "name,size\nOre,120 people\nAsh,20\n"
    company.stream("crm", "accounts", accounts, into="accounts", columns={"name": "name", "size": "size"}, key="name")
    leads(
        company,
        "1,,B2B,Site,Ore,2026-02-20,,",
        "2,,B2B,Site,Ash,2026-02-20,,",
        "3,,,,,2026-02-20,,",
        "4,hot,B2C,Site,,2026-02-20,,",
        "5,cold,B2C,Ads,,2026-02-20,,",
    )
    company.load_and_build()
    assert company.table("fct_leads", "lead_id temperature temperature_by_rule is_label_wrong") == [
        ("crm:1", "hot", "hot", None),
        ("crm:2", "warm", "warm", None),
        ("crm:3", "cold", "cold", None),
        ("crm:4", "hot", "warm", True),
        ("crm:5", "cold", "cold", False),
    ]


def test_without_rules_only_the_source_tells(company: CompanyFolder) -> None:
    leads(company, "1,hot,B2B,,,2026-02-20,,", "2,,B2B,,,2026-02-20,,")
    company.load_and_build()
    assert company.table("fct_leads", "lead_id temperature temperature_by_rule is_label_wrong is_target") == [
        ("crm:1", "hot", None, None, None),
        ("crm:2", None, None, None, None),
    ]


def test_a_temperature_is_known_in_russian_and_in_capitals_and_any_other_word_stays(company: CompanyFolder) -> None:
    heats = ("Горячий", "теплый", "ХОЛОДНЫЙ", "Warm ", "A+")
    leads(company, *(f"{n},{heat},,,,2026-02-20,," for n, heat in enumerate(heats, start=1)))
    company.load_and_build()
    found = [temperature for _, temperature in company.table("fct_leads", "lead_id temperature")]
    assert found == ["hot", "warm", "cold", "warm", "A+"]


def test_a_deadline_is_a_moment_of_working_time(company: CompanyFolder) -> None:
    leads(
        company,
        "1,,,,,2026-02-27 17:55,2026-03-02 09:05,",  # ten minutes
        "2,,,,,2026-02-27 17:55,2026-03-02 09:10,",  # a quarter of an hour
        "3,,,,,2026-02-27 17:55,2026-03-02 09:10:01,",
        "4,,,,,2026-02-27 17:45,,",
        "5,,,,,2026-02-27 10:00,,900",
        "6,,,,,2026-02-27 10:00,,901",
        "7,,,,,,,",
    )
    company.load_and_build()
    assert company.table("fct_leads", "lead_id response_due_at is_answered_in_time") == [
        ("crm:1", at("2026-03-02 06:10"), True),
        ("crm:2", at("2026-03-02 06:10"), True),
        ("crm:3", at("2026-03-02 06:10"), False),
        ("crm:4", at("2026-02-27 15:00"), None),  # a quarter of an hour is left of Friday, and it is enough
        ("crm:5", at("2026-02-27 07:15"), True),
        ("crm:6", at("2026-02-27 07:15"), False),
        ("crm:7", None, None),
    ]


def test_the_limit_is_the_companys(company: CompanyFolder) -> None:
    company.write("voronka.toml", "[regulations]\nfirst_response_minutes = 30\n")
    leads(company, "1,,,,,2026-02-27 17:55,2026-03-02 09:25,", "2,,,,,2026-02-27 17:55,2026-03-02 09:26,")
    company.load_and_build()
    assert company.table("fct_leads", "lead_id response_due_at is_answered_in_time") == [
        ("crm:1", at("2026-03-02 06:25"), True),
        ("crm:2", at("2026-03-02 06:25"), False),
    ]


def test_a_lead_is_undecided_until_it_is_won_or_all_that_came_of_it_is_lost(company: CompanyFolder) -> None:
    columns = {"lead_id": "id", "outcome": "result"}
    rows = "id,result\n1,open\n2,lost\n3,won\n4,won\n5,won\n6,won\n"
    company.stream("crm", "leads", rows, into="leads", columns=columns)
    deals = "id,lead,result\n1,3,won\n2,4,lost\n3,4,open\n4,5,lost\n5,3,open\n"
    columns = {"deal_id": "id", "lead_id": "lead", "outcome": "result"}
    company.stream("crm", "deals", deals, into="deals", columns=columns)
    company.load_and_build()
    assert company.table("fct_leads", "lead_id is_won is_undecided") == [
        ("crm:1", False, True),
        ("crm:2", False, False),
        ("crm:3", True, False),
        ("crm:4", False, True),
        ("crm:5", False, False),
        ("crm:6", False, True),  # taken on, its deal is still to come
    ]
