import json

from tests.company import CompanyFolder
from tests.unit.cli.conftest import Voronka

WRONG = "no,who,team,sum,made,won,stage\n7,Anna,North,1,2026-01-05,2026-01-04,Won\n"


def test_check_sums_up_and_lists_what_one_check_found(voronka: Voronka, company: CompanyFolder) -> None:
    company.export("crm", "deals", WRONG, suffix="-2")
    company.load()
    built = voronka("build", company=company)
    assert "1 thing to look at: voronka check" in built.stderr
    result = voronka("check", company=company)
    assert result.exit_code == 0
    assert "crm:7" in result.stdout
    assert "closed_before_created: closed before it was made" in result.stdout
    (row,) = json.loads(voronka("check", "closed_before_created", "--format", "json", company=company).stdout)
    assert (row["entity"], row["entity_id"]) == ("deal", "crm:7")
    (row,) = json.loads(voronka("check", "--format", "json", company=company).stdout)
    assert (row["check"], row["rows"]) == ("closed_before_created", 1)
    doctor = voronka("doctor", "--format", "json", company=company)
    assert {"what": "quality", "state": "note", "detail": "1 thing to look at: voronka check"} in json.loads(
        doctor.stdout
    )


def test_where_nothing_is_wrong_it_says_so(voronka: Voronka, built_company: CompanyFolder) -> None:
    assert voronka("check", company=built_company).stdout == "Nothing was found wrong.\n"


def test_before_a_build_there_is_nothing_to_check(voronka: Voronka, company: CompanyFolder) -> None:
    for command in (("check",), ("query", "deals_won"), ("loads", "aside")):
        result = voronka(*command, company=company)
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr == "voronka: nothing is built yet. Run `voronka build`.\n"
