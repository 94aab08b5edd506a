"""How long records have been waiting, in the company's working time."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from functools import cached_property
from zoneinfo import ZoneInfo

from voronka.domain.scope import Scope
from voronka.domain.working_time import WorkingTime
from voronka.metrics.answer import records as rows_of
from voronka.metrics.dimensions import Title
from voronka.metrics.query import Metrics
from voronka.metrics.records import RecordColumn, Records

COLUMN = RecordColumn("waiting_seconds", Title("Ждёт, рабочее время", "Waiting, working time"), "seconds")


@dataclass(frozen=True)
class Waiting:
    """Counts working time until `now` (UTC without a zone); `hours` are those of a working day, local."""

    metrics: Metrics
    scope: Scope
    now: datetime
    hours: tuple[time, time]

    @cached_property
    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self.metrics.company.zone)

    @cached_property
    def _working(self) -> WorkingTime:
        found = rows_of(self.metrics.rows("dim_calendar", self.scope, {"is_working": True}, ["day"]))
        days = {row["day"] for row in found if isinstance(row["day"], date)}
        return WorkingTime(self._zone, self.hours, lambda day: day in days)

    def added(self, listed: Records, since: str = "created_at") -> Records:
        """Return the records with `waiting_seconds`, unknown where the local time `since` is."""
        rows = [{**row, COLUMN.name: self._seconds(row.get(since))} for row in listed.rows]
        return replace(listed, columns=(*listed.columns, COLUMN), rows=rows)

    def _seconds(self, since: object) -> float | None:
        if not isinstance(since, datetime):
            return None
        moment = since.replace(tzinfo=self._zone).astimezone(UTC).replace(tzinfo=None)
        return self._working.seconds_between(moment, self.now)
