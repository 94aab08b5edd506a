"""Whether a missed call was called back in time, by the clock of working time (9 to 18 in Moscow, 60 minutes)."""

from itertools import pairwise

import pytest

from tests.company import CompanyFolder

COLUMNS = {
    "activity_id": "id",
    "started_at": "at",
    "direction": "dir",
    "client_phone": "phone",
    "contact_id": "contact",
    "lead_id": "lead",
    "answered": "= talk > 0",
    "talk_seconds": "talk",
}
LATEST = "99,2026-03-31 12:00,out,+79990000000,,,5\n"
"""A call long after all others: what was not called back by then was not called back in time."""


def calls(company: CompanyFolder, text: str) -> None:
    company.stream("pbx", "calls", "id,at,dir,phone,contact,lead,talk\n" + text, into="calls", columns=COLUMNS)


def called_back(company: CompanyFolder) -> dict[int, bool | None]:
    rows = company.table("fct_calls", "activity_id is_called_back", "direction = 'in' AND NOT answered")
    return {int(str(key).rpartition(":")[2]): value for key, value in rows}


def test_a_call_to_that_number_within_the_hour_is_one_back_though_nobody_answers_it(company: CompanyFolder) -> None:
    calls(
        company,
        "1,2026-03-02 10:00,in,+79000000001,,,0\n"
        "2,2026-03-02 10:59,out,+79000000001,,,0\n"  # not answered, and yet we called
        "3,2026-03-02 12:00,in,+79000000002,,,0\n"
        "4,2026-03-02 13:01,out,+79000000002,,,60\n"  # a minute late
        "5,2026-03-02 12:00,in,+79000000003,,,0\n"
        "6,2026-03-02 11:00,out,+79000000003,,,60\n"  # before it
        "7,2026-03-02 12:10,out,+79000000004,,,60\n"  # another number
        "8,2026-03-02 12:00,in,+79000000005,,,0\n"
        "9,2026-03-02 12:20,in,+79000000005,,,60\n"  # they called again: it is not our call
        "10,2026-03-02 12:00,in,+79000000006,,,30\n" + LATEST,  # taken, not missed
    )
    company.load_and_build()
    assert called_back(company) == {1: True, 3: False, 5: False, 8: False}
    assert company.ask("SELECT count(is_called_back) FROM fct_activities") == [(4,)]


def test_only_working_time_counts(company: CompanyFolder) -> None:
    calls(
        company,
        "1,2026-03-06 17:30,in,+79000000001,,,0\n"  # Friday; the Monday after is a day off
        "2,2026-03-10 09:30,out,+79000000001,,,5\n"  # 30 minutes of Friday and 30 of Tuesday
        "3,2026-03-06 17:30,in,+79000000002,,,0\n"
        "4,2026-03-10 09:31,out,+79000000002,,,5\n"
        "5,2026-03-07 12:00,in,+79000000003,,,0\n"  # on a Saturday no time passes
        "6,2026-03-08 12:00,out,+79000000003,,,5\n" + LATEST,
    )
    company.load_and_build()
    assert called_back(company) == {1: True, 3: False, 5: True}


def test_what_is_not_over_yet_is_not_known_and_a_call_in_time_is(company: CompanyFolder) -> None:
    calls(
        company,
        "1,2026-03-02 10:00,in,+79000000001,,,0\n"
        "2,2026-03-02 11:00,in,+79000000002,,,0\n"
        "3,2026-03-02 11:00,in,+79000000003,,,0\n"
        "4,2026-03-02 11:30,out,+79000000003,,,5\n",  # the last call that is told of
    )
    company.load_and_build()
    assert called_back(company) == {1: False, 2: None, 3: True}
    company.export("pbx", "calls", "id,at,dir,phone,contact,lead,talk\n5,2026-03-02 12:01,out,+79000000009,,,5\n", "_2")
    company.load_and_build()
    assert called_back(company) == {1: False, 2: False, 3: True}


def test_of_whom_nothing_is_known_it_is_not_known_whether_they_were_called_back(company: CompanyFolder) -> None:
    calls(company, "1,2026-03-02 10:00,in,,,,0\n2,2026-03-02 10:10,out,,,,5\n" + LATEST)
    company.load_and_build()
    assert called_back(company) == {1: None}


