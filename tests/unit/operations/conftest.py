"""An operations database on disk, a clock that is set by hand, and a hash that costs nothing."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from voronka.operations.access import Access
from voronka.operations.accounts import Accounts
from voronka.operations.database import Database
from voronka.operations.links import Links
from voronka.operations.plans import Plans
from voronka.operations.sessions import Sessions

QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@dataclass
class Clock:
    """A clock that goes when it is told to."""

    now: datetime = field(default_factory=lambda: datetime.fromisoformat("2026-03-02 09:00"))

    def __call__(self) -> datetime:
        """Return the time."""
        return self.now

    def on(self, **passed: float) -> None:
        """Move on by hours=..., days=... and so on."""
        self.now += timedelta(**passed)


@dataclass
class Operations:
    """What one process has open of a company's app.db."""

    database: Database
    accounts: Accounts
    sessions: Sessions
    links: Links
    plans: Plans
    access: Access
    clock: Clock


def opened(path: Path, clock: Clock) -> Operations:
    """Open a database as another process would."""
    database = Database(path)
    sessions = Sessions(database, clock, timedelta(days=14))
    accounts, plans = Accounts(database, clock, QUICK), Plans(database, clock)
    links = Links(database, clock)
    return Operations(database, accounts, sessions, links, plans, Access.of(database, accounts, links, clock), clock)


@pytest.fixture
def operations(tmp_path: Path) -> Iterator[Operations]:
    found = opened(tmp_path / "app.db", Clock())
    yield found
    found.database.close()


@pytest.fixture
def second(tmp_path: Path, operations: Operations) -> Iterator[Operations]:
    """Return the same database opened a second time."""
    found = opened(tmp_path / "app.db", operations.clock)
    yield found
    found.database.close()
