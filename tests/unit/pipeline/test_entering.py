"""What people enter reaches the lake as a source like any other."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from tests.company import CompanyFolder
from voronka.bootstrap import people_of, workplace
from voronka.domain.errors import SettingsError
from voronka.domain.period import Period
from voronka.domain.plans import Planned, PlanScope
from voronka.pipeline.entering import bring_entered, write_plans
from voronka.settings import load_settings
from voronka.transform.sources import PLANS_FILE, read_sources

TUESDAY = date(2026, 3, 17)
PLANS = {"metric": "metric", "employee_id": "who", "starts_on": "from", "ends_on": "to", "value": "value"}


@pytest.fixture
def company(tmp_path: Path) -> CompanyFolder:
    """Return a company with people, and plans in a file: nine calls for Anna, four for Boris, on a Tuesday."""
    found = CompanyFolder(tmp_path / "company", additive_metrics=("calls",))
    found.space("hr", "crm")
    people = "id,name,team\n1,Anna,West\n2,Boris,West\n"
    columns = {"employee_id": "id", "name": "name", "team": "team"}
    found.stream("hr", "people", people, into="employees", columns=columns)
    text = "metric,who,from,to,value\ncalls,1,2026-03-17,2026-03-17,9\ncalls,2,2026-03-17,2026-03-17,4\n"
    found.stream("hr", "plans", text, into="plans", key="auto", columns=PLANS)
    found.load_and_build()
    return found


def state(
    company: CompanyFolder, value: str | None, scope: PlanScope = "employee", scope_id: str | None = "crm:1"
) -> None:
    """State a plan of calls for the Tuesday, bring it in and build."""
    people = people_of(company.folder, load_settings(company.folder), lambda: company.now)
    stated = None if value is None else Decimal(value)
    people.plans.state(Planned("calls", scope, scope_id, Period(TUESDAY, TUESDAY), stated), "anna")
    people.database.close()
    with workplace(str(company.folder), lambda: company.now) as work:
        assert [(outcome.state, outcome.error) for outcome in bring_entered(work)] == [("loaded", None)]
    company.build()


def plan_days(company: CompanyFolder) -> list[tuple[object, ...]]:
    return company.ask("SELECT scope, coalesce(scope_id, ''), value FROM fct_plan_days ORDER BY ALL")


def test_a_plan_that_was_stated_takes_the_place_of_a_files(company: CompanyFolder) -> None:
    state(company, "12.5")
    assert plan_days(company) == [("employee", "crm:1", Decimal("12.5")), ("employee", "crm:2", Decimal(4))]
    state(company, "7")
    assert plan_days(company)[0] == ("employee", "crm:1", Decimal(7))
    assert company.ask("SELECT revision, value FROM fct_plans WHERE scope_id = 'crm:1' ORDER BY 1") == [
        (1, Decimal(9)),
        (2, Decimal("12.5")),
        (3, Decimal(7)),
    ]


def test_of_what_was_taken_back_the_files_plan_holds_again_or_nothing(company: CompanyFolder) -> None:
    state(company, "12.5")
    state(company, None)
    assert plan_days(company)[0] == ("employee", "crm:1", Decimal(9))
    assert company.ask("SELECT source, value FROM fct_plans WHERE scope_id = 'crm:1'") == [("hr", Decimal(9))]
    state(company, "7")
    assert company.ask("SELECT source, value FROM fct_plans WHERE scope_id = 'crm:1' ORDER BY revision") == [
        ("hr", Decimal(9)),
        ("voronka", Decimal(7)),
    ]


def test_a_file_that_comes_later_does_not_push_a_statement_aside(company: CompanyFolder) -> None:
    state(company, "7")
    text = "metric,who,from,to,value\ncalls,1,2026-03-17,2026-03-17,9\ncalls,2,2026-03-17,2026-03-17,5\n"
    company.export("hr", "plans", text, suffix="_2")
    company.load_and_build()
    assert plan_days(company) == [("employee", "crm:1", Decimal(7)), ("employee", "crm:2", Decimal(5))]


def test_plans_of_teams_and_of_the_company_are_stated_too(company: CompanyFolder) -> None:
    state(company, "20", "team", "name:west")
    state(company, "30", "company", None)
    found = company.ask(
        "SELECT scope, coalesce(scope_id, ''), value FROM fct_plan_days WHERE scope <> 'employee' ORDER BY 1"
    )
    assert found == [("company", "", Decimal(30)), ("team", "name:west", Decimal(20))]


def test_what_is_brought_in_stands_in_the_ledger_and_is_not_taken_twice(company: CompanyFolder) -> None:
    state(company, "7")
    load = company.loads()[-1]
    assert (load.source, load.stream, load.rows_good) == ("voronka", "plans", 1)
    with workplace(str(company.folder), lambda: company.now) as work:
        assert [outcome.state for outcome in bring_entered(work)] == ["already loaded"]


def test_where_nobody_entered_anything_there_is_no_such_source(company: CompanyFolder) -> None:
    people_of(company.folder, load_settings(company.folder)).database.close()
    with workplace(str(company.folder), lambda: company.now) as work:
        assert list(bring_entered(work)) == []
    assert not (company.folder / PLANS_FILE).exists()
    write_plans(company.folder, [])
    assert not (company.folder / PLANS_FILE).exists()


def test_no_file_may_have_the_name_of_what_people_enter(tmp_path: Path) -> None:
    place = tmp_path / "sources" / "own.yml"
    place.parent.mkdir()
    place.write_text("source: voronka\nstreams: {}\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="the name of what people enter"):
        read_sources(tmp_path)


def test_a_statement_is_written_down_only_where_it_changed(company: CompanyFolder) -> None:
    state(company, "7")
    place = company.folder / PLANS_FILE
    at = place.stat().st_mtime_ns
    with workplace(str(company.folder), lambda: datetime.fromisoformat("2026-04-01 09:00")):
        assert place.stat().st_mtime_ns == at
