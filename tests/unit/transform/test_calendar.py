from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from voronka.lake.session import Session
from voronka.settings import Calendar
from voronka.transform.calendar import calendar_days, calendar_table, with_clock


def days(language: str = "ru", **settings: Any) -> dict[date, dict[str, Any]]:  # noqa: ANN401 - any setting
    return {row["day"]: row for row in calendar_days(Calendar(**settings), 2026, language)}


def test_every_day_from_2000_to_the_end_of_the_year_stands_once() -> None:
    found = [row["day"] for row in calendar_days(Calendar(country=""), 2026, "ru")]
    assert (found[0], found[-1], len(found)) == (date(2000, 1, 1), date(2026, 12, 31), 9862)


def test_working_days_have_their_hours_and_others_none() -> None:
    found = days(country="", working_hours="09:30-18:00")
    assert found[date(2026, 3, 6)] == {
        "day": date(2026, 3, 6),
        "is_working": True,
        "working_seconds": 30600,
        "holiday": None,
    }
    assert found[date(2026, 3, 7)]["working_seconds"] == 0


def test_public_holidays_are_days_off_with_their_names() -> None:
    found = days(country="RU")
    assert not found[date(2026, 1, 1)]["is_working"]
    assert not found[date(2026, 6, 12)]["is_working"]
    assert found[date(2026, 6, 12)]["holiday"] == "День России"


def test_holidays_are_named_in_the_companys_language_else_in_the_countrys_own() -> None:
    assert days("en", country="RU")[date(2026, 6, 12)]["holiday"] == "Russia Day"
    assert days("ru", country="DE")[date(2026, 10, 3)]["holiday"] == "Tag der Deutschen Einheit"


def test_a_weekend_that_is_worked_for_a_moved_holiday_is_a_working_day() -> None:
    # 2024: Saturday 27 April was worked instead of Monday 29 April
    found = days(country="RU")
    assert found[date(2024, 4, 27)]["is_working"]
    assert not found[date(2024, 4, 29)]["is_working"]


def test_own_days_beat_holidays_and_weekends() -> None:
    found = days(country="RU", days_off=[date(2026, 3, 4)], days_on=[date(2026, 3, 7), date(2026, 6, 12)])
    assert not found[date(2026, 3, 4)]["is_working"]
    assert found[date(2026, 3, 7)]["is_working"]
    assert found[date(2026, 6, 12)]["is_working"]


def test_a_week_may_have_other_working_days() -> None:
    found = days(country="", working_days=[7])
    assert [day.day for day, row in found.items() if day >= date(2026, 12, 20) and row["is_working"]] == [20, 27]


def test_a_day_may_last_till_midnight() -> None:
    assert days(country="", working_hours="00:00-24:00")[date(2026, 3, 6)]["working_seconds"] == 86400


def test_work_begins_and_ends_by_the_clocks_of_the_zone() -> None:
    week = [{"day": date(2026, 3, day), "is_working": day != 28} for day in (27, 28, 29, 30)]
    found = list(with_clock(week, (time(0), time.max), ZoneInfo("Europe/Berlin")))
    assert [(row["opens_at"], row["closes_at"]) for row in found] == [
        (datetime.fromisoformat("2026-03-26 23:00"), datetime.fromisoformat("2026-03-27 23:00")),
        (None, None),
        (datetime.fromisoformat("2026-03-28 23:00"), datetime.fromisoformat("2026-03-29 22:00")),
        (datetime.fromisoformat("2026-03-29 22:00"), datetime.fromisoformat("2026-03-30 22:00")),
    ]
    assert [row["worked_before_seconds"] for row in found] == [0, 86400, 86400, 86400 + 23 * 3600]


def test_a_day_whose_hours_the_clocks_leap_over_has_no_work() -> None:
    days_of = [{"day": date(2026, 3, 29), "is_working": True}]
    (row,) = with_clock(days_of, (time(2), time(3)), ZoneInfo("Europe/Berlin"))
    assert (row["opens_at"], row["closes_at"]) == (None, None)


def test_the_table_of_the_calendar_holds_each_day_with_its_clock(session: Session) -> None:
    berlin = Calendar(country="DE", working_hours="09:00-18:00")
    session.take("days", calendar_table(berlin, 2026, "en", ZoneInfo("Europe/Berlin")))
    assert session.value("SELECT count(*) FROM days") == 9862
    kinds = {row["column_name"]: row["column_type"] for row in session.rows("DESCRIBE days")}
    assert kinds == {
        "day": "DATE",
        "is_working": "BOOLEAN",
        "working_seconds": "BIGINT",
        "holiday": "VARCHAR",
        "opens_at": "TIMESTAMP",
        "closes_at": "TIMESTAMP",
        "worked_before_seconds": "BIGINT",
    }
    first, second = session.rows("SELECT * FROM days WHERE day BETWEEN '2026-10-02' AND '2026-10-03' ORDER BY day")
    assert {**first, "worked_before_seconds": None} == {
        "day": date(2026, 10, 2),
        "is_working": True,
        "working_seconds": 32400,
        "holiday": None,
        "opens_at": datetime.fromisoformat("2026-10-02 07:00"),
        "closes_at": datetime.fromisoformat("2026-10-02 16:00"),
        "worked_before_seconds": None,
    }
    assert second["worked_before_seconds"] == first["worked_before_seconds"] + 32400
    assert (second["is_working"], second["holiday"], second["opens_at"]) == (False, "German Unity Day", None)


def test_another_calendar_makes_another_table() -> None:
    moscow, berlin = ZoneInfo("Europe/Moscow"), ZoneInfo("Europe/Berlin")
    usual, shorter = Calendar(), Calendar(working_hours="10:00-15:00")
    made = [calendar_table(usual, 2026, "ru", moscow), calendar_table(usual, 2026, "ru", berlin)]
    made += [calendar_table(shorter, 2026, "ru", moscow), calendar_table(usual, 2026, "en", moscow)]
    told = {str([table.column(name).to_pylist() for name in table.column_names]) for table in made}
    assert len(told) == 4
    assert calendar_table(usual, 2027, "ru", moscow).num_rows == made[0].num_rows + 365
