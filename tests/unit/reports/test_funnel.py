"""A funnel as it is shown to programs, and the cases behind its steps."""

from zoneinfo import ZoneInfo

import numpy as np

from voronka.analyses.event_log import event_log
from voronka.analyses.funnel import Funnel, FunnelStep
from voronka.analyses.funnel_figures import Groups
from voronka.reports.funnel import Walked, cases_of, plain_funnel, rows_of, sections_by, sections_of, walk

UTC = ZoneInfo("UTC")
SECOND = 1_000_000
FEBRUARY = 31 * 86_400 * SECOND


def walked(window: int | None = None) -> Walked:
    """Return the funnel X to Y of three cases: one goes on after 1.5 s, one does not, one begins a month later."""
    log = event_log("aabc", "XYXX", np.array([0, 1_500_000, 2 * SECOND, FEBRUARY]))
    return walk(log, Funnel((FunnelStep("X", (0,)), FunnelStep("Y", (1,))), window=window))


def test_programs_get_the_steps_of_all() -> None:
    found = walked(2 * SECOND)
    told = plain_funnel(found, sections_of(found, None, UTC), None)
    assert (told["cases"], told["events"], told["order"], told["window_seconds"]) == (3, 4, "ordered", 2.0)
    assert [step["cases"] for step in told["steps"]] == [3, 1]
    assert (told["steps"][1]["median_seconds"], told["steps"][0]["dropped"]) == (1.5, 2)
    assert "groups" not in told
    assert rows_of(sections_of(found, None, UTC), None) == told["steps"]


def test_cohorts_stand_beside_the_steps_of_all() -> None:
    found = walked(2 * SECOND)
    sections = sections_of(found, "month", UTC)
    told = plain_funnel(found, sections, "month")
    assert [step["cases"] for step in told["steps"]] == [3, 1]
    assert [(group["month"], group["complete"]) for group in told["groups"]] == [("1970-01", True), ("1970-02", False)]
    assert [[step["cases"] for step in group["steps"]] for group in told["groups"]] == [[2, 1], [1, 0]]
    assert [(row["month"], row["cases"]) for row in rows_of(sections, "month")] == [
        ("1970-01", 2),
        ("1970-01", 1),
        ("1970-02", 1),
        ("1970-02", 0),
    ]


def test_groups_stand_largest_first_and_those_that_never_began_are_left_out() -> None:
    found = walked()
    groups = Groups(np.array([1, 0, 1]), 3)
    sections = sections_by(found, groups, ["Boris", None, "Nobody"], np.array([5.0, 7.0, np.nan]))
    assert [(section.name, [step.cases for step in section.steps]) for section in sections] == [
        ("", [3, 1]),
        (None, [2, 1]),
        ("Boris", [1, 0]),
    ]
    told = plain_funnel(found, sections, "employee")
    assert [(group["employee"], group["steps"][0]["money"]) for group in told["groups"]] == [(None, 5), ("Boris", 7)]


def test_the_cases_of_a_step_are_told_with_their_times() -> None:
    assert cases_of(walked(), 1, ZoneInfo("Europe/Moscow"), only_dropped=False) == [
        {
            "case": "a",
            "first_at": "1970-01-01T03:00:00+03:00",
            "at": "1970-01-01T03:00:01.500000+03:00",
            "seconds_from_first": 1.5,
        }
    ]
    assert [row["case"] for row in cases_of(walked(), 0, UTC, only_dropped=True)] == ["b", "c"]
    assert cases_of(walked(), 1, UTC, only_dropped=True) == []
