"""Reads the rows of one sheet out of its XML as a stream: neither an endless range nor a large file fills memory.

Rows in the form that spreadsheet programs write are split by one pattern; any other is parsed. A row that the pattern
does not cover to its last cell is parsed too, so that the two ways cannot differ.
"""

import codecs
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from voronka.connectors.files.elements import Handlers, PartFaultError, local, parse_piece
from voronka.connectors.files.grid import ERROR_CELL, FORMULA_WITHOUT_VALUE, GridRow
from voronka.connectors.files.number_formats import GENERAL, Epoch, shown_number
from voronka.connectors.files.package import Package

HEAD_CHARACTERS_MAX = 1 << 22
ROW_CHARACTERS_MAX = 1 << 27
EMPTY_ROWS_FROM = 1 << 19  # characters without the end of a row: rows that hold nothing
COLUMNS_MAX = 16_384  # of any sheet
ROWS_MAX = 1_048_576
DECLARED = re.compile(rb'^<\?xml[^>]*encoding=["\']([A-Za-z0-9._-]+)["\']')
OPENING = re.compile(r"<(?:([A-Za-z_][\w.-]*):)?sheetData\b[^>]*?(/?)>")
CELL = re.compile(
    r'<c r="([A-Z]{1,3})[0-9]+"(?: s="([0-9]+)")?(?: t="([a-zA-Z]+)")?'
    r"(?:/>|>(?:(<f)(?:[^>]*/>|[^>]*>[^<]*</f>))?(?:<v>([^<]*)</v>|<v/>)?(?:<is><t[^>]*>([^<]*)</t></is>)?</c>)"
)
ROW_NUMBER = re.compile(r'\sr="([0-9]+)"')
HIDDEN = re.compile(r"\shidden=[\"'](?:1|true|on)[\"']")
REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]+)|#([0-9]+)|(amp|lt|gt|quot|apos));")
HALVES = re.compile("[\ud800-\udfff]")
NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
MERGED = re.compile(r'<(?:[\w.-]+:)?mergeCell\s[^>]*ref="([A-Z]+)([0-9]+):([A-Z]+)([0-9]+)"[^<>]*>')


RawCell: TypeAlias = tuple[str, str, str, str, str, str]
"""The letters of its column, its style, its type, `<f` where it has a formula, its value, its inline text."""


@dataclass
class SheetText:
    """What turns cells into texts: the shared strings, the kind of each style's format, the day 0, the formulas.

    `recalculates`: the program that wrote the workbook left the formulas to be worked out by the one that opens it.
    """

    strings: Callable[[int], str]
    formats: Sequence[str]
    epoch: Epoch
    recalculates: bool = False
    columns: dict[str, int] = field(default_factory=dict)

    def row(self, number: int, cells: Sequence[RawCell]) -> GridRow:
        """Return a row of the grid, without the empty cells at its end."""
        texts: list[str] = []
        marks: list[tuple[int, str]] = []
        column = -1
        for cell in cells:
            letters, style, kind, formula, value, inline = cell
            column = self.columns.get(letters) or (self._column(letters) if letters else column + 1)
            if kind == "e" or formula:
                mark = self._mark(cell)
                if mark:
                    marks.append((column, mark))
                    continue
            if not (value or inline):
                continue
            text = self._text(style, kind, value, inline)
            if column == len(texts):
                texts.append(text)
            elif text:
                texts.extend([""] * (column + 1 - len(texts)))
                texts[column] = text
        return GridRow(number, _trimmed(texts), tuple(marks))

    def _column(self, letters: str) -> int:
        known = self.columns.get(letters)
        if known is None:
            known = column_of(letters)
            if known >= COLUMNS_MAX:
                raise PartFaultError(f"there is a cell in column {letters}")
            self.columns[letters] = known
        return known

    def _mark(self, cell: RawCell) -> str:
        kind, value = cell[2], cell[4]
        if kind == "e":
            return ERROR_CELL
        has_none = not value and kind != "str"
        return FORMULA_WITHOUT_VALUE if has_none or (self.recalculates and value == "0") else ""

    def _text(self, style: str, kind: str, value: str, inline: str) -> str:
        if kind == "s":
            return self._shared(value)
        if not kind or kind == "n":
            return shown_number(value, self._format(style), self.epoch)
        if kind == "b":
            return {"1": "true", "0": "false"}.get(value, value)
        return decoded(inline if kind == "inlineStr" else value)

    def _format(self, style: str) -> str:
        index = int(style) if style else 0
        return self.formats[index] if index < len(self.formats) else GENERAL

    def _shared(self, value: str) -> str:
        try:
            return self.strings(int(value))
        except (ValueError, IndexError) as fault:
            raise PartFaultError(f"a cell names the shared text {value}, which is not there") from fault


