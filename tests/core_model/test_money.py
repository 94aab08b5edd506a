"""Money in several currencies, advertising, payments and plans."""

from decimal import Decimal

from tests.company import CompanyFolder, at
from tests.core_model.test_people import day

DEALS = {"deal_id": "id", "amount": "sum", "currency": "cur", "closed_at": "won", "outcome": "= 'won'"}
RATES = {"day": "day", "currency": "cur", "rate": "rate"}


def test_money_is_counted_at_the_rate_of_its_local_day(company: CompanyFolder) -> None:
    text = "day,cur,rate\n2026-01-01,usd,90\n2026-01-03,USD,100\n2026-01-02,RUB,1\n"
    company.stream("cb", "rates", text, into="rates", key="auto", columns=RATES)
    deals = "id,sum,cur,won\n1,10,USD,2026-01-02\n2,10,usd,2026-01-03\n3,10,RUB,2026-01-03\n4,10,,2026-01-03\n"
    company.stream("crm", "deals", deals, into="deals", columns=DEALS)
    company.load_and_build()
    assert company.table("fct_deals", "deal_id currency amount_home") == [
        ("crm:1", "USD", Decimal(900)),
        ("crm:2", "USD", Decimal(1000)),
        ("crm:3", "RUB", Decimal(10)),
        ("crm:4", "RUB", Decimal(10)),
    ]


def test_without_a_rate_money_at_home_is_unknown_and_said_so(company: CompanyFolder) -> None:
    company.stream("cb", "rates", "day,cur,rate\n2026-01-05,USD,90\n", into="rates", key="auto", columns=RATES)
    company.stream("crm", "deals", "id,sum,cur,won\n1,10,USD,2026-01-04\n", into="deals", columns=DEALS)
    company.stream(
        "crm", "paid", "id,sum,cur,at\n1,10,EUR,2026-01-10\n", into="payments",
        columns={"payment_id": "id", "amount": "sum", "currency": "cur", "paid_at": "at"},
    )  # fmt: skip
    company.stream(
        "ads", "spend", "day,cost,cur\n2026-01-04,5,EUR\n", into="ad_spend", key="auto",
        columns={"day": "day", "cost": "cost", "currency": "cur"},
    )  # fmt: skip
    company.load_and_build()
    assert company.table("fct_deals", "amount amount_home") == [(Decimal(10), None)]
    assert company.table("fct_quality_issues", "check_name entity entity_id detail") == [
        ("no_exchange_rate", "ad_spend", "2026-01-04", "EUR"),
        ("no_exchange_rate", "deal", "crm:1", "USD"),
        ("no_exchange_rate", "payment", "crm:1", "EUR"),
    ]


def test_a_later_rate_of_a_day_takes_its_place(company: CompanyFolder) -> None:
    company.stream("cb", "rates", "day,cur,rate\n2026-01-01,USD,90\n", into="rates", key="auto", columns=RATES)
    company.load()
    company.export("cb", "rates", "day,cur,rate\n2026-01-01,USD,95\n", suffix="_2")
    company.load_and_build()
    assert company.table("dim_rate", "day currency rate") == [(day("2026-01-01"), "USD", 95.0)]


def test_a_payment_is_its_deals_owners_and_clients(company: CompanyFolder) -> None:
    columns = {"deal_id": "id", "employee": "who", "account_id": "acc"}
    company.stream("crm", "deals", "id,who,acc\n1,Anna,5\n", into="deals", columns=columns)
    text = "id,deal,sum,at\n1,1,100,2026-01-05\n2,1,-30,2026-01-06\n3,,7,2026-01-06\n"
    columns = {"payment_id": "id", "deal_id": "deal", "amount": "sum", "paid_at": "at"}
    company.stream("crm", "paid", text, into="payments", columns=columns)
    company.load_and_build()
    assert company.table("fct_payments", "payment_id account_id paid_employee_id amount_home paid_at") == [
        ("crm:1", "crm:5", "name:anna", Decimal(100), at("2026-01-04 21:00")),
        ("crm:2", "crm:5", "name:anna", Decimal(-30), at("2026-01-05 21:00")),
        ("crm:3", None, None, Decimal(7), at("2026-01-05 21:00")),
    ]


