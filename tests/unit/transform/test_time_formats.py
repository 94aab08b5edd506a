import pytest

from voronka.transform.time_formats import (
    DAY_AND_MONTH,
    format_of,
    formats_of,
    set_formats,
    shape_of,
    short_years_first,
)


@pytest.mark.parametrize(
    ("shape", "formats"),
    [
        ("99.99.9999", ("%d.%m.%Y",)),
        ("9/9/99 9:99 PM", ("%d/%m/%y %I:%M %p",)),
        ("9999-99-99", ("iso",)),
        ("9999-99-99T99:99:99+99:99", ("iso_offset",)),
        ("99999999", ("%Y%m%d", "%d%m%Y")),
        ("9999999999", ("epoch",)),
        ("99999,9", ("serial",)),
        ("9 марта 9999", ()),
        ("999999", ()),
    ],
)
def test_a_shape_has_its_formats(shape: str, formats: tuple[str, ...]) -> None:
    assert formats_of(shape, "dmy") == formats


def test_the_month_may_stand_first() -> None:
    assert format_of("99/99/9999", "mdy") == "%m/%d/%Y"


def test_fractions_of_any_length_are_alike() -> None:
    assert shape_of("99:99:99.999") == shape_of("99:99:99.9")
    assert (shape_of("99999.9999999"), shape_of("99999,99")) == ("99999.9", "99999,9")


def test_short_years_are_tried_first() -> None:
    assert short_years_first(["%d.%m.%Y", "iso", "%d.%m.%y"]) == ("%d.%m.%y", "%d.%m.%Y", "iso")


def test_what_a_stream_sets_is_read_with_and_without_a_clock() -> None:
    found = set_formats("%m/%d/%Y", ["99/99/99", "9999-99-99T99:99:99Z"])
    assert found[0] == "%m/%d/%y"
    assert {"%m/%d/%Y", "%m/%d/%Y %H:%M", "iso_offset"} <= set(found)


def test_day_and_month_are_found_behind_a_weekday_and_not_in_iso() -> None:
    assert DAY_AND_MONTH.search("Пт 99/99/9999")
    assert not DAY_AND_MONTH.search("9999-99-99")
