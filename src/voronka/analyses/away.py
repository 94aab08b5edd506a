"""How much of each day people are away: whole days, or hours of them as parts of the company's working hours."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import cast
from zoneinfo import ZoneInfo

from voronka.domain.period import Period
from voronka.domain.scope import Scope
from voronka.metrics.answer import records
from voronka.metrics.query import Metrics

Span = tuple[datetime, datetime]
HALF = 0.5
"""A day of which more is away is not worked."""


@dataclass
class Away:
    """The absences of a person: stretches of whole days, and how much (0 to 1) is away of the days at their ends."""

    whole: list[Period] = field(default_factory=list)
    parts: dict[date, float] = field(default_factory=dict)

    def share(self, day: date) -> float:
        """Return how much of a day is away."""
        if any(each.first <= day <= each.last for each in self.whole):
            return 1.0
        return min(1.0, self.parts.get(day, 0.0))

    def days(self) -> list[Period]:
        """Return the days that are not worked."""
        return [*self.whole, *(Period(day, day) for day in self.parts if self.share(day) > HALF)]


def away_of(metrics: Metrics, scope: Scope, employee_id: str | None = None) -> Mapping[str, Away]:
    """Return the absences of the people whom the scope may see, or of one of them."""
    where = {"kind": "absence"} | ({"employee_id": employee_id} if employee_id else {})
    spans: dict[str, list[Span]] = {}
    for row in records(metrics.rows("employee_time", scope, where, ["employee_id", "starts_at", "ends_at"])):
        starts, ends = cast("datetime | None", row["starts_at"]), cast("datetime | None", row["ends_at"])
        if starts is not None and ends is not None and starts < ends:
            spans.setdefault(cast("str", row["employee_id"]), []).append((starts, ends))
    hours = metrics.kept("hours of days", lambda: _hours(metrics), is_small=True) if spans else {}
    zone = ZoneInfo(metrics.company.zone)
    return {own: _away(joined(found), hours, zone) for own, found in spans.items()}


def joined(spans: Iterable[Span]) -> Iterator[Span]:
    """Yield spans of time in their order, those that touch or overlap as one."""
    held: Span | None = None
    for starts, ends in sorted(spans):
        if held is not None and starts <= held[1]:
            held = held[0], max(held[1], ends)
            continue
        if held is not None:
            yield held
        held = starts, ends
    if held is not None:
        yield held


def _away(spans: Iterable[Span], hours: Mapping[date, Span], zone: ZoneInfo) -> Away:
    found = Away()
    for starts, ends in spans:
        first, last = _local_day(starts, zone), _local_day(ends - timedelta(seconds=1), zone)
        if (last - first).days > 1:
            found.whole.append(Period(first + timedelta(days=1), last - timedelta(days=1)))
        for day in {first, last}:
            found.parts[day] = found.parts.get(day, 0.0) + _part((starts, ends), hours.get(day))
    return found


def _part(span: Span, hours: Span | None) -> float:
    """Return which part of a day's working hours lies in a span; of a day without any the whole."""
    if hours is None:
        return 1.0
    inside = min(span[1], hours[1]) - max(span[0], hours[0])
    return max(0.0, inside / (hours[1] - hours[0]))


def _hours(metrics: Metrics) -> Mapping[date, Span]:
    found: dict[date, Span] = {}
    for row in records(metrics.rows("dim_calendar", Scope.everything(), None, ["day", "opens_at", "closes_at"])):
        opens, closes = cast("datetime | None", row["opens_at"]), cast("datetime | None", row["closes_at"])
        if opens is not None and closes is not None and opens < closes:
            found[cast("date", row["day"])] = (opens, closes)
    return found


def _local_day(moment: datetime, zone: ZoneInfo) -> date:
    return moment.replace(tzinfo=UTC).astimezone(zone).date()
