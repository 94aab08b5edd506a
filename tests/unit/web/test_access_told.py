from datetime import datetime, timedelta

from fastapi.testclient import TestClient

from voronka.bootstrap import OpenCompany
from voronka.web.access_told import local


def test_times_are_the_companys_to_the_second(company: OpenCompany) -> None:
    moment = datetime.fromisoformat("2026-03-02 09:00:00.500")
    assert local(company, moment) == datetime.fromisoformat("2026-03-02 12:00:00")


def test_a_user_is_told_with_their_employee_and_their_invitation(signed_in: TestClient, company: OpenCompany) -> None:
    boris = company.people.accounts.add_user("Борис", None, "manager", employee_id="name:елкин")
    company.people.access.invite(boris, timedelta(days=7))
    anna, told = signed_in.get("/api/access").json()["users"]
    assert (anna["is_me"], anna["invited_until"], anna["employee"]) == (True, None, None)
    assert (told["employee"], told["has_password"], told["invited_until"]) == ("Ёлкин", False, "2026-03-09T12:00:00")
