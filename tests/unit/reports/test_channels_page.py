from datetime import date, datetime

from tests.metrics.memory_engine import MemoryEngine, lake_of, metrics_over
from tests.reports.companies import MEMBERS, company
from voronka.domain.period import Period
from voronka.domain.scope import Scope
from voronka.reports.channels_page import channels_page, dear_channel, off_profile
from voronka.reports.page import Contents, Frame, PageAsked
from voronka.settings import Settings

MONDAY = date(2026, 3, 16)
NOW = datetime(2026, 3, 16, 9, 0)  # noqa: DTZ001 - UTC without a zone, as everywhere in the house
MARCH = Period(date(2026, 3, 1), MONDAY)


def made(engine: MemoryEngine, asked: PageAsked = PageAsked(), scope: Scope | None = None) -> Contents:  # noqa: B008 - frozen
    frame = Frame(metrics_over(engine, MONDAY), asked, scope or Scope.everything(), NOW, Settings())
    return channels_page(frame)


def leads(channel: str, qualified: int, others: int, target: int = 0) -> str:
    """Return leads of 2 March: so many qualified and so many not; of the first so many it is told that they fit."""
    marks = [(str(n < qualified).lower(), str(n < target).lower()) for n in range(qualified + others)]
    rows = [f"{channel}{n} | {channel} | 2026-03-02 10:00 | {q} | {t} | false" for n, (q, t) in enumerate(marks)]
    return "\n".join(rows)


def buying(*rows: str, spend: str) -> MemoryEngine:
    head = "lead_id | channel_id | created_at | reached_qualified | is_target | is_won"
    return lake_of(**MEMBERS, fct_leads="\n".join([head, *rows]), fct_ad_spend=f"day | channel_id | cost_home\n{spend}")


def test_every_channel_has_its_way_from_spend_to_money() -> None:
    page = made(company("whole"))
    rows = {row["channel"]: row for row in page.blocks["channels"].answer.rows}
    assert (rows["Ads"]["ad_spend"], rows["Ads"]["leads"], rows["Ads"]["revenue"], rows["Ads"]["cpl"]) == (
        100,
        2,
        400,
        50,
    )
    assert (rows["Radio"]["ad_spend"], rows["Radio"]["leads"], rows["Radio"]["revenue"]) == (400, 2, 0)
    assert rows["Radio"]["roas"] == 0
    totals = page.blocks["totals"].answer.totals
    assert (totals["ad_spend"], totals["revenue"], totals["drr"]) == (500, 400, 125)


def test_the_headline_says_what_was_spent_and_sold() -> None:
    headline = made(company("whole")).headline
    assert headline.kind == "spend_and_revenue"
    assert headline.values == {"spend": 500, "revenue": 400, "drr_share": 125, "count": 4, "spend_growth": None}
    assert headline.open is not None
    assert headline.open.metric == "ad_spend"


def test_without_spend_or_leads_the_headline_says_so() -> None:
    assert made(company("only deals")).headline.kind == "no_marketing"
    april = PageAsked(period=Period(date(2026, 2, 1), date(2026, 2, 28)))
    assert made(company("whole"), april).headline.kind == "nothing_spent"
    assert made(company("whole"), PageAsked(employees=("a",))).headline.kind == "spend_unknown"


def test_a_channel_that_spent_and_sold_nothing_is_named_with_what_it_cost() -> None:
    found = made(company("whole")).findings
    assert [(each.kind, each.values["channel"], each.values["amount"]) for each in found] == [
        ("channel_without_return", "Radio", 400)
    ]


def test_what_is_spent_is_not_shown_to_who_sees_no_facts_without_an_owner() -> None:
    page = made(company("whole"), scope=Scope.of("a"))
    assert page.blocks["channels"].ask.metrics == (
        *("leads", "target_rate", "leads_qualified", "leads_with_deal", "leads_won", "revenue", "margin"),
    )
    assert page.headline.kind == "spend_unknown"
    assert page.findings == ()


def test_a_filter_that_advertising_lacks_is_told() -> None:
    page = made(company("whole"), PageAsked(teams=("w",)))
    assert page.blocks["channels"].lacks("ad_spend") == "cannot be cut by: team"
    assert page.findings == ()


def test_the_months_end_with_the_facts_and_say_how_many_leads_may_still_become_sales() -> None:
    rows = "1 | ads | 2026-02-02 10:00 | false\n2 | ads | 2026-03-02 10:00 | true\n3 | ads | 2026-03-03 10:00 | false"
    page = made(lake_of(**MEMBERS, fct_leads=f"lead_id | channel_id | created_at | is_undecided\n{rows}"))
    months = {row["month"]: (row["leads"], row["leads_undecided"]) for row in page.blocks["months"].answer.rows}
    assert len(months) == 12
    assert (months["2026-02"], months["2026-03"]) == ((1, 0), (2, 1))


def test_rows_of_spend_that_repeat_others_are_told() -> None:
    spend = "day | channel_id | cost_home | repeated_rows\n2026-03-02 | ads | 200 | 1\n2026-03-03 | ads | 50 | 0"
    found = made(lake_of(**MEMBERS, fct_ad_spend=spend)).findings
    assert [(each.kind, each.values) for each in found] == [("spend_repeated", {"count": 1})]
    assert found[0].open is not None
    assert found[0].open.metric == "spend_duplicates"


def test_a_dear_channel_is_one_whose_money_would_have_bought_more_beyond_chance() -> None:
    # ads: 1000 for 100 qualified, 10 each; radio: 1000 for 50, where 100 were to be had: 5 errors of sqrt(100) below
    engine = buying(
        leads("ads", 100, 0), leads("radio", 50, 0), spend="2026-03-02 | ads | 1000\n2026-03-02 | radio | 1000"
    )
    block = made(engine).blocks["channels"]
    found = dear_channel(block)
    assert found is not None
    assert found.values == {"channel": "Radio", "price": 20, "others_price": 10, "count": 50, "money": 500}
    assert found.open is not None
    assert found.open.ask.where[-1].values == ("radio",)


def test_a_price_that_chance_may_explain_is_not_called_dear() -> None:
    # radio: 8 qualified where 10 were to be had: 0.6 errors below
    engine = buying(
        leads("ads", 100, 0), leads("radio", 8, 0), spend="2026-03-02 | ads | 1000\n2026-03-02 | radio | 100"
    )
    assert dear_channel(made(engine).blocks["channels"]) is None


def test_channels_that_cost_nothing_make_no_price() -> None:
    engine = buying(leads("ads", 100, 0), leads("radio", 50, 0), spend="2026-03-02 | radio | 1000")
    assert dear_channel(made(engine).blocks["channels"]) is None


def test_a_channel_off_profile_is_named_with_how_many_fewer_fit() -> None:
    # ads 80 of 100 fit, radio 40 of 100; at the others' 80 % it would have been 80, 40 more
    engine = buying(leads("ads", 0, 100, 80), leads("radio", 0, 100, 40), spend="")
    profile = made(engine).blocks["profile"]
    found = off_profile(profile)
    assert found is not None
    assert found.values == {"channel": "Radio", "rate": 40, "others_rate": 80, "count": 100, "missing": 40}


def test_shares_within_chance_are_drawn_pale_and_not_named() -> None:
    engine = buying(leads("ads", 0, 10, 6), leads("radio", 0, 10, 5), spend="")
    page = made(engine)
    assert off_profile(page.blocks["profile"]) is None
    assert [row["differs"] for row in page.tables["profile_differs"].rows] == [False, False]
