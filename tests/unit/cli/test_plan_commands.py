"""Plans stated on the command line, and what the figures then show."""

import json
from pathlib import Path

import pytest

from tests.company import CompanyFolder
from tests.unit.cli.conftest import Voronka, new_company

JANUARY = ("--from", "2026-01-01", "--to", "2026-01-31")


@pytest.fixture(scope="module")
def planning(tmp_path_factory: pytest.TempPathFactory) -> CompanyFolder:
    """Return a built company; every test states plans of its own."""
    company = new_company(tmp_path_factory.mktemp("planning") / "Company")
    company.load_and_build()
    return company


def test_a_plan_that_was_stated_is_shown_after_the_build(voronka: Voronka, planning: CompanyFolder) -> None:
    said = voronka("plan", "set", "revenue", "1 000,50", "--employee", "anna", *JANUARY, company=planning)
    assert said.stdout == "revenue of anna from 2026-01-01 to 2026-01-31: 1000.50\n"
    assert "voronka build" in said.stderr
    assert voronka("plan", "set", "revenue", "700", "--team", "North", *JANUARY, company=planning).exit_code == 0
    assert voronka("build", company=planning).exit_code == 0
    asked = ("query", "revenue", "revenue_plan", "--by", "employee", *JANUARY, "--format", "json")
    rows = {row["employee"]: row for row in json.loads(voronka(*asked, company=planning).stdout)}
    assert rows["Anna"]["revenue_plan"] == 1000.5
    of_teams = ("query", "revenue_plan", "--by", "team", *JANUARY, "--format", "json")
    assert json.loads(voronka(*of_teams, company=planning).stdout)[0]["revenue_plan"] == 700


def test_the_latest_statements_are_listed_and_all_on_demand(voronka: Voronka, planning: CompanyFolder) -> None:
    for value in ("5", "6"):
        assert voronka("plan", "set", "deals_won", value, *JANUARY, company=planning).exit_code == 0
    listed = json.loads(voronka("plan", "list", "--format", "json", company=planning).stdout)
    (won,) = [row for row in listed if row["metric"] == "deals_won"]
    assert (won["of"], won["name"], won["from"], won["to"], won["value"]) == (
        "company",
        None,
        "2026-01-01",
        "2026-01-31",
        6,
    )
    everything = json.loads(voronka("plan", "list", "--all", "--format", "json", company=planning).stdout)
    assert [row["value"] for row in everything if row["metric"] == "deals_won"] == [5, 6]
    assert voronka("build", company=planning).exit_code == 0
    twice = voronka("check", "plan_stated_twice", "--format", "json", company=planning)
    assert json.loads(twice.stdout) == []  # the later statement holds: nobody has to choose


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("revenu", "1", *JANUARY), "Unknown metric: revenu"),
        (("revenue", "much", *JANUARY), "not a number: much"),
        (("revenue", "1", "--employee", "Ana", *JANUARY), "no such employee: Ana. Did you mean Anna?"),
        (("revenue", "1", "--employee", "Anna", "--team", "North", *JANUARY), "an employee's or a team's"),
        (("revenue", "1", "--from", "2026-02-01", "--to", "2026-01-01"), "ends before it begins"),
        (("first_response_median", "1", *JANUARY), "An analysis has no plan"),
    ],
)
def test_what_cannot_be_planned_is_refused(
    voronka: Voronka, planning: CompanyFolder, arguments: tuple[str, ...], said: str
) -> None:
    result = voronka("plan", "set", *arguments, company=planning)
    assert result.exit_code != 0
    assert said in result.stderr


def test_before_the_first_build_nobody_is_known(voronka: Voronka, tmp_path: Path) -> None:
    company = new_company(tmp_path / "Company")
    assert "nothing is built yet" in voronka("plan", "set", "revenue", "1", *JANUARY, company=company).stderr
    assert "(no rows)" in voronka("plan", "list", company=company).stdout
