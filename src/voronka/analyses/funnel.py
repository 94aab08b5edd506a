"""The exact funnel: which cases of an event log reached which step, and at which of their events.

**Reached.** A step is reached by a case that has a chain to it: one event for each step before it and one for itself,
each further on in the log than the one before, the last no later than `window` after the first. An event serves one
step of a chain only. Every chain counts, not only the one from the first event of the first step: a case that comes
twice and goes on the second time has gone on. Orders:

- `ordered`: whatever else happens between the steps does not matter;
- `strict`: between two steps of a chain nothing else happened;
- `any`: the steps up to this one all happened within the window, in whatever order.

A step may have a window of its own: no longer than that after the step before it. An optional step is passed over by
the chains of the steps behind it, which go on from the last step that is not optional; it is reached where a chain of
the steps before it leads to it. In the strict order events of an optional step may stand between its neighbours.

**Ties.** The steps of a chain are at t1 <= t2 <= ...: events of one time follow one another either way (`ties` is
either), for an order of events of one time says nothing as a rule (days without hours, an export turned round). That is
for the order `ordered` and steps that share no events; elsewhere, and where `ties` is log, they stand as the log has
them: B then A at one moment is no A then B.

**Why one pass finds it.** Take the events at which chains of k steps end. Of two such events of a case, the later has
the later latest start: so for the first step, where an event is its own start; and if it is so for k - 1 steps, then an
event of step k does best by the last event before it at which a chain of k - 1 steps ends: no other is nearer to it (a
window of its own, nothing between), and no other has a later start (the whole window); where that one does not
serve, none does. Of a later event that last one is the same or a later one: so it is so for k steps too. In any
order, the latest start of the steps up to an event is the earliest among the last events of each.

**The chain of a case.** Times are told of one chain a case: to the furthest step reached that is not optional, the one
that is complete earliest, and of those the one that began latest. An optional step has a chain of its own.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from voronka.analyses.event_log import EventLog, Numbers
from voronka.domain.errors import QuestionError

Flags = NDArray[np.bool_]
Order = Literal["ordered", "strict", "any"]
ORDERS: tuple[Order, ...] = get_args(Order)
Ties = Literal["log", "either"]
TIES: tuple[Ties, ...] = get_args(Ties)
MOST_STEPS = 20
ALL = slice(None)
NONE = -1
"""The number of an event that is not there."""


@dataclass(frozen=True)
class FunnelStep:
    """A step of a funnel: any event of the steps at the places `of` in the log; `window` in microseconds."""

    name: str
    of: tuple[int, ...]
    window: int | None = None
    is_optional: bool = False


@dataclass(frozen=True)
class Funnel:
    """What is asked: steps in their order, and within how many microseconds of the first one; None is ever.

    QuestionError where that cannot be asked.
    """

    steps: tuple[FunnelStep, ...]
    order: Order = "ordered"
    window: int | None = None
    ties: Ties = "either"

    def __post_init__(self) -> None:
        """Refuse what has no meaning."""
        if not 1 <= len(self.steps) <= MOST_STEPS:
            raise QuestionError(f"a funnel has 1 to {MOST_STEPS} steps, not {len(self.steps)}")
        first = self.steps[0]
        if first.is_optional or first.window is not None:
            fault = "cannot be optional" if first.is_optional else "has none before it to be timed from"
            raise QuestionError(f"the first step {fault}: {first.name}")
        if self.order == "any":
            self._check_any()

    def _check_any(self) -> None:
        timed = [step.name for step in self.steps if step.window is not None]
        if timed:
            raise QuestionError(
                f"in any order no step stands before another to be timed from: {timed[0]}",
                do="Give the whole window only, or another order",
            )
        for one, other in combinations(self.steps, 2):
            if set(one.of) & set(other.of) and set(one.of) != set(other.of):
                names = f"{one.name}, {other.name}"
                raise QuestionError(f"in any order two steps cannot share some of their events only: {names}")

    @property
    def has_own_events(self) -> bool:
        """Say whether no event could serve two steps."""
        named = [of for step in self.steps for of in set(step.of)]
        return len(named) == len(set(named))

    @property
    def required(self) -> list[int]:
        """Return the places of the steps that are not optional."""
        return [place for place, step in enumerate(self.steps) if not step.is_optional]

    def before(self, place: int) -> int | None:
        """Return the place of the step that one goes on from, None of the first."""
        return max((each for each in self.required if each < place), default=None)

    def after(self, place: int) -> int | None:
        """Return the place of the step that goes on from one that is not optional, None of the last."""
        return min((each for each in self.required if each > place), default=None)


@dataclass(frozen=True, eq=False)
class Reached:
    """The cases that reached one step, in their order, and of each the numbers of events in its chain.

    `event` is the step's own, `start` the chain's first; `before` the one that the step was reached from: that of the
    step before it, in any order the chain's event just before it; NONE where there is none.
    """

    cases: Numbers
    event: Numbers
    before: Numbers
    start: Numbers

    def among(self, cases: Numbers) -> "Reached":
        """Return those of some cases that are here."""
        chosen = np.isin(self.cases, cases, assume_unique=True)
        return Reached(self.cases[chosen], self.event[chosen], self.before[chosen], self.start[chosen])


def reached(log: EventLog, funnel: Funnel) -> tuple[Reached, ...]:
    """Return for each step the cases that reached it; optional steps beside the others."""
    if funnel.order == "any":
        return _in_any_order(log, funnel)
    if funnel.ties == "log" or funnel.order == "strict" or not funnel.has_own_events:
        return _in_order(log, funnel)
    turned, numbers = _ties_turned(log, funnel)
    return tuple(_numbered(step, numbers) for step in _in_order(turned, funnel))


def dropped(funnel: Funnel, steps: Sequence[Reached], place: int) -> Numbers:
    """Return the cases that reached a step and not the one that goes on from it; nobody drops from the last one.

    Whoever did not take an optional step is not lost by it: nobody drops from one either.
    """
    after = None if funnel.steps[place].is_optional else funnel.after(place)
    if after is None:
        return np.empty(0, dtype=np.int64)
    return np.setdiff1d(steps[place].cases, steps[after].cases, assume_unique=True)


def first_events(log: EventLog, step: FunnelStep) -> tuple[Numbers, Numbers]:
    """Return the cases that have a step, and of each its first event of it, in a chain or not."""
    events = np.flatnonzero(_is_of(log, step.of))
    heads = _heads(log.case[events])
    return log.case[events[heads]], events[heads]


def _ties_turned(log: EventLog, funnel: Funnel) -> tuple[EventLog, Numbers]:
    """Return the log with events of one time in the order of the funnel's steps, and of each its number before."""
    is_tied = (np.diff(log.at) == 0) & (np.diff(log.case) == 0)
    tied = np.flatnonzero(np.append(is_tied, False) | np.append(False, is_tied)) if len(log.at) else log.at
    places = np.full(len(log.steps), len(funnel.steps))
    for place, step in enumerate(funnel.steps):
        places[list(step.of)] = place
    moments = np.cumsum(np.append(True, ~is_tied))[tied]
    numbers = np.arange(len(log.at))
    numbers[tied] = tied[np.lexsort((places[log.step[tied]], moments))]
    return replace(log, step=log.step[numbers]), numbers


