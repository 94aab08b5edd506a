from datetime import date
from decimal import Decimal

import pytest

from tests.metrics.memory_engine import TODAY, lake_of, march, metrics_over, query
from voronka.domain.period import Period
from voronka.metrics.answer import number
from voronka.metrics.catalogue import Catalogue
from voronka.metrics.definition import Choice

COHORT = """fact: fct_leads
time: created_at
metrics:
  quick:
    title: { ru: Б, en: Q }
    unit: percent
    share: true
    cohort: { window_days: 30 }
    formula: 100 * leads_qualified / leads
"""


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (Decimal(3), "count", 3),
        (2.5, "count", 2.5),
        (Decimal("1.50"), "money", Decimal("1.50")),
        (1.5, "money", 1.5),
        (Decimal("1.5"), "hours", 1.5),
        (None, "count", None),
    ],
)
def test_a_number_is_as_its_unit_wants_it(value: object, unit: str, expected: object) -> None:
    found = number(value, unit)
    assert (found, type(found)) == (expected, type(expected))


def test_columns_say_what_they_are() -> None:
    catalogue = Catalogue.load((), {"win_rate": Choice("from_accepted", date(2026, 1, 1))})
    metrics = metrics_over(lake_of(), catalogue=catalogue)
    answer = metrics.query(query("win_rate", by=["employee"], period=march(), compare="previous", intervals=True))
    assert [column.name for column in answer.columns] == [
        "employee",
        "employee_id",
        "win_rate",
        "win_rate_previous",
        "win_rate_low",
        "win_rate_high",
    ]
    rate = answer.columns[2]
    assert (rate.title.ru, rate.unit, rate.better) == ("Процент закрытия сделок", "percent", "up")
    assert (rate.variant, rate.since) == ("from_accepted", date(2026, 1, 1))


def test_rows_stand_by_time_then_by_the_first_metric_with_the_unknown_last() -> None:
    lake = lake_of(
        fct_calls="""call_id | employee | started_at | answered
                     1 | Anna | 2026-03-01 10:00 | false
                     2 | Boris | 2026-03-01 10:00 | true
                     3 | | 2026-03-01 10:00 | true
                     4 | Clara | 2026-02-01 10:00 | false""",
        fct_leads="lead_id | employee | created_at\n1 | Dina | 2026-03-01 10:00",
    )
    answer = metrics_over(lake).query(query("answer_rate", "leads", by=["employee", "month"]))
    assert [row["employee"] for row in answer.rows] == ["Clara", "Boris", None, "Anna", "Dina"]


def test_a_cohort_is_complete_once_its_last_lead_has_had_the_window() -> None:
    metrics = metrics_over(lake_of(), catalogue=Catalogue.load([("own.yml", COHORT)]))
    answer = metrics.query(query("quick", "lead_conversion", by=["month"], period=Period(date(2026, 2, 1), TODAY)))
    assert [row["quick_complete"] for row in answer.rows] == [True, False]
    assert answer.totals["quick_complete"] is False
    assert answer.totals["lead_conversion_complete"] is None
    assert metrics.query(query("quick")).totals["quick_complete"] is False


def test_the_answer_says_for_which_day_and_data_it_holds() -> None:
    metrics = metrics_over(lake_of())
    assert metrics.query(query("calls")).as_of == TODAY
    assert metrics.query(query("calls", period=Period(date(2026, 2, 1), date(2026, 2, 28)))).as_of == date(2026, 2, 28)
    assert metrics.query(query("calls")).data_version == "1"


def test_a_share_of_a_windowed_count_is_complete_when_the_window_is_over() -> None:
    leads = """lead_id | created_at       | reached_qualified | qualified_at
               1       | 2026-02-10 10:00 | true              | 2026-02-20 10:00"""
    catalogue = Catalogue.load(variants={"leads_qualified": Choice("within_30_days")})
    metrics = metrics_over(lake_of(fct_leads=leads), catalogue=catalogue)
    for last, complete in ((date(2026, 2, 28), True), (date(2026, 3, 1), False)):
        answer = metrics.query(query("qualified_rate", period=Period(date(2026, 2, 1), last)))
        assert answer.totals == {"qualified_rate": 100, "qualified_rate_complete": complete}
