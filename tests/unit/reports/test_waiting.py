from datetime import datetime, time

from tests.metrics.memory_engine import MemoryEngine, lake_of
from tests.unit.reports.test_tables import records_of
from voronka.domain.scope import Scope
from voronka.metrics.catalogue import Catalogue
from voronka.metrics.query import Metrics, MetricsCompany
from voronka.reports.waiting import Waiting

CALENDAR = "day | is_working\n2026-03-13 | true\n2026-03-14 | false\n2026-03-15 | false\n2026-03-16 | true"
FRIDAY = datetime(2026, 3, 13, 17, 30)  # noqa: DTZ001 - as the clocks of Moscow show it
MONDAY_IN_UTC = datetime(2026, 3, 16, 7, 0)  # noqa: DTZ001 - ten o'clock in Moscow


def waiting(engine: MemoryEngine, zone: str = "Europe/Moscow") -> Waiting:
    company = MetricsCompany(currency="RUB", today=MONDAY_IN_UTC.date, zone=zone)
    return Waiting(Metrics(engine, Catalogue.load(), company), Scope.of(), MONDAY_IN_UTC, (time(9), time(18)))


def test_a_wait_is_counted_in_the_companys_working_hours() -> None:
    listed = records_of({"id": "crm:1", "title": "Склад", "created_at": FRIDAY, "is_won": None})
    added = waiting(lake_of(dim_calendar=CALENDAR)).added(listed)
    assert added.rows[0]["waiting_seconds"] == 5_400  # half an hour on Friday, an hour on Monday
    assert [column.name for column in added.columns] == ["title", "created_at", "is_won", "waiting_seconds"]
    assert (listed.total, "waiting_seconds" in listed.rows[0]) == (added.total, False)


def test_of_what_has_no_time_the_wait_is_unknown() -> None:
    listed = records_of({"id": "crm:1", "title": "Склад", "created_at": None, "is_won": None})
    assert waiting(lake_of(dim_calendar=CALENDAR)).added(listed).rows[0]["waiting_seconds"] is None


def test_without_a_calendar_nobody_works() -> None:
    listed = records_of({"id": "crm:1", "title": "Склад", "created_at": FRIDAY, "is_won": None})
    assert waiting(lake_of()).added(listed).rows[0]["waiting_seconds"] == 0
