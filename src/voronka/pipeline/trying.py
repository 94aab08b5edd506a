"""Opens a company to try files on, or a folder that is none yet as if it were one: nothing is written."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from voronka.connectors.files import FilesConnector
from voronka.lake.delta import DeltaStore
from voronka.lake.ledger import Ledger
from voronka.lake.session import Limits, Session, delta_rows
from voronka.pipeline.workplace import Workplace
from voronka.settings import Settings
from voronka.transform.pipelines import read_pipelines
from voronka.transform.sources import read_sources

_MEMORY = "192MiB"
"""Memory of the engine while a file is tried: it may run beside the pages, on the same machine."""


@contextmanager
def trial(
    folder: Path, settings: Settings | None, lake: str, clock: Callable[[], datetime], memory: str = _MEMORY
) -> Iterator[Workplace]:
    """Open a folder for trials; without settings it is no company yet: no sources, and the settings by default.

    What does not fit into the `memory` ('' = as much as builds have) goes into a folder of its own, removed at the end.
    """
    sources, pipelines = ({}, []) if settings is None else (read_sources(folder), read_pipelines(folder))
    in_force = settings or Settings()
    store = DeltaStore(folder / lake)
    with TemporaryDirectory(prefix="voronka-") as spill:
        session = Session(Limits(memory, in_force.engine.threads, Path(spill)), joins_lists=False)
        try:
            ledger = Ledger(store, lambda name: delta_rows(store, session, name), clock)
            files = FilesConnector(folder, in_force.limits)
            yield Workplace(folder, in_force, sources, pipelines, store, session, ledger, files, clock)
        finally:
            session.close()
