"""The grey zones beside a path: those of the period's cases, and the open cases that stand in one now."""

from typing import Any

from tests.reports.paths import NEW, PIPELINES, WAIT, WON, frame_of_paths, metrics_of_paths
from voronka.reports.cases import CasesAsked
from voronka.reports.path_grey import cases_stuck, grey_beside, plain_grey_beside
from voronka.reports.path_page import PathAsked, path_query


def told(**asked: Any) -> dict[str, Any]:  # noqa: ANN401 - PathAsked's own
    frame = frame_of_paths()
    return plain_grey_beside(grey_beside(frame.metrics, path_query(frame, PathAsked(**asked), PIPELINES)))


def test_the_stage_that_nobody_set_up_is_a_zone() -> None:
    made = told()
    zone = next(each for each in made["zones"] if each["kind"] == "outside")
    # of four cases the fourth is in Wait, for an hour, won with 7; the open sixth stands there now with 12
    assert (zone["step"], zone["source"], zone["target"]) == (WAIT, NEW, WON)
    assert (zone["cases"], zone["share"], zone["median_seconds"], zone["amount"]) == (1, 25, 3600, 7)
    assert (zone["now_cases"], zone["now_amount"]) == (1, 12)
    assert made["titles"][WAIT] == {"ru": "Wait", "en": "Wait"}
    assert made["cases"] == 4


def test_whoever_stands_there_now_is_listed_whenever_they_came() -> None:
    frame = frame_of_paths()
    query = path_query(frame, PathAsked(), PIPELINES)
    listed = cases_stuck(metrics_of_paths(), query, ("outside", WAIT), CasesAsked())
    assert [(row["id"], row["amount"]) for row in listed.rows] == [("d:6", 12)]
    assert cases_stuck(metrics_of_paths(), query, ("outside", NEW), CasesAsked()).total == 0
