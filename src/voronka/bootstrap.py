"""The one place that chooses the concrete engine, store and connectors and puts a company together."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cached_property, partial
from hashlib import sha256
from pathlib import Path
from shutil import rmtree
from threading import Lock
from time import monotonic

from voronka.analyses.computations import computations, computations_of_example
from voronka.connectors.files import FilesConnector
from voronka.demo.readying import DEMO_FILE, DemoFolder, DemoWish
from voronka.domain.errors import QuestionError, SettingsError, VoronkaError
from voronka.domain.scope import Scope
from voronka.lake.delta import DeltaStore
from voronka.lake.duckdb_engine import DuckDBEngine
from voronka.lake.ledger import Ledger, Load
from voronka.lake.memory_engine import MemoryEngine
from voronka.lake.session import Limits, Session, delta_rows, own_folder
from voronka.metrics.answer import records
from voronka.metrics.catalogue import Catalogue, constants_of
from voronka.metrics.definition import Choice
from voronka.metrics.process_titles import titles_in
from voronka.metrics.query import Metrics, MetricsCompany
from voronka.operations import FILE
from voronka.operations.people import People as People  # noqa: PLC0414 - doors take it from here
from voronka.pipeline.backing_up import Backup, back_up
from voronka.pipeline.building import Progress
from voronka.pipeline.checking import Remark, doubts, remarks
from voronka.pipeline.defining import LiveDefinitions, OwnDefinitions
from voronka.pipeline.deploying import LEAST_MEMORY, deployment_found
from voronka.pipeline.entering import write_merges, write_plans
from voronka.pipeline.examining import Finding, check_roles, definitions_found, examine, installed
from voronka.pipeline.foreign_logs import ForeignLog, LogWish, read_foreign_log
from voronka.pipeline.freshness import StreamFreshness, freshness, last_of_stream
from voronka.pipeline.staffing import write_staff
from voronka.pipeline.streams import StreamState, stream_states
from voronka.pipeline.trying import trial
from voronka.pipeline.workplace import Workplace
from voronka.reports.links import RecordLinks
from voronka.settings import Settings, company_folder, load_settings
from voronka.transform.pipelines import Pipeline, read_pipelines
from voronka.transform.runner import views
from voronka.transform.sources import Source, read_sources
from voronka.transform.staging import StreamLoads

LAKE = "lake"
DEMO_LINK = "demo"
"""The purpose of the one-time links into a made company."""

ASIDE = ("load_id", "file", "row_number", "key", "reason", "message")
"""What is told of a row put aside."""


def utc_now() -> datetime:
    """Return the time in UTC without a zone."""
    return datetime.now(UTC).replace(tzinfo=None)


def limits(settings: Settings, folder: Path, sharers: int = 1) -> Limits:
    """Return what the engine may use; it spills into the company's lake."""
    return Limits(settings.engine.memory_limit, settings.engine.threads, folder / LAKE / ".spill", sharers)


