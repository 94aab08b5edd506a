"""The figures of a funnel, worked out by hand on five cases."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from voronka.analyses.event_log import EventLog, event_log
from voronka.analyses.funnel import Funnel, FunnelStep, reached
from voronka.analyses.funnel_figures import OUTSIDE, Groups, Share, cohorts, figures, figures_by

SECOND = 1_000_000
DAY = 86_400 * SECOND
A, B, C = (FunnelStep(name, (place,)) for place, name in enumerate("ABC"))
MAYBE_B = FunnelStep("B", (1,), is_optional=True)

# Seconds. Cases 0 and 1 go all the way, 2 to B, 3 has A only, 4 never enters.
EVENTS = "0 A 0, 0 B 10, 0 C 40, 1 A 5, 1 B 25, 1 C 35, 2 A 0, 2 B 60, 3 A 7, 4 B 1"
AMOUNTS = np.array([100.5, 200.0, np.nan, 50.0, 1000.0])


def five_cases() -> EventLog:
    rows = [event.split() for event in EVENTS.split(", ")]
    at = np.array([int(second) for _, _, second in rows]) * SECOND
    return event_log([row[0] for row in rows], [row[1] for row in rows], at, worked=at // 2, known="ABC")


def test_each_step_has_its_cases_shares_and_times() -> None:
    log, asked = five_cases(), Funnel((A, B, C))
    first, second, third = figures(log, asked, reached(log, asked), AMOUNTS)
    assert [each.cases for each in (first, second, third)] == [4, 3, 2]
    assert [each.overall.value for each in (first, second, third)] == [100, 75, 50]
    assert [each.step_conversion.value for each in (first, second, third)] == [100, 75, pytest.approx(200 / 3)]
    assert first.overall == first.step_conversion == Share(100, None, None)  # the whole, no estimate
    assert [each.dropped for each in (first, second, third)] == [1, 1, 0]
    assert [each.median_seconds for each in (first, second, third)] == [None, 20, 20]  # 10, 20, 60; 30 and 10
    assert [each.median_seconds_from_first for each in (first, second, third)] == [None, 20, 35]  # 40 and 30
    assert [each.median_worked_seconds for each in (first, second, third)] == [None, 10, 10]
    assert [each.money for each in (first, second, third)] == [350.5, 300.5, 300.5]


def test_a_share_has_its_wilson_interval() -> None:
    log, asked = five_cases(), Funnel((A, B, C))
    share = figures(log, asked, reached(log, asked))[2].overall
    # 2 of 4, z = 1.96: middle 0.5, half 1.96 / (1 + 3.8416 / 4) * sqrt(0.25 / 4 + 3.8416 / 64) = 0.3500
    assert share.low == pytest.approx(15.00, abs=0.01)
    assert share.high == pytest.approx(85.00, abs=0.01)


def test_behind_an_optional_step_conversion_is_from_the_step_before_it() -> None:
    log, asked = five_cases(), Funnel((A, MAYBE_B, C))
    first, optional, last = figures(log, asked, reached(log, asked))
    assert (optional.is_optional, optional.cases, optional.step_conversion.value, optional.dropped) == (True, 3, 75, 0)
    assert (last.step_conversion.value, last.median_seconds) == (50, 35)  # from A: 40 and 30
    assert (first.dropped, first.money) == (2, None)


def test_groups_add_up_to_the_whole_and_leave_out_who_is_in_none() -> None:
    log, asked = five_cases(), Funnel((A, B, C))
    groups = Groups(np.array([1, 0, 1, OUTSIDE, 0]), 3)
    one, other, nobody = figures_by(log, asked, reached(log, asked), groups, AMOUNTS)
    assert [each.cases for each in one] == [1, 1, 1]
    assert [each.cases for each in other] == [2, 2, 1]
    assert [each.dropped for each in other] == [0, 1, 0]
    assert [each.median_seconds for each in other] == [None, 35, 30]  # 10 and 60; 30
    assert [each.money for each in other] == [100.5, 100.5, 100.5]
    assert [each.cases for each in nobody] == [0, 0, 0]
    assert nobody[1].overall == Share(None, None, None)
    assert (nobody[1].median_seconds, nobody[1].money) == (None, 0)


def test_a_cohort_is_the_period_of_the_first_event_of_the_first_step() -> None:
    moments = ["2026-01-31T20:59Z", "2026-01-31T21:00Z", "2026-01-05T09:00Z", "2026-03-09T09:00Z", "2026-01-05T09:00Z"]
    at = np.array([int(datetime.fromisoformat(moment).timestamp()) for moment in moments]) * SECOND
    log = event_log("abccd", "AAAAB", at, known="ABC")  # c came twice: it is of January
    found = cohorts(log, Funnel((A, B)), "month", ZoneInfo("Europe/Moscow"))
    assert found.days == [date(2026, 1, 1), date(2026, 2, 1)]
    assert found.groups.of.tolist() == [0, 1, 0, OUTSIDE]  # in Moscow February had begun at 21:00 UTC; d has no A
    assert cohorts(log, Funnel((A, B)), "month", UTC).groups.of.tolist() == [0, 0, 0, OUTSIDE]
    assert cohorts(log, Funnel((C,)), "week", UTC).days == []


def test_a_cohort_is_complete_when_its_last_case_has_had_the_whole_window() -> None:
    at = np.array([0, 20, 32, 40, 41]) * DAY
    log = event_log("abcda", "AAAAB", at, known="ABC")
    assert cohorts(log, Funnel((A, B), window=21 * DAY), "month", UTC).is_complete == [True, False]
    assert cohorts(log, Funnel((A, B), window=22 * DAY), "month", UTC).is_complete == [False, False]
    assert cohorts(log, Funnel((A, B)), "month", UTC).is_complete == [None, None]


def test_a_log_without_events_has_figures_of_nothing() -> None:
    log = event_log([], [], np.array([], dtype=np.int64), known="ABC")
    asked = Funnel((A, B))
    assert [each.cases for each in figures(log, asked, reached(log, asked))] == [0, 0]
    assert cohorts(log, asked, "month", UTC).days == []
