from datetime import date
from decimal import Decimal

import duckdb
import pytest

from tests.company import at
from tests.unit.transform.conftest import Values
from voronka.transform.readers import Reading, cleaned


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12500", "12500"),
        ("12 500 ₽", "12500"),
        ("12\u00a0500\u00a0₽", "12500"),
        ("12\u202f500,50", "12500.50"),
        ("12\u2009500", "12500"),
        ("$342.09K", "342090"),
        ("€ 2.900,00", "2900"),
        ("2.900,00 EUR", "2900"),
        ("(1,234.50)", "-1234.50"),
        ("\u22121 234,50", "-1234.50"),
        ("-5", "-5"),
        ("5-", "-5"),
        ("$ -5.25", "-5.25"),
        ("-$5.25", "-5.25"),
        ("($5.25)", "-5.25"),
        ("+7.5", "7.5"),
        ("1 234,5 руб.", "1234.5"),
        ("12,5 тыс", "12500"),
        ("12,5 тыс. руб.", "12500"),
        ("1,2 млн. р.", "1200000"),
        ("100 т.р.", "100000"),
        ("1 250,5 т. руб.", "1250500"),
        ("20тр", "20000"),
        ("1.5M USD", "1500000"),
        ("USD 1,000", "1000"),
        ("1'234.50", "1234.50"),
        ("1e5", "100000"),
        ("0,500", "0.50"),
        ("1,23,456.78", "123456.78"),
        ("1.234.567,8", "1234567.80"),
        ("1,234,567", "1234567"),
        ("1.234.567", "1234567"),
        ("-0", "0"),
        ("0.005", "0.01"),
    ],
)
def test_an_amount_of_money_is_read_in_every_spelling(values: Values, text: str, value: str) -> None:
    assert values("money", text) == [Decimal(value)]


@pytest.mark.parametrize(
    "text",
    [
        "NaN",
        "inf",
        "abc1",
        "12 шт",
        "12 т",
        "1,2,3",
        "12.01.2021",
        "1.234.56",
        "10 20",
        "8 999 123 45 67",
        "(5",
        "5)",
        "1-2",
        "10%",
        "12 K5",
        "$",
        "1 2 3",
        "99999999999999999999",
        "2021-01-05",
        "10:30",
    ],
)
def test_a_text_that_only_looks_like_money_is_not_read(values: Values, text: str) -> None:
    assert values("money", text) == [None]


@pytest.mark.parametrize("nothing", ["-", "—", "n/a", "NULL", "None", "(null)", "\\N", "", "  "])
def test_spellings_of_nothing_are_nothing(values: Values, nothing: str) -> None:
    assert values("money", nothing, "1") == [None, Decimal(1)]


def test_a_point_stays_decimal_where_nothing_in_the_column_says_otherwise(values: Values) -> None:
    assert values("number", "1.234", "5") == [1.234, 5]


def test_of_money_nobody_writes_thousandths(values: Values) -> None:
    assert values("money", "1.234", "5") == [Decimal(1234), Decimal(5)]
    assert values("money", "1.234", "5.5") == [Decimal("1.23"), Decimal("5.50")]
    assert values("money", "0.234", "1.234") == [Decimal("0.23"), Decimal("1.23")]


def test_a_comma_before_three_digits_marks_thousands_where_nothing_says_otherwise(values: Values) -> None:
    assert values("number", "1,234", "12,500", "7") == [1234, 12500, 7]


def test_one_odd_comma_makes_the_comma_decimal_in_the_whole_column(values: Values) -> None:
    assert values("number", "1,234", "12,5") == [1.234, 12.5]


def test_where_the_comma_is_decimal_a_point_marks_thousands(values: Values) -> None:
    assert values("number", "1.234", "12,5", "2.900,00") == [1234, 12.5, 2900]


def test_two_points_in_one_number_make_the_points_of_the_column_thousands(values: Values) -> None:
    assert values("number", "1.234.567", "1.234") == [1234567, 1234]


def test_a_column_with_both_marks_takes_the_last_one_as_decimal(values: Values) -> None:
    assert values("number", "1,234.50", "1,234", "0.5") == [1234.5, 1234, 0.5]


def test_the_decimal_mark_of_the_stream_beats_what_the_column_looks_like(values: Values) -> None:
    assert values("number", "1,234", decimal=",") == [1.234]
    assert values("number", "1.234", decimal=",") == [1234]
    assert values("number", "1,234", decimal=".") == [1234]


def test_a_whole_number_is_read_and_a_broken_one_is_not_rounded(values: Values) -> None:
    assert values("integer", "12", "1 200", "12.0", "12.5", "-3", "12%") == [12, 1200, 12, None, -3, None]


def test_whole_numbers_have_no_decimals_to_be_taken_for(values: Values) -> None:
    assert values("integer", "1.234", "12") == [1234, 12]
    assert values("integer", "1,234", "12") == [1234, 12]


def test_shares_up_to_one_are_taken_as_they_are(values: Values) -> None:
    assert values("share", "0.2", "1", "0,35", "0") == [0.2, 1, 0.35, 0]


def test_one_share_above_the_whole_makes_the_column_percents(values: Values) -> None:
    assert values("share", "20", "100", "0.5") == [0.2, 1, 0.005]


