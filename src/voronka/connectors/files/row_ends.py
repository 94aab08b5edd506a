"""Tells how many values a record may have: which empty ones behind the last column are no sign of a shift."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_NUMBER = re.compile(r"\d+")
_SHAPE_CHARACTERS = 40
_FILLED_MAX = 0.05  # of the values behind the last column; more of them are no remarks but shifted values


@dataclass(frozen=True)
class RowEnds:
    """The width of a table and how its records end.

    width: columns; named: of them up to the last that has a name; spare: how many empty values most records have behind
    the last column; own: shapes of values that only the last column has; fills: whether records have values in the
    columns without a name at the end; tail: columns behind the last that have neither a name nor values.
    """

    width: int
    named: int
    spare: int = 0
    own: frozenset[str] = frozenset()
    fills: bool = False
    tail: int = 0

    @property
    def is_open(self) -> bool:
        """Say whether a record of the table's width may still be one that a separator in a value has shifted."""
        return self.named < self.width and not self.fills

    def fit(self, cells: list[str]) -> list[str] | None:
        """Return values in the width of the table, None where they are too few, or too many and so perhaps shifted.

        A separator that stands in a value without quotes makes one value too many, and where the last column is empty
        that one is empty: it is left out only where most records end so, or the last column's value is in its place.
        """
        count = len(cells)
        if count == self.width:
            return None if self.is_open and _has_any(cells[self.named :]) else cells
        if self.named <= count < self.width:
            return cells + [""] * (self.width - count)
        if count < self.width or _has_any(cells[self.width :]):
            return None
        is_blank_end = count - self.width == self.spare or count - self.width <= self.tail
        return cells[: self.width] if is_blank_end or self._is_in_place(cells) else None

    def _is_in_place(self, cells: Sequence[str]) -> bool:
        return _shape(cells[self.width - 1]) in self.own


def learned_ends(width: int, named: int, records: Iterable[Sequence[str]], tail: int = 0) -> RowEnds:
    """Return how records end, by the first of them."""
    rows = list(records)
    more = [len(cells) - width for cells in rows if len(cells) > width and not _has_any(cells[width:])]
    spare = max(set(more), key=lambda count: (more.count(count), -count), default=0)
    shifted = sum(len(cells) == width + spare and _has_any(cells[width:]) for cells in rows)
    is_usual = more.count(spare) * 2 > len(rows) and shifted <= more.count(spare) * _FILLED_MAX
    usual = spare if is_usual else 0
    whole = [cells for cells in rows if len(cells) in {width, width + usual}]
    ends, before = ({_shape(cells[place]) for cells in whole} for place in (width - 1, max(0, width - 2)))
    filled = sum(_has_any(cells[named:width]) for cells in rows)
    fills = filled > 0 and filled * 2 >= len(rows)
    return RowEnds(width, named, usual, frozenset(ends - before - {""}), fills, tail)


def _has_any(cells: Iterable[str]) -> bool:
    return any(cell.strip() for cell in cells)


def _shape(text: str) -> str:
    """Return a value with each number in it as one digit; '' of an empty one and of a long text."""
    plain = text.strip()
    return _NUMBER.sub("9", plain.casefold()) if len(plain) <= _SHAPE_CHARACTERS else ""
