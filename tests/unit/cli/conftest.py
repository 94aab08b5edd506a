"""A company on disk and the command line over it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.company import CompanyFolder
from voronka.cli.main import main

Voronka = Callable[..., Result]

DEALS = """\
no,who,team,sum,made,won,stage
1,Anna,North,100.50,2026-01-05,2026-01-10,Won
2,Anna,North,200,2026-01-06,2026-02-10,Lost
3,Boris,South,1000.25,2026-01-07,2026-02-11,Won
4,,,7,2026-01-08,2026-02-12,Won
"""
SALES = """\
pipeline: sales
stages:
  - { id: New }
  - { id: Won, outcome: won }
  - { id: Lost, outcome: lost }
"""


@pytest.fixture(scope="session")
def built_company(tmp_path_factory: pytest.TempPathFactory) -> CompanyFolder:
    """Return a Russian company that was imported and built; tests only ask it."""
    company = new_company(tmp_path_factory.mktemp("built") / "Компания", "ru")
    company.load_and_build()
    return company


@pytest.fixture
def company(tmp_path: Path) -> CompanyFolder:
    """Return an English company with an export and its mapping, nothing imported yet."""
    return new_company(tmp_path / "Компания")


def new_company(folder: Path, language: str = "en") -> CompanyFolder:
    """Return a company with four deals."""
    company = CompanyFolder(folder, settings=f'language = "{language}"')
    columns = {"deal_id": "no", "employee": "who", "amount": "sum", "created_at": "made", "closed_at": "won"}
    company.stream("crm", "deals", DEALS, into="deals", key="no", columns={**columns, "stage": "stage"})
    company.stream("crm", "people", "who,team\nAnna,North\nBoris,South\n", into="employees", columns=PEOPLE)
    company.pipeline(SALES)
    return company


PEOPLE = {"name": "who", "team": "team"}


@pytest.fixture
def voronka() -> Voronka:
    """Return a function that runs a command in this process; what was not foreseen is raised."""

    def run(*arguments: str, company: CompanyFolder | None = None) -> Result:
        named = ["--company", str(company.folder)] if company else []
        result = CliRunner().invoke(main, [*arguments, *named])
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run