@dataclass(frozen=True)
class OpenCompany:
    """A company opened for its people: figures, accounts, settings; safe to share between threads.

    It sees builds and loads that finish meanwhile, and definitions that change; other settings are another one's. The
    engine and the lake must not be used in a process forked from this one: start others afresh.
    """

    folder: Path
    settings: Settings
    metrics: Metrics
    people: People
    clock: Callable[[], datetime]
    _engine: DuckDBEngine
    _ledger: Ledger
    _session: Session
    _definitions: LiveDefinitions
    _seen: dict[str, list[StreamFreshness]]
    _lock: Lock

    @property
    def is_demo(self) -> bool:
        """Say whether this is a made company."""
        return (self.folder / DEMO_FILE).is_file()

    def local(self, moment: datetime) -> datetime:
        """Return a moment in UTC as the company's clocks show it, without a zone."""
        return _local(moment, self.settings)

    @cached_property
    def settings_mark(self) -> str:
        """Return a text that is another one under other settings."""
        return sha256(self.settings.model_dump_json().encode()).hexdigest()[:16]

    def as_set_now(self) -> "OpenCompany":
        """Return it under the settings that its file holds now; VoronkaError where they cannot be in force."""
        if (settings := load_settings(self.folder)) == self.settings:
            return self
        live = _live(self.folder, settings, self.clock)
        metrics = _metrics(self.folder, settings, self._engine, self.clock, live.now())
        return replace(self, settings=settings, metrics=metrics, _definitions=live, _seen={})

    def metrics_under(self, settings: Settings) -> Metrics:
        """Return the way to the same data under settings that are tried; VoronkaError where they cannot be in force."""
        check_roles(settings, known := own_definitions(self.folder, settings).checked())
        return _metrics(self.folder, settings, self._engine, self.clock, known)

    def look_at_definitions(self) -> None:
        """Take over the metrics whose files have changed; `metrics.catalogue.notice` says which file is broken."""
        found = self._definitions.now()
        if found is not self.metrics.catalogue:
            self.metrics.catalogue = found

    def data_version(self) -> str:
        """Return a text that changes whenever the figures' data do, '' before the first build."""
        return self._engine.data_version()

    def built_at(self) -> datetime | None:
        """Return when the figures were built (UTC), None if never."""
        built = self._engine.built_at()
        return datetime.fromisoformat(built) if built else None

    def freshness(self) -> list[StreamFreshness]:
        """Return what is loaded and how fresh it is, as of the last build; worked out once per build."""
        version = self.data_version()
        with self._lock:
            if version not in self._seen:
                found = freshness(self._sources(), self._ledger.loads(), self._rows, self.clock(), self._last_event)
                self._seen.clear()
                self._seen[version] = found
            return self._seen[version]

    def data_until(self) -> date | None:
        """Return the company's day of the last event in the data that is not yet to come; None where there is none."""
        found = (each.last_event_at for each in self.freshness())
        return max((self._day(each) for each in found if each is not None), default=None)

    def _last_event(self, stream: StreamLoads, times: Sequence[str]) -> datetime | date | None:
        try:
            with trial(self.folder, self.settings, LAKE, self.clock) as work:
                return last_of_stream(work, stream, times, self.clock())
        except VoronkaError:  # `voronka doctor` tells what is wrong with a stream; pages must not go out for it
            return None

    def _day(self, event: datetime | date) -> date:
        if not isinstance(event, datetime):
            return event
        return event.replace(tzinfo=UTC).astimezone(self.settings.zone()).date()

    @cached_property
    def record_links(self) -> RecordLinks:
        """Return where records are seen in their own systems."""
        return RecordLinks.of(self._sources().values())

    def loads(self) -> list[Load]:
        """Return the ledger of loads, the oldest first; times in UTC."""
        return self._ledger.loads()

    def streams(self) -> list[StreamState]:
        """Return what is mapped and what of it is loaded; VoronkaError where a file of a source cannot be read."""
        return stream_states(read_sources(self.folder), self._ledger.loads())

    def pipelines(self) -> list[Pipeline]:
        """Return what the files of pipelines/ say; nothing while one of them is broken: `voronka check` tells that."""
        try:
            return read_pipelines(self.folder)
        except VoronkaError:
            return []

    def _rows(self, sql: str, parameters: Mapping[str, object]) -> list[Mapping[str, object]]:
        return [*records(self._engine.execute(sql, parameters))]

    def _sources(self) -> Mapping[str, Source]:
        try:
            return read_sources(self.folder)
        except VoronkaError:  # `voronka check` and `import` tell it; pages must not go out while a mapping is edited
            return {}

    def interrupt(self) -> None:
        """Stop the questions under way; whoever asked is told so by a RetryError."""
        self._engine.interrupt()

    def close(self) -> None:
        """Stop the questions under way, and give memory and connections back."""
        self.metrics.close()
        self._session.close()
        self.people.database.close()


def ready_demo(  # noqa: PLR0913 - what a person may wish for, each with a name
    folder: Path,
    say: Callable[[str], None],
    progress: Progress,
    *,
    managers: int | None = None,
    months: int | None = None,
    seed: int | None = None,
    fresh: bool = False,
    keep: bool = False,
    clock: Callable[[], datetime] = utc_now,
) -> None:
    """Make a folder hold a made company of today; see DemoFolder.ready. None: as it is, else the generator's choice."""
    place = DemoFolder(
        folder,
        DemoWish(managers, months, seed),
        clock,
        lambda place: workplace(str(place), clock),
        lambda work: additive_metrics(work.folder, work.settings),
    )
    place.ready(say, progress, fresh=fresh, keep=keep)


def demo_link(company: OpenCompany) -> str:
    """Return the token of a one-time link into a made company; SettingsError for a real one."""
    if not company.is_demo:
        raise SettingsError("one-time links lead into a demo company only", where=str(company.folder))
    people = company.people
    found = [user for user in people.accounts.users() if user.role == DEMO_LINK]
    user = found[0] if found else people.accounts.add_user("Demo", None, DEMO_LINK)
    return people.links.issue(user.user_id, DEMO_LINK, timedelta(days=1))


