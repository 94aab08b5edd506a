import pytest

from tests.metrics.memory_engine import lake_of, march, metrics_over
from voronka.domain.errors import QuestionError
from voronka.domain.scope import Scope
from voronka.metrics.answer import LeftOut
from voronka.metrics.query import Metrics
from voronka.metrics.question import Filter
from voronka.reports.ask import Ask, Asker, cuts_of, known, stem_of

CALLS = """call_id | employee | started_at | answered | talk_seconds
           1 | Anna  | 2026-03-02 10:00 | true | 1800
           2 | Boris | 2026-03-03 10:00 | false |
           3 | Boris | 2026-02-03 10:00 | false |"""
SPEND = "day | channel | cost_home\n2026-03-02 | Ads | 100"
EVERYTHING = Scope.everything()


@pytest.fixture
def metrics() -> Metrics:
    return metrics_over(lake_of(fct_calls=CALLS, fct_ad_spend=SPEND))


def test_a_question_is_answered_as_it_would_be_alone(metrics: Metrics) -> None:
    block = Asker(metrics, EVERYTHING).ask("calls", by=["employee"], period=march(), compare="previous")
    assert block.ask == Ask(("calls",), ("employee",), (), march(), "previous")
    assert block.answer == metrics.query(block.ask.query(EVERYTHING))
    assert block.answer.totals == {"calls": 2, "calls_previous": 1}


def test_the_pages_filters_stand_in_the_question(metrics: Metrics) -> None:
    anna = Filter("employee", ("name:anna",))
    block = Asker(metrics, EVERYTHING, (anna,)).ask("calls", period=march())
    assert (block.ask.where, block.total("calls")) == ((anna,), 1)


def test_a_metric_that_lacks_a_filter_is_left_out_and_told(metrics: Metrics) -> None:
    asker = Asker(metrics, EVERYTHING, (Filter("employee", ("name:anna",)),))
    block = asker.ask("calls", "ad_spend", period=march())
    assert block.ask.metrics == ("calls",)
    assert block.answer.totals == {"calls": 1}
    assert block.answer.left_out == (LeftOut("ad_spend", "cannot be cut by: employee", 0),)
    nothing = asker.ask("ad_spend", period=march())
    assert (nothing.ask.metrics, nothing.answer.rows, nothing.total("ad_spend")) == ((), [], None)
    assert nothing.lacks("ad_spend") == "cannot be cut by: employee"


def test_a_plan_is_not_cut_by_channel_though_its_metric_is(metrics: Metrics) -> None:
    assert "channel" in cuts_of(metrics, "revenue")
    assert cuts_of(metrics, "revenue_plan") == ("employee", "team")
    block = Asker(metrics, EVERYTHING, (Filter("channel", (None,)),)).ask("revenue", "revenue_plan", period=march())
    assert block.ask.metrics == ("revenue",)


def test_an_unknown_metric_is_refused_with_a_hint(metrics: Metrics) -> None:
    with pytest.raises(QuestionError, match="Unknown metric: revenu"):
        Asker(metrics, EVERYTHING).ask("revenu")


def test_the_scope_goes_into_the_question(metrics: Metrics) -> None:
    assert Asker(metrics, Scope.of("name:boris")).ask("calls", period=march()).total("calls") == 1


def test_nothing_is_compared_with_all_time(metrics: Metrics) -> None:
    asker = Asker(metrics, EVERYTHING)
    assert asker.ask("calls", compare="year").ask.compare is None
    assert asker.ask("calls", period=march(), compare="year").ask.compare == "year"
    with pytest.raises(QuestionError, match="A comparison needs a period"):
        metrics.query(Ask(("calls",), compare="year").query(EVERYTHING))


def test_a_name_is_about_a_metric(metrics: Metrics) -> None:
    assert [stem_of(metrics, name) for name in ("calls", "calls_plan", "calls_pace", "nothing_plan")] == [
        *("calls", "calls", "calls", "nothing_plan")
    ]


def test_a_figure_is_a_number_or_unknown(metrics: Metrics) -> None:
    block = Asker(metrics, EVERYTHING).ask("talk_time", period=march())
    assert block.total("talk_time") == 0.5
    assert (known(None), known("text"), known(3)) == (None, None, 3.0)
