"""Grey zones: where cases sit that the steps of the model do not tell of, how long, and with how much money.

Stages cut the life of a case into stretches, each from one entry to the next. A stretch is grey where

- `outside`: the stage that was entered is none of the model's,
- `before`: the case has events and was in no stage yet,
- `between`: a pipeline was left at its good end and the next one was entered later,
- `after`: the case had come to an end and was worked at still, until the last of that.

What is done with a case inside a stage is that stage's work, not a grey zone. A case has one stage at a time: that
which was entered last, by whichever of its records.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from voronka.analyses.event_log import EventLog, Numbers
from voronka.analyses.path_map import END, START
from voronka.analyses.spread import MICROSECONDS
from voronka.analyses.survival import Waits, median_wait

Truths = NDArray[np.bool_]
Floats = NDArray[np.float64]
HOUR = 3600 * MICROSECONDS
OUTSIDE, BEFORE, BETWEEN, AFTER = KINDS = ("outside", "before", "between", "after")
NO_STEP = -3
"""The step of a zone that is no stage."""


@dataclass(frozen=True, eq=False)
class Process:
    """A log and what its steps are to the model; truths and numbers per step are in the order of the log's steps.

    `in_model` are stages of the model, `outside` other stages, `ends` those of the model that end a case, `is_good`
    such ends that lead on, `works` what people do with a case; `pipeline` numbers the pipeline of a stage. Per case:
    `until` is when it was closed, else now (microseconds), `is_open`, its money (NaN where unknown), and `is_told`:
    whether the stages of its first record are told at all; of others nothing is known before their first stage.
    `worked_until` is now by the working clock, in microseconds.
    """

    log: EventLog
    in_model: Truths
    outside: Truths
    ends: Truths
    is_good: Truths
    works: Truths
    pipeline: Numbers
    until: Numbers
    is_open: Truths
    amount: Floats
    is_told: Truths
    worked_until: int | None = None


@dataclass(frozen=True)
class Zone:
    """One grey zone; `step` is the stage outside of the model, NO_STEP for another kind.

    `source` and `target` are the steps that cases usually come from and go to, START and END where it is none. Money is
    of the cases that were there, and of those that are there `now`. The median counts waits that last still for what
    they are (Kaplan and Meier), None until half are over; shares are in percent of all the log's cases and hours.
    """

    kind: str
    step: int
    source: int
    target: int
    cases: int
    share: float
    hours: float
    share_hours: float
    working_hours: float | None
    median_seconds: float | None
    amount: float
    now_cases: int
    now_amount: float


@dataclass(frozen=True)
class Stuck:
    """A case (its place in the log) in a grey zone now: the place of the zone, and since when (microseconds)."""

    case: int
    zone: int
    since: int


@dataclass(frozen=True, eq=False)
class GreyZones:
    """The zones, those of the most hours first, and what all of them hold together, each case and hour once.

    Money is in the company's currency; `share_*` in percent, None where there is nothing to divide by. `untold_cases`
    are those of whose first record no stages are told: their time before the first stage that is known is no zone.
    """

    cases: int
    grey_cases: int
    share_cases: float | None
    hours: float
    grey_hours: float
    share_hours: float | None
    working_hours: float | None
    grey_working_hours: float | None
    amount: float
    grey_amount: float
    share_amount: float | None
    untold_cases: int
    zones: tuple[Zone, ...]
    stuck: tuple[Stuck, ...]
    members: tuple[Numbers, ...]
    """Of each zone the cases that were there, by their places in the log."""


@dataclass(frozen=True, eq=False)
class _Stretches:
    """Grey stretches: of which case and kind, at which step, from and to which one, since when, how long.

    `worked` is how long by the working clock, 0 without one; `runs` says of each whether it goes on.
    """

    case: Numbers
    kind: Numbers
    step: Numbers
    source: Numbers
    target: Numbers
    since: Numbers
    length: Numbers
    worked: Numbers
    runs: Truths

    @classmethod
    def joined(cls, parts: "Sequence[_Stretches]") -> "_Stretches":
        """Return those of all parts."""
        return cls(**{name: np.concatenate([getattr(part, name) for part in parts]) for name in vars(parts[0])})

    def of(self, chosen: Truths) -> "_Stretches":
        """Return the chosen ones."""
        return _Stretches(**{name: values[chosen] for name, values in vars(self).items()})


def grey_zones(process: Process) -> GreyZones:
    """Return the grey zones of a process; cases without events are none."""
    if not len(process.log.step):
        return GreyZones(0, 0, None, 0.0, 0.0, None, None, None, 0.0, 0.0, None, 0, (), (), ())
    found = _stretches(process)
    found = found.of((found.length > 0) | found.runs)
    lives, worked = _lives(process, found)
    zones, zone = _zones(process, found, float(lives.sum()))
    is_grey = np.zeros(len(process.log.cases), dtype=np.bool_)
    is_grey[found.case] = True
    cases, grey = int(np.count_nonzero(process.log.lengths)), int(np.count_nonzero(is_grey))
    amount = float(np.nansum(process.amount[process.log.lengths > 0]))
    grey_amount = float(np.nansum(process.amount[is_grey]))
    runs = np.flatnonzero(found.runs)
    return GreyZones(
        cases=cases,
        grey_cases=grey,
        share_cases=_percent(grey, cases),
        hours=float(lives.sum()) / HOUR,
        grey_hours=float(found.length.sum()) / HOUR,
        share_hours=_percent(float(found.length.sum()), float(lives.sum())),
        working_hours=None if worked is None else worked / HOUR,
        grey_working_hours=None if worked is None else float(found.worked.sum()) / HOUR,
        amount=amount,
        grey_amount=grey_amount,
        share_amount=_percent(grey_amount, amount),
        untold_cases=int(np.count_nonzero((process.log.lengths > 0) & ~process.is_told)),
        zones=zones,
        stuck=tuple(
            Stuck(int(found.case[place]), int(zone[place]), int(found.since[place]))
            for place in runs[np.argsort(found.since[runs], kind="stable")].tolist()
        ),
        members=tuple(np.unique(found.case[zone == place]) for place in range(len(zones))),
    )


def _stretches(process: Process) -> _Stretches:
    """Return the grey stretches of all kinds."""
    entries = np.flatnonzero((process.in_model | process.outside)[process.log.step])
    return _Stretches.joined([*_from_entries(process, entries), _before(process, entries), _after(process, entries)])


def _from_entries(process: Process, entries: Numbers) -> tuple[_Stretches, _Stretches]:
    """Return the stretches outside of the model and those between two pipelines: each from one entry to the next."""
    log = process.log
    following = _following(log, entries)
    step = log.step[entries]
    target = np.where(following >= 0, log.step[following], END)
    source = np.full(len(entries), START)
    has_one = np.flatnonzero(following[:-1] >= 0)
    source[has_one + 1] = step[has_one]
    outside = process.outside[step]
    moves_on = (
        process.is_good[step] & (target >= 0) & (process.pipeline[step] != process.pipeline[np.maximum(target, 0)])
    )
    return (
        _made(
            process, OUTSIDE, (entries[outside], following[outside]), step[outside], (source[outside], target[outside])
        ),
        _made(process, BETWEEN, (entries[moves_on], following[moves_on]), None, (step[moves_on], target[moves_on])),
    )


def _following(log: EventLog, entries: Numbers) -> Numbers:
    """Return of each entry the next one of its case, -1 where there is none."""
    found = np.full(len(entries), -1)
    follows = np.flatnonzero(log.case[entries[1:]] == log.case[entries[:-1]]) if len(entries) else entries
    found[follows] = entries[follows + 1]
    return found


def _before(process: Process, entries: Numbers) -> _Stretches:
    """Return the stretches from the first event to the first stage, or to the end of a case that came to none."""
    log = process.log
    case = np.flatnonzero(log.lengths)
    begin = log.first[case]
    first = np.concatenate((entries, [-1]))[np.searchsorted(entries, begin)]
    first = np.where(first < log.first[case + 1], first, -1)
    chosen = (first != begin) & process.is_told[case]
    begin, first = begin[chosen], first[chosen]
    target = np.where(first >= 0, log.step[first], END) if len(first) else first
    return _made(process, BEFORE, (begin, first), None, (np.full(len(begin), START), target))


def _after(process: Process, entries: Numbers) -> _Stretches:
    """Return the stretches from the end of a case to the last that was done with it."""
    log = process.log
    ended = entries[(_following(log, entries) < 0) & process.ends[log.step[entries]]]
    works = np.flatnonzero(process.works[log.step])
    place = np.searchsorted(works, log.first[log.case[ended] + 1]) - 1
    last = np.concatenate((works, [-1]))[place]
    ended, last = ended[last > ended], last[last > ended]
    return _made(process, AFTER, (ended, last), None, (log.step[ended], np.full(len(ended), END)))


def _made(
    process: Process, kind: str, events: tuple[Numbers, Numbers], step: Numbers | None, ends: tuple[Numbers, Numbers]
) -> _Stretches:
    """Return the stretches from event to event, -1 for the end of the case; `ends` are the steps on both sides."""
    log, (begin, end) = process.log, events
    case = log.case[begin]
    is_over = end >= 0
    length = np.where(is_over, log.at[end], process.until[case]) - log.at[begin]
    worked = np.zeros(len(begin), dtype=np.int64)
    if log.worked is not None and process.worked_until is not None:
        closed = log.worked[log.first[case + 1] - 1]
        open_end = np.where(process.is_open[case], process.worked_until, closed)
        worked = np.where(is_over, log.worked[end], open_end) - log.worked[begin]
    return _Stretches(
        case=case,
        kind=np.full(len(begin), KINDS.index(kind)),
        step=np.full(len(begin), NO_STEP) if step is None else step,
        source=ends[0],
        target=ends[1],
        since=log.at[begin],
        length=np.maximum(length, 0),
        worked=np.maximum(worked, 0),
        runs=~is_over & process.is_open[case],
    )


def _lives(process: Process, found: _Stretches) -> tuple[Numbers, float | None]:
    """Return how long each case lived: from its first event to its end, or to the end of what was done behind that.

    Beside it the working time of all lives together; of a closed case it ends with the last event. What is not known
    is no life.
    """
    log = process.log
    case = np.flatnonzero(log.lengths)
    last = log.first[case + 1] - 1
    begin = _begins(process, case)
    ends = np.zeros(len(log.cases), dtype=np.int64)
    np.maximum.at(ends, found.case, found.since + found.length)
    entries = np.where((process.in_model | process.outside)[log.step], log.at, np.iinfo(np.int64).min)
    last_stage = np.maximum.reduceat(entries, log.first[case])
    is_known = begin >= 0
    lives = np.maximum(np.maximum(process.until[case], last_stage), ends[case]) - log.at[begin]
    lives = np.where(is_known, np.maximum(lives, 0), 0)
    if log.worked is None or process.worked_until is None:
        return lives, None
    worked = np.where(process.is_open[case], process.worked_until, log.worked[last]) - log.worked[begin]
    return lives, float(np.maximum(worked, 0)[is_known].sum())


def _begins(process: Process, case: Numbers) -> Numbers:
    """Return the event with which the known life of each case begins: its first, else its first stage; -1 for none."""
    log = process.log
    entries = np.flatnonzero((process.in_model | process.outside)[log.step])
    first = np.concatenate((entries, [len(log.step)]))[np.searchsorted(entries, log.first[case])]
    return np.where(process.is_told[case], log.first[case], np.where(first < log.first[case + 1], first, -1))


def _zones(process: Process, found: _Stretches, life: float) -> tuple[tuple[Zone, ...], Numbers]:
    """Return the zones, the most hours first, and the place of each stretch's zone."""
    cases = int(np.count_nonzero(process.log.lengths))
    keys, zone = np.unique(np.stack((found.kind, found.step)), axis=1, return_inverse=True)
    zone = zone.reshape(-1)
    hours = np.bincount(zone, found.length, minlength=keys.shape[1])
    order = np.argsort(-hours, kind="stable")
    places = np.empty(len(order), dtype=np.int64)
    places[order] = np.arange(len(order))
    told = tuple(_zone(process, found.of(zone == number), life, cases) for number in order.tolist())
    return told, places[zone]


