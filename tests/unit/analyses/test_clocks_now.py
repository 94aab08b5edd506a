"""What the clocks of regulations show now; Moscow works 06:00-15:00 UTC."""

from datetime import datetime
from zoneinfo import ZoneInfo

from tests.metrics.memory_engine import built_in, lake_of
from voronka.analyses.clocks_now import ClocksNow
from voronka.metrics.query import Metrics, MetricsCompany

NOW = datetime.fromisoformat("2026-03-02 08:00")
CALENDAR = "day | opens_at | closes_at | worked_before_seconds\n2026-03-02 | 2026-03-02 06:00 | 2026-03-02 15:00 | 100"
SHIFTS = """employee_id | starts_at        | ends_at          | worked_before_seconds
            anna        | 2026-03-01 06:00 | 2026-03-01 07:00 | 0
            anna        | 2026-03-02 07:30 | 2026-03-02 12:00 | 3600
            boris       | 2026-03-03 06:00 | 2026-03-03 07:00 | 0"""


def readings(*clocks: object) -> ClocksNow:
    engine = lake_of(dim_calendar=CALENDAR, employee_clock=SHIFTS)
    metrics = Metrics(engine, built_in(), MetricsCompany("RUB", NOW.date, "Europe/Moscow"))
    return ClocksNow(metrics, NOW, ZoneInfo("Europe/Moscow"), set(clocks))


def test_working_time_is_the_companys_and_calendar_time_that_of_all_days() -> None:
    clocks = readings("working", "calendar")
    assert clocks.reading("working", "anna") == 7300
    assert clocks.reading("calendar", None) == 1772438400


def test_a_clock_of_shifts_is_the_persons_and_else_the_companys() -> None:
    clocks = readings("shift")
    # an hour yesterday and half an hour today; Boris' first stretch is to come; nobody else has shifts
    assert [clocks.reading("shift", who) for who in ("anna", "boris", "vera", None)] == [5400, 0, 7300, 7300]


def test_where_only_the_calendar_runs_no_working_calendar_is_needed() -> None:
    metrics = Metrics(lake_of(), built_in(), MetricsCompany("RUB", NOW.date, "Europe/Moscow"))
    assert ClocksNow(metrics, NOW, ZoneInfo("Europe/Moscow"), {"calendar"}).reading("calendar", "x") == 1772438400
