"""The one place that chooses the concrete engine, store and connectors and puts a company together."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from voronka.analyses.first_response import first_response
from voronka.connectors.files import FilesConnector
from voronka.domain.errors import QuestionError, SettingsError, VoronkaError
from voronka.domain.scope import Scope
from voronka.lake.delta import DeltaStore
from voronka.lake.duckdb_engine import DuckDBEngine
from voronka.lake.ledger import Ledger
from voronka.lake.session import Limits, Session, delta_rows
from voronka.metrics.answer import records
from voronka.metrics.catalogue import Catalogue
from voronka.metrics.definition import Choice
from voronka.metrics.query import Filter, Metrics, MetricsCompany
from voronka.pipeline.checking import Remark, remarks
from voronka.pipeline.examining import Finding, examine
from voronka.pipeline.workplace import Workplace
from voronka.settings import Settings, company_folder, load_settings, text_of
from voronka.transform.pipelines import read_pipelines
from voronka.transform.runner import views
from voronka.transform.sources import read_sources

LAKE = "lake"
ASIDE = ("load_id", "file", "row_number", "key", "reason", "message")
"""What is told of a row put aside."""


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
    session = Session(limits(settings, folder), joins_lists=False)
    try:
        ledger = Ledger(store, lambda name: delta_rows(store, session, name), clock)
        files = FilesConnector(folder)
        sources, pipelines = read_sources(folder), read_pipelines(folder)
        yield Workplace(folder, settings, sources, pipelines, store, session, ledger, files, clock)
    finally:
        session.close()


def reread(work: Workplace) -> Workplace:
    """Return the workplace with the sources and pipelines as their files are now."""
    return replace(work, sources=read_sources(work.folder), pipelines=read_pipelines(work.folder))


def folder_of(company: str | None) -> Path:
    """Return a company's folder; SettingsError where there is none."""
    return company_folder(company)


def folder_if_any(company: str | None) -> Path | None:
    """Return a company's folder, None where none was named and the current folder is not one."""
    try:
        return company_folder(company)
    except SettingsError:
        if company is not None:
            raise
        return None


def language_of(company: str | None) -> str:
    """Return the language of a company, English where there is none."""
    folder = folder_if_any(company)
    return "en" if folder is None else load_settings(folder).language


def catalogue_of(folder: Path | None) -> Catalogue:
    """Return the metrics of a company, the built-in ones where there is none."""
    return Catalogue.load() if folder is None else catalogue(folder, load_settings(folder))


def examined(company: str | None) -> list[Finding]:
    """Return the state of this installation, and of a company's files, lake and last build."""
    found = [_installed(name) for name in ("voronka", "duckdb", "deltalake", "sqlglot")]
    try:
        with workplace(company) as work:
            found += examine(work, additive_metrics(work.folder, work.settings))
            found += [Finding(remark.subject, "note", remark.text) for remark in remarks_of(work)]
    except VoronkaError as fault:
        found.append(Finding("company", "wrong", str(fault)))
    return found


def _installed(package: str) -> Finding:
    try:
        return Finding(package, "ok", version(package))
    except PackageNotFoundError:
        return Finding(package, "note", "run from its source folder, not installed")


def catalogue(folder: Path, settings: Settings) -> Catalogue:
    """Return the metrics in force in a company: the built-in ones with its own laid over them."""
    paths = sorted((folder / "metrics").glob("*.y*ml"))
    own = [(where, text_of(path, where)) for path in paths for where in [str(path.relative_to(folder))]]
    return Catalogue.load(own, {metric: Choice(variant) for metric, variant in settings.variants.items()})


def metrics(folder: Path, clock: Callable[[], datetime] = utc_now) -> Metrics:
    """Return the way to a company's figures."""
    settings = load_settings(folder)
    return _metrics(folder, settings, _engine(folder, settings), clock)


@contextmanager
def built_metrics(company: str | None, clock: Callable[[], datetime] = utc_now) -> Iterator[Metrics]:
    """Open the way to a company's figures; QuestionError where nothing was built yet."""
    folder = company_folder(company)
    settings = load_settings(folder)
    engine = _engine(folder, settings)
    try:
        if not engine.built_at():
            raise QuestionError("nothing is built yet", do="Run `voronka build`")
        yield _metrics(folder, settings, engine, clock)
    finally:
        engine.close()


def _engine(folder: Path, settings: Settings) -> DuckDBEngine:
    return DuckDBEngine(DeltaStore(folder / LAKE), views(), limits(settings, folder))


def _metrics(folder: Path, settings: Settings, engine: DuckDBEngine, clock: Callable[[], datetime]) -> Metrics:
    def today() -> date:
        return clock().replace(tzinfo=UTC).astimezone(settings.zone()).date()

    def known_until() -> datetime:
        built = engine.built_at()
        return datetime.fromisoformat(built) if built else clock()

    company = MetricsCompany(settings.currency, today, settings.time_zone)
    computed = {"first_response": first_response(settings.zone(), settings.calendar.hours(), known_until)}
    return Metrics(engine, catalogue(folder, settings), company, computed)


def rows_aside(company: str | None, load_id: str | None) -> list[dict[str, object]]:
    """Return the rows put aside as of the last build, of one load or of all."""
    where = {"load_id": load_id} if load_id else None
    with built_metrics(company) as opened:
        found = opened.rows("quarantine", Scope.everything(), where, ASIDE)
    return records(found)


def remarks_of(work: Workplace) -> list[Remark]:
    """Return what a person should look at after the last build; nothing where there was none."""
    engine = _engine(work.folder, work.settings)
    try:
        if not engine.built_at():
            return []
        return remarks(_metrics(work.folder, work.settings, engine, work.clock), work.ledger.loads())
    finally:
        engine.close()


def merged(filters: Iterable[Filter]) -> tuple[Filter, ...]:
    """Return filters of which those of one dimension are one: any of their values."""
    values: dict[str, list[str | None]] = {}
    for each in filters:
        values.setdefault(each.dimension, []).extend(each.values)
    return tuple(Filter(name, tuple(dict.fromkeys(found))) for name, found in values.items())


def additive_metrics(folder: Path, settings: Settings) -> list[str]:
    """Return the names of the metrics whose plans can be cut to days."""
    known = catalogue(folder, settings)
    return [name for name in known.names if known.is_flow(name)]
