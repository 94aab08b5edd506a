"""Reads one sheet of an OpenDocument spreadsheet (.ods) as a table of text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial

from voronka.connectors.files.batch import FileBatch, ReadOptions
from voronka.connectors.files.delimited import Place
from voronka.connectors.files.elements import Handlers, PartFaultError, local
from voronka.connectors.files.grid import ERROR_CELL, GridRow
from voronka.connectors.files.number_formats import Epoch, plain_number, shown_number
from voronka.connectors.files.package import Package, has_password
from voronka.connectors.files.sheets import SheetSource, batch_of_sheets

CONTENT = "content.xml"
MANIFEST = "META-INF/manifest.xml"
COLUMNS_MAX = 16_384
ROWS_MAX = 1_048_576
SPAN = re.compile(r"(-?)PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(\.\d+)?S)?")


def read_open_document(package: Package, options: ReadOptions, place: Place) -> FileBatch:
    """Return the batch of one sheet; InputError where the document has a password."""
    manifest = _Manifest()
    if package.has(MANIFEST):
        package.parse(MANIFEST, manifest)
    if manifest.is_encrypted:
        raise has_password(package.file)
    names = _Names()
    package.parse(CONTENT, names)
    sheets = [SheetSource(name, True, partial(_rows_of, package, place_)) for place_, name in enumerate(names.found)]  # noqa: FBT003
    return batch_of_sheets(package.file, sheets, options, place, "ods")


@dataclass
class _Manifest(Handlers):
    is_encrypted: bool = False

    def start(self, name: str, _: dict[str, str]) -> None:
        self.is_encrypted = self.is_encrypted or local(name) == "encryption-data"


@dataclass
class _Names(Handlers):
    found: list[str] = field(default_factory=list)
    depth: int = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name.endswith(":table"):
            if not self.depth:
                self.found.append({local(key): value for key, value in attributes.items()}.get("name", ""))
            self.depth += 1

    def end(self, name: str) -> None:
        self.depth -= name.endswith(":table")


def _rows_of(package: Package, sheet: int) -> Iterator[GridRow]:
    reader = _Rows(sheet)
    for _ in package.steps(CONTENT, reader):
        for number, times, row in reader.taken():
            if number + times - 1 > ROWS_MAX:
                raise PartFaultError(f"a row is repeated {times} times")
            yield from (row._replace(number=number + i) for i in range(times))


class _Rows(Handlers):
    """Gathers the rows of one sheet that hold anything, with how often each is repeated."""

    def __init__(self, sheet: int) -> None:
        self._wanted = sheet
        self._sheet = -1
        self._depth = 0
        self._rows: list[tuple[int, int, GridRow]] = []
        self._next = 1
        self._times = 1
        self._is_hidden = False
        self._cells: list[str] = []
        self._marks: list[tuple[int, str]] = []
        self._spans: list[tuple[int, int]] = []
        self._column = 0
        self._cell: dict[str, str] | None = None
        self._paragraphs: list[str] = []
        self._is_note = False

    def taken(self) -> list[tuple[int, int, GridRow]]:
        """Return the rows that have ended since the last call: number, times, row."""
        rows, self._rows = self._rows, []
        return rows

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take the beginning of an element."""
        if name.endswith(":table"):
            self._sheet += not self._depth
            self._depth += 1
        if self._sheet != self._wanted:
            return
        given = {local(key): value for key, value in attributes.items() if not key.startswith("calcext")}
        match local(name):
            case "table-row":
                self._times = _times(given, "number-rows-repeated")
                self._is_hidden = given.get("visibility", "visible") != "visible"
                self._cells, self._marks, self._spans, self._column = [], [], [], 0
            case "table-cell" | "covered-table-cell":
                is_error = attributes.get("calcext:value-type") == "error"
                self._cell = {**given, "value-type": "error"} if is_error else given
                self._paragraphs = []
            case "annotation":
                self._is_note = True
            case "p" if not self._is_note:
                self._paragraphs.append("")
            case "s":
                self.text(" " * _times(given, "c"))
            case "tab":
                self.text("\t")
            case "line-break":
                self.text("\n")

    def end(self, name: str) -> None:
        """Take the end of an element."""
        self._depth -= name.endswith(":table")
        match local(name):
            case "annotation":
                self._is_note = False
            case "table-cell" | "covered-table-cell" if self._cell is not None:
                self._end_cell(self._cell)
                self._cell = None
            case "table-row" if self._sheet == self._wanted:
                if self._cells or self._marks:
                    row = GridRow(self._next, self._cells, tuple(self._marks), "", tuple(self._spans), self._is_hidden)
                    self._rows.append((self._next, self._times, row))
                self._next += self._times

    def text(self, text: str) -> None:
        """Take text."""
        if self._cell is not None and self._paragraphs and not self._is_note:
            self._paragraphs[-1] += text

    def _end_cell(self, cell: dict[str, str]) -> None:
        times = _times(cell, "number-columns-repeated")
        shown = "" if cell.get("value-type") == "error" else _shown(cell, "\n".join(self._paragraphs))
        place = self._column
        self._column += times
        if (down := _times(cell, "number-rows-spanned")) > 1:
            self._spans.append((place, down))
        if not shown and cell.get("value-type") != "error":
            return
        if self._column > COLUMNS_MAX:
            raise PartFaultError(f"there is a cell in column {self._column}")
        if shown:
            self._cells.extend([""] * (place - len(self._cells)))
            self._cells.extend([shown] * times)
        else:
            self._marks.append((place, ERROR_CELL))


def _shown(cell: dict[str, str], text: str) -> str:
    match cell.get("value-type"):
        case "float" | "currency":
            return plain_number(cell.get("value", text))
        case "percentage":
            return shown_number(cell.get("value", text), "percent", Epoch())
        case "date":
            return cell.get("date-value", text)
        case "time":
            return _duration(cell.get("time-value", text))
        case "boolean":
            return cell.get("boolean-value", text)
        case _:
            return text or cell.get("string-value", "")


def _duration(text: str) -> str:
    found = SPAN.fullmatch(text)
    if not found:
        return text
    sign, hours, minutes, seconds, fraction = found.groups()
    total = int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds or 0)
    rest = (fraction or "").rstrip("0").rstrip(".")
    return f"{sign}{total // 3600}:{total // 60 % 60:02d}:{total % 60:02d}{rest}"


def _times(attributes: dict[str, str], name: str) -> int:
    given = attributes.get(name, "1")
    return max(int(given), 1) if given.isdecimal() else 1
