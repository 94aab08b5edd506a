"""What the clock of working time shows now."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from tests.metrics.memory_engine import built_in, lake_of
from voronka.analyses.working_clock import working_clock
from voronka.domain.errors import QuestionError
from voronka.metrics.query import Metrics, MetricsCompany

MOSCOW = ZoneInfo("Europe/Moscow")
DAYS = """day        | opens_at            | closes_at           | worked_before_seconds
          2026-03-02 | 2026-03-02 06:00:00 | 2026-03-02 15:00:00 | 100
          2026-03-03 |                     |                     | 32500"""


def reading(now: str, days: str = DAYS) -> float:
    moment = datetime.fromisoformat(now)
    metrics = Metrics(lake_of(dim_calendar=days), built_in(), MetricsCompany("RUB", moment.date, "Europe/Moscow"))
    return working_clock(metrics, moment, MOSCOW)


@pytest.mark.parametrize(
    ("now", "shown"),
    [
        ("2026-03-02 05:00", 100),
        ("2026-03-02 07:00", 3700),
        ("2026-03-02 20:00", 32500),
        ("2026-03-02 22:30", 32500),  # the third has begun in Moscow
    ],
)
def test_it_runs_in_working_hours_only(now: str, shown: float) -> None:
    assert reading(now) == shown


def test_a_calendar_that_ends_before_is_said() -> None:
    with pytest.raises(QuestionError, match="ends on 2026-03-03"):
        reading("2026-03-05 07:00")
