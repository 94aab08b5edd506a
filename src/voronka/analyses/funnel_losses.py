"""What became of the cases that a funnel loses at each step, and for which reasons, by count and in money."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from voronka.analyses.event_log import Numbers
from voronka.analyses.funnel import Flags, Funnel, Reached, dropped

Amounts = NDArray[np.float64]
NO_REASON = -1
"""The number of the reason of a case that names none."""


@dataclass(frozen=True, eq=False)
class Outcomes:
    """How cases ended, by case: won, lost or, where neither, open; `reason` is a place in `reasons` or NO_REASON.

    `amount` is what a case is worth, NaN where unknown.
    """

    won: Flags
    lost: Flags
    reason: Numbers
    reasons: Sequence[str]
    amount: Amounts


@dataclass(frozen=True)
class Loss:
    """Cases that stopped at a step and were lost for a reason, None where none is named.

    `money` is what is known of it, None where it is known of no case.
    """

    reason: str | None
    cases: int
    money: float | None


@dataclass(frozen=True)
class Stopped:
    """The cases that reached a step and not the next one: `went_round` are those that were won all the same.

    Money is what is known of it, None where there are cases and of none it is known. Losses stand the dearest first.
    """

    step: str
    lost: int
    open: int
    went_round: int
    lost_money: float | None
    open_money: float | None
    losses: tuple[Loss, ...]


def stopped(funnel: Funnel, steps: Sequence[Reached], outcomes: Outcomes) -> tuple[Stopped, ...]:
    """Return for each step what became of the cases that it did not lead further; none stop at the last one."""
    return tuple(_stopped(funnel, steps, outcomes, place) for place in range(len(steps)))


def _stopped(funnel: Funnel, steps: Sequence[Reached], outcomes: Outcomes, place: int) -> Stopped:
    cases = dropped(funnel, steps, place)
    lost = cases[outcomes.lost[cases]]
    still_open = cases[~outcomes.lost[cases] & ~outcomes.won[cases]]
    return Stopped(
        step=funnel.steps[place].name,
        lost=len(lost),
        open=len(still_open),
        went_round=len(cases) - len(lost) - len(still_open),
        lost_money=_money(outcomes.amount[lost]),
        open_money=_money(outcomes.amount[still_open]),
        losses=_losses(lost, outcomes),
    )


def _losses(lost: Numbers, outcomes: Outcomes) -> tuple[Loss, ...]:
    places, counts = np.unique(outcomes.reason[lost], return_counts=True)
    found = [
        Loss(
            None if place == NO_REASON else outcomes.reasons[place],
            count,
            _money(outcomes.amount[lost[outcomes.reason[lost] == place]]),
        )
        for place, count in zip(places.tolist(), counts.tolist(), strict=True)
    ]
    return tuple(sorted(found, key=lambda loss: (-(loss.money or 0.0), -loss.cases, loss.reason or "")))


def _money(amounts: Amounts) -> float | None:
    return None if len(amounts) and np.isnan(amounts).all() else float(np.nansum(amounts))
