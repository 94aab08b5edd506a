"""Portfolios: whose accounts, what became of each, and how people keep and grow them."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.metrics.memory_engine import MemoryEngine, built_in, column, lake_of, query
from voronka.analyses.portfolio import accounts_split, keepers_growers, portfolio
from voronka.analyses.retention import retention
from voronka.domain.errors import QuestionError
from voronka.domain.period import Period
from voronka.domain.scope import Scope, Span
from voronka.metrics.query import Filter, Metrics, MetricsCompany

TODAY = date(2026, 4, 15)
MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))
EVERYTHING = Scope.everything()
PARTS = ("upsell", "purchase_effect", "frequency_effect")
BOUGHT = """basis    | purchase_id | account | employee | bought_at        | amount_home | product | product_since
            payments | 1           | A       | Maria    | 2026-02-03 10:00 | 100         | P       | 2026-02-03
            payments | 2           | A       | Maria    | 2026-02-20 10:00 | 100         | P       | 2026-02-03
            payments | 3           | A       | Maria    | 2026-03-02 10:00 | 120         | P       | 2026-02-03
            payments | 4           | A       | Maria    | 2026-03-12 10:00 | 120         | P       | 2026-02-03
            payments | 5           | A       | Maria    | 2026-03-22 10:00 | 120         | P       | 2026-02-03
            payments | 6           | B       | Maria    | 2026-02-15 10:00 | 500         | P       | 2026-02-15
            payments | 7           | C       | Pavel    | 2026-02-10 10:00 | 300         | P       | 2026-02-10
            payments | 8           | C       | Pavel    | 2026-03-10 10:00 | 300         | P       | 2026-02-10
            payments | 9           | C       | Pavel    | 2026-03-11 10:00 | 50          | Q       | 2026-03-11
            payments | 10          | D       | Pavel    | 2026-03-25 10:00 | 70          | P       | 2026-03-25"""


def metrics_of(lake: MemoryEngine) -> Metrics:
    computed = {"portfolio": portfolio, "retention": retention}
    return Metrics(lake, built_in(), MetricsCompany("RUB", lambda: TODAY), computed)


def test_each_account_says_what_became_of_it() -> None:
    found = {each.name: each for each in accounts_split(metrics_of(lake_of(fct_purchases=BOUGHT)), EVERYTHING, MARCH)}
    assert list(found) == ["B", "A", "D", "C"]
    assert [found[name].upsell for name in "ABCD"] == [0, 0, 50, 0]
    assert [found[name].purchase_effect for name in "ABCD"] == [60, 0, 0, 0]
    assert [found[name].frequency_effect for name in "ABCD"] == [100, 0, 0, 0]
    assert [found[name].growth for name in "ABCD"] == [160, -500, 50, 0]
    assert found["B"].lost == 500
    assert (found["B"].employee_id, found["D"].is_new) == ("name:maria", True)


def test_a_scope_sees_the_accounts_of_its_people_on_the_periods_last_day() -> None:
    metrics = metrics_of(lake_of(fct_purchases=BOUGHT))
    assert {each.name for each in accounts_split(metrics, Scope.of("name:pavel"), MARCH)} == {"C", "D"}
    left = Scope(spans=(Span("name:maria", date(2026, 1, 1), date(2026, 3, 31)),))
    assert accounts_split(metrics, left, MARCH) == ()
    totals = metrics.query(query("portfolio_start", period=MARCH, scope=Scope.of("name:pavel"))).totals
    assert totals == {"portfolio_start": 300}


def test_an_accounts_team_and_role_are_those_of_its_person_on_the_last_day_or_today() -> None:
    lake = lake_of(
        fct_purchases=BOUGHT,
        dim_team="team_id | name\nw | West\ne | East",
        employee_team="""employee_id | team_id | role | valid_from | valid_to
                         name:maria | w | am | 2020-01-01 | 2026-03-15
                         name:maria | e | ae | 2026-03-15 | 2026-04-01
                         name:maria | w | am | 2026-04-01 | 9999-12-31
                         name:pavel | w | am | 2020-01-01 | 2026-02-20""",
    )
    metrics = metrics_of(lake)
    then = metrics.query(query("portfolio_start", by=["team"], period=MARCH))
    assert column(then, "team", "portfolio_start") == {"East": 700, "West": 300}
    now = metrics.query(query("portfolio_start", by=["team", "role"], period=MARCH, owner="now"))
    assert [(row["team"], row["role"], row["portfolio_start"]) for row in now.rows] == [("West", "am", 1000)]
    of_am = metrics.query(query("portfolio_start", period=MARCH, where=["role=am"]))
    assert of_am.totals == {"portfolio_start": 300}


def test_who_has_no_person_stands_as_not_given_and_the_parts_sum_to_the_whole() -> None:
    more = "\n payments | 11 | E | | 2026-02-25 10:00 | 10 | P | 2026-02-25"
    answer = metrics_of(lake_of(fct_purchases=BOUGHT + more)).query(
        query("portfolio_lost", by=["employee"], period=MARCH)
    )
    assert column(answer, "employee", "portfolio_lost") == {"Maria": 500, "Pavel": 0, None: 10}
    assert answer.totals == {"portfolio_lost": 510}


def test_deals_stand_in_where_no_payments_were_ever_loaded_and_it_is_told() -> None:
    metrics = metrics_of(lake_of(fct_purchases=BOUGHT.replace("payments", "deals")))
    answer = metrics.query(query("portfolio_start", period=MARCH))
    assert answer.totals == {"portfolio_start": 1000}
    assert [each.variant for each in answer.columns] == ["by_deals"]
    paid = metrics_of(lake_of(fct_purchases=BOUGHT)).query(query("portfolio_start", period=MARCH))
    assert [each.variant for each in paid.columns] == ["by_payments"]


def test_without_a_purchase_ever_loaded_it_is_unknown() -> None:
    answer = metrics_of(lake_of()).query(query("portfolio_start", "retention_by_count", period=MARCH, by=["employee"]))
    assert answer.totals == {"portfolio_start": None, "retention_by_count": None}
    assert {each.reason for each in answer.left_out} == {"not loaded: deals"}


def test_a_period_is_needed_and_one_that_has_not_begun_knows_nothing() -> None:
    metrics = metrics_of(lake_of(fct_purchases=BOUGHT))
    with pytest.raises(QuestionError, match="compares a period with the one before"):
        metrics.query(query("portfolio_start"))
    to_come = Period(date(2026, 5, 1), date(2026, 5, 31))
    assert metrics.query(query("portfolio_start", period=to_come)).totals == {"portfolio_start": None}
    assert accounts_split(metrics, EVERYTHING, to_come) == ()
    assert keepers_growers(metrics, EVERYTHING, to_come) == ()


def test_by_month_without_a_period_every_month_of_the_data_stands() -> None:
    answer = metrics_of(lake_of(fct_purchases=BOUGHT)).query(query("portfolio_new", by=["month"]))
    assert column(answer, "month", "portfolio_new") == {"2026-01": 0, "2026-02": 1000, "2026-03": 70, "2026-04": 0}


ROW = st.tuples(
    st.sampled_from("ABC"), st.sampled_from("PQ"), st.integers(1, 59), st.integers(-3000, 9000), st.integers(1, 6)
)


@settings(max_examples=40, deadline=None)
@given(st.lists(ROW, min_size=1, max_size=14))
def test_the_parts_of_growth_sum_to_it_exactly_and_with_the_new_to_all_that_was_bought(
    rows: list[tuple[str, str, int, int, int]],
) -> None:
    lines = ["basis | purchase_id | account | employee | bought_at | amount_home | product | product_since"]
    for account, product, day, kopecks, deal in rows:
        at = date.fromordinal(date(2026, 1, 31).toordinal() + day)
        since = date.fromordinal(date(2026, 2, 1).toordinal() + (day * 7) % 50)
        amount = Decimal(kopecks * 7) / 100
        lines.append(f"payments | {deal} | {account} | Maria | {at} 10:00 | {amount} | {product} | {since}")
    answer = metrics_of(lake_of(fct_purchases="\n".join(lines))).query(
        query(
            "portfolio_start",
            "portfolio_end",
            "portfolio_growth",
            "portfolio_lost",
            "portfolio_new",
            *PARTS,
            period=MARCH,
        )
    )
    found = {name: Decimal(str(value)) for name, value in answer.totals.items()}
    assert found["portfolio_growth"] == found["portfolio_end"] - found["portfolio_start"]
    assert found["portfolio_growth"] == sum(found[name] for name in PARTS) - found["portfolio_lost"]
    of_march = [Decimal(kopecks * 7) / 100 for _, _, day, kopecks, _ in rows if day > 28]
    assert found["portfolio_end"] + found["portfolio_new"] == sum(of_march)


def bought_by(person: str, account: int, before: int, after: int) -> str:
    rows = [(f"b{person}{account}", "2026-02-10", before), (f"a{person}{account}", "2026-03-10", after)]
    return "\n".join(
        f"payments | {no} | {person}{account} | {person} | {day} 10:00 | {amount}" for no, day, amount in rows if amount
    )


def test_who_grows_while_losing_more_than_a_tenth_of_the_accounts_hides_it() -> None:
    hiding = [bought_by("Hid", n, 10, 0) for n in range(8)] + [bought_by("Hid", n, 100, 300) for n in range(8, 20)]
    keeping = [bought_by("Keep", n, 50, 45) for n in range(20)]
    growing = [bought_by("Grow", n, 40, 50) for n in range(19)] + [bought_by("Grow", 19, 10, 0)]
    new = [bought_by("New", 1, 0, 70)]
    header = "basis | purchase_id | account | employee | bought_at | amount_home"
    lake = lake_of(fct_purchases="\n".join([header, *hiding, *keeping, *growing, *new]))
    found = {each.employee: each for each in keepers_growers(metrics_of(lake), EVERYTHING, MARCH)}
    assert list(found) == ["Hid", "Keep", "Grow"]
    assert {name: each.quadrant for name, each in found.items()} == {
        "Hid": "grower",
        "Keep": "keeper",
        "Grow": "keeper+grower",
    }
    hid = found["Hid"]
    assert (hid.accounts, hid.lost_accounts, hid.retention_by_count) == (20, 8, 60)
    assert hid.portfolio_growth_percent == pytest.approx(100 * (3600 / 1280 - 1))
    assert hid.retention_by_revenue == pytest.approx(93.75)
    assert {name: (each.hides_losses, each.loses_more) for name, each in found.items()} == {
        "Hid": (True, True),
        "Keep": (False, False),
        "Grow": (False, False),
    }
    alone = keepers_growers(metrics_of(lake), EVERYTHING, MARCH, [Filter("employee", ("Hid",))])
    assert [(each.quadrant, each.loses_more) for each in alone] == [("keeper+grower", False)]
