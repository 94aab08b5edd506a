from datetime import datetime
from pathlib import Path

import pytest

from voronka.demo.clients import Clients
from voronka.demo.company import made_past, make_company
from voronka.demo.contacts import Past
from voronka.demo.plan import DemoPlan

UNTIL = datetime.fromisoformat("2026-11-20 12:00")  # 15:00 in Moscow, a Friday


@pytest.fixture(scope="session")
def plan() -> DemoPlan:
    """Return the plan of a small company: 24 managers, four months, little routine."""
    return DemoPlan(seed=7, months=4, volume=0.05, until=UNTIL)


@pytest.fixture(scope="session")
def made(plan: DemoPlan) -> tuple[Past, Clients]:
    """Return the people, leads, deals and clients of the small company."""
    return made_past(plan)


@pytest.fixture(scope="session")
def past(made: tuple[Past, Clients]) -> Past:
    """Return the people, leads and deals of the small company."""
    return made[0]


@pytest.fixture(scope="session")
def clients(made: tuple[Past, Clients]) -> Clients:
    """Return the clients of the small company that buy again."""
    return made[1]


@pytest.fixture(scope="session")
def folder(plan: DemoPlan, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the small company, its exports written."""
    place = tmp_path_factory.mktemp("company")
    make_company(place, plan)
    return place
