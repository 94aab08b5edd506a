"""The board on the command line: places for people, rows for programs."""

import json

import pytest

from tests.company import CompanyFolder
from tests.unit.cli.conftest import Voronka, new_company

CALLS = """\
no,who,at,seconds
1,Anna,2026-03-06 10:00,3600
2,Anna,2026-03-06 11:00,0
3,Boris,2026-03-06 12:00,1800
4,Clara,2026-03-06 12:00,60
"""
DAYS = ("--from", "2026-03-02", "--to", "2026-03-08", "--metric", "calls")


@pytest.fixture(scope="module")
def calling(tmp_path_factory: pytest.TempPathFactory) -> CompanyFolder:
    """Return a built company whose people call."""
    company = new_company(tmp_path_factory.mktemp("calling") / "Company")
    columns = {"activity_id": "no", "employee": "who", "started_at": "at", "talk_seconds": "seconds"}
    company.stream("phone", "calls", CALLS, into="calls", key="no", columns=columns)
    company.load_and_build()
    return company


def test_places_are_printed_with_shared_ones_marked(voronka: Voronka, calling: CompanyFolder) -> None:
    result = voronka("report", "board", *DAYS, "--format", "json", company=calling)
    assert result.exit_code == 0, result.stderr
    rows = [
        (row["place"], row["who"], row["metric"], row["value"]) for row in json.loads(result.stdout) if not row["list"]
    ]
    assert rows == [("1", "Anna", "calls", 2), ("2=", "Boris", "calls", 1), ("2=", "Clara", "calls", 1)]
    table = voronka("report", "board", *DAYS, company=calling)
    assert "Anna" in table.stdout
    assert "calls" in table.stderr


def test_a_rate_has_no_places(voronka: Voronka, calling: CompanyFolder) -> None:
    result = voronka("report", "board", "--metric", "win_rate", company=calling)
    assert result.exit_code != 0
    assert "has no places" in result.stderr
