import math
from decimal import Decimal

import pytest

from voronka.reports.json_values import finite, number_of


@pytest.mark.parametrize(("value", "number"), [("3.00", 3), ("-0.50", -0.5), ("12000000000000.01", 12000000000000.01)])
def test_a_whole_decimal_has_no_fraction(value: str, number: float) -> None:
    found = number_of(Decimal(value))
    assert (found, type(found)) == (number, type(number))


def test_a_number_that_is_none_is_null_however_deep_it_stands() -> None:
    given = {"a": [1.5, math.nan, (math.inf, "x")], "b": {"c": -math.inf}, "d": True}
    assert finite(given) == {"a": [1.5, None, [None, "x"]], "b": {"c": None}, "d": True}
