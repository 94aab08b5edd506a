"""What the page of the funnel says of forty cases."""

from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from tests.reports.framing import framed
from tests.reports.funnel_lake import funnel_lake
from voronka.analyses.funnel_change import StepChange
from voronka.domain.period import Period
from voronka.reports.findings import Finding
from voronka.reports.funnel_asked import FunnelAsked
from voronka.reports.funnel_findings import findings, headline
from voronka.reports.funnel_page import FunnelLook, funnel_look
from voronka.reports.page import PageAsked

DECEMBER = Period(date(2025, 12, 1), date(2025, 12, 31))


@cache
def look(**page: object) -> FunnelLook:
    return funnel_look(framed(funnel_lake(), PageAsked(**page)), FunnelAsked(entity="journey"))  # type: ignore[arg-type]


def changed(place: int, change: StepChange) -> dict[str, Finding]:
    """Return the findings where one step has changed, by kind."""
    found = replace(look())
    steps = tuple(replace(step, change=change if step.place == place else None) for step in look().steps)
    found.__dict__["steps"] = steps
    return {each.kind: each for each in findings(found)}


def test_the_headline_says_how_many_get_through_and_that_the_difference_may_be_chance() -> None:
    # ten of twenty in either month
    made = headline(look())
    assert (made.kind, made.tone) == ("same", "neutral")
    assert (made.values["count"], made.values["began"], made.values["percent"]) == (10, 20, 50)
    assert made.values["previous_percent"] == 50
    assert headline(look(compare=None)).kind == "alone"
    assert headline(look(period=DECEMBER)).kind == "nothing"
    assert not findings(look(period=DECEMBER))


def test_where_most_is_lost_it_is_told_with_its_money_and_the_usual_reason() -> None:
    lost, waiting = findings(look())
    assert (lost.kind, lost.values["step"], lost.values["count"]) == ("most_lost_and_money", "stage:sales:talks", 6)
    assert (lost.values["percent"], lost.values["amount"]) == (37.5, 300)
    assert (lost.values["reason"], lost.values["reason_percent"]) == ("dear", pytest.approx(100 * 5 / 6))
    assert (lost.values["place"], lost.values["behind"]) == (1, "lost")
    assert (waiting.kind, waiting.values["count"], waiting.values["amount"]) == ("waiting", 4, 40)


def test_a_smaller_share_is_told_with_how_many_are_missing() -> None:
    # of 16 who came to the talks 62.5 % went on, 83.3 % before: 13.33 of them, 10 did
    fell = changed(2, StepChange(differs=True, pace=None))["conversion_fell"]
    assert (fell.values["step"], fell.values["next"]) == ("stage:sales:talks", "stage:sales:offer")
    assert (fell.values["percent"], fell.values["count"]) == (62.5, 3)
    assert (fell.values["place"], fell.values["behind"]) == (1, "dropped")


def test_a_larger_share_is_told_too() -> None:
    # of 20 who began 80 % came to the talks, 60 % before: 12, and 16 did
    rose = changed(1, StepChange(differs=True, pace=None))["conversion_rose"]
    assert (rose.tone, rose.values["next"], rose.values["count"]) == ("good", "stage:sales:talks", 4)


def test_a_slower_step_is_told_with_both_medians() -> None:
    slower = changed(2, StepChange(differs=False, pace="slower"))["slower"]
    assert (slower.values["taken_hours"], slower.values["previous_hours"]) == (24, 24)
    assert "slower" not in changed(2, StepChange(differs=False, pace="faster"))


def test_a_reason_that_hardly_anybody_named_is_not_told() -> None:
    # two of February's were lost, both as late
    lost = findings(look(period=Period(date(2026, 2, 1), date(2026, 2, 28)), compare=None))[0]
    assert (lost.kind, lost.values["count"]) == ("most_lost_and_money_unnamed", 2)
    assert "reason" not in lost.values


def test_a_step_that_many_are_won_without_is_told() -> None:
    # with a call as the second step nobody gets there, and ten of March's twenty are won all the same
    asked = FunnelAsked(entity="journey", steps=("Start", "call_out"))
    found = {each.kind: each for each in findings(funnel_look(framed(funnel_lake()), asked))}
    assert (found["went_round"].values["next"], found["went_round"].values["count"]) == ("call_out", 10)
    assert (found["went_round"].values["percent"], found["went_round"].values["behind"]) == (50, "went_round")
