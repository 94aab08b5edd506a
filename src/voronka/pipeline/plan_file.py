"""Reads a file of plans as lines of cells: whatever spreadsheets save, as the import reads it."""

import tempfile
from pathlib import Path

import arro3.core as arrow

from voronka.connectors.files.batch import ReadOptions, SourceFile
from voronka.connectors.files.reading import read_file
from voronka.domain.errors import InputError
from voronka.domain.written_numbers import DecimalMark
from voronka.settings import LimitSettings

_RUSSIAN = "чей план"


def lines_of_file(content: bytes, name: str, limits: LimitSettings) -> tuple[list[list[str]], DecimalMark | None]:
    """Return the lines of a file, its titles first, and the mark before decimals where the file tells it.

    A workbook's numbers have a point; separated values that Voronka wrote are told by their titles. InputError for what
    is no table.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "plans"
        path.write_bytes(content)
        file = SourceFile(path, name, "", len(content))
        batch = read_file(file, ReadOptions(header_row=1), Path(folder) / "work", limits)
        if batch.malformed:
            raise InputError("the file has lines with other cells than its titles", where=name, do="Save it anew")
        rows = arrow.Table.from_arrow(batch.arrow()) if batch.rows else None
        lines = _lines(rows, len(batch.columns)) if rows is not None else []
        totals = [[cell or "" for cell in cells] for _, cells in batch.totals]
        is_text = batch.reading.get("separator") is not None
    titles = list(batch.columns)
    return [titles, *lines, *totals], _mark(titles) if is_text else "."


def _lines(rows: arrow.Table, width: int) -> list[list[str]]:
    columns = [rows.column(f"c{n}").to_pylist() for n in range(width)]
    return [[str(cell or "") for cell in line] for line in zip(*columns, strict=True)]


def _mark(titles: list[str]) -> DecimalMark | None:
    if not titles:
        return None
    first = titles[0].strip().casefold()
    return "," if first == _RUSSIAN else "." if first == "whose" else None
