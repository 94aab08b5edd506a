"""Places in a list by a figure: who has as much as another shares the place, and the places after it stay empty."""

from collections.abc import Mapping
from dataclasses import dataclass

DIGITS = 6
"""Figures that differ by less than shares of records leave behind are equal."""


@dataclass(frozen=True)
class Place:
    """A place among others: 1 is the best; `is_shared` where somebody else has the same figure."""

    number: int
    is_shared: bool


def places(figures: Mapping[str, float]) -> Mapping[str, Place]:
    """Return the place of each, the largest figure first: 1, 2=, 2=, 4."""
    rounded = {key: round(value, DIGITS) for key, value in figures.items()}
    values = list(rounded.values())
    return {
        key: Place(1 + sum(other > value for other in values), values.count(value) > 1)
        for key, value in rounded.items()
    }
