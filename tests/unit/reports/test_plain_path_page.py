"""The path as the page is sent it: every edge with its level, every way with its win rate, differences in days."""

import pytest

from tests.reports.paths import LOST, NEW, PIPELINES, TALK, WAIT, WON, path_of
from voronka.reports.path_page import PathAsked
from voronka.reports.plain_path_page import plain_path_of_page


def test_steps_tell_what_they_are_to_the_model() -> None:
    plain = plain_path_of_page(path_of(events="all"), PathAsked(events="all"), PIPELINES)
    assert {step["key"]: (step["role"], step["cases"]) for step in plain["steps"]} == {
        NEW: ("stage", 4),
        TALK: ("stage", 2),
        WON: ("stage", 2),
        LOST: ("exit", 2),
        WAIT: ("outside", 1),
        "call_out": ("event", 2),
    }
    assert (plain["pipeline"], plain["cases"], plain["event_count"]) == ("sales", 4, 13)
    assert plain["stages"] == [NEW, TALK, WON]
    assert plain["exits"] == [LOST]


def test_edges_tell_both_clocks_those_of_start_and_end_none() -> None:
    plain = plain_path_of_page(path_of(), PathAsked(), PIPELINES)
    edges = {(edge["source"], edge["target"]): edge for edge in plain["edges"]}
    assert edges[NEW, TALK]["cases"] == 2
    assert edges[NEW, TALK]["took"] == {"median": 3600, "mean": 3600, "p90": 3600}
    assert edges[NEW, TALK]["took_working"]["median"] == 1800
    # New, (call), Lost: the call is no step here
    assert edges[NEW, LOST]["took"]["median"] == 7200
    assert edges["(start)", NEW] == {
        "source": "(start)",
        "target": NEW,
        "count": 4,
        "cases": 4,
        "level": 0.0,
        "took": None,
        "took_working": None,
    }
    assert {target for _, target in edges} == {NEW, TALK, WON, LOST, WAIT, "(end)"}


def test_ways_tell_what_came_of_them() -> None:
    plain = plain_path_of_page(path_of(), PathAsked(), PIPELINES)
    ways = {tuple(way["steps"]): way for way in plain["ways"]}
    won = ways[NEW, TALK, WON]
    assert (won["cases"], won["share"], won["won"], won["lost"], won["win_rate"], won["amount"]) == (
        1,
        25,
        1,
        0,
        100,
        100.5,
    )
    # Wilson's interval of one of one: from 1 / (1 + z^2) on
    assert won["win_rate_low"] == pytest.approx(100 / (1 + 1.959964**2), rel=1e-4)
    assert ways[NEW, LOST]["win_rate"] == 0


def test_deviations_tell_their_price_in_days() -> None:
    plain = plain_path_of_page(path_of(), PathAsked(), PIPELINES)
    outside = next(each for each in plain["deviations"] if each["kind"] == "outside")
    assert (outside["step"], outside["cases"], outside["share"]) == (WAIT, 1, 25)
    # three hours against a median of two: an hour; one case tells no interval
    assert outside["days"]["value"] == pytest.approx(1 / 24)
    assert outside["days"] == {"value": pytest.approx(1 / 24), "low": None, "high": None, "differs": False}
    # 1 of 1 against 1 of 3
    assert outside["win_rate"]["value"] == pytest.approx(100 * 2 / 3)
    assert not outside["win_rate"]["differs"]


def test_without_a_pipeline_there_is_no_fitness() -> None:
    plain = plain_path_of_page(path_of(pipeline="*"), PathAsked(pipeline="*"), PIPELINES)
    assert (plain["pipeline"], plain["fitness"], plain["conforming"], plain["deviations"]) == (None, None, None, [])
    assert [each["id"] for each in plain["pipelines"]] == ["leads", "sales"]
