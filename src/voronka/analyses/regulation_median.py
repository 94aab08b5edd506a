"""How long what a regulation asks for takes: the median of its clock's minutes, what is not done yet included.

What is not done is a wait that is not over, censored at the present moment, and the median is the Kaplan-Meier one
(survival.py), as of first responses (first_response.py). Each regulation runs by a clock of its own: of the company's
working time, of the calendar, or of the shifts of whoever was responsible at the start; where these are not told, the
company's. What the clock showed at the start, and how long it ran, is read from the build; only the present moment is
put on each clock here. What was done before it began took no time.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import cast
from zoneinfo import ZoneInfo

from voronka.analyses.clocks_now import ClocksNow
from voronka.analyses.cut_rows import CutRows
from voronka.analyses.survival import Waits, median_wait
from voronka.metrics.answer import Values
from voronka.metrics.query import Computation, Computed, Metrics
from voronka.metrics.question import Query

MEDIAN = "regulation_median"
DUES = CutRows(MEDIAN, "fct_dues", "started")
CLOCK, PERSON, BEGAN, TOOK = "clock", "bound_employee_id", "started_clock", "taken_seconds"
MINUTE = 60.0

Key = tuple[object, ...]


def regulation_median(zone: ZoneInfo, clock: Callable[[], datetime]) -> Computation:
    """Return the computation `regulation_median`: of a company's zone and a clock (UTC, without a zone)."""

    def compute(_names: Sequence[str], query: Query, metrics: Metrics) -> Computed:
        DUES.check(query)
        dues = DUES.rows(query, metrics, (CLOCK, PERSON, BEGAN, TOOK))
        now = ClocksNow(metrics, clock(), zone, set(dues[CLOCK]))
        groups = _waits(dues, DUES.keys(query, dues), now)
        whole = Waits(*([x for each in groups.values() for x in side(each)] for side in _SIDES))
        rows = {key: {MEDIAN: _minutes(waits)} for key, waits in groups.items()} if query.by else {}
        return Computed({MEDIAN: _minutes(whole)}, rows)

    return compute


_SIDES: tuple[Callable[[Waits], list[float]], ...] = (lambda waits: waits.ended, lambda waits: waits.censored)


def _waits(dues: Values, keys: Sequence[Key], now: ClocksNow) -> dict[Key, Waits]:
    """Return the waits of each group, in seconds; without keys all are one group."""
    groups: dict[Key, Waits] = {}
    numbers = cast("Sequence[Sequence[int | None]]", [dues[BEGAN], dues[TOOK]])
    shown: dict[tuple[object, object], float] = {}
    for key, clock, person, began, took in zip(
        keys or [()] * len(dues[CLOCK]), dues[CLOCK], dues[PERSON], *numbers, strict=True
    ):
        owner = person if clock == "shift" else None
        reading = shown.get((clock, owner))
        if reading is None:
            reading = shown[clock, owner] = now.reading(clock, person)
        waits = groups.setdefault(key, Waits())
        if took is not None and (began is None or began + took <= reading):
            waits.ended.append(took)
        elif began is not None:
            waits.censored.append(max(reading - began, 0))
    return groups


def _minutes(waits: Waits) -> float | None:
    seconds = median_wait(waits)
    return None if seconds is None else seconds / MINUTE
