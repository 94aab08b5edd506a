"""All that a run works with: a company's files, its lake and a session of the engine."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from voronka.connectors.files import FilesConnector
from voronka.lake.delta import DeltaStore
from voronka.lake.ledger import Ledger
from voronka.lake.session import Session
from voronka.settings import Settings
from voronka.transform.pipelines import Pipeline
from voronka.transform.sources import Source


@dataclass(frozen=True)
class Workplace:
    """A company as a run sees it; `clock` gives the time in UTC without a zone."""

    folder: Path
    settings: Settings
    sources: dict[str, Source]
    pipelines: list[Pipeline]
    store: DeltaStore
    session: Session
    ledger: Ledger
    files: FilesConnector
    clock: Callable[[], datetime]
