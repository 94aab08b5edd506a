"""The path as it is given away: names, units, and what is only there where it is known."""

import numpy as np
import pytest

from voronka.analyses.alignment import Model
from voronka.analyses.event_log import EventLog, event_log
from voronka.analyses.variants import Outcomes
from voronka.reports.path import Stages, deviation_rows, edge_rows, look_at, plain_path, step_rows, variant_rows

DAY = 86_400_000_000
EDGE = ("from", "to", "count", "cases", "median_seconds", "mean_seconds", "p90_seconds")


@pytest.fixture
def log() -> EventLog:
    """Return three cases: A B in two days, A C B in four, A B in a day and a half."""
    at = np.array([0, 2, 0, 1, 4, 0, 1.5]) * DAY
    return event_log("xxyyyzz", "ABACBAB", at.astype(np.int64))


def test_a_path_in_plain_values(log: EventLog) -> None:
    told = plain_path(look_at(log))
    lists = {name: told.pop(name) for name in ("steps", "variants", "edges")}
    assert told == {
        "cases": 3,
        "events": 7,
        "repeated_events": 0,
        "activities": 3,
        "variant_count": 2,
        "median_days": 2,
        "mean_days": 2.5,
        "starts": ["A"],
        "ends": ["B"],
        "edges_left_out": 0,
    }
    assert lists["variants"] == [
        {"cases": 2, "share": 100 * 2 / 3, "steps": ["A", "B"], "median_days": 1.75, "mean_days": 1.75},
        {"cases": 1, "share": 100 / 3, "steps": ["A", "C", "B"], "median_days": 4, "mean_days": 4},
    ]
    day, three = 86_400, 3 * 86_400
    assert [tuple(row.items()) for row in lists["edges"][1:]] == [
        tuple(zip(EDGE, ("A", "C", 1, 1, day, day, day), strict=True)),
        tuple(zip(EDGE, ("C", "B", 1, 1, three, three, three), strict=True)),
    ]
    assert lists["steps"][0] == {"step": "A", "count": 3, "cases": 3, "starts": 3, "ends": 0}


def test_working_time_money_and_deviations_are_told_where_they_are_known(log: EventLog) -> None:
    clocked = EventLog(log.cases, log.steps, log.first, log.step, log.at, log.at // 4)
    outcomes = Outcomes(np.array([True, True, False]), np.array([False, False, True]), np.array([10.0, np.nan, np.nan]))
    found = look_at(clocked, Stages(Model(("A", "B"))), outcomes=outcomes)
    assert {"median_working_seconds", "mean_working_seconds", "p90_working_seconds"} < edge_rows(found)[0].keys()
    assert edge_rows(found)[1]["median_working_seconds"] == 86400 / 4
    assert [(row["won"], row["lost"], row["win_rate"], row["amount"]) for row in variant_rows(found)] == [
        (1, 1, 50, 10),
        (1, 0, 100, 0),
    ]
    told = plain_path(found)
    assert (told["model"], told["exits"], told["conforming"]) == (["A", "B"], [], 2)
    assert told["fitness"] == pytest.approx((1 + 4 / 5 + 1) / 3)
    assert told["log_fitness"] == pytest.approx(1 - 1 / 13)
    (outside,) = told["deviations"]
    assert (outside["kind"], outside["step"], outside["count"], outside["cases"]) == ("outside", "C", 1, 1)
    # 4 days against the median of 2 and 1.5; nobody knows the ends of so few; won 1 of 1 against 1 of 2
    assert outside["days_effect"] == 4 - 1.75
    assert (outside["days_effect_low"], outside["days_effect_high"]) == (None, None)
    assert outside["win_rate_effect"] == 50
    assert outside["win_rate_effect_low"] < 0 < outside["win_rate_effect_high"]
    assert found.conformance is not None
    assert deviation_rows(found.conformance) == told["deviations"]


def test_a_lower_level_of_detail_leaves_edges_out_and_all_else_as_it_is(log: EventLog) -> None:
    more = event_log([*"xxyyyzz", "u", "u", "u"], "ABACBABABA", np.arange(10) * DAY)
    whole, part = plain_path(look_at(more)), plain_path(look_at(more, detail=0.7))
    assert part["edges_left_out"] == 2
    assert {"from": "B", "to": "A"} not in [{"from": row["from"], "to": row["to"]} for row in part["edges"]]
    assert (part["starts"], part["ends"]) == (["A"], ["B"])
    assert [part[name] for name in ("cases", "variants", "steps")] == [
        whole[name] for name in ("cases", "variants", "steps")
    ]
    assert step_rows(look_at(log))[0]["cases"] == 3


def test_a_log_without_events_is_told_too() -> None:
    told = plain_path(look_at(event_log([], [], np.array([], dtype=np.int64)), Stages(Model(("A",)))))
    assert (told["cases"], told["median_days"], told["fitness"], told["deviations"]) == (0, None, None, [])