def test_restated_days_of_advertising_are_replaced(company: CompanyFolder) -> None:
    columns = {"day": "day", "channel": "channel", "cost": "cost", "clicks": "clicks"}
    text = "day,channel,ad,cost,clicks\n2026-01-01,A,x,60,6\n2026-01-01,A,y,40,4\n2026-01-02,A,x,10,1\n"
    company.stream("ads", "spend", text, into="ad_spend", key="auto", columns=columns)
    company.load()
    text = "day,channel,ad,cost,clicks\n2026-01-02,A,x,10,1\n2026-01-02,A,y,5,1\n2026-01-03,A,x,1,0\n"
    company.export("ads", "spend", text, suffix="_2")
    company.load_and_build()
    assert company.table("fct_ad_spend", "day channel_id cost cost_home clicks month") == [
        (day("2026-01-01"), "name:a", Decimal(100), Decimal(100), 10, "2026-01"),
        (day("2026-01-02"), "name:a", Decimal(15), Decimal(15), 2, "2026-01"),
        (day("2026-01-03"), "name:a", Decimal(1), Decimal(1), 0, "2026-01"),
    ]


ADS = {"day": "day", "channel": "channel", "campaign": "ad", "cost": "cost", "clicks": "clicks"}


def spent(company: CompanyFolder, *files: str) -> list[tuple[str, str, int]]:
    """Load exports of day, channel, campaign and cost one after another; return what counts in the end."""
    company.stream("ads", "spend", None, into="ad_spend", key="auto", columns=ADS)
    for number, rows in enumerate(files):
        lines = [f"2026-01-{row},{10 + number}\n" if row.count(",") < 4 else f"2026-01-{row}\n" for row in rows.split()]
        company.export("ads", "spend", "day,channel,ad,cost,clicks\n" + "".join(lines), suffix=f"_{number}")
        company.load()
    company.build()
    return company.ask(
        "SELECT strftime(day, '%d') || coalesce(' ' || split_part(channel_id, ':', 2), ''), "
        "split_part(campaign_id, ':', -1), CAST(sum(cost) AS INTEGER) FROM fct_ad_spend GROUP BY ALL ORDER BY ALL"
    )


def test_what_is_left_out_of_a_restated_day_is_no_more(company: CompanyFolder) -> None:
    # b was stopped and its only money of the 2nd given back; the 1st is not told again
    assert spent(company, "01,g,a,5 01,g,b,5 02,g,a,10 02,g,b,20 02,g,c,1", "02,g,a,11 02,g,c,1 03,g,a,7") == [
        ("01 g", "a", 5), ("01 g", "b", 5), ("02 g", "a", 11), ("02 g", "c", 1), ("03 g", "a", 7),
    ]  # fmt: skip


def test_a_channel_that_a_load_knows_is_told_whole_for_each_day_of_the_load(company: CompanyFolder) -> None:
    assert spent(company, "01,g,a,5 01,m,a,6 02,g,a,7 02,m,a,8", "01,g,a,9 02,g,a,7 02,m,a,8") == [
        ("01 g", "a", 9), ("02 g", "a", 7), ("02 m", "a", 8),
    ]  # fmt: skip


def test_an_export_of_one_campaign_leaves_the_others(company: CompanyFolder) -> None:
    assert spent(company, "01,g,a,5 01,g,b,6", "01,g,b,9") == [("01 g", "a", 5), ("01 g", "b", 9)]


def test_an_export_of_another_account_is_added(company: CompanyFolder) -> None:
    assert spent(company, "01,g,a,5 01,g,b,6", "01,g,c,7 01,g,d,8") == [
        ("01 g", "a", 5), ("01 g", "b", 6), ("01 g", "c", 7), ("01 g", "d", 8),
    ]  # fmt: skip


def test_a_campaign_of_another_name_with_the_same_figures_counts_once(company: CompanyFolder) -> None:
    assert spent(company, "01,g,a,5,3 02,g,a,6,4", "02,g,a2,6,4 03,g,a2,7,5") == [
        ("01 g", "a", 5), ("02 g", "a2", 6), ("03 g", "a2", 7),
    ]  # fmt: skip


