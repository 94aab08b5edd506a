"""`greyzones` prints the zones of a company as a table, as JSON and as CSV."""

import json

from tests.company import CompanyFolder
from tests.unit.cli.conftest import Voronka


def test_where_only_the_present_stages_are_known_it_is_not_said_that_there_are_no_grey_zones(
    voronka: Voronka, built_company: CompanyFolder
) -> None:
    said = voronka("greyzones", company=built_company)
    assert "известен только нынешний этап: 4" in said.stderr
    assert "Серых зон нет" not in said.stderr
    told = json.loads(voronka("greyzones", "--format", "json", company=built_company).stdout)
    assert (told["grey_hours"], told["zones"], told["proposals"], told["stuck"]) == (0, [], [], [])
    assert voronka("greyzones", "--format", "csv", "--show", "stuck", company=built_company).stdout == ""


def test_cases_are_chosen_as_everywhere(voronka: Voronka, built_company: CompanyFolder) -> None:
    found = voronka("greyzones", "--pipeline", "sale", company=built_company)
    assert found.exit_code == 2
    assert "sales?" in found.stderr
    assert voronka("greyzones", "--kind", "stage", company=built_company).exit_code == 2
