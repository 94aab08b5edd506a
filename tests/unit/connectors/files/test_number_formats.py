import datetime as dt
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voronka.connectors.files.number_formats import Epoch, kind_of_format, plain_number, shown_number


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("General", "number"),
        ("0.00", "number"),
        ("#,##0.00", "number"),
        ("#,##0.00 [$₽-419]", "money:₽"),
        ("[$$-409]#,##0.00", "money:$"),
        ("#,##0.00 [$€-2]", "money:€"),
        ("[$USD] #,##0.00", "money:USD"),
        ('#,##0.00" руб."', "money:руб."),
        ('"$"#,##0_);[Red]("$"#,##0)', "money:$"),
        ('#,##0 "pcs"', "number"),
        ("[$-419]#,##0.00", "number"),
        ("[$шт.]#,##0.00", "number"),
        ("0.00E+00", "number"),
        ("[Red]-0.00", "number"),
        ('"days" 0', "number"),
        ("_-* #,##0.00 ₽_-;-* #,##0.00 ₽_-", "money:₽"),
        ("0.0%", "percent"),
        ("00000", "zeros:5"),
        ("@", "text"),
        ("dd.mm.yyyy", "date"),
        ("[$-419]d mmmm yyyy;@", "date"),
        ('dd.mm.yyyy "г."', "date"),
        ("mmm-yy", "date"),
        ("dd/mm/yyyy hh:mm", "moment"),
        ('yyyy-mm-dd"T"hh:mm:ss', "moment"),
        ("h:mm AM/PM", "time"),
        ("mm:ss", "time"),
        ("[h]:mm:ss", "duration"),
        ("[mm]:ss", "duration"),
    ],
)
def test_a_format_tells_what_its_number_is(code: str, kind: str) -> None:
    assert kind_of_format(code) == kind


@pytest.mark.parametrize(
    ("value", "kind", "shown"),
    [
        ("45322", "date", "2024-01-31"),
        ("45322.420138888891", "moment", "2024-01-31T10:05:00"),
        ("45322.420138888891", "date", "2024-01-31T10:05:00"),
        ("45322.00000001", "date", "2024-01-31"),
        ("45322", "moment", "2024-01-31T00:00:00"),
        ("45322.999999999", "moment", "2024-02-01T00:00:00"),
        ("0", "date", "1900-01-00"),
        ("1", "date", "1900-01-01"),
        ("59", "date", "1900-02-28"),
        ("60", "date", "1900-02-29"),
        ("61", "date", "1900-03-01"),
        ("2958465", "date", "9999-12-31"),
        ("2958466", "date", "2958466"),
        ("-1", "date", "-1"),
        ("0.384004629629630", "time", "9:12:58"),
        ("1.0854745370370369", "duration", "26:03:05"),
        ("1.0854745370370369", "time", "26:03:05"),
        ("-0.0010416666666667", "duration", "-0:01:30"),
        ("0.000005787037037037", "duration", "0:00:00.5"),
        ("0.455", "percent", "45.5%"),
        ("1", "percent", "100%"),
        ("123", "zeros:5", "00123"),
        ("-12500.50", "money:₽", "-12500.5 ₽"),
        ("-5", "zeros:3", "-5"),
        ("101.0", "number", "101"),
    ],
)
def test_a_number_is_shown_as_its_format_says(value: str, kind: str, shown: str) -> None:
    assert shown_number(value, kind, Epoch()) == shown


def test_days_count_from_1904_where_the_workbook_says_so() -> None:
    assert shown_number("43860", "date", Epoch(is_1904=True)) == "2024-01-31"
    assert shown_number("0", "date", Epoch(is_1904=True)) == "1904-01-01"


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        ("101", "101"),
        ("101.0", "101"),
        ("-0.0", "0"),
        ("1.50", "1.5"),
        ("0.30000000000000004", "0.3"),
        ("12500.300000000001", "12500.3"),
        ("1E-3", "0.0010"),
        ("1.234", "1.2340"),
        ("12345.678000000001", "12345.6780"),
        ("1.5E+5", "150000"),
        ("79161234567", "79161234567"),
        ("1234567890123456", "1234567890123456"),
        ("9007199254740992", "9007199254740992"),
        ("1.2345678901234568E+18", "1.23456789012346E+18"),
        ("1234567890123456800", "1.23456789012346E+18"),
        ("1234567890123456789", "1234567890123456789"),
        ("1E+400", "1E+400"),
        ("nan", "nan"),
        ("5 apples", "5 apples"),
    ],
)
def test_a_number_is_written_in_plain_digits_unless_it_lost_some(value: str, plain: str) -> None:
    assert plain_number(value) == plain


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e15, max_value=1e15))
def test_any_number_comes_back_to_fifteen_digits(number: float) -> None:
    assert math.isclose(float(plain_number(repr(number))), number, rel_tol=1e-14, abs_tol=1e-300)


@given(st.datetimes(min_value=dt.datetime(1900, 3, 1), max_value=dt.datetime(9999, 12, 31)))  # noqa: DTZ001 - no zones
def test_any_moment_comes_back_to_the_second(moment: dt.datetime) -> None:
    moment = moment.replace(microsecond=0)
    days = (moment - dt.datetime(1899, 12, 30)) / dt.timedelta(days=1)  # noqa: DTZ001 - the same
    assert shown_number(repr(days), "moment", Epoch()) == moment.isoformat()