def test_a_percent_sign_is_a_percent_beside_plain_shares_too(values: Values) -> None:
    assert values("share", "50%", "0.3", "1 %") == [0.5, 0.3, 0.01]


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("0", 0),
        ("2:23", 143),
        ("1:48:36", 6516),
        ("4 days, 21:19:46", 422386),
        ("1 day, 0:00:01", 86401),
        ("2 дня 01:00:00", 176400),
        ("00:00:59", 59),
        ("90:00", 5400),
        ("100:00:00", 360000),
        ("0:00:12.6", 13),
        ("67.52", 68),
        ("1 200", 1200),
        ("12,4", 12),
    ],
)
def test_a_duration_is_seconds_or_a_clock(values: Values, text: str, seconds: int) -> None:
    assert values("duration", text) == [seconds]


@pytest.mark.parametrize("text", ["abc", "1:75", "1:60:00", "12 cats", ":30", "1:2:3:4", "10:5", "5%"])
def test_a_text_that_is_no_duration_is_not_read(values: Values, text: str) -> None:
    assert values("duration", text) == [None]


def test_thousands_in_seconds_are_told_from_decimals_by_the_column(values: Values) -> None:
    assert values("duration", "1,234", "2:00") == [1234, 120]


@pytest.mark.parametrize(
    ("text", "value"),
    [("Да", True), ("yes", True), ("1", True), ("TRUE", True), ("нет", False), ("0", False), ("N", False), ("2", None)],
)
def test_yes_and_no_are_read_in_both_languages(values: Values, text: str, value: bool | None) -> None:  # noqa: FBT001
    assert values("boolean", text) == [value]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("8 (999) 123-45-67", "+79991234567"),
        ("+7 999 123 45 67", "+79991234567"),
        ("9991234567", "+79991234567"),
        ("+44 20 7946 0958", "+442079460958"),
        ("105", "105"),
        ("нет", None),
    ],
)
def test_a_phone_is_its_digits(values: Values, text: str, value: str | None) -> None:
    assert values("phone", text) == [value]


def test_an_email_is_in_small_letters_and_has_its_sign(values: Values) -> None:
    assert values("email", "Anna@X.ru", "no mail") == ["anna@x.ru", None]


def test_local_times_become_utc(values: Values) -> None:
    assert values("time", "2026-03-02 10:00:00") == [at("2026-03-02 07:00")]


def test_an_offset_beats_the_zone(values: Values) -> None:
    said = ["2026-03-02T10:00:00+05:00", "2026-03-02T10:00:00Z", "2026-03-02 10:00:00.250 +0300", "2026-03-02T10:00:00"]
    read = [at("2026-03-02 05:00"), at("2026-03-02 10:00"), at("2026-03-02 07:00:00.250"), at("2026-03-02 07:00")]
    assert values("time", *said) == read


def test_a_day_beside_moments_with_offsets_is_the_companys_day(values: Values) -> None:
    said = values("time", "2026-03-02T10:00:00Z", "2026-03-05")
    assert said == [at("2026-03-02 10:00"), at("2026-03-04 21:00")]


def test_a_day_alone_is_the_companys_whatever_the_zone_of_the_source(values: Values) -> None:
    read = values("time", "05.03.2026", "25.03.2026 10:00", zone="America/New_York")
    assert read == [at("2026-03-04 21:00"), at("2026-03-25 14:00")]


def test_hours_that_the_clock_skips_or_repeats_are_read(values: Values) -> None:
    zones = {"zone": "Europe/Berlin", "company_zone": "Europe/Berlin"}
    winter, summer, gap, twice = values(
        "time", "2026-03-29 01:59", "2026-03-29 03:00", "2026-03-29 02:30", "2026-10-25 02:30", **zones
    )
    assert (winter, summer) == (at("2026-03-29 00:59"), at("2026-03-29 01:00"))
    assert gap in {at("2026-03-29 00:30"), at("2026-03-29 01:30")}
    assert twice in {at("2026-10-25 00:30"), at("2026-10-25 01:30")}


def test_a_day_column_takes_the_local_day_of_a_moment(values: Values) -> None:
    assert values("day", "2026-03-02T22:00:00Z", "2026-03-05") == [date(2026, 3, 3), date(2026, 3, 5)]


def test_a_date_that_no_calendar_has_is_not_read(values: Values) -> None:
    assert values("time", "31.02.2026", "28.02.2026") == [None, at("2026-02-27 21:00")]
    assert values("time", "2026-02-30", "soon") == [None, None]


def test_a_reading_is_kept_as_plain_values() -> None:
    reading = Reading("time", ("%d.%m.%Y", "iso"), "Europe/Moscow", note="day first: 25.03.2026")
    assert Reading.from_dict(reading.as_dict()) == reading


def test_any_number_of_spellings_of_nothing_is_looked_for_at_once() -> None:
    words = tuple(f"none {n}" for n in range(60))  # each nullif would double the work: the engine writes its text twice
    assert duckdb_text("none 59", words) is None
    assert duckdb_text("  something ", words) == "something"


def duckdb_text(text: str, nulls: tuple[str, ...]) -> str | None:
    found = duckdb.execute(f"SELECT {cleaned('x', nulls)} FROM (SELECT $text AS x)", {"text": text}).fetchall()[0][0]
    return None if found is None else str(found)
