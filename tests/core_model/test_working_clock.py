"""Working time that the build works out in SQL is the one that is worked out minute by minute."""

from datetime import date, datetime, timedelta
from itertools import pairwise
from random import Random

import pytest

from tests.company import CompanyFolder, at
from voronka.domain.working_time import WorkingTime
from voronka.settings import load_settings
from voronka.transform.calendar import calendar_days

COLUMNS = {"lead_id": "id", "created_at": "made", "first_response_at": "answered", "first_response_seconds": "delay"}


def leads(company: CompanyFolder, text: str) -> None:
    company.stream("crm", "leads", "id,made,answered,delay\n" + text, into="leads", columns=COLUMNS)


def working(company: CompanyFolder) -> WorkingTime:
    settings = load_settings(company.folder)
    days = {row["day"]: row["is_working"] for row in calendar_days(settings.calendar, 2027, "en")}
    return WorkingTime(settings.zone(), settings.calendar.hours(), lambda day: days[day])


@pytest.mark.parametrize("hours", ["09:00-18:00", "00:00-24:00", "02:30-03:30"])
@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York"])
def test_a_response_took_the_working_time_between_two_moments(company: CompanyFolder, zone: str, hours: str) -> None:
    company.write(
        "voronka.toml",
        f'time_zone = "{zone}"\n[calendar]\ncountry = "DE"\nworking_days = [1, 2, 3, 4, 5, 6, 7]\n'
        f'working_hours = "{hours}"\ndays_off = [2026-03-10]\n',
    )
    chance = Random(20260329)  # noqa: S311 - a test's dice
    # around both changes of clocks, some answered before they came
    starts = [datetime.fromisoformat(day) for day in ("2026-03-06", "2026-03-27", "2026-10-23", "2026-10-30")]
    pairs = [
        (
            start + timedelta(seconds=chance.randint(0, 4 * 86400)),
            start + timedelta(seconds=chance.randint(0, 6 * 86400)),
        )
        for start in starts
        for _ in range(60)
    ]
    leads(company, "".join(f"{n},{made}Z,{answered}Z,\n" for n, (made, answered) in enumerate(pairs)))
    company.load_and_build()
    clock = working(company)
    found = company.ask("SELECT created_at, first_response_at, first_response_working_seconds FROM fct_leads")
    assert len(found) == len(pairs)
    assert [took for _, _, took in found] == [clock.seconds_between(made, answered) for made, answered, _ in found]
    later = company.ask("SELECT created_at, created_working_clock FROM fct_leads ORDER BY created_at")
    steps = [(b[1] - a[1], clock.seconds_between(a[0], b[0])) for a, b in pairwise(later)]
    assert [step for step, _ in steps] == [expected for _, expected in steps]


def test_friday_evening_to_monday_morning_is_ten_minutes(company: CompanyFolder) -> None:
    leads(company, "1,2026-03-13 17:55,2026-03-16 09:05,\n")
    company.load_and_build()
    assert company.table("fct_leads", "first_response_seconds first_response_working_seconds is_answered") == [
        (227400, 600, True)
    ]


def test_an_empty_date_written_as_the_year_1_is_no_response_and_a_delay_is_one(company: CompanyFolder) -> None:
    leads(
        company, "1,2026-03-13 10:00,0001-01-01 00:00,\n2,2026-03-13 10:00,,60\n3,2026-03-13 10:00,,\n4,,2026-03-13,\n"
    )
    company.load_and_build()
    assert company.table("fct_leads", "lead_id is_answered first_response_working_seconds") == [
        ("crm:1", False, None),
        ("crm:2", True, None),
        ("crm:3", False, None),
        ("crm:4", True, None),
    ]


def test_where_nobody_tells_of_contacts_it_is_not_known_who_was_answered(company: CompanyFolder) -> None:
    leads(company, "1,2026-03-13 10:00,,\n")
    company.load_and_build()
    assert company.table("fct_leads", "is_answered has_deal is_won") == [(None, None, None)]


def test_contacts_of_other_leads_tell_that_this_one_was_not_answered(company: CompanyFolder) -> None:
    leads(company, "1,2026-03-13 10:00,,\n2,2026-03-13 10:00,,\n")
    calls = "id,lead,at,dir\n1,2,2026-03-13 10:05,out\n2,,2026-03-13 10:05,out\n"
    columns = {"activity_id": "id", "lead_id": "lead", "started_at": "at", "direction": "dir"}
    company.stream("pbx", "calls", calls, into="calls", columns=columns)
    company.space("pbx", "crm")
    deals = {"deal_id": "id", "lead_id": "lead"}
    company.stream("crm", "deals", "id,lead\n5,2\n6,\n", into="deals", columns=deals)
    company.load_and_build()
    assert company.table("fct_leads", "lead_id is_answered has_deal is_won") == [
        ("crm:1", False, False, False),
        ("crm:2", True, True, False),
    ]


def test_the_hours_of_a_day_are_those_of_the_companys_clocks(company: CompanyFolder) -> None:
    company.write("voronka.toml", 'time_zone = "Europe/Berlin"\n')
    # 29 March 2026: the clocks go from 02:00 to 03:00 at 01:00 UTC; 25 October: from 03:00 back to 02:00 at 01:00 UTC
    moments = ["2026-03-29T00:30:00Z", "2026-03-29T01:30:00Z", "2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"]
    calls = "id,at,made\n" + "".join(f"{n},{moment},2026-01-01T23:30:00Z\n" for n, moment in enumerate(moments))
    columns = {"activity_id": "id", "started_at": "at", "created_at": "made"}
    company.stream("pbx", "calls", calls, into="calls", columns=columns)
    company.load_and_build()
    assert company.table("fct_calls", "activity_id started_hour created_day created_hour due_hour") == [
        ("pbx:call:0", 1, date(2026, 1, 2), 0, None),
        ("pbx:call:1", 3, date(2026, 1, 2), 0, None),
        ("pbx:call:2", 2, date(2026, 1, 2), 0, None),
        ("pbx:call:3", 2, date(2026, 1, 2), 0, None),
    ]
    company.write("voronka.toml", 'time_zone = "America/New_York"\n')
    company.build()
    assert company.table("fct_calls", "started_hour created_day created_hour") == [
        (20, date(2026, 1, 1), 18),
        (20, date(2026, 1, 1), 18),
        (21, date(2026, 1, 1), 18),
        (21, date(2026, 1, 1), 18),
    ]


def test_the_calendar_says_when_work_begins_and_ends(company: CompanyFolder) -> None:
    company.write("voronka.toml", 'time_zone = "Europe/Berlin"\n[calendar]\ncountry = ""\n')
    company.build()
    where = "day BETWEEN DATE '2026-03-27' AND DATE '2026-03-30'"
    assert company.table("dim_calendar", "opens_at closes_at", where) == [
        (at("2026-03-27 08:00"), at("2026-03-27 17:00")),
        (at("2026-03-30 07:00"), at("2026-03-30 16:00")),
        (None, None),
        (None, None),
    ]
    (first,) = company.ask("SELECT worked_before_seconds FROM dim_calendar WHERE day = DATE '2000-01-05'")
    assert first == (2 * 9 * 3600,)  # the third and the fourth, Monday and Tuesday
