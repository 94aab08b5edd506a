from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal

import pytest

from tests.company import CompanyFolder
from voronka.lake.session import Session, literal
from voronka.transform.readers import cleaned, read, typed_text
from voronka.transform.readings import Need, Zones, decide
from voronka.transform.sources import Read

Values = Callable[..., list[Any]]


@pytest.fixture(scope="session")
def session() -> Iterator[Session]:
    """Return a session that all tests of this room share."""
    found = Session()
    yield found
    found.close()


@pytest.fixture
def company(tmp_path: Path) -> CompanyFolder:
    """Return an empty company folder in Moscow."""
    return CompanyFolder(tmp_path / "company")


@pytest.fixture
def values(session: Session) -> Values:
    """Return a function that reads the texts of one column as the whole load would have it."""

    def read_column(  # noqa: PLR0913 - what a stream may set
        reader: str,
        *texts: str,
        zone: str = "Europe/Moscow",
        company_zone: str = "Europe/Moscow",
        decimal: Literal["auto", ",", "."] = "auto",
        dates: str = "auto",
        unit: str = "",
    ) -> list[Any]:
        rows = ", ".join(f"({number}, {literal(text)})" for number, text in enumerate(texts))
        relation = f"(SELECT n, {cleaned('x', ('',))} AS t FROM (VALUES {rows}) AS said(n, x))"
        need = Need("x", reader, "t", "v", "x", unit)
        reading = decide(session, relation, [need], Read(decimal=decimal, dates=dates), Zones(zone, company_zone))[
            need.key
        ]
        sql = read(reading, typed_text("t", reading), company_zone)
        return [row["v"] for row in session.rows(f"SELECT {sql} AS v FROM {relation} ORDER BY n")]

    return read_column
