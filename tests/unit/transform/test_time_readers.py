from datetime import date, datetime

import pytest

from tests.company import at
from tests.unit.transform.conftest import Values
from voronka.lake.session import Session, literal
from voronka.transform.time_readers import (
    Clock,
    Steady,
    day,
    is_none,
    jumps,
    local,
    moment,
    steady,
    to_local,
    to_utc,
)

MOSCOW = {"zone": "Europe/Moscow", "company_zone": "Europe/Moscow"}
UTC = {"zone": "UTC", "company_zone": "UTC"}


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("1709622900", "2024-03-05 07:15"),
        ("1709622900000", "2024-03-05 07:15"),
        ("1709622900000000", "2024-03-05 07:15"),
        ("1709622900.5", "2024-03-05 07:15:00.500"),
    ],
)
def test_seconds_since_1970_are_utc_whatever_the_zone(values: Values, text: str, moment: str) -> None:
    assert values("time", text, **MOSCOW) == [at(moment)]


def test_serial_days_of_a_spreadsheet_are_local(values: Values) -> None:
    # 45356 is 2024-03-05; .6041666667 of a day is 14:30
    assert values("time", "45356", "45356.6041666667", "45356,25", **MOSCOW) == [
        at("2024-03-04 21:00"),
        at("2024-03-05 11:30"),
        at("2024-03-05 03:00"),
    ]
    assert values("day", "45356", **MOSCOW) == [date(2024, 3, 5)]


def test_serial_days_of_a_workbook_that_counts_from_1904_are_later(session: Session) -> None:
    # 43894 days after the first of 1904 is 2024-03-05
    read_as = moment(Clock(("serial_1904",), "UTC", "UTC"), "x")
    rows = session.rows(f"SELECT {read_as} AS t FROM (VALUES ('43894'), ('43894.5')) AS said(x)")
    assert [row["t"] for row in rows] == [at("2024-03-05"), at("2024-03-05 12:00")]


def test_days_and_times_without_marks_are_read(values: Values) -> None:
    assert values("time", "20240305", **UTC) == [at("2024-03-05")]
    assert values("time", "05032024", **UTC) == [at("2024-03-05")]
    assert values("time", "20240305101530", "202403051015", **UTC) == [
        at("2024-03-05 10:15:30"),
        at("2024-03-05 10:15"),
    ]


def test_moscow_was_four_hours_ahead_before_2014(values: Values) -> None:
    read = values("time", "01.07.2012 12:00", "01.07.2010 12:00", "01.01.2010 12:00", "25.07.2020 12:00", **MOSCOW)
    assert read == [at("2012-07-01 08:00"), at("2010-07-01 08:00"), at("2010-01-01 09:00"), at("2020-07-25 09:00")]


def test_moscows_time_said_in_the_text_is_that_of_its_day(values: Values) -> None:
    read = values("time", "01.07.2012 12:00 MSK", "25.07.2020 12:00 мск", **UTC)
    assert read == [at("2012-07-01 08:00"), at("2020-07-25 09:00")]


def test_an_hour_that_never_was_is_moved_on_by_the_gap(values: Values) -> None:
    assert values("time", "29.03.2026 02:30", zone="Europe/Berlin", company_zone="Europe/Berlin") == [
        at("2026-03-29 01:30")
    ]


def test_of_an_hour_that_was_twice_the_first_is_taken(values: Values) -> None:
    # summer time, two hours ahead of UTC, ended at 03:00
    berlin = {"zone": "Europe/Berlin", "company_zone": "Europe/Berlin"}
    read = values("time", "25.10.2026 01:30", "25.10.2026 02:30", "25.10.2026 03:00", **berlin)
    assert read == [at("2026-10-24 23:30"), at("2026-10-25 00:30"), at("2026-10-25 02:00")]


@pytest.mark.parametrize(
    "text",
    [
        *("01.01.1970", "01.01.1970 00:00:00", "01.01.1970 03:00", "31.12.9999", "31.12.9999 23:59:59", "01.01.0001"),
        *("01.01.1900", "0000-00-00", "0000-00-00 00:00:00", "00.00.0000", "1900-01-00", "0", "31.12.2099"),
    ],
)
def test_days_that_stand_for_none_are_none_and_no_fault(session: Session, values: Values, text: str) -> None:
    assert values("time", text, "25.03.2024", **MOSCOW)[0] is None
    clock = Clock(
        ("%d.%m.%Y", "%d.%m.%Y %H:%M:%S", "%d.%m.%Y %H:%M", "iso"), "Europe/Moscow", "Europe/Moscow", (), 2076
    )
    assert session.value(f"SELECT {is_none(clock, literal(text))}") is True


