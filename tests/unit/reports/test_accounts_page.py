from datetime import date

import pytest

from tests.metrics.memory_engine import MemoryEngine, lake_of
from tests.reports.framing import framed
from voronka.analyses.portfolio import KeeperGrower
from voronka.domain.period import Period
from voronka.reports.accounts_page import ALL_ROLES, BRIDGE, accounts_page, hidden_losses, uncovered
from voronka.reports.page import Contents, PageAsked

FEBRUARY = Period(date(2026, 2, 1), date(2026, 2, 28))
BOUGHT = """basis    | purchase_id | account | employee | bought_at        | amount_home | product | product_since
            payments | 1           | A       | Maria    | 2026-01-03 10:00 | 100         | P       | 2026-01-03
            payments | 2           | A       | Maria    | 2026-01-20 10:00 | 100         | P       | 2026-01-03
            payments | 3           | A       | Maria    | 2026-02-02 10:00 | 120         | P       | 2026-01-03
            payments | 4           | A       | Maria    | 2026-02-12 10:00 | 120         | P       | 2026-01-03
            payments | 5           | A       | Maria    | 2026-02-22 10:00 | 120         | P       | 2026-01-03
            payments | 6           | B       | Maria    | 2026-01-15 10:00 | 500         | P       | 2026-01-15
            payments | 7           | C       | Pavel    | 2026-01-10 10:00 | 300         | P       | 2026-01-10
            payments | 8           | C       | Pavel    | 2026-02-10 10:00 | 300         | P       | 2026-01-10
            payments | 9           | C       | Pavel    | 2026-02-11 10:00 | 50          | Q       | 2026-02-11
            payments | 10          | D       | Pavel    | 2026-02-25 10:00 | 70          | P       | 2026-02-25"""
STATES = """account_id | employee | role | from_day   | to_day
            A          | Maria    | am   | 2025-01-01 | 9999-12-31
            B          | Maria    | am   | 2025-01-01 | 9999-12-31
            C          | Pavel    | ae   | 2025-01-01 | 9999-12-31"""
TEAMS = """employee_id | team_id | role | valid_from | valid_to
           name:maria  | w       | am   | 2020-01-01 | 9999-12-31
           name:pavel  | w       | ae   | 2020-01-01 | 9999-12-31"""


def made(engine: MemoryEngine, period: Period | None = FEBRUARY, *roles: str) -> Contents:
    return accounts_page(framed(engine, PageAsked(period=period, roles=roles)))


def shop(**tables: str) -> MemoryEngine:
    return lake_of(dim_team="team_id | name\nw | West", fct_purchases=BOUGHT, **tables)


def test_the_bridge_adds_up_to_the_portfolio_after() -> None:
    # METRICS.md's worked table, a month earlier: 1000 + 50 + 60 + 100 - 500 = 710
    totals = made(shop()).blocks["bridge"].answer.totals
    assert [totals[name] for name in BRIDGE] == [1000, 50, 60, 100, 500, 710]


def test_the_headline_says_what_the_same_clients_bought() -> None:
    headline = made(shop()).headline
    assert (headline.kind, headline.tone) == ("shrunk", "bad")
    assert headline.values["start_amount"] == 1000
    assert headline.values["end_amount"] == 710
    assert headline.values["change_amount"] == 290
    assert headline.values["growth"] == pytest.approx(29)


def test_accounts_that_stopped_buying_are_listed_and_their_payments_open() -> None:
    page = made(shop())
    assert [(row["account"], row["before"]) for row in page.tables["lost"].rows] == [("B", 500)]
    found = page.findings[0]
    assert (found.kind, found.values) == ("accounts_lost", {"count": 1, "amount": 500.0})
    assert found.open is not None
    assert found.open.metric == "revenue_paid"
    assert found.open.ask.period == Period(date(2026, 1, 1), date(2026, 1, 31))
    assert [each.values for each in found.open.ask.where] == [(page.tables["lost"].rows[0]["account_id"],)]


