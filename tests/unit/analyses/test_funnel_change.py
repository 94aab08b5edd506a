"""Two funnels against one another, worked out by hand."""

import numpy as np

from voronka.analyses.event_log import event_log
from voronka.analyses.funnel import Funnel, FunnelStep, reached
from voronka.analyses.funnel_change import Seen, StepChange, changes, times

SAME = StepChange(differs=False, pace=None)
FUNNEL = Funnel((FunnelStep("A", (0,)), FunnelStep("B", (1,))))


def seen(only: int, took: list[int]) -> Seen:
    """Return `only` cases with A alone, and one for each of the times that A to B took."""
    cases = [str(case) for case in range(only + len(took))]
    gone = cases[only:]
    at = np.array([0] * len(cases) + took, dtype=np.int64)
    log = event_log(cases + gone, ["A"] * len(cases) + ["B"] * len(took), at, known="AB")
    return Seen(log, reached(log, FUNNEL))


def test_shares_far_apart_differ_and_near_ones_do_not() -> None:
    # two comparisons: 2.24 standard errors. 40 of 50 against 20 of 50: pooled 0.6, error 0.098, 0.4 / 0.098 = 4.08
    assert changes(FUNNEL, seen(10, [5] * 40), seen(30, [5] * 20)) == (SAME, StepChange(differs=True, pace=None))
    # 40 of 50 against 31 of 50: pooled 0.71, error 0.0908, 0.18 / 0.0908 = 1.98: chance among two, none alone
    assert not changes(FUNNEL, seen(10, [5] * 40), seen(19, [5] * 31))[1].differs


def test_of_nine_cases_nothing_is_known() -> None:
    assert changes(FUNNEL, seen(0, [5] * 9), seen(50, []))[1] == SAME


def test_a_step_is_slower_where_more_times_lie_above_the_common_median() -> None:
    slow, quick = [9] * 18 + [1] * 2, [1] * 18 + [9] * 2
    # the median of all forty is 5: 18 of 20 against 2 of 20 lie above it
    assert changes(FUNNEL, seen(0, slow), seen(0, quick))[1].pace == "slower"
    assert changes(FUNNEL, seen(0, quick), seen(0, slow))[1].pace == "faster"
    assert changes(FUNNEL, seen(0, quick), seen(0, quick))[1].pace is None
    assert changes(FUNNEL, seen(0, slow[-9:]), seen(0, quick))[1].pace is None  # nine are too few


def test_times_are_those_from_the_step_before() -> None:
    made = seen(2, [3, 8])
    assert times(made, 0).tolist() == []
    assert times(made, 1).tolist() == [3, 8]
