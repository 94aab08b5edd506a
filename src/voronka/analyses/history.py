"""The days of the past, a value per metric, group and day, and who was there: what forecasts are reckoned from."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from voronka.analyses.estimate import Calendar, Flows
from voronka.analyses.presence import absences
from voronka.domain.period import Period
from voronka.domain.scope import Scope
from voronka.metrics.answer import Row, records
from voronka.metrics.dimensions import DIMENSIONS
from voronka.metrics.query import Metrics
from voronka.metrics.question import Query

Key: TypeAlias = tuple[object, ...]
"""A group: the id or value of each thing the query is cut by."""

_SATURDAY = 5


@dataclass(frozen=True)
class History:
    """The flows by metric, group and day; the first group is all together, `calendar` goes on into days to come."""

    first: date
    metrics: tuple[str, ...]
    groups: tuple[Key | None, ...]
    flows: Flows
    calendar: Calendar

    def place(self, day: date) -> int:
        """Return the place of a day; below 0 before the first."""
        return (day - self.first).days


def history(metrics: Metrics, query: Query, known: Period, last: date) -> History:
    """Return the daily values of the query's flows over the days known, under its filters, cuts and scope.

    `last` is the last day to come that the calendar is asked for. `known` is cut to begin with the first value.
    """
    names = query.metrics
    asked = replace(query, by=(*query.by, "day"), period=known, intervals=False, hidden=True)
    rows = metrics.query(asked).rows
    first = min((date.fromisoformat(str(row["day"])) for row in rows if _has_any(row, names)), default=known.first)
    groups = tuple(dict.fromkeys(key_of(row, query.by) for row in rows)) if query.by else ()
    values = np.zeros((len(names), 1 + len(groups), (known.last - first).days + 1))
    places = {key: n for n, key in enumerate(groups, start=1)}
    for row in rows:
        day = (date.fromisoformat(str(row["day"])) - first).days
        if day < 0:
            continue
        found = [float(str(row[name] or 0)) for name in names]
        values[:, 0, day] += found
        if query.by:
            values[:, places[key_of(row, query.by)], day] = found
    days = Period(first, max(last, known.last))
    present = _present(metrics, query, groups, days)
    return History(first, names, (None, *groups), Flows(values, present), _calendar(metrics, query.scope, days))


def key_of(row: Row, by: Sequence[str]) -> Key:
    """Return the group a row of an answer is of."""
    return tuple(row[DIMENSIONS[name].key if name in DIMENSIONS else name] for name in by)


def _has_any(row: Row, names: Sequence[str]) -> bool:
    return any(row[name] for name in names)


def _calendar(metrics: Metrics, scope: Scope, days: Period) -> Calendar:
    """Return which days are worked; those the calendar does not have from Monday to Friday."""
    found = records(metrics.rows("dim_calendar", scope, columns=("day", "is_working")))
    known = {row["day"]: bool(row["is_working"]) for row in found}
    each = [days.first + timedelta(days=n) for n in range(days.days)]
    works = np.array([known.get(day, day.weekday() < _SATURDAY) for day in each], dtype=np.bool_)
    return Calendar(works, np.array([day.weekday() for day in each], dtype=np.int64))


def _present(metrics: Metrics, query: Query, groups: Sequence[Key], days: Period) -> NDArray[np.float64]:
    """Return 1 per group and day, 0 on the days on which the one whom the group is of was absent, or had left."""
    present = np.ones((1 + len(groups), days.days))
    if query.by != ("employee",):
        return present
    places = {key[0]: n for n, key in enumerate(groups, start=1)}
    for row in records(metrics.rows("dim_employee", query.scope, columns=("employee_id", "left_on"))):
        if row["employee_id"] in places and isinstance(row["left_on"], date):
            present[places[row["employee_id"]], max(0, (row["left_on"] - days.first).days + 1) :] = 0
    for employee, stays in absences(metrics, query.scope).items():
        for away in stays if employee in places else ():
            start, end = ((day - days.first).days for day in (away.first, away.last))
            present[places[employee], max(0, start) : max(0, end + 1)] = 0
    return present
