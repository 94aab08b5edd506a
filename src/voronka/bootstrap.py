"""The one place that chooses the concrete engine, store and connectors and puts a company together."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

from voronka.connectors.files import FilesConnector
from voronka.lake.delta import DeltaStore
from voronka.lake.duckdb_engine import DuckDBEngine
from voronka.lake.ledger import Ledger
from voronka.lake.session import Limits, Session, delta_rows
from voronka.metrics.catalogue import Catalogue
from voronka.metrics.definition import Choice
from voronka.metrics.query import Metrics, MetricsCompany
from voronka.pipeline.workplace import Workplace
from voronka.settings import Settings, company_folder, load_settings
from voronka.transform.pipelines import read_pipelines
from voronka.transform.runner import views
from voronka.transform.sources import read_sources

LAKE = "lake"


def utc_now() -> datetime:
    """Return the time in UTC without a zone."""
    return datetime.now(UTC).replace(tzinfo=None)


def limits(settings: Settings, folder: Path) -> Limits:
    """Return what the engine may use; it spills into the company's lake."""
    return Limits(settings.engine.memory_limit, settings.engine.threads, folder / LAKE / ".spill")


@contextmanager
def workplace(company: str | None = None, clock: Callable[[], datetime] = utc_now) -> Iterator[Workplace]:
    """Open a company for imports and builds."""
    folder = company_folder(company)
    settings = load_settings(folder)
    store = DeltaStore(folder / LAKE)
    session = Session(limits(settings, folder))
    try:
        ledger = Ledger(store, lambda name: delta_rows(store, session, name), clock)
        files = FilesConnector(folder)
        sources, pipelines = read_sources(folder), read_pipelines(folder)
        yield Workplace(folder, settings, sources, pipelines, store, session, ledger, files, clock)
    finally:
        session.close()


def catalogue(folder: Path, settings: Settings) -> Catalogue:
    """Return the metrics in force in a company: the built-in ones with its own laid over them."""
    paths = sorted((folder / "metrics").glob("*.y*ml"))
    own = [(str(path.relative_to(folder)), path.read_text(encoding="utf-8-sig")) for path in paths]
    return Catalogue.load(own, {metric: Choice(variant) for metric, variant in settings.variants.items()})


def metrics(folder: Path, clock: Callable[[], datetime] = utc_now) -> Metrics:
    """Return the way to a company's figures."""
    settings = load_settings(folder)
    engine = DuckDBEngine(DeltaStore(folder / LAKE), views(), limits(settings, folder))

    def today() -> date:
        return clock().replace(tzinfo=UTC).astimezone(settings.zone()).date()

    company = MetricsCompany(settings.currency, today, settings.time_zone)
    return Metrics(engine, catalogue(folder, settings), company)


def additive_metrics(folder: Path, settings: Settings) -> list[str]:
    """Return the names of the metrics whose plans can be cut to days."""
    return [metric.name for metric in catalogue(folder, settings).listed() if metric.is_additive]
