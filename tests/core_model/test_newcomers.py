"""People who are added in Voronka before any source tells of them, and are known by one later."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.company import AskedCompany, CompanyFolder
from tests.core_model.test_people import NEVER
from tests.core_model.test_staff import bring, state
from voronka.bootstrap import people_of, workplace
from voronka.domain.period import Period
from voronka.domain.plans import Planned
from voronka.domain.staff import PersonSaid, Placement, StaffEntry, TeamSaid
from voronka.pipeline.entering import bring_entered
from voronka.settings import load_settings

LENA = "voronka:person1"
MARCH_10 = date(2026, 3, 10)
PEOPLE = {"employee_id": "id", "name": "name", "email": "mail", "team": "team"}
CALLS = {"activity_id": "id", "employee_id": "who", "employee": "name", "started_at": "at", "talk_seconds": "secs"}


@pytest.fixture
def company(tmp_path: Path) -> CompanyFolder:
    """Return a company of Anna in West, to which Lena was added: in West from the 10th of March, 100 calls to do."""
    found = CompanyFolder(tmp_path / "company", additive_metrics=("calls",))
    found.stream("crm", "people", "id,name,mail,team\n1,Anna,anna@x.ru,West\n", into="employees", columns=PEOPLE)
    found.stream("crm", "calls", "id,who,name,at,secs\n1,1,,2026-03-10 10:00,30\n", into="calls", columns=CALLS)
    found.load()
    people = people_of(found.folder, load_settings(found.folder), lambda: found.now)
    people.plans.state(Planned("calls", "employee", LENA, Period(MARCH_10, date(2026, 3, 13)), Decimal(100)), "olga")
    people.database.close()
    state(found, "person", LENA, lena())
    return found


def lena(**known: str) -> PersonSaid:
    place = Placement(team_id="name:west", team="West", role="ae", valid_from=MARCH_10)
    said = PersonSaid(known_as="Lena Ott", name="Lena Ott", hired_on=MARCH_10, placements=(place,), is_made_here=True)
    return said.model_copy(update={"email": "lena@x.ru", "extension": "204", **known})


def people(company: CompanyFolder) -> list[tuple[object, ...]]:
    return company.table("dim_employee", "employee_id name email hired_on")


def calls(company: CompanyFolder) -> list[tuple[object, ...]]:
    return company.ask("SELECT employee_id, started_team_id, count(*) FROM fct_calls GROUP BY ALL ORDER BY ALL")


def plan(company: CompanyFolder) -> list[tuple[object, ...]]:
    asked = (
        "SELECT scope_id, team_id, CAST(sum(value) AS DOUBLE), count(*) FROM fct_plan_days GROUP BY ALL ORDER BY ALL"
    )
    return company.ask(asked)


ANNA_IS = ("crm:1", "Anna", "anna@x.ru", None)
LENA_IS = (LENA, "Lena Ott", "lena@x.ru", MARCH_10)


def test_who_is_in_no_source_has_team_and_plan_and_is_the_one_whom_an_export_brings_by_the_mail(
    company: CompanyFolder,
) -> None:
    assert people(company) == [ANNA_IS, LENA_IS]
    assert company.table("employee_team", "team_id role valid_from valid_to", f"employee_id = '{LENA}'") == [
        ("name:west", "ae", MARCH_10, NEVER)
    ]
    assert plan(company) == [(LENA, "name:west", 100.0, 4)]
    company.export("crm", "people", "id,name,mail,team\n1,Anna,anna@x.ru,West\n7,Ott E.,Lena@X.ru,East\n", "_2")
    made = (
        "id,who,name,at,secs\n"
        "2,7,,2026-03-10 11:00,30\n"  # by the id of the CRM
        "3,,Ott E.,2026-03-10 12:00,30\n"  # by the name of the CRM
        "4,,Lena Ott,2026-03-10 13:00,30\n"  # by the name given here
        "5,,204,2026-03-10 14:00,30\n"  # by the extension
    )
    company.export("crm", "calls", made, "_2")
    company.load_and_build()
    assert people(company) == [ANNA_IS, LENA_IS]
    assert calls(company) == [("crm:1", "name:west", 1), (LENA, "name:west", 4)]
    assert plan(company) == [(LENA, "name:west", 100.0, 4)]


def test_the_id_of_the_crm_is_typed_in_and_taken_out_and_an_address_of_several_makes_nobody_one(
    company: CompanyFolder,
) -> None:
    shared = "id,name,mail,team\n1,Anna,anna@x.ru,West\n7,Ott E.,lena@x.ru,East\n8,Ivan,lena@x.ru,East\n"
    company.export("crm", "people", shared, "_2")
    company.export("crm", "calls", "id,who,name,at,secs\n2,7,,2026-03-10 11:00,30\n", "_2")
    company.load()
    state(company, "person", LENA, lena(same_as="crm:7"))
    assert [row[0] for row in people(company)] == ["crm:1", "crm:8", LENA]
    assert calls(company) == [("crm:1", "name:west", 1), (LENA, "name:west", 1)]
    state(company, "person", LENA, lena())
    assert [row[0] for row in people(company)] == ["crm:1", "crm:7", "crm:8", LENA]
    assert calls(company) == [("crm:1", "name:west", 1), ("crm:7", "name:east", 1)]


def test_who_was_added_keeps_the_id_when_people_merge_them_and_is_nobody_when_taken_back(
    company: CompanyFolder,
) -> None:
    company.export("crm", "people", "id,name,mail,team\n1,Anna,anna@x.ru,West\n7,Ott E.,,East\n", "_2")
    company.load()
    stated = people_of(company.folder, load_settings(company.folder), lambda: company.now)
    stated.merges.merge("employee", LENA, "crm:7", "olga")
    bring(company)
    assert people(company) == [ANNA_IS, LENA_IS]
    assert plan(company) == [(LENA, "name:west", 100.0, 4)]
    stated.merges.undo("employee", LENA, "olga")
    stated.staff.undo(1, "olga")
    stated.database.close()
    bring(company)
    assert [row[:2] for row in people(company)] == [("crm:1", "Anna"), ("crm:7", "Ott E.")]


def test_a_team_that_was_made_before_an_export_names_it_is_that_team(tmp_path: Path) -> None:
    found = AskedCompany(tmp_path / "company")
    found.stream("crm", "people", "id,name,mail,team\n7,Ott E.,,NORTH\n", into="employees", columns=PEOPLE)
    found.stream("crm", "teams", "id,name\n5,North\n6,South\n", into="teams", columns={"team_id": "id", "name": "name"})
    people = people_of(found.folder, load_settings(found.folder), lambda: found.now)
    north = TeamSaid(known_as="North", name="North", is_made_here=True)
    place = Placement(team_id="voronka:team1", role="ae", valid_from=MARCH_10)
    people.staff.edit("team", [StaffEntry("team", "voronka:team1", north)], 0, "olga")
    people.staff.edit("newcomer", [StaffEntry("person", LENA, lena().placed(place))], 1, "olga")
    people.database.close()
    with workplace(str(found.folder), lambda: found.now) as work:
        assert [outcome.error for outcome in bring_entered(work) if outcome.error] == []
    found.load_and_build()
    assert found.ask("SELECT team_id FROM dim_team ORDER BY 1") == [("crm:6",), ("voronka:team1",)]
    assert found.ask("SELECT employee_id, role FROM employee_team WHERE team_id = 'voronka:team1' ORDER BY 1") == [
        ("crm:7", None),
        (LENA, "ae"),
    ]
