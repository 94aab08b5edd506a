"""The grey zones beside a path: those of the period's cases, and the open cases that stand in one now."""

from datetime import date
from typing import Any

from tests.reports.framing import framed
from tests.reports.paths import MARCH, NEW, PIPELINES, WAIT, WON, frame_of_paths, metrics_of_paths
from tests.reports.untold_lake import untold_lake
from voronka.domain.period import Period
from voronka.reports.cases import CasesAsked
from voronka.reports.grey_zones import conclusion, grey_path
from voronka.reports.page import PageAsked
from voronka.reports.path_grey import cases_stuck, grey_beside, plain_grey_beside, zone_rows_beside
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


def test_a_zone_where_somebody_stands_now_is_told_though_nobody_of_the_period_was_there() -> None:
    frame = frame_of_paths(Period(date(2026, 2, 1), date(2026, 2, 28)))
    made = grey_beside(frame.metrics, path_query(frame, PathAsked(), PIPELINES))
    # the fifth, closed in February, went by stages only; the sixth is open and in Wait
    (zone,) = [row for row in zone_rows_beside(made) if row["step"] == WAIT]
    assert (zone["cases"], zone["share"], zone["median_seconds"], zone["amount"]) == (0, 0, None, 0)
    assert (zone["now_cases"], zone["now_amount"]) == (1, 12)


def test_what_is_said_counts_as_now_whoever_stands_there_whenever_they_came() -> None:
    frame = frame_of_paths()
    made = grey_beside(frame.metrics, path_query(frame, PathAsked(), PIPELINES))
    outside = made.found.zones.zones[0]
    assert (outside.kind, outside.now_cases, outside.now_amount) == ("outside", 1, 12)
    assert conclusion(made.found, {}, "en")[2] == "Cases there now: 1, money: 12."


def test_whoever_stands_there_now_is_listed_whenever_they_came() -> None:
    frame = frame_of_paths()
    query = path_query(frame, PathAsked(), PIPELINES)
    listed = cases_stuck(metrics_of_paths(), query, ("outside", WAIT), CasesAsked())
    # Anna began it and gave it to Boris: it stands with him
    assert [(row["id"], row["amount"], row["employee"]) for row in listed.rows] == [("d:6", 12, "Борис")]
    assert cases_stuck(metrics_of_paths(), query, ("outside", NEW), CasesAsked()).total == 0


def test_cases_of_which_no_stages_are_told_are_in_no_zone() -> None:
    frame = framed(untold_lake(), PageAsked(period=MARCH))
    made = plain_grey_beside(grey_beside(frame.metrics, path_query(frame, PathAsked(pipeline="sales"), PIPELINES)))
    # as on the path: of three closed in March one is looked at; that a call was before any stage is not known
    assert (made["cases"], made["untold"], made["zones"]) == (1, 2, [])


def test_of_nobody_it_is_not_said_that_there_are_no_zones() -> None:
    frame = framed(untold_lake(), PageAsked(period=Period(date(2026, 3, 1), date(2026, 3, 5))))
    found = grey_path(frame.metrics, path_query(frame, PathAsked(pipeline="sales"), PIPELINES))
    assert (found.zones.cases, found.untold) == (0, 1)
    assert conclusion(found, {}, "en") == []
