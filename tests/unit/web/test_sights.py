from voronka.bootstrap import OpenCompany
from voronka.domain.scope import Scope
from voronka.web.sights import Employee, Sights


def test_what_somebody_sees_follows_from_the_role_and_the_team_of_the_data(company: OpenCompany) -> None:
    sights, version = Sights(company.metrics), company.data_version()
    assert sights.scope("head", None, version) == Scope.everything()
    assert sights.scope("manager", "name:анна", version) == Scope.of("name:анна")
    lead = sights.scope("team_lead", "name:анна", version)
    assert {span.employee_id for span in lead.spans} == {"name:анна", "name:яна"}
    assert sights.scope("manager", None, version) == Scope()
    assert sights.scope("wizard", "name:анна", version) == Scope()


def test_people_are_read_once_for_a_version_of_the_data(company: OpenCompany) -> None:
    sights, version = Sights(company.metrics), company.data_version()
    found = sights.employees(version)
    assert found[0] == Employee("name:анна", "Анна", None, None)
    assert [each.name for each in found] == ["Анна", "Яна", "Ёлкин"]
    assert sights.employees(version) is found
    assert sights.own_addresses(version) == frozenset()