PLANS = {"metric": "metric", "employee": "who", "starts_on": "from", "ends_on": "to", "value": "value"}


def plans(company: CompanyFolder, *rows: str) -> None:
    company.additive_metrics = ("calls",)
    text = "metric,who,from,to,value\n" + "".join(f"{row}\n" for row in rows)
    company.stream("hr", "plans", text, into="plans", key="auto", columns=PLANS)


def test_a_plan_speaks_of_its_metric_and_its_period_in_words(company: CompanyFolder) -> None:
    company.additive_metrics = ("calls", "revenue")
    text = "metric,who,month,value\nЗвонки,Anna,март 2026,400\nвыручка,,I квартал 2026,900\nчто-то,Anna,март 2026,1\n"
    whole = {"starts_on": '= period_start("month")', "ends_on": '= period_end("month")'}
    columns = {"metric": "metric", "employee": "who", "value": "value", **whole}
    company.stream("hr", "plans", text, into="plans", key="auto", columns=columns)
    company.load_and_build()
    assert company.table("fct_plans", "metric scope_id starts_on ends_on value") == [
        ("calls", "name:anna", day("2026-03-01"), day("2026-03-31"), Decimal(400)),
        ("revenue", None, day("2026-01-01"), day("2026-03-31"), Decimal(900)),
    ]
    assert company.table("quarantine", "row_number reason message") == [
        (4, "unknown_metric", "metric: not a metric: что-то; `voronka metrics` lists them")
    ]


def test_a_plan_without_a_last_day_is_of_the_month_that_it_begins(company: CompanyFolder) -> None:
    text = "metric,from,value\ncalls,2026-02-01,28\ncalls,2026-03-10,5\n"
    columns = {"metric": "metric", "starts_on": "from", "value": "value"}
    company.stream("hr", "plans", text, into="plans", key="auto", columns=columns)
    company.load_and_build()
    assert company.table("fct_plans", "starts_on ends_on value") == [
        (day("2026-02-01"), day("2026-02-28"), Decimal(28)),
        (day("2026-03-10"), day("2026-03-10"), Decimal(5)),
    ]


def test_a_plan_is_cut_to_working_days(company: CompanyFolder) -> None:
    # the week of 9 March 2026 begins with a day off: the 8th, a holiday, was a Sunday
    plans(company, "calls,Anna,2026-03-09,2026-03-15,40", "win_rate,Anna,2026-03-09,2026-03-15,60")
    company.load_and_build()
    assert company.table("fct_plan_days", "day value", "value > 0") == [
        (day("2026-03-10"), Decimal(10)),
        (day("2026-03-11"), Decimal(10)),
        (day("2026-03-12"), Decimal(10)),
        (day("2026-03-13"), Decimal(10)),
    ]
    assert company.ask("SELECT DISTINCT metric, scope, scope_id FROM fct_plan_days") == [
        ("calls", "employee", "name:anna")
    ]


def test_absence_leaves_the_plan_to_the_other_days(company: CompanyFolder) -> None:
    plans(company, "calls,Anna,2026-03-16,2026-03-20,30")
    company.stream(
        "hr", "time",
        "who,from,to,kind\nAnna,2026-03-16,2026-03-18,Absence\nAnna,2026-03-18 09:00,2026-03-18 18:00,shift\n",
        into="employee_time", key="auto",
        columns={"employee": "who", "starts_at": "from", "ends_at": "to", "kind": "kind"},
    )  # fmt: skip
    company.load_and_build()
    assert company.table("fct_plan_days", "day value", "value > 0") == [
        (day("2026-03-18"), Decimal(10)),
        (day("2026-03-19"), Decimal(10)),
        (day("2026-03-20"), Decimal(10)),
    ]


def test_a_plan_for_days_off_alone_is_spread_over_them(company: CompanyFolder) -> None:
    plans(company, "calls,Anna,2026-03-14,2026-03-15,4")
    company.load_and_build()
    assert company.table("fct_plan_days", "day value") == [
        (day("2026-03-14"), Decimal(2)),
        (day("2026-03-15"), Decimal(2)),
    ]