def _zone(process: Process, found: _Stretches, life: float, cases: int) -> Zone:
    there, now = np.unique(found.case), np.unique(found.case[found.runs])
    source, target = _usual(found)
    ended, running = (found.length[chosen] / MICROSECONDS for chosen in (~found.runs, found.runs))
    hours = float(found.length.sum())
    return Zone(
        kind=KINDS[int(found.kind[0])],
        step=int(found.step[0]),
        source=source,
        target=target,
        cases=len(there),
        share=100 * len(there) / cases,
        hours=hours / HOUR,
        share_hours=_percent(hours, life) or 0.0,
        working_hours=None if process.worked_until is None else float(found.worked.sum()) / HOUR,
        median_seconds=median_wait(Waits(ended.tolist(), running.tolist())),
        amount=float(np.nansum(process.amount[there])),
        now_cases=len(now),
        now_amount=float(np.nansum(process.amount[now])),
    )


def _usual(found: _Stretches) -> tuple[int, int]:
    """Return the most frequent pair of neighbours of stretches that are over, else of all; ties by their places."""
    over = found if found.runs.all() else found.of(~found.runs)
    pairs, counts = np.unique(np.stack((over.source, over.target)), axis=1, return_counts=True)
    source, target = pairs[:, int(np.argmax(counts))].tolist()
    return int(source), int(target)


def _percent(part: float, whole: float) -> float | None:
    return 100 * part / whole if whole else None
