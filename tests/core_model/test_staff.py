"""People and teams as people state them in Voronka, laid over what the sources tell."""

from datetime import date, time
from pathlib import Path

import pytest

from tests.company import AskedCompany, CompanyFolder, at
from tests.core_model.test_people import NEVER
from voronka.bootstrap import people_of, workplace
from voronka.domain.staff import (
    PersonSaid,
    Placement,
    StaffEntry,
    StaffKind,
    StaffSaid,
    TeamSaid,
    TimeSaid,
)
from voronka.pipeline.entering import bring_entered
from voronka.settings import load_settings

FOREVER = date(1900, 1, 1)
MARCH_11 = date(2026, 3, 11)
COLUMNS = {
    "employee_id": "id",
    "name": "name",
    "team": "team",
    "role": "role",
    "hired_on": "hired",
    "valid_from": "from",
    "valid_to": "to",
}


@pytest.fixture
def company(tmp_path: Path) -> CompanyFolder:
    """Return a company: Anna sells in West, Boris in East, Vera is known to the telephony by her name only."""
    found = AskedCompany(tmp_path / "company", additive_metrics=("calls",))
    people = "id,name,team,role,hired,from,to\n1,Anna,West,ae,2025-05-01,2025-05-01,\n2,Boris,East,ae,,,\n"
    found.stream("crm", "people", people, into="employees", columns=COLUMNS)
    calls = (
        "id,who,at,secs\n1,Anna,2026-03-10 10:00,30\n2,Anna,2026-03-10 11:00,30\n3,Anna,2026-03-11 10:00,30\n"
        "4,Anna,2026-03-12 10:00,30\n5,Vera,2026-03-12 10:00,30\n"
    )
    columns = {"activity_id": "id", "employee": "who", "started_at": "at", "talk_seconds": "secs"}
    found.stream("pbx", "calls", calls, into="calls", columns=columns)
    text = "metric,who,from,to,value\ncalls,1,2026-03-09,2026-03-13,100\n"
    plans = {"metric": "metric", "employee_id": "who", "starts_on": "from", "ends_on": "to", "value": "value"}
    found.space("hr", "crm")
    found.stream("hr", "plans", text, into="plans", key="auto", columns=plans)
    found.load_and_build()
    return found


def state(company: CompanyFolder, kind: StaffKind, subject: str, said: StaffSaid | None) -> int:
    """State something, bring it in and build; return the number of the edit."""
    people = people_of(company.folder, load_settings(company.folder), lambda: company.now)
    made = people.staff.edit(kind, [StaffEntry(kind, subject, said)], 10**9, "olga")
    people.database.close()
    bring(company)
    return made


def undo(company: CompanyFolder, edit: int) -> None:
    people = people_of(company.folder, load_settings(company.folder), lambda: company.now)
    people.staff.undo(edit, "olga")
    people.database.close()
    bring(company)


def bring(company: CompanyFolder) -> None:
    with workplace(str(company.folder), lambda: company.now) as work:
        assert [outcome.error for outcome in bring_entered(work) if outcome.error is not None] == []
    company.build()


def everything(company: CompanyFolder) -> list[object]:
    """Return all that the core says of people, teams, times and who did what."""
    return [
        company.ask(f"SELECT * FROM {name} ORDER BY ALL")
        for name in ("dim_employee", "dim_team", "employee_team", "employee_time", "fct_plan_days")
    ] + [company.ask("SELECT activity_id, started_employee_id, started_team_id FROM fct_activities ORDER BY ALL")]


def moved(team: str, first: date, last: date = NEVER) -> PersonSaid:
    return PersonSaid(
        placements=(Placement(team_id=f"name:{team.lower()}", team=team, role="ae", valid_from=first, valid_to=last),)
    )


def calls_by_team(company: CompanyFolder) -> list[tuple[object, ...]]:
    return company.ask("SELECT started_team_id, count(*) FROM fct_calls GROUP BY 1 ORDER BY 1 NULLS LAST")


def test_a_move_splits_the_calls_by_its_day_and_undoing_brings_back_all_there_was(company: CompanyFolder) -> None:
    before = everything(company)
    assert calls_by_team(company) == [("name:west", 4), (None, 1)]
    made = state(company, "person", "crm:1", moved("East", MARCH_11))
    assert calls_by_team(company) == [("name:east", 2), ("name:west", 2), (None, 1)]
    assert company.table("employee_team", "valid_from valid_to team_id role", "employee_id = 'crm:1'") == [
        (date(2025, 5, 1), MARCH_11, "name:west", "ae"),
        (MARCH_11, NEVER, "name:east", "ae"),
    ]
    undo(company, made)
    assert everything(company) == before


def test_a_move_for_some_days_ends_in_the_team_the_sources_tell(company: CompanyFolder) -> None:
    state(company, "person", "crm:1", moved("East", MARCH_11, date(2026, 3, 12)))
    assert calls_by_team(company) == [("name:east", 1), ("name:west", 3), (None, 1)]


def test_what_is_stated_stands_over_a_later_export_and_over_the_roles_of_the_settings(company: CompanyFolder) -> None:
    state(company, "person", "crm:1", moved("East", MARCH_11))
    company.write(
        "voronka.toml",
        'currency = "RUB"\ntime_zone = "Europe/Moscow"\n[roles.sdr]\npeople = [{ employee = "crm:1" }]\n',
    )
    company.export(
        "crm", "people", "id,name,team,role,hired,from,to\n1,Anna,North,ae,2025-05-01,2025-05-01,\n", "_later"
    )
    company.load_and_build()
    assert company.table("employee_team", "valid_from valid_to team_id role", "employee_id = 'crm:1'") == [
        (FOREVER, date(2025, 5, 1), None, "sdr"),
        (date(2025, 5, 1), MARCH_11, "name:north", "sdr"),
        (MARCH_11, NEVER, "name:east", "ae"),
    ]