def test_the_shortest_period_that_covers_a_day_wins(company: CompanyFolder) -> None:
    plans(company, "calls,Anna,2026-03-16,2026-03-20,50", "calls,Anna,2026-03-17,2026-03-17,7")
    company.load_and_build()
    assert company.ask(
        "SELECT day, value FROM fct_plan_days WHERE day BETWEEN '2026-03-16' AND '2026-03-18' ORDER BY 1"
    ) == [
        (day("2026-03-16"), Decimal(10)),
        (day("2026-03-17"), Decimal(7)),
        (day("2026-03-18"), Decimal(10)),
    ]


def test_a_plan_stated_again_is_a_revision_and_the_last_one_counts(company: CompanyFolder) -> None:
    plans(company, "calls,Anna,2026-03-17,2026-03-17,9")
    company.load()
    company.export("hr", "plans", "metric,who,from,to,value\ncalls,Anna,2026-03-17,2026-03-17,7\n", suffix="_2")
    company.load_and_build()
    assert company.table("fct_plans", "revision value") == [(1, Decimal(9)), (2, Decimal(7))]
    assert company.table("fct_plan_days", "value") == [(Decimal(7),)]


def test_plans_are_a_persons_a_teams_or_the_companys(company: CompanyFolder) -> None:
    company.stream(
        "hr", "plans", "m,who,team,from,to,v\na,Anna,,2026-01-01,2026-01-31,1\na,,West,2026-01-01,2026-01-31,2\n"
        "a,,,2026-01-01,2026-01-31,3\na,,,2026-01-31,2026-01-01,4\n",
        into="plans", key="auto",
        columns={"metric": "m", "employee": "who", "team": "team", "starts_on": "from", "ends_on": "to", "value": "v"},
    )  # fmt: skip
    company.load_and_build()
    assert company.table("fct_plans", "scope scope_id value") == [
        ("company", None, Decimal(3)),
        ("employee", "name:anna", Decimal(1)),
        ("team", "name:west", Decimal(2)),
    ]


def test_a_plan_counts_for_a_team_and_for_the_company_where_they_state_none_of_their_own(
    company: CompanyFolder,
) -> None:
    company.additive_metrics = ("calls",)
    company.stream(
        "hr", "people",
        "who,team,from,to\nAnna,West,2026-01-01,2026-03-11\nAnna,East,2026-03-11,\nBoris,West,2026-01-01,\n",
        into="employees", columns={"name": "who", "team": "team", "valid_from": "from", "valid_to": "to"},
    )  # fmt: skip
    company.stream(
        "hr", "plans", "m,who,team,from,to,v\n"
        "calls,Anna,,2026-03-10,2026-03-13,40\ncalls,Boris,,2026-03-10,2026-03-10,4\ncalls,Clara,,2026-03-10,2026-03-10,2\n"
        "calls,,West,2026-03-10,2026-03-11,20\ncalls,,,2026-03-13,2026-03-13,7\n",
        into="plans", key="auto",
        columns={"metric": "m", "employee": "who", "team": "team", "starts_on": "from", "ends_on": "to", "value": "v"},
    )  # fmt: skip
    company.load_and_build()
    found = company.ask(
        "SELECT day, coalesce(scope_id, ''), team_id, counts_for_team, counts_for_company "
        "FROM fct_plan_days WHERE value > 0 ORDER BY 1, 2"
    )
    anna, boris, clara = "name:anna", "name:boris", "name:clara"
    assert found == [
        (day("2026-03-10"), anna, "name:west", False, False),  # West states the 10th and 11th itself
        (day("2026-03-10"), boris, "name:west", False, False),
        (day("2026-03-10"), clara, None, True, True),  # of no team
        (day("2026-03-10"), "name:west", "name:west", True, True),
        (day("2026-03-11"), anna, "name:east", True, True),  # East states nothing
        (day("2026-03-11"), "name:west", "name:west", True, True),
        (day("2026-03-12"), anna, "name:east", True, True),
        (day("2026-03-13"), "", None, False, True),  # the company states the 13th itself
        (day("2026-03-13"), anna, "name:east", True, False),
    ]