def open_for_people(company: str | None, clock: Callable[[], datetime] = utc_now, sharers: int = 1) -> OpenCompany:
    """Open a company's figures and accounts; SettingsError where there is none.

    `sharers` are the processes that have it open together: each uses its part of the engine's memory.
    """
    folder = company_folder(company)
    settings = load_settings(folder)
    bounds = limits(settings, folder, sharers)
    if sharers > 1 and bounds.bytes_each() < LEAST_MEMORY:
        raise SettingsError(
            f"{sharers} workers would have {bounds.bytes_each() // 2**20} MB each, too little to answer with",
            where="engine.memory_limit",
            do="Give fewer workers, or more memory",
        )
    live = _live(folder, settings, clock)
    engine, store, session = _engine(folder, settings, sharers), DeltaStore(folder / LAKE), Session(bounds)
    return OpenCompany(
        folder,
        settings,
        _metrics(folder, settings, engine, clock, live.now()),
        people_of(folder, settings, clock),
        clock,
        engine,
        Ledger(store, lambda name: delta_rows(store, session, name), clock),
        session,
        live,
        {},
        Lock(),
    )


def _live(folder: Path, settings: Settings, clock: Callable[[], datetime]) -> LiveDefinitions:
    live = LiveDefinitions(own_definitions(folder, settings), lambda: _local(clock(), settings), monotonic)
    check_roles(settings, live.now())
    return live


@contextmanager
def serving_place(folder: Path) -> Iterator[Path]:
    """Give a folder for what the processes of one server know together; it ends with the server."""
    place = own_folder(folder / LAKE / ".serving")
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        yield place
    finally:
        rmtree(place, ignore_errors=True)


def backed_up(company: str | None, target: Path, clock: Callable[[], datetime] = utc_now) -> Backup:
    """Write a company into a new file, whoever works on it meanwhile, and return what is in it."""
    folder = company_folder(company)
    session = Session(limits(load_settings(folder), folder))
    try:
        return back_up(folder, DeltaStore(folder / LAKE), session, target, clock())
    finally:
        session.close()


def people_of(folder: Path, settings: Settings, clock: Callable[[], datetime] = utc_now) -> People:
    """Return who may see a company; app.db is made where there is none."""
    return People.of(folder, timedelta(days=settings.web.session_days), clock)


@contextmanager
def workplace(company: str | None = None, clock: Callable[[], datetime] = utc_now) -> Iterator[Workplace]:
    """Open a company for imports and builds."""
    folder = company_folder(company)
    settings = load_settings(folder)
    _write_entered(folder, settings)
    store = DeltaStore(folder / LAKE)
    session = Session(limits(settings, folder), joins_lists=False)
    try:
        ledger = Ledger(store, lambda name: delta_rows(store, session, name), clock)
        files = FilesConnector(folder, settings.limits)
        sources, pipelines = read_sources(folder), read_pipelines(folder)
        yield Workplace(folder, settings, sources, pipelines, store, session, ledger, files, clock)
    finally:
        session.close()


@contextmanager
def trial_place(company: str | None = None, clock: Callable[[], datetime] = utc_now) -> Iterator[Workplace]:
    """Open a company to try files on, or a folder that is none yet; nothing is written."""
    found = folder_if_any(company, must=False)
    settings = None if found is None else load_settings(found)
    with trial(found or Path(company or ".").absolute(), settings, LAKE, clock) as work:
        yield work


def foreign_log(company: str | None, wish: LogWish, clock: Callable[[], datetime] = utc_now) -> ForeignLog:
    """Return the events of a file, nothing of which is kept; it needs no company, and takes the zone of one."""
    found = folder_if_any(company)
    settings = Settings(time_zone="UTC") if found is None else load_settings(found)
    memory = settings.engine.memory_limit
    with trial(found or Path.cwd(), settings, LAKE, clock, memory) as work:
        return read_foreign_log(work, wish)


def zone_of(company: str | None) -> str | None:
    """Return the time zone of a company, None where there is no company yet."""
    folder = folder_if_any(company, must=False)
    return None if folder is None else load_settings(folder).time_zone


def _write_entered(folder: Path, settings: Settings) -> None:
    """Write down what people have entered, where anybody has a database to enter it in."""
    if not (folder / FILE).is_file():
        return
    people = people_of(folder, settings)
    try:
        write_plans(folder, people.plans.statements())
        write_merges(folder, people.merges.statements())
        write_staff(folder, people.staff.edits(), people.staff.in_force(), settings.zone())
    finally:
        people.database.close()


def reread(work: Workplace) -> Workplace:
    """Return the workplace with the sources and pipelines as their files are now."""
    return replace(work, sources=read_sources(work.folder), pipelines=read_pipelines(work.folder))


def folder_of(company: str | None) -> Path:
    """Return a company's folder; SettingsError where there is none."""
    return company_folder(company)


def folder_if_any(company: str | None, *, must: bool = True) -> Path | None:
    """Return a company's folder, None where the current one is not one; `must`: a folder that was named is one."""
    try:
        return company_folder(company)
    except SettingsError:
        if company is not None and must:
            raise
        return None


