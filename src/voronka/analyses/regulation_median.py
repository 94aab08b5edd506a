"""How long what a regulation asks for takes: the median of its clock's minutes, what is not done yet included.

What is not done is a wait that is not over, censored at the present moment, and the median is the Kaplan-Meier one
(survival.py), as of first responses (first_response.py). Each regulation runs by a clock of its own: of the company's
working time, of the calendar, or of the shifts of whoever was responsible at the start; where these are not told, the
company's. What the clock showed at the start, and how long it ran, is read from the build; only the present moment is
put on each clock here. What was done before it began took no time.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import cast
from zoneinfo import ZoneInfo

from voronka.analyses.cut_rows import CutRows
from voronka.analyses.survival import Waits, median_wait
from voronka.analyses.working_clock import working_clock
from voronka.domain.scope import Scope
from voronka.metrics.answer import Values, columns_of
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
        now = _Now(metrics, clock(), zone, set(dues[CLOCK]))
        groups = _waits(dues, DUES.keys(query, dues), now)
        whole = Waits(*([x for each in groups.values() for x in side(each)] for side in _SIDES))
        rows = {key: {MEDIAN: _minutes(waits)} for key, waits in groups.items()} if query.by else {}
        return Computed({MEDIAN: _minutes(whole)}, rows)

    return compute


_SIDES: tuple[Callable[[Waits], list[float]], ...] = (lambda waits: waits.ended, lambda waits: waits.censored)


class _Now:
    """What each clock shows at the present moment."""

    def __init__(self, metrics: Metrics, now: datetime, zone: ZoneInfo, clocks: set[object]) -> None:
        self._calendar = now.replace(tzinfo=UTC).timestamp()
        self._working = working_clock(metrics, now, zone) if clocks - {"calendar"} else 0.0
        self._persons = _own_clocks(metrics, now) if "shift" in clocks else {}

    def reading(self, clock: object, person: object) -> float:
        """Return the seconds that the clock of a due shows."""
        if clock == "calendar":
            return self._calendar
        return self._persons.get(person, self._working) if clock == "shift" else self._working


def _own_clocks(metrics: Metrics, now: datetime) -> Mapping[object, float]:
    """Return what the clocks of those who have one show: after their last stretch that began, nothing is added."""
    names = ("employee_id", "starts_at", "ends_at", "worked_before_seconds")
    stretches = columns_of(metrics.rows("employee_clock", Scope.everything(), columns=names))
    found: dict[object, float] = {}
    rows = zip(*(cast("Sequence[datetime]", stretches[name]) for name in names), strict=True)
    for person, starts, ends, before in cast("Sequence[tuple[str, datetime, datetime, int]]", list(rows)):
        worked = before + (min(ends, now) - starts).total_seconds() if starts <= now else 0.0
        found[person] = max(found.get(person, 0.0), worked)
    return found


def _waits(dues: Values, keys: Sequence[Key], now: _Now) -> dict[Key, Waits]:
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
