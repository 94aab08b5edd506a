"""`late` prints sentences, JSON and CSV."""

import json

from tests.company import CompanyFolder
from tests.unit.cli.conftest import Voronka


def test_a_company_without_leads_has_none_that_are_late(voronka: Voronka, built_company: CompanyFolder) -> None:
    said = voronka("late", company=built_company).stdout
    assert said in {"Лидов, по которым уже наступил срок ответа, нет.\n", "No lead's answer is due yet.\n"}
    told = json.loads(voronka("late", "--format", "json", company=built_company).stdout)
    assert (told["leads"], told["share"], told["effects"]) == (0, None, [])
    assert told["verdicts"] == {"arrivals": "too_few", "queue": "too_few"}
    assert voronka("late", "--show", "parts", "--format", "csv", company=built_company).stdout == ""


def test_an_unknown_filter_is_told(voronka: Voronka, built_company: CompanyFolder) -> None:
    assert voronka("late", "--where", "colour=red", company=built_company).exit_code == 2
