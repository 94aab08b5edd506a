"""What the clocks of regulations show at the present moment: the company's, the calendar's, and those of shifts."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import cast
from zoneinfo import ZoneInfo

from voronka.analyses.working_clock import working_clock
from voronka.domain.scope import Scope
from voronka.metrics.answer import columns_of
from voronka.metrics.query import Metrics


class ClocksNow:
    """What each clock shows at the present moment."""

    def __init__(self, metrics: Metrics, now: datetime, zone: ZoneInfo, clocks: set[object]) -> None:
        """Read them off at `now` (UTC without a zone), of the `clocks` that dues are told by."""
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
