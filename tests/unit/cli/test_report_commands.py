"""The daily report on the command line: a workbook, a text, rows for programs."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.company import CompanyFolder
from tests.unit.cli.conftest import Voronka, new_company

CALLS = """\
no,who,at,seconds
1,Anna,2026-03-06 10:00,3600
2,Anna,2026-03-06 11:00,0
3,Boris,2026-03-06 12:00,1800
"""
PLANS = """\
what,who,from,to,value
calls,Anna,2026-03-06,2026-03-06,4
"""


@pytest.fixture(scope="module")
def calling(tmp_path_factory: pytest.TempPathFactory) -> CompanyFolder:
    """Return a built company whose people call."""
    company = new_company(tmp_path_factory.mktemp("calling") / "Company")
    columns = {"activity_id": "no", "employee": "who", "started_at": "at", "talk_seconds": "seconds"}
    company.stream("phone", "calls", CALLS, into="calls", key="no", columns=columns)
    columns = {"metric": "what", "employee": "who", "starts_on": "from", "ends_on": "to", "value": "value"}
    company.stream("book", "plans", PLANS, into="plans", key="auto", columns=columns)
    company.additive_metrics = ("calls",)
    company.load_and_build()
    return company


@pytest.fixture
def daily(voronka: Voronka, calling: CompanyFolder) -> Callable[..., str]:
    """Return a function that asks for the report of a Friday."""

    def run(*arguments: str) -> str:
        result = voronka("report", "daily", "--day", "2026-03-06", *arguments, company=calling)
        assert result.exit_code == 0, result.stderr
        return result.stdout

    return run


def test_the_text_has_a_line_per_person_and_a_total(daily: Callable[..., str]) -> None:
    lines = {line.split()[0]: line.split()[1:] for line in daily("--language", "en").splitlines() if line.strip()}
    assert lines["Anna"][:2] == ["2/4", "50%"]
    assert lines["Boris"][0] == "1"
    assert lines["Total"][:3] == ["3", "(2/4", "50%)"]  # Boris has no plan


def test_rows_for_programs_are_those_of_a_query(daily: Callable[..., str]) -> None:
    rows = {row["employee"]: row for row in json.loads(daily("--format", "json"))}
    assert (rows["Anna"]["calls"], rows["Anna"]["calls_plan"], rows["Anna"]["calls_attainment"]) == (2, 4, 50)
    assert rows["Boris"]["talk_time"] == 0.5
    assert daily("--format", "csv", "--team", "South").splitlines()[1].startswith("Boris,")


def test_a_workbook_is_written_where_it_is_wanted(daily: Callable[..., str], tmp_path: Path) -> None:
    file = tmp_path / "friday.xlsx"
    assert daily("--format", "xlsx", "--output", str(file), "--language", "en") == f"{file}\n"
    sheet = load_workbook(file).worksheets[0]
    assert [cell.value for cell in sheet[1]][:3] == ["Employee", "Calls", "Calls: plan"]
    assert [cell.value for cell in sheet[2]][:3] == ["Anna", 2, 4]


def test_what_cannot_be_shown_is_said(voronka: Voronka, calling: CompanyFolder) -> None:
    assert "--day is not a day: Friday" in voronka("report", "daily", "--day", "Friday", company=calling).stderr
    assert "No such team: East" in voronka("report", "daily", "--team", "East", company=calling).stderr


def test_a_plan_is_broken_down_for_everybody(voronka: Voronka, calling: CompanyFolder) -> None:
    asked = ("report", "breakdown", "--from", "2026-01-01", "--to", "2026-01-31")
    rows = json.loads(voronka(*asked, "--format", "json", company=calling).stdout)
    assert rows[-1]["level"] == "company"
    assert rows[-1]["revenue"] == 100.5
    shown = voronka(*asked, company=calling)
    assert "COMPANY" in shown.stdout
    assert "needed / planned / done" in shown.stderr
    assert "ends before it begins" in voronka("report", "breakdown", "--to", "2020-01-01", company=calling).stderr