def test_in_a_running_period_they_have_not_bought_yet() -> None:
    # 1 to 16 February against 1 to 16 March: all three of February bought nothing in March so far
    page = made(shop(), None)
    assert page.headline.kind == "shrunk_so_far"
    found = page.findings[0]
    assert (found.kind, found.values["count"]) == ("accounts_silent", 2)  # A and C by 16 February


def test_the_payments_opened_are_those_of_the_days_against_which_the_accounts_are_lost() -> None:
    # 10 to 16 March so far, of a period until the 31st, against the seven days before: C bought nothing since
    bought = BOUGHT.replace("2026-02-10", "2026-03-04")
    engine = lake_of(dim_team="team_id | name\nw | West", fct_purchases=bought)
    page = made(engine, Period(date(2026, 3, 10), date(2026, 3, 31)))
    found = page.findings[0]
    assert (found.kind, found.values) == ("accounts_silent", {"count": 1, "amount": 300.0})
    assert found.open is not None
    assert found.open.ask.period == Period(date(2026, 3, 3), date(2026, 3, 9))


def test_accounts_that_buy_differently_stand_from_the_largest_change() -> None:
    rows = made(shop()).tables["changed"].rows
    assert [(row["account"], row["growth"]) for row in rows] == [("A", 160), ("C", 50)]


def test_the_page_is_about_account_managers_where_there_are_any() -> None:
    engine = shop(fct_account_states=STATES, employee_team=TEAMS)
    page = made(engine)
    assert page.blocks["bridge"].answer.totals["portfolio_start"] == 700  # Maria's A and B
    assert [row["employee"] for row in page.tables["quadrant"].rows] == ["Maria"]
    assert made(engine, FEBRUARY, "ae").blocks["bridge"].answer.totals["portfolio_start"] == 300
    everybody = made(engine, FEBRUARY, ALL_ROLES)
    assert everybody.blocks["bridge"].answer.totals["portfolio_start"] == 1000
    assert everybody.blocks["bridge"].ask.where == ()


def test_without_purchases_nothing_is_said() -> None:
    page = made(lake_of())
    assert (page.headline.kind, page.findings) == ("not_known", ())
    assert page.tables["lost"].rows == ()


def test_where_nobody_bought_before_there_is_no_portfolio_yet() -> None:
    page = made(shop(), Period(date(2026, 1, 1), date(2026, 1, 31)))
    assert page.headline.kind == "nobody_before"
    assert page.headline.values == {"new_amount": 1000}


def keeper(name: str, lost: int, *, hides: bool, more: bool) -> KeeperGrower:
    return KeeperGrower(
        employee_id=f"name:{name}",
        employee=name,
        accounts=20,
        lost_accounts=lost,
        retention_by_count=100.0 - 5 * lost,
        retention_by_revenue=60.0,
        portfolio_growth_percent=8.0,
        retention_of_all=80.0,
        quadrant="grower",
        hides_losses=hides,
        loses_more=more,
    )


def test_growth_that_hides_losses_is_named_where_it_is_no_chance() -> None:
    totals = made(shop()).blocks["totals"]
    people = [keeper("Anna", 3, hides=True, more=False), keeper("Egor", 11, hides=True, more=True)]
    found = hidden_losses(people, totals)
    assert found is not None
    assert found.values == {"name": "Egor", "growth": 8.0, "count": 11, "of": 20}
    assert hidden_losses(people[:1], totals) is None


def test_a_base_that_is_mostly_left_alone_is_told() -> None:
    days = "account_id | employee | touched_at\nA | Maria | 2026-02-10 10:00"
    states = STATES.replace("| ae ", "| am ")
    page = made(shop(fct_account_states=states, fct_account_days=days, employee_team=TEAMS), FEBRUARY, ALL_ROLES)
    found = uncovered(page.blocks["base"])
    assert found is not None
    assert found.values["count"] == 2
    assert found.values["coverage_rate"] == pytest.approx(100 / 3)
