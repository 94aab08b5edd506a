"""An event log: what happened to each case and when, as arrays that every analysis of a process reads.

A case is whatever goes through the process (a lead with its deals, a ticket), an event one step of it. Events of a case
stand in the order of their times; those of one time in the order in which they were given.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class EventLog:
    """The events of `len(cases)` cases, case by case.

    `first` has the place of each case's first event and, behind the last case, the number of events: one more than
    cases. Per event: `step` is its place in `steps`, `at` the microseconds since 1970 UTC, `worked` what the company's
    clock of working time showed then, in microseconds; None where there is no such clock.
    """

    cases: Sequence[str]
    steps: Sequence[str]
    first: Numbers
    step: Numbers
    at: Numbers
    worked: Numbers | None = None

    @cached_property
    def lengths(self) -> Numbers:
        """Return how many events each case has."""
        return np.diff(self.first)

    @cached_property
    def case(self) -> Numbers:
        """Return the number of each event's case."""
        return np.repeat(np.arange(len(self.cases)), self.lengths)

    @cached_property
    def repeated(self) -> int:
        """Return how many events have the case, the step and the time of one before them."""
        order = np.lexsort((self.step, self.at, self.case))
        same = np.ones(max(len(order) - 1, 0), dtype=np.bool_)
        for values in (self.case, self.at, self.step):
            same &= values[order[1:]] == values[order[:-1]]
        return int(np.count_nonzero(same))

    def of(self, chosen: NDArray[np.bool_]) -> "EventLog":
        """Return the log of the chosen cases, one truth per case; steps keep their places."""
        events = np.repeat(chosen, self.lengths)
        return EventLog(
            cases=[case for case, is_chosen in zip(self.cases, chosen.tolist(), strict=True) if is_chosen],
            steps=self.steps,
            first=_ends(self.lengths[chosen]),
            step=self.step[events],
            at=self.at[events],
            worked=None if self.worked is None else self.worked[events],
        )

    def only(self, chosen: NDArray[np.bool_]) -> "EventLog":
        """Return the log of the events of the chosen steps, one truth per step; steps and cases keep their places.

        A case without such an event stays, with no event at all.
        """
        events = chosen[self.step]
        return EventLog(
            cases=self.cases,
            steps=self.steps,
            first=_ends(np.bincount(self.case[events], minlength=len(self.cases))),
            step=self.step[events],
            at=self.at[events],
            worked=None if self.worked is None else self.worked[events],
        )

    def among(self, chosen: NDArray[np.bool_]) -> "EventLog":
        """Return the log without the events of other cases, one truth per case; steps and cases keep their places."""
        events = np.repeat(chosen, self.lengths)
        return EventLog(
            cases=self.cases,
            steps=self.steps,
            first=_ends(np.where(chosen, self.lengths, 0)),
            step=self.step[events],
            at=self.at[events],
            worked=None if self.worked is None else self.worked[events],
        )

    def until(self, moment: int) -> "EventLog":
        """Return the log as it stood at a moment, in microseconds since 1970 UTC; every case keeps its place."""
        events = self.at <= moment
        return EventLog(
            cases=self.cases,
            steps=self.steps,
            first=_ends(np.bincount(self.case[events], minlength=len(self.cases))),
            step=self.step[events],
            at=self.at[events],
            worked=None if self.worked is None else self.worked[events],
        )


def event_log(
    cases: Iterable[str], steps: Iterable[str], at: Numbers, worked: Numbers | None = None, known: Sequence[str] = ()
) -> EventLog:
    """Return the log of events in any order: of each its case, its step and its time in microseconds since 1970 UTC.

    Cases and steps are numbered as they are first met; steps of `known` come before all others, met or not.
    """
    case_numbers, case_ids = _numbered(cases)
    step_numbers, step_names = _numbered(steps, known)
    order = np.lexsort((at, case_numbers))  # stable: what ties stays in the order given
    return EventLog(
        cases=case_ids,
        steps=step_names,
        first=_ends(np.bincount(case_numbers, minlength=len(case_ids))),
        step=step_numbers[order],
        at=at[order],
        worked=None if worked is None else worked[order],
    )


def _numbered(values: Iterable[str], known: Sequence[str] = ()) -> tuple[Numbers, list[str]]:
    places: dict[Hashable, int] = {value: place for place, value in enumerate(known)}
    numbers = np.fromiter((places.setdefault(value, len(places)) for value in values), dtype=np.int64)
    return numbers, [str(value) for value in places]


def _ends(lengths: Numbers) -> Numbers:
    return np.concatenate(([0], np.cumsum(lengths)))
