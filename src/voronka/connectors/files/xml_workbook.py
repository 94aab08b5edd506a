"""Reads the XML form of a workbook that Excel 2003 wrote and some systems still write, usually named .xls."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from xml.parsers import expat

from voronka.connectors.files.batch import FileBatch, ReadOptions, SourceFile
from voronka.connectors.files.delimited import Place
from voronka.connectors.files.elements import Handlers, PartFaultError, local, parser_for
from voronka.connectors.files.grid import ERROR_CELL, GridRow
from voronka.connectors.files.number_formats import plain_number
from voronka.connectors.files.package import damaged
from voronka.connectors.files.sheets import SheetSource, batch_of_sheets

BLOCK_BYTES = 1 << 18
COLUMNS_MAX = 16_384
NAMESPACE = b"urn:schemas-microsoft-com:office:spreadsheet"
NO_DAY = "1899-12-31"
BOOLEANS = {"1": "true", "0": "false"}


def read_xml_workbook(file: SourceFile, options: ReadOptions, place: Place) -> FileBatch:
    """Return the batch of one sheet; InputError where the XML is not whole."""
    try:
        names: dict[str, bool] = {}
        for sheet, _ in _rows(file.path):
            names[sheet] = True
        sheets = [SheetSource(name, True, partial(_rows_of, file.path, name)) for name in names]  # noqa: FBT003
        return batch_of_sheets(file, sheets, options, place, "xml")
    except PartFaultError as fault:
        raise damaged(file, str(fault)) from fault


def _rows_of(path: Path, sheet: str) -> Iterator[GridRow]:
    return (row for name, row in _rows(path) if name == sheet)


def _rows(path: Path) -> Iterator[tuple[str, GridRow]]:
    """Yield the rows of all sheets, each with its sheet's name."""
    reader = _Reader()
    parser = parser_for(reader)
    parser.StartDoctypeDeclHandler = _no_doctype
    try:
        with path.open("rb") as source:
            while block := source.read(BLOCK_BYTES):
                parser.Parse(block, False)  # noqa: FBT003 - the library's own signature
                yield from reader.taken()
            parser.Parse(b"", True)  # noqa: FBT003 - the same
            yield from reader.taken()
    except expat.ExpatError as fault:
        raise PartFaultError(str(fault)) from fault


def _no_doctype(*_: object) -> None:
    raise PartFaultError("it declares a document type, which no spreadsheet program writes")


class _Reader(Handlers):
    """Gathers rows as their elements end."""

    def __init__(self) -> None:
        self._rows: list[tuple[str, GridRow]] = []
        self._sheet = ""
        self._number = 0
        self._is_hidden = False
        self._cells: list[str] = []
        self._marks: list[tuple[int, str]] = []
        self._spans: list[tuple[int, int]] = []
        self._column = 0
        self._across = 0
        self._is_comment = False
        self._kind: str | None = None
        self._text: list[str] = []

    def taken(self) -> list[tuple[str, GridRow]]:
        """Return the rows that have ended since the last call."""
        rows, self._rows = self._rows, []
        return rows

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take the beginning of an element."""
        given = {local(key): value for key, value in attributes.items()}
        match local(name):
            case "Worksheet":
                self._sheet = given.get("Name", "")
                self._number = 0
            case "Row":
                self._number = _number(given.get("Index"), self._number + 1)
                self._is_hidden = given.get("Hidden") == "1"
                self._cells, self._marks, self._spans, self._column, self._across = [], [], [], 0, 0
            case "Cell":
                self._column = _number(given.get("Index"), self._column + self._across + 1)
                self._across = _number(given.get("MergeAcross"), 0)
                if down := _number(given.get("MergeDown"), 0):
                    self._spans.append((self._column - 1, down + 1))
                if self._column > COLUMNS_MAX:
                    raise PartFaultError(f"there is a cell in column {self._column}")
                self._text = []
            case "Comment":
                self._is_comment = True
            case "Data" if not self._is_comment:
                self._kind = given.get("Type", "String")

    def end(self, name: str) -> None:
        """Take the end of an element."""
        match local(name):
            case "Comment":
                self._is_comment = False
            case "Data" if self._kind:
                self._take("".join(self._text), self._kind)
                self._kind = None
            case "Row" if self._cells or self._marks:
                marks, spans = tuple(self._marks), tuple(self._spans)
                row = GridRow(self._number, self._cells, marks, "", spans, self._is_hidden)
                self._rows.append((self._sheet, row))

    def text(self, text: str) -> None:
        """Take text."""
        if self._kind is not None:
            self._text.append(text)

    def _take(self, text: str, kind: str) -> None:
        if kind == "Error":
            self._marks.append((self._column - 1, ERROR_CELL))
        elif shown := _shown(text, kind):
            self._cells.extend([""] * (self._column - len(self._cells)))
            self._cells[self._column - 1] = shown


def _shown(text: str, kind: str) -> str:
    match kind:
        case "Number":
            return plain_number(text.strip())
        case "Boolean":
            return BOOLEANS.get(text.strip(), text)
        case "DateTime":
            return _moment(text.strip())
        case _:
            return text.replace("\r\n", "\n").replace("\r", "\n")


def _moment(text: str) -> str:
    """Return a moment as text; midnight is a day, and the day before 1900 is none but a time alone."""
    day, _, clock = text.removesuffix(".000").partition("T")
    if day == NO_DAY:
        return clock
    return day if clock in {"", "00:00:00"} else f"{day}T{clock}"


def _number(given: str | None, otherwise: int) -> int:
    return int(given) if given and given.isdecimal() else otherwise
