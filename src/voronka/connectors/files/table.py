"""Writes records that were split here into a CSV of known form, and opens it for the reader.

The form: the columns, then `_row`, `_malformed` and `_fault`; a value is NULL where NULL_MARK stands unquoted.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

LINE_BYTES = 1 << 22
BYTES_OF_A_CHARACTER = 4
MISFITS = ("too_few_fields", "too_many_fields")
NULL_MARK = "\x1aN\x1a"


class TableWriter:
    """Writes one record after another; used as a context manager."""

    def __init__(self, path: Path, width: int, separator: str = ",") -> None:
        self.path = path
        self.rows = 0
        self.malformed = 0
        self.misfits = 0
        self.longest = 0
        self._separator = separator
        self._whole = f"{separator}{NULL_MARK}{separator}{NULL_MARK}"
        self._extra = 100 + width * (len(NULL_MARK) + 1)
        self._empty = separator.join([NULL_MARK] * width) + separator
        self._file = path.open("w", encoding="utf-8", newline="\n")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def good(self, row: int, values: Iterable[str | None]) -> None:
        """Write a record that has exactly one value for each column."""
        self.plain(row, self._separator.join(map(_quoted, values)))

    def plain(self, row: int, text: str) -> None:
        """Write a record as it stands in the source, without its line end: whole and divided rightly."""
        self._file.write(f"{text}{self._separator}{row}{self._whole}\n")
        self.longest = max(self.longest, len(text) + self._extra)
        self.rows += 1

    def plain_lines(self, row: int, lines: Sequence[str]) -> None:
        """Write records as they stand in the source, one a line with its line feed, numbered from `row` on."""
        end, separator = f"{self._whole}\n", self._separator
        self._file.write("".join([f"{line[:-1]}{separator}{number}{end}" for number, line in enumerate(lines, row)]))
        self.rows += len(lines)

    def joined(self, values: Iterable[str]) -> str:
        """Return values as one text, as a record put aside is kept."""
        return self._separator.join(_quoted(v) if self._separator in v or '"' in v else v for v in values)

    def bad(self, row: int, text: str, fault: str = "malformed_row") -> None:
        """Write a record that could not be taken; `fault` is a code of domain.faults."""
        self._file.write(f"{self._empty}{row}{self._separator}{_quoted(text)}{self._separator}{fault}\n")
        self.longest = max(self.longest, 2 * len(text) + self._extra)
        self.rows += 1
        self.malformed += 1
        self.misfits += fault in MISFITS


def _quoted(value: str | None) -> str:
    if value is None:
        return NULL_MARK
    return '"' + value.replace('"', '""') + '"'


def column_list(width: int) -> list[str]:
    """Return the names that the columns have in a batch: c0 ... cN-1."""
    return [f"c{position}" for position in range(width)]


def read_csv_parameters(path: Path, separator: str, columns: Sequence[str], longest: int) -> dict[str, object]:
    """Return the values of READ_CSV: nothing about the file is left for the engine to guess.

    `longest` is how many bytes a record has at most. The engine's buffer is twice as long as that: by default it is
    sixteen times so, and in one that is hardly longer, records that stand between two threads are lost.
    """
    line = max(LINE_BYTES, longest)
    return {
        "path": literal_path(path),
        "separator": separator,
        "columns": dict.fromkeys(columns, "VARCHAR"),
        "null_mark": NULL_MARK,
        "line": line,
        "buffer": 2 * line,
    }


def literal_path(path: Path) -> str:
    """Return the path with the engine's wildcard letters made literal."""
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in str(path))


READ_CSV = """read_csv($path, auto_detect=false, header=false, columns=$columns, delim=$separator,
    quote='"', escape='"', nullstr=$null_mark, allow_quoted_nulls=false, strict_mode=true,
    max_line_size=$line, buffer_size=$buffer, new_line='\\n', encoding='utf-8', parallel=true"""
READ_TABLE = f"{READ_CSV})"
READ_SOURCE = f"{READ_CSV}, skip=$skip)"
READ_AND_REJECT = f"{READ_CSV}, skip=$skip, store_rejects=true, rejects_limit=1)"
