"""How fast new leads are answered: the median of working minutes, the leads that nobody answered included.

A mean over answered leads praises whoever answers one lead quickly and forgets nine. Here a lead without a response
is a wait that is not over: it is censored at the present moment, and the median is the Kaplan-Meier one (survival.py).
It is unknown until half have been answered.

A lead whose source reported only a delay (`first_response_seconds` without `first_response_at`) is counted with that
delay, in calendar minutes: when it was answered is not known, so nights and weekends cannot be taken out of it.
A lead with neither a time of creation nor a delay is left out. A response dated before the lead took no time, one
dated after the present moment has not come yet. A date before the working calendar begins is an empty one that the
source writes as a year long past. A lead split between people stands with its owner: a response is one
deed and is not shared.

Working time is read, not worked out: the build keeps what the clock of working time showed when a lead came, and how
many working seconds later it was answered. Only the present moment is put on that clock here.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import cast
from zoneinfo import ZoneInfo

from voronka.analyses.cut_rows import CutRows
from voronka.analyses.survival import Waits, median_wait
from voronka.analyses.working_clock import working_clock
from voronka.metrics.answer import Values
from voronka.metrics.query import Computation, Computed, Metrics
from voronka.metrics.question import Query

MEDIAN = "first_response_median"
LEADS = CutRows(MEDIAN, "fct_leads", "created", {"deleted_at": [None]})
CAME, TOOK, DELAY, ANSWERED = (
    "created_working_clock",
    "first_response_working_seconds",
    "first_response_seconds",
    "is_answered",
)
MINUTE = 60.0


def first_response(zone: ZoneInfo, clock: Callable[[], datetime]) -> Computation:
    """Return the computation `first_response`: of a company's zone and a clock (UTC, without a zone).

    Which days are worked and when is read from `dim_calendar`.
    """

    def compute(_names: Sequence[str], query: Query, metrics: Metrics) -> Computed:
        LEADS.check(query)
        leads = LEADS.rows(query, metrics, (CAME, TOOK, DELAY, ANSWERED))
        now = working_clock(metrics, clock(), zone) if leads[CAME] else 0.0
        whole, groups = _waits(leads, LEADS.keys(query, leads), now)
        rows = {key: {MEDIAN: _minutes(waits)} for key, waits in groups.items()} if query.by else {}
        return Computed({MEDIAN: _minutes(whole)}, rows)

    return compute


def _waits(
    leads: Values, keys: Sequence[tuple[object, ...]], now: float
) -> tuple[Waits, Mapping[tuple[object, ...], Waits]]:
    """Return the waits of all leads, in seconds, and those of each group; without keys all are one group."""
    groups: dict[tuple[object, ...], Waits] = {}
    numbers = cast("Sequence[Sequence[int | None]]", [leads[name] for name in (CAME, TOOK, DELAY, ANSWERED)])
    for key, came, took, delay, answered in zip(keys or [()] * len(leads[CAME]), *numbers, strict=True):
        waits = groups.get(key)
        if waits is None:
            waits = groups[key] = Waits()
        if took is not None and came is not None:
            if came + took <= now:
                waits.ended.append(took)
            else:
                waits.censored.append(max(now - came, 0))
        elif answered and delay is not None:
            waits.ended.append(max(delay, 0))
        elif came is not None:
            waits.censored.append(max(now - came, 0))
    known = {key: waits for key, waits in groups.items() if waits.ended or waits.censored}
    whole = Waits(*([length for each in known.values() for length in lengths(each)] for lengths in _SIDES))
    return whole, known


_SIDES: tuple[Callable[[Waits], list[float]], ...] = (lambda waits: waits.ended, lambda waits: waits.censored)


def _minutes(waits: Waits) -> float | None:
    seconds = median_wait(waits)
    return None if seconds is None else seconds / MINUTE
