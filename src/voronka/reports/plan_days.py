"""How a plan of a period lies on its days: by working days, without absences, a newcomer's by the ramp."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from voronka.analyses.away import Away, away_of
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

    `share` is how far the day counts beside others, in percent: less than 100 for a newcomer, and of a
    day of which a part is away.
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
        working, away, hired = self._working(), self._away(), self._hired()
        ramp = self.settings.ramp.months
        made = []
        for n in range(self.period.days):
            day = self.period.first + timedelta(days=n)
            share = ramp_share(ramp, hired, day) if ramp and hired is not None and day >= hired else 1.0
            kind: DayKind = "working" if working.get(day, True) else "off"
            left = 1.0 - away.share(day)
            if kind == "working" and left == 0:
                kind = "absent"
            if ramp and hired is not None and day < hired:
                kind, share = "not_hired", 0.0
            made.append(PlanDay(day, values.get(day), kind, 100 * share * (left or 1.0)))
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

    def _away(self) -> Away:
        if self.owner[0] != "employee" or self.owner[1] is None:
            return Away()
        return away_of(self.metrics, Scope.everything(), self.owner[1]).get(self.owner[1], Away())

    def _hired(self) -> date | None:
        if self.owner[0] != "employee":
            return None
        rows = self._rows("dim_employee", {"employee_id": self.owner[1]}, "hired_on")
        found = rows[0]["hired_on"] if rows else None
        return found if isinstance(found, date) else None
