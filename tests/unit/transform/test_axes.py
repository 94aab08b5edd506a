from datetime import date

import pytest

from tests.company import CompanyFolder
from voronka.domain.model import tables
from voronka.transform.axes import with_axes

CALLS = {"activity_id": "id", "started_at": "at", "employee_id": "who"}


@pytest.mark.parametrize(
    ("moment", "day"),
    [("2026-03-01T20:59:59Z", date(2026, 3, 1)), ("2026-03-01T21:00:00Z", date(2026, 3, 2))],
)
def test_a_day_begins_at_the_companys_midnight(company: CompanyFolder, moment: str, day: date) -> None:
    company.stream("pbx", "calls", f"id,at,who\n1,{moment},7\n", into="calls", columns=CALLS)
    company.load_and_build()
    assert company.table("fct_calls", "started_day") == [(day,)]


def test_days_of_twenty_three_and_twenty_five_hours_are_whole(company: CompanyFolder) -> None:
    company.write("voronka.toml", 'time_zone = "Europe/Berlin"\n')
    moments = ["2026-03-28T23:00:00Z", "2026-03-29T21:59:59Z", "2026-03-29T22:00:00Z", "2026-10-25T22:59:59Z"]
    text = "id,at,who\n" + "".join(f"{n},{moment},7\n" for n, moment in enumerate(moments))
    company.stream("pbx", "calls", text, into="calls", columns=CALLS)
    company.load_and_build()
    assert company.table("fct_calls", "activity_id started_day") == [
        ("pbx:call:0", date(2026, 3, 29)),
        ("pbx:call:1", date(2026, 3, 29)),
        ("pbx:call:2", date(2026, 3, 30)),
        ("pbx:call:3", date(2026, 10, 25)),
    ]


def test_a_record_without_a_time_is_with_its_owners_last_team(company: CompanyFolder) -> None:
    people = "id,team,from,to\n7,West,2026-01-01,2026-02-01\n7,East,2026-02-01,\n"
    columns = {"employee_id": "id", "team": "team", "valid_from": "from", "valid_to": "to"}
    company.stream("pbx", "people", people, into="employees", columns=columns)
    company.stream("pbx", "calls", "id,at,who\n1,,7\n2,2026-01-31,7\n3,2025-12-31,7\n", into="calls", columns=CALLS)
    company.load_and_build()
    assert company.table("fct_calls", "activity_id started_day started_team_id team_id month") == [
        ("pbx:call:1", None, "name:east", "name:east", "none"),
        ("pbx:call:2", date(2026, 1, 31), "name:west", "name:east", "2026-01"),
        ("pbx:call:3", date(2025, 12, 31), None, "name:east", "2025-12"),
    ]


def test_of_two_roles_held_at_once_the_one_begun_last_counts(company: CompanyFolder) -> None:
    people = "id,role,team,from\n7,sdr,West,2026-01-01\n7,ae,East,2026-02-01\n"
    columns = {"employee_id": "id", "role": "role", "team": "team", "valid_from": "from"}
    company.stream("pbx", "people", people, into="employees", columns=columns)
    company.stream("pbx", "calls", "id,at,who\n1,2026-01-15,7\n2,2026-02-15,7\n", into="calls", columns=CALLS)
    company.load_and_build()
    assert company.table("fct_calls", "started_role started_team_id") == [("ae", "name:east"), ("sdr", "name:west")]


def test_a_fact_has_its_own_columns_then_those_of_its_axes_then_its_month() -> None:
    table = tables()["fct_payments"]
    select = with_axes(table, "SELECT 1", "UTC")
    assert [c.name for c in table.columns][-6:] == [
        "paid_day",
        "paid_hour",
        "paid_employee_id",
        "paid_team_id",
        "paid_role",
        "month",
    ]
    assert select.index("AS paid_day") < select.index("AS paid_team_id") < select.index("AS month")
