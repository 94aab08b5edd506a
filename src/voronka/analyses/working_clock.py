"""What the clock of working time shows at a moment, as the build counts it."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from voronka.domain.errors import QuestionError
from voronka.domain.scope import Scope
from voronka.metrics.answer import records
from voronka.metrics.query import Metrics


def working_clock(metrics: Metrics, now: datetime, zone: ZoneInfo) -> float:
    """Return the working seconds before `now` (UTC without a zone); QuestionError where the calendar ends before it."""
    today = now.replace(tzinfo=UTC).astimezone(zone).date()
    columns = ("worked_before_seconds", "opens_at", "closes_at")
    found = records(metrics.rows("dim_calendar", Scope.everything(), {"day": today}, columns))
    if not found:
        days = [row["day"] for row in records(metrics.rows("dim_calendar", Scope.everything(), columns=("day",)))]
        last = max(days, key=str, default=None)
        message = f"the working calendar ends on {last}" if last else "the working calendar is empty"
        raise QuestionError(message, do="Run `voronka build`")
    before, opens, closes = (found[0][name] for name in columns)
    of_today = 0.0
    if isinstance(opens, datetime) and isinstance(closes, datetime):
        of_today = max((min(now, closes) - opens).total_seconds(), 0.0)
    return float(str(before)) + of_today