@pytest.mark.parametrize(
    "text", ["05.03.1824", "05.03.1989", "05.03.2187", "01.01.2100", "05.03.1970 12:00", "31.02.2024", "soon"]
)
def test_unlikely_years_are_not_read_and_a_fault(session: Session, values: Values, text: str) -> None:
    assert values("time", text, "25.03.2024", **MOSCOW)[0] is None
    clock = Clock(("%d.%m.%Y", "%d.%m.%Y %H:%M"), "Europe/Moscow", "Europe/Moscow", (), 2076)
    assert session.value(f"SELECT {is_none(clock, literal(text))}") is False


def test_people_may_have_been_hired_earlier(values: Values) -> None:
    assert values("day", "05.03.1975", "25.03.2024") == [date(1975, 3, 5), date(2024, 3, 25)]


def test_a_zone_named_behind_an_iso_time_is_not_left_out(values: Values) -> None:
    assert values("time", "2024-03-05 10:15:00", "2024-03-05 10:15:00 Europe/Moscow", **UTC) == [
        at("2024-03-05 10:15"),
        None,
    ]


def test_the_time_as_written_is_told_where_no_offset_is(session: Session) -> None:
    clock = Clock(("%d.%m.%Y %H:%M", "iso_offset", "words, day first"), "Europe/Moscow", "Europe/Moscow")
    said = {"05.03.2024 10:15": at("2024-03-05 10:15"), "2024-03-05T10:15:00Z": None, "5 марта 2024": at("2024-03-05")}
    assert {text: session.value(f"SELECT {local(clock, literal(text))}") for text in said} == said
    assert session.value(f"SELECT {moment(clock, literal('05.03.2024 10:15'))}") == at("2024-03-05 07:15")
    assert session.value(f"SELECT {day(clock, literal('2024-03-05T22:15:00Z'))}") == date(2024, 3, 6)


def test_the_changes_of_a_zones_clock_are_known() -> None:
    found = {jump.start: jump for jump in jumps("Europe/Berlin") if jump.start.year == 2026}
    spring, autumn = datetime(2026, 3, 29, 2), datetime(2026, 10, 25, 2)  # noqa: DTZ001
    assert {start: jump.is_fold for start, jump in found.items()} == {spring: False, autumn: True}
    assert found[autumn].text() == "2026-10-25 02:00:00/2026-10-25 03:00:00"
    assert jumps("UTC") == ()


def test_a_zone_whose_clock_stands_still_is_known_since_two_days_past_its_last_move() -> None:
    # Moscow's clock was last moved on 2014-10-26, to three hours ahead; Berlin's is moved twice a year
    assert steady("Europe/Moscow") == Steady(at("2014-10-28"), 3 * 3600)
    assert steady("Asia/Kolkata") == Steady(at("1990-01-03"), 5 * 3600 + 1800)
    assert steady("Europe/Berlin") is None


def test_times_are_moved_as_by_the_engines_own_rules_of_each_zone(session: Session) -> None:
    moments = "SELECT TIMESTAMP '1995-01-01' + INTERVAL 37 DAY * n + INTERVAL 5 HOUR * n AS t FROM range(320) AS r(n)"
    for zone in ("Europe/Moscow", "Asia/Yekaterinburg", "Asia/Kolkata", "America/Sao_Paulo", "Europe/Berlin", "UTC"):
        there, back = f"timezone('{zone}', timezone('UTC', t))", f"timezone('UTC', timezone('{zone}', t))"
        ours = f"{to_local('t', zone)} IS DISTINCT FROM {there} OR {to_utc('t', zone)} IS DISTINCT FROM {back}"
        through = f"{to_local('greatest(t, t)', zone)} IS DISTINCT FROM {there}"
        assert session.rows(f"SELECT t FROM ({moments}) WHERE {ours} OR {through}") == [], zone
    assert session.rows(f"SELECT {to_local('NULL', 'Europe/Moscow')} AS t") == [{"t": None}]
