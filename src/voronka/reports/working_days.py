"""The working days around a day, by the company's calendar: what a page steps between."""

from dataclasses import dataclass
from datetime import date, timedelta

from voronka.domain.scope import Scope
from voronka.metrics.answer import records as rows_of
from voronka.metrics.query import Metrics

REACH = 31
"""How far a working day is looked for, in days: longer than any holidays."""
_SATURDAY = 5


@dataclass(frozen=True)
class DayAmongOthers:
    """A day, whether it is a working one, and its neighbours; `after` is None where the next is later than today."""

    day: date
    is_working: bool
    before: date
    after: date | None


def among_others(metrics: Metrics, scope: Scope, asked: date | None, today: date) -> DayAmongOthers:
    """Return the day asked for, else the last working one before today (yesterday where no calendar is built).

    For its neighbours days that the calendar does not have work from Monday to Friday.
    """
    known = _known(metrics, scope, asked or today)
    day = asked or _nearest(known, today, -1) or today - timedelta(days=1)
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
