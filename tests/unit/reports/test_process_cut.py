"""The lines of a file's cut about a path and a funnel."""

from dataclasses import replace

from tests.reports.framing import framed
from tests.reports.funnel_lake import funnel_lake
from tests.reports.paths import metrics_of_paths
from voronka.domain.scope import Scope
from voronka.metrics.dimensions import Title
from voronka.metrics.journeys import JourneysQuery
from voronka.metrics.process_titles import ProcessTitles
from voronka.reports.funnel_asked import FunnelAsked, funnel_setting
from voronka.reports.path_hands import HandsAsked
from voronka.reports.process_cut import Line, clock_line, funnel_lines, hands_lines, path_lines


def told(*lines: Line) -> dict[str, str]:
    return {what.en: value.en for what, value in lines}


def test_a_path_says_whose_it_is_and_which_cases_are_on_it() -> None:
    metrics = metrics_of_paths()
    company = replace(metrics.company, titles=lambda: ProcessTitles({"sales": Title("Продажи", "Sales")}))
    asked = JourneysQuery(scope=Scope.everything(), pipeline="sales", axis="closed", kinds=("stage",))
    metrics.company = company
    assert told(*path_lines(metrics, asked)) == {
        "Pipeline": "Sales",
        "What goes the way": "Customers from lead to deal",
        "Which cases": "Closed in the period",
        "What is a step": "Stages only",
    }
    others = told(*path_lines(metrics, replace(asked, pipeline="", axis="created", kinds=("stage", "activity"))))
    assert [others[name] for name in ("Pipeline", "Which cases", "What is a step")] == [
        "All pipelines",
        "Begun in the period",
        "Stages and all between",
    ]


def test_a_funnel_says_its_steps_their_order_and_window() -> None:
    frame = framed(funnel_lake())
    asked = FunnelAsked(entity="journey", order="strict", window="36h", by="employee")
    lines = told(*funnel_lines(frame.metrics, funnel_setting(frame.metrics, frame.scope, asked), asked))
    assert lines == {
        "Pipeline": "sales",
        "What to count": "Customers from lead to deal",
        "Which cases": "Begun in the period",
        "Steps": "Start → Talks → Offer → Won",
        "Between steps": "nothing else",
        "Within": "1 d 12 h",
        "Cut by": "Employee",
    }
    usual = FunnelAsked(entity="journey")
    plain = told(*funnel_lines(frame.metrics, funnel_setting(frame.metrics, frame.scope, usual), usual))
    assert (plain["Within"], "Cut by" in plain) == ("any time", False)


def test_hand_overs_say_between_whom_and_within_what_time() -> None:
    assert told(*hands_lines(HandsAsked("roles", 4.5)), clock_line("working")) == {
        "Between whom": "roles",
        "Contact within": "4.5 working h",
        "Time": "working time",
    }
