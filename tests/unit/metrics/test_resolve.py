from collections.abc import Sequence
from datetime import date

import pytest

from tests.metrics.memory_engine import march, query
from voronka.domain.errors import QuestionError
from voronka.domain.scope import Scope
from voronka.metrics.catalogue import Catalogue
from voronka.metrics.dimensions import Dimension
from voronka.metrics.question import Query
from voronka.metrics.resolve import Question, resolve

CATALOGUE = Catalogue.load()


def _ids(dimension: Dimension, values: Sequence[str | None]) -> tuple[str | None, ...]:
    return tuple(value and f"{dimension.name}:{value}" for value in values)


def _resolve(asked: Query) -> Question:
    return resolve(asked, CATALOGUE, date(2026, 3, 31), _ids)


def test_a_plan_is_asked_for_by_the_metrics_name() -> None:
    question = _resolve(query("revenue_plan", "revenue_pace", "revenue"))
    assert [(wanted.metric.name, wanted.part) for wanted in question.wanted] == [
        ("revenue", "plan"),
        ("revenue", "pace"),
        ("revenue", "fact"),
    ]


def test_a_name_asked_twice_is_one_column() -> None:
    question = _resolve(query("calls", "calls", by=["month", "month"]))
    assert (len(question.wanted), len(question.cuts)) == (1, 1)


def test_a_formula_stands_on_the_base_metrics_under_it() -> None:
    leaves = {leaf.name for leaf in _resolve(query("sales_velocity")).leaves}
    assert leaves == {"deals_open", "average_deal", "deals_won", "deals_lost", "cycle_days"}


def test_members_of_a_filter_are_found() -> None:
    (condition,) = _resolve(query("calls", where=["team=West,"])).conditions
    assert condition.values == ("team:West", None)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (query(), "No metric was asked for"),
        (query("cals"), "Unknown metric: cals. Did you mean calls or clicks"),
        (query("revenue_guess"), "Unknown metric: revenue_guess"),
        (query("lost_amount_plan"), "Unknown metric: lost_amount_plan"),
        (query("calls", by=["employe"]), "Unknown dimension: employe. Did you mean employee"),
        (query("calls", by=["mont"]), r"Did you mean month\?"),
        (query("calls", by=["product"]), "calls cannot be cut by product. calls can be cut by day, week"),
        (query("calls", "revenue", where=["product=X"]), "Of the metrics asked, revenue can"),
        (query("calls", by=["month", "week"]), "Time is cut once: month, week"),
        (query("calls", where=["month=2026-03"]), "Time is not filtered as a dimension"),
        (query("calls", compare="previous"), "A comparison needs a period"),
        (query("calls_plan", by=["employee", "team"]), "Plans are of an employee, a team or the company"),
        (query("calls_plan", where=["channel=K"]), "cannot be cut by channel"),
        (query("cpl", scope=Scope.of("a")), "cpl stands on fct_ad_spend, which belongs to no employee"),
        (query("ad_spend_plan", scope=Scope.of("a")), "belongs to no employee"),
    ],
)
def test_what_cannot_be_answered_as_asked_is_refused(asked: Query, said: str) -> None:
    with pytest.raises(QuestionError, match=said):
        _resolve(asked)


def test_the_periods_of_a_comparison_are_the_slots() -> None:
    question = _resolve(query("calls", period=march(), compare="previous"))
    assert [period.first for period in question.periods] == [date(2026, 3, 1), date(2026, 2, 1)]
    assert question.slots == (0, 1)
    assert _resolve(query("calls")).slots == (0,)