def _trimmed(texts: list[str]) -> list[str]:
    while texts and not texts[-1]:
        texts.pop()
    return texts


def column_of(letters: str) -> int:
    """Return the 0-based position of a column by its letters."""
    position = 0
    for letter in letters:
        position = position * 26 + ord(letter) - 64
    return position - 1


def sheet_rows(package: Package, part: str, text: SheetText) -> Iterator[GridRow]:
    """Yield the rows of a sheet that hold anything; PartFaultError where the XML is not sound or not whole."""
    number = 0
    for prefix, skipped, piece in _pieces(text_blocks(package, part)):
        if not (prefix or "<v" in piece or "<is" in piece or "<f" in piece):
            number += skipped + piece.count("<row")
            continue
        attributes, cells, empty = _divided(piece, prefix)
        given = ROW_NUMBER.search(attributes)
        number = int(given[1]) if given else number + skipped + empty + 1
        if not 0 < number <= ROWS_MAX:
            raise PartFaultError(f"there is a row {number}")
        found = CELL.findall(cells)
        if prefix or "<!" in cells or len(found) != cells.count("<c"):
            found = _parsed(cells)
        elif "&" in cells:
            found = [(*cell[:4], unescaped(cell[4]), unescaped(cell[5])) for cell in found]
        row = text.row(number, found)
        if row.cells or row.marks:
            yield row._replace(is_hidden=True) if HIDDEN.search(attributes) else row


def _divided(piece: str, prefix: str) -> tuple[str, str, int]:
    """Return the attributes and the cells of the row that a piece ends with, and how many empty ones precede it."""
    place = empty = 0
    name = f"<{prefix}row"
    while True:
        start = piece.find(name, place)
        end = piece.find(">", start)
        if start < 0 or end < 0:
            raise PartFaultError("one of its rows has no beginning")
        place = end + 1
        if piece[end - 1] != "/":
            return piece[start + len(name) : end], piece[place:], empty
        empty += 1


def _parsed(cells: str) -> list[RawCell]:
    """Return the cells of a row in whatever form of XML they are."""
    reader = _CellReader()
    parse_piece(f"<row>{cells}</row>", reader, "a row of a sheet")
    return reader.cells


class _CellReader(Handlers):
    """Gathers the cells of one row; a text's reading aids (`rPh`) are no part of it."""

    def __init__(self) -> None:
        self.cells: list[RawCell] = []
        self._attributes: dict[str, str] = {}
        self._parts = {"v": "", "t": "", "f": ""}
        self._open: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take the beginning of an element."""
        self._open.append(local(name))
        if local(name) == "c":
            self._attributes = attributes
            self._parts = {"v": "", "t": "", "f": ""}
        elif local(name) == "f":
            self._parts["f"] = "<f"

    def end(self, name: str) -> None:
        """Take the end of an element."""
        self._open.pop()
        if local(name) == "c":
            known = self._attributes
            letters = known.get("r", "").rstrip("0123456789")
            parts = self._parts
            self.cells.append((letters, known.get("s", ""), known.get("t", ""), parts["f"], parts["v"], parts["t"]))

    def text(self, text: str) -> None:
        """Take text."""
        inner = self._open[-1]
        if inner in {"v", "t"} and "rPh" not in self._open:
            self._parts[inner] += text


def unescaped(text: str) -> str:
    """Return XML text with its references replaced by their letters."""
    return _paired(REFERENCE.sub(_letter, text)) if "&" in text else text


def _letter(found: re.Match[str]) -> str:
    if found[3]:
        return NAMED[found[3]]
    return chr(int(found[1], 16) if found[1] else int(found[2]))


def _paired(text: str) -> str:
    """Return a text whose halves of characters are put together; a half alone is a lost character."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if HALVES.search(text) else text