def _numbered(step: Reached, numbers: Numbers) -> Reached:
    before = np.where(step.before == NONE, NONE, numbers[step.before])
    return Reached(step.cases, numbers[step.event], before, numbers[step.start])


@dataclass(frozen=True, eq=False)
class _Ends:
    """The events at which chains of the steps so far end, in the log's order, and the best chain to each.

    `place` is the place of its last event but one among the ends of the step before.
    """

    event: Numbers
    start: Numbers
    place: Numbers


def _in_order(log: EventLog, funnel: Funnel) -> tuple[Reached, ...]:
    ends: list[_Ends] = []
    for place, step in enumerate(funnel.steps):
        events, before = np.flatnonzero(_is_of(log, step.of)), funnel.before(place)
        if before is None:
            ends.append(_Ends(events, events, np.zeros_like(events)))
        else:
            ends.append(_prolonged(log, funnel, ends[before], events, place))
    found: dict[int, Reached] = {}
    going_on: tuple[Numbers, Numbers] = (np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64))
    for place in reversed(range(len(ends))):
        before = funnel.before(place)
        held = _held(log, ends[place], going_on if not funnel.steps[place].is_optional else None)
        found[place] = _chains(held, ends[place], None if before is None else ends[before])
        if not funnel.steps[place].is_optional:
            going_on = held[0], ends[place].place[held[1]]
    return tuple(found[place] for place in range(len(ends)))


