"""The manifest of the core: which version of every table the last finished build made visible."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from voronka.lake.delta import DeltaStore
from voronka.lake.session import Session, delta_rows

MANIFEST = "core/_build"
"""The one-row table that names, for the last finished build, the version of every core table."""


@dataclass(frozen=True)
class Manifest:
    """A finished build: its number, its time (ISO, UTC) and the version of each table."""

    build: int = 0
    at: str = ""
    versions: Mapping[str, int] = field(default_factory=dict)

    def text(self) -> str:
        """Return a text that changes whenever the contents of the core do, '' before the first build."""
        told = json.dumps([self.at, sorted(self.versions.items())])
        return f"{self.build}-{hashlib.sha256(told.encode()).hexdigest()[:12]}" if self.build else ""


def read_manifest(store: DeltaStore, session: Session) -> Manifest:
    """Return the last finished build, an empty one where nothing was built yet."""
    rows = delta_rows(store, session, MANIFEST)
    return Manifest(**json.loads(rows[0]["manifest"])) if rows else Manifest()
