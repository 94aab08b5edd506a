import pytest

from tests.unit.transform.conftest import Values
from voronka.transform.duration_readers import unit_of


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("5 мин 12 с", 312),
        ("5 мин. 12 сек.", 312),
        ("1h 2m 3s", 3723),
        ("1 ч 2 мин", 3720),
        ("90s", 90),
        ("12 min", 720),
        ("1,5 ч", 5400),
        ("2 hours, 5 minutes", 7500),
        ("PT1H2M", 3720),
        ("P1DT0H0M5S", 86405),
        ("PT45.6S", 46),
        ("1500 ms", 2),
        ("4 days, 21:19:46", 422386),
        ("2 дня", 172800),
        ("5:12 мин", 312),
        ("1899-12-31 00:05:12", 312),
        ("1900-01-04 21:19:46", 422386),
        ("1:48:36", 6516),
    ],
)
def test_a_duration_in_words_is_seconds(values: Values, text: str, seconds: int) -> None:
    assert values("duration", text) == [seconds]


@pytest.mark.parametrize(
    "text", ["5 cats", "P", "PT", "ч", "5 мин потом 12 с", "1:75", "1:60:00", "NaN", "2024-03-05 10:15:00"]
)
def test_what_is_no_duration_is_not_read(values: Values, text: str) -> None:
    assert values("duration", text) == [None]


def test_fractions_of_a_day_are_what_a_spreadsheet_makes_of_times(values: Values) -> None:
    # 0.0753 of 86,400 seconds is 6,505.92
    assert values("duration", "0.0753", "0.5", "0") == [6506, 43200, 0]
    assert values("duration", "0,0753", "0,5") == [6506, 43200]


def test_one_number_above_one_makes_them_seconds(values: Values) -> None:
    assert values("duration", "0.0753", "12.5") == [0, 13]


@pytest.mark.parametrize(
    ("header", "unit"),
    [
        ("Длительность, мс", "ms"),
        ("duration_ms", "ms"),
        ("Duration (milliseconds)", "ms"),
        ("Talk time, min", "min"),
        ("Длительность (мин.)", "min"),
        ("Время, час", "h"),
        ("durationMs", "ms"),
        ("Длительность (ч:мм)", "h:mm"),
        ("Talk time, hh:mm", "h:mm"),
        ("Talk time, hh:mm:ss", ""),
        ("Talk time (mm:ss)", ""),
        ("Длительность в минутах", "min"),
        ("Duration (in hours)", "h"),
        ("Длительность, ч", "h"),
        ("Длительность, сек", ""),
        ("min talk time", ""),
        ("Мин", ""),
        ("Duration", ""),
        ("", ""),
    ],
)
def test_a_header_names_the_unit_of_bare_numbers(header: str, unit: str) -> None:
    assert unit_of(header) == unit


def test_two_parts_are_hours_and_minutes_where_the_header_says_so(values: Values) -> None:
    assert values("duration", "1:30", "0:05", "0:01:30", unit="h:mm") == [5400, 300, 90]
    assert values("duration", "1:30", "75:10") == [90, 4510]
