"""What accounts bought in a window is refused where it makes no sense, and windows are like periods."""

from datetime import date

import pytest

from tests.metrics.memory_engine import lake_of, metrics_over, query
from voronka.domain.errors import QuestionError
from voronka.domain.period import Counted, Period
from voronka.metrics.answer import records
from voronka.metrics.turnover import Window, like_before

MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))
FEBRUARY = Period(date(2026, 2, 1), date(2026, 2, 28))


def test_a_window_is_a_period_and_the_like_one_before_it() -> None:
    assert like_before(MARCH, Counted(date(2026, 4, 15))) == Window(FEBRUARY, MARCH)
    assert like_before(MARCH, Counted(date(2026, 3, 10))) == Window(Period(FEBRUARY.first, date(2026, 2, 10)), MARCH)
    assert like_before(MARCH, Counted(date(2026, 2, 28))) is None
    assert like_before(MARCH, Counted(date(2026, 3, 1), 0.4)) is None


def test_only_a_sum_of_purchases_makes_a_portfolio() -> None:
    with pytest.raises(QuestionError, match="made of a sum of fct_purchases: revenue is none"):
        metrics_over(lake_of()).turnover("revenue", query("revenue"), [Window(FEBRUARY, MARCH)])


def test_a_window_in_which_nobody_bought_has_no_row_and_several_windows_are_asked_at_once() -> None:
    bought = """basis | purchase_id | account | employee | bought_at | amount_home
                payments | 1 | A | Maria | 2026-02-10 10:00 | 5
                payments | 2 | A | Maria | 2026-03-10 10:00 | 7"""
    april = Window(MARCH, Period(date(2026, 4, 1), date(2026, 4, 30)))
    may = Window(april.after, Period(date(2026, 5, 1), date(2026, 5, 31)))
    lake = lake_of(fct_purchases=bought)
    metrics = metrics_over(lake, date(2026, 6, 15))
    asked = len(lake.asked)
    found = records(metrics.turnover("purchase_revenue", query("purchases"), [Window(FEBRUARY, MARCH), april, may]))
    assert [
        (row["window_no"], row["portfolio_start"], row["portfolio_end"], row["kept"]) for row in sorted(found, key=str)
    ] == [
        (0, 5, 7, 1),
        (1, 7, 0, 0),
    ]
    assert sum(sql.count("fct_purchases AS f") for sql, _ in lake.asked[asked:] if "bought AS" in sql) == 1
