"""Findings of small hand-made answers: each figure is worked out beside it."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from voronka.domain.period import Period
from voronka.metrics.answer import Answer, LeftOut, Row
from voronka.metrics.question import Filter
from voronka.reports import findings
from voronka.reports.ask import Ask, Block
from voronka.reports.findings import Finding, Selling

MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))
HALF = Period(date(2026, 3, 1), date(2026, 3, 16))
ASK = Ask(("asked",), period=HALF)


def block(*rows: Row, **totals: object) -> Block:
    return Block(ASK, Answer((), list(rows), dict(totals), "1", HALF.last))


NOTHING = block()


def said(facts: Block, plans: Block | None = None, people: Block | None = None) -> Finding:
    return findings.headline(Selling(facts, plans, people))


def test_revenue_behind_what_is_due_says_what_is_missing() -> None:
    plans = block(revenue_plan=2000, revenue_covered=600, revenue_attainment=30, revenue_pace=60)
    finding = said(block(revenue=650, deals_won=3), plans, block(revenue_plan=1000))
    assert (finding.kind, finding.tone) == ("revenue_behind", "bad")
    assert finding.values == {"revenue": 600, "plan": 2000, "pace": 60, "attainment": 30, "gap": 400}
    assert finding.ask == Ask(("revenue_covered", "revenue_plan", "revenue_attainment", "revenue_pace"), period=HALF)
    assert finding.open == findings.Opened("revenue", Ask(("revenue",), period=HALF))


def test_revenue_at_its_pace_misses_nothing() -> None:
    plans = block(revenue_plan=2000, revenue_covered=1100, revenue_attainment=55, revenue_pace=110)
    finding = said(block(revenue=1100, deals_won=3), plans, block(revenue_plan=1000))
    assert (finding.kind, finding.tone, finding.values["gap"]) == ("revenue_on_pace", "good", 0)


def test_nothing_sold_against_a_plan_is_behind_it_by_all_that_is_due() -> None:
    plans = block(revenue_plan=2000, revenue_covered=0, revenue_attainment=0, revenue_pace=0)
    finding = said(block(revenue=0, deals_won=0), plans, block(revenue_plan=1000))
    assert (finding.kind, finding.values["gap"]) == ("revenue_behind", 1000)


def test_without_a_plan_revenue_is_compared_with_before() -> None:
    finding = said(block(revenue=150, revenue_previous=100, deals_won=1), block(revenue_plan=None, revenue_pace=None))
    assert (finding.kind, finding.tone) == ("revenue_no_plan", "good")
    assert finding.values == {"revenue": 150, "revenue_previous": 100, "revenue_growth": 50}
    first = said(block(revenue=150, revenue_previous=0, deals_won=1))
    assert (first.tone, first.values["revenue_growth"]) == ("neutral", None)


def test_nothing_sold_and_no_deals_loaded_are_two_things() -> None:
    assert said(block(revenue=0, deals_won=0)).kind == "nothing_sold"
    assert said(block(revenue=None, deals_won=None)).kind == "no_deals"


def test_deals_whose_data_end_before_the_period_were_loaded() -> None:
    facts = block(revenue=None, deals_won=None)
    told = (LeftOut("revenue", "data end: 2026-02-27", 0), LeftOut("deals_won", "data end: 2026-02-27", 0))
    finding = said(replace(facts, answer=replace(facts.answer, left_out=told)))
    assert (finding.kind, finding.tone, finding.values) == ("ended", "neutral", {"data_until": "2026-02-27"})


def test_sales_without_amounts_are_sales() -> None:
    finding = said(block(revenue=None, deals_won=2))
    assert (finding.kind, finding.values["revenue"]) == ("revenue_no_plan", None)


def test_an_unanswered_lead_is_worth_its_chance_of_an_average_deal() -> None:
    rates = block(lead_conversion=10, average_deal=5000)
    since = datetime(2026, 3, 2, 10, 5)  # noqa: DTZ001 - a local time
    finding = findings.unanswered_leads(block(leads_unanswered=4), rates, since)
    assert finding is not None
    assert finding.values == {"count": 4, "money": 2000, "since": "2026-03-02T10:05:00"}  # 4 * 0.1 * 5000
    assert (finding.money, finding.open) == (2000, findings.Opened("leads_unanswered", ASK))


def test_unanswered_leads_of_unknown_worth_are_still_told() -> None:
    finding = findings.unanswered_leads(block(leads_unanswered=4), block(lead_conversion=None, average_deal=1), None)
    assert finding is not None
    assert (finding.values["money"], finding.values["since"], finding.money) == (None, None, 0)


@pytest.mark.parametrize("count", [0, None])
def test_no_unanswered_leads_or_none_known_are_not_told(count: int | None) -> None:
    assert findings.unanswered_leads(block(leads_unanswered=count), NOTHING, None) is None


def test_deals_without_a_task_are_ranked_by_what_they_would_bring() -> None:
    without = block(deals_without_task=3, deals_open=12, deals_without_task_amount=1000)
    finding = findings.deals_without_task(without, block(win_rate=40))
    assert finding is not None
    assert finding.values == {"count": 3, "amount": 1000, "share": 25}
    assert finding.money == 400  # of 1000 two fifths are won
    unknown = findings.deals_without_task(without, block(win_rate=None))
    assert unknown is not None
    assert unknown.money == 1000


def test_no_deals_without_a_task_are_not_told() -> None:
    assert findings.deals_without_task(block(deals_without_task=0, deals_open=5), NOTHING) is None
    assert findings.deals_without_task(block(deals_without_task=None, deals_open=5), NOTHING) is None


def channel(name: str, spend: object, won: object) -> Row:
    return {"channel": name.title(), "channel_id": name, "ad_spend": spend, "leads_won": won}


def test_a_channel_that_spends_and_sells_nothing_is_told() -> None:
    # for radio the others pay (690 - 300) / 5 = 78 a sale, so its 300 would have bought 3.8;
    # for maps they pay (690 - 90) / 5 = 120
    rows = (channel("ads", 300, 3), channel("radio", 300, 0), channel("maps", 90, 0), channel("mail", 0, 2))
    finding = findings.channel_without_return(block(*rows, ad_spend=690, leads_won=5))
    assert finding is not None
    assert finding.values == {"channel": "Radio", "spend": 300, "months": 6}
    assert finding.ask is not None
    assert finding.ask.where == (Filter("channel", ("radio",)),)
    assert finding.open is not None
    assert (finding.open.metric, finding.open.ask.where) == ("leads", finding.ask.where)


def test_a_channel_whose_spend_buys_less_than_three_sales_elsewhere_may_be_unlucky() -> None:
    # the others pay 100 for a sale: 299 would have bought 2.99 of them
    rows = (channel("ads", 500, 5), channel("radio", 299, 0))
    assert findings.channel_without_return(block(*rows, ad_spend=799, leads_won=5)) is None
    rows = (channel("ads", 500, 5), channel("radio", 300, 0))
    assert findings.channel_without_return(block(*rows, ad_spend=800, leads_won=5)) is not None


def test_a_channel_is_not_blamed_where_nobody_sold_or_sales_are_unknown() -> None:
    silent = (channel("ads", 500, 0), channel("radio", 500, 0))
    assert findings.channel_without_return(block(*silent, ad_spend=1000, leads_won=0)) is None
    unknown = (channel("ads", 500, None), channel("radio", 500, None))
    assert findings.channel_without_return(block(*unknown, ad_spend=1000, leads_won=None)) is None


def test_spend_of_no_channel_is_not_a_channel() -> None:
    nameless: Row = {"channel": None, "channel_id": None, "ad_spend": 500, "leads_won": 0}
    assert findings.channel_without_return(block(channel("ads", 100, 5), nameless, ad_spend=600, leads_won=5)) is None


def person(name: str, revenue: object, due: object) -> Row:
    return {"employee": name, "employee_id": name.lower(), "revenue": revenue, "revenue_plan": due}


PEOPLE = block(person("Anna", 100, 100), person("Boris", 79, 100), person("Clara", 0, 50), person("Dan", 7, None))


def test_people_behind_what_is_due_are_named_from_the_largest_gap() -> None:
    finding = findings.people_behind_plan(PEOPLE, MARCH)
    assert finding is not None
    assert finding.values == {"count": 2, "of": 3, "names": "Clara (0\u00a0%), Boris (79\u00a0%)", "gap": 71}  # 50 + 21
    assert finding.ask is not None
    assert finding.ask.where == (Filter("employee", ("clara", "boris")),)


def test_at_most_three_people_are_named() -> None:
    rows = [person(name, 0, due) for name, due in (("A", 1), ("B", 2), ("C", 3), ("D", 4))]
    finding = findings.people_behind_plan(block(*rows), MARCH)
    assert finding is not None
    assert (finding.values["names"], finding.values["count"]) == ("D (0\u00a0%), C (0\u00a0%), B (0\u00a0%)", 4)


def test_before_the_middle_of_the_period_nobody_is_behind() -> None:
    early = Period(date(2026, 3, 1), date(2026, 3, 15))
    assert findings.people_behind_plan(replace(PEOPLE, ask=replace(ASK, period=early)), MARCH) is None


def test_people_at_their_pace_are_not_told() -> None:
    assert findings.people_behind_plan(block(person("Anna", 80, 100)), MARCH) is None


def causes(**changed: float) -> Block:
    """Return a fall of revenue by half with leads down by half and the win rate as it was."""
    whole = {
        "revenue": 500.0,
        "revenue_previous": 1000.0,
        "leads": 200.0,
        "leads_previous": 400.0,
        "win_rate": 25.0,
        "win_rate_previous": 24.0,
        "deals_won": 25.0,
        "deals_lost": 75.0,
        "deals_won_previous": 48.0,
        "deals_lost_previous": 152.0,
    }
    return block(**{**whole, **changed})


def test_fewer_leads_explain_a_fall_of_revenue() -> None:
    finding = findings.fewer_leads(causes())
    assert finding is not None
    assert finding.values == {
        "revenue_growth": -50,
        "leads_growth": -50,
        "conversion_points": pytest.approx(1),
    }
    assert finding.money == 500


def test_revenue_that_did_not_fall_by_a_tenth_is_not_explained() -> None:
    assert findings.fewer_leads(causes(revenue=900.0)) is None
    assert findings.has_fallen(causes(revenue=899.0))
    assert not findings.has_fallen(causes(revenue=900.0))
    assert not findings.has_fallen(causes(revenue_previous=0.0))


def test_leads_that_did_not_fall_or_fell_by_chance_explain_nothing() -> None:
    assert findings.fewer_leads(causes(leads=360.0)) is None
    # 10 and 20 leads: apart by 10, chance reaches 1.96 * sqrt(30) = 10.7
    assert findings.fewer_leads(causes(leads=10.0, leads_previous=20.0)) is None


def test_a_conversion_that_fell_too_is_another_cause() -> None:
    # 10 of 100 and 48 of 200 won: 10 % and 24 %, beyond chance
    assert findings.fewer_leads(causes(deals_won=10.0, deals_lost=90.0, win_rate=10.0)) is None


def test_the_dearest_findings_come_first() -> None:
    made = [Finding(kind, "bad", {}, money=money) for kind, money in (("a", 1.0), ("b", 3.0), ("c", 3.0), ("d", 2.0))]
    assert [finding.kind for finding in findings.ranked([None, *made], 3)] == ["b", "c", "d"]


def test_growth_is_of_what_was() -> None:
    assert findings.growth_of(90, 100) == -10
    assert (findings.growth_of(90, 0), findings.growth_of(None, 1), findings.growth_of(1, None)) == (None, None, None)


def test_rates_are_of_the_last_180_days() -> None:
    assert findings.estimate_period(date(2026, 6, 30)) == Period(date(2026, 1, 2), date(2026, 6, 30))
