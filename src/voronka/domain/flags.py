"""What is doubtful about data that was loaded: a flag says it in words and tells how many rows and which."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

FIRST_ROWS = 10
"""How many rows a flag names at most; the count tells the rest."""


@dataclass(frozen=True)
class Flag:
    """Something doubtful, or mended with possible loss, in rows that are in.

    `code` is the word for programs (``mojibake``, ``assumed_day_first``), `message` the sentence for people,
    `rows` how many rows it is about (0 = the file as a whole), `first_rows` the lines (sheet rows, 1-based) where the
    first of them start, ten at most.
    """

    code: str
    message: str
    rows: int = 0
    first_rows: tuple[int, ...] = ()

    @classmethod
    def of(cls, shown: Mapping[str, Any]) -> Flag:
        """Return the flag that was shown."""
        return cls(shown["code"], shown["message"], shown["rows"], tuple(shown["first_rows"]))

    def shown(self) -> dict[str, object]:
        """Give the flag as it is printed, kept with a load and returned by the API."""
        return {
            "code": self.code,
            "message": self.message,
            "rows": self.rows,
            "first_rows": list(self.first_rows[:FIRST_ROWS]),
        }
