"""Retention by count, by revenue and of the largest, worked out by hand."""

import pytest

from tests.metrics.memory_engine import MemoryEngine, column, lake_of, query
from tests.unit.analyses.test_portfolio import MARCH, TODAY
from voronka.analyses.retention import retention
from voronka.metrics.catalogue import Catalogue
from voronka.metrics.definition import Choice
from voronka.metrics.query import Metrics, MetricsCompany

NAMES = ("retention_by_count", "retention_by_revenue", "retention_top")


def bought(*accounts: tuple[int, int]) -> MemoryEngine:
    lines = ["basis | purchase_id | account | employee | bought_at | amount_home"]
    for number, (before, after) in enumerate(accounts):
        name = f"{number:02}"
        if before:
            lines.append(f"payments | b{name} | {name} | Maria | 2026-02-10 10:00 | {before}")
        if after:
            lines.append(f"payments | a{name} | {name} | Maria | 2026-03-10 10:00 | {after}")
    return lake_of(fct_purchases="\n".join(lines))


def answered(lake: MemoryEngine, variant: str | None = None) -> dict[str, object]:
    catalogue = Catalogue.load((), {"retention_by_revenue": Choice(variant)} if variant else {})
    metrics = Metrics(lake, catalogue, MetricsCompany("RUB", lambda: TODAY), {"retention": retention})
    return metrics.query(query(*NAMES, period=MARCH)).totals


def test_of_ten_accounts_the_two_largest_are_the_largest() -> None:
    lake = bought((100, 0), (90, 80), *[(10, 10)] * 7, (10, 0))
    assert answered(lake) == {
        "retention_by_count": 80,
        "retention_by_revenue": pytest.approx(100 * 160 / 270),
        "retention_top": 50,
    }


def test_of_accounts_that_paid_equally_the_first_are_the_largest_and_of_a_few_one_is() -> None:
    assert answered(bought((10, 0), (10, 10), (10, 10), (10, 10)))["retention_top"] == 0


@pytest.mark.parametrize(("variant", "kept"), [("by_accounts", 75), ("gross", 60), ("net", 160)])
def test_revenue_is_kept_in_three_meanings(variant: str, kept: float) -> None:
    # 200 before: 50 of it left; of the rest 30 less is paid on one account and 200 more on the other
    assert answered(bought((50, 0), (50, 20), (100, 300)), variant)["retention_by_revenue"] == pytest.approx(kept)


def test_new_accounts_are_not_retained_and_where_nobody_paid_before_it_is_unknown() -> None:
    assert answered(bought((0, 70)))["retention_by_count"] is None
    assert answered(bought((10, 10), (0, 70)))["retention_by_count"] == 100


def test_by_month_each_stands_against_the_one_before() -> None:
    metrics = Metrics(
        bought((10, 10), (20, 0)), Catalogue.load(), MetricsCompany("RUB", lambda: TODAY), {"retention": retention}
    )
    found = metrics.query(query("retention_by_count", by=["month"]))
    assert column(found, "month", "retention_by_count") == {
        "2026-01": None,
        "2026-02": None,
        "2026-03": 50,
        "2026-04": 0,
    }
