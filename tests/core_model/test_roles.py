"""Roles that a company sets, laid over those that its sources tell."""

from tests.company import CompanyFolder
from tests.core_model.test_people import NEVER, day

EVER = day("1900-01-01")
PEOPLE = {"employee_id": "id", "name": "name", "team": "team", "role": "role", "valid_from": "from"}


def people(company: CompanyFolder) -> None:
    text = (
        "id,name,team,role,from\n7,Anna,West,sdr,2026-01-01\n7,Anna,East,sdr,2026-02-01\n"
        "8,Boris,West,sdr,2026-01-01\n9,Vera,,,2026-01-01\n"
    )
    company.stream("crm", "people", text, into="employees", columns=PEOPLE, key=["id", "from"])


def test_a_role_that_is_set_stands_before_the_sources_and_keeps_the_team(company: CompanyFolder) -> None:
    people(company)
    company.write(
        "voronka.toml",
        """
        [roles.ae]
        people = [{ employee = "crm:7", from = 2026-01-15, to = 2026-02-09 }, { employee = "Vera", from = 2026-02-01 }]
        """,
    )
    company.load_and_build()
    assert company.table("employee_team", "employee_id valid_from valid_to team_id role") == [
        ("crm:7", day("2026-01-01"), day("2026-01-15"), "name:west", "sdr"),
        ("crm:7", day("2026-01-15"), day("2026-02-01"), "name:west", "ae"),
        ("crm:7", day("2026-02-01"), day("2026-02-10"), "name:east", "ae"),
        ("crm:7", day("2026-02-10"), NEVER, "name:east", "sdr"),
        ("crm:8", day("2026-01-01"), NEVER, "name:west", "sdr"),
        ("crm:9", day("2026-02-01"), NEVER, None, "ae"),
    ]


def test_one_person_may_hold_two_roles_and_be_known_to_no_team(company: CompanyFolder) -> None:
    people(company)
    company.write(
        "voronka.toml",
        """
        [roles.ae]
        people = [{ employee = "crm:9" }]
        [roles.first_line]
        people = [{ employee = "crm:9", from = 2026-02-01 }]
        """,
    )
    company.load_and_build()
    found = company.table("employee_team", "employee_id valid_from valid_to team_id role", "employee_id = 'crm:9'")
    assert found == [
        ("crm:9", EVER, NEVER, None, "ae"),
        ("crm:9", day("2026-02-01"), NEVER, None, "first_line"),
    ]