def _prolonged(log: EventLog, funnel: Funnel, earlier: _Ends, events: Numbers, place: int) -> _Ends:
    """Return which of a step's events end chains that go on from those ending at the earlier step."""
    if not len(earlier.event):
        return _Ends(events[:0], events[:0], events[:0])
    last = np.searchsorted(earlier.event, events) - 1
    events, last = events[last >= 0], last[last >= 0]
    before, start = earlier.event[last], earlier.start[last]
    serves = log.case[before] == log.case[events]
    for since, window in ((start, funnel.window), (before, funnel.steps[place].window)):
        if window is not None:
            serves &= log.at[events] - log.at[since] <= window
    if funnel.order == "strict":
        serves &= _between(log, funnel, place, before, events) == 0
    return _Ends(events[serves], start[serves], last[serves])


def _between(log: EventLog, funnel: Funnel, place: int, before: Numbers, events: Numbers) -> Numbers:
    """Return how many events stand between pairs of events, those of optional steps passed on the way left out."""
    passed = funnel.steps[(funnel.before(place) or 0) + 1 : place]
    if not passed:
        return events - before - 1
    counted = ~_is_of(log, {of for step in passed for of in step.of})
    until = np.concatenate(([0], np.cumsum(counted)))
    between: Numbers = until[events] - until[before + 1]
    return between


def _held(log: EventLog, ends: _Ends, going_on: tuple[Numbers, Numbers] | None) -> tuple[Numbers, Numbers]:
    """Return the cases that reached a step, and the place of each one's chain among its ends.

    `going_on` are the cases that went further and the places their chains come from; the others' chain ends here, at
    their earliest end.
    """
    cases = log.case[ends.event]
    heads = _heads(cases)
    places = np.full(len(log.cases), NONE)
    places[cases[heads]] = heads
    if going_on is not None:
        places[going_on[0]] = going_on[1]
    held = np.flatnonzero(places != NONE)
    return held, places[held]


def _chains(held: tuple[Numbers, Numbers], ends: _Ends, earlier: _Ends | None) -> Reached:
    cases, places = held
    before = np.full(len(cases), NONE) if earlier is None else earlier.event[ends.place[places]]
    return Reached(cases, ends.event[places], before, ends.start[places])


def _in_any_order(log: EventLog, funnel: Funnel) -> tuple[Reached, ...]:
    events = np.flatnonzero(_is_of(log, {of for step in funnel.steps for of in step.of}))
    latest = _Latest(log, events)
    so_far, complete = np.arange(len(events)), []
    for place, step in enumerate(funnel.steps):
        start = np.minimum(so_far, latest.of(*_needed(funnel, place)[-1]))
        is_complete = start != NONE
        if funnel.window is not None:
            is_complete &= log.at[events] - log.at[events[start]] <= funnel.window
        ends = np.flatnonzero(is_complete)
        heads = ends[_heads(log.case[events[ends]])]
        complete.append((log.case[events[heads]], heads))
        so_far = so_far if step.is_optional else start
    return _spread(funnel, latest, complete)