def test_names_and_days_that_are_stated_stand_over_the_sources(company: CompanyFolder) -> None:
    before = everything(company)
    said = PersonSaid(name="Anna Petrova", hired_on=date(2025, 6, 1), left_on=date(2026, 3, 31))
    made = state(company, "person", "crm:1", said)
    assert company.table("dim_employee", "name hired_on left_on is_active", "employee_id = 'crm:1'") == [
        ("Anna Petrova", date(2025, 6, 1), date(2026, 3, 31), False)
    ]
    assert calls_by_team(company) == [("name:west", 4), (None, 1)]
    undo(company, made)
    assert everything(company) == before


def test_who_is_known_by_a_name_only_can_be_renamed_and_placed(company: CompanyFolder) -> None:
    before = everything(company)
    said = moved("West", date(2026, 1, 1)).model_copy(update={"known_as": "Vera", "name": "Vera Orlova"})
    made = state(company, "person", "name:vera", said)
    assert company.table("dim_employee", "employee_id name", "name LIKE 'Vera%'") == [("name:vera", "Vera Orlova")]
    assert calls_by_team(company) == [("name:west", 5)]
    undo(company, made)
    assert everything(company) == before


def test_a_team_can_be_made_named_led_and_taken_back(company: CompanyFolder) -> None:
    before = everything(company)
    made = state(
        company, "team", "voronka:team1", TeamSaid(name="Key accounts", lead_employee_id="crm:2", is_made_here=True)
    )
    placement = Placement(team_id="voronka:team1", role="am", valid_from=MARCH_11)
    placed = state(company, "person", "crm:1", PersonSaid(placements=(placement,)))
    assert company.table("dim_team", "name lead_employee_id", "team_id = 'voronka:team1'") == [
        ("Key accounts", "crm:2")
    ]
    assert calls_by_team(company) == [("name:west", 2), ("voronka:team1", 2), (None, 1)]
    undo(company, placed)
    undo(company, made)
    assert everything(company) == before


def test_a_team_known_by_its_name_is_called_otherwise_and_stays_the_same_team(company: CompanyFolder) -> None:
    before = everything(company)
    made = state(
        company, "team", "name:west", TeamSaid(known_as="West", name="Regions", parent_id="name:east", parent="East")
    )
    assert company.table("dim_team", "team_id name parent_id") == [
        ("name:east", "East", None),
        ("name:west", "Regions", "name:east"),
    ]
    assert calls_by_team(company) == [("name:west", 4), (None, 1)]
    undo(company, made)
    assert everything(company) == before


def test_days_away_take_the_plan_of_the_other_days(company: CompanyFolder) -> None:
    def plan() -> list[tuple[object, ...]]:
        return company.ask("SELECT day, CAST(value AS DOUBLE) FROM fct_plan_days ORDER BY 1")

    before = everything(company)
    assert [value for _, value in plan()] == [0.0, 25.0, 25.0, 25.0, 25.0]  # the 9th is a holiday
    away = TimeSaid(
        employee_id="crm:1", kind="absence", reason="vacation", first=date(2026, 3, 9), last=date(2026, 3, 11)
    )
    made = state(company, "time", "1", away)
    assert [value for _, value in plan()] == [0.0, 0.0, 0.0, 50.0, 50.0]
    assert company.ask("SELECT * FROM employee_time") == [
        ("crm:1", at("2026-03-08 21:00"), at("2026-03-11 21:00"), "absence")
    ]
    undo(company, made)
    assert everything(company) == before


def test_hours_away_take_as_much_of_the_plan_as_they_take_of_the_working_day(company: CompanyFolder) -> None:
    def away(day: int, opens: time, closes: time) -> TimeSaid:
        on = date(2026, 3, day)
        return TimeSaid(employee_id="crm:1", kind="absence", first=on, last=on, opens=opens, closes=closes)

    # of nine hours (9 to 18) the 11th loses four and a half, said twice in part; the 12th nothing, the evening is free
    people = people_of(company.folder, load_settings(company.folder), lambda: company.now)
    said = (away(11, time(13, 30), time(17)), away(11, time(16), time(20)), away(12, time(18), time(20)))
    entries = [StaffEntry("time", str(number), each) for number, each in enumerate(said)]
    people.staff.edit("time", entries, 0, "olga")
    people.database.close()
    bring(company)
    # weights 1, 1/2, 1, 1 of the 10th to the 13th: 100 / 3.5 = 28.57142857 to each whole day
    assert company.ask("SELECT day, round(CAST(value AS DOUBLE), 4) FROM fct_plan_days ORDER BY 1") == [
        (date(2026, 3, 9), 0.0),
        (date(2026, 3, 10), 28.5714),
        (date(2026, 3, 11), 14.2857),
        (date(2026, 3, 12), 28.5714),
        (date(2026, 3, 13), 28.5714),
    ]


def test_own_hours_are_a_shift_on_each_of_their_days(company: CompanyFolder) -> None:
    hours = TimeSaid(
        employee_id="crm:1",
        kind="shift",
        first=date(2026, 3, 9),
        last=date(2026, 3, 15),
        opens=time(12),
        closes=time(21),
        weekdays=(1, 6),
    )
    state(company, "time", "1", hours)
    assert company.ask("SELECT starts_at, ends_at, kind FROM employee_time ORDER BY 1") == [
        (at("2026-03-09 09:00"), at("2026-03-09 18:00"), "shift"),
        (at("2026-03-14 09:00"), at("2026-03-14 18:00"), "shift"),
    ]
