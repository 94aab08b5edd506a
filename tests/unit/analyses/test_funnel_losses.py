"""What became of the cases that stop at each step, worked out by hand."""

from dataclasses import replace

import numpy as np

from voronka.analyses.event_log import event_log
from voronka.analyses.funnel import Funnel, FunnelStep, reached
from voronka.analyses.funnel_losses import NO_REASON, Loss, Outcomes, Stopped, stopped

A, B, C = (FunnelStep(name, (place,)) for place, name in enumerate("ABC"))
# Cases 0-4 have A only: lost as dear, lost as dear, lost without a reason, open, won without B. 5 stops at B, lost as
# late; 6 goes through to C and is lost after it.
EVENTS = [(case, "A") for case in range(7)] + [(5, "B"), (6, "B"), (6, "C")]
OUTCOMES = Outcomes(
    won=np.array([False, False, False, False, True, False, False]),
    lost=np.array([True, True, True, False, False, True, True]),
    reason=np.array([1, 1, NO_REASON, NO_REASON, NO_REASON, 0, 0]),
    reasons=["late", "dear"],
    amount=np.array([10.0, np.nan, 30.0, 5.0, 1000.0, 7.5, 9.0]),
)


def test_reasons_are_told_at_the_step_that_a_case_had_passed() -> None:
    at = np.arange(len(EVENTS))
    log = event_log([str(case) for case, _ in EVENTS], [step for _, step in EVENTS], at, known="ABC")
    asked = Funnel((A, B, C))
    assert stopped(asked, reached(log, asked), OUTCOMES) == (
        Stopped("A", 3, 1, 1, 40, 5, (Loss(None, 1, 30), Loss("dear", 2, 10))),
        Stopped("B", 1, 0, 0, 7.5, 0, (Loss("late", 1, 7.5),)),
        Stopped("C", 0, 0, 0, 0, 0, ()),
    )


def test_money_that_is_known_of_no_case_is_not_nothing() -> None:
    # 0 and 1 are lost as dear, of neither an amount is known; 2 is lost without a reason, its amount is known
    outcomes = replace(OUTCOMES, amount=np.array([np.nan, np.nan, 30.0, np.nan, 1000.0, np.nan, 9.0]))
    log = event_log(
        [str(case) for case, _ in EVENTS], [step for _, step in EVENTS], np.arange(len(EVENTS)), known="ABC"
    )
    asked = Funnel((A, B, C))
    assert stopped(asked, reached(log, asked), outcomes) == (
        Stopped("A", 3, 1, 1, 30, None, (Loss(None, 1, 30), Loss("dear", 2, None))),
        Stopped("B", 1, 0, 0, None, 0, (Loss("late", 1, None),)),
        Stopped("C", 0, 0, 0, 0, 0, ()),
    )
