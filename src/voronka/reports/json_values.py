"""What JSON has no word for, as every door says it: decimals are numbers, a number that is none is null."""

import math
from collections.abc import Mapping
from decimal import Decimal


def number_of(value: Decimal) -> int | float:
    """Return a decimal as JSON's number: whole ones without a fraction."""
    return int(value) if value == value.to_integral_value() else float(value)


def finite(value: object) -> object:
    """Return a value with null in the place of numbers that are none (JSON has no NaN), however deep they stand."""
    if isinstance(value, Mapping):
        return {key: finite(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [finite(inner) for inner in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
