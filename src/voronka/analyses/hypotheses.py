"""Whether a log bears out what somebody expects of its steps: measured value, interval, verdict.

Cases that are still open may come to a step yet. The interval therefore reaches from what holds if none of them ever
does to what holds if they do: a verdict is passed only where it stands either way.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import nan
from typing import Any

import numpy as np
from numpy.typing import NDArray

from voronka.analyses.alignment import SKIPPED, Model
from voronka.analyses.conformance import Truths, conformance
from voronka.analyses.event_log import EventLog, Numbers
from voronka.domain.hypotheses import Claim, Found, Verdict
from voronka.metrics.intervals import Z_95, wilson

Floats = NDArray[np.float64]
Ends = tuple[float | None, float | None]

UNSETTLED: Verdict = "not_established"

FEWEST = 6
"""Cases below which nothing is established: no two values of five hold their median in 95 % of samples."""

MICROSECONDS = 1_000_000
HALF = 0.5
NONE = -1


@dataclass(frozen=True, eq=False)
class Looked:
    """What a claim is held against: a log, which of its cases are open, the present moment on both clocks.

    `now` and `worked_now` are in microseconds, as the log's; `model` is what stages are skipped of.
    """

    log: EventLog
    is_open: Truths
    now: int
    worked_now: int | None = None
    model: Model | None = None


@dataclass(frozen=True, eq=False)
class Passages:
    """How cases went from one step to another: `took` of those that got there, `waited` of those that may yet.

    From the last time at the first step before the earliest arrival, as funnels tell times; in microseconds.
    `reached` counts the cases at the first step.
    """

    took: Numbers
    waited: Numbers
    reached: int


def held_against(looked: Looked, claim: Claim, step: Sequence[int], to: Sequence[int] = ()) -> Found:
    """Return what a log says of a claim; `step` and `to` are the places in `log.steps` that the claim's steps mean."""
    if claim.kind == "time":
        return _of_time(looked, claim, step, to)
    if claim.kind == "skip":
        return _of_skips(looked, claim)
    return _of_followed(looked, claim, step, to)


def judged(claim: Claim, found: Found, settled: Ends) -> Found:
    """Return what was found with its verdict: borne out or not where the whole interval is on one side.

    `settled` is the interval without open cases: where that alone is on one side, it is they who leave it open.
    """
    verdict = _verdict(claim, (found.low, found.high))
    if verdict != UNSETTLED:
        return replace(found, verdict=verdict)
    return replace(found, reason="chance" if _verdict(claim, settled) == UNSETTLED else "waiting")


def _verdict(claim: Claim, ends: Ends) -> Verdict:
    low, high = (nan if each is None else each for each in ends)
    if claim.bound == "most":
        return "holds" if high <= claim.value else "fails" if low > claim.value else UNSETTLED
    return "holds" if low >= claim.value else "fails" if high < claim.value else UNSETTLED


def passages(looked: Looked, step: Sequence[int], to: Sequence[int], *, working: bool = False) -> Passages:
    """Return how long cases took from a step to another; cases that ended before they got there took no time at all."""
    log = looked.log
    clock, now = (log.worked, looked.worked_now) if working else (log.at, looked.now)
    assert clock is not None  # noqa: S101 - asked by _of_time only where there is one
    assert now is not None  # noqa: S101 - the same
    begins, ends = _is_of(log, step), _is_of(log, to)
    first = _first(log, begins)
    event = np.arange(len(log.step))
    arrival = _first(log, ends & (first[log.case] != NONE) & (event > first[log.case]))
    got_there = arrival != NONE
    limit = np.where(got_there, arrival, len(event))
    start = _last(log, begins & (event < limit[log.case]))
    waits = (first != NONE) & ~got_there & looked.is_open
    return Passages(
        took=np.sort(clock[arrival[got_there]] - clock[start[got_there]]),
        waited=np.maximum(now - clock[start[waits]], 0),
        reached=int(np.count_nonzero(first != NONE)),
    )


def median_ends(took: Numbers | Floats, waited: Numbers | Floats) -> Ends:
    """Return the interval of 95 % of the median of lengths, some of which have not ended; None: an end without limit.

    The lengths at which the band of the Kaplan-Meier curve holds one half: R. Brookmeyer, J. Crowley, A confidence
    interval for the median survival time, Biometrics 38 (1982), 29-41, with the band on the scale of log(-log) and
    Greenwood's variance (J. D. Kalbfleisch, R. L. Prentice, The Statistical Analysis of Failure Time Data, 1.4).
    """
    if not len(took):
        return None, None
    times, happened = np.unique(took, return_counts=True)
    everybody = np.sort(np.concatenate((took, waited)))
    watched = len(everybody) - np.searchsorted(everybody, times, side="left")
    left: Floats = np.cumprod(1 - happened / watched, dtype=np.float64)
    below, above = _band(left, happened, watched)
    return _first_at(times, below <= HALF), _first_at(times, above < HALF)


