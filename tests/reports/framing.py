"""The frame of a page over a small company, with every analysis at hand."""

from datetime import date, datetime

from tests.metrics.memory_engine import MemoryEngine, built_in
from voronka.analyses.computations import computations
from voronka.domain.scope import Scope
from voronka.metrics.query import Metrics, MetricsCompany
from voronka.reports.page import Frame, PageAsked
from voronka.settings import Settings

MONDAY = date(2026, 3, 16)
NOW = datetime(2026, 3, 16, 9, 0)  # noqa: DTZ001 - UTC without a zone, as everywhere in the house


def framed(engine: MemoryEngine, asked: PageAsked = PageAsked(), scope: Scope | None = None) -> Frame:  # noqa: B008 - frozen
    """Return the frame of what is asked on Monday 16 March 2026 at nine, UTC."""
    company = MetricsCompany("RUB", lambda: MONDAY)
    metrics = Metrics(engine, built_in(), company, computations(Settings(), lambda: NOW))
    return Frame(metrics, asked, scope or Scope.everything(), NOW, Settings())


def calendar() -> str:
    """Return March's days until the 16th, worked from 9 to 18 in Moscow but for weekends."""
    rows, worked = ["day | is_working | opens_at | closes_at | worked_before_seconds"], 0
    for day in (date(2026, 3, number) for number in range(1, 17)):
        is_working = day.isoweekday() <= 5
        hours = f"{day} 06:00 | {day} 15:00" if is_working else " | "
        rows.append(f"{day} | {str(is_working).lower()} | {hours} | {worked}")
        worked += 32_400 if is_working else 0
    return "\n".join(rows)
