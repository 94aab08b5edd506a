"""What the page of the path concludes: how many go as meant, the commonest deviation, where cases stand longest."""

from datetime import date

import pytest

from tests.reports.framing import framed
from tests.reports.paths import MARCH, NEW, PIPELINES, TALK, WON, frame_of_paths, path_of
from tests.reports.untold_lake import untold_lake
from voronka.analyses.journey_log import Step
from voronka.domain.errors import QuestionError
from voronka.domain.period import Period
from voronka.reports.page import PageAsked
from voronka.reports.path_page import PathAsked, PathPage, path_page, path_query, role_of


def test_the_headline_counts_the_cases_that_go_as_configured() -> None:
    # of the four closed in March the first (New, Talk, Won) and the two lost ones leave by an exit; the fourth waits
    said = path_of().contents.headline
    assert (said.kind, said.tone) == ("conforming", "neutral")
    assert said.values == {"count": 4, "per_hundred": 75, "conforming": 3}


def test_the_commonest_deviation_is_named_with_its_place() -> None:
    first = path_of().contents.findings[0]
    # both deviations are of the fourth case alone: it skips Talk, and Wait is outside; ties by the sort of deviation
    assert (first.kind, first.tone) == ("deviation_skipped", "bad")
    assert first.values == {"step": TALK, "share": 25.0, "count": 1, "deviation": "0"}


def test_where_most_time_passes_is_an_edge_between_two_steps() -> None:
    slowest = path_of().contents.findings[-1]
    # an hour each: New -> Talk twice; seven hours in all (two, two, one and two between stages alone)
    assert slowest.kind == "slowest"
    assert slowest.values["source"] == NEW
    assert slowest.values["target"] == TALK
    hours = {
        (NEW, TALK): 2,
        (TALK, WON): 1,
        ("Talk", "Lost"): 1,
        ("New", "Lost"): 2,
        ("New", "Wait"): 2,
        ("Wait", "Won"): 1,
    }
    assert slowest.values["share"] == pytest.approx(100 * 2 / sum(hours.values()))


def test_without_a_pipeline_the_ways_are_counted() -> None:
    said = path_of(pipeline="*").contents.headline
    assert (said.kind, said.values["count"], said.values["ways"]) == ("ways", 4, "4")


def test_nobody_is_no_share() -> None:
    page = path_of(Period(date(2026, 1, 1), date(2026, 1, 31)))
    assert page.contents.headline.kind == "nothing"
    assert page.contents.findings == ()


def test_the_pipeline_of_the_first_deals_is_the_usual_one() -> None:
    frame = frame_of_paths()
    assert path_query(frame, PathAsked(), PIPELINES).pipeline == "sales"
    assert path_query(frame, PathAsked(entity="lead"), PIPELINES).pipeline == "leads"
    assert not path_query(frame, PathAsked(pipeline="*"), PIPELINES).pipeline
    assert not path_query(frame, PathAsked(), ()).pipeline


def test_what_a_case_is_and_which_events_are_steps_is_asked() -> None:
    query = path_query(frame_of_paths(), PathAsked(entity="deal", axis="created", events="all"), PIPELINES)
    assert (query.entity, query.axis) == ("deal", "created")
    assert "activity" in query.kinds
    assert path_query(frame_of_paths(), PathAsked(), PIPELINES).kinds == ("stage",)


def test_a_pipeline_that_is_not_there_is_told() -> None:
    with pytest.raises(QuestionError, match="sale"):
        path_of(pipeline="sale")


def test_roles() -> None:
    assert role_of(Step("call_out", "activity")) == "event"
    assert role_of(Step("a", "stage", in_model=False)) == "outside"
    assert role_of(Step("a", "stage", outcome="lost", in_model=True)) == "exit"
    assert role_of(Step("a", "stage", outcome="won", in_model=True)) == "stage"


def untold(**asked: object) -> PathPage:
    frame = framed(untold_lake(), PageAsked(period=MARCH))
    return path_page(frame, PathAsked(pipeline="sales", **asked), PIPELINES)  # type: ignore[arg-type]


def test_cases_of_which_no_stages_are_told_are_held_against_nothing() -> None:
    page = untold()
    # of the three closed in March (1, 2, 3) the stages of the third alone are told, and it went as meant
    said = page.contents.headline
    assert (said.kind, said.tone) == ("conforming", "good")
    assert said.values == {"count": 1, "per_hundred": 100, "conforming": 1, "untold": 2}
    assert [finding.kind for finding in page.contents.findings] == ["slowest"]
    assert page.found.path.map.cases == 1


def test_what_else_happened_to_them_is_shown_all_the_same() -> None:
    page = untold(events="all")
    # the call of the first, the stage in which the second was seen, the two of the third
    assert page.found.path.map.cases == 3
    assert page.contents.headline.values == {"count": 1, "per_hundred": 100, "conforming": 1, "untold": 2}
    assert page.held is not None
    assert page.held.cases == 1


def test_where_of_no_case_the_stages_are_told_the_headline_says_so() -> None:
    frame = framed(untold_lake(), PageAsked(period=Period(date(2026, 3, 1), date(2026, 3, 5))))
    said = path_page(frame, PathAsked(pipeline="sales"), PIPELINES).contents.headline
    assert (said.kind, said.tone, said.values) == ("untold", "neutral", {"count": 1})  # the first was closed on the 5th
