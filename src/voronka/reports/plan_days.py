"""How a plan of a period lies on its days: by working days, without absences, a newcomer's by the ramp."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Literal
from zoneinfo import ZoneInfo

from voronka.domain.period import Period
from voronka.domain.ramp import ramp_share
from voronka.domain.scope import Scope
from voronka.metrics.answer import Row, records
from voronka.metrics.query import Metrics
from voronka.reports.plan_grid import Owner
from voronka.settings import Settings

DayKind = Literal["working", "off", "absent", "not_hired"]


@dataclass(frozen=True)
class PlanDay:
    """A day of a plan: how much falls on it as of the last build (None: nothing was planned), and what day it is.

    `share` is how far the day counts beside others, in percent: less than 100 for a newcomer.
    """

    day: date
    value: Decimal | None
    kind: DayKind
    share: float


def plan_days(metrics: Metrics, settings: Settings, metric: str, owner: Owner, period: Period) -> list[PlanDay]:
    """Return the days of a plan; the owner must be one that whoever asks may see."""
    return _Days(metrics, settings, metric, owner, period).found()


@dataclass(frozen=True)
class _Days:
    metrics: Metrics
    settings: Settings
    metric: str
    owner: Owner
    period: Period

    def found(self) -> list[PlanDay]:
        values = self._values()
        working, absent, hired = self._working(), self._absent(), self._hired()
        ramp = self.settings.ramp.months
        made = []
        for n in range(self.period.days):
            day = self.period.first + timedelta(days=n)
            share = ramp_share(ramp, hired, day) if ramp and hired is not None and day >= hired else 1.0
            kind: DayKind = "working" if working.get(day, True) else "off"
            if kind == "working" and day in absent:
                kind = "absent"
            if ramp and hired is not None and day < hired:
                kind, share = "not_hired", 0.0
            made.append(PlanDay(day, values.get(day), kind, 100 * share))
        return made

    def _rows(self, table: str, where: Mapping[str, object], *columns: str) -> list[Row]:
        return records(self.metrics.rows(table, Scope.everything(), where, columns))

    def _values(self) -> dict[date, Decimal]:
        scope, scope_id = self.owner
        where = {"metric": self.metric, "scope": scope, "scope_id": scope_id}
        rows = self._rows("fct_plan_days", where, "day", "value")
        return {row["day"]: Decimal(str(row["value"])) for row in rows}  # type: ignore[misc]

    def _working(self) -> dict[date, bool]:
        return {row["day"]: bool(row["is_working"]) for row in self._rows("dim_calendar", {}, "day", "is_working")}  # type: ignore[misc]

    def _absent(self) -> frozenset[date]:
        if self.owner[0] != "employee":
            return frozenset()
        where = {"employee_id": self.owner[1], "kind": "absence"}
        days = set[date]()
        for row in self._rows("employee_time", where, "starts_at", "ends_at"):
            first, last = self._local(row["starts_at"]), self._local(row["ends_at"], -1)
            day = max(first, self.period.first)
            while day <= min(last, self.period.last):
                days.add(day)
                day += timedelta(days=1)
        return frozenset(days)

    def _local(self, moment: object, seconds: int = 0) -> date:
        assert isinstance(moment, datetime)  # noqa: S101 - a TIMESTAMP of the model
        zone = ZoneInfo(self.settings.time_zone)
        return (moment + timedelta(seconds=seconds)).replace(tzinfo=UTC).astimezone(zone).date()

    def _hired(self) -> date | None:
        if self.owner[0] != "employee":
            return None
        rows = self._rows("dim_employee", {"employee_id": self.owner[1]}, "hired_on")
        found = rows[0]["hired_on"] if rows else None
        return found if isinstance(found, date) else None