def language_of(company: str | None, *, must: bool = True) -> str:
    """Return the language of a company, English where there is none; `must`: a folder that was named is one."""
    folder = folder_if_any(company, must=must)
    return "en" if folder is None else load_settings(folder).language


def catalogue_of(folder: Path | None) -> Catalogue:
    """Return the metrics of a company, the built-in ones where there is none."""
    return Catalogue.load() if folder is None else catalogue(folder, load_settings(folder))


def examined(company: str | None) -> list[Finding]:
    """Return the state of this installation, and of a company's files, lake and last build."""
    found = installed("voronka", "duckdb", "deltalake", "sqlglot")
    try:
        with workplace(company) as work:
            found += examine(work, additive_metrics(work.folder, work.settings))
            known = catalogue(work.folder, work.settings)
            check_roles(work.settings, known)
            found.append(definitions_found(known))
            found += deployment_found(work.folder, work.settings, LAKE)
            told = {each.detail for each in found}
            found += [Finding(each.subject, "note", each.text) for each in remarks_of(work) if each.text not in told]
    except VoronkaError as fault:
        found.append(Finding("company", "wrong", str(fault)))
    return found


def own_definitions(folder: Path, settings: Settings) -> OwnDefinitions:
    """Return what a company lays over the built-in metrics: its files, the variants chosen, the numbers set."""
    chosen = {name: Choice(each.use, each.since) for name, each in settings.variants.items()}
    return OwnDefinitions(folder, chosen, constants_of(settings))


def checked_catalogue(company: str | None) -> Catalogue:
    """Return the metrics as a company's files say now; DefinitionError or SettingsError names what is wrong."""
    folder = company_folder(company)
    return own_definitions(folder, load_settings(folder)).checked()


def example_faults(company: str | None) -> tuple[int, list[str]]:
    """Return how many worked examples a company's own metrics have, and a line for all that does not come out."""
    settings = load_settings(folder := company_folder(company))
    return own_definitions(folder, settings).example_faults(MemoryEngine, partial(computations_of_example, settings))


def catalogue(folder: Path, settings: Settings, clock: Callable[[], datetime] = utc_now) -> Catalogue:
    """Return a company's metrics in force: its own over the built-in ones, the last good where a file is broken."""
    return own_definitions(folder, settings).in_force(_local(clock(), settings))


def _local(moment: datetime, settings: Settings) -> datetime:
    return moment.replace(tzinfo=UTC).astimezone(settings.zone()).replace(tzinfo=None)


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


def _engine(folder: Path, settings: Settings, sharers: int = 1) -> DuckDBEngine:
    return DuckDBEngine(DeltaStore(folder / LAKE), views(), limits(settings, folder, sharers), settings.engine.seconds)


def _metrics(
    folder: Path,
    settings: Settings,
    engine: DuckDBEngine,
    clock: Callable[[], datetime],
    known: Catalogue | None = None,
) -> Metrics:
    def today() -> date:
        return clock().replace(tzinfo=UTC).astimezone(settings.zone()).date()

    def known_until() -> datetime:
        built = engine.built_at()
        return datetime.fromisoformat(built) if built else clock()

    titles = partial(titles_in, folder)
    company = MetricsCompany(settings.currency, today, settings.time_zone, known_until, titles, data_may_end=True)
    return Metrics(engine, known or catalogue(folder, settings, clock), company, computations(settings, known_until))


def record_links_of(company: str | None) -> RecordLinks:
    """Return where a company's records are seen in their own systems."""
    return RecordLinks.of(read_sources(company_folder(company)).values())


def rows_aside(company: str | None, load_id: str | None) -> list[dict[str, object]]:
    """Return the rows put aside as of the last build, of one load or of all."""
    with built_metrics(company) as opened:
        found = opened.rows("quarantine", Scope.everything(), {"load_id": load_id} if load_id else None, ASIDE)
    return records(found)


def remarks_of(work: Workplace) -> list[Remark]:
    """Return what a person should look at after the last build; nothing where there was none."""
    engine = _engine(work.folder, work.settings)
    try:
        if not engine.built_at():
            return []
        known = _metrics(work.folder, work.settings, engine, work.clock)
        notice = known.catalogue.notice
        return [*([Remark("metrics", notice)] if notice else []), *remarks(known, work.ledger.loads())]
    finally:
        engine.close()


def doubts_of(company: str | None) -> list[Remark]:
    """Return what was doubtful in the last load of each stream."""
    with trial_place(company) as work:
        return doubts(work.ledger.loads())


def additive_metrics(folder: Path, settings: Settings) -> list[str]:
    """Return the names of the metrics whose plans can be cut to days."""
    known = catalogue(folder, settings)
    return [name for name in known.names if known.is_flow(name)]