def decoded(text: str) -> str:
    """Return a text with the spreadsheets' own escapes (`_x000D_`) replaced and every line end a line feed."""
    if "_x" in text:
        text = _paired(ESCAPE.sub(lambda found: chr(int(found[1], 16)), text))
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def merged_ranges(package: Package, part: str) -> list[tuple[int, int, int, int]]:
    """Return the merged ranges of a sheet: first row, first column, last row, last column, all 1-based."""
    found: list[tuple[int, int, int, int]] = []
    tail = ""
    for block in text_blocks(package, part):
        read = tail + block
        if "mergeCell" in read:
            for first, top, last, bottom in MERGED.findall(read):
                found.append((int(top), column_of(first) + 1, int(bottom), column_of(last) + 1))
        start = read.rfind("<")  # an element may go on in the next block
        tail = "" if start < 0 or ">" in read[start:] else read[start:]
    return found


def text_blocks(package: Package, part: str) -> Iterator[str]:
    """Yield the text of an XML part; PartFaultError where it declares a document type or does not decode."""
    blocks = package.blocks(part)
    first = next(blocks, b"")
    try:
        decoder = codecs.getincrementaldecoder(_encoding(first))()
        head = decoder.decode(first)
        if "<!DOCTYPE" in head[:HEAD_CHARACTERS_MAX] or "<!ENTITY" in head:
            raise PartFaultError("it declares a document type, which no spreadsheet program writes")
        yield head.removeprefix("\ufeff")
        for block in blocks:
            yield decoder.decode(block)
        yield decoder.decode(b"", final=True)
    except (UnicodeError, LookupError) as fault:
        raise PartFaultError(f"{part}: {fault}") from fault


def _encoding(head: bytes) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    declared = DECLARED.match(head.removeprefix(b"\xef\xbb\xbf"))
    return declared[1].decode() if declared else "utf-8"


def _pieces(blocks: Iterator[str]) -> Iterator[tuple[str, int, str]]:
    """Yield the names' prefix, how many empty rows were left out before, and each row's text to its closing tag."""
    begun = content(blocks, OPENING)
    if begun is None:
        raise PartFaultError("a sheet does not begin as sheets do")
    prefix, rest = begun
    if rest is not None:
        yield from _rows_of(rest, blocks, prefix)


def content(blocks: Iterator[str], opening: re.Pattern[str]) -> tuple[str, str | None] | None:
    """Return an element's prefix and the text behind its opening tag, as far as it is read; None where there is none.

    `opening` finds the prefix without its colon and, of an element that holds nothing, the slash: its text is None.
    """
    read = ""
    for block in blocks:
        read += block
        if found := opening.search(read):
            return f"{found[1]}:" if found[1] else "", None if found[2] else read[found.end() :]
        if len(read) > HEAD_CHARACTERS_MAX:
            break
    return None


def _rows_of(rest: str, blocks: Iterator[str], prefix: str) -> Iterator[tuple[str, int, str]]:
    closing, end = f"</{prefix}row>", f"</{prefix}sheetData>"
    empty = re.compile(rf"\s*<{prefix}row(?:\s[^<>]*)?/>")
    skipped = 0
    while True:
        *rows, rest = rest.split(closing)
        for row in rows:
            yield prefix, skipped, row
            skipped = 0
        if end in rest:
            return
        if len(rest) > EMPTY_ROWS_FROM:
            rest, left_out = _without_empty(rest, empty)
            skipped += left_out
        block = next(blocks, None)
        if block is None or len(rest) > ROW_CHARACTERS_MAX:
            raise PartFaultError("a sheet ends in the middle, or one of its rows does not end")
        rest += block


def _without_empty(rest: str, empty: re.Pattern[str]) -> tuple[str, int]:
    place = count = 0
    while found := empty.match(rest, place):
        place = found.end()
        count += 1
    return rest[place:], count
