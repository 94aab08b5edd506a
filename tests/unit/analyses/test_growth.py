"""Growth against the like period before, worked out by hand."""

from datetime import date

import pytest

from tests.metrics.memory_engine import MemoryEngine, built_in, column, lake_of, query
from voronka.analyses.growth import growth, percent_more
from voronka.domain.period import Period
from voronka.domain.scope import Scope
from voronka.metrics.query import Metrics, MetricsCompany

TODAY = date(2026, 4, 15)
DEALS = """deal_id | employee | role | created_at       | closed_at        | outcome | amount_home
           1       | Anna     | ae   | 2026-01-01 10:00 | 2026-01-10 10:00 | won     | 200
           2       | Boris    | am   | 2026-01-01 10:00 | 2026-02-10 10:00 | won     | 50
           3       | Anna     | ae   | 2026-01-01 10:00 | 2026-02-20 10:00 | won     | 100
           4       | Anna     | ae   | 2026-01-01 10:00 | 2026-03-05 10:00 | won     | 150
           5       | Anna     | ae   | 2026-01-01 10:00 | 2026-03-20 10:00 | won     | 30"""


def metrics_of(lake: MemoryEngine, today: date = TODAY) -> Metrics:
    return Metrics(lake, built_in(), MetricsCompany("RUB", lambda: today), {"growth": growth})


def days(first: str, last: str) -> Period:
    return Period(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("now", "before", "more"),
    [(150, 100, 50), (0, 100, -100), (5, 0, None), (5, -10, None), (None, 5, None), (5, None, None)],
)
def test_from_nothing_negative_or_unknown_growth_is_unknown(
    now: float | None, before: float | None, more: float | None
) -> None:
    assert percent_more(now, before) == more


def test_each_group_grows_by_its_own_past_and_filters_hold_for_both_periods() -> None:
    metrics = metrics_of(lake_of(fct_deals=DEALS))
    march = days("2026-03-01", "2026-03-31")
    found = metrics.query(query("revenue_growth", by=["employee"], period=march))
    assert column(found, "employee", "revenue_growth") == {"Anna": pytest.approx(80), "Boris": -100}
    of_ae = metrics.query(query("revenue_growth", period=march, where=["role=ae"]))
    assert of_ae.totals["revenue_growth"] == pytest.approx(80)
    seen = metrics.query(query("revenue_growth", period=march, scope=Scope.of("name:anna")))
    assert seen.totals["revenue_growth"] == pytest.approx(80)


def test_by_month_the_first_one_is_compared_too_and_each_person_by_themselves() -> None:
    metrics = metrics_of(lake_of(fct_deals=DEALS))
    found = metrics.query(query("revenue_growth", by=["employee", "month"], period=days("2026-02-01", "2026-03-31")))
    by_place = {(row["employee"], row["month"]): row["revenue_growth"] for row in found.rows}
    assert by_place == {
        ("Anna", "2026-02"): pytest.approx(-50),
        ("Anna", "2026-03"): pytest.approx(80),
        ("Boris", "2026-02"): None,
        ("Boris", "2026-03"): pytest.approx(-100),
    }


def test_a_running_month_stands_against_the_same_days_and_one_to_come_against_nothing() -> None:
    metrics = metrics_of(lake_of(fct_deals=DEALS), date(2026, 3, 10))
    found = metrics.query(query("revenue_growth", by=["month"], period=days("2026-02-01", "2026-04-30")))
    # 180 in March (30 of it is dated ahead) against Boris' 50 until February the 10th
    assert column(found, "month", "revenue_growth") == {
        "2026-02": pytest.approx(-25),
        "2026-03": pytest.approx(260),
        "2026-04": None,
    }


def test_without_a_period_it_is_unknown_in_all_and_known_by_month() -> None:
    metrics = metrics_of(lake_of(fct_deals=DEALS))
    assert metrics.query(query("revenue_growth")).totals == {"revenue_growth": None}
    found = column(metrics.query(query("revenue_growth", by=["month"])), "month", "revenue_growth")
    assert found["2026-02"] == pytest.approx(-25)
    assert found["2026-01"] is None


def test_growth_is_compared_with_the_growth_of_the_period_before() -> None:
    metrics = metrics_of(lake_of(fct_deals=DEALS))
    found = metrics.query(query("revenue_growth", period=days("2026-03-01", "2026-03-31"), compare="previous"))
    assert found.totals == {"revenue_growth": pytest.approx(20), "revenue_growth_previous": pytest.approx(-25)}


def test_what_was_never_loaded_is_unknown_and_said_so() -> None:
    found = metrics_of(lake_of()).query(query("revenue_growth", period=days("2026-03-01", "2026-03-31")))
    assert found.totals == {"revenue_growth": None}
    assert [(each.metric, each.reason) for each in found.left_out] == [("revenue_growth", "not loaded: deals")]


def test_by_month_the_growth_of_each_stands_beside_that_of_the_month_compared_with() -> None:
    metrics = metrics_of(lake_of(fct_deals=DEALS))
    asked = query(
        "revenue_growth", by=["employee", "month"], period=days("2026-03-01", "2026-03-31"), compare="previous"
    )
    found = {
        row["employee"]: (row["revenue_growth"], row["revenue_growth_previous"]) for row in metrics.query(asked).rows
    }
    assert found == {"Anna": (pytest.approx(80), pytest.approx(-50)), "Boris": (pytest.approx(-100), None)}
    whole = metrics.query(
        query("revenue_growth", by=["month"], period=days("2026-02-01", "2026-03-31"), compare="previous")
    )
    assert [(row["month"], row["revenue_growth_previous"]) for row in whole.rows] == [
        ("2026-02", None),
        ("2026-03", None),
    ]
