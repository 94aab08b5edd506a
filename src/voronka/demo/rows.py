"""Columns of equal length under names: what the generator's steps hand to each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


@dataclass(frozen=True)
class Rows:
    """A table in memory: numpy columns by name, all of one length."""

    columns: dict[str, Array]

    def __getitem__(self, name: str) -> Array:
        return self.columns[name]

    def __len__(self) -> int:
        return len(next(iter(self.columns.values()))) if self.columns else 0

    def where(self, chosen: Array) -> "Rows":
        """Return the rows that a mask keeps, or those at an array of positions, in its order."""
        return Rows({name: column[chosen] for name, column in self.columns.items()})

    def plus(self, **columns: Array) -> "Rows":
        """Return the rows with further columns, or with others in place of those of the same name."""
        return Rows({**self.columns, **columns})

    def only(self, names: Sequence[str]) -> "Rows":
        """Return the named columns, in this order."""
        return Rows({name: self.columns[name] for name in names})

    def sorted_by(self, *names: str) -> "Rows":
        """Return the rows in the order of these columns, the first being the foremost; equal ones stay as they were."""
        return self.where(np.lexsort([self.columns[name] for name in reversed(names)]))


def joined(parts: Sequence[Rows]) -> Rows:
    """Return the rows of tables of one shape under each other."""
    return Rows({name: np.concatenate([part[name] for part in parts]) for name in parts[0].columns})


def texts(values: Sequence[str | None]) -> Array:
    """Return texts as a column whose codes can be looked up by position."""
    found = np.empty(len(values), dtype=object)
    found[:] = list(values)
    return found


def repeated(counts: Array) -> Array:
    """Return the position of each of `counts[i]` copies: 0 0 0 1 2 2 for 3, 1, 2."""
    return np.repeat(np.arange(len(counts)), counts)