def _spread(funnel: Funnel, latest: "_Latest", complete: Sequence[tuple[Numbers, Numbers]]) -> tuple[Reached, ...]:
    """Return the chains of every step; those of a case that went further are its chain to the furthest."""
    found: list[list[Reached]] = [[] for _ in funnel.steps]
    for place, (cases, heads) in enumerate(complete):
        is_optional, after = funnel.steps[place].is_optional, funnel.after(place)
        ends_here = np.ones(len(cases), dtype=bool)
        if not is_optional and after is not None:
            ends_here = ~np.isin(cases, complete[after][0], assume_unique=True)
        chains = _together(latest, _needed(funnel, place), cases[ends_here], heads[ends_here])
        if is_optional:
            found[place].append(chains[-1])
            continue
        for each, chain in zip(funnel.required, chains, strict=False):  # as far as this step
            found[each].append(chain)
    return tuple(_in_cases_order(parts) for parts in found)


def _needed(funnel: Funnel, place: int) -> list[tuple[tuple[int, ...], int]]:
    """Return the events that must have happened for a step: of each its steps in the log, and which of them it is."""
    places = [*(each for each in funnel.required if each < place), place]
    seen: Counter[tuple[int, ...]] = Counter()
    needed = []
    for each in places:
        of = tuple(sorted(set(funnel.steps[each].of)))
        seen[of] += 1
        needed.append((of, seen[of]))
    return needed


def _together(
    latest: "_Latest", needed: Sequence[tuple[tuple[int, ...], int]], cases: Numbers, heads: Numbers
) -> list[Reached]:
    """Return the chains that are complete at `heads`, step by step: what repeats is told in the order of its times."""
    many = Counter(of for of, _ in needed)
    rows = np.stack([latest.of(of, many[of] - turn + 1, heads) for of, turn in needed])
    order = np.argsort(rows, axis=0)
    sorted_rows = np.take_along_axis(rows, order, axis=0)
    before = np.empty_like(rows)
    np.put_along_axis(before, order, np.concatenate([np.full((1, len(cases)), NONE), sorted_rows[:-1]]), axis=0)
    events = latest.events
    return [
        Reached(cases, events[row], np.where(earlier == NONE, NONE, events[earlier]), events[sorted_rows[0]])
        for row, earlier in zip(rows, before, strict=True)
    ]


def _in_cases_order(parts: Sequence[Reached]) -> Reached:
    cases = np.concatenate([part.cases for part in parts])
    order = np.argsort(cases)
    joined = ((part.event, part.before, part.start) for part in parts)
    event, before, start = (np.concatenate(arrays)[order] for arrays in zip(*joined, strict=True))
    return Reached(cases[order], event, before, start)


class _Latest:
    """Of each event among `events` the places there of the last, last but one ... event of some steps until then."""

    def __init__(self, log: EventLog, events: Numbers) -> None:
        self.events = events
        self._log = log
        cases = log.case[events]
        heads = _heads(cases)
        self._first = np.repeat(heads, np.diff(np.append(heads, len(events))))
        self._found: dict[tuple[int, ...], tuple[Numbers, Numbers]] = {}

    def of(self, steps: tuple[int, ...], turn: int, among: Numbers | slice = ALL) -> Numbers:
        """Return the places of the last event of the steps at turn 1, of the last but one at 2 ...; NONE without."""
        if steps not in self._found:
            is_of = _is_of(self._log, steps)[self.events]
            self._found[steps] = np.flatnonzero(is_of), np.cumsum(is_of)
        places, until = self._found[steps]
        turns = until[among] - turn
        if not len(places):
            return np.full(len(turns), NONE)
        found = places[np.maximum(turns, 0)]
        return np.where((turns >= 0) & (found >= self._first[among]), found, NONE)


def _is_of(log: EventLog, steps: Iterable[int]) -> Flags:
    table = np.zeros(len(log.steps), dtype=bool)
    table[list(steps)] = True
    found: Flags = table[log.step]
    return found


def _heads(cases: Numbers) -> Numbers:
    """Return the places where a new case begins in the cases of events that stand case by case."""
    return np.flatnonzero(np.diff(cases, prepend=NONE))