def test_a_client_is_called_back_on_another_number_where_they_are_known(company: CompanyFolder) -> None:
    company.stream(
        "crm", "contacts", "id,phone\n7,+79000000007\n8,+79000000008\n9,+79000000008\n", into="contacts",
        columns={"contact_id": "id", "phone": "phone"},
    )  # fmt: skip
    company.space("pbx", "crm")
    calls(
        company,
        "1,2026-03-02 10:00,in,+79000000007,,,0\n"  # the number is contact 7's
        "2,2026-03-02 10:10,out,+79000000070,7,,5\n"
        "3,2026-03-02 10:00,in,+79000000008,,,0\n"  # of two contacts: of neither
        "4,2026-03-02 10:10,out,+79000000080,8,,5\n"
        "5,2026-03-02 10:00,in,,,3,0\n"  # a lead without a number is a client too
        "6,2026-03-02 10:10,out,,,3,5\n"
        "7,2026-03-02 10:00,in,+79000000090,,4,0\n"
        "8,2026-03-02 10:10,out,+79000000090,,,5\n" + LATEST,  # the number alone
    )
    company.load_and_build()
    assert called_back(company) == {1: True, 3: False, 5: True, 7: True}


def test_one_call_calls_back_all_that_were_missed_and_a_tie_is_one(company: CompanyFolder) -> None:
    calls(
        company,
        "1,2026-03-02 10:00,in,+79000000001,,,0\n"
        "2,2026-03-02 10:20,in,+79000000001,,,0\n"
        "3,2026-03-02 10:30,out,+79000000001,,,5\n"
        "4,2026-03-02 11:00,in,+79000000002,,,0\n"
        "5,2026-03-02 11:00,out,+79000000002,,,5\n" + LATEST,  # a source of whole minutes
    )
    company.load_and_build()
    assert called_back(company) == {1: True, 2: True, 4: True}


def test_the_minutes_are_a_setting(company: CompanyFolder) -> None:
    company.write("voronka.toml", 'time_zone = "Europe/Moscow"\n[regulations]\ncall_back_minutes = 15\n')
    calls(company, "1,2026-03-02 10:00,in,+79000000001,,,0\n2,2026-03-02 10:16,out,+79000000001,,,5\n" + LATEST)
    company.load_and_build()
    assert called_back(company) == {1: False}
    company.write("voronka.toml", 'time_zone = "Europe/Moscow"\n[regulations]\ncall_back_minutes = 16\n')
    company.build()
    assert called_back(company) == {1: True}


@pytest.mark.parametrize(("zone", "day"), [("Europe/Berlin", "2026-03-29"), ("America/New_York", "2026-11-01")])
def test_the_hour_that_clocks_skip_or_repeat_is_counted_as_it_passed(
    company: CompanyFolder, zone: str, day: str
) -> None:
    company.write(
        "voronka.toml",
        f'time_zone = "{zone}"\n[calendar]\ncountry = ""\nworking_days = [1, 2, 3, 4, 5, 6, 7]\n'
        'working_hours = "00:00-24:00"\n',
    )
    # UTC: each is missed, and called back 59 or 61 minutes later, around the change of clocks
    minutes = ["00:10", "00:40", "01:10", "05:20", "05:50", "06:10"]
    rows = [
        f"{n},{day} {minute}Z,in,+7900000000{n},,,0\n{n + 20},{_later(day, minute, 59 if n % 2 else 61)},out,"
        f"+7900000000{n},,,5\n"
        for n, minute in enumerate(minutes)
    ]
    calls(company, "".join(rows) + f"99,{day} 20:00Z,out,+79990000000,,,5\n")
    company.load_and_build()
    assert called_back(company) == {n: bool(n % 2) for n in range(len(minutes))}
    assert all(earlier < later for earlier, later in pairwise(minutes))


def _later(day: str, clock: str, minutes: int) -> str:
    hour, minute = (int(part) for part in clock.split(":"))
    whole = hour * 60 + minute + minutes
    return f"{day} {whole // 60:02}:{whole % 60:02}Z"
