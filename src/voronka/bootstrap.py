"""The one place that chooses the concrete engine, store and connectors and puts a company together."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from importlib.metadata import version
from pathlib import Path

from voronka.connectors.files import FilesConnector
from voronka.domain.documents import parse_toml
from voronka.domain.errors import SettingsError, VoronkaError
from voronka.domain.scope import Scope
from voronka.lake.delta import DeltaStore
from voronka.lake.duckdb_engine import DuckDBEngine
from voronka.lake.ledger import Ledger
from voronka.lake.manifest import read_manifest
from voronka.lake.session import Limits, Session, delta_rows
from voronka.metrics.catalogue import Catalogue
from voronka.metrics.definition import Choice
from voronka.metrics.query import Metrics, MetricsCompany
from voronka.pipeline.workplace import Workplace
from voronka.settings import FILE, Settings, company_folder, load_settings, template
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


def catalogue_of(folder: Path | None) -> Catalogue:
    """Return the metrics of a company, the built-in ones where there is none."""
    return Catalogue.load() if folder is None else catalogue(folder, load_settings(folder))


def init_company(folder: str, values: Mapping[str, object]) -> list[Path]:
    """Make a company's folder and return what was made; what is already there is left as it is."""
    root = Path(folder).expanduser().absolute()
    path = root / FILE
    if path.exists():
        raise SettingsError(
            "this folder is a company's already", where=str(path), do="Edit the file, or name another folder"
        )
    parse_toml(template(values), Settings, FILE)
    made = []
    for name in ("", "sources", "pipelines", "metrics", "exports"):
        place = root / name
        if not place.is_dir():
            place.mkdir(parents=True)
            made.append(place)
    path.write_text(template(values), encoding="utf-8")
    ignore = root / ".gitignore"
    if not ignore.exists():
        ignore.write_text("lake/\napp.db\nexports/\n", encoding="utf-8")
        made.append(ignore)
    return [*made, path]


@dataclass(frozen=True)
class Finding:
    """One thing that was examined: `state` is ok, note or wrong."""

    what: str
    state: str
    detail: str


def examine(company: str | None) -> list[Finding]:
    """Return the state of this installation and of a company's files, lake and last build."""
    found = [Finding(name, "ok", version(name)) for name in ("voronka", "duckdb", "deltalake", "sqlglot")]
    try:
        with workplace(company) as work:
            found += _examined(work)
    except VoronkaError as fault:
        found.append(Finding("company", "wrong", str(fault)))
    return found


def _examined(work: Workplace) -> list[Finding]:
    loads = work.ledger.loads()
    manifest = read_manifest(work.store, work.session)
    active = sum(load.is_active for load in loads)
    built = (
        f"built {manifest.at[:16].replace('T', ' ')} UTC, {len(manifest.versions)} tables"
        if manifest.build
        else "never built"
    )
    newest = max((load.at for load in loads), default=None)
    is_behind = newest is not None and manifest.at < newest.isoformat()
    streams = sum(len(source.streams) for source in work.sources.values())
    catalogue(work.folder, work.settings)
    return [
        Finding("company", "ok", str(work.folder)),
        Finding("sources", "ok" if streams else "note", f"{len(work.sources)} sources, {streams} streams"),
        Finding(
            "pipelines", "ok" if work.pipelines else "note", ", ".join(p.pipeline for p in work.pipelines) or "none"
        ),
        Finding("loads", "ok" if active else "note", f"{active} active of {len(loads)}"),
        Finding(
            "core",
            "note" if is_behind or not manifest.build else "ok",
            built + (": behind the loads" if is_behind else ""),
        ),
    ]


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


def rows_aside(company: str | None, load_id: str | None) -> list[dict[str, object]]:
    """Return the rows put aside as of the last build, of one load or of all."""
    where = {"load_id": load_id} if load_id else None
    found = metrics(company_folder(company)).rows("quarantine", Scope.everything(), where)
    return found.to_struct_array().to_pylist()


def additive_metrics(folder: Path, settings: Settings) -> list[str]:
    """Return the names of the metrics whose plans can be cut to days."""
    known = catalogue(folder, settings)
    return [name for name in known.names if known.is_flow(name)]