def _band(left: Floats, happened: Numbers, watched: Numbers) -> tuple[Floats, Floats]:
    last = watched == happened
    terms = happened / (watched * np.where(last, 1, watched - happened))
    spread = np.sqrt(np.cumsum(np.where(last, 0.0, terms)))
    inside = (left > 0) & ~last
    logs = np.log(np.where(inside, left, HALF))
    width = Z_95 * spread / np.abs(logs)
    below, above = (np.where(inside, np.exp(logs * np.exp(sign * width)), 0.0) for sign in (1, -1))
    return below, above


def _first_at(times: NDArray[Any], is_so: NDArray[np.bool_]) -> float | None:
    places = np.flatnonzero(is_so)
    return float(times[places[0]]) if len(places) else None


def _of_time(looked: Looked, claim: Claim, step: Sequence[int], to: Sequence[int]) -> Found:
    working = claim.clock == "working"
    if working and (looked.log.worked is None or looked.worked_now is None):
        return Found(UNSETTLED, "no_clock")
    found = passages(looked, step, to, working=working)
    arrived, waiting = len(found.took), len(found.waited)
    if not arrived:
        return Found(UNSETTLED, "waiting" if waiting else "nobody", cases=waiting, open_cases=waiting)
    value = float(np.median(found.took)) / MICROSECONDS
    if arrived < FEWEST:
        return Found(UNSETTLED, "few", value, cases=arrived + waiting, open_cases=waiting)
    settled = _seconds(median_ends(found.took, found.took[:0]))
    ends = settled[0], _seconds(median_ends(found.took, found.waited))[1]
    return judged(claim, Found(UNSETTLED, "", value, *ends, arrived + waiting, waiting), settled)


def _seconds(ends: Ends) -> Ends:
    low, high = (None if each is None else each / MICROSECONDS for each in ends)
    return low, high


def _of_followed(looked: Looked, claim: Claim, step: Sequence[int], to: Sequence[int]) -> Found:
    """Look at the share of the cases at a step that were at the other one later."""
    log = looked.log
    first, last = _first(log, _is_of(log, step)), _last(log, _is_of(log, to))
    return _of_share(claim, first != NONE, (first != NONE) & (last > first), looked.is_open)


def _of_skips(looked: Looked, claim: Claim) -> Found:
    """Look at the share of all cases that left a stage out, as the deviations of a path tell it."""
    if looked.model is None or claim.step not in looked.model.stages:
        return Found(UNSETTLED, "gone")
    deviations = conformance(looked.log, looked.model, None, looked.is_open).deviations
    skips = [each.in_case for each in deviations if (each.kind, each.step) == (SKIPPED, claim.step)]
    cases = looked.log.lengths > 0
    return _of_share(claim, cases, skips[0] if skips else np.zeros_like(cases), looked.is_open)


def _of_share(claim: Claim, among: Truths, hit: Truths, is_open: Truths) -> Found:
    cases, hits, may_yet = (int(np.count_nonzero(each)) for each in (among, among & hit, among & ~hit & is_open))
    if not cases:
        return Found(UNSETTLED, "nobody")
    value = 100 * hits / cases
    if cases < FEWEST:
        return Found(UNSETTLED, "few", value, cases=cases, open_cases=may_yet)
    settled = wilson(hits, cases)
    ends = settled[0], wilson(hits + may_yet, cases)[1]
    return judged(claim, Found(UNSETTLED, "", value, *ends, cases, may_yet), settled)


def _is_of(log: EventLog, steps: Sequence[int]) -> Truths:
    table = np.zeros(len(log.steps), dtype=np.bool_)
    table[list(steps)] = True
    found: Truths = table[log.step]
    return found


def _first(log: EventLog, chosen: Truths) -> Numbers:
    """Return the place of the first chosen event of each case, NONE without."""
    places = np.flatnonzero(chosen)[::-1]
    found = np.full(len(log.cases), NONE)
    found[log.case[places]] = places
    return found


def _last(log: EventLog, chosen: Truths) -> Numbers:
    """Return the place of the last chosen event of each case, NONE without."""
    places = np.flatnonzero(chosen)
    found = np.full(len(log.cases), NONE)
    found[log.case[places]] = places
    return found
