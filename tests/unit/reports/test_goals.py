"""A goal by its metric, worked out by hand."""

from datetime import date

import pytest

from tests.metrics.memory_engine import lake_of, metrics_over
from voronka.domain.errors import QuestionError
from voronka.domain.one_to_ones import Goal
from voronka.domain.period import Period
from voronka.domain.scope import Scope
from voronka.metrics.query import Metrics
from voronka.reports.goals import check_goal, measured

TODAY = date(2026, 3, 13)
MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))


@pytest.fixture(scope="module")
def metrics() -> Metrics:
    deals = """
    deal_id | employee_id | closed_at        | outcome | amount_home
    1       | a           | 2026-01-30 10:00 | won     | 100
    2       | a           | 2026-02-10 10:00 | won     | 200
    3       | a           | 2026-02-27 10:00 | lost    | 300
    4       | a           | 2026-03-03 10:00 | won     | 400
    5       | a           | 2026-03-12 10:00 | won     | 500
    6       | b           | 2026-03-12 10:00 | won     | 900
    """
    return metrics_over(lake_of(fct_deals=deals, dim_employee="employee_id | name\na | Anna\nb | Boris"), TODAY)


def test_it_stands_beside_as_many_days_before_it(metrics: Metrics) -> None:
    found = measured(metrics, Scope.everything(), Goal("revenue", 900.0, MARCH), "a", TODAY)
    # the 31 days before March begin on 29 January
    assert (found.before_period, found.before) == (Period(date(2026, 1, 29), date(2026, 2, 28)), 300)
    assert (found.now_period, found.now) == (Period(date(2026, 3, 1), TODAY), 900)
    assert (found.is_met, found.is_over, found.unit, found.better) == (True, False, "money", "up")


def test_of_a_metric_of_which_less_is_better_the_target_is_the_most(metrics: Metrics) -> None:
    february = Period(date(2026, 2, 1), date(2026, 2, 28))
    found = measured(metrics, Scope.everything(), Goal("deals_lost", 0.0, february), "a", TODAY)
    assert (found.now, found.is_met, found.is_over) == (1, False, True)


def test_a_goal_that_has_not_begun_has_no_figure(metrics: Metrics) -> None:
    april = Period(date(2026, 4, 1), date(2026, 4, 30))
    found = measured(metrics, Scope.everything(), Goal("revenue", 1.0, april), "a", TODAY)
    assert (found.now_period, found.now, found.is_met, found.is_over) == (None, None, None, False)


def test_only_rows_of_the_scope_are_measured(metrics: Metrics) -> None:
    assert measured(metrics, Scope.of("b"), Goal("revenue", 900.0, MARCH), "a", TODAY).now == 0


@pytest.mark.parametrize(
    ("metric", "said"), [("ad_spend", "not known by person"), ("deals_open", "neither more nor less")]
)
def test_a_goal_needs_a_metric_of_people_with_a_better_side(metrics: Metrics, metric: str, said: str) -> None:
    with pytest.raises(QuestionError, match=said):
        check_goal(metrics, Goal(metric, 1.0, MARCH))
