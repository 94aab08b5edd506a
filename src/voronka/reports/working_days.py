"""The working days around a day, by the company's calendar: what a page steps between."""

from dataclasses import dataclass
from datetime import date, timedelta

from voronka.domain.period import Period
from voronka.domain.scope import Scope
from voronka.metrics.answer import records as rows_of
from voronka.metrics.query import Metrics

REACH = 31
"""How far a working day is looked for, in days: longer than any holidays."""
LONGEST = 1100
"""Of periods longer than about three years working days say nothing that days do not."""
_SATURDAY = 5


@dataclass(frozen=True)
class DayAmongOthers:
    """A day, whether it is a working one, and its neighbours; `after` is None where the next is later than today."""

    day: date
    is_working: bool
    before: date
    after: date | None


def working_days(metrics: Metrics, scope: Scope, period: Period) -> int | None:
    """Return how many days of a period are working ones; None where the calendar does not hold all of it."""
    if period.days > LONGEST:
        return None
    days = [period.first + timedelta(days=step) for step in range(period.days)]
    found = rows_of(metrics.rows("dim_calendar", scope, {"day": days}, ["is_working"]))
    return sum(bool(row["is_working"]) for row in found) if len(found) == period.days else None


def among_others(
    metrics: Metrics, scope: Scope, asked: date | None, today: date, until: date | None = None
) -> DayAmongOthers:
    """Return the day asked for, else the last working one before today (yesterday where no calendar is built).

    Where `until`, the last day of a period, has passed, it is the last working day of that period instead.

    For its neighbours days that the calendar does not have work from Monday to Friday.
    """
    following = min(today, until + timedelta(days=1)) if until else today
    known = _known(metrics, scope, asked or following)
    day = asked or _nearest(known, following, -1) or following - timedelta(days=1)
    calendar = {each: each.weekday() < _SATURDAY for each in _around(day)} | known
    after = _nearest(calendar, day, +1)
    return DayAmongOthers(
        day=day,
        is_working=calendar[day],
        before=_nearest(calendar, day, -1) or day - timedelta(days=1),
        after=after if after is not None and after <= today else None,
    )


def _around(day: date) -> list[date]:
    return [day + timedelta(days=step) for step in range(-REACH, REACH + 1)]


def _known(metrics: Metrics, scope: Scope, day: date) -> dict[date, bool]:
    found = rows_of(metrics.rows("dim_calendar", scope, {"day": _around(day)}, ["day", "is_working"]))
    return {row["day"]: bool(row["is_working"]) for row in found if isinstance(row["day"], date)}


def _nearest(calendar: dict[date, bool], day: date, direction: int) -> date | None:
    beyond = [each for each, works in calendar.items() if works and (each - day).days * direction > 0]
    return min(beyond, key=lambda each: abs(each - day), default=None)
